"""What something was made from is told by contents, never by times."""

import os

import pytest

from analysis.keys import list_files, make_key
from analysis.partnership import load_partnership
from analysis.release.generators import list_program
from analysis.release.keys import is_stale, key_of, write_key
from analysis.settings import REPOSITORY
from tests.examples import write_partnership


def write(folder, **texts):
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return list(list_files(folder))


def test_a_touched_file_is_the_same_and_a_corrected_one_with_an_older_date_is_not(tmp_path):
    files = write(tmp_path, a="12", b="34")
    before = make_key(files)
    os.utime(tmp_path / "a.csv", (10**9, 10**9))
    assert make_key(files) == before
    (tmp_path / "a.csv").write_text("13", encoding="utf-8")
    os.utime(tmp_path / "a.csv", (1, 1))
    assert make_key(files) != before


@pytest.mark.parametrize("other", [{"a": "34", "b": "12"}, {"a": "12", "c": "34"}, {"a": "12"}, {"a": "1234", "b": ""}])
def test_names_and_contents_both_count(tmp_path, other):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir(), second.mkdir()
    files, changed = write(first / "2023-24", a="12", b="34"), write(second / "2023-24", **other)
    assert make_key(files) != make_key(changed)
    assert make_key(files, "here") != make_key(files)


def test_where_the_files_lie_and_their_order_do_not_count(tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir(), second.mkdir()
    files, same = (write(root / "2023-24", a="12", b="34") for root in (first, second))
    assert make_key(files) == make_key(reversed(same))
    later = write(second / "2024-25", a="12", b="34")
    assert make_key(files) != make_key(later)  # of another year


def test_returns_that_two_years_have_exchanged_are_noticed(tmp_path):
    def key(*texts):
        folders = [tmp_path / year / "returns" for year in ("2022-23", "2023-24")]
        for folder, text in zip(folders, texts, strict=True):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "lado.csv").write_text(text, encoding="utf-8")
        return make_key(list_files(tmp_path))

    assert key("12", "34") != key("34", "12")


def test_notes_of_programs_and_compiled_files_do_not_count(tmp_path):
    write(tmp_path, a="12")
    (tmp_path / ".counted.json").write_text("{}", encoding="utf-8")
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"x")
    assert [path.name for path in list_files(tmp_path)] == ["a.csv"]


def test_a_synthetic_partnership_is_made_from_its_program_too():
    data = REPOSITORY / "data"
    names = [path.name for path in list_program(load_partnership("exampleshire", data))]
    assert {"returns.py", "children.py"} <= set(names)
    assert list_program(load_partnership("hillingdon", data)) == []


def test_a_store_is_stale_when_what_it_was_made_from_has_changed(tmp_path, monkeypatch):
    monkeypatch.setenv("SAFEGUARDING_DATA", str(tmp_path))
    path = write_partnership(tmp_path / "here", "")
    folder = tmp_path / "shared"
    folder.mkdir()
    assert is_stale(folder, "here")
    (folder / "store.json").write_text("{}", encoding="utf-8")
    assert is_stale(folder, "here")
    write_key(folder, key_of(load_partnership("here", tmp_path)))
    assert not is_stale(folder, "here")
    assert not is_stale(folder, "elsewhere")  # without its data the store is all one can have
    path.write_text(path.read_text(encoding="utf-8") + "rebuilt = true\n", encoding="utf-8")
    assert is_stale(folder, "here")


def test_the_mark_of_the_returns_is_kept_beside_a_release_and_never_in_it(tmp_path):
    folder = tmp_path / "shared"
    folder.mkdir()
    write_key(folder, "mark")
    assert list(folder.iterdir()) == []
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [".shared.key"]
