"""Templates: what is sent out, and that what is filled in comes back."""

import zipfile
from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from analysis.errors import CommandError
from analysis.returns.aggregate_rows import COLUMNS
from analysis.returns.contracts import contract, load_contracts
from analysis.returns.counts import find_counts
from analysis.returns.records import read_return
from analysis.returns.tables import read_sheets
from analysis.returns.template_parts import GUIDANCE, example, rule_of
from analysis.returns.templates import HEADER_ROW, LISTS, by_agency, sheet_names, shown, write_templates
from tests.chance import MORE

DATASETS = [found for name, found in load_contracts().items() if name.startswith("D")]


def write(folder, *datasets, **parts):
    contracts = [contract(name) for name in datasets]
    return write_templates(contracts, folder, partnership="exampleshire", year="2023-24", **parts)


def filled(path, sheet, rows):
    book = load_workbook(path)
    for number, cells in enumerate(rows, start=HEADER_ROW + 1):
        for place, value in enumerate(cells, start=1):
            book[sheet].cell(number, place, value)
    book.save(path.with_name("filled.xlsx"))
    return path.with_name("filled.xlsx")


def test_an_agency_gets_one_workbook_with_guidance_a_sheet_a_table_and_a_sheet_of_counts(tmp_path):
    (path,) = write(tmp_path, "D23")
    assert path.name == "exampleshire_2023-24_lado.xlsx"
    assert load_workbook(path).sheetnames == [GUIDANCE, "D23 contacts", "D23 settings", "Counts", LISTS]


def test_every_dataset_goes_to_those_who_return_it():
    wanted = by_agency(DATASETS)
    assert {"D23"} <= {found.id for found in wanted["lado"]}
    assert all("D43" in {found.id for found in datasets} for datasets in wanted.values())  # of every agency
    assert "D23" not in {found.id for found in wanted["police"]}


def test_what_only_every_agency_returns_goes_to_all_of_them():
    assert "fire" in by_agency([contract("D43")])


def test_names_of_sheets_fit_into_a_workbook_and_differ():
    names = list(sheet_names(DATASETS).values())
    assert max(map(len, names)) <= 31
    assert len(names) == len({name.casefold() for name in names})


def test_guidance_tells_every_column_with_its_rule(tmp_path):
    (path,) = write(tmp_path, "D23")
    cells = [tuple(cell.value for cell in row) for row in load_workbook(path)[GUIDANCE].iter_rows()]
    assert ("D23 contacts", "threshold_met", "yes", "Whether the harm threshold was met", "yes or no.") in cells
    assert any("Children Act 2004" in str(row[4]) for row in cells if len(row) > 4)


def test_codes_are_chosen_from_a_list_that_holds_them(tmp_path):
    (path,) = write(tmp_path, "D23")
    book = load_workbook(path)
    sheet = book["D23 contacts"]
    place = [cell.value for cell in sheet[HEADER_ROW]].index("contact_level") + 1
    letter = sheet.cell(1, place).column_letter
    (formula,) = [
        validation.formula1
        for validation in sheet.data_validations.dataValidation
        if f"{letter}{HEADER_ROW + 1}" in str(validation.sqref)
    ]
    where = formula.split("!")[1].replace("$", "")
    options = [row[0].value for row in book[LISTS][where]]
    assert options == ["consultation", "low_level", "referral"]


def test_a_list_that_many_columns_use_is_written_once(tmp_path):
    """Both agencies of an escalation are chosen from the one list of agencies."""
    (path,) = write(tmp_path, "D51")
    heads = [cell.value for cell in load_workbook(path)[LISTS][1]]
    assert heads.count("partnership_team") == 1


@pytest.mark.parametrize("found", DATASETS, ids=lambda found: found.id)
def test_an_example_keeps_its_own_contract(found):
    for table in found.tables:
        for column in table.columns:
            assert rule_of(column)
            value = example(column, "2023-24")
            assert column.minimum is None or column.minimum <= value
            assert column.maximum is None or value <= column.maximum


def test_an_empty_template_reads_as_no_records_without_a_problem(tmp_path):
    """The example above the header is never taken for a record."""
    for dataset in ("D16", "D18", "D26"):
        (path,) = write(tmp_path, dataset)
        tables = read_return(path, contract(dataset))
        assert set(tables) == {table.name for table in contract(dataset).tables}
        assert all(records.frame.empty and not records.problems for records in tables.values())


def test_what_is_not_kept_is_not_asked_for(tmp_path):
    (path,) = write(tmp_path, "ssda903")
    headers = [cell.value for cell in load_workbook(path)["ssda903 header"][HEADER_ROW]]
    assert "CHILD" in headers and "UPN" not in headers


def test_an_ill_formed_year_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(CommandError):
        write_templates([contract("D23")], tmp_path / "new", partnership="p", year="2023")
    assert not (tmp_path / "new").exists()


