"""What `check` prints: faults first, what waits for approval last, and its hashes on request."""

import re

import pytest

from analysis.cli.main import run
from tests.returns.faults.clean import YEAR, as_csv, line, write_returns
from tests.returns.faults.forms import GRID, SETTINGS


@pytest.fixture
def noted(tmp_path, monkeypatch):
    """A year with a fault, two notes and a recommendation that nobody approved."""
    monkeypatch.setenv("SAFEGUARDING_DATA", str(tmp_path))
    monkeypatch.setenv("SAFEGUARDING_OUTPUT", str(tmp_path / "outputs"))
    folder = write_returns(tmp_path / "here", {"lado.csv": ("D23", as_csv(GRID))})
    said = [line(1, "D23", "lado.csv", note="One"), line(2, "D24", "", status="nil", note="Two", received_date="soon")]
    (folder / "returns.csv").write_text(as_csv([[*said[0]], *([*one.values()] for one in said)]), encoding="utf-8")
    (tmp_path / "here" / "partnership.toml").write_text(SETTINGS, encoding="utf-8")


CHECK = ["check", "--partnership", "here", "--year", YEAR]


def test_what_waits_for_approval_is_one_line_a_file_after_all_else(noted, capsys):
    assert run(CHECK) == 1
    lines = [one for one in capsys.readouterr().out.splitlines() if one.startswith(("error", "question", "noted"))]
    assert lines[0].startswith("error: returns.csv, row 3")
    assert lines[-1].startswith("noted: returns.csv: 2 texts wait for approval")
    assert not any("[[approved]]" in one for one in lines)


def test_the_hashes_of_what_waits_are_printed_ready_to_sign(noted, capsys):
    run([*CHECK, "--approvals"])
    told = capsys.readouterr().out
    assert (
        told.startswith("[[approved]]") and len(re.findall(r'"[0-9a-f]{64}", # returns.csv, row \d, note', told)) == 2
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["build", "here"], "safeguarding build --partnership here"),
        (["check", "here", "2023-24"], "safeguarding check --partnership here --year 2023-24"),
    ],
)
def test_a_partnership_typed_without_its_option_is_answered_with_what_is_meant(capsys, typed, meant):
    assert run(typed) == 2
    (said,) = capsys.readouterr().err.splitlines()
    assert said.endswith(f"; allowed: {meant}")
