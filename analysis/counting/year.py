"""A year's returns as observations: figures that agencies counted, and what is counted here from their records."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis.counting.count import count_all
from analysis.counting.history import stack_years
from analysis.dictionary import Dictionary
from analysis.errors import DataError, Problem
from analysis.periods import Period
from analysis.returns.aggregate import COLUMNS, Observation, read_aggregate
from analysis.returns.contracts import contract
from analysis.returns.records import read_return
from analysis.returns.register import ReturnEntry

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Year:
    """What a year's files hold: observations that came counted, records by table, and whose each dataset is.

    `versions` and `breaks` are what the register says of each dataset: the version of its definitions, and the day
    on which its series breaks.
    """

    counted: list[Observation]
    records: Tables
    agencies: Mapping[str, str]
    versions: Mapping[str, str] = field(default_factory=dict)
    breaks: Mapping[str, str] = field(default_factory=dict)


def read_year(
    folder: Path, entries: Sequence[ReturnEntry], dictionary: Dictionary, *, with_records: bool = True
) -> Year:
    """Return what the files of a year's register hold. Raises DataError with every error of every file."""
    counted: list[Observation] = []
    frames: dict[str, list[pd.DataFrame]] = defaultdict(list)
    agencies: dict[str, str] = {}
    problems: list[Problem] = []
    for entry in {entry.file: entry for entry in entries if entry.file}.values():
        path = folder / "returns" / entry.file
        try:
            if is_aggregate(path, entry):
                counted += read_aggregate(path, dictionary, agency=entry.agency)
                continue
            tables = read_records(path, entry.dataset) if with_records else {}
            for table, frame in tables.items():
                frames[table].append(frame)
            agencies.setdefault(entry.dataset, entry.agency)
        except DataError as error:
            problems += error.problems
    if problems:
        raise DataError(problems)
    records = {table: pd.concat(parts, ignore_index=True) for table, parts in frames.items()}
    broken = {entry.dataset: entry.break_date for entry in entries if entry.break_in_series.lower() == "yes"}
    versions = {entry.dataset: entry.definition_version for entry in entries}
    return Year(counted, records, agencies, versions, broken)


def is_aggregate(path: Path, entry: ReturnEntry) -> bool:
    """Whether a file holds figures that were counted already: any CSV whose header isn't plainly that of records."""
    if path.suffix.lower() != ".csv" or ";" in entry.dataset or not entry.dataset:
        return path.suffix.lower() == ".csv"
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        header = {name.strip().strip('"').lower() for name in file.readline().split(",")}
    known = {column.name for table in contract(entry.dataset).tables for column in table.columns}
    return len(header & known) <= len(header & set(COLUMNS))


def read_records(path: Path, dataset: str) -> Tables:
    """Return a file's records by table. Raises DataError with the errors found; warnings don't stop a report."""
    found = read_return(path, contract(dataset))
    errors = [p for records in found.values() for p in records.problems if p.severity == "error"]
    if errors:
        raise DataError(errors)
    return {f"{dataset}.{name}": records.frame for name, records in found.items()}


def observe(
    years: Sequence[Year], period: Period, geography: str, dictionary: Dictionary, *, detail: bool = True
) -> list[Observation]:
    """Return the last year's observations: those that came counted, and those counted from records here.

    The years before it, oldest first, are only looked back to (a repeat within twelve months, years in care).
    Without `detail` only wholes and months are counted from records.
    """
    last = years[-1]
    if not last.records:
        return last.counted
    records = stack_years([year.records for year in years])
    known = (records, period, geography, last.agencies, dictionary)
    return [*last.counted, *count_all(*known, versions=name_series(years), detail=detail).observations]


def name_series(years: Sequence[Year]) -> dict[str, str]:
    """Return the series that each dataset of the last year belongs to: the version of its definitions and, where a
    register held says that it broke, since when. Only figures of one series are compared."""
    breaks = {dataset: day for year in years for dataset, day in year.breaks.items()}
    return {
        dataset: f"{version}, series from {breaks[dataset]}" if dataset in breaks else version
        for dataset, version in years[-1].versions.items()
    }
