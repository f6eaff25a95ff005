"""Bars from zero, a row each, with the value at the end: ranked, in a given order, in pairs, as a flow."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from analysis.charts.chart import Mark
from analysis.charts.marks import is_open_ended, ordered, shares_of_first, shown
from analysis.charts.rows import BAR, EDGE, Entry, Plan, Row, new_axes, plan_rows, write, write_labels
from analysis.charts.style import (
    BLUE,
    DECORATION,
    LINE,
    PALE,
    PAPER,
    QUIET,
    SIZE,
    SMALL,
    TURQUOISE,
    WIDTH,
)
from analysis.charts.text import width_of

PAD = 0.09
TIP = 0.1
HAIR = 0.02
CLOSE = 0.05


@dataclass(frozen=True)
class Scale:
    """How many inches one unit is long."""

    inches: float

    def back(self, inches: float) -> float:
        return inches / self.inches


def draw_bars(marks: Sequence[Mark], unit: str = "") -> Figure:
    """Return bars in the order of the marks, blocks of a group under its heading."""
    plan = plan_rows([Entry(mark.label, mark.note, mark.group) for mark in marks])
    return _draw(marks, plan, [BLUE] * len(marks)).figure


def draw_pairs(marks: Sequence[Mark], unit: str = "") -> Figure:
    """Return a block for each label with a bar for each group; the last group is the dark one."""
    labels, groups = ordered(mark.label for mark in marks), ordered(mark.group for mark in marks)
    marks = sorted(marks, key=lambda mark: (labels.index(mark.label), groups.index(mark.group)))
    plan = plan_rows([Entry(mark.group, mark.note, mark.label) for mark in marks], gap=CLOSE)
    colours = [BLUE if mark.group == groups[-1] else TURQUOISE for mark in marks]
    return _draw(marks, plan, colours).figure


def draw_flow(marks: Sequence[Mark], unit: str = "") -> Figure:
    """Return stages as bars, each on a pale track as long as the first, with its share of the first.

    A share is written where both are published exactly. Marks of another group than the first mark's, or of
    another cohort (`whole` false), are apart: no track, no share.
    """
    shares = shares_of_first(marks)
    head = 0.3 if any(shares) else 0.0
    plan = plan_rows([Entry(mark.label, mark.note, mark.group) for mark in marks], EDGE + head)
    reserved = width_of(_share_head(marks), SMALL) + 2 * PAD if head else 0.0
    axes = _draw(marks, plan, [BLUE] * len(marks), reserved, track=True)
    if head:
        _write_shares(axes, plan, marks, shares)
    return axes.figure


def _draw(
    marks: Sequence[Mark], plan: Plan, colours: Sequence[str], reserved: float = 0.0, track: bool = False
) -> Axes:
    axes = new_axes(plan, right=EDGE + reserved)
    room = plan.width - reserved
    scale = _fit(marks, room)
    axes.set_xlim(0, scale.back(room))
    if track:
        _draw_tracks(axes, plan, marks)
    for row, mark, colour in zip(plan.rows, marks, colours, strict=True):
        end = _draw_bar(axes, row, mark, colour, scale)
        _write_value(axes, plan.left + end + PAD, row, mark)
    _draw_zero(axes, plan)
    write_labels(axes, plan)
    return axes


def _fit(marks: Sequence[Mark], room: float) -> Scale:
    """Return the largest scale at which every bar and the value after it fit in the room."""
    fits = [(room - PAD - TIP - width_of(shown(mark), SIZE, "bold")) / mark.reach for mark in marks if mark.reach]
    return Scale(min(fits, default=1.0))


def _draw_bar(axes: Axes, row: Row, mark: Mark, colour: str, scale: Scale) -> float:
    """Draw the bar of a mark, if it has one; return how many inches it reaches."""
    if mark.is_range:
        return _draw_range(axes, row, mark, colour, scale)
    if not mark.value:
        return 0.0
    reach = max(mark.value * scale.inches, HAIR)
    fill = {"color": colour} if mark.whole else {"facecolor": PAPER, "edgecolor": colour, "hatch": "////"}
    axes.barh(row.middle, scale.back(reach), BAR, linewidth=0 if mark.whole else 1.2, **fill)
    if not is_open_ended(mark):
        return reach
    _draw_tip(axes, row, reach, fill, scale)
    return reach + TIP


def _draw_range(axes: Axes, row: Row, mark: Mark, colour: str, scale: Scale) -> float:
    axes.barh(row.middle, mark.lower, BAR, color=colour, linewidth=0)
    rest = {"left": mark.lower, "facecolor": PAPER, "edgecolor": colour, "linewidth": 1.2}
    axes.barh(row.middle, mark.upper - mark.lower, BAR, **rest)
    return mark.upper * scale.inches


def _draw_tip(axes: Axes, row: Row, reach: float, fill: dict, scale: Scale) -> None:
    """Draw the point at the end of a bar that says: this many, and more."""
    start, end = scale.back(reach), scale.back(reach + TIP)
    corners = [(start, row.middle - BAR / 2), (end, row.middle), (start, row.middle + BAR / 2)]
    axes.add_patch(Polygon(corners, linewidth=1.2, gid=DECORATION, joinstyle="miter", **fill))


def _write_value(axes: Axes, x: float, row: Row, mark: Mark) -> None:
    if mark.is_hidden:
        write(axes, x, row.middle, shown(mark), color=QUIET)
    else:
        write(axes, x, row.middle, shown(mark), fontweight="bold")


def _draw_zero(axes: Axes, plan: Plan) -> None:
    """Draw the line from which bars start, a piece for each row."""
    for row in plan.rows:
        spread = BAR / 2 + 0.05
        axes.plot([0, 0], [row.middle - spread, row.middle + spread], color=LINE, linewidth=1, clip_on=False)


def _draw_tracks(axes: Axes, plan: Plan, marks: Sequence[Mark]) -> None:
    for row, mark in zip(plan.rows, marks, strict=True):
        if mark.group == marks[0].group and mark.whole and mark.value is not None:
            axes.barh(row.middle, marks[0].reach, BAR, color=PALE, linewidth=0, gid=DECORATION, zorder=0.5)


def _share_head(marks: Sequence[Mark]) -> str:
    return f"share of {marks[0].display}"


def _write_shares(axes: Axes, plan: Plan, marks: Sequence[Mark], shares: Sequence[str]) -> None:
    options = {"ha": "right", "color": QUIET}
    top = plan.rows[0].heading_top if plan.rows[0].heading else plan.rows[0].label_top
    write(axes, WIDTH - EDGE, top - 0.15, _share_head(marks), fontsize=SMALL, **options)
    for row, share in zip(plan.rows, shares, strict=True):
        if share:
            write(axes, WIDTH - EDGE, row.middle, share, **options)
