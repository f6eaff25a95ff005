"""`safeguarding share`: the pack of a shared release, and what is refused."""

import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from analysis.cli.main import run
from analysis.errors import DataError
from analysis.partnership import load_partnership
from analysis.runs.leaks import check_leaks
from analysis.settings import REPOSITORY

NHS_NUMBER = "943 476 5919"  # the worked example of the NHS Data Catalogue, nobody's


@pytest.fixture
def release(releases, tmp_path, monkeypatch) -> Path:
    """A copy of the shared release that ships, to be spoilt at will."""
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(tmp_path / "outputs"))
    monkeypatch.delenv("SAFEGUARDING_DATA", raising=False)
    return Path(shutil.copytree(releases["shared"], tmp_path / "outputs" / "hillingdon" / "2023-24" / "shared"))


def edit(path: Path, change) -> None:
    """Change what a JSON file holds."""
    held = json.loads(path.read_text(encoding="utf-8"))
    change(held)
    path.write_text(json.dumps(held), encoding="utf-8")


def refusal(capsys) -> str:
    """Share, which must be refused, and return what was said; nothing may have been written."""
    assert run(["share"]) == 1
    return capsys.readouterr().err


def test_the_same_release_gives_the_same_bytes(release, tmp_path):
    for name in ("one.zip", "two.zip"):
        assert run(["share", "--output", str(tmp_path / name)]) == 0
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_pack_holds_the_release_and_says_what_it_is(release):
    (release / "left.txt").write_text("left behind by somebody")
    assert run(["share"]) == 0
    with zipfile.ZipFile(release.parent / "hillingdon-2023-24.zip") as pack:
        held = {entry.filename.split("/", 1)[1]: pack.read(entry) for entry in pack.infolist()}
        assert {entry.date_time for entry in pack.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    for line in held["checksums.txt"].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(held[name]).hexdigest() == digest
    assert held["index.html"] == (release / "index.html").read_bytes()
    assert {f"sections/{path.name}" for path in (release / "sections").glob("*.html")} <= held.keys()
    assert not {"left.txt", "store.json", "log.jsonl", "manifest.json"} & held.keys()
    assert "figures are hidden and shown as [c]" in held["disclosure-statement.txt"].decode()
    assert "open index.html" in held["README.txt"].decode()


def test_a_release_that_is_not_there_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(tmp_path))
    assert "no shared release" in refusal(capsys)


def test_an_internal_release_is_refused(release, releases, capsys):
    shutil.rmtree(release)
    shutil.copytree(releases["internal"], release)
    assert "this release is internal" in refusal(capsys)


@pytest.mark.parametrize("mark", ["complete", "passed"])
def test_a_release_that_was_not_cleared_is_refused(release, capsys, mark):
    edit(release / "store.json", lambda store: store["disclosure"].update({mark: False}))
    assert "didn't pass" in refusal(capsys)


def test_a_failed_section_is_refused_by_name(release, capsys):
    edit(release / "manifest.json", lambda held: held["sections"]["08_children_social_care"].update(state="failed"))
    assert "08_children_social_care (failed)" in refusal(capsys)


def edit_figure(release: Path, which: str, **changes) -> None:
    """Change the first figure of a status in store and statistics alike, as a build of other returns would."""
    store = json.loads((release / "store.json").read_text(encoding="utf-8"))
    id = next(one["statistic_id"] for one in store["statistics"] if one["status"] == which)

    def change(figures):
        next(one for one in figures if one["statistic_id"] == id).update(changes)

    edit(release / "store.json", lambda held: change(held["statistics"]))
    edit(release / "statistics.json", change)


def test_a_release_older_than_its_returns_is_refused(release, capsys):
    edit_figure(release, "published", display="999")
    assert "older than the returns or the policy (changed figures: 1)" in refusal(capsys)


def test_a_figure_that_is_to_be_hidden_now_is_refused(release, capsys):
    edit_figure(release, "suppressed", value=30, display="30", symbol="", status="published")
    assert "older than the returns or the policy" in refusal(capsys)


def test_a_store_that_a_notebook_made_since_is_refused(release, capsys):
    edit(release / "store.json", lambda store: store["statistics"].pop())
    assert "don't agree" in refusal(capsys)


def test_a_leak_is_refused_by_file_and_kind_and_the_old_pack_stays(release, capsys):
    target = release.parent / "hillingdon-2023-24.zip"
    target.write_bytes(b"the pack before")
    page = release / "sections" / "08_children_social_care.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", f"{NHS_NUMBER}</main>"), encoding="utf-8")
    said = refusal(capsys)
    assert "sections/08_children_social_care.html: NHS number" in said
    assert NHS_NUMBER not in said
    assert target.read_bytes() == b"the pack before"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--year", "2023"],
        ["--partnership", "nowhere"],
        ["--output", "pack.tar"],
        ["--output", "nowhere/pack.zip"],
    ],
)
def test_a_wrong_command_is_told_apart(release, arguments):
    assert run(["share", *arguments]) == 2


def test_a_pack_within_the_release_is_refused(release):
    assert run(["share", "--output", str(release / "pack.zip")]) == 2


def packed(name: str, text: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as pack:
        pack.writestr(name, text)
    return held.getvalue()


def test_a_file_that_leaks_is_named_by_its_place_and_kind(tmp_path):
    hillingdon = load_partnership("hillingdon", REPOSITORY / "data")
    (tmp_path / "report.docx").write_bytes(packed("word/document.xml", "<w:t>see CH-20417-Q</w:t>"))
    check_leaks(tmp_path, hillingdon, {"CH-99999-Q"})
    check_leaks(tmp_path, hillingdon, {"CH-20417-Q"}, ["index.html"])
    with pytest.raises(DataError, match=r"report\.docx!word/document\.xml: forbidden text") as caught:
        check_leaks(tmp_path, hillingdon, {"CH-20417-Q"}, ["report.docx"])
    assert "20417" not in str(caught.value)


@pytest.mark.parametrize("place", ["sections/a_copy.html", "charts/08_children_social_care/mine.csv"])
def test_a_file_that_no_build_wrote_is_refused(release, capsys, place):
    (release / place).write_text("an internal page that somebody saved here")
    assert "files are not those of this release's build" in refusal(capsys)
