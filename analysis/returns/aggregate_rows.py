"""One row of an aggregate return: the columns it has, the one form that it is brought into, and what is wrong with it.

A form that has one meaning is taken (`1,846`, `*` for a value withheld, `01/04/2023`); the same symbols mean the same
as in records (see `values.MARKS`). No message repeats a figure or a category, which may be about a person.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from re import fullmatch

from analysis.errors import Problem, listed
from analysis.measures.catalogue import Catalogue
from analysis.measures.measure import Measure
from analysis.measures.periods import BASES, Period
from analysis.measures.terms import MEASURE_TYPES, QUALIFIERS
from analysis.returns.contracts import Column, Table
from analysis.returns.values import MARKS, read_value

COLUMNS = (
    "indicator",
    "dimension",
    "category",
    "measure_type",
    "value",
    "qualifier",
    "unit",
    "numerator",
    "denominator",
    "period_start",
    "period_end",
    "period_basis",
    "geography",
    "note",
)
OPTIONAL_COLUMNS = ("agency", "section", "definition_version")
NUMBERS, DATES = ("value", "numerator", "denominator"), ("period_start", "period_end")
SYMBOL_OF = {
    "suppressed": "[c]",
    "unavailable": "[x]",
    "not_known": "[x]",
    "not_applicable": "[z]",
    "low": "[low]",
}
SYMBOLS = tuple(dict.fromkeys(SYMBOL_OF.values()))
TYPES = dict.fromkeys(NUMBERS, "number") | dict.fromkeys(DATES, "date")
AGGREGATE = Table(
    name="counts",
    title="Counts",
    grain="one row a figure that you have counted already",
    key=(),
    period="period_start",
    columns=tuple(Column(name, TYPES.get(name, "text"), "", name in COLUMNS) for name in (*COLUMNS, *OPTIONAL_COLUMNS)),
)


def normalise(row: Mapping[str, str]) -> dict[str, str]:
    """Return the row with its numbers, symbols and dates in one form; what has no single meaning stays as it is."""
    return {name: _normalise(text, AGGREGATE.column(name)) for name, text in row.items()}


def _normalise(text: str, column: Column) -> str:
    if not text or column.type == "text":
        return text
    found = read_value(text, column)
    if found.mark in SYMBOL_OF:
        return SYMBOL_OF[found.mark] if column.name == "value" else ""
    if found.value is None:
        return text
    return f"{found.value:%Y-%m-%d}" if column.type == "date" else _bare(text)


def _bare(text: str) -> str:
    """Return a number as given, so that its decimals still show how precise it is."""
    return text.removeprefix("£").removesuffix("%").strip().removeprefix("+").replace(",", "")


def check_row(row: Mapping[str, str], catalogue: Catalogue, file: str, number: int) -> list[Problem]:
    """Return what is wrong with one normalised row: names first, then numbers, then the period."""

    def problem(column: str, rule: str, message: str, allowed: str = "") -> Problem:
        return Problem(file, number, column, rule, "error", message, allowed)

    entry = catalogue.measures.get(row["indicator"])
    if entry is None:
        allowed = listed(catalogue.measures, row["indicator"])
        return [problem("indicator", "unknown_name", _unknown("indicator", row), allowed)]
    found = [
        problem(column, "unknown_name", _unknown(column, row), listed(allowed, row[column]))
        for column, allowed in _allowed(row, entry).items()
        if row[column] not in allowed
    ]
    found += [problem(column, "number", message, allowed) for column, message, allowed in _number_faults(row)]
    return found + [problem(column, "period", message, allowed) for column, message, allowed in _period_faults(row)]


def _unknown(column: str, row: Mapping[str, str]) -> str:
    """Return that a name isn't known. A category isn't repeated: one that nobody planned may be a person."""
    name = column.replace("_", " ")
    return f"unknown {name}" if column == "category" else f"unknown {name} {row[column][:40]!r}"


def _allowed(row: Mapping[str, str], entry: Measure) -> dict[str, tuple[str, ...]]:
    """Return, for each column of names, what may stand in it."""
    dimension = row["dimension"]
    split = entry.by.get(dimension)
    allowed = {
        "dimension": ("", *(name for name in entry.by if name)),
        "measure_type": tuple(name for name in MEASURE_TYPES if name in entry.measure_types),
        "qualifier": QUALIFIERS,
        "unit": entry.units,
        "period_basis": BASES,
    }
    if dimension and split is None:
        return allowed
    categories = split.categories if split else ()
    return allowed | {"category": categories if dimension else ("", *categories)}


def _number_faults(row: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for column in NUMBERS:
        text = row[column]
        if (column == "value" and text in SYMBOLS) or (column != "value" and not text):
            continue
        number = parse_number(text)
        if number is None:
            yield column, _no_number(text), f"digits, or one of {', '.join(SYMBOLS)}"
        elif fault := _range_fault(column, row, number):
            yield column, *fault
    if bool(row["numerator"]) > bool(row["denominator"]):
        yield "denominator", "a numerator needs its denominator", "a number"
    if _exceeds(row["numerator"], row["denominator"]):
        yield "numerator", "a numerator is more than its denominator", "at most the denominator"


def _no_number(text: str) -> str:
    if not text:
        return "no value"
    dash = MARKS.get(text) == "dash"
    return "a dash, which doesn't say whether it is nought or missing" if dash else "not a number"


def _range_fault(column: str, row: Mapping[str, str], number: Decimal) -> tuple[str, str] | None:
    change = row["measure_type"].startswith("change")
    if number < 0 and not (column == "value" and change):
        return "a number below zero", "0 or more"
    if column == "value" and row["measure_type"] == "percent" and number > 100:
        return "more than 100 per cent", "0 to 100"
    if column == "value" and row["measure_type"] == "count" and number != int(number):
        return "a count that is no whole number", "a whole number"
    return None


def _exceeds(numerator: str, denominator: str) -> bool:
    top, bottom = parse_number(numerator), parse_number(denominator)
    return top is not None and bottom is not None and top > bottom


def _period_faults(row: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    bad = [
        (column, "not a date", "yyyy-mm-dd or dd/mm/yyyy")
        for column in DATES
        if row[column] and parse_day(row[column]) is None
    ]
    yield from bad
    if not bad and row["period_basis"] in BASES:
        try:
            period_of(row)
        except ValueError as error:
            yield "period_basis", str(error), "dates that agree with the basis"


def parse_number(text: str) -> Decimal | None:
    """Return a plain decimal number, or None. Thousands separators and exponents are refused."""
    return Decimal(text) if fullmatch(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", text) else None


def parse_day(text: str) -> date | None:
    """Return a day in ISO form, or None."""
    try:
        return date.fromisoformat(text) if fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None


def period_of(row: Mapping[str, str]) -> Period:
    """Return the period of a row. ValueError where its dates and its basis contradict each other."""
    return Period(parse_day(row["period_start"]), parse_day(row["period_end"]), row["period_basis"])
