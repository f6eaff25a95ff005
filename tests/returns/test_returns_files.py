"""A file is known by what it holds: counts, records, both in a filled template, or a statutory return."""

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from analysis.returns.aggregate_rows import COLUMNS
from analysis.returns.contracts import contract
from analysis.returns.files import may_hold_counts, read_file
from analysis.returns.plan import Asked
from analysis.returns.template_counts import LAYOUT
from analysis.returns.templates import write_planned
from tests.returns.faults.clean import as_csv, clean_grid
from tests.returns.faults.forms import book

COUNT = "lado_contacts,threshold,met,count,107,exact,contacts,,,2023-04-01,2024-03-31,financial_year,Here,"
CENSUS = """<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2024</Year>
<ReferenceDate>2024-03-31</ReferenceDate></CollectionDetails></Header><Children><Child><ChildIdentifiers>
<LAchildID>SYN1</LAchildID><PersonBirthDate>2015-03-27</PersonBirthDate><Sex>F</Sex></ChildIdentifiers>
<ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics><CINdetails>
<CINreferralDate>2023-10-06</CINreferralDate><ReferralSource>1A</ReferralSource><ReferralNFA>0</ReferralNFA>
</CINdetails></Child></Children></Message>"""


def read(path, *datasets, catalogue, **options):
    return read_file(path, datasets, catalogue, agency="LADO", **options)


def filled(tmp_path, *datasets, **rows):
    """Return a template of the datasets with rows under the headers of its sheets."""
    asked = Asked("lado", "LADO", tuple(contract(name) for name in datasets), {})
    (path,) = write_planned([asked], tmp_path, partnership="here", year="2023-24")
    book = load_workbook(path)
    for sheet, cells in rows.items():
        first = LAYOUT.index("indicator") + 1 if sheet == "Counts" else 1
        for place, value in enumerate(cells, start=first):
            book[sheet.replace("_", " ", 1)].cell(4, place, value)
    book.save(path)
    return path


def test_counts_are_told_from_records_by_their_header(tmp_path, shipped_catalogue):
    counts, records = tmp_path / "counts.csv", tmp_path / "records.csv"
    counts.write_text(",".join(COLUMNS) + "\n" + COUNT + "\n", encoding="utf-8")
    records.write_text(
        "concern_id,received_on,employment_sector\nSYN1,2023-05-01,education\n",
        encoding="utf-8",
    )
    assert may_hold_counts(counts) and not may_hold_counts(records)
    found = read(counts, "D23", catalogue=shipped_catalogue)
    assert (len(found.observations), found.tables, len(found.problems)) == (1, {}, 0)
    assert list(read(records, "D23", catalogue=shipped_catalogue).tables) == ["D23.settings"]


def test_counts_with_titles_above_and_semicolons_between_are_counts(tmp_path, shipped_catalogue):
    path = tmp_path / "counts.csv"
    rows = ["Return of the LADO", "", ",".join(COLUMNS), COUNT]
    path.write_text("\n".join(rows).replace(",", ";"), encoding="cp1252")
    (found,) = read(path, "D23", catalogue=shipped_catalogue).observations
    assert (found.value, found.row) == (107.0, 4)


def test_a_filled_template_of_several_datasets_reads_back_whole(tmp_path, shipped_catalogue):
    path = filled(
        tmp_path,
        "D17",
        "D18",
        D18_episodes=["SYN1", "06/10/2023", "1A"],
        Counts=COUNT.split(","),
    )
    found = read(path, "D17", "D18", catalogue=shipped_catalogue)
    assert found.problems == []
    assert list(found.tables) == ["D18.episodes"], "a sheet left empty is no nil return"
    assert found.tables["D18.episodes"][0].frame["referral_date"].tolist() == [pd.Timestamp("2023-10-06")]
    assert [one.value for one in found.observations] == [107.0]


