"""The workbook sent back: problems listed, cells marked where they stand, nothing live in it."""

import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from analysis.cli.check import gather_lines
from analysis.cli.main import run
from analysis.errors import Problem
from analysis.returns.checks.marked import write_workbook


def problem(row, column, *, file="lado.csv", rule="number"):
    return Problem(file, row, column, rule, "error", "not a number", "digits")


@pytest.fixture
def book(tmp_path):
    text = 'Title,,\nindicator,value,note\nlado_contacts,?,"=cmd|calc"\nlado_contacts,7,fine\n'
    (tmp_path / "lado.csv").write_text(text, encoding="utf-8")
    problems = [problem(3, "value"), problem(3, "C"), problem(4, "nonsense"), problem(None, None, file="gone.csv")]
    write_workbook(tmp_path / "back.xlsx", "LADO", problems, tmp_path)
    return tmp_path / "back.xlsx"


def test_each_problem_is_listed_and_its_cell_marked(book):
    sheets = load_workbook(book)
    assert sheets.sheetnames == ["Problems", "lado"]
    listed = [[cell.value for cell in row][:4] for row in sheets["Problems"].iter_rows(min_row=7)]
    assert listed == [["error", "lado.csv", 3, "value"], ["error", "lado.csv", 3, "C"]] + [
        ["error", "lado.csv", 4, "nonsense"],
        ["error", "gone.csv", None, None],
    ]
    marked = {cell.coordinate for row in sheets["lado"].iter_rows() for cell in row if cell.comment}
    assert marked == {"B3", "C3", "A4"}
    assert "not a number (allowed: digits)" in sheets["lado"]["B3"].comment.text
    assert sheets["lado"]["B3"].fill.fgColor.rgb == "00FFE699"


def test_nothing_in_it_is_a_live_formula(book):
    with zipfile.ZipFile(book) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist() if "worksheets" in name)
    assert load_workbook(book)["lado"]["C3"].value == "=cmd|calc"
    assert load_workbook(book)["lado"]["C3"].data_type != "f"


@pytest.mark.slow
def test_one_agency_is_sent_its_own_returns_alone(hillingdon, tmp_path, capsys):
    path = tmp_path / "back.xlsx"
    assert run(["check", "--workbook", str(path)]) == 2
    assert "--workbook is for one agency" in capsys.readouterr().err and not path.exists()
    assert run(["check", "--agency", "Nobody"]) == 2
    capsys.readouterr()
    assert run(["check", "--agency", "LADO (LBH)", "--workbook", str(path)]) == 0
    assert load_workbook(path).sheetnames == ["Problems", "lado"]
    sheet = load_workbook(path)["Problems"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    out = capsys.readouterr().out.splitlines()
    assert out[0].startswith("LADO (LBH): 1 file, 0 errors, ")
    assert out[-2].startswith("hillingdon 2023-24: 0 errors, ")
    assert out[-1].startswith("a question goes to its agency; ")


def test_problems_that_rows_share_are_one_line():
    (line, other) = gather_lines([*(problem(row, "value") for row in (2, 3, 4, 9)), problem(5, "unit")])
    assert line == "error: lado.csv, rows 2-4, 9, column value: not a number (allowed: digits) [number]"
    assert other.startswith("error: lado.csv, row 5, column unit")


def test_what_one_rule_asks_in_many_ways_is_one_line_with_their_number_and_no_error_is_folded():
    errors = [replace(problem(row, "value"), message=f"covers {row} months") for row in (2, 3, 4, 5, 6, 7, 8, 9)]
    assert len(gather_lines(errors)) == 8
    found = [replace(one, severity="warning", rule="period_length") for one in errors]
    assert gather_lines(found[:2])[1].startswith("noted: lado.csv, row 3, column value: covers 3 months")
    (line,) = gather_lines(found)
    assert line == (
        "noted: lado.csv, row 2, column value: covers 2 months (allowed: digits); and 7 more of the kind, "
        "rows 3, 4, 5, 6, 7 and on [period_length]"
    )


def test_what_an_agency_owes_is_one_line():
    said = ("Fire: nothing came of D15", "Fire: nothing came of D40", "Fire: nothing came of D38")
    rows = enumerate(said, start=28)
    found = [Problem("returns.csv", row, "status", "missing_return", "warning", text, "a file") for row, text in rows]
    words = "Fire: nothing came of D15; nothing came of D40; nothing came of D38 (allowed: a file)"
    assert gather_lines(found) == [f"noted: returns.csv, rows 28-30, column status: {words} [missing_return]"]
    of_two = [
        replace(one, row=None, message=one.message.replace("Fire", n)) for one, n in zip(found, "AB", strict=False)
    ]
    assert len(gather_lines(of_two)) == 2


def test_the_rules_are_printed(capsys):
    assert run(["check", "--rules"]) == 0
    assert "impossible_percentage (question): no whole number" in capsys.readouterr().out
