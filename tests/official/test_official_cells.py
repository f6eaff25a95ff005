"""A published cell is a number or a symbol; years and periods are read, never guessed."""

import pandas as pd
import pytest

from analysis.errors import DataError
from analysis.official.cells import divide, shown_symbol, split_cells
from analysis.official.definitions import load_definitions
from analysis.official.layouts import read_years
from analysis.official.tidy import dates, tidy

SYMBOLS = load_definitions().symbols


def test_a_symbol_is_kept_and_becomes_neither_zero_nor_a_bare_gap():
    numbers, symbols = split_cells(pd.Series(["12", "c", "0", "z", "1,234", "[x]", "", "-"]), SYMBOLS, "table")
    assert numbers.fillna(-1).tolist() == [12, -1, 0, -1, 1234, -1, -1, -1]
    assert symbols.tolist() == ["", "c", "", "z", "", "x", "blank", "-"]


def test_a_cell_that_is_neither_number_nor_symbol_is_told_with_its_place():
    with pytest.raises(DataError, match="c1, Referrals: unknown symbol 'q'"):
        split_cells(pd.Series(["1", "q"]), SYMBOLS, "c1, Referrals")


def test_a_share_of_two_columns_is_hidden_where_either_is_and_doesnt_apply_to_none():
    part, whole = (split_cells(pd.Series(cells), SYMBOLS, "d2") for cells in (list("3c20"), ["12", "9", "c", "0"]))
    shares, symbols = divide(part, whole)
    assert shares.fillna(-1).tolist() == [25, -1, -1, -1]
    assert symbols.tolist() == ["", "c", "c", "z"]


@pytest.mark.parametrize(
    ("symbol", "shown"), [("c", "[c]"), ("low", "[low]"), ("-", "[x]"), ("blank", "[x]"), ("", "")]
)
def test_symbols_show_in_brackets_and_no_reason_shows_as_not_available(symbol, shown):
    assert shown_symbol(symbol) == shown


def test_a_reporting_year_is_the_year_in_which_it_ends():
    years = read_years(pd.Series(["2024", "202324"]), pd.Series(["Reporting year", "Financial year"]), "file")
    assert years.tolist() == [2024, 2024]


@pytest.mark.parametrize(
    ("period", "kind", "message"),
    [("202324", "Academic year", "Academic year"), ("2023/24", "Reporting year", "2023/24")],
)
def test_years_of_another_kind_or_form_are_refused(period, kind, message):
    with pytest.raises(DataError, match=message):
        read_years(pd.Series([period]), pd.Series([kind]), "file")


def test_a_flow_covers_the_year_and_a_snapshot_one_day():
    flow = dates(pd.Series([2024]), "financial_year", "03-31")
    assert (flow["period_start"][0], flow["period_end"][0]) == ("2023-04-01", "2024-03-31")
    stock = dates(pd.Series([2023]), "snapshot", "06-30")
    assert (stock["period_start"][0], stock["period_end"][0]) == ("2023-06-30", "2023-06-30")


def row(**changes):
    same = {
        "indicator": "referrals",
        "area_code": "E09000017",
        "area_name": "Hillingdon",
        "area_level": "local_authority",
        "period_start": "2023-04-01",
        "period_end": "2024-03-31",
        "period_basis": "financial_year",
        "value": 1.0,
        "symbol": "",
        "unit": "referrals",
        "source": "children_in_need",
        "release": "2024",
        "licence": "OGL",
    }
    return {**same, **changes}


def test_a_tidy_row_needs_a_value_or_a_symbol_and_comes_once():
    assert len(tidy(pd.DataFrame([row()]))) == 1
    with pytest.raises(DataError, match="either a value or a symbol"):
        tidy(pd.DataFrame([row(symbol="c")]))
    with pytest.raises(DataError, match="either a value or a symbol"):
        tidy(pd.DataFrame([row(value=float("nan"))]))
    with pytest.raises(DataError, match="occurs twice"):
        tidy(pd.DataFrame([row(), row(value=2.0)]))
