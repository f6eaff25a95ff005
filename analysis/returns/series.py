"""The series that a figure is of: the version of its definitions and, where a return says that its series broke, since
when. Only figures of one series are compared, whether an agency counted them or they are counted here."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from analysis.measures.periods import Period, say_day
from analysis.returns.aggregate import Observation
from analysis.returns.register import ReturnEntry
from analysis.returns.sheet import file_of

RECOUNTED = "how it is counted changed on"  # begins why figures before a day aren't compared with later ones

Break = tuple[str, str, date]  # whose return, of which dataset, from which day
CHANGED = "the definition changed"
MARK = re.compile(r", series (?:from|broken on) (\d{4}-\d\d-\d\d)$")


def list_breaks(entries: Iterable[ReturnEntry]) -> frozenset[Break]:
    """Return every break that lines of registers tell of."""
    return frozenset((e.agency, dataset, e.broke_on) for e in entries if e.broke_on for dataset in e.answered)


def name_series(
    observations: Iterable[Observation], entries: Sequence[ReturnEntry], breaks: frozenset[Break]
) -> list[Observation]:
    """Return a year's observations with the series that each is of. `entries` are the lines of the year's register,
    `breaks` those of every register held."""
    days: dict[tuple, list[date]] = {}
    named = []
    for one in observations:
        origin = (one.datasets, one.file)
        if origin not in days:
            days[origin] = sorted(day for *returned, day in breaks if tuple(returned) in _returned(one, entries))
        named.append(replace(one, definition_version=mark(one.definition_version, one.period, days[origin])))
    return named


def _returned(one: Observation, entries: Sequence[ReturnEntry]) -> set[tuple[str, str]]:
    """Return whose return of which dataset a figure comes from."""
    counted = one.row == 0
    lines = [entry for entry in entries if counted or entry.file == file_of(one.file)]
    return {(e.agency, dataset) for e in lines for dataset in e.answered if not counted or dataset in one.datasets}


def mark(version: str, period: Period, days: Sequence[date]) -> str:
    """Return the name of a series: the version and the last of the breaks that its period reaches. A flow that a break
    cuts in two is a series of its own, like neither the figures before nor those after. A figure without an end is
    never compared, and keeps its version."""
    last = max((day for day in days if period.end and day <= period.end), default=None)
    if last is None:
        return version
    cut = period.start is not None and period.start < last
    return f"{version}, series {'broken on' if cut else 'from'} {last}"


def find_break(series: str) -> date | None:
    """Return the day of the break in the name of a series; None where it doesn't break."""
    found = MARK.search(series)
    return date.fromisoformat(found[1]) if found else None


def say_break(day: date) -> str:
    """Return in words why figures on both sides of a break can't be compared."""
    return f"{RECOUNTED} {say_day(day)}"


def say_difference(now: str, before: str) -> str:
    """Return in words why figures of two series can't be compared."""
    day = find_break(now)
    alike = [MARK.search(series) and MARK.search(series)[0] for series in (now, before)]
    return say_break(day) if day and alike[0] != alike[1] else CHANGED
