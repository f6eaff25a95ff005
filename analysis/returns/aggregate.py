"""Aggregate returns: figures that an agency has counted already, one row a figure.

Reading is tolerant of form and strict on meaning. A name that isn't in the catalogue, a unit, a qualifier, a period or
a number that can't be what it claims is an error that names the file, the row, the column and what is allowed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.errors import Problem
from analysis.measures.catalogue import Catalogue
from analysis.measures.periods import Period
from analysis.returns.aggregate_rows import check_row, get_agency, name_as_defined, parse_number, period_of
from analysis.returns.conform import fold_shifted
from analysis.returns.counts import Counts


@dataclass(frozen=True)
class Observation:
    """One counted value as an agency returned it. `decimals` is the precision it was given with; `datasets` are those
    that it was counted from here or returned for, `row` is 0 for what was counted here."""

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
    datasets: tuple[str, ...] = ()

    @property
    def public_source(self) -> str:
        """Whose figure it is, of which dataset and period, without the file: that may be called after a person."""
        if not self.row:
            return f"{self.agency}: {self.file}"
        datasets = f" of {', '.join(self.datasets)}" if self.datasets else ""
        return f"{self.agency}: return{datasets}, {self.period.label}"


def observe_counts(
    counts: Counts, catalogue: Catalogue, *, agency: str, version: str = "", datasets: tuple[str, ...] = ()
) -> tuple[list[Observation], list[Problem]]:
    """Return the observations of rows of counts, and what is wrong with the rows that are none.

    `agency`, `version` of the definitions and `datasets` are what the register says; what a row says of itself stands
    before it, and where neither gives a version, the catalogue does.
    """
    problems = list(counts.problems)
    if any(problem.rule == "columns" for problem in problems):
        return [], problems
    rows = {row: name_as_defined(texts, catalogue) for row, texts in counts.rows.items()}
    faults = {row: fold_shifted(check_row(texts, catalogue, counts.file, row), 0, 1) for row, texts in rows.items()}
    sound = [
        _observation(rows[row], catalogue, counts.file, row, agency, version, datasets)
        for row, found in faults.items()
        if not any(problem.severity == "error" for problem in found)
    ]
    return sound, [*problems, *(problem for found in faults.values() for problem in found)]


def _observation(
    row: Mapping[str, str],
    catalogue: Catalogue,
    file: str,
    number: int,
    agency: str,
    version: str,
    datasets: tuple[str, ...],
) -> Observation:
    value = parse_number(row["value"])
    entry = catalogue.measures[row["indicator"]]
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
        agency=get_agency(row, catalogue) or agency,
        definition_version=row.get("definition_version") or version or entry.definition_version,
        file=file,
        row=number,
        datasets=datasets,
    )


def _float(text: str) -> float | None:
    return float(text) if text else None
