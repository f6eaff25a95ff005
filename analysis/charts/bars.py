"""Bars from zero, a row each, with the value at the end: ranked, in a given order, in pairs, as a flow."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from analysis.charts.chart import Mark
from analysis.charts.marks import is_open_ended, ordered, shares_of_first, shown
from analysis.charts.rows import BAR, EDGE, Entry, Plan, Row, new_axes, plan_rows, write, write_labels
from analysis.charts.style import BLUE, DECORATION, LINE, PALE, PAPER, QUIET, SIZE, SMALL, TURQUOISE, WIDTH
from analysis.charts.text import width_of

PAD = 0.09
TIP = 0.1
HAIR = 0.02
CLOSE = 0.05


def draw_bars(marks: Sequence[Mark], unit: str = "") -> Figure:
    """Return bars in the order of the marks."""
    return _draw(marks, plan_rows([Entry(mark.label, mark.note) for mark in marks])).figure


def draw_pairs(marks: Sequence[Mark], unit: str = "") -> Figure:
    """Return a block for each label with a bar for each group; the last group is the dark one."""
    labels, groups = ordered(mark.label for mark in marks), ordered(mark.group for mark in marks)
    marks = sorted(marks, key=lambda mark: (labels.index(mark.label), groups.index(mark.group)))
    plan = plan_rows([Entry(mark.group, mark.note, mark.label) for mark in marks], gap=CLOSE)
    return _draw(marks, plan, dark=groups[-1]).figure


def draw_flow(marks: Sequence[Mark], unit: str = "") -> Figure:
    """Return stages as bars, each on a pale track as long as the first, with its share of the first.

    A share is written where both are published exactly. Marks of another cohort (`whole` false) are apart: no track,
    no share.
    """
    shares = shares_of_first(marks)
    head = f"share of {marks[0].display}" if any(shares) else ""
    plan = plan_rows([Entry(mark.label, mark.note) for mark in marks], EDGE + (0.3 if head else 0.0))
    axes = _draw(marks, plan, reserved=width_of(head, SMALL) + 2 * PAD if head else 0.0)
    for row, mark in zip(plan.rows, marks, strict=True):
        if mark.whole and mark.value is not None:
            axes.barh(row.middle, marks[0].reach, BAR, color=PALE, linewidth=0, gid=DECORATION, zorder=0.5)
    look = {"ha": "right", "color": QUIET}
    if head:
        write(axes, WIDTH - EDGE, plan.rows[0].label_top - 0.15, head, fontsize=SMALL, **look)
    for row, share in zip(plan.rows, shares, strict=True):
        if share:
            write(axes, WIDTH - EDGE, row.middle, share, **look)
    return axes.figure


def _draw(marks: Sequence[Mark], plan: Plan, *, dark: str = "", reserved: float = 0.0) -> Axes:
    """Return axes with a bar, its value and its label for each mark; marks of a group that isn't `dark` are paler."""
    axes = new_axes(plan, right=EDGE + reserved)
    room = plan.width - reserved
    inch = 1 / _fit(marks, room)
    axes.set_xlim(0, room * inch)
    for row, mark in zip(plan.rows, marks, strict=True):
        end = _draw_bar(axes, row, mark, BLUE if dark in ("", mark.group) else TURQUOISE, inch)
        look = {"color": QUIET} if mark.is_hidden else {"fontweight": "bold"}
        write(axes, plan.left + end + PAD, row.middle, shown(mark), **look)
    for row in plan.rows:
        ends = [row.middle - BAR / 2 - 0.05, row.middle + BAR / 2 + 0.05]
        axes.plot([0, 0], ends, color=LINE, linewidth=1, clip_on=False)
    write_labels(axes, plan)
    return axes


def _fit(marks: Sequence[Mark], room: float) -> float:
    """Return the inches of one unit at the largest scale at which every bar and the value after it fit in the room."""
    fits = [(room - PAD - TIP - width_of(shown(mark), SIZE, "bold")) / mark.reach for mark in marks if mark.reach]
    return min(fits, default=1.0)


def _draw_bar(axes: Axes, row: Row, mark: Mark, colour: str, inch: float) -> float:
    """Draw the bar of a mark, if it has one; return how many inches it reaches. `inch` is in units of the value."""
    if mark.is_range:
        return _draw_range(axes, row, mark, colour, inch)
    if not mark.value:
        return 0.0
    reach = max(mark.value / inch, HAIR)
    fill = {"color": colour} if mark.whole else {"facecolor": PAPER, "edgecolor": colour, "hatch": "////"}
    axes.barh(row.middle, reach * inch, BAR, linewidth=0 if mark.whole else 1.2, **fill)
    if not is_open_ended(mark):
        return reach
    # The point at the end of a bar says: this many, and more.
    start, end = reach * inch, (reach + TIP) * inch
    corners = [(start, row.middle - BAR / 2), (end, row.middle), (start, row.middle + BAR / 2)]
    axes.add_patch(Polygon(corners, linewidth=1.2, gid=DECORATION, joinstyle="miter", **fill))
    return reach + TIP


def _draw_range(axes: Axes, row: Row, mark: Mark, colour: str, inch: float) -> float:
    axes.barh(row.middle, mark.lower, BAR, color=colour, linewidth=0)
    rest = {"left": mark.lower, "facecolor": PAPER, "edgecolor": colour, "linewidth": 1.2}
    axes.barh(row.middle, mark.upper - mark.lower, BAR, **rest)
    return mark.upper / inch
