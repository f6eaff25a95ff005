"""XmR control charts, computed as NHSRplotthedots 0.2.0 does, and refused where it only warns.

Sources: Making Data Count (NHS England); NHSRplotthedots 0.2.0; Wheeler DJ, Understanding Variation (1993).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from analysis.methods.checks import RefusedError, number, same_length
from analysis.methods.control_rules import mark_rules

MINIMUM_POINTS = 12
LIMIT = 2.66
NEAR = 2 * LIMIT / 3
OUTLIER = 3.267
METHOD = "XmR control chart"
SOURCE = "NHSRplotthedots 0.2.0 (NHS-R Community); Making Data Count, NHS England"


@dataclass(frozen=True)
class Rebase:
    """A change that someone has declared: limits are computed anew from the point of this date on."""

    start: date
    reason: str


@dataclass(frozen=True)
class Limits:
    """Mean and limits of one stretch of a chart between rebases; `reason` is empty for the first."""

    start: date
    end: date
    points: int
    mean: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float
    reason: str = ""


@dataclass(frozen=True)
class Point:
    """One value with its stretch (from 0), the rule that marks it and its side.

    `rule` is one of `control_rules.RULES` or empty; `side` is high, low or empty.
    """

    date: date
    value: float
    stretch: int
    rule: str
    side: str


@dataclass(frozen=True)
class ControlChart:
    """All that a chart shows."""

    points: tuple[Point, ...]
    stretches: tuple[Limits, ...]
    method: str = METHOD
    source: str = SOURCE


def control_chart(values: Sequence[float], dates: Sequence[date], *, rebases: Sequence[Rebase] = ()) -> ControlChart:
    """Return the XmR chart of evenly spaced values, one a month or quarter or shorter, oldest first.

    Moving ranges that are outliers are left out of the limits. RefusedError for yearly or unevenly spaced values, and
    for a stretch under 12 points.
    """
    same_length(values=values, dates=dates)
    _check_spacing(dates)
    numbers = [number("value", value) for value in values]
    slices = _slices(dates, rebases)
    stretches = [_limits(numbers[part], dates[part], reason) for part, reason in slices]
    points = [
        point
        for index, (part, _) in enumerate(slices)
        for point in _points(numbers[part], dates[part], stretches[index], index)
    ]
    return ControlChart(tuple(points), tuple(stretches))


def _check_spacing(dates: Sequence[date]) -> None:
    pairs = list(zip(dates, dates[1:], strict=False))
    if any(later <= earlier for earlier, later in pairs):
        raise ValueError("dates don't rise; allowed: one point a date, oldest first")
    days = {(later - earlier).days for earlier, later in pairs}
    months = {(later.year - earlier.year) * 12 + later.month - earlier.month for earlier, later in pairs}
    if any(count >= 12 for count in months):
        raise RefusedError("no control chart: yearly values; monthly or quarterly ones are needed")
    if len(days) > 1 and len(months) > 1:
        raise RefusedError("no control chart: the points are not evenly spaced; one may be missing")


def _slices(dates: Sequence[date], rebases: Sequence[Rebase]) -> list[tuple[slice, str]]:
    """Return the stretches between rebases as slices of the points, each with the reason it begins."""
    ordered = sorted(rebases, key=lambda rebase: rebase.start)
    for rebase in ordered:
        if rebase.start not in dates[1:]:
            raise ValueError(f"rebase at {rebase.start}; allowed: the date of a point after the first")
        if not rebase.reason.strip():
            raise ValueError(f"rebase at {rebase.start} gives no reason; allowed: a text that says why")
    starts = [0, *(list(dates).index(rebase.start) for rebase in ordered), len(dates)]
    if len(set(starts)) < len(starts):
        raise ValueError("two rebases have the same date; allowed: one a date")
    reasons = ["", *(rebase.reason for rebase in ordered)]
    return [(slice(*ends), reason) for ends, reason in zip(zip(starts, starts[1:], strict=False), reasons, strict=True)]


def _limits(values: Sequence[float], dates: Sequence[date], reason: str) -> Limits:
    if len(values) < MINIMUM_POINTS:
        since = f" since the rebase at {dates[0]}" if reason else ""
        raise RefusedError(f"no control chart: {len(values)} points{since}; at least {MINIMUM_POINTS} are needed")
    # A floating-point mean of values all alike may miss them by a hair, and every point would lie outside.
    mean = values[0] if len(set(values)) == 1 else fmean(values)
    reach, near = (factor * moving_range(values) for factor in (LIMIT, NEAR))
    lines = (mean, mean - reach, mean + reach, mean - near, mean + near)
    return Limits(dates[0], dates[-1], len(values), *lines, reason)


def moving_range(values: Sequence[float]) -> float:
    """Return the mean of the steps between neighbours that are below 3.267 times the mean of all steps."""
    ranges = [abs(later - earlier) for earlier, later in zip(values, values[1:], strict=False)]
    mean = fmean(ranges)
    kept = [step for step in ranges if step < OUTLIER * mean]
    # All values alike leave no step below 0; their mean range is 0.
    return fmean(kept) if kept else mean


def _points(values: Sequence[float], dates: Sequence[date], limits: Limits, stretch: int) -> list[Point]:
    marks = mark_rules(values, limits.mean, (limits.lower, limits.upper), (limits.near_lower, limits.near_upper))
    return [Point(when, value, stretch, *mark) for when, value, mark in zip(dates, values, marks, strict=True)]
