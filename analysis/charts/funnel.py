"""Funnel plots: areas by size, between limits that narrow as size grows; only the own and unusual areas are named."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.axis import numbers_of, tick_words, ticks_for
from analysis.charts.chart import Mark
from analysis.charts.clear import path_of, write_clear
from analysis.charts.marks import shown
from analysis.charts.plane import (
    LEAD,
    UNIT_HEAD,
    End,
    new_plane,
    place,
    put,
    width_of_ends,
    write_ends,
    write_places,
    write_unit,
)
from analysis.charts.rows import EDGE
from analysis.charts.style import BLUE, INK, PAPER, QUIET, SMALL, SMALL_LEADING, TURQUOISE, WIDTH
from analysis.charts.text import clean, wrap
from analysis.errors import DataError, unknown

DASHES = ("--", ":")
END = 1.2
Limit = tuple[float, float, float]


def draw_funnel(
    marks: Sequence[Mark],
    unit: str = "",
    *,
    sizes: Mapping[str, float],
    centre: float,
    limits: Mapping[str, Sequence[Limit]],
    own: str = "",
    unusual: Sequence[str] = (),
    size_unit: str = "",
) -> Figure:
    """Return a funnel: `sizes` a label's size, `limits` for each name rows of (size, lower, upper), widest first.

    `own` is the label of the area that the report is about, `unusual` those that the method calls so; both are named.
    Raises DataError for a mark without a size, an unknown label, or more than two sets of limits.
    """
    _check(marks, sizes, own, unusual, limits)
    drawn = [mark for mark in marks if mark.value is not None]
    places = ticks_for([*(sizes[mark.label] for mark in drawn), *(row[0] for rows in limits.values() for row in rows)])
    words = tick_words([], places)
    foot = _foot(marks, size_unit)
    axes = _new_axes(marks, limits, centre, unit, foot)
    axes.set_xlim(places[0], places[-1])
    _draw_limits(axes, limits, centre)
    for mark in drawn:
        _draw_area(axes, sizes[mark.label], mark, own, unusual)
    write_places(axes, places, [(words(x),) for x in places])
    write_ends(axes, _ends(limits, centre, places[-1]))
    _write_names(axes, drawn, sizes, limits, (own, *unusual))
    for number, line in enumerate(reversed(foot)):
        put(axes, EDGE, EDGE + (number + 0.5) * SMALL_LEADING, line)
    return axes.figure


def _check(marks, sizes, own, unusual, limits) -> None:
    labels = [mark.label for mark in marks]
    for label in (own, *unusual):
        if label and label not in labels:
            raise DataError(unknown("area of a funnel", label, labels))
    unsized = [label for label in labels if label not in sizes]
    if unsized:
        raise DataError(f"no size for {unsized[0]!r}; allowed: a size for every area of a funnel")
    if len(limits) > len(DASHES):
        raise DataError(f"{len(limits)} sets of limits in a funnel; allowed: at most {len(DASHES)}")


def _foot(marks: Sequence[Mark], size_unit: str) -> list[str]:
    """Return the lines under the axis: what sizes count, and the areas that show no number."""
    hidden = "; ".join(f"{clean(mark.label)}: {shown(mark)}" for mark in marks if mark.is_hidden)
    room = WIDTH - 2 * EDGE
    return [*wrap(size_unit, room, SMALL), *wrap(f"Not drawn: {hidden}" if hidden else "", room, SMALL)]


def _new_axes(marks, limits, centre: float, unit: str, foot: Sequence[str]) -> Axes:
    bounds = [number for rows in limits.values() for row in rows for number in row[1:]]
    ticks = ticks_for(numbers_of(marks) + bounds + [centre])
    right = EDGE + width_of_ends(_ends(limits, centre, 0)) + LEAD
    below = 0.25 + SMALL_LEADING + EDGE + len(foot) * SMALL_LEADING
    axes = new_plane(ticks, tick_words(marks, ticks), right=right, top=UNIT_HEAD if unit else 0.2, foot=below)
    write_unit(axes, unit)
    return axes


def _ends(limits: Mapping[str, Sequence[Limit]], centre: float, x: float) -> list[End]:
    """Return the names at the right: of the average, and of each set of limits at its upper line."""
    named = [End(rows[-1][0], rows[-1][2], wrap(name, END, SMALL)) for name, rows in limits.items()]
    return [*named, End(x, centre, ("Average",))]


def _draw_limits(axes: Axes, limits: Mapping[str, Sequence[Limit]], centre: float) -> None:
    axes.plot(axes.get_xlim(), [centre] * 2, "-", color=QUIET, linewidth=1.4, zorder=1.5)
    for rows, dash in zip(limits.values(), DASHES, strict=False):
        for bound in (1, 2):
            style = {"color": QUIET, "linewidth": 1.6, "zorder": 1.5}
            axes.plot([row[0] for row in rows], [row[bound] for row in rows], dash, **style)


def _draw_area(axes: Axes, size: float, mark: Mark, own: str, unusual: Sequence[str]) -> None:
    look = {"marker": "o", "mfc": PAPER, "mec": QUIET, "markersize": 6, "zorder": 2}
    if mark.label in unusual:
        look |= {"marker": "s", "mfc": TURQUOISE, "mec": INK, "markersize": 8, "zorder": 3}
    if mark.label == own:
        look |= {"marker": "D", "mfc": BLUE, "mec": BLUE, "markersize": 10, "zorder": 4}
    axes.plot(size, mark.value, linestyle="none", mew=1.3, clip_on=False, **look)


def _write_names(axes: Axes, marks, sizes, limits, named: Sequence[str]) -> None:
    """Write the names of the own and the unusual areas where they stand clear."""
    spots = {mark.label: place(axes, sizes[mark.label], mark.value) for mark in marks}
    lines = [path_of([place(axes, row[0], row[bound]) for row in rows]) for rows in limits.values() for bound in (1, 2)]
    wanted = [(spots[label], clean(label)) for label in dict.fromkeys(named) if label in spots]
    write_clear(axes, wanted, list(spots.values()), lines)
