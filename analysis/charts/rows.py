"""Rows of labels down a chart: where each stands, and a figure just tall enough for them.

Short labels stand left of their marks. Where any label needs more than two lines there, all stand above their
marks instead. A change of heading starts a block. Positions are inches from the top of the figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import blended_transform_factory

from analysis.charts.style import INK, LEADING, QUIET, SIZE, SMALL, SMALL_LEADING, WIDTH
from analysis.charts.text import width_of, wrap

EDGE = 0.06
BAR = 0.27
GAP = 0.16
BLOCK_GAP = 0.2
COLUMN = 2.7
GUTTER = 0.14
MOST_LINES = 2


@dataclass(frozen=True)
class Entry:
    """What a row is called: its label (in a weight), a quieter note, and the heading of its block."""

    label: str
    note: str = ""
    heading: str = ""
    weight: str = "normal"


@dataclass(frozen=True)
class Row:
    """An entry in its place: the top of each text, and the middle of its mark."""

    heading: tuple[str, ...]
    label: tuple[str, ...]
    note: tuple[str, ...]
    heading_top: float
    label_top: float
    middle: float
    bottom: float
    weight: str


@dataclass(frozen=True)
class Plan:
    """All rows; `left` is where marks may start, `width` how far they may reach from there.

    `beside` says that labels stand left of the marks, not above them.
    """

    rows: tuple[Row, ...]
    left: float
    bottom: float
    beside: bool

    @property
    def width(self) -> float:
        return WIDTH - EDGE - self.left


def plan_rows(entries: Sequence[Entry], top: float = EDGE, gap: float = GAP) -> Plan:
    """Return the places of the entries, the first `top` inches from the top. Call inside `house_style`."""
    beside = all(len(_label_lines(entry, COLUMN)) <= MOST_LINES for entry in entries)
    column = COLUMN if beside else WIDTH - 2 * EDGE
    rows, cursor, heading = [], top, ""
    for entry in entries:
        shown = entry.heading if entry.heading != heading else ""
        rows.append(_row(entry, shown, cursor + (BLOCK_GAP if rows and shown else 0), column, beside))
        cursor, heading = rows[-1].bottom + gap, entry.heading
    left = EDGE + (max(map(_text_width, rows)) + GUTTER if beside else 0)
    return Plan(tuple(rows), left, rows[-1].bottom, beside)


def _row(entry: Entry, heading: str, top: float, column: float, beside: bool) -> Row:
    heading_lines = wrap(heading, WIDTH - 2 * EDGE, weight="bold")
    label, note = _label_lines(entry, column), wrap(entry.note, column, SMALL)
    start = top + len(heading_lines) * LEADING + (0.06 if heading_lines else 0)
    text = len(label) * LEADING + len(note) * SMALL_LEADING
    if beside:
        height = max(BAR, text)
        middle = start + height / 2
        return Row(heading_lines, label, note, top, middle - text / 2, middle, start + height, entry.weight)
    bar_top = start + text + 0.03
    return Row(heading_lines, label, note, top, start, bar_top + BAR / 2, bar_top + BAR, entry.weight)


def _label_lines(entry: Entry, column: float) -> tuple[str, ...]:
    return wrap(entry.label, column, weight=entry.weight)


def _text_width(row: Row) -> float:
    labels = [width_of(line, weight=row.weight) for line in row.label]
    return max(labels + [width_of(line, SMALL) for line in row.note], default=0)


def new_axes(plan: Plan, below: float = EDGE, right: float = EDGE) -> Axes:
    """Return axes for the marks of a plan, on a new figure with `below` inches under the last row.

    Down the axes run inches from the top of the figure; what runs across is up to the kind.
    """
    height = plan.bottom + below
    figure = Figure(figsize=(WIDTH, height))
    width = WIDTH - right - plan.left
    axes = figure.add_axes((plan.left / WIDTH, below / height, width / WIDTH, plan.bottom / height))
    axes.set_ylim(plan.bottom, 0)
    axes.set_yticks([])
    axes.set_xticks([])
    return axes


def write(axes: Axes, x: float, y: float, text: str, **options) -> None:
    """Write one line that starts `x` inches from the figure's left, centred on `y` inches from its top."""
    options = {"color": INK, "fontsize": SIZE, "ha": "left", "va": "center_baseline"} | options
    inches = blended_transform_factory(axes.figure.dpi_scale_trans, axes.transData)
    axes.text(x, y, text, transform=inches, **options)


def write_labels(axes: Axes, plan: Plan) -> None:
    """Write the headings, labels and notes of all rows."""
    for row in plan.rows:
        _write_lines(axes, row.heading, row.heading_top, LEADING, fontweight="bold")
        _write_lines(axes, row.label, row.label_top, LEADING, fontweight=row.weight)
        note_top = row.label_top + len(row.label) * LEADING
        _write_lines(axes, row.note, note_top, SMALL_LEADING, fontsize=SMALL, color=QUIET)


def _write_lines(axes: Axes, lines: Sequence[str], top: float, leading: float, **options) -> None:
    for number, line in enumerate(lines):
        write(axes, EDGE, top + (number + 0.5) * leading, line, **options)
