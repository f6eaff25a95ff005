"""A year's returns as observations: figures that agencies counted, and what is counted here from their records."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.counting.count import count_all
from analysis.counting.history import stack_years
from analysis.errors import DataError
from analysis.measures.catalogue import Catalogue
from analysis.measures.periods import Period
from analysis.returns.aggregate import Observation
from analysis.returns.contracts import contract
from analysis.returns.files import Read, read_returns
from analysis.returns.register import ReturnEntry, credit, join_versions
from analysis.returns.statutory.derived import derive

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Year:
    """What a year's files hold: observations that came counted, records by table, whose each dataset is, and the lines
    of the register."""

    counted: list[Observation]
    records: Tables
    agencies: Mapping[str, str]
    entries: Sequence[ReturnEntry] = ()

    @property
    def versions(self) -> dict[str, str]:
        """The version of its definitions that the register gives for each dataset."""
        lines: dict[str, list[ReturnEntry]] = defaultdict(list)
        for entry in self.entries:
            for dataset in entry.answered:
                lines[dataset].append(entry)
        return {dataset: join_versions(found) for dataset, found in lines.items()}


def read_year(folder: Path, entries: Sequence[ReturnEntry], catalogue: Catalogue, *, with_records: bool = True) -> Year:
    """Return what the files of a year's register hold. Raises DataError with every error of every file; warnings
    don't stop a report."""
    read = read_returns(folder, entries, catalogue, with_records=with_records)
    errors = [problem for found in read.values() for problem in found.problems if problem.severity == "error"]
    if errors:
        raise DataError(errors)
    return gather_year(read, entries)


def gather_year(read: Mapping[str, Read], entries: Sequence[ReturnEntry]) -> Year:
    """Return what files hold as one year; a dataset is credited to every agency that returned it, and of each section
    (`D05/08_children_social_care`) to those whose return was to that."""
    frames: dict[str, list[pd.DataFrame]] = defaultdict(list)
    senders: dict[str, list[str]] = defaultdict(list)
    for file, found in read.items():
        for name, records in found.parts:
            frames[name].append(records.frame)
            for entry in entries:
                if entry.file == file:
                    senders[name.partition(".")[0]].append(entry.agency)
                    senders[f"{name.partition('.')[0]}/{entry.section}"].append(entry.agency)
    counted = [one for found in read.values() for one in found.observations]
    records = {name: _latest_rows(name, parts) for name, parts in frames.items()}
    for name, (source, frame) in derive(records, _last_day(entries)).items():
        records[name] = frame
        senders.setdefault(name.partition(".")[0], senders[source])
    return Year(counted, records, {dataset: credit(names) for dataset, names in senders.items()}, entries)


def _last_day(entries: Sequence[ReturnEntry]) -> date | None:
    """Return the last day of the period that a Standard Safeguarding Dataset was returned for."""
    return max((entry.period_end for entry in entries if "ssd" in entry.datasets and entry.period_end), default=None)


def _latest_rows(name: str, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of a table that came in several files; of a key that came again the last stands."""
    dataset, _, part = name.partition(".")
    together = pd.concat(parts, ignore_index=True)
    key = [column for column in contract(dataset).table(part).key if column in together]
    return together.drop_duplicates(key, keep="last", ignore_index=True) if key and len(parts) > 1 else together


def count_records(
    years: Sequence[Year], period: Period, geography: str, catalogue: Catalogue, *, detail: bool = True
) -> list[Observation]:
    """Return what is counted here from the last year's records; without `detail`, wholes and months alone.

    The years before it, oldest first, are only looked back to (a repeat within twelve months, years in care).
    """
    last = years[-1]
    if not last.records:
        return []
    records = stack_years([year.records for year in years])
    known = (records, period, geography, last.agencies, catalogue)
    return count_all(*known, versions=last.versions, detail=detail).observations


def count_for_check(
    read: Mapping[str, Read], entries: Sequence[ReturnEntry], period: Period, geography: str, catalogue: Catalogue
) -> list[Observation]:
    """Return what is counted from a year's records of the datasets that came counted too, to hold the two together."""
    year = gather_year(read, entries)
    both = {name for entry in entries if entry.file and read[entry.file].observations for name in entry.datasets}
    records = {name: frame for name, frame in year.records.items() if name.partition(".")[0] in both}
    if not (records and period.start and period.end):
        return []
    return count_all(stack_years([records]), period, geography, year.agencies, catalogue, detail=False).observations
