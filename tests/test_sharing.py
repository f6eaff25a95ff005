"""What tests share is made once, and never taken when it is stale, cut short or spoilt."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.sharing import get_key, is_whole, share


class Maker:
    """Fill a folder, counting how often."""

    times = 0

    def __call__(self, folder: Path) -> None:
        self.times += 1
        (folder / "sections").mkdir()
        (folder / "sections" / "page.html").write_text("made", encoding="utf-8")


@pytest.fixture
def make() -> Maker:
    return Maker()


def test_all_who_ask_get_one_folder_made_once(tmp_path, make):
    with ThreadPoolExecutor(4) as workers:
        folders = set(workers.map(lambda _: share("release", make, tmp_path, "key"), range(4)))
    assert [folder.joinpath("sections/page.html").read_text("utf-8") for folder in folders] == ["made"]
    assert make.times == 1


def test_another_key_is_made_for_itself_and_only_the_latest_are_kept(tmp_path, make):
    for time, key in enumerate("abcd"):
        folder = share("release", make, tmp_path, key)
        os.utime(folder.parent, (time, time))
    assert make.times == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b", "c", "d"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: (folder / "sections" / "page.html").write_text("spoilt"),
        lambda folder: (folder / "sections" / "page.html").unlink(),
        lambda folder: (folder / "left.txt").write_text("left behind"),
        lambda folder: folder.with_suffix(".files").unlink(),
    ],
    ids=["changed", "removed", "added", "cut short"],
)
def test_what_was_spoilt_is_made_anew(tmp_path, make, spoil):
    folder = share("release", make, tmp_path, "key")
    assert is_whole(folder)
    spoil(folder)
    assert not is_whole(folder)
    share("release", make, tmp_path, "key")
    assert is_whole(folder)
    assert make.times == 2
    assert [path.name for path in folder.iterdir()] == ["sections"]


def test_a_failure_leaves_nothing_that_is_taken_for_whole(tmp_path, make):
    def fail(folder):
        make(folder)
        raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        share("release", fail, tmp_path, "key")
    share("release", make, tmp_path, "key")
    assert make.times == 2


@pytest.fixture
def checkout(tmp_path) -> Path:
    """A checkout's folders, each with a file."""
    names = (
        "analysis/a.py",
        "synthetic/b.py",
        "notebooks/c.ipynb",
        "data/dictionary/d.toml",
        "data/exampleshire/e.toml",
    )
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("before", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "matters"),
    [
        ("analysis/a.py", True),
        ("analysis/report/new.py", True),
        ("notebooks/c.ipynb", True),
        ("data/dictionary/d.toml", True),
        ("data/hillingdon/2023-24/returns/lado.csv", True),
        ("data/exampleshire/e.toml", True),
        ("requirements.lock", True),
        ("tests/test_a.py", False),
        ("analysis/__pycache__/a.pyc", False),
        ("data/hillingdon/2023-24/returns/.counted.json", False),
        ("data/exampleshire/2023-24/returns/lado.csv", False),
        ("data/exampleshire/2023-24/returns.csv", False),
    ],
)
def test_the_key_is_of_whatever_a_release_is_made_from(checkout, name, matters):
    read_key = get_key.__wrapped__  # not as kept for this session
    before = read_key(checkout)
    (checkout / name).parent.mkdir(parents=True, exist_ok=True)
    (checkout / name).write_text("after!", encoding="utf-8")
    assert (read_key(checkout) != before) == matters
