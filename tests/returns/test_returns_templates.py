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
from analysis.measures.periods import parse_year
from analysis.returns.aggregate_rows import COLUMNS, check_row, name_as_defined
from analysis.returns.contracts import contract, load_contracts
from analysis.returns.counts import find_counts
from analysis.returns.plan import Asked
from analysis.returns.tables import read_sheets
from analysis.returns.template_counts import GUIDANCE, LAYOUT, example, list_rows, rule_of
from analysis.returns.templates import HEADER_ROW, LISTS, is_filled, sheet_names, shown, write_planned
from tests.chance import MORE
from tests.returns.frames import read_return

DATASETS = [found for name, found in load_contracts().items() if name.startswith("D")]


def write(folder, *datasets, figures=None, **parts):
    asked = Asked("lado", "LADO", tuple(contract(name) for name in datasets), figures or {}, parts.pop("last", {}))
    return write_planned([asked], folder, partnership="exampleshire", **({"year": "2023-24"} | parts))


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
        write(tmp_path / "new", "D23", year="2023")
    assert not (tmp_path / "new").exists()


def counts_of(path, **cells):
    """Fill cells of the first row of counts; return what is read."""
    book = load_workbook(path)
    for name, value in cells.items():
        book["Counts"].cell(HEADER_ROW + 1, LAYOUT.index(name) + 1, value)
    book.save(path)
    (counts,) = find_counts(read_sheets(path))
    return counts


def asked_of(catalogue, *names):
    return {name: catalogue.measures[name] for name in names}


def test_a_figure_asked_for_needs_its_number_alone(tmp_path, shipped_catalogue):
    figures = asked_of(shipped_catalogue, "lado_contacts", "lado_substantiated_rate")
    (path,) = write(tmp_path, "D23", figures=figures, geography="Here", last={("lado_contacts", "", ""): "248"})
    rows = [[cell.value for cell in row] for row in load_workbook(path)["Counts"].iter_rows(min_row=HEADER_ROW + 1)]
    first = dict(zip(LAYOUT, rows[0], strict=True))
    assert (first["title"], first["last_year"]) == (figures["lado_contacts"].title, "248")
    counts = counts_of(path, value="253")
    (found,) = counts.rows.values()
    assert tuple(found) == COLUMNS
    assert (found["value"], found["period_end"], found["geography"]) == ("253", "2024-03-31", "Here")
    assert [problem.rule for problem in counts.problems] == ["not_filled_in"]
    assert list(check_row(found, shipped_catalogue, "a", 4)) == []


def test_every_figure_of_the_catalogue_can_be_asked_for(shipped_catalogue):
    rows = list_rows(shipped_catalogue.measures, {}, {}, parse_year("2023-24"), "Here")
    for row in rows:
        cells = {name: row.cells.get(name, "") for name in COLUMNS}
        share = {"numerator": "2", "denominator": "10"} if cells["measure_type"] == "percent" else {}
        assert list(check_row(cells | {"value": "20"} | share, shipped_catalogue, "a", 4)) == [], cells


@pytest.mark.parametrize(
    ("typed", "format"), [("11.86", "@"), ("11.86%", "@"), ("11.86 %", "@"), (11.86, "General"), (0.1186, "0.00%")]
)
def test_a_percentage_is_read_as_it_was_typed(tmp_path, shipped_catalogue, typed, format):
    (path,) = write(tmp_path, "D23", figures=asked_of(shipped_catalogue, "lado_substantiated_rate"))
    book = load_workbook(path)
    book["Counts"].cell(HEADER_ROW + 1, LAYOUT.index("value") + 1).number_format = format
    book.save(path)
    counts = counts_of(path, value=typed, numerator=30, denominator=253)
    assert [row["value"] for row in counts.rows.values()] == ["11.86"]


def test_a_row_added_beneath_and_a_category_in_capitals_are_read(tmp_path, shipped_catalogue):
    (path,) = write(tmp_path, "D23")
    said = {"indicator": "LADO contacts", "dimension": "Threshold", "category": "MET", "measure_type": "Count"}
    days = {"period_start": "01/04/2023", "period_end": "31/03/2024", "period_basis": "financial_year"}
    counts = counts_of(path, value=107, qualifier="exact", unit="contacts", geography="borough", **said, **days)
    ((row, found),) = counts.rows.items()
    named = name_as_defined(found, shipped_catalogue)
    assert (row, named["indicator"], named["category"]) == (HEADER_ROW + 1, "lado_contacts", "met")
    assert list(check_row(named, shipped_catalogue, "a", 4)) == []


def test_the_categories_of_a_figure_are_chosen_from_its_own_list(tmp_path, shipped_catalogue):
    (path,) = write(tmp_path, "D23", figures=asked_of(shipped_catalogue, "lado_contacts"))
    book = load_workbook(path)
    letter = get_column_letter(LAYOUT.index("category") + 1)
    rules = [v for v in book["Counts"].data_validations.dataValidation if f"{letter}5" in str(v.sqref).split(":")[0]]
    (options,) = [rule.formula1.split("!")[1].replace("$", "") for rule in rules]
    assert [row[0].value for row in book[LISTS][options]] == ["not met", "met"]


def test_a_filled_workbook_is_never_written_over_unless_forced(tmp_path, shipped_catalogue):
    figures = asked_of(shipped_catalogue, "lado_contacts")
    (path,) = write(tmp_path, "D23", figures=figures)
    write(tmp_path, "D23", figures=figures)  # a blank one may be
    counts_of(path, value="253")
    held = path.read_bytes()
    with pytest.raises(CommandError, match="filled in already: exampleshire_2023-24_lado.xlsx; allowed: --force"):
        write(tmp_path, "D23", figures=figures)
    assert path.read_bytes() == held
    write(tmp_path, "D23", figures=figures, force=True)
    assert not is_filled(path)


def test_a_workbook_with_a_record_is_filled(tmp_path):
    (path,) = write(tmp_path, "D23")
    assert is_filled(filled(path, "D23 settings", [["SYN1"]])) and not is_filled(path)


def test_a_file_without_counts_has_none(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    assert find_counts(read_sheets(tmp_path / "a.csv")) == []


def test_no_cell_is_a_live_formula(tmp_path):
    (path,) = write(tmp_path, "D23", geography="=cmd|' /C calc'!A0", meanings={"lado_contacts": "+1+1"})
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
    (path,) = write(tmp_path, dataset, force=True)
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
    letters = {name: get_column_letter(LAYOUT.index(name) + 1) for name in ("value", "period_end", "note")}
    formats = {name: columns[letter].number_format for name, letter in letters.items()}
    assert formats == {"value": "@", "period_end": "yyyy-mm-dd", "note": "General"}


def test_messages_name_the_sheet_of_a_template_and_no_other(tmp_path):
    (path,) = write(tmp_path, "D23")
    sheets = read_sheets(path)
    assert [sheet.label for sheet in sheets][:3] == [
        f"{path.name}, sheet 1",
        f"{path.name}, sheet D23 contacts",
        f"{path.name}, sheet D23 settings",
    ]
