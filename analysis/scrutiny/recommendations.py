"""What became of what reviews, audits, inspections, committees and last year's report asked for:
`recommendations.csv` of a partnership's year."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from analysis.measures.periods import say_day
from analysis.partnership import Partnership
from analysis.scrutiny.tracked import read_tracked

FILE = "recommendations.csv"
STATUSES = ("not_started", "under_way", "done", "closed_not_done")
FINISHED = ("done", "closed_not_done")
SOURCES = ("review", "audit", "inspection", "committee", "scrutineer", "last_report", "peer_review", "other")
TESTED, CLOSED = "Done, and borne out when tested again", "Closed, not done"
BY_WORD, UNTESTED = "Done by its owner's word, without evidence", "Done by its owner's word, not tested again"
BORNE_OUT = {
    "": UNTESTED,
    "no": "Done, not borne out when tested again",
    "in part": "Done, borne out in part when tested again",
    "yes": TESTED,
}
STATES = ("Overdue", "Open, without a day", "Open", BY_WORD, *BORNE_OUT.values(), CLOSED)


class Recommendation(Struct, frozen=True, forbid_unknown_fields=True):
    """One recommendation or promise: where it is from, who is to act, when it was made, due and done, the evidence,
    when it is to be tested again, when it was, what that found and whether it bears out that it was done. `state`,
    `words` and `test` say how it stands at the period's end; `late` is the days that an open one is overdue. `answers`
    are the points of the register that it answers."""

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
    tested: date | None = None
    result: str = ""
    borne_out: str = ""
    reason: str = ""
    answers: str = ""
    state: str = ""
    words: str = ""
    test: str = ""
    late: int = 0


OUTSIDE = "A body outside the partnership"  # a ministry, say: who it is stands in the recommendation


def read_recommendations(folder: Path, partnership: Partnership) -> tuple[Recommendation, ...]:
    """Return the recommendations of a year's folder; none where it has no such file. Raises DataError for a fault."""
    allowed = {"source": SOURCES, "status": STATUSES, "agency": (*partnership.list_agencies(), OUTSIDE)}
    allowed["borne_out"] = tuple(BORNE_OUT)
    return read_tracked(folder / FILE, Recommendation, allowed, made=("state", "words", "test", "late"))


def follow(found: Iterable[Recommendation], day: date) -> tuple[Recommendation, ...]:
    """Return recommendations with how each stands on a day: those overdue first, the longest first of all."""
    told = [_tell(one, day) for one in found if one.made <= day]
    return tuple(sorted(told, key=lambda one: (STATES.index(one.state), -one.late)))


def _tell(one: Recommendation, day: date) -> Recommendation:
    finished = one.status in FINISHED and not (one.done and one.done > day)
    late = (day - one.due).days if one.due and not finished else 0
    one = replace(one, test=_say_test(one, day))
    if finished:
        return replace(one, state=_name_end(one), words=_say_end(one))
    state = "Overdue" if late > 0 else "Open" if one.due else "Open, without a day"
    words = f"Open for {(day - one.made).days} days{f', {late} of them overdue' if late > 0 else ''}"
    return replace(one, state=state, words=words, late=max(late, 0))


def _name_end(one: Recommendation) -> str:
    if one.status == "closed_not_done":
        return CLOSED
    return BORNE_OUT[one.borne_out] if one.tested else UNTESTED if one.evidence else BY_WORD


def _say_test(one: Recommendation, day: date) -> str:
    """Return whether what was done was tested again, and that no result is held where a day for it was set."""
    if one.tested:
        return f"Tested again on {say_day(one.tested)}: {one.result or 'no result is stated'}"
    if not one.retest:
        return "No test of its effect is planned"
    if one.retest <= day:
        return f"Was to be tested again by {say_day(one.retest)}: that day has passed, and no result is on record"
    return f"To be tested again by {say_day(one.retest)}, after this report closed: no result is on record"


def _say_end(one: Recommendation) -> str:
    took = f"after {(one.done - one.made).days} days" if one.done else "on a day that isn't stated"
    late = (one.done - one.due).days if one.done and one.due else 0
    return (
        f"{'Closed' if one.status == 'closed_not_done' else 'Done'} {took}{f', {late} days late' if late > 0 else ''}"
    )
