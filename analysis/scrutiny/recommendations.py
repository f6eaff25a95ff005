"""What became of what reviews, audits, inspections, committees and last year's report asked for:
`recommendations.csv` of a partnership's year."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from analysis.partnership import Partnership
from analysis.scrutiny.tracked import read_tracked

FILE = "recommendations.csv"
STATUSES = ("not_started", "under_way", "done", "closed_not_done")
FINISHED = ("done", "closed_not_done")
SOURCES = ("review", "audit", "inspection", "committee", "scrutineer", "last_report", "peer_review", "other")
STATES = ("Overdue", "Open, without a day", "Open", "Done without evidence", "Done", "Closed, not done")


class Recommendation(Struct, frozen=True, forbid_unknown_fields=True):
    """One recommendation or promise: where it is from, who is to act, when it was made, due and done, the evidence,
    when it is tested again. `state` and `words` say how it stands at the period's end; `late` is the days that an open
    one is overdue. `answers` are the points of the register that it answers."""

    id: str
    source: str
    recommendation: str
    agency: str
    made: date
    status: str
    due: date | None = None
    done: date | None = None
    evidence: str = ""
    retest: date | None = None
    reason: str = ""
    answers: str = ""
    state: str = ""
    words: str = ""
    late: int = 0


OUTSIDE = "A body outside the partnership"  # a ministry, say: who it is stands in the recommendation


def read_recommendations(folder: Path, partnership: Partnership) -> tuple[Recommendation, ...]:
    """Return the recommendations of a year's folder; none where it has no such file. Raises DataError for a fault."""
    allowed = {"source": SOURCES, "status": STATUSES, "agency": (*partnership.list_agencies(), OUTSIDE)}
    return read_tracked(folder / FILE, Recommendation, allowed, made=("state", "words", "late"))


def follow(found: Iterable[Recommendation], day: date) -> tuple[Recommendation, ...]:
    """Return recommendations with how each stands on a day: those overdue first, the longest first of all."""
    told = [_tell(one, day) for one in found if one.made <= day]
    return tuple(sorted(told, key=lambda one: (STATES.index(one.state), -one.late)))


def _tell(one: Recommendation, day: date) -> Recommendation:
    finished = one.status in FINISHED and not (one.done and one.done > day)
    late = (day - one.due).days if one.due and not finished else 0
    if finished:
        return replace(one, state=_name_end(one), words=_say_end(one))
    state = "Overdue" if late > 0 else "Open" if one.due else "Open, without a day"
    words = f"Open for {(day - one.made).days} days{f', {late} of them overdue' if late > 0 else ''}"
    return replace(one, state=state, words=words, late=max(late, 0))


def _name_end(one: Recommendation) -> str:
    if one.status == "closed_not_done":
        return "Closed, not done"
    return "Done" if one.evidence else "Done without evidence"


def _say_end(one: Recommendation) -> str:
    took = f"after {(one.done - one.made).days} days" if one.done else "on a day that isn't stated"
    late = (one.done - one.due).days if one.done and one.due else 0
    return (
        f"{'Closed' if one.status == 'closed_not_done' else 'Done'} {took}{f', {late} days late' if late > 0 else ''}"
    )
