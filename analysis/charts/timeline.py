"""Stretches of time and single days, a row each, on one calendar: which returns cover which months, what came when.

Bounds and values are day numbers (`date.toordinal()`); the display says the dates as a reader reads them.
"""

from collections.abc import Sequence
from datetime import date

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.charts.axis import TICK_GAP, numbers_of
from analysis.charts.chart import Mark
from analysis.charts.dots import draw_grid, with_room_for_ticks
from analysis.charts.marks import shown
from analysis.charts.rows import EDGE, GAP, Entry, Plan, Row, new_axes, plan_rows, write, write_labels
from analysis.charts.style import BLUE, DECORATION, PALE, PAPER, QUIET, SMALL, SMALL_LEADING
from analysis.charts.text import clean, width_of

STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
AXIS = 0.34
HEAD = 0.3
STRIPE = 9
RIGHT = 0.4


def draw_timeline(
    marks: Sequence[Mark], unit: str = "", *, span: tuple[date, date] | None = None, span_name: str = ""
) -> Figure:
    """Return a stripe for each stretch, a diamond for each day; a named `span` of days stands behind all."""
    head = HEAD if span and span_name else 0.0
    plan = with_room_for_ticks(plan_rows([_entry(mark) for mark in marks], EDGE + head))
    axes = new_axes(plan, EDGE + AXIS, EDGE + RIGHT)
    days = numbers_of(marks) + ([day.toordinal() for day in span] if span else [])
    ticks = _ticks(days, axes.bbox.width / axes.figure.dpi)
    axes.set_xlim(ticks[0].toordinal(), ticks[-1].toordinal())
    axes.set_xticks([tick.toordinal() for tick in ticks], [f"{tick:%b %Y}" for tick in ticks])
    axes.tick_params(axis="x", pad=10)
    _draw_span(axes, plan, span, span_name)
    draw_grid(axes, plan, [tick.toordinal() for tick in ticks])
    for row, mark in zip(plan.rows, marks, strict=True):
        _draw_mark(axes, plan, row, mark)
    write_labels(axes, plan)
    return axes.figure


def _entry(mark: Mark) -> Entry:
    """Return label and, quieter, the dates as read; those of a hidden mark stand in its row instead."""
    dates = "" if mark.is_hidden else clean(mark.display)
    return Entry(mark.label, ", ".join(part for part in (dates, clean(mark.note)) if part), mark.group)


def _ticks(days: Sequence[float], room: float) -> list[date]:
    """Return first days of months, as dense as fit, that span the days; from April where steps are years."""
    first, last = (date.fromordinal(int(day)) for day in (min(days), max(days))) if days else _this_era()
    needed = width_of("May 2024", SMALL) + TICK_GAP
    for step in STEPS:
        ticks = _months(first, last, step)
        if needed <= room / (len(ticks) - 1):
            break
    return ticks


def _this_era() -> tuple[date, date]:
    return date(2000, 4, 1), date(2001, 3, 31)


def _months(first: date, last: date, step: int) -> list[date]:
    """Return the first days of every `step`th month, counted from an April, from before `first` to after `last`."""
    start = (first.year * 12 + first.month - 4) // step * step
    ticks = []
    while not ticks or ticks[-1] <= last:
        month = start + len(ticks) * step + 3
        ticks.append(date(month // 12, month % 12 + 1, 1))
    return ticks


def _draw_span(axes: Axes, plan: Plan, span: tuple[date, date] | None, name: str) -> None:
    if span:
        start, end = (day.toordinal() for day in span)
        first = plan.rows[0]
        top = 2 * first.middle - first.bottom - (GAP / 2 if plan.beside else 0)
        axes.axvspan(start, end, ymin=0, ymax=1 - top / plan.bottom, facecolor=PALE, zorder=0.3, gid=DECORATION)
        axes.text(
            (start + end) / 2,
            EDGE + SMALL_LEADING / 2,
            name,
            ha="center",
            va="center_baseline",
            color=QUIET,
            fontsize=SMALL,
        )


def _draw_mark(axes: Axes, plan: Plan, row: Row, mark: Mark) -> None:
    if mark.is_hidden:
        box = {"facecolor": PAPER, "edgecolor": "none", "pad": 1}
        write(axes, plan.left, row.middle, shown(mark), color=QUIET, bbox=box)
    if mark.lower is not None and mark.upper is not None:
        ends, look = [mark.lower, mark.upper], {"solid_capstyle": "butt"}
        axes.plot(ends, [row.middle] * 2, color=BLUE, linewidth=STRIPE, **look)
        if not mark.whole:
            axes.plot(ends, [row.middle] * 2, color=PAPER, linewidth=STRIPE - 3, gid=DECORATION, **look)
    if mark.value is not None:
        fill = BLUE if mark.whole else PAPER
        axes.plot(mark.value, row.middle, "D", markersize=9, mfc=fill, mec=BLUE, mew=2, clip_on=False)
