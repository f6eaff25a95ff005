"""A plane with a number axis up the left: for lines, points and limits over places along the foot."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.axis import numbers_of, tick_words, ticks_for
from analysis.charts.chart import Mark
from analysis.charts.marks import ordered, shown
from analysis.charts.rows import EDGE
from analysis.charts.style import DECORATION, GRID, INK, QUIET, SMALL, SMALL_LEADING, WIDTH
from analysis.charts.text import width_of

TICK_PAD = 0.1
HEIGHT = 3.2
NAME_GAP = 0.12
LEAD = 0.35
UNIT_HEAD, BARE_HEAD = 0.4, 0.2


@dataclass(frozen=True)
class End:
    """What stands at the right-hand end of a line (x, y in data units): its name in lines, its value in bold."""

    x: float
    y: float
    name: tuple[str, ...]
    value: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        return (*self.name, self.value) if self.value else self.name


def new_plane(
    marks: Sequence[Mark],
    unit: str,
    ends: Sequence[End],
    foot: float,
    *,
    lines: Sequence[float] = (),
    head: float = 0.0,
) -> Axes:
    """Return axes for marks and lines with a grid at their ticks, tall enough for the names at the right of the lines.

    `foot` inches below the axes are left free, and above them `head` beside what the unit needs.
    """
    ticks = ticks_for([*numbers_of(marks), *lines])
    words, top = tick_words(marks, ticks), (UNIT_HEAD if unit else BARE_HEAD) + head
    right = EDGE + width_of_ends(ends) + LEAD
    left = EDGE + max(width_of(words(tick), SMALL) for tick in ticks) + TICK_PAD
    tall = max(HEIGHT, sum(map(_height, ends)))
    height = top + tall + foot
    figure = Figure(figsize=(WIDTH, height))
    axes = figure.add_axes((left / WIDTH, foot / height, (WIDTH - left - right) / WIDTH, tall / height))
    axes.set_ylim(ticks[0], ticks[-1])
    axes.set_xticks([])
    axes.set_yticks(ticks, [words(tick) for tick in ticks])
    axes.tick_params(axis="y", pad=TICK_PAD * 72)
    for tick in ticks:
        axes.axhline(tick, color=GRID, linewidth=1, zorder=0.5, gid=DECORATION, clip_on=False)
    if unit:
        put(axes, EDGE, height - EDGE - SMALL_LEADING / 2, unit)
    return axes


def place(axes: Axes, x: float, y: float) -> tuple[float, float]:
    """Return where a point of the axes lies, in inches from the figure's lower left."""
    return tuple(axes.figure.dpi_scale_trans.inverted().transform(axes.transData.transform((x, y))))


def put(axes: Axes, x: float, y: float, text: str, **options) -> None:
    """Write one line at a place in inches from the figure's lower left."""
    options = {"color": QUIET, "fontsize": SMALL, "ha": "left", "va": "center_baseline"} | options
    axes.text(x, y, text, transform=axes.figure.dpi_scale_trans, **options)


def write_places(axes: Axes, places: Sequence[float], names: Sequence[Sequence[str]]) -> None:
    """Write the lines of each name under its place; where names would touch, only every second, third and so on.

    The last is always written.
    """
    _, foot = place(axes, 0, axes.get_ylim()[0])
    widths = [max((width_of(line, SMALL) for line in name), default=0.0) for name in names]
    middles = [_kept_in(place(axes, x, 0)[0], width) for x, width in zip(places, widths, strict=True)]
    step = next(step for step in range(1, len(names) + 1) if _clear(middles, widths, step))
    for number in range(len(names) - 1, -1, -step):
        for line, text in enumerate(names[number]):
            put(axes, middles[number], foot - 0.1 - (line + 0.5) * SMALL_LEADING, text, ha="center")


def _kept_in(middle: float, width: float) -> float:
    """Return the middle of a text moved so far that the figure holds it."""
    return min(max(middle, EDGE + width / 2), WIDTH - EDGE - width / 2)


def _clear(middles: Sequence[float], widths: Sequence[float], step: int) -> bool:
    shown = range(len(middles) - 1, -1, -step)
    pairs = zip(shown[1:], shown, strict=False)
    return all(middles[j] - middles[i] >= (widths[i] + widths[j]) / 2 + NAME_GAP for i, j in pairs)


def spread(middles: Sequence[float], heights: Sequence[float], floor: float, ceiling: float) -> list[float]:
    """Return middles as near the wanted ones as keeps texts of these heights clear of each other, same order.

    All lie between floor and ceiling, where there is room for all.
    """
    order = sorted(range(len(middles)), key=lambda i: middles[i])
    raised = _pushed(order, middles, heights)
    lift = sum(raised[i] - middles[i] for i in order) / len(order)
    lowered = [-raised[i] + lift for i in range(len(middles))]
    under = _pushed(order[::-1], [max(y, heights[i] / 2 - ceiling) for i, y in enumerate(lowered)], heights)
    return _pushed(order, [max(-y, floor + heights[i] / 2) for i, y in enumerate(under)], heights)


def _pushed(order: Sequence[int], middles: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Return the middles, each moved up as far as the one before it in the order asks."""
    spots, floor = list(middles), float("-inf")
    for i in order:
        spots[i] = max(middles[i], floor + heights[i] / 2)
        floor = spots[i] + heights[i] / 2
    return spots


def write_ends(axes: Axes, ends: Sequence[End]) -> None:
    """Write the names and values of lines at the right of the figure, each led to from its line."""
    left = WIDTH - EDGE - width_of_ends(ends)
    heights = [_height(end) for end in ends]
    spots = [place(axes, end.x, end.y) for end in ends]
    floor, ceiling = axes.get_position().y0 * axes.figure.get_figheight(), axes.figure.get_figheight() - EDGE
    middles = spread([y for _, y in spots], heights, floor, ceiling)
    for (x, y), middle, height, end in zip(spots, middles, heights, ends, strict=True):
        style = {"transform": axes.figure.dpi_scale_trans, "color": QUIET, "linewidth": 0.8, "clip_on": False}
        axes.plot([x + 0.1, left - 0.05], [y, middle], gid=DECORATION, zorder=1, **style)
        top = middle + height / 2 - 0.1 * SMALL_LEADING
        for number, line in enumerate(end.lines):
            weight = "bold" if number == len(end.name) else "normal"
            put(axes, left, top - (number + 0.5) * SMALL_LEADING, line, color=INK, fontweight=weight)


def _height(end: End) -> float:
    return (len(end.lines) + 0.2) * SMALL_LEADING


def width_of_ends(ends: Sequence[End]) -> float:
    """Return the inches that the names and values at the right need."""
    return max(width_of(line, SMALL, "bold") for end in ends for line in end.lines)


def symbols_height(marks: Sequence[Mark]) -> float:
    """Return the inches that the meaning of hidden marks' symbols needs."""
    return SMALL_LEADING + 0.08 if any(mark.is_hidden for mark in marks) else 0.0


def write_symbols(axes: Axes, marks: Sequence[Mark]) -> None:
    """Write at the foot of the figure what the symbols of hidden marks mean."""
    words = ordered(shown(mark) for mark in marks if mark.is_hidden)
    if words:
        put(axes, EDGE, EDGE + SMALL_LEADING / 2, "; ".join(words))
