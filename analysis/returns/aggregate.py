"""Aggregate returns: figures that an agency has counted already, one row a figure.

Reading is tolerant of form and strict on meaning. A name that isn't in the dictionary, a unit, a qualifier, a period or
a number that can't be what it claims is an error that names the file, the row, the column and what is allowed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import DataError, Problem, listed
from analysis.measures.dictionary import Dictionary
from analysis.measures.periods import Period
from analysis.returns.aggregate_rows import COLUMNS, check_row, parse_number, period_of
from analysis.returns.counts import Counts, read_counts


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
    counts = read_counts(path)
    if counts is None:
        message = "no row holds the headings of an aggregate return"
        raise DataError(Problem(path.name, None, None, "columns", "error", message, listed(COLUMNS, limit=20)))
    observations, problems = observe_counts(counts, dictionary, agency=agency)
    if problems:
        raise DataError(problems)
    return observations


def observe_counts(counts: Counts, dictionary: Dictionary, *, agency: str) -> tuple[list[Observation], list[Problem]]:
    """Return the observations of rows of counts, and what is wrong with the rows that are none."""
    problems = list(counts.problems)
    if any(problem.rule == "columns" for problem in problems):
        return [], problems
    faults = {row: check_row(texts, dictionary, counts.file, row) for row, texts in counts.rows.items()}
    sound = [
        _observation(counts.rows[row], dictionary, counts.file, row, agency)
        for row, found in faults.items()
        if not found
    ]
    return sound, [*problems, *(problem for found in faults.values() for problem in found)]


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
        period=period_of(row),
        geography=row["geography"],
        agency=row.get("agency") or agency,
        definition_version=row.get("definition_version") or entry.definition_version,
        file=file,
        row=number,
    )


def _float(text: str) -> float | None:
    return float(text) if text else None
