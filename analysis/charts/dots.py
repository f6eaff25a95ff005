"""Dots on a shared axis: a value with its interval, or a range without a value, a row each."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.axis import fitting_ticks, numbers_of
from analysis.charts.chart import Mark
from analysis.charts.marks import shown
from analysis.charts.rows import EDGE, GAP, Entry, Plan, Row, new_axes, plan_rows, write, write_labels
from analysis.charts.style import BLUE, DECORATION, PAPER, QUIET, SIZE, SMALL, WIDTH
from analysis.charts.text import width_of

PAD = 0.22
AXIS = 0.34
UNIT = 0.24
DOT = 10
CAP = 0.08
GRID = "#d3d9de"


def draw_dots(marks: Sequence[Mark], unit: str = "") -> Figure:
    """Return a dot for each value, a line between bounds, the display at the right, an axis below."""
    plan = plan_rows([Entry(mark.label, mark.note, mark.group) for mark in marks])
    values = max((width_of(shown(mark), SIZE, "bold") for mark in marks if not mark.is_hidden), default=0.0)
    axes = new_axes(plan, EDGE + AXIS + (UNIT if unit else 0), EDGE + values + PAD)
    draw_axis(axes, plan, marks, unit)
    for row, mark in zip(plan.rows, marks, strict=True):
        draw_mark(axes, plan, row, mark)
    write_labels(axes, plan)
    return axes.figure


def draw_axis(axes: Axes, plan: Plan, marks: Sequence[Mark], unit: str) -> None:
    """Draw the axis under the rows, its grid behind them, and its unit."""
    ticks, words = fitting_ticks(marks, axes.bbox.width / axes.figure.dpi)
    spread = (ticks[-1] - ticks[0]) * 0.02
    axes.set_xlim(ticks[0] - spread, ticks[-1] + spread)
    if numbers_of(marks):
        _draw_grid(axes, plan, ticks)
        axes.set_xticks(ticks, [words(tick) for tick in ticks])
        axes.tick_params(axis="x", pad=10)
    if unit:
        write(axes, plan.left, plan.bottom + AXIS + UNIT / 2 + 0.04, unit, fontsize=SMALL, color=QUIET)


def _draw_grid(axes: Axes, plan: Plan, ticks: Sequence[float]) -> None:
    """Draw the grid behind the marks of each row, never through a label above them."""
    pad = GAP / 2 if plan.beside else 0.0
    for row in plan.rows:
        top, bottom = 2 * row.middle - row.bottom - pad, row.bottom + pad
        axes.vlines(ticks, top, bottom, color=GRID, linewidth=1, zorder=0.5, gid=DECORATION, clip_on=False)


def draw_mark(axes: Axes, plan: Plan, row: Row, mark: Mark) -> None:
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
    """Draw an interval as a thin line with caps; a range without a value as a thick one."""
    thick = 7 if mark.is_range else 2.2
    axes.plot([mark.lower, mark.upper], [row.middle] * 2, color=BLUE, linewidth=thick, solid_capstyle="butt")
    for bound in (mark.lower, mark.upper):
        axes.plot([bound] * 2, [row.middle - CAP, row.middle + CAP], color=BLUE, linewidth=2.2)
