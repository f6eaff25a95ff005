"""Charts over years: the yearly values of an indicator, each with its interval, from figures that may be published."""

from collections.abc import Sequence

from analysis.charts.chart import Mark
from analysis.figures.model import Statistic
from analysis.measures.periods import Period, year_name
from analysis.methods.checks import RefusedError
from analysis.methods.rates import count_interval

FEWEST_YEARS = 3
INTERVAL_NOTE = "Upright lines are 95% intervals: what chance alone could give."
OTHER_DEFINITION = "other definition"


def make_trend(statistics: Sequence[Statistic]) -> tuple[list[Mark], str]:
    """Return a mark a year and series, oldest first, and a note.

    A year of another length, area or definition than the latest stands alone, hollow, and says why. Raises
    RefusedError, whose message is for the reader, under three years that can be shown.
    """
    dated = [s for s in statistics if s.period.end and s.period.stated and not s.bound]
    years = sorted(dated, key=lambda s: s.period.end)
    if len({s.period.end for s in years if s.published}) < FEWEST_YEARS:
        raise RefusedError(f"no line over time: fewer than {FEWEST_YEARS} years can be shown")
    marks = [_mark(s, _latest_like(s, years), several=len({s.key for s in years}) > 1) for s in years]
    return marks, INTERVAL_NOTE if any(mark.lower is not None for mark in marks) else ""


def describe_years(statistics: Sequence[Statistic], measure: str) -> str:
    """Return measure, place and span of the years."""
    ends = sorted((s.period.end, s.period) for s in statistics if s.period.end)
    places = list(dict.fromkeys(s.place for s in statistics))
    where = places[0] if len(places) == 1 else "areas as labelled"
    return f"{measure}, {where}, {name_year(ends[0][1])} to {name_year(ends[-1][1])}"


def name_year(period: Period) -> str:
    """Return a year as it stands under a chart: "2023-24", for a day "Mar 2024", else the year it ends in."""
    if period.basis == "financial_year":
        return year_name(period.start.year)
    return f"{period.end:%b %Y}" if period.basis == "snapshot" else str(period.end.year)


def _latest_like(statistic: Statistic, years: Sequence[Statistic]) -> Statistic:
    """Return the latest figure of the same series, whatever its area: what the others are held against."""
    return [s for s in years if s.key[:-1] == statistic.key[:-1]][-1]


def _mark(s: Statistic, latest: Statistic, *, several: bool) -> Mark:
    """Return one year's mark; only `several` series need names at their lines."""
    apart = [
        s.period.label if (s.period.basis, s.period.months) != (latest.period.basis, latest.period.months) else "",
        "" if s.place == latest.place else s.place,
        "" if s.definition_version == latest.definition_version else OTHER_DEFINITION,
    ]
    note = ", ".join(part for part in apart if part)
    lower, upper = interval(s)
    name = s.label if several else ""
    return Mark(name_year(s.period), s.value, s.display, name, lower, upper, note, whole=not note)


def interval(s: Statistic) -> tuple[float | None, float | None]:
    """Return the limits of a yearly value: its own, or for an exact count those of chance; else Nones."""
    if s.lower is not None or s.value is None:
        return s.lower, s.upper
    if s.measure_type == "count" and s.qualifier == "exact" and s.protects == "people" and s.value == int(s.value):
        found = count_interval(int(s.value))
        return found.lower, found.upper
    return None, None
