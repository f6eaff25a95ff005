"""Aggregate returns: figures that an agency has counted already, one row a figure.

Reading is strict. A name that isn't in the dictionary, a unit, a qualifier, a period or a number that can't
be what it claims is an error that names the file, the row, the column and what is allowed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from analysis.dictionary import Dictionary, Indicator
from analysis.errors import DataError, Problem, listed
from analysis.periods import BASES, Period
from analysis.strict import read_rows
from analysis.vocabulary import MEASURE_TYPES, QUALIFIERS

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
SYMBOLS = ("[c]", "[x]", "[z]", "[low]")
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Observation:
    """One counted value as an agency returned it. `decimals` is the precision it was given with."""

    indicator: str
    dimension: str
    category: str
    measure_type: str
    value: float | None
    symbol: str
    decimals: int
    qualifier: str
    unit: str
    numerator: float | None
    denominator: float | None
    period: Period
    geography: str
    note: str
    agency: str
    definition_version: str
    file: str
    row: int


def read_aggregate(path: Path, dictionary: Dictionary, *, agency: str) -> list[Observation]:
    """Return the observations of one aggregate return. Raises DataError with every problem found in it."""
    rows = read_rows(path, COLUMNS, OPTIONAL_COLUMNS)
    problems = [problem for number, row in _numbered(rows) for problem in check_row(row, dictionary, path.name, number)]
    if problems:
        raise DataError(problems)
    return [_observation(row, dictionary, path.name, number, agency) for number, row in _numbered(rows)]


def _numbered(rows: list[dict[str, str]]) -> Iterator[tuple[int, dict[str, str]]]:
    return enumerate(rows, start=2)


def check_row(row: Mapping[str, str], dictionary: Dictionary, file: str, number: int) -> list[Problem]:
    """Return what is wrong with one row: names first, then numbers, then the period."""

    def problem(column: str, rule: str, message: str, allowed: str = "") -> Problem:
        return Problem(file, number, column, rule, "error", message, allowed)

    entry = dictionary.indicators.get(row["indicator"])
    if entry is None:
        allowed = listed(dictionary.indicators, row["indicator"])
        return [problem("indicator", "unknown_name", f"unknown indicator {row['indicator']!r}", allowed)]
    found = [
        problem(
            column,
            "unknown_name",
            f"unknown {column.replace('_', ' ')} {row[column]!r}",
            listed(allowed, row[column]),
        )
        for column, allowed in _allowed(row, entry).items()
        if row[column] not in allowed
    ]
    found += [problem(column, "number", message) for column, message in _number_faults(row)]
    return found + [problem(column, "period", message) for column, message in _period_faults(row)]


def _allowed(row: Mapping[str, str], entry: Indicator) -> dict[str, tuple[str, ...]]:
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


def _number_faults(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for column in ("value", "numerator", "denominator"):
        text = row[column]
        optional = column != "value"
        if (optional and not text) or (column == "value" and text in SYMBOLS):
            continue
        number = parse_number(text)
        if number is None:
            yield (
                column,
                f"{text!r} is not a number" + ("" if optional else f" or one of {', '.join(SYMBOLS)}"),
            )
        elif fault := _range_fault(column, row, number):
            yield column, fault
    if bool(row["numerator"]) > bool(row["denominator"]):
        yield "denominator", "a numerator needs its denominator"
    if _exceeds(row["numerator"], row["denominator"]):
        yield "numerator", f"{row['numerator']} is more than its denominator {row['denominator']}"


def _range_fault(column: str, row: Mapping[str, str], number: Decimal) -> str:
    change = row["measure_type"].startswith("change")
    if number < 0 and not (column == "value" and change):
        return f"{number} is below zero"
    if column == "value" and row["measure_type"] == "percent" and number > 100:
        return f"{number} is more than 100 per cent"
    if column == "value" and row["measure_type"] == "count" and number != int(number):
        return f"{number} is a count but no whole number"
    return ""


def _exceeds(numerator: str, denominator: str) -> bool:
    top, bottom = parse_number(numerator), parse_number(denominator)
    return top is not None and bottom is not None and top > bottom


def _period_faults(row: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    bad = [
        (column, f"{row[column]!r} is not a date like 2024-03-31")
        for column in ("period_start", "period_end")
        if row[column] and _date(row[column]) is None
    ]
    yield from bad
    if not bad and row["period_basis"] in BASES:
        try:
            _period(row)
        except ValueError as error:
            yield "period_basis", str(error)


def parse_number(text: str) -> Decimal | None:
    """Return a plain decimal number, or None. Thousands separators and exponents are refused."""
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def _period(row: Mapping[str, str]) -> Period:
    return Period(_date(row["period_start"]), _date(row["period_end"]), row["period_basis"])


def _observation(row: Mapping[str, str], dictionary: Dictionary, file: str, number: int, agency: str) -> Observation:
    value = parse_number(row["value"])
    entry = dictionary.indicators[row["indicator"]]
    return Observation(
        **{
            name: row[name]
            for name in ("indicator", "dimension", "category", "measure_type", "qualifier", "unit", "note")
        },
        value=None if value is None else float(value),
        symbol="" if value is not None else row["value"],
        decimals=0 if value is None else max(0, -value.as_tuple().exponent),
        numerator=_float(row["numerator"]),
        denominator=_float(row["denominator"]),
        period=_period(row),
        geography=row["geography"],
        agency=row.get("agency") or agency,
        definition_version=row.get("definition_version") or entry.definition_version,
        file=file,
        row=number,
    )


def _float(text: str) -> float | None:
    return float(text) if text else None
