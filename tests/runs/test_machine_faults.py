"""What is wrong with the machine and not with the data: one line, nothing published, and the next build works."""

import os
import shlex
import shutil
import subprocess
import sys

import pytest

from analysis.cli.main import run
from analysis.cli.notices import notify
from analysis.runs import folders
from analysis.runs.folders import hold
from analysis.runs.made import digest_files
from tests.partial import make_partnership

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")]
BUILD = ("build", "--partnership", "small")
COMMAND = (sys.executable, "-c", "from analysis.cli import main; main()", *BUILD)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small partnership and its report, to copy."""
    root = tmp_path_factory.mktemp("made")
    make_partnership(root / "data", "small", "E10000008", ["12_5_domestic_abuse"])
    with pytest.MonkeyPatch.context() as patch:
        for name in ("data", "output"):
            patch.setenv(f"SAFEGUARDING_{name.upper()}", str(root / name))
        assert run([*BUILD]) == 0
    return root


@pytest.fixture
def release(made, tmp_path, monkeypatch):
    """A report that stands, of returns that have changed since."""
    root = shutil.copytree(made, tmp_path / "place")
    for name in ("data", "output"):
        monkeypatch.setenv(f"SAFEGUARDING_{name.upper()}", str(root / name))
    monkeypatch.setattr(folders, "PATIENCE", 0.2)
    with (root / "data" / "small" / "2023-24" / "returns.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    return root / "output" / "small" / "2023-24" / "shared"


def told(capsys):
    """Return the one line that was told."""
    (line,) = capsys.readouterr().err.splitlines()
    return line


def list_left(release):
    """Return what a build left beside a release that isn't meant to stay."""
    return [path.name for path in release.parent.iterdir() if path.name.startswith((".staging", ".aside"))]


def test_a_second_build_of_the_same_release_is_told_and_changes_nothing(release, capsys):
    before = digest_files(release)
    with hold(release):
        assert run([*BUILD]) == 1
    assert told(capsys).startswith("safeguarding: another build of small 2023-24 shared is running")
    assert digest_files(release) == before


@pytest.mark.parametrize("place", ["/dev/null/reports", "/proc/reports"])
def test_an_output_folder_that_cannot_be_written_is_one_line(release, capsys, place):
    assert run(["--output", place, *BUILD]) == 1
    assert told(capsys).startswith("safeguarding: this machine won't: ")


def test_a_disk_that_takes_no_more_leaves_the_last_report(release):
    before = digest_files(release)
    command = f"ulimit -f 20; exec {shlex.join(COMMAND)}"  # no file above 20 kB
    build = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert build.returncode == 1
    (line,) = build.stderr.splitlines()
    assert "file too large" in line
    assert "nothing was published" in line
    assert digest_files(release) == before
    assert list_left(release) == []
    assert run([*BUILD]) == 0


def test_no_temporary_folder_stray_folders_and_a_spoilt_note_stop_no_build(release, monkeypatch):
    monkeypatch.setenv("TMPDIR", "/nowhere")
    (release.parent / ".staging-shared-abc").mkdir()
    release.with_name(".shared.made").write_bytes(b"\x00 spoilt")
    assert run([*BUILD]) == 0
    assert list_left(release) == []


def test_a_folder_in_the_place_of_a_page_is_noticed_and_mended(release):
    page = release / "sections" / "12_5_domestic_abuse.html"
    page.unlink()
    page.mkdir()
    assert run([*BUILD]) == 0
    assert page.is_file()


def test_a_script_without_a_main_guard_may_build_twice(release):
    script = "from analysis.runs.build import build\n" + 2 * 'print(build("small", "2023-24", "shared").index.name)\n'
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr, done.returncode) == ("index.html\nindex.html\n", "", 0)


def test_what_was_built_and_what_is_wrong_is_sent_and_nothing_else(release, tmp_path, capsys):
    note = tmp_path / "note"
    notify = ("--notify", f"tee {shlex.quote(str(note))}")
    assert run([*BUILD, *notify]) == 0
    assert note.read_text(encoding="utf-8") == "small 2023-24 (shared): built\n"
    note.unlink()
    assert run([*BUILD, *notify]) == 0
    assert not note.exists()
    assert run([*BUILD, "--force", "--notify", "no-such-command"]) == 0
    assert "--notify could not be run (FileNotFoundError)" in capsys.readouterr().err


def test_what_is_wrong_is_sent_once_until_it_changes_and_what_could_not_be_sent_the_next_time(monkeypatch, tmp_path):
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(tmp_path))
    note = tmp_path / "note"
    keep = f"tee -a {shlex.quote(str(note))}"

    def sent(command, *lines):
        note.unlink(missing_ok=True)
        notify(command, {"one 2023-24 (shared)": list(lines)})
        return note.read_text(encoding="utf-8").splitlines() if note.exists() else []

    assert sent(keep, "a.csv: row 1") == ["one 2023-24 (shared): a.csv: row 1"]
    assert sent(keep, "a.csv: row 1") == []
    assert sent("no-such-command", "a.csv: row 2") == []
    assert sent(keep, "a.csv: row 2") == ["one 2023-24 (shared): a.csv: row 2"]  # it had waited
    assert sent(keep) == []
    assert sent(keep, "a.csv: row 2") == ["one 2023-24 (shared): a.csv: row 2"]  # it was right meanwhile
    assert sent(keep, "built") == sent(keep, "built") == ["one 2023-24 (shared): built"]


def test_of_several_partnerships_one_that_is_wrong_is_told_and_the_others_are_built(release, capsys, tmp_path):
    data = release.parents[3] / "data"
    shutil.copytree(data / "small", data / "broken")
    (data / "broken" / "2023-24" / "returns.csv").write_text("no register", encoding="utf-8")
    note = tmp_path / "note"
    assert run(["build", "--partnership", "all", "--notify", f"tee {shlex.quote(str(note))}"]) == 1
    shown = capsys.readouterr()
    assert "small 2023-24 (shared): " in shown.out
    assert "safeguarding: broken 2023-24: " in shown.err
    first, second = note.read_text(encoding="utf-8").splitlines()
    assert first.startswith("broken 2023-24 (shared): ")
    assert second == "small 2023-24 (shared): built"


def test_explain_says_what_would_be_run_and_why(release, capsys):
    assert run([*BUILD, "--explain"]) == 0
    start, why = capsys.readouterr().out.split("): ")
    assert start.startswith("small 2023-24 shared: would keep 12_5_domestic_abuse (12.5 ")
    assert why == "nothing that it reads has changed\n"
    assert run([*BUILD, "--explain", "--force"]) == 0
    assert capsys.readouterr().out.endswith("): asked for\n")
    assert os.path.isdir(release)