def test_a_template_sent_back_empty_is_said(tmp_path, shipped_catalogue):
    found = read(filled(tmp_path, "D23"), "D23", catalogue=shipped_catalogue)
    assert ([problem.rule for problem in found.problems], found.tables) == (["empty_return"], {})


def test_a_census_is_recognised_under_another_dataset(tmp_path, shipped_catalogue):
    path = tmp_path / "census.xml"
    path.write_text(CENSUS, encoding="utf-8")
    found = read(path, "D18", catalogue=shipped_catalogue)
    assert found.problems == ()
    assert len(found.tables["cin_census.referrals"][0].frame) == 1


def test_a_looked_after_set_is_recognised_under_another_dataset(tmp_path, shipped_catalogue):
    path = tmp_path / "header.csv"
    path.write_text("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\nSYN1,1,27/03/2008,WBRI,,,\n", encoding="utf-8")
    assert list(read(path, "D19", catalogue=shipped_catalogue).tables) == ["ssda903.header"]


def test_annex_a_is_read_by_its_own_reader(tmp_path, shipped_catalogue):
    book = Workbook()
    book.active.title = "List 1"
    book.active.append([column.name for column in contract("annex_a").tables[0].columns])
    path = tmp_path / "annex.xlsx"
    book.save(path)
    found = read(path, "annex_a", catalogue=shipped_catalogue)
    assert list(found.tables) == ["annex_a.list_1"]
    assert {problem.rule for problem in found.problems} == {"missing_list"}


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("<?xml version='1.0'?><Invoice/>", "wrong_kind"),
        ("<Message><Children>", "broken_xml"),
        ("a,b\n1,2\n", "no_table"),
        ("", "empty_file"),
    ],
)
def test_what_is_no_return_is_a_problem_and_nothing_is_raised(tmp_path, shipped_catalogue, content, rule):
    path = tmp_path / "file"
    path.write_text(content, encoding="utf-8")
    assert [problem.rule for problem in read(path, "D23", catalogue=shipped_catalogue).problems] == [rule]


def test_without_records_only_counts_are_read(tmp_path, shipped_catalogue):
    path = tmp_path / "census.xml"
    path.write_text(CENSUS, encoding="utf-8")
    assert read(path, "D18", catalogue=shipped_catalogue, with_records=False).tables == {}


CONTACTS = [
    ["contact_id", "received_on", "form_type", "contact_level", "threshold_met", "employment_sector"],
    *([f"SYN{n}", f"2023-{n + 4:02}-03", "email", "referral", "yes", "school"] for n in range(8)),
]
FIGURES = [[*COLUMNS], *(COUNT.replace("107", str(n)).split(",") for n in range(107, 112))]


@pytest.mark.parametrize("grid", [CONTACTS, FIGURES], ids=["records", "counts"])
@pytest.mark.parametrize(
    ("name", "cut", "severity"),
    [
        ("Q2", lambda rows: rows[1:], ["error"]),  # as wide as the first: its headings are missing
        ("Q2", lambda rows: [row[:5] for row in rows[1:]], ["warning"]),  # some other table
        ("Lookups", lambda rows: rows[1:], []),
    ],
)
def test_a_sheet_without_headings_beside_one_with_them(tmp_path, shipped_catalogue, grid, name, cut, severity):
    path = tmp_path / "lado.xlsx"
    path.write_bytes(book(("Q1", grid), (name, cut(grid))))
    told = [p for p in read(path, "D23", catalogue=shipped_catalogue).problems if p.rule == "sheet_not_read"]
    assert [problem.severity for problem in told] == severity


def test_the_table_of_another_dataset_is_said_to_be_one(tmp_path, shipped_catalogue):
    path = tmp_path / "leavers.csv"
    path.write_text(as_csv(clean_grid(contract("D20").tables[0])), encoding="utf-8")
    (problem,) = read(path, "D24", catalogue=shipped_catalogue).problems
    assert problem.message == "no table of D24, but one of D20 (people)"
