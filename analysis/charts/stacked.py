"""Parts of wholes: one bar a row, its parts end to end, each with its number inside where it fits.

Up to four parts, told apart in grey: dark, white, mid tone, white with light hatching, each with a dark edge.
A key stands above in the same order. A part that is hidden, or too small for its number, is written out under
its label.
"""

from collections.abc import Sequence
from dataclasses import replace

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.charts.chart import Mark
from analysis.charts.marks import ordered, shown
from analysis.charts.rows import (
    BAR,
    COLUMN,
    EDGE,
    GUTTER,
    Entry,
    Row,
    inches,
    new_axes,
    plan_rows,
    write,
    write_labels,
)
from analysis.charts.style import BLUE, INK, LEADING, LINE, PAPER, SIZE, TURQUOISE, WIDTH
from analysis.charts.text import width_of, wrap
from analysis.errors import DataError

FILLS = (
    {"facecolor": BLUE},
    {"facecolor": PAPER},
    {"facecolor": TURQUOISE},
    {"facecolor": PAPER, "hatch": "////"},
)
INSIDE = (PAPER, INK, INK, INK)
EDGED = {"edgecolor": BLUE, "linewidth": 1.2}
SWATCH = 0.2
PAD = 0.09
NARROWEST = WIDTH - 2 * EDGE - COLUMN - GUTTER


def draw_stacked(marks: Sequence[Mark], unit: str = "") -> Figure:
    """Return a bar for each label with a part for each group; without groups, the labels are parts of one bar.

    Raises DataError for more than four parts.
    """
    if not any(mark.group for mark in marks):
        marks = [replace(mark, group=mark.label, label="") for mark in marks]
    groups = ordered(mark.group for mark in marks)
    if len(groups) > len(FILLS):
        raise DataError(f"{len(groups)} parts in one stacked chart; allowed: at most {len(FILLS)}")
    rows = [_parts(marks, label, groups) for label in ordered(mark.label for mark in marks)]
    longest = max(sum(map(_length, parts)) for parts in rows)
    key = _plan_key(groups)
    plan = plan_rows([_entry(parts, longest) for parts in rows], key[-1][1] + 2 * LEADING)
    axes = new_axes(plan)
    axes.set_xlim(0, longest * 1.01 or 1)
    for row, parts in zip(plan.rows, rows, strict=True):
        _draw_row(axes, row, parts, groups, longest)
    _draw_key(axes, key)
    write_labels(axes, plan)
    return axes.figure


def _parts(marks: Sequence[Mark], label: str, groups: Sequence[str]) -> list[Mark]:
    return sorted((mark for mark in marks if mark.label == label), key=lambda mark: groups.index(mark.group))


def _length(part: Mark) -> float:
    return part.value or 0.0


def _fits(part: Mark, longest: float) -> bool:
    """Whether the part's number fits inside it, however much of the width the labels take."""
    return _length(part) * NARROWEST >= (width_of(shown(part), SIZE, "bold") + 2 * PAD) * longest > 0


def _entry(parts: Sequence[Mark], longest: float) -> Entry:
    """Return the label, with what can't be written inside the bar."""
    outside = [f"{part.group}: {shown(part)}" for part in parts if not _fits(part, longest)]
    notes = ordered(part.note for part in parts if part.note)
    return Entry(parts[0].label, "; ".join(notes + outside))


def _draw_row(axes: Axes, row: Row, parts: Sequence[Mark], groups: Sequence[str], longest: float) -> None:
    start = 0.0
    for part in parts:
        place = groups.index(part.group)
        if _length(part):
            axes.barh(row.middle, part.value, BAR, left=start, **FILLS[place], **EDGED)
        if _fits(part, longest):
            _write_inside(axes, start + part.value / 2, row.middle, part, place)
        start += _length(part)
    if not start:
        axes.plot([0, 0], [row.middle - BAR / 2, row.middle + BAR / 2], color=LINE, linewidth=1, clip_on=False)


def _write_inside(axes: Axes, x: float, y: float, part: Mark, place: int) -> None:
    box = {"facecolor": PAPER, "edgecolor": "none", "pad": 1.5} if "hatch" in FILLS[place] else None
    options = {"ha": "center", "va": "center_baseline", "fontweight": "bold", "bbox": box}
    axes.text(x, y, shown(part), color=INSIDE[place], **options)


def _plan_key(groups: Sequence[str]) -> list[tuple[float, float, str, int]]:
    """Return left, top, name and place of each line of the key, in as many lines as the width asks."""
    key: list[tuple[float, float, str, int]] = []
    x, y = EDGE, EDGE
    for place, group in enumerate(groups):
        lines = wrap(group, WIDTH - 2 * EDGE - SWATCH - PAD)
        width = SWATCH + PAD + max(map(width_of, lines), default=0)
        if key and x + width > WIDTH - EDGE:
            x, y = EDGE, key[-1][1] + LEADING + 0.06
        for number, line in enumerate(lines):
            key.append((x, y + number * LEADING, line, place if number == 0 else -1))
        x, y = x + width + 0.3, key[-1][1]
    return key


def _draw_key(axes: Axes, key: Sequence[tuple[float, float, str, int]]) -> None:
    for x, y, line, place in key:
        write(axes, x + SWATCH + PAD, y + LEADING / 2, line)
        if place >= 0:
            corner = (x, y + (LEADING - SWATCH) / 2)
            swatch = Rectangle(corner, SWATCH, SWATCH, transform=inches(axes), clip_on=False, **FILLS[place], **EDGED)
            axes.add_patch(swatch)
