"""What became of what reviews, audits, inspections, committees and last year's report asked for:
`recommendations.csv` of a partnership's year."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from analysis.errors import DataError
from analysis.measures.periods import say_day
from analysis.partnership import Partnership
from analysis.scrutiny.tracked import FIRST_ROW, read_tracked, tell_fault

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
OPEN_STATES = ("Overdue", "Open, without a day", "Open")
STATES = (*OPEN_STATES, BY_WORD, *BORNE_OUT.values(), CLOSED)


class Recommendation(Struct, frozen=True, forbid_unknown_fields=True):
    """One recommendation or promise: where it is from, who is to act, when it was made, due and done, the evidence,
    when it is to be tested again, when it was, what that found and whether it bears out that it was done. `state`,
    `words` and `test` say how it stood at the period's end, `since` what came after; `late` is the days that an open
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
    tested: date | None = None
    result: str = ""
    borne_out: str = ""
    reason: str = ""
    answers: str = ""
    state: str = ""
    words: str = ""
    test: str = ""
    since: str = ""
    late: int = 0


OUTSIDE = "A body outside the partnership"  # a ministry, say: who it is stands in the recommendation


def read_recommendations(folder: Path, partnership: Partnership) -> tuple[Recommendation, ...]:
    """Return the recommendations of a year's folder; none where it has no such file. Raises DataError for a fault."""
    allowed = {"source": SOURCES, "status": STATUSES, "agency": (*partnership.list_agencies(), OUTSIDE)}
    allowed["borne_out"] = tuple(BORNE_OUT)
    read = read_tracked(folder / FILE, Recommendation, allowed, made=("state", "words", "test", "since", "late"))
    for row, one in enumerate(read, start=FIRST_ROW):
        if one.done and one.status not in FINISHED:
            told = "it has a day on which it was done", ", ".join(FINISHED)
            raise DataError(tell_fault(folder / FILE, row, "status", *told))
    return read


def follow(found: Iterable[Recommendation], day: date) -> tuple[Recommendation, ...]:
    """Return recommendations with how each stands on a day: those overdue first, the longest first of all."""
    told = [_tell(one, day) for one in found if one.made <= day]
    return tuple(sorted(told, key=lambda one: (STATES.index(one.state), -one.late)))


def _tell(one: Recommendation, day: date) -> Recommendation:
    then = _as_at(one, day)
    finished = then.status in FINISHED
    late = (day - one.due).days if one.due and not finished else 0
    state = _name_end(then) if finished else "Overdue" if late > 0 else "Open" if one.due else "Open, without a day"
    said = _say_end(then) if finished else f"open for {(day - one.made).days} days" + (f", {late} late" * (late > 0))
    due = f", due {say_day(one.due)}" if one.due else ""
    words = f"Asked {say_day(one.made)}{due}, {said}"
    told = {"words": words, "test": _say_test(then, day), "since": _say_since(one, then), "late": max(late, 0)}
    return replace(one, state=state, **told)


def _as_at(one: Recommendation, day: date) -> Recommendation:
    """Return what was known of a recommendation on a day: neither done nor tested, where that came after."""
    later = one.done is not None and one.done > day
    one = replace(one, status="under_way", done=None, evidence="") if later else one
    return replace(one, tested=None, result="", borne_out="") if one.tested and one.tested > day else one


def _say_since(one: Recommendation, then: Recommendation) -> str:
    """Return what came of a recommendation after the report's day; nothing where nothing did."""
    word = "closed" if one.status == "closed_not_done" else "done"
    done = f"{word} on {say_day(one.done)}" if one.done != then.done else ""
    borne = {"yes": "borne out", "no": "not borne out", "in part": "borne out in part"}.get(one.borne_out, "")
    test = f"tested again on {say_day(one.tested)}, {borne}: {one.result}" if one.tested != then.tested else ""
    return "; ".join(filter(None, (done, test)))


def _name_end(one: Recommendation) -> str:
    if one.status == "closed_not_done":
        return CLOSED
    return BORNE_OUT[one.borne_out] if one.tested else UNTESTED if one.evidence else BY_WORD


def _say_test(one: Recommendation, day: date) -> str:
    """Return whether what was done was tested again, and that no result was held where a day for it was set."""
    if one.tested:
        return f"Tested again on {say_day(one.tested)}: {one.result or 'no result is stated'}"
    if not one.retest:
        return "No test of its effect is planned"
    if one.retest <= day:
        return f"Was to be tested again by {say_day(one.retest)}: that day has come, and no result is on record"
    return f"To be tested again by {say_day(one.retest)}, after this report's period"


def _say_end(one: Recommendation) -> str:
    late = (one.done - one.due).days if one.done and one.due else 0
    took = f"{say_day(one.done)} ({(one.done - one.made).days} days)" if one.done else "on a day that isn't stated"
    return f"{'closed' if one.status == 'closed_not_done' else 'done'} {took}{f', {late} days late' * (late > 0)}"
