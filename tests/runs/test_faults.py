"""What is wrong is told in one line, with the right exit status, and the last good report stands."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace

import nbformat
import pytest
from msgspec import structs

from analysis.cli.checked import CHECKED
from analysis.cli.main import run
from analysis.release import stages
from analysis.runs import run as one_run
from analysis.settings import get_notebook_root
from tests.examples import words_of

pytestmark = pytest.mark.slow
FAST = "12_6_fire_brigade"  # its agency sent no figure: the quickest page


def fingerprint(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def list_left(release):
    """Return what stands beside a release, but for the lock, an empty file, and what the last check found."""
    return sorted(path.name for path in release.parent.iterdir() if path.suffix != ".lock" and path.name != CHECKED)


@pytest.fixture
def last_good(hillingdon, tmp_path):
    """A release that stands already, as any earlier run would have left it."""
    folder = tmp_path / "outputs" / "hillingdon" / "2023-24" / "shared"
    (folder / "sections").mkdir(parents=True)
    (folder / "index.html").write_text("the last good report", encoding="utf-8")
    (folder / "sections" / "01_impact_statement.html").write_text("<h1>kept</h1><main></main>", encoding="utf-8")
    return folder


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def rename_column(data):
    change(data / "2023-24/returns/lado.csv", "qualifier", "qualifer")


def misspell_indicator(data):
    change(data / "2023-24/returns/lado.csv", "\nlado_contacts,", "\nlado_contcts,")


def break_encoding(data):
    (data / "2023-24/returns/lado.csv").write_bytes(b"\xff\xfe\x00")


def lose_file(data):
    (data / "2023-24/returns/lado.csv").unlink()


def misspell_status(data):
    change(data / "2023-24/returns.csv", ",received,", ",recieved,")


def break_configuration(data):
    change(data / "partnership.toml", "threshold = 5", "treshold = 5")


def misspell_measure(data):
    change(data / "partnership.toml", 'measure = "lado_contacts"', 'measure = "lado_contcts"')


def quote_a_day(data):
    change(data / "partnership.toml", "since = 2024-03-31", 'since = "2024-03-31"')


def break_on_no_day(data):
    change(
        data / "2023-24/returns.csv",
        "Hillingdon,,,,,,,,,,,,,public,Attendance",
        "Hillingdon,,,,,,,,y,,,,,public,Attendance",
    )


def contradict(data):
    change(data / "2022-23/returns/lado.csv", ",202,", ",203,")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (rename_column, "lado.csv, row 1, column qualifer: unknown column 'qualifer'; missing column 'qualifier'"),
        (misspell_indicator, "column indicator: unknown indicator 'lado_contcts' (allowed: lado_contacts"),
        (break_encoding, "lado.csv: holds empty (NUL) bytes, as an export that was cut off leaves"),
        (lose_file, "column file: there is no such file in returns/"),
        (misspell_status, "column status: unknown status 'recieved' (allowed: received"),
        (break_configuration, "treshold"),
        (misspell_measure, "partnership.toml: breaks: unknown measure 'lado_contcts'; allowed: lado_contacts"),
        (quote_a_day, "partnership.toml: breaks 3, since"),
        (break_on_no_day, "returns.csv, row 3, column break_date: a break in the series on no day"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_faulty_data_is_one_line_and_exit_1(hillingdon, last_good, capsys, fault, words):
    before = fingerprint(last_good)
    fault(hillingdon)
    assert run(["check"]) == 1
    assert words in capsys.readouterr().out  # and check tells the same
    assert run(["build"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert words in lines[0]
    assert "Traceback" not in lines[0]
    assert fingerprint(last_good) == before
    assert list_left(last_good) == ["shared"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--year", "2023-25"], "unknown year '2023-25'"),
        (["--year", "2024"], "unknown year '2024'"),
        (["--year", "2015-16"], "unknown year '2015-16'; allowed: "),
        (["--section", "nonsense"], "unknown section 'nonsense'; allowed: "),
        (["--partnership", "../hillingdon"], "unknown partnership '../hillingdon'"),
        (["--partnership", "atlantis"], "unknown partnership 'atlantis'; allowed: hillingdon"),
        (["--release", "public"], "unknown release 'public'; allowed: internal, shared"),
        (["--jobs", "0"], "0 is not in the range"),
        (["--colour", "blue"], "No such option"),
    ],
)
def test_a_wrong_command_is_one_line_and_exit_2(hillingdon, last_good, capsys, arguments, words):
    before = fingerprint(last_good)
    assert run(["build", *arguments]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert words in lines[0]
    assert fingerprint(last_good) == before


def test_check_prints_problems_as_json(hillingdon, capsys):
    assert run(["check", "--json"]) == 0
    assert {problem["severity"] for problem in json.loads(capsys.readouterr().out)["problems"]} == {"warning"}
    misspell_indicator(hillingdon)
    assert run(["check", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["problems"]
    (problem,) = [problem for problem in found if problem["severity"] == "error"]
    assert set(problem) == {"file", "row", "column", "rule", "severity", "message", "allowed"}
    assert (problem["file"], problem["column"], problem["rule"]) == ("lado.csv", "indicator", "unknown_name")


def test_check_tells_every_file_that_is_wrong(hillingdon, capsys):
    misspell_indicator(hillingdon)
    change(hillingdon / "2023-24/returns/probation.csv", ",count,", ",cuont,")
    assert run(["check"]) == 1
    out = capsys.readouterr().out
    assert "lado.csv, row" in out
    assert "probation.csv, row" in out


@pytest.mark.parametrize("form", ["table", "csv", "json", "markdown"])
def test_statistics_are_printed_as_the_release_may_show_them(hillingdon, capsys, form):
    arguments = ["statistics", "--section", "12_2_lado_and_education", "--format", form]
    assert run(arguments) == 0
    shared = capsys.readouterr().out
    assert run([*arguments, "--release", "internal"]) == 0
    internal = capsys.readouterr().out
    assert "lado_contacts.count" in shared
    assert "[c]" in shared
    assert "[c]" not in internal
    assert run(["statistics", "--section", "nonsense"]) == 2


def test_a_section_that_fails_leaves_the_rest_standing(hillingdon, last_good, tmp_path, monkeypatch, capsys):
    notebooks = tmp_path / "notebooks"
    shutil.copytree(get_notebook_root(), notebooks)
    path = notebooks / "13_next_priorities.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].source = "raise ValueError('a value of the records: 12345')"
    nbformat.write(notebook, path)
    monkeypatch.setattr(one_run, "get_notebook_root", lambda: notebooks)
    assert run(["build", "--section", FAST, "--section", "13_next_priorities"]) == 1
    assert "section 13_next_priorities failed: ValueError" in capsys.readouterr().err
    assert "This section could not be made" in (last_good / "sections/13_next_priorities.html").read_text("utf-8")
    assert "No figure of any kind was supplied" in (last_good / "sections" / f"{FAST}.html").read_text("utf-8")
    assert "<h1>kept" not in (last_good / "sections/01_impact_statement.html").read_text("utf-8")
    states = json.loads((last_good / "manifest.json").read_text("utf-8"))["sections"]
    assert states["13_next_priorities"]["state"] == "failed"
    # nobody knows of which store the page that was there had been made: it is made again
    assert (states[FAST]["state"], states["01_impact_statement"]["state"]) == ("made", "made")
    assert states["08_children_social_care"]["state"] == "not made"
    index = (last_good / "index.html").read_text("utf-8")
    assert "Failed: see its page" in index
    assert "sections/08_children_social_care.html" not in index.split("Headline figures")[0]
    everything = "".join(words_of(path) for path in last_good.rglob("*.*") if path.is_file() and path.suffix != ".png")
    assert "12345" not in everything
    assert not (last_good / "notebooks" / "13_next_priorities.ipynb").exists()


def test_a_build_killed_half_way_leaves_the_last_report_and_the_next_clears_up(hillingdon, last_good):
    before = fingerprint(last_good)
    command = [sys.executable, "-c", "from analysis.cli import main; main()", "build", "--section", FAST]
    process = subprocess.Popen(command, env=os.environ.copy(), start_new_session=True, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not list(last_good.parent.glob(".staging-shared/store.json")) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert list(last_good.parent.glob(".staging-*"))
    assert fingerprint(last_good) == before
    assert run(["build", "--section", FAST]) == 0
    assert list_left(last_good) == [".shared.key", ".shared.made", "shared"]
    assert (last_good / "sections" / f"{FAST}.html").is_file()


def test_a_failed_disclosure_audit_stops_the_release(hillingdon, last_good, monkeypatch, capsys):
    before = fingerprint(last_good)
    real = stages.prepare

    def failing(*arguments, **options):
        prepared = real(*arguments, **options)
        failed = structs.replace(prepared.release.disclosure, passed=False)
        return replace(prepared, release=structs.replace(prepared.release, disclosure=failed))

    monkeypatch.setattr(stages, "prepare", failing)
    assert run(["build"]) == 1
    assert "the disclosure audit failed" in capsys.readouterr().err
    assert fingerprint(last_good) == before


def test_pdf_without_its_extra_is_one_line_that_says_how_to_get_it(hillingdon, last_good, monkeypatch, capsys):
    before = fingerprint(last_good)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    assert run(["build", "--pdf"]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert "PDF needs the extra 'pdf'" in lines[0]
    assert fingerprint(last_good) == before


def test_explain_runs_nothing(hillingdon, last_good, capsys):
    before = fingerprint(last_good)
    assert run(["build", "--explain"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 20
    assert fingerprint(last_good) == before
