"""`safeguarding status`, what the bare command says, and what a year that isn't there is told."""

import io
import shutil
from contextlib import redirect_stdout
from datetime import UTC, datetime, timedelta

import pytest

from analysis.cli import check, status
from analysis.cli.main import COMMANDS, run
from analysis.release import keys
from analysis.returns.register import ReturnEntry
from analysis.settings import REPOSITORY

SHIPPED = REPOSITORY / "data" / "hillingdon"
NOW = datetime(2024, 6, 2, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """What the command says of the partnership that ships when it checks it for the first time, and what it keeps."""
    outputs, said = tmp_path_factory.mktemp("outputs"), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said):
        patch.setenv("SAFEGUARDING_DATA", str(shutil.copytree(SHIPPED, outputs / "data" / "hillingdon").parent))
        patch.setenv("SAFEGUARDING_OUTPUT", str(outputs / "kept"))
        assert run(["status", "--check"]) == 0
    return said.getvalue(), outputs / "kept"


@pytest.fixture
def checked(first, hillingdon, tmp_path):
    """A partnership that was checked: what was said of it then."""
    shutil.copytree(first[1], tmp_path / "outputs")
    return first[0]


def entry(status, agency="Police", dataset="D30"):
    return ReturnEntry(agency=agency, dataset=dataset, status=status)


def test_what_came_is_counted_and_what_did_not_is_named():
    entries = [entry("received"), entry("late"), entry("missing"), entry("nil", "Fire", "D38")]
    assert (
        status.say_returns(entries) == "2 of 4 returns, 1 of them late; nil return: Fire (D38); missing: Police (D30)"
    )
    many = status.say_returns([entry("missing")] * 6)
    assert many.startswith("0 of 6 returns; missing: Police (D30), ")
    assert many.endswith("Police (D30) and 2 more")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(59, "just now"), (60, "1 minute ago"), (3599, "59 minutes ago"), (3600, "1 hour ago"), (172_800, "2 days ago")],
)
def test_an_age_is_told_in_its_largest_unit(seconds, words):
    assert status.say_age(NOW - timedelta(seconds=seconds), NOW) == words


def test_each_year_has_what_came_what_is_wrong_and_what_is_built(first):
    lines = first[0].splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        f"hillingdon {year}" for year in ("2018-19", "2019-20", "2022-23", "2023-24")
    ]
    came, wrong, *built = lines[-4:]
    assert came.startswith("  came: 24 of 26 returns; narrative only: London Fire Brigade (D38), ")
    assert wrong.startswith("  wrong: 0 errors, ")
    assert wrong.endswith("safeguarding check --partnership hillingdon --year 2023-24")
    assert built == ["  shared: not built", "  internal: not built"]


def test_what_was_checked_is_checked_again_only_after_a_change(checked, hillingdon, capsys, monkeypatch):
    with monkeypatch.context() as patch:
        patch.delattr(check, "find_problems")
        assert run(["status"]) == 0
    assert capsys.readouterr().out == checked
    register = hillingdon / "2023-24" / "returns.csv"
    register.write_text(register.read_text(encoding="utf-8").replace("received_date", "came", 1), encoding="utf-8")
    assert run(["status"]) == 0
    assert "noted (before the returns changed); which: " in capsys.readouterr().out
    assert run(["status", "--check"]) == 1
    told, said = capsys.readouterr()
    assert said.count("checking hillingdon 2023-24: the returns changed since the last check") == 1
    assert "  came: not known, since the register can't be read\n  wrong: 1 error, " in told
    assert told.count("  came: ") == 4  # the other years are told all the same


