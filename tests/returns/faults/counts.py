"""Faults of returns of counts: a clean file of a designated officer, and one change a fault."""

from collections.abc import Callable
from typing import NamedTuple

from analysis.returns.aggregate_rows import COLUMNS
from tests.returns.checks.planted import FLOW, STOCK, count
from tests.returns.faults.clean import Grid, as_csv

Rows = list[dict[str, str]]


def clean_counts(total: int = 253, period: tuple = FLOW) -> Rows:
    """Return counts that agree with each other: a whole, its parts, shares of it, a rate of its own."""
    return [
        count("lado_contacts", "", "", total, "contacts", period=period),
        count("lado_contacts", "threshold", "met", 107, "contacts", period=period),
        count("lado_contacts", "threshold", "not met", total - 107, "contacts", period=period),
        count("lado_contacts", "employment_sector", "health", 100, "contacts", period=period),
        count("lado_contacts", "employment_sector", "police", 53, "contacts", period=period),
        count("lado_contacts", "employment_sector", "education", total - 153, "contacts", period=period),
        count("lado_substantiated_rate", "", "", 11.86, "percent", measure="percent", base=(30, 253), period=period),
        count("lado_contacts", "", "", 2, "percent", measure="change_percent", period=period),
    ]


class Counted(NamedTuple):
    """A file of counts with a fault, and where it must be told."""

    text: str
    row: int | None
    column: str | None


def grid_of(rows: Rows) -> Grid:
    """Return rows of counts as a grid."""
    return [[*rows[0]], *([*row.values()] for row in rows)]


def _put(row: int, /, **cells: str) -> Callable[[Rows], Rows]:
    def change(rows: Rows) -> Rows:
        return [line | cells if place == row - 2 else line for place, line in enumerate(rows)]

    return change


def _cells() -> dict[str, tuple[int, str, dict[str, str]]]:
    """Return faults of one row: the row, the column in which each must be told, and the cells written."""
    told = {}
    for value in ("about 60", "12 people", "", "-", "-3", "2.5", "1,5", "1e3", "#N/A", "12%", "£12", "1.234.567",
                  "12/253", "2023-05-01", "TRUE", "twelve", "?", "60-70"):  # fmt: skip
        told[f"a count of {value!r}"] = (5, "value", {"value": value})
    for value in ("118.6", "-1", "0.1186", "11,86", "30/253", "£11.86", "1 in 9"):
        told[f"a percentage of {value!r}"] = (8, "value", {"value": value})
    return told | {
        "a percentage of other numbers": (8, "value", {"value": "45.1"}),
        "a fraction without a base": (8, "value", {"value": "0.45", "numerator": "", "denominator": ""}),
        "more of them than there are": (8, "numerator", {"numerator": "260", "value": "100"}),
        "a numerator alone": (8, "denominator", {"denominator": ""}),
        "a base of nought": (8, "denominator", {"numerator": "0", "denominator": "0"}),
        "a numerator below nought": (8, "numerator", {"numerator": "-3"}),
        "half a person in the numerator": (8, "numerator", {"numerator": "30.5"}),
        "half a person in the base": (8, "denominator", {"denominator": "253.5"}),
        "a numerator in words": (8, "numerator", {"numerator": "thirty"}),
        "a measure misspelt": (5, "indicator", {"indicator": "lado_contcts"}),
        "a measure by its title": (5, "indicator", {"indicator": "Contacts to the officer"}),
        "no measure": (5, "indicator", {"indicator": ""}),
        "a split misspelt": (5, "dimension", {"dimension": "employmnt"}),
        "a split of another measure": (5, "dimension", {"dimension": "risk_grade"}),
        "a category misspelt": (5, "category", {"category": "helth"}),
        "a split without its category": (5, "category", {"category": ""}),
        "a category without its split": (5, "category", {"dimension": ""}),
        "a category of another split": (5, "category", {"category": "met"}),
        "a person for a category": (5, "category", {"category": "Zqxjv Xyz"}),
        "no kind of number": (5, "measure_type", {"measure_type": ""}),
        "an unknown kind of number": (5, "measure_type", {"measure_type": "total"}),
        "a kind that the measure hasn't": (5, "measure_type", {"measure_type": "duration"}),
        "an unknown qualifier": (5, "qualifier", {"qualifier": "roughly"}),
        "no unit": (5, "unit", {"unit": ""}),
        "a unit of another measure": (5, "unit", {"unit": "pounds"}),
        "an unknown basis": (5, "period_basis", {"period_basis": "fiscal"}),
        "no basis": (5, "period_basis", {"period_basis": ""}),
        "a day that isn't": (5, "period_start", {"period_start": "31/02/2023"}),
        "a day of two digits": (5, "period_end", {"period_end": "31/3/24"}),
        "month first": (5, "period_end", {"period_end": "03/31/2024"}),
        "a year for a day": (5, "period_start", {"period_start": "2023-24"}),
        "a month for a day": (5, "period_start", {"period_start": "Apr 2023"}),
        "words for a day": (5, "period_end", {"period_end": "last spring"}),
        "a period backwards": (5, "period_basis", {"period_start": "2024-03-31", "period_end": "2023-04-01"}),
        "a year of eleven months": (5, "period_basis", {"period_end": "2024-02-29"}),
        "a calendar year for a financial one": (
            5, "period_basis", {"period_start": "2023-01-01", "period_end": "2023-12-31"}),
        "a basis without days": (5, "period_basis", {"period_start": "", "period_end": ""}),
        "a period of 1066": (5, "period_start", {"period_start": "1066-10-14"}),
    }  # fmt: skip


