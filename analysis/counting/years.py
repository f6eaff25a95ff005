"""The years that a report looks at: each is counted once, and looks back into the year before it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.counting.count import is_counted
from analysis.counting.definitions import get_definitions
from analysis.counting.half_year import count_half_year
from analysis.counting.kept import keep, key_of, recall
from analysis.counting.year import Year, count_records, gather_year
from analysis.errors import DataError, Problem
from analysis.measures.catalogue import Catalogue
from analysis.partnership import Partnership
from analysis.returns.aggregate import Observation
from analysis.returns.checks.rule import Case
from analysis.returns.checks.year import list_errors, open_case
from analysis.returns.register import list_odd_folders, list_set_aside, list_years
from analysis.returns.series import list_breaks, name_series

YEARS_OF_RECORDS = 5
YEARS_LOOKED_INTO = 2  # a repeat within twelve months; nothing looks back further


@dataclass(frozen=True)
class Kept:
    """What is kept of an earlier year: where, under which key, and what was counted; None where it must be counted."""

    folder: Path
    key: str
    counts: list[Observation] | None


def recall_years(folder: Path, year: str, partnership: Partnership) -> dict[str, Kept]:
    """Return what is kept of each year before the report's own, oldest first."""
    names = [name for name in list_years(folder.parent) if name <= year]
    return {name: _recall(folder.parent, name, names, partnership) for name in names[:-1]}


def _recall(root: Path, name: str, names: Sequence[str], partnership: Partnership) -> Kept:
    files = [part for one in _seen_from(name, names) for part in (root / one, root / one / "returns")]
    said = (partnership.geography, partnership.period_of(name), _is_detailed(name, names), dict(partnership.lists))
    key, folder = key_of(files, *said), root / name / "returns"
    return Kept(folder, key, recall(folder, key))


def read_years(
    folder: Path,
    year: str,
    partnership: Partnership,
    catalogue: Catalogue,
    kept: Mapping[str, Kept],
    cases: dict[str, Case],
) -> dict[str, Year]:
    """Return what the returns of the report's year and of the years before it hold, oldest first. `cases` holds what
    has been read already, by year, and is filled with what is read here.

    Figures that came counted are read for every year, records for the five that a trend is told over, but for years
    whose counts are kept and that no other year looks back into. Raises DataError with everything that stops a
    report in any of them.
    """
    names = [name for name in list_years(folder.parent) if name <= year]
    counted = [name for name in names[-YEARS_OF_RECORDS:] if name not in kept or kept[name].counts is None]
    wanted = {one for name in counted for one in _seen_from(name, names)} & set(names[-YEARS_OF_RECORDS:])
    problems = list_odd_folders(folder.parent)
    get_definitions()  # what is wrong with one is told before records of all years are read
    for name in names:
        try:
            if name not in cases:
                place = folder.parent / name
                cases[name] = open_case(place, name, partnership, catalogue, with_records=name in wanted)
            problems += list_errors(cases[name]) if name == year else _of_earlier(cases[name], name)
        except DataError as fault:
            unread = Problem("returns.csv", None, None, "definition", "error", str(fault))
            unread = fault.problems or (unread,)
            problems += unread if name == year else [_in_year(problem, name) for problem in unread]
    if problems:
        raise DataError(problems)
    return {name: gather_year(cases[name].read, cases[name].entries) for name in names}


def _of_earlier(case: Case, name: str) -> list[Problem]:
    """Return what stops a report in the returns of an earlier year: nothing in tables that nothing is counted from."""
    idle = {
        p for read in case.read.values() for table, part in read.parts if not is_counted(table) for p in part.problems
    }
    return [_in_year(problem, name) for problem in list_errors(case) if problem not in idle]


def _in_year(problem: Problem, name: str) -> Problem:
    return replace(problem, file=f"{name}/{problem.file}")


def observe_years(
    years: Mapping[str, Year], partnership: Partnership, catalogue: Catalogue, kept: Mapping[str, Kept]
) -> dict[str, list[Observation]]:
    """Return the observations of each year, each named by its series; records are looked back into, never forward.

    Before the year that the report's own is compared with, wholes and months alone are counted: the trend.
    """
    breaks = list_breaks(entry for year in years.values() for entry in year.entries)
    found = {}
    for name in years:
        known = kept.get(name)
        counts = known.counts if known else None
        if counts is None:
            counts = _count(name, years, partnership, catalogue)
            if known and years[name].records and not any(list_set_aside(years[one].entries) for one in years):
                keep(known.folder, known.key, counts)
        found[name] = name_series([*years[name].counted, *counts], years[name].entries, breaks)
    return found


def _count(name: str, years: Mapping[str, Year], partnership: Partnership, catalogue: Catalogue) -> list[Observation]:
    names = list(years)
    counted = count_records(
        [years[one] for one in _seen_from(name, names)],
        partnership.period_of(name),
        partnership.geography,
        catalogue,
        detail=_is_detailed(name, names),
    )
    return [*counted, *count_half_year(years[name], partnership.geography, catalogue)]


def _seen_from(name: str, names: Sequence[str]) -> list[str]:
    """Return the years whose records a year's counts look into, itself last."""
    return list(names[: names.index(name) + 1])[-YEARS_LOOKED_INTO:]


def _is_detailed(name: str, names: Sequence[str]) -> bool:
    return name in names[-2:]