def test_a_year_that_was_never_checked_says_so_at_once_and_a_check_is_remembered(hillingdon, capsys, monkeypatch):
    with monkeypatch.context() as patch:
        patch.delattr(check, "find_problems")
        assert run(["status"]) == 0
    told = capsys.readouterr().out
    assert told.count("  wrong: not checked yet; check it: safeguarding check --partnership hillingdon --year ") == 4
    assert run(["check", "--partnership", "hillingdon", "--year", "2018-19"]) == 0
    capsys.readouterr()
    run(["status"])
    assert capsys.readouterr().out.count("not checked yet") == 3


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (["buid"], "unknown command 'buid'; allowed: build"),
        (["check", "--agency", "Polise"], "unknown agency 'Polise'; allowed: "),
        (["statistics", "--section", "nope"], "unknown section 'nope'; allowed: "),
    ],
)
def test_a_wrong_word_is_refused_before_anything_is_read(command, said, hillingdon, capsys, monkeypatch):
    monkeypatch.delattr(check, "find_problems")
    assert run(command) == 2
    assert said in capsys.readouterr().err


def test_what_was_known_before_definitions_changed_is_told_at_once_and_said_to_be(checked, capsys, monkeypatch):
    monkeypatch.delattr(check, "find_problems")
    given = keys.list_inputs
    monkeypatch.setattr(keys, "list_inputs", lambda home: given(home) | {"definitions": "new", "code": "new"})
    assert run(["status"]) == 0
    told, said = capsys.readouterr()
    assert said == ""
    assert told.count(" noted (before the definitions and the code changed); which: safeguarding check ") == 4


@pytest.mark.slow
def test_a_built_release_tells_its_age_and_what_a_build_would_change(releases, hillingdon, capsys, monkeypatch):
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(releases["shared"].parents[2]))
    monkeypatch.setattr(status, "recall_check", lambda *_, **__: "0 errors, 0 questions, 0 noted")
    run(["status", "--partnership", "hillingdon"])
    shared = capsys.readouterr().out.splitlines()[-2]
    assert shared.startswith("  shared: built ")
    assert shared.endswith("; up to date")
    with (hillingdon / "partnership.toml").open("a", encoding="utf-8") as file:
        file.write("\n# a remark\n")
    run(["status", "--partnership", "hillingdon"])
    assert capsys.readouterr().out.splitlines()[-2].endswith("; out of date: returns")


def test_a_partnership_that_can_not_be_read_is_one_line_and_the_others_go_on(checked, hillingdon, capsys):
    (hillingdon.parent / "atlantis").mkdir()
    (hillingdon.parent / "atlantis" / "partnership.toml").write_text("name = 1", encoding="utf-8")
    (hillingdon.parent / "elsewhere").mkdir()
    text = (hillingdon / "partnership.toml").read_text(encoding="utf-8")
    (hillingdon.parent / "elsewhere" / "partnership.toml").write_text(text, encoding="utf-8")
    assert run(["status"]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith(" ")]
    assert lines[0].startswith("atlantis: ")
    assert lines[1] == "elsewhere: no year yet: it needs a folder like 2023-24 that holds a returns.csv, the register"
    assert lines[2:] == [f"hillingdon {year}" for year in ("2018-19", "2019-20", "2022-23", "2023-24")]


def test_an_unknown_partnership_is_refused(hillingdon, capsys):
    assert run(["status", "--partnership", "hilingdon"]) == 2
    assert "unknown partnership 'hilingdon'; allowed: hillingdon" in capsys.readouterr().err


def test_the_bare_command_prints_help_that_fits_a_screen(capsys):
    assert run([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 24
    assert all(len(line) <= 80 and "..." not in line for line in lines[1:])
    assert all(any(line.startswith(f"  {name} ") for line in lines) for name in COMMANDS)


def test_an_absent_year_names_its_folder_and_what_is_missing_in_it(hillingdon, capsys):
    assert run(["check", "--year", "2020-21"]) == 2
    words = "hillingdon/2020-21 isn't in the data folder, and would hold a returns.csv, the register"
    assert capsys.readouterr().err.strip().endswith(words)
    (hillingdon / "2020-21").mkdir()
    assert run(["check", "--year", "2020-21"]) == 2
    assert capsys.readouterr().err.strip().endswith("hillingdon/2020-21 holds no returns.csv, the register")
