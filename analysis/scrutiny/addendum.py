"""What moved since a report closed: `addendum.csv` of its year, and what its register, its recommendations and the
version that was handed over tell of it.

Figures that moved are those that both versions print: disclosure control has weighed the later one against the earlier.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct

from analysis.disclosure.ledger import WHEN
from analysis.figures.model import PUBLISHED, Statistic, export
from analysis.measures.catalogue import Catalogue
from analysis.partnership import Partnership
from analysis.returns.register import ReturnEntry
from analysis.scrutiny.recommendations import FINISHED, Recommendation
from analysis.scrutiny.sign_off import SIGNED, SignOff
from analysis.scrutiny.tracked import read_tracked

FILE = "addendum.csv"
KINDS = ("return", "correction", "review", "other")
RECOMMENDATION, TESTED, MOVED, SHOWN, HIDDEN = "recommendation", "tested", "moved", "shown", "hidden"
SAME = ("indicator", "dimension", "category", "measure_type", "qualifier", "geography", *WHEN)


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that moved after the report closed: when, its kind, what, whose, and the selector of the figure that it
    bears on. `was` and `now` are what the version handed over printed and what this one does."""

    id: str
    day: date
    kind: str
    what: str
    agency: str = ""
    measure: str = ""
    was: str = ""
    now: str = ""


def read_addendum(folder: Path, partnership: Partnership, catalogue: Catalogue) -> tuple[Entry, ...]:
    """Return what a year's folder says of what moved; none where it has no such file. Raises DataError for a fault."""
    allowed = {"kind": KINDS, "agency": ("", *partnership.list_agencies())}
    return read_tracked(folder / FILE, Entry, allowed, made=("was", "now"), measures=catalogue.measures)


def gather_addendum(
    typed: Sequence[Entry],
    sign_off: Sequence[SignOff],
    recommendations: Sequence[Recommendation],
    entries: Sequence[ReturnEntry],
    statistics: Sequence[Statistic],
    handed_over: tuple[date, Sequence[Mapping[str, Any]]] | None,
    end: date,
) -> tuple[Entry, ...]:
    """Return all that moved, in the order of its days: what was typed, returns that came after the sign-off, what was
    closed or tested again after the period's `end`, figures that differ from those handed over."""
    closed = max((one.day for one in sign_off if one.step == SIGNED), default=None)
    came = [one for one in entries if closed and one.received_date and one.received_date > closed]
    late = [Entry(one.return_id, one.received_date, "return", one.dataset, one.agency) for one in came]
    done = [
        Entry(one.id, one.done, RECOMMENDATION, one.recommendation, one.agency, now=one.status)
        for one in recommendations
        if one.status in FINISHED and one.done and one.done > end
    ]
    tested = [
        Entry(one.id, one.tested, RECOMMENDATION, f"{one.recommendation}: {one.result}", one.agency, now=TESTED)
        for one in recommendations
        if one.tested and one.tested > end
    ]
    moved = _list_moved(*handed_over, statistics) if handed_over else ()
    return tuple(sorted((*typed, *late, *done, *tested, *moved), key=lambda one: one.day))


def _list_moved(day: date, before: Sequence[Mapping[str, Any]], statistics: Sequence[Statistic]) -> Iterator[Entry]:
    """Give the figures that the version handed over on a day and this one print differently, and how many only one of
    them shows."""
    was = {tuple(row[name] for name in SAME): row["display"] for row in before if row["status"] == PUBLISHED}
    held = {tuple(row[name] for name in SAME): s for s in statistics for row in [export(s)]}
    both = [(s, was[key]) for key, s in held.items() if key in was and s.published]
    for s, display in both:
        if s.display != display:
            about = f"{s.title}{f', {s.label}' if s.category else ''}, {s.period.phrase}"
            yield Entry(s.statistic_id, day, MOVED, about, s.agency, s.indicator, display, s.display)
    shown, hidden = sum(s.published for s in held.values()) - len(both), len(was.keys() & held.keys()) - len(both)
    for kind, number in ((SHOWN, shown), (HIDDEN, hidden)):
        if number:
            yield Entry(kind, day, kind, f"{number:,}")
