"""Dots on a shared axis, a row each: values with intervals, ranges, areas beside their neighbours, ratios."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.axis import fitting_ticks, numbers_of, ratio_ticks
from analysis.charts.chart import Mark
from analysis.charts.marks import shown
from analysis.charts.rows import EDGE, GAP, Entry, Plan, Row, new_axes, plan_rows, write, write_labels
from analysis.charts.style import BLUE, DECORATION, GRID, INK, PAPER, QUIET, SIZE, SMALL, WIDTH
from analysis.charts.text import width_of, wrap
from analysis.errors import DataError, unknown

PAD = 0.22
AXIS = 0.34
UNIT = 0.24
DOT = 10
CAP, BLOCK = 0.08, 12
HEAD = 0.24
INSET = 0.45
NAME = 2.3


def draw_dots(marks: Sequence[Mark], unit: str = "") -> Figure:
    """Return a dot for each value, a line between bounds, the display at the right, an axis below."""
    return _draw(marks, unit, plan_rows(_entries(marks)), fitting_ticks).figure


def draw_neighbours(
    marks: Sequence[Mark], unit: str = "", *, own: str, references: Mapping[str, float] | None = None
) -> Figure:
    """Return areas as dots, the one labelled `own` filled, with a line down the chart for each reference."""
    if own not in [mark.label for mark in marks]:
        raise DataError(unknown("area of a neighbours' chart", own, [mark.label for mark in marks]))
    lines = dict(sorted((references or {}).items(), key=lambda line: line[1]))
    entries = [replace(entry, weight="bold") if entry.label == own else entry for entry in _entries(marks)]
    plan = plan_rows(entries, EDGE + HEAD * sum(len(_name_lines(name)) for name in lines))
    ticks = partial(fitting_ticks, others=list(lines.values()))
    axes = _draw([replace(mark, whole=mark.label == own) for mark in marks], unit, plan, ticks)
    _draw_references(axes, plan, lines)
    return axes.figure


def draw_ratio(marks: Sequence[Mark], unit: str = "", *, same: str = "Same rate") -> Figure:
    """Return ratios with their intervals on a scale on which half and double lie equally far from one."""
    plan = plan_rows(_entries(marks), EDGE + HEAD * len(_name_lines(same)))
    axes = _draw(marks, unit, plan, ratio_ticks, scale="log")
    _draw_references(axes, plan, {same: 1.0})
    return axes.figure


def _entries(marks: Sequence[Mark]) -> list[Entry]:
    return [Entry(mark.label, mark.note) for mark in marks]


def _draw(marks: Sequence[Mark], unit: str, plan: Plan, find_ticks: Callable, scale: str = "linear") -> Axes:
    """Return the axes of a plan with axis, grid, labels and a dot for each mark."""
    if not plan.beside:  # so that the first tick has room for its words
        plan = replace(plan, left=EDGE + INSET)
    values = max((width_of(shown(mark), SIZE, "bold") for mark in marks if not mark.is_hidden), default=0.0)
    axes = new_axes(plan, EDGE + AXIS + (UNIT if unit else 0), EDGE + values + PAD)
    axes.set_xscale(scale)
    ticks, words = find_ticks(marks, axes.bbox.width / axes.figure.dpi)
    axes.set_xlim(*_with_margin(ticks, scale))
    axes.set_xticks([])
    axes.set_xticks([], minor=True)
    if numbers_of(marks):
        _draw_grid(axes, plan, ticks)
        axes.set_xticks(ticks, [words(tick) for tick in ticks])
        axes.tick_params(axis="x", pad=10)
    if unit:
        write(axes, plan.left, plan.bottom + AXIS + UNIT / 2 + 0.04, unit, fontsize=SMALL, color=QUIET)
    for row, mark in zip(plan.rows, marks, strict=True):
        _draw_mark(axes, plan, row, mark)
    write_labels(axes, plan)
    return axes


def _with_margin(ticks: Sequence[float], scale: str) -> tuple[float, float]:
    """Return the ends of the axis, a little beyond its ticks."""
    if scale == "log":
        return ticks[0] / 1.05, ticks[-1] * 1.05
    spread = (ticks[-1] - ticks[0]) * 0.02
    return ticks[0] - spread, ticks[-1] + spread


def _name_lines(name: str) -> tuple[str, ...]:
    return wrap(name, NAME, SMALL)


def _draw_references(axes: Axes, plan: Plan, lines: Mapping[str, float]) -> None:
    """Draw a dashed line for each reference from its name, on a line of its own above the rows."""
    y = EDGE
    for name, value in lines.items():
        words = _name_lines(name)
        room = WIDTH - EDGE - plan.left - max(width_of(line, SMALL) for line in words)
        ha = "left" if axes.transData.transform((value, 0))[0] / axes.figure.dpi <= plan.left + room else "right"
        paper = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5}
        look = {"fontsize": SMALL, "color": INK, "va": "center_baseline", "bbox": paper, "ha": ha}
        for number, line in enumerate(words):
            axes.text(value, y + (number + 0.5) * HEAD, line, **look)
        y += len(words) * HEAD
        for piece in [(y, plan.bottom)] if plan.beside else _beside_marks(plan):  # else only beside the marks
            axes.plot([value] * 2, piece, "--", color=INK, linewidth=1.3, zorder=1.2)


def _draw_grid(axes: Axes, plan: Plan, ticks: Sequence[float]) -> None:
    """Draw the grid behind the marks: in one piece where labels stand beside them, else never through a label."""
    pieces = _beside_marks(plan)
    if plan.beside:
        pieces = [(pieces[0][0] - GAP / 2, pieces[-1][1] + GAP / 2)]
    for top, bottom in pieces:
        axes.vlines(ticks, top, bottom, color=GRID, linewidth=1, zorder=0.5, gid=DECORATION, clip_on=False)


def _beside_marks(plan: Plan) -> list[tuple[float, float]]:
    """Return top and bottom of what each row takes beside its mark, without a label above it."""
    return [(2 * row.middle - row.bottom, row.bottom) for row in plan.rows]


def _draw_mark(axes: Axes, plan: Plan, row: Row, mark: Mark) -> None:
    """Draw the dot and line of a mark with its display; a hidden one gets words alone."""
    if mark.is_hidden:
        box = {"facecolor": PAPER, "edgecolor": "none", "pad": 1}
        write(axes, plan.left, row.middle, shown(mark), color=QUIET, bbox=box)
        return
    write(axes, WIDTH - EDGE, row.middle, shown(mark), fontweight="bold", ha="right")
    if mark.lower is not None and mark.upper is not None:
        _draw_bounds(axes, row, mark)
    if mark.value is not None:
        fill = BLUE if mark.whole else PAPER
        axes.plot(mark.value, row.middle, "o", markersize=DOT, mfc=fill, mec=BLUE, mew=2, clip_on=False)


def _draw_bounds(axes: Axes, row: Row, mark: Mark) -> None:
    """Draw an interval as a thin line with caps; a range without a value as a block from bound to bound."""
    ends, style = [mark.lower, mark.upper], {"color": BLUE, "solid_capstyle": "butt"}
    if mark.is_range:
        axes.plot(ends, [row.middle] * 2, linewidth=BLOCK, **style)
        return
    axes.plot(ends, [row.middle] * 2, linewidth=2.2, **style)
    for bound in ends:
        axes.plot([bound] * 2, [row.middle - CAP, row.middle + CAP], linewidth=2.2, **style)
