"""Funnel plots: areas by size, between limits that narrow as size grows; only the own and unusual areas are named."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path

from analysis.charts import plane
from analysis.charts.axis import tick_words, ticks_for
from analysis.charts.chart import Mark
from analysis.charts.clear import write_clear
from analysis.charts.key import KeyLine, draw_key, key_height
from analysis.charts.marks import shown
from analysis.charts.rows import EDGE
from analysis.charts.style import BLUE, INK, PAPER, QUIET, SMALL, SMALL_LEADING, TURQUOISE, WIDTH
from analysis.charts.text import clean, wrap
from analysis.errors import DataError, unknown

DASHES = ("--", ":")
END = 1.2
MOST_NAMES = 8
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
    counted, key, left_out = _lines(size_unit), _key(marks, own, unusual), _lines(_hidden_words(marks))
    below = key_height(key) + len(counted + left_out) * SMALL_LEADING
    bounds = [number for rows in limits.values() for row in rows for number in row[1:]]
    foot = 0.25 + SMALL_LEADING + EDGE + below
    axes = plane.new_plane(marks, unit, _ends(limits, centre, 0), foot, lines=[*bounds, centre])
    axes.set_xlim(places[0], places[-1])
    _draw_limits(axes, limits, centre)
    _draw_areas(axes, drawn, sizes, own, unusual)
    plane.write_places(axes, places, [(words(x),) for x in places])
    plane.write_ends(axes, _ends(limits, centre, places[-1]))
    _write_names(axes, drawn, sizes, limits, (own, *unusual))
    _write_up(axes, counted, EDGE + len(left_out) * SMALL_LEADING + key_height(key))
    draw_key(axes, key, EDGE + len(left_out) * SMALL_LEADING)
    _write_up(axes, left_out, EDGE)
    return axes.figure


def _check(
    marks: Sequence[Mark],
    sizes: Mapping[str, float],
    own: str,
    unusual: Sequence[str],
    limits: Mapping[str, Sequence[Limit]],
) -> None:
    labels = [mark.label for mark in marks]
    for label in (own, *unusual):
        if label and label not in labels:
            raise DataError(unknown("area of a funnel", label, labels))
    unsized = [label for label in labels if label not in sizes]
    if unsized:
        raise DataError(f"no size for {unsized[0]!r}; allowed: a size for every area of a funnel")
    if len(limits) > len(DASHES):
        raise DataError(f"{len(limits)} sets of limits in a funnel; allowed: at most {len(DASHES)}")


def _lines(text: str) -> tuple[str, ...]:
    return wrap(text, WIDTH - 2 * EDGE, SMALL)


def _hidden_words(marks: Sequence[Mark]) -> str:
    hidden = "; ".join(f"{clean(mark.label)}: {shown(mark)}" for mark in marks if mark.is_hidden)
    return f"Not drawn: {hidden}" if hidden else ""


def _key(marks: Sequence[Mark], own: str, unusual: Sequence[str]) -> list[KeyLine]:
    """Return what the shapes mean, with the names of the own and of the unusual areas."""
    there = [mark.label for mark in marks if mark.value is not None]
    names = [clean(label) for label in unusual if label in there]
    more = ["others"] if len(names) > MOST_NAMES else []
    key = [KeyLine(clean(own), look=_look(own, own, ()))] if own in there else []
    if names:
        meaning = f"Marked as unusual: {', '.join(names[:MOST_NAMES] + more)}"
        key.append(KeyLine(meaning, look=_look(unusual[0], "", unusual)))
    return [*key, KeyLine("Other areas" if key else "Areas", look=_look("", "", ()))]


def _look(label: str, own: str, unusual: Sequence[str]) -> dict[str, object]:
    base = {"linestyle": "none", "mew": 1.3}
    if label and label == own:
        return base | {"marker": "D", "mfc": BLUE, "mec": BLUE, "markersize": 10, "zorder": 4}
    if label in unusual:
        return base | {"marker": "s", "mfc": TURQUOISE, "mec": INK, "markersize": 8, "zorder": 3}
    return base | {"marker": "o", "mfc": PAPER, "mec": QUIET, "markersize": 6, "zorder": 2}


def _write_up(axes: Axes, lines: Sequence[str], bottom: float) -> None:
    """Write lines, the last with its foot `bottom` inches above the figure's."""
    for number, line in enumerate(reversed(lines)):
        plane.put(axes, EDGE, bottom + (number + 0.5) * SMALL_LEADING, line)


def _ends(limits: Mapping[str, Sequence[Limit]], centre: float, x: float) -> list[plane.End]:
    """Return the names at the right: of the average, and of each set of limits at its upper line."""
    named = [plane.End(rows[-1][0], rows[-1][2], wrap(name, END, SMALL)) for name, rows in limits.items()]
    return [*named, plane.End(x, centre, ("Average",))]


def _draw_areas(
    axes: Axes, marks: Sequence[Mark], sizes: Mapping[str, float], own: str, unusual: Sequence[str]
) -> None:
    """Draw the areas, all of one look at once."""
    looks: dict[str, list[Mark]] = {}
    for mark in marks:
        looks.setdefault("own" if mark.label == own else "unusual" if mark.label in unusual else "", []).append(mark)
    for there in looks.values():
        xs, ys = [sizes[mark.label] for mark in there], [mark.value for mark in there]
        axes.plot(xs, ys, clip_on=False, **_look(there[0].label, own, unusual))


def _draw_limits(axes: Axes, limits: Mapping[str, Sequence[Limit]], centre: float) -> None:
    axes.plot(axes.get_xlim(), [centre] * 2, "-", color=QUIET, linewidth=1.4, zorder=1.5)
    for rows, dash in zip(limits.values(), DASHES, strict=False):
        for bound in (1, 2):
            style = {"color": QUIET, "linewidth": 1.6, "zorder": 1.5}
            axes.plot([row[0] for row in rows], [row[bound] for row in rows], dash, **style)


def _write_names(
    axes: Axes,
    marks: Sequence[Mark],
    sizes: Mapping[str, float],
    limits: Mapping[str, Sequence[Limit]],
    named: Sequence[str],
) -> None:
    """Write the names of the own and the unusual areas where they stand clear."""
    spots = {mark.label: plane.place(axes, sizes[mark.label], mark.value) for mark in marks}
    lines = [
        Path([plane.place(axes, row[0], row[bound]) for row in rows]) for rows in limits.values() for bound in (1, 2)
    ]
    wanted = [(spots[label], clean(label)) for label in dict.fromkeys(named) if label in spots]
    write_clear(axes, wanted, list(spots.values()), lines)
