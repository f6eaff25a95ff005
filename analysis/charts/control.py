"""Control charts: points in time between limits, with the points that break a rule marked, and events lettered."""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts import plane
from analysis.charts.chart import Mark
from analysis.charts.key import KeyLine, draw_key, key_height
from analysis.charts.marks import like, ordered
from analysis.charts.rows import EDGE
from analysis.charts.style import BLUE, INK, QUIET, SMALL, SMALL_LEADING, TURQUOISE
from analysis.charts.text import wrap
from analysis.errors import DataError, unknown

SHAPES = ("D", "s", "^", "v", "P", "X")
POINT = 5
MARKED = 9
LETTERS = 0.37
LINES = ("Upper limit", "Average", "Lower limit")
NAME = 1.0


def draw_control(
    marks: Sequence[Mark],
    unit: str = "",
    *,
    centre: float | Sequence[float],
    flags: Mapping[str, str] | None = None,
    events: Mapping[str, str] | None = None,
) -> Figure:
    """Return a control chart of marks in time order, whose lower and upper are the limits at each.

    `centre` is the average, one or one a mark; `flags` the rule that a label's point breaks, in words; `events`
    what happened at a label. Raises DataError for labels unknown among the marks.
    """
    flags, events = flags or {}, events or {}
    _check(marks, flags, events)
    centres = list(centre) if isinstance(centre, Sequence) else [centre] * len(marks)
    key = _key(flags, events)
    ends = _ends(marks, centres[-1])
    symbols = plane.symbols_height(marks)
    foot = 0.3 + max(len(_name(mark)) for mark in marks) * SMALL_LEADING + key_height(key) + symbols
    axes = plane.new_plane(marks, unit, ends, foot, lines=centres, head=LETTERS if events else 0.0)
    axes.set_xlim(-0.6, len(marks) - 0.4)
    _draw_limits(axes, marks, centres)
    _draw_points(axes, marks, flags)
    _draw_events(axes, [mark.label for mark in marks], events)
    plane.write_places(axes, range(len(marks)), [_name(mark) for mark in marks])
    plane.write_ends(axes, ends)
    draw_key(axes, key, EDGE + symbols)
    plane.write_symbols(axes, marks)
    return axes.figure


def _check(marks: Sequence[Mark], flags: Mapping[str, str], events: Mapping[str, str]) -> None:
    labels = [mark.label for mark in marks]
    for label in (*flags, *events):
        if label not in labels:
            raise DataError(unknown("point of a control chart", label, labels))
    if len(_rules(flags)) > len(SHAPES) or len(events) > len(ascii_uppercase):
        raise DataError(f"{len(_rules(flags))} rules, {len(events)} events in one chart; allowed: {len(SHAPES)} and 26")


def _name(mark: Mark) -> tuple[str, ...]:
    return wrap(mark.label, NAME, SMALL) + ((mark.display,) if mark.is_hidden else ())


def _key(flags: Mapping[str, str], events: Mapping[str, str]) -> list[KeyLine]:
    """Return what the key explains: the shape of each rule, the letter of each event."""
    shapes = [KeyLine(rule, look=_look(shape)) for rule, shape in zip(_rules(flags), SHAPES, strict=False)]
    happened = zip(ascii_uppercase, events.items(), strict=False)
    return shapes + [KeyLine(f"{label}: {text}", letter=letter) for letter, (label, text) in happened]


def _rules(flags: Mapping[str, str]) -> list[str]:
    return ordered(flags.values())


def _ends(marks: Sequence[Mark], centre: float) -> list[plane.End]:
    """Return the names of the lines at their ends, with the last value of each as the marks show theirs."""
    heights = (marks[-1].upper, centre, marks[-1].lower)
    model = next((mark for mark in marks if not mark.is_hidden), marks[0])
    named = zip(heights, LINES, strict=True)
    return [plane.End(len(marks) - 0.6, y, (name,), like(y, model)) for y, name in named if y is not None]


def _draw_limits(axes: Axes, marks: Sequence[Mark], centres: Sequence[float]) -> None:
    """Draw average and limits, a piece for each stretch in which they stay the same."""
    for values, dash in ((centres, "-"), ([m.upper for m in marks], "--"), ([m.lower for m in marks], "--")):
        for start, stop, value in _stretches(values):
            axes.plot([start - 0.5, stop + 0.5], [value] * 2, dash, color=QUIET, linewidth=1.4, zorder=1.5)


def _stretches(values: Sequence[float | None]) -> list[tuple[int, int, float]]:
    """Return first place, last place and value of each stretch of equal values; gaps are left out."""
    stretches: list[tuple[int, int, float]] = []
    for x, value in enumerate(values):
        if stretches and stretches[-1][1:] == (x - 1, value):
            stretches[-1] = (stretches[-1][0], x, value)
        elif value is not None:
            stretches.append((x, x, value))
    return stretches


def _draw_points(axes: Axes, marks: Sequence[Mark], flags: Mapping[str, str]) -> None:
    values = [float("nan") if mark.value is None else mark.value for mark in marks]
    style = {"color": BLUE, "linewidth": 1.6, "markersize": POINT, "clip_on": False}
    axes.plot(range(len(marks)), values, "-o", **style)
    for x, mark in enumerate(marks):
        if mark.label in flags and mark.value is not None:
            shape = SHAPES[_rules(flags).index(flags[mark.label])]
            axes.plot(x, mark.value, linestyle="none", clip_on=False, zorder=4, **_look(shape))


def _look(shape: str) -> dict[str, object]:
    return {"marker": shape, "markersize": MARKED, "mfc": TURQUOISE, "mec": INK, "mew": 1.3}


def _draw_events(axes: Axes, labels: Sequence[str], events: Mapping[str, str]) -> None:
    low, high = axes.get_ylim()
    for number, (letter, label) in enumerate(zip(ascii_uppercase, events, strict=False)):
        x = labels.index(label)
        axes.plot([x, x], [low, high], color=INK, linewidth=1, dashes=(1, 2), zorder=1.4)
        across, up = plane.place(axes, x, high)
        plane.put(axes, across, up + 0.13 + 0.17 * (number % 2), letter, ha="center", color=INK, fontweight="bold")
