"""Charts over time: a monthly series between its control limits, with what is declared to have happened.

Only figures that may be published come here. A series that can't carry a control chart is refused in words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from math import inf
from typing import Any

from analysis.charts.chart import Mark
from analysis.figures.model import Statistic
from analysis.methods.checks import RefusedError
from analysis.methods.control import MINIMUM_POINTS, Rebase, control_chart
from analysis.methods.control_rules import RULE_WORDS
from analysis.partnership import Event

MONTH = "month"
NOTE = "Marked: a month that chance alone would rarely give. Why isn't said; a quiet school holiday is marked too."
TOO_FEW_SINCE = "Limits are not computed anew from {when}: fewer than 12 points before or after."
BROKEN = "Months before {when} are left out: the definition changed."
Options = dict[str, Any]


def list_months(statistics: Iterable[Statistic]) -> list[Statistic]:
    """Return the months of a series, oldest first: the area's own, one a month, of the latest definition alone."""
    found = {s.category: s for s in statistics if s.dimension == MONTH and s.own_geography}
    months = [found[name] for name in sorted(found)]
    return [s for s in months if s.definition_version == months[-1].definition_version]


def make_control(statistics: Sequence[Statistic], *, events: Sequence[Event]) -> tuple[list[Mark], Options, str]:
    """Return marks, options and a note for the control chart of a monthly series.

    `events` are those declared for the indicator. Raises RefusedError, whose message is for the reader, where a
    month is hidden or missing, or under 12 are held.
    """
    months = list_months(statistics)
    if any(s.value is None for s in months):
        raise RefusedError("no control chart: a month isn't shown")
    if len(months) < MINIMUM_POINTS:
        raise RefusedError(f"no control chart: {len(months)} months held; at least {MINIMUM_POINTS} are needed")
    dates = [date.fromisoformat(f"{s.category}-01") for s in months]
    happened = [one for one in events if f"{one.date:%Y-%m}" in {s.category for s in months}]
    rebases, left = list_rebases(happened, dates)
    marks = [Mark(month_name(day), s.value, s.display) for day, s in zip(dates, months, strict=True)]
    top = 100.0 if months[0].unit == "percent" else inf
    bounded, options = set_limits(marks, dates, rebases=rebases, top=top)
    options["events"] = {month_name(_month(one)): one.what for one in happened}
    broken = len({s.definition_version for s in statistics if s.dimension == MONTH}) > 1
    notes = [NOTE, *left, *([BROKEN.format(when=month_name(dates[0]))] if broken else [])]
    return bounded, options, " ".join(notes)


def list_rebases(events: Sequence[Event], dates: Sequence[date]) -> tuple[list[Rebase], list[str]]:
    """Return the rebases that the points can carry, and for each that they can't, why it isn't made."""
    wanted = [one for one in events if one.rebase and _month(one) != dates[0]]
    made: list[Rebase] = []
    for one in sorted(wanted, key=_month):
        start = made[-1].start if made else dates[0]
        before = sum(start <= day < _month(one) for day in dates)
        if min(before, sum(day >= _month(one) for day in dates)) >= MINIMUM_POINTS:
            made.append(Rebase(_month(one), one.what))
    kept = {rebase.start for rebase in made}
    left = [TOO_FEW_SINCE.format(when=month_name(_month(one))) for one in wanted if _month(one) not in kept]
    return made, left


def set_limits(
    marks: Sequence[Mark], dates: Sequence[date], *, rebases: Sequence[Rebase] = (), top: float = inf
) -> tuple[list[Mark], Options]:
    """Return the marks of a series with the limits of their stretch, drawn from 0 to `top` at most, and the options of
    its control chart: the mean at each, and which rule marks it. Raises RefusedError for too few."""
    chart = control_chart([mark.value for mark in marks], dates, rebases=rebases)
    limits = [chart.stretches[point.stretch] for point in chart.points]
    flags = {
        m.label: RULE_WORDS[p.rule, p.side].capitalize() for m, p in zip(marks, chart.points, strict=True) if p.rule
    }
    bounded = [
        replace(mark, lower=max(0.0, limit.lower), upper=min(top, limit.upper))
        for mark, limit in zip(marks, limits, strict=True)
    ]
    return bounded, {"centre": [limit.mean for limit in limits], "flags": flags}


def describe_months(months: Sequence[Statistic], measure: str) -> str:
    """Return measure, place and span of a monthly series."""
    when = "at the end of each month" if months[0].period.basis == "snapshot" else "each month"
    first, last = (date.fromisoformat(f"{s.category}-01") for s in (months[0], months[-1]))
    return f"{measure} {when}, {months[0].place}, {first:%B %Y} to {last:%B %Y}"


def month_name(day: date) -> str:
    """Return a month as it stands under a chart: "Apr 2023"."""
    return f"{day:%b %Y}"


def _month(event: Event) -> date:
    return event.date.replace(day=1)
