"""What each priority was expected to change, and what the figures say: `priorities.csv` of a partnership's year.

A verdict is about figures alone. It never says why they moved: only an evaluation can, and the file names it.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import pandas as pd
from msgspec import Struct
from msgspec.structs import replace

from analysis.figures.compare import find_refusal, say_shown_difference
from analysis.figures.display import display_number, upper_first
from analysis.figures.model import Statistic
from analysis.figures.select import select
from analysis.measures.catalogue import Catalogue
from analysis.measures.periods import Period, say_day
from analysis.methods.change import (
    FALLEN,
    OUTCOMES,
    RISEN,
    TOO_FEW,
    Change,
    change_between_counts,
    change_between_proportions,
    difference_of_changes,
)
from analysis.partnership import Break
from analysis.scrutiny.tracked import read_tracked

FILE = "priorities.csv"
MOVED, NOT_YET, AWAY, UNJUDGED = (
    "Moved as expected",
    "Not moved as expected yet",
    "Moved away from what was expected",
    "Can't be judged",
)
VERDICTS = {("rise", RISEN): MOVED, ("fall", FALLEN): MOVED, ("rise", FALLEN): AWAY, ("fall", RISEN): AWAY}
REACHED = {"rise": float.__ge__, "fall": float.__le__}
DIRECTIONS = tuple(REACHED)
BOARDS = ("children", "adults", "shared")
NO_CAUSE = "No evaluation is named, so nothing is said of the cause."


class Priority(Struct, frozen=True, forbid_unknown_fields=True):
    """One priority or improvement: why it was chosen, the measure that should move (a selector), which way, from when
    and by when, its target in the measure's unit, who answers for it, and who evaluated it. `beside` selects a figure
    that was not meant to move, to set against. `milestones` are what is to be seen on the way, `answers` the points of
    the register that it answers. `verdict` and `words` say what the figures show, `compared` how that other one went,
    `pace` how much of the way was gone in how much of the time; `figures` are the ids of those that they rest on."""

    id: str
    board: str
    priority: str
    why: str
    measure: str
    expected: str
    started: date
    due: date
    owner: str
    target: float | None = None
    evaluation: str = ""
    beside: str = ""
    milestones: str = ""
    answers: str = ""
    verdict: str = ""
    words: str = ""
    compared: str = ""
    pace: str = ""
    figures: tuple[str, ...] = ()


def read_priorities(folder: Path, catalogue: Catalogue) -> tuple[Priority, ...]:
    """Return the priorities of a year's folder; none where it has no such file. Raises DataError for a fault."""
    measures = catalogue.measures
    allowed = {"measure": measures, "beside": ("", *measures), "expected": DIRECTIONS, "board": BOARDS}
    return read_tracked(folder / FILE, Priority, allowed, made=("verdict", "words", "compared", "pace", "figures"))


def judge_all(
    priorities: Iterable[Priority],
    statistics: Sequence[Statistic],
    history: Sequence[Statistic],
    breaks: Sequence[Break],
    catalogue: Catalogue,
) -> tuple[Priority, ...]:
    """Return priorities with their verdicts, from figures that have passed disclosure control."""
    figures = [*statistics, *history]
    return tuple(judge(one, figures, breaks, lag=_find_lag(one, catalogue)) for one in priorities)


def _find_lag(priority: Priority, catalogue: Catalogue) -> int:
    """Return how many months before its period those began whom the measure of a priority follows up."""
    base = catalogue.measures.get(catalogue.measures[priority.measure.split("/")[0]].of)
    return base.months_before if base else 0


def judge(priority: Priority, figures: Sequence[Statistic], breaks: Sequence[Break] = (), *, lag: int = 0) -> Priority:
    """Return a priority with its verdict: the figure of the report's year against the last whole one from before it
    began, by the interval of their difference (Newcombe) or of their ratio (exact). A figure with a `lag` is of those
    of so many months before its period."""
    named = select(figures, priority.measure)
    now = next((s for s in named if s.of_year), None)
    seen_from = (pd.Timestamp(priority.started) + pd.DateOffset(months=lag)).date()
    before = _find_before(seen_from, now, named)
    if reason := _find_reason(priority, now, before, breaks, seen_from):
        shown = f" The report's year: {now.display} {now.period.told}." if now and now.published else ""
        return replace(priority, verdict=UNJUDGED, words=f"{upper_first(reason)}.{shown}", pace=f"not judged, {reason}")
    change = _compare(before, now)
    if change is None or change.verdict == TOO_FEW:
        reason = change.reason if change else "such figures come without their spread, so no test fits"
        pair = f"{before.display} {before.period.told}, {now.display} {now.period.told}"
        return replace(priority, verdict=UNJUDGED, words=f"{upper_first(reason)}: {pair}.", figures=_ids(before, now))
    verdict = VERDICTS.get((priority.expected, change.verdict), NOT_YET)
    words = _say(priority, before, now, change)
    words += f" Each figure is of those of the {lag} months before its period." if lag else ""
    compared, other = _set_beside(priority, (before, now), change, figures)
    told = {"words": words, "compared": compared, "pace": _say_pace(priority, before, now)}
    return replace(priority, verdict=verdict, **told, figures=_ids(before, now, *other))


