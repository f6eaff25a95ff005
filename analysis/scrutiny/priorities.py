"""What each priority was expected to change, and what the figures say: `priorities.csv` of a partnership's year.

A verdict is about figures alone. It never says why they moved: only an evaluation can, and the file names it.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
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
    CLEAR,
    FALLEN,
    OUTCOMES,
    RISEN,
    TOO_FEW,
    UNCLEAR,
    Change,
    change_between_counts,
    change_between_proportions,
    difference_of_changes,
)
from analysis.partnership import Break
from analysis.scrutiny.tracked import read_tracked

FILE = "priorities.csv"
MOVED, SHORT, MISSED, LOST, NOT_YET, AWAY, UNJUDGED = (
    "Moved as expected",
    "Moved as expected, its target missed by its day",
    "Missed by its day",
    "Missed by its day, having moved the other way",
    "Not moved as expected, and not yet due",
    "Moved away from what was expected, and not yet due",
    "Can't be judged",
)
VERDICTS = {("rise", RISEN): MOVED, ("fall", FALLEN): MOVED, ("rise", FALLEN): AWAY, ("fall", RISEN): AWAY}
REACHED = {"rise": float.__ge__, "fall": float.__le__}
BOARDS = ("children", "adults", "shared")
MADE = ("verdict", "words", "compared", "pace", "steps", "figures")
MILESTONE = re.compile(r"(\d+(?:\.\d+)?)(?: a year)? by (\d{1,2} [A-Z][a-z]+ \d{4})")
AHEAD, MET, ALONE, FAILED = "not yet due", "met", "met in its month alone", "missed"  # how a milestone stands
NO_CAUSE = "No evaluation is named, so nothing is said of the cause."


class Priority(Struct, frozen=True, forbid_unknown_fields=True):
    """One priority or improvement: why it was chosen, the measure that should move (a selector), which way, from when
    and by when, its target in the measure's unit, who answers for it, and who evaluated it. `beside` selects a figure
    that was not meant to move, to set against. `milestones` are what is to be seen on the way, `answers` the points of
    the register that it answers, `said_on` is the day on which the expectation was written down. `verdict` and `words`
    say what the figures show, `compared` how that other one went, `pace` how much of the way was gone in how much of
    the time, `steps` which milestones were met; `figures` are the ids of those that they rest on."""

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
    said_on: date | None = None
    verdict: str = ""
    words: str = ""
    compared: str = ""
    pace: str = ""
    steps: str = ""
    figures: tuple[str, ...] = ()

    @property
    def foretold(self) -> bool:
        """Whether what was expected was written down before it began, or on that day."""
        return self.said_on is not None and self.said_on <= self.started

    @property
    def ahead(self) -> bool:
        """Whether a milestone of it lies after the report's day."""
        return AHEAD in self.steps

    @property
    def dated(self) -> bool:
        """Whether a milestone of it names a figure and a day."""
        return MILESTONE.search(self.milestones) is not None


def read_priorities(folder: Path, catalogue: Catalogue) -> tuple[Priority, ...]:
    """Return the priorities of a year's folder; none where it has no such file. Raises DataError for a fault."""
    allowed = {"expected": tuple(REACHED), "board": BOARDS}
    return read_tracked(folder / FILE, Priority, allowed, made=MADE, measures=catalogue.measures)


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
    priority = replace(priority, steps=_judge_steps(priority, figures, _last(now.period) if now else date.min))
    if reason := _find_reason(priority, now, before, breaks, seen_from):
        shown = f" The report's year: {now.display} {now.period.told}." if now and now.published else ""
        months = [s for s in select(figures, f"{priority.measure}/month") if s.published and s.of_year]
        since = "; ".join(f"{s.period.start:%B %Y} {s.display}" for s in months if s.period.start >= priority.started)
        shown += f" Its months since: {since}." if now and since else ""
        return replace(priority, verdict=UNJUDGED, words=f"{upper_first(reason)}.{shown}", pace=f"not judged, {reason}")
    change = _compare(before, now)
    if change is None or change.verdict == TOO_FEW:
        reason = change.reason if change else "such figures come without their spread, so no test fits"
        pair = f"{before.display} {before.period.told}, {now.display} {now.period.told}"
        return replace(priority, verdict=UNJUDGED, words=f"{upper_first(reason)}: {pair}.", figures=_ids(before, now))
    verdict = _find_verdict(priority, VERDICTS.get((priority.expected, change.verdict), NOT_YET), now)
    words = _say(priority, before, now, change)
    words += f" Each figure is of those who began in the {lag} months before its period." if lag else ""
    compared, other = _set_beside(priority, (before, now), change, figures)
    told = {"words": words, "compared": compared, "pace": _say_pace(priority, before, now)}
    return replace(priority, verdict=verdict, **told, figures=_ids(before, now, *other))


