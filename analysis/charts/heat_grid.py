"""A grid of numbers, shaded by size in five steps: every cell shows its number, and a hidden one its symbol."""

from collections.abc import Sequence

import numpy as np
from afcharts.af_colours import get_af_colours
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap, to_rgb
from matplotlib.figure import Figure

from analysis.charts.chart import Mark
from analysis.charts.marks import ordered, shown
from analysis.charts.rows import EDGE, Entry, Plan, Row, new_axes, plan_rows, write, write_labels
from analysis.charts.style import INK, PAPER, QUIET, SIZE, SMALL, SMALL_LEADING, WIDTH
from analysis.charts.text import clean, width_of, wrap
from analysis.charts.vision import contrast
from analysis.errors import DataError

SHADES = [PAPER, *get_af_colours("sequential", number_of_colours=5)[::-1]]
GAP = 0.04
CELL_PAD = 0.12
NAME_GAP = 0.1
HALF = 0.17


def draw_heat_grid(marks: Sequence[Mark], unit: str = "") -> Figure:
    """Return a grid with a row for each label and a column for each group. Raises DataError where none fits."""
    labels, groups = ordered(mark.label for mark in marks), ordered(mark.group for mark in marks)
    cells = {(mark.label, mark.group): mark for mark in marks}
    plan, names = _plan(marks, labels, groups)
    symbols = "; ".join(ordered(shown(mark) for mark in marks if mark.is_hidden))
    axes = new_axes(plan, EDGE + HALF + (SMALL_LEADING if symbols else 0))
    axes.set_xlim(0, len(groups))
    top = max(mark.reach for mark in marks)
    for row, label in zip(plan.rows, labels, strict=True):
        _draw_row(axes, row, [cells.get((label, group)) for group in groups], top)
    _write_columns(axes, plan, names)
    write_labels(axes, plan)
    if symbols:
        write(axes, EDGE, plan.bottom + HALF + SMALL_LEADING / 2, symbols, fontsize=SMALL, color=QUIET)
    return axes.figure


def _plan(marks: Sequence[Mark], labels: Sequence[str], groups: Sequence[str]) -> tuple[Plan, list[tuple[str, ...]]]:
    """Return the rows, labels beside them if the columns then still hold their numbers, and the column names."""
    needed = max(width_of(_cell_text(mark), SIZE) for mark in marks) + CELL_PAD
    for beside in (None, False):
        plan = plan_rows([Entry(label) for label in labels], beside=beside)
        column = plan.width / len(groups)
        if column >= needed:
            names = [wrap(group, column - NAME_GAP, SMALL) for group in groups]
            top = EDGE + max(map(len, names)) * SMALL_LEADING + 0.1
            return plan_rows([Entry(label) for label in labels], top, beside=beside), names
    raise DataError(f"{len(groups)} columns of numbers don't fit in one grid; allowed: {int(plan.width / needed)}")


def _cell_text(mark: Mark) -> str:
    return clean(mark.display)


def _draw_row(axes: Axes, row: Row, marks: Sequence[Mark | None], top: float) -> None:
    steps = np.array([[_step(mark, top) for mark in marks]])
    edges = np.arange(len(marks) + 1), [row.middle - HALF, row.middle + HALF]
    scale = {"cmap": ListedColormap(SHADES), "vmin": -0.5, "vmax": len(SHADES) - 0.5}
    axes.pcolormesh(*edges, steps, edgecolors=PAPER, linewidth=2, clip_on=False, **scale)
    for x, mark in enumerate(marks):
        shade = to_rgb(SHADES[_step(mark, top)])
        colour = max((INK, PAPER), key=lambda ink: contrast(to_rgb(ink), shade))
        text = "\u2013" if mark is None else _cell_text(mark)
        axes.text(x + 0.5, row.middle, text, color=colour, ha="center", va="center_baseline", fontsize=SIZE)


def _step(mark: Mark | None, top: float) -> int:
    """Return the shade of a mark: none where it shows no number or zero, else one of five equal steps to the top."""
    if mark is None or mark.is_hidden or mark.reach <= 0:
        return 0
    return min(len(SHADES) - 1, 1 + int(mark.reach / top * (len(SHADES) - 1)))


def _write_columns(axes: Axes, plan: Plan, names: Sequence[Sequence[str]]) -> None:
    """Write the names of the columns, their last lines level."""
    column = (WIDTH - EDGE - plan.left) / len(names)
    deepest = max(map(len, names))
    for x, name in enumerate(names):
        for number, line in enumerate(name):
            y = EDGE + (deepest - len(name) + number + 0.5) * SMALL_LEADING
            write(axes, plan.left + (x + 0.5) * column, y, line, ha="center", fontsize=SMALL, color=QUIET)
