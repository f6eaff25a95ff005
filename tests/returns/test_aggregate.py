"""Aggregate returns: read strictly, every fault told with file, row, column and what is allowed."""

import pytest

from analysis.errors import DataError
from analysis.returns.aggregate_rows import COLUMNS
from analysis.returns.counts import find_counts
from analysis.returns.tables import read_sheets
from tests.examples import read_figures

GOOD = {
    "indicator": "lado_contacts",
    "dimension": "threshold",
    "category": "met",
    "measure_type": "count",
    "value": "107",
    "qualifier": "exact",
    "unit": "referrals",
    "numerator": "",
    "denominator": "",
    "period_start": "2023-04-01",
    "period_end": "2024-03-31",
    "period_basis": "financial_year",
    "geography": "Hillingdon",
    "note": "",
}


def write(path, *rows, columns=COLUMNS, encoding="utf-8"):
    lines = [",".join(columns), *(",".join(row.get(name, "") for name in columns) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def read(tmp_path, catalogue, **changes):
    return read_figures(write(tmp_path / "lado.csv", GOOD | changes), catalogue)


def test_a_good_row_is_an_observation(tmp_path, catalogue):
    (found,) = read(tmp_path, catalogue)
    assert (found.indicator, found.category, found.value, found.agency) == ("lado_contacts", "met", 107.0, "LADO")
    assert (found.file, found.row, found.definition_version) == ("lado.csv", 2, "1")
    assert found.period.months == 12


@pytest.mark.parametrize(
    ("own", "registers", "version"),
    [
        ("", "", "1"),  # the dictionary's
        ("", "2022-23", "2022-23"),
        ("2021-22", "2022-23", "2021-22"),  # what a row says of itself stands before the register's line
    ],
)
def test_whose_version_of_a_definition_stands(tmp_path, catalogue, own, registers, version):
    columns = (*COLUMNS, "definition_version")
    path = write(tmp_path / "lado.csv", GOOD | {"definition_version": own}, columns=columns)
    (found,) = read_figures(path, catalogue, version=registers)
    assert found.definition_version == version


def test_the_precision_given_is_kept(tmp_path, catalogue):
    (found,) = read(tmp_path, catalogue, measure_type="percent", unit="percent", value="11.86")
    assert (found.value, found.decimals) == (11.86, 2)


def test_a_symbol_is_kept_apart_from_a_number(tmp_path, catalogue):
    (found,) = read(tmp_path, catalogue, value="[x]")
    assert (found.value, found.symbol) == (None, "[x]")


PERCENT = {"measure_type": "percent", "unit": "percent"}


def test_a_true_share_below_one_per_cent_is_no_fraction(tmp_path, catalogue):
    (found,) = read(tmp_path, catalogue, **PERCENT, value="0.5", numerator="1", denominator="200")
    assert found.value == 0.5
    (signed,) = read(tmp_path, catalogue, **PERCENT, value="0.5%")
    assert signed.value == 0.5


def test_names_are_taken_in_any_case(tmp_path, catalogue):
    (found,) = read(tmp_path, catalogue, indicator="LADO contacts", category="Met", period_basis="Financial year")
    assert (found.indicator, found.category, found.period.basis) == ("lado_contacts", "met", "financial_year")


@pytest.mark.parametrize("text", ["<5", "< 5", "less than 5", "Fewer than 10", "<=4"])
def test_a_bound_instead_of_a_small_number_is_a_value_withheld(tmp_path, catalogue, text):
    (found,) = read(tmp_path, catalogue, value=text)
    assert (found.value, found.symbol) == (None, "[c]")


@pytest.mark.parametrize(
    ("changes", "column", "words"),
    [
        ({"indicator": "lado_contcts"}, "indicator", "unknown indicator 'lado_contcts'"),
        ({"dimension": "thresold"}, "dimension", "unknown dimension 'thresold'"),
        ({"category": "mett"}, "category", "unknown category"),
        ({"category": ""}, "category", "unknown category"),
        ({"measure_type": "mean"}, "measure_type", "unknown measure type"),
        ({"qualifier": "roughly"}, "qualifier", "unknown qualifier"),
        ({"unit": "children"}, "unit", "unknown unit"),
        ({"period_basis": "fiscal"}, "period_basis", "unknown period basis"),
        ({"value": ""}, "value", "no value"),
        ({"value": "1 07"}, "value", "not a number"),
        ({"value": "-"}, "value", "a dash, which doesn't say whether it is zero or missing"),
        ({"value": "1;5"}, "value", "not a number"),
        ({"value": "1e3"}, "value", "not a number"),
        ({"value": "-1"}, "value", "a number below zero"),
        ({"value": "10.5"}, "value", "a count that is no whole number"),
        ({"value": "#REF!"}, "value", "an error value of a spreadsheet"),
        (
            {"measure_type": "percent", "unit": "percent", "value": "0.45"},
            "value",
            "a fraction where a percentage is meant",
        ),
        (PERCENT | {"value": "0.1", "numerator": "20", "denominator": "200"}, "value", "a fraction"),
        ({"period_start": "2023-24"}, "period_start", "a year, where a day belongs"),
        ({"period_end": "Mar-24"}, "period_end", "a month, where a day belongs"),
        ({"measure_type": "percent", "unit": "percent", "value": "100.1"}, "value", "more than 100 per cent"),
        ({"numerator": "8", "denominator": "7"}, "numerator", "more than its denominator"),
        ({"numerator": "8"}, "denominator", "a numerator needs its denominator"),
        ({"period_start": "01/04/23"}, "period_start", "not a date"),
        ({"period_end": "2024-02-30"}, "period_end", "not a date"),
        ({"period_end": "2024-02-29"}, "period_basis", "a financial_year has 12 months; this period has 11 months"),
        ({"period_start": "2024-04-01"}, "period_basis", "period starts 2024-04-01 after it ends 2024-03-31"),
    ],
)
def test_a_fault_names_file_row_column_and_what_is_wrong(tmp_path, catalogue, changes, column, words):
    with pytest.raises(DataError) as caught:
        read(tmp_path, catalogue, **changes)
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, problem.column) == ("lado.csv", 2, column)
    assert words in problem.message


def test_an_unknown_name_brings_the_nearest_allowed_one_first(tmp_path, catalogue):
    with pytest.raises(DataError) as caught:
        read(tmp_path, catalogue, indicator="lado_contcts")
    assert caught.value.problems[0].allowed.startswith("lado_contacts, ")


def test_every_fault_of_a_file_is_told_at_once(tmp_path, catalogue):
    path = write(tmp_path / "lado.csv", GOOD | {"value": "?"}, GOOD, GOOD | {"unit": "people"})
    with pytest.raises(DataError) as caught:
        read_figures(path, catalogue)
    assert [(p.row, p.column) for p in caught.value.problems] == [(2, "value"), (4, "unit")]


def test_a_renamed_column_is_told_once_and_no_row_is_read(tmp_path, catalogue):
    columns = ["measure" if name == "measure_type" else name for name in COLUMNS]
    with pytest.raises(DataError) as caught:
        read_figures(write(tmp_path / "lado.csv", GOOD, columns=columns), catalogue)
    assert [problem.rule for problem in caught.value.problems] == ["columns"]
    assert "row 1, column D: unknown column 'D'; missing column 'measure_type'" in str(caught.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00binary", b'indicator,"dimension\n', b""])
def test_an_unreadable_file_is_one_line(tmp_path, catalogue, content):
    (tmp_path / "lado.csv").write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_figures(tmp_path / "lado.csv", catalogue)
    assert len(str(caught.value).splitlines()) == 1
    assert "lado.csv" in str(caught.value)


def test_a_row_with_a_cell_too_many_is_told(tmp_path, catalogue):
    path = write(tmp_path / "lado.csv", GOOD | {"note": "one,two"})
    with pytest.raises(DataError, match="row 2: more cells than the header has columns"):
        read_figures(path, catalogue)


@pytest.mark.parametrize(
    ("text", "value", "decimals", "symbol"),
    [
        ("1,846", 1846.0, 0, ""),
        ("11.860%", 11.86, 3, ""),
        ("*", None, 0, "[c]"),
        ("..", None, 0, "[x]"),
        ("not known", None, 0, "[x]"),
        ("N/A", None, 0, "[z]"),
        ("[k]", None, 0, "[low]"),
    ],
)
def test_forms_and_symbols_mean_what_they_mean_in_records(tmp_path, catalogue, text, value, decimals, symbol):
    row = GOOD | {"measure_type": "percent", "unit": "percent"} if "%" in text else GOOD
    path = write(tmp_path / "lado.csv", row | {"value": f'"{text}"'})
    (found,) = read_figures(path, catalogue)
    assert (found.value, found.decimals, found.symbol) == (value, decimals, symbol)


def test_what_is_brought_into_one_form(tmp_path):
    path = write(tmp_path / "lado.csv", GOOD, GOOD | {"value": "*", "period_end": "31/03/2024"})
    (counts,) = find_counts(read_sheets(path))
    assert (counts.rows[3]["period_end"], counts.rows[3]["value"]) == ("2024-03-31", "[c]")


def test_no_message_repeats_a_figure_or_a_category(tmp_path, catalogue):
    with pytest.raises(DataError) as caught:
        read(tmp_path, catalogue, category="zqxjv", value="zqxjv", period_end="zqxjv")
    assert len(caught.value.problems) == 3 and "zqxjv" not in str(caught.value)


def test_a_row_that_fits_no_heading_is_one_fault(tmp_path, catalogue):
    with pytest.raises(DataError, match="row 2: most cells don't fit their headings") as caught:
        read(tmp_path, catalogue, category="zqxjv", value="zqxjv", numerator="-3", period_end="zqxjv")
    assert len(caught.value.problems) == 1 and "3 " not in str(caught.value)


def test_blank_rows_do_not_move_the_row_numbers(tmp_path, catalogue):
    path = write(tmp_path / "lado.csv", GOOD)
    path.write_text(path.read_text() + "\n\n" + path.read_text().splitlines()[1] + "\n", encoding="utf-8")
    assert [one.row for one in read_figures(path, catalogue)] == [2, 5]


def test_a_file_with_a_byte_order_mark_reads(tmp_path, catalogue):
    path = write(tmp_path / "lado.csv", GOOD, encoding="utf-8-sig")
    assert len(read_figures(path, catalogue)) == 1