def _set_beside(
    priority: Priority, ours: Sequence[Statistic], change: Change, figures: Sequence[Statistic]
) -> tuple[str, Sequence[Statistic]]:
    """Return how the figure that should not have moved went between the same two periods, and its two figures."""
    named = select(figures, priority.beside) if priority.beside else []
    other = [next((s for s in named if s.period == one.period and s.published), None) for one in ours]
    if not priority.beside or None in other or find_refusal(*reversed(other)):
        return "No figure of both periods is held to set beside it." if priority.beside else "", ()
    moved = _compare(*other)
    shown = f"{other[-1].title}, which this was not meant to change: {other[0].display}, then {other[1].display}"
    if moved is None or {change.scale, moved.scale} != {"difference"}:
        return f"{shown}.", other
    gap, low, high = (display_number(100 * value, 1) for value in difference_of_changes(change, moved))
    beyond = f"Ours moved {gap} percentage points beyond that (95% interval {low} to {high})"
    return f"{shown}, {_say_change(moved, *other)}. {beyond}.", other


def _find_before(started: date, now: Statistic | None, named: Iterable[Statistic]) -> Statistic | None:
    """Return the latest figure alike to the year's own whose period ended before a day, or on it."""
    alike = [s for s in named if now and s.key == now.key and s.offset is not None and s.offset < 0]
    ended = [s for s in alike if s.period.end and s.period.end <= started]
    return max(ended, key=lambda s: s.period.end, default=None)


def _find_reason(
    priority: Priority, now: Statistic | None, before: Statistic | None, breaks: Sequence[Break], seen_from: date
) -> str | None:
    """Return why a priority can't be judged; None where its figures can be compared."""
    if now is None:
        return "no return gave the figure that should move"
    if not now.published:
        return "the figure that should move isn't shown, to protect people"
    if _first(now.period) < seen_from:
        return f"it began on {say_day(priority.started)}, and the report's figure isn't wholly from after that"
    if before is None:
        return "no figure from before it began is held"
    refusal = find_refusal(now, before, breaks)
    return refusal.reason if refusal else None


def _first(period: Period) -> date:
    """Return the first day that a figure speaks of."""
    return period.start or period.end or date.min


def _last(period: Period) -> date:
    """Return the last day that a figure speaks of."""
    return period.end or period.start or date.max


def _compare(before: Statistic, now: Statistic) -> Change | None:
    """Return the change between two figures; None where no test fits such figures."""
    if now.measure_type == "percent" and None not in (before.numerator, now.numerator):
        pairs = ((s.numerator, s.denominator) for s in (before, now))
        return change_between_proportions(*(int(number) for pair in pairs for number in pair))
    if now.measure_type == "count" and now.period.basis != "snapshot":
        return change_between_counts(int(before.value), int(now.value))
    return None


def _say(priority: Priority, before: Statistic, now: Statistic, change: Change) -> str:
    parts = [
        f"{upper_first(before.period.told)}, before it began, the figure was {before.display}; {now.period.told} it"
        f" is {now.display}: {_say_change(change, before, now)}.",
        *(_say_target(priority, now) for _ in [0] if priority.target is not None),
        *(f"Its day, {say_day(priority.due)}, has come." for _ in [0] if _last(now.period) >= priority.due),
        f"Evaluation: {priority.evaluation}." if priority.evaluation else NO_CAUSE,
    ]
    return " ".join(parts)


def _say_change(change: Change, before: Statistic, now: Statistic) -> str:
    outcome = OUTCOMES[change.verdict]
    if change.scale == "difference":
        low, high = (display_number(100 * value, 1) for value in (change.lower, change.upper))
        return f"{say_shown_difference(now, before)} (95% interval {low} to {high}), {outcome}"
    low, high = (display_number(limit, 2) if limit else "any" for limit in (change.lower, change.upper))
    return f"{display_number(change.ratio or 0, 2)} times as many (95% interval {low} to {high}), {outcome}"


def _say_target(priority: Priority, now: Statistic) -> str:
    is_reached = REACHED[priority.expected](float(now.value), float(priority.target))
    return f"Its target of {display_number(priority.target, now.decimals)} is {'' if is_reached else 'not '}reached."


def _say_pace(priority: Priority, before: Statistic, now: Statistic) -> str:
    """Return how much of the way to its target a figure has gone, and how much of the time; nothing without a way."""
    way, day = (priority.target or before.value) - before.value, min(_last(now.period), priority.due)
    if not way or priority.due <= priority.started:
        return "no target is set, so that there is no pace to keep"
    gone = 100 * (now.value - before.value) / way
    time = 100 * (day - priority.started).days / (priority.due - priority.started).days
    way = (
        f"had gone {display_number(gone, 0)}% of the way" if gone >= 0 else "stood further from it than when it began,"
    )
    return (
        f"from {before.display} to its target of {display_number(priority.target, now.decimals)}, the figure {way} with"
        f" {display_number(time, 0)}% of the time gone (now {now.display})"
    )


def _ids(*figures: Statistic) -> tuple[str, ...]:
    return tuple(s.statistic_id for s in figures)