def test_counts_come_back_as_they_were_written(tmp_path):
    (path,) = write(tmp_path, "D23", catalogue={"lado_contacts": ["threshold"]})
    row = ["lado_contacts", "threshold", "met", "count", 107, "exact", "contacts", None, None, "2023-04-01"]
    path = filled(path, "Counts", [[*row, "2024-03-31", "financial_year", "borough", "=1+1"]])
    (counts,) = find_counts(read_sheets(path))
    (found,) = counts.rows.values()
    assert tuple(found) == COLUMNS
    assert found["value"] == "107" and found["period_end"] == "2024-03-31" and found["numerator"] == ""


def test_a_file_without_counts_has_none(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    assert find_counts(read_sheets(tmp_path / "a.csv")) == []


def test_no_cell_is_a_live_formula(tmp_path):
    (path,) = write(tmp_path, "D23", catalogue={"=cmd|' /C calc'!A0": ["+1+1", "@sum"]})
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in package.read(name)


def test_options_are_shown_with_a_label_only_where_the_code_is_none():
    assert shown("police", "Police") == "police"
    assert shown("1A", "Individual: self") == "1A: Individual: self"


# What is filled in comes back

PSEUDONYMS = st.text("abcdefgh0123456789", min_size=3, max_size=10).filter(
    lambda text: not text.isdigit() and "e" not in text
)


def cells_of(column):
    """Give pairs of what is typed into a cell and what must come back."""
    if column.type == "code":
        return st.sampled_from(column.codes).flatmap(
            lambda code: st.sampled_from([(code.code, code.code), (shown(code.code, code.label), code.code)])
        )
    if column.type == "codes":
        return st.sets(st.sampled_from(column.codes), min_size=1, max_size=3).map(
            lambda codes: (
                "; ".join(sorted(c.code for c in codes)),
                ";".join(c.code for c in column.codes if c in codes),
            )
        )
    days = st.dates(date(1950, 1, 1), date(2050, 12, 31))
    number = st.integers(int(column.minimum or 0), int(column.maximum or 9999))
    return {
        "date": days.map(lambda day: (day, pd.Timestamp(day))),
        "moment": st.datetimes(datetime(1950, 1, 1), datetime(2050, 12, 31)).map(
            lambda at: (at.replace(microsecond=0), pd.Timestamp(at.replace(microsecond=0)))
        ),
        "month": days.map(lambda day: (f"{day:%Y-%m}", f"{day:%Y-%m}")),
        "integer": number.map(lambda value: (value, value)),
        "number": number.map(lambda value: (value + 0.0, value + 0.0)),
        "yes_no": st.booleans().map(lambda value: ("yes" if value else "no", value)),
        "text": st.sampled_from([("said", "said"), ("=1+1", "=1+1"), ("+44", "+44"), ("1,5; x", "1,5; x")]),
        "identifier": PSEUDONYMS.map(lambda text: (text, text)),
        "pseudonym": st.integers(0, 10**9).map(lambda n: (f"p{n:010d}", f"p{n:010d}")),
    }[column.type]


def row_of(table):
    columns = [
        cells_of(column) if column.required else st.one_of(st.just((None, None)), cells_of(column))
        for column in table.columns
    ]
    return st.tuples(*columns)


@pytest.mark.parametrize("dataset", ["D13", "D16", "D18", "D26"])
@settings(max_examples=6 * MORE, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_a_filled_template_reads_back_without_loss(dataset, tmp_path, data):
    table = contract(dataset).table()
    rows = data.draw(st.lists(row_of(table), min_size=1, max_size=4))
    (path,) = [path for path in write(tmp_path, dataset) if path.exists()][:1]
    # Every cell is written as text or as a number, as typing does, never as a formula.
    book = load_workbook(path)
    sheet = book[f"{dataset} {table.name}"]
    for number, cells in enumerate(rows, start=HEADER_ROW + 1):
        for place, (typed, _) in enumerate(cells, start=1):
            cell = sheet.cell(number, place, typed)
            cell.data_type = "s" if isinstance(typed, str) else cell.data_type
    book.save(path)
    records = read_return(path, contract(dataset))[table.name]
    assert {problem.rule for problem in records.problems} <= {"duplicate_key"}
    assert records.frame.index.tolist() == list(range(HEADER_ROW + 1, HEADER_ROW + 1 + len(rows)))
    for place, column in enumerate(table.columns):
        back = [None if pd.isna(value) else value for value in records.frame[column.name]]
        assert back == [cells[place][1] for cells in rows], column.name


def test_numbers_of_counts_are_text_so_that_a_percentage_stays_as_it_was_typed(tmp_path):
    (path,) = write(tmp_path, "D23")
    columns = load_workbook(path)["Counts"].column_dimensions
    letters = {name: get_column_letter(COLUMNS.index(name) + 1) for name in ("value", "period_end", "note")}
    formats = {name: columns[letter].number_format for name, letter in letters.items()}
    assert formats == {"value": "@", "period_end": "yyyy-mm-dd", "note": "General"}