def _find_verdict(priority: Priority, verdict: str, now: Statistic) -> str:
    """Return the verdict as it reads by its day: missed, where that has come without the move or without its target."""
    if _last(now.period) < priority.due:
        return verdict
    if verdict != MOVED:
        return LOST if verdict == AWAY else MISSED
    return MOVED if priority.target is None or _is_reached(priority, priority.target, now) else SHORT


def _is_reached(priority: Priority, target: float, now: Statistic) -> bool:
    return REACHED[priority.expected](float(now.value), float(target))


def _judge_steps(priority: Priority, figures: Sequence[Statistic], day: date) -> str:
    """Return each milestone that names a figure and a day, with whether the figure of that month or of the year that
    ended then had reached it; the milestones as they stand where none does."""
    found = MILESTONE.findall(priority.milestones)
    named = [s for name in ("", "/month") for s in select(figures, f"{priority.measure}{name}") if s.published]
    told = []
    for value, when in found:
        due = datetime.strptime(when, "%d %B %Y").date()
        held = [s for s in named if s.period.end == due]
        if due > day:
            said = AHEAD
        elif not held:
            said = "can't be told: no figure of that month is shown"
        else:
            year = next((s for s in named if not s.category and _first(s.period) <= due <= _last(s.period)), None)
            said = _judge_step(priority, float(value), held[-1], year)
        told.append(f"{value} by {when}: {said}")
    return "; ".join(told) or f"{priority.milestones}: can't be judged, as no figure and day are named" * bool(
        priority.milestones
    )


def _judge_step(priority: Priority, value: float, month: Statistic, year: Statistic | None) -> str:
    """Return whether the figure of a milestone's month reached it, and whether that of its whole year did."""
    met = _is_reached(priority, value, month)
    if year is None or not month.category or month.measure_type != "percent":  # a year counts more than its months
        return f"{MET if met else FAILED} ({month.display}{' in that month' * bool(month.category)})"
    word = FAILED if not met else MET if _is_reached(priority, value, year) else ALONE
    return f"{word} ({month.display} in that month, {year.display} over its year)"


def _set_beside(
    priority: Priority, ours: Sequence[Statistic], change: Change, figures: Sequence[Statistic]
) -> tuple[str, Sequence[Statistic]]:
    """Return how the figure that should not have moved went between the same two periods, and its two figures."""
    named = select(figures, priority.beside) if priority.beside else []
    other = [next((s for s in named if s.period == one.period and s.published), None) for one in ours]
    if not priority.beside or None in other or find_refusal(*reversed(other)):
        return "No figure of both periods is held to set beside it." if priority.beside else "", ()
    moved = _compare(*other)
    pair = f"{other[0].display}, then {other[1].display}"
    shown = f"{other[-1].title}, which it was not meant to change (no comparison group): {pair}"
    if moved is None or {change.scale, moved.scale} != {"difference"}:
        return f"{shown}.", other
    gap, low, high = (100 * value for value in difference_of_changes(change, moved))
    told = f"{display_number(abs(gap), 1)} percentage points {'higher' if gap > 0 else 'lower'}"
    beyond = f"Beside that, ours moved {told} (95% interval {display_number(low, 1)} to {display_number(high, 1)})"
    beyond += f", {UNCLEAR if low <= 0 <= high else CLEAR}"
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
    return period.start or period.end or date.min


def _last(period: Period) -> date:
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
    is_reached = _is_reached(priority, priority.target, now)
    return f"Its target of {display_number(priority.target, now.decimals)} is {'' if is_reached else 'not '}reached."


def _say_pace(priority: Priority, before: Statistic, now: Statistic) -> str:
    """Return how much of the way to its target a figure has gone, and how much of the time; nothing without a way."""
    way, day = (priority.target or before.value) - before.value, min(_last(now.period), priority.due)
    if not way or priority.due <= priority.started:
        return "no target is set, so that there is no pace to keep"
    gone = min(100.0, 100 * (now.value - before.value) / way)
    time = 100 * (day - priority.started).days / (priority.due - priority.started).days
    way = f"had gone {display_number(gone, 0)}% of the way" * (gone >= 0) or "stood further from it than when it began,"
    return (
        f"from {before.display} to its target of {display_number(priority.target, now.decimals)}, the figure {way} with"
        f" {display_number(time, 0)}% of the time gone (now {now.display})"
    )


def _ids(*figures: Statistic) -> tuple[str, ...]:
    return tuple(s.statistic_id for s in figures)
