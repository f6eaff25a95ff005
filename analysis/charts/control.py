"""Control charts: points in time between limits, with the points that break a rule marked, and events lettered."""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.axis import numbers_of, tick_words, ticks_for
from analysis.charts.chart import Mark
from analysis.charts.marks import ordered
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
    write_symbols,
    write_unit,
)
from analysis.charts.rows import EDGE
from analysis.charts.style import BLUE, INK, QUIET, SMALL, SMALL_LEADING, TURQUOISE, WIDTH
from analysis.charts.text import wrap
from analysis.errors import DataError, unknown

SHAPES = ("D", "s", "^", "v", "P", "X")
POINT = 5
MARKED = 9
KEY = 0.3
LETTERS = 0.45
NAME = 1.0


def draw_control(
    marks: Sequence[Mark],
    unit: str = "",
    *,
    centre: float | Sequence[float],
    flags: Mapping[str, str] | None = None,
    events: Mapping[str, str] | None = None,
    target: float | None = None,
) -> Figure:
    """Return a control chart of marks in time order, whose lower and upper are the limits at each.

    `centre` is the average, one or one a mark; `flags` the rule that a label's point breaks, in words; `events`
    what happened at a label; `target` a line. Raises DataError for labels unknown among the marks.
    """
    flags, events = flags or {}, events or {}
    labels = [mark.label for mark in marks]
    for label in (*flags, *events):
        if label not in labels:
            raise DataError(unknown("point of a control chart", label, labels))
    centres = list(centre) if isinstance(centre, Sequence) else [centre] * len(marks)
    key = _key(flags, events)
    axes = _new_axes(marks, centres, target, unit, key, bool(events))
    ends = _draw_limits(axes, marks, centres, target)
    _draw_points(axes, marks, flags)
    _draw_events(axes, labels, events)
    write_places(axes, range(len(marks)), [_name(mark) for mark in marks])
    write_ends(axes, ends)
    _draw_key(axes, key, bool(_hidden(marks)))
    write_symbols(axes, marks)
    return axes.figure


def _hidden(marks: Sequence[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.is_hidden]


def _name(mark: Mark) -> tuple[str, ...]:
    return wrap(mark.label, NAME, SMALL) + ((mark.display,) if mark.is_hidden else ())


def _key(flags: Mapping[str, str], events: Mapping[str, str]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return what the key explains: shape or letter, and the lines of its words."""
    room = WIDTH - 2 * EDGE - KEY
    shapes = [("shape", SHAPES[i % len(SHAPES)], wrap(rule, room, SMALL)) for i, rule in enumerate(_rules(flags))]
    letters = [
        ("letter", letter, wrap(f"{label}: {text}", room, SMALL))
        for letter, (label, text) in zip(ascii_uppercase, events.items(), strict=False)
    ]
    return shapes + letters


def _rules(flags: Mapping[str, str]) -> list[str]:
    return ordered(flags.values())


def _new_axes(marks, centres, target, unit, key, has_events) -> Axes:
    numbers = numbers_of(marks) + centres + ([] if target is None else [target])
    ticks = ticks_for(numbers)
    lines = max(len(_name(mark)) for mark in marks) + sum(len(words) for _, _, words in key)
    foot = 0.3 + lines * SMALL_LEADING + (SMALL_LEADING + 0.08 if _hidden(marks) else 0)
    right = EDGE + width_of_ends(_ends(marks, centres, target)) + LEAD
    top = (UNIT_HEAD if unit else 0.12) + (LETTERS if has_events else 0.08)
    axes = new_plane(ticks, tick_words(marks, ticks), right=right, top=top, foot=foot)
    axes.set_xlim(-0.6, len(marks) - 0.4)
    write_unit(axes, unit)
    return axes


def _ends(marks: Sequence[Mark], centres: Sequence[float], target: float | None) -> list[End]:
    last, x = marks[-1], len(marks) - 0.6
    named = [(last.upper, "Upper limit"), (centres[-1], "Average"), (last.lower, "Lower limit"), (target, "Target")]
    return [End(x, y, (name,)) for y, name in named if y is not None]


def _draw_limits(axes: Axes, marks, centres, target) -> list[End]:
    """Draw average, limits and target, a piece for each stretch in which they stay the same."""
    for values, dash in ((centres, "-"), ([m.upper for m in marks], "--"), ([m.lower for m in marks], "--")):
        for start, stop, value in _stretches(values):
            axes.plot([start - 0.5, stop + 0.5], [value] * 2, dash, color=QUIET, linewidth=1.4, zorder=1.5)
    if target is not None:
        axes.plot([-0.5, len(marks) - 0.5], [target] * 2, ":", color=INK, linewidth=2, zorder=1.5)
    return _ends(marks, centres, target)


def _stretches(values: Sequence[float | None]) -> list[tuple[int, int, float]]:
    """Return first place, last place and value of each stretch of equal values; gaps are left out."""
    found: list[tuple[int, int, float]] = []
    for x, value in enumerate(values):
        if found and found[-1][1] == x - 1 and found[-1][2] == value:
            found[-1] = (found[-1][0], x, value)
        elif value is not None:
            found.append((x, x, value))
    return found


def _draw_points(axes: Axes, marks: Sequence[Mark], flags: Mapping[str, str]) -> None:
    values = [float("nan") if mark.value is None else mark.value for mark in marks]
    style = {"color": BLUE, "linewidth": 1.6, "markersize": POINT, "clip_on": False}
    axes.plot(range(len(marks)), values, "-o", **style)
    for x, mark in enumerate(marks):
        if mark.label in flags and mark.value is not None:
            _draw_shape(axes, x, mark.value, SHAPES[_rules(flags).index(flags[mark.label]) % len(SHAPES)])


def _draw_shape(axes: Axes, x: float, y: float, shape: str, **options) -> None:
    look = {"markersize": MARKED, "mfc": TURQUOISE, "mec": INK, "mew": 1.3, "clip_on": False, "zorder": 4}
    axes.plot(x, y, shape, **look, **options)


def _draw_events(axes: Axes, labels: Sequence[str], events: Mapping[str, str]) -> None:
    low, high = axes.get_ylim()
    for number, (letter, label) in enumerate(zip(ascii_uppercase, events, strict=False)):
        x = labels.index(label)
        axes.plot([x, x], [low, high], color=INK, linewidth=1, dashes=(1, 2), zorder=1.4)
        across, up = place(axes, x, high)
        put(axes, across, up + 0.13 + 0.17 * (number % 2), letter, ha="center", color=INK, fontweight="bold")


def _draw_key(axes: Axes, key: Sequence[tuple[str, str, tuple[str, ...]]], symbols: bool) -> None:
    y = EDGE + (SMALL_LEADING + 0.08 if symbols else 0) + sum(len(words) for _, _, words in key) * SMALL_LEADING
    for kind, sign, words in key:
        middle = y - SMALL_LEADING / 2
        if kind == "shape":
            _draw_shape(axes, EDGE + 0.1, middle, sign, transform=axes.figure.dpi_scale_trans)
        else:
            put(axes, EDGE + 0.1, middle, sign, ha="center", color=INK, fontweight="bold")
        for number, line in enumerate(words):
            put(axes, EDGE + KEY, middle - number * SMALL_LEADING, line)
        y -= len(words) * SMALL_LEADING
