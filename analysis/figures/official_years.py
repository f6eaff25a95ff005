"""The years of an official figure, for a trend: the council, its region, the country, its statistical neighbours."""

from collections.abc import Iterable

from analysis.figures.display import display_number
from analysis.figures.published import MEDIAN, RANGE, Moved, Point
from analysis.measures.periods import Period
from analysis.official import ComparatorSet, Published, change_of, limits_of, shown

# A range over fewer of the ten would tell of who is shown, not of the neighbours.
FEWEST_NEIGHBOURS = 5
FEWEST_YEARS = 3


def make_years(figures: ComparatorSet) -> tuple[Point, ...]:
    """Return the points of the lines, the council's first and with a place for every year.

    There are none where fewer than three of the council's own years are shown.
    """
    own = [*figures.previous, *([figures.own] if figures.own else [])]
    others = [*_line(figures, "national", figures.national), *_line(figures, "region", figures.region)]
    if sum(figure.value is not None for figure in own) < FEWEST_YEARS:
        return ()
    beside = [_point(figure, figures) for figure in others if figure.value is not None]
    beside += [*_medians(figures), *_ranges(figures)]
    return (*_own(own, figures, {point.year for point in beside}), *beside)


def measure_move(figures: ComparatorSet) -> Moved | None:
    """Return how the figure changed since the first of the years drawn; None where that can't be told."""
    shown_before = [figure for figure in figures.previous if figure.value is not None]
    if not make_years(figures) or figures.own is None or not shown_before:
        return None
    first = shown_before[0]
    change = change_of(first, figures.own)
    if change is None:
        return None
    return Moved(change.verdict, display(first, figures), year_of(first.period), display(figures.own, figures))


def year_of(period: Period) -> str:
    """Return a period as it stands under a chart: the year it ends in, or the day's year."""
    return str(period.end.year)


def _line(figures: ComparatorSet, name: str, now: Published | None) -> list[Published]:
    return [*figures.history.get(name, ()), *([now] if now else [])]


def _own(own: list[Published], figures: ComparatorSet, years: set[str]) -> list[Point]:
    """Return the council's points, with the symbol in the place of a year that it has no figure for."""
    held = {year_of(figure.period): figure for figure in own}
    name = own[0].area_name
    return [
        _point(held[year], figures, with_limits=True) if year in held else Point(name, year, None, "[x]")
        for year in sorted({*held, *years})
    ]


def _point(figure: Published, figures: ComparatorSet, *, with_limits: bool = False) -> Point:
    limits = limits_of(figure) if with_limits else None
    bounds = (limits.lower, limits.upper) if limits else (None, None)
    return Point(figure.area_name, year_of(figure.period), figure.value, display(figure, figures), *bounds)


def display(figure: Published, figures: ComparatorSet) -> str:
    """Return a published figure as it stands in a chart, with the sign of a percentage."""
    text = shown(figure, figures.decimals)
    return f"{text}%" if figures.unit == "percent" and figure.value is not None else text


def _number(value: float, figures: ComparatorSet) -> str:
    return display_number(value, figures.decimals) + ("%" if figures.unit == "percent" else "")


def _medians(figures: ComparatorSet) -> Iterable[Point]:
    medians = [*figures.neighbour_medians, (figures.period, figures.neighbour_median)]
    return [
        Point(MEDIAN, year_of(when), value, _number(value, figures)) for when, value in medians if value is not None
    ]


def _ranges(figures: ComparatorSet) -> Iterable[Point]:
    held = [(when, values) for when, values in figures.neighbour_years if len(values) >= FEWEST_NEIGHBOURS]
    return [
        Point(
            RANGE,
            year_of(when),
            None,
            f"{_number(min(values), figures)} to {_number(max(values), figures)}",
            min(values),
            max(values),
        )
        for when, values in held
    ]