def _again(row: int, /, **cells: str) -> Callable[[Rows], Rows]:
    return lambda rows: [*rows, rows[row - 2] | cells]


def _facts() -> dict[str, tuple[Callable[[Rows], Rows], int | None, str | None]]:
    """Return faults of rows together: what they say can't all be."""
    return {
        "parts more than their whole": (_put(3, value="207"), 2, "value"),
        "shares more than their whole": (_put(5, value="300"), 2, "value"),
        "one fact with two values": (_again(5, value="90"), 10, "value"),
        "every figure of the year before": (
            lambda rows: [r | {"period_start": "2022-04-01", "period_end": "2023-03-31"} for r in rows], None, None),
        "every figure of the year to come": (
            lambda rows: [r | {"period_start": "2025-04-01", "period_end": "2026-03-31"} for r in rows], None, None),
        "another agency's figures": (
            lambda _: [count("police_mash_reports", "", "", 400, "reports"),
                       count("police_mash_reports", "risk_grade", "RED", 100, "reports")], None, None),
        "heading alone": (lambda rows: [], None, None),
        "stocks of another day": (
            lambda _: [count("child_protection_plans", "", "", 300, "children", period=STOCK)], None, None),
    }  # fmt: skip


def _shapes(grid: Grid) -> dict[str, Counted]:
    """Return faults of the header and of the file."""
    place = COLUMNS.index("qualifier")
    renamed = [[*row[:place], "qualifer" if n == 0 else row[place], *row[place + 1 :]] for n, row in enumerate(grid)]
    text = as_csv(grid)
    return {
        "a column missing": Counted(as_csv([[*row[:place], *row[place + 1 :]] for row in grid]), 1, "qualifier"),
        "a column renamed": Counted(as_csv(renamed), 1, "qualifer"),
        "a column unknown": Counted(as_csv([[*row, "x"] for row in grid]), 1, "O"),
        "a column twice": Counted(as_csv([[*row, row[place]] for row in grid]), 1, "qualifier"),
        "no header": Counted(as_csv(grid[1:]), None, None),
        "a cell too many": Counted(as_csv([row + (["zq"] if n == 4 else []) for n, row in enumerate(grid)]), 5, None),
        "a thousands comma without quotes": Counted(text.replace(",100,", ",1,846,", 1), 5, None),
        "a quotation mark left open": Counted(text.replace("lado_contacts", '"lado_contacts', 1), None, None),
        "cut in a row": Counted(text[: text.rindex("financial_year")], len(grid), None),
        "cut after a cell": Counted(text[: text.rindex("2024-03-31")], len(grid), None),
        "cut before the area": Counted(text[: text.rindex(",Here")], len(grid), None),
        "two delimiters": Counted(text.replace(",", ";", 40), None, None),
        "nothing": Counted("", None, None),
        "blank lines alone": Counted("\n\n\n", None, None),
        "words alone": Counted("We had a good year.\nThank you.\n", None, None),
        "a page of the web": Counted("<html><table><tr><td>1</td></tr></table></html>", None, None),
        "a letter": Counted("{\\rtf1 our figures}", None, None),
        "JSON": Counted('[{"indicator": "lado_contacts", "value": 253}]', None, None),
        "wide, a column a category": Counted("measure,met,not met\nlado_contacts,107,146\n", None, None),
    }


def list_counted() -> dict[str, Counted]:
    """Return every fault of a file of counts by name."""
    rows = clean_counts()
    head, found = as_csv([COLUMNS]), {}
    for name, (row, column, cells) in _cells().items():
        found[name] = Counted(as_csv(grid_of(_put(row, **cells)(rows))), row, column)
    for name, (change, row, column) in _facts().items():
        changed = change(rows)
        found[name] = Counted(as_csv(grid_of(changed)) if changed else head, row, column)
    return found | _shapes(grid_of(rows))
