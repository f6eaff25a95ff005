"""A report that tells of children alone, of adults alone, of two sections or of none of the great ones builds whole."""

import csv

import pytest
from openpyxl import Workbook

from analysis.cli.main import run
from analysis.release.store import FILE, read_store
from analysis.returns.contracts import contract
from tests.partial import make_partnership

BURY, DEVON, HEREFORDSHIRE = "E08000002", "E10000008", "E06000019"
KINDS = {
    "children": (BURY, ["05_learning_from_practice", "08_children_social_care", "12_3_childrens_rights"]),
    "adults": (DEVON, ["09_adult_social_care", "12_1_mental_health_trust"]),
    "two": (HEREFORDSHIRE, ["07_multiagency_training", "08_children_social_care"]),
    "small": (DEVON, ["02_safeguarding_arrangements", "12_5_domestic_abuse"]),
}
COMPARED = {"08_children_social_care", "09_adult_social_care"}


@pytest.fixture
def roots(tmp_path, monkeypatch):
    for name in ("data", "output"):
        monkeypatch.setenv(f"SAFEGUARDING_{name.upper()}", str(tmp_path / name))
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_report_of_some_sections_builds_whole(roots, kind):
    code, sections = KINDS[kind]
    make_partnership(roots / "data", kind, code, sections)
    assert run(["check", "--partnership", kind]) == 0
    assert run(["build", "--partnership", kind, "--jobs", "2"]) == 0
    assert run(["share", "--partnership", kind]) == 0
    folder = roots / "output" / kind / "2023-24" / "shared"
    made = read_store(folder / FILE)
    assert {"index.html", "report.html", "report.docx", "tables.xlsx"} < {path.name for path in folder.iterdir()}
    assert sorted(path.stem for path in (folder / "sections").glob("*.html")) == sorted(sections)
    assert sorted(path.stem for path in (folder / "sections").glob("*.json")) == sorted(sections)
    assert {s.section for s in made.statistics} <= set(sections)
    assert {one.section for one in made.official} == set(sections) & COMPARED
    assert all(one.places for one in made.official)


def test_figures_of_sections_that_a_report_lacks_are_left_out_and_told(roots, capsys):
    make_partnership(roots / "data", "two", HEREFORDSHIRE, KINDS["two"][1])
    assert run(["check", "--partnership", "two"]) == 0
    assert "is of no section of this report, and is left out" in capsys.readouterr().out
    assert run(["statistics", "--partnership", "two", "--format", "csv"]) == 0
    rows = csv.DictReader(capsys.readouterr().out.splitlines())
    assert {row["section"] for row in rows} == set(KINDS["two"][1])


def test_an_annex_a_workbook_in_the_register_stops_nothing(roots, capsys):
    folder = make_partnership(roots / "data", "two", HEREFORDSHIRE, KINDS["two"][1])
    write_annex_a(folder / "2023-24" / "returns" / "annex.xlsx")
    register = folder / "2023-24" / "returns.csv"
    columns = register.read_text(encoding="utf-8").splitlines()[0].split(",")
    line = {
        "return_id": "annex",
        "agency": "LBH Children and Young People Services",
        "section": "08_children_social_care",
        "dataset": "annex_a",
        "status": "received",
        "file": "annex.xlsx",
    }
    with register.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, restval="").writerow(line)
    for command in ("check", "statistics"):
        assert run([command, "--partnership", "two"]) == 0, capsys.readouterr()


def write_annex_a(path):
    """Write a workbook of the eleven lists, with contacts of the half-year before 31 March 2024."""
    book = Workbook()
    book.active.title = "Front"
    for table in contract("annex_a").tables:
        sheet = book.create_sheet(table.name.title())
        sheet.append([next(iter(column.aliases), column.name) for column in table.columns])
    for number in range(1, 13):
        book["List_1"].append([f"C{number:03}", "a) Female", "WBRI", None, number, f"{number:02}/01/2024", "1A"])
    book.save(path)
