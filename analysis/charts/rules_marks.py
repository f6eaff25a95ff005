"""Rules on the marks of a figure: seen on the paper, told apart, parted where they touch, whole, from zero."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.container import BarContainer
from matplotlib.transforms import Bbox

from analysis.charts.seen import Fault, Seen, Words
from analysis.charts.vision import Colour, contrast, worst_difference

APART = 3.0
LOOK_APART = 15.0
TOUCH = 1.0
TOLERANCE = 1.5
LABEL_REACH = 0.6
COLOUR_BAR = "<colorbar>"


def check_paper(marks: Sequence[Seen], paper: Colour) -> Iterator[Fault]:
    """R1: each mark, or its edge, stands 3:1 from the paper. Cells of a grid are known by their numbers."""
    for mark in _looks(marks):
        best = max(contrast(colour, paper) for colour in (mark.fill, mark.edge) if colour is not None)
        if best < APART and mark.role != "cell":
            yield Fault("R1", f"{_named(mark)} is {best:.2f}:1 on its paper; needed: {APART:g}:1")


def check_pairs(marks: Sequence[Seen], words: Sequence[Words]) -> Iterator[Fault]:
    """R2 and R3: each two series of a kind differ in grey or by more than colour, and to every eye."""
    for mark, other in combinations(_looks(marks), 2):
        if mark.role != other.role or mark.role == "cell" or _has_second(mark, other, marks, words):
            continue
        grey = max(contrast(*pair) for pair in _shared(mark, other))
        if grey < APART:
            yield Fault("R2", f"{_named(mark)} and {_named(other)} are {grey:.2f}:1 apart; needed: {APART:g}:1")
        seen, eye = max(worst_difference(*pair) for pair in _shared(mark, other))
        if seen < LOOK_APART:
            yield Fault("R3", f"{_named(mark)} and {_named(other)} look alike under {eye} ({seen:.1f})")


def check_touching(marks: Sequence[Seen]) -> Iterator[Fault]:
    """R4: areas of different looks that touch stand 3:1 apart, or an edge does from both."""
    for mark, other in combinations([mark for mark in marks if mark.role == "area"], 2):
        if mark.look != other.look and _touch(mark.box, other.box) and not _parted(mark, other):
            yield Fault("R4", f"{_named(mark)} touches {_named(other)} without contrast or an edge")


def check_cells(marks: Sequence[Seen], words: Sequence[Words], axes: Axes) -> Iterator[Fault]:
    """R4: every cell of a grid shows its number. (The cells of a colour bar have an axis instead.)"""
    cells = [cell for mark in marks if mark.role == "cell" for cell in mark.boxes]
    bare = sum(not _is_numbered(cell, words) for cell in cells)
    if bare and axes.get_label() != COLOUR_BAR:
        yield Fault("R4", f"{bare} of {len(cells)} cells are told by colour alone; needed: their numbers")


def check_cut(marks: Sequence[Seen], axes: Axes) -> Iterator[Fault]:
    """R7: no mark runs over the edge of its axes or of the figure."""
    for mark in marks:
        room = axes.bbox if mark.is_clipped else axes.figure.bbox
        if not is_inside(_middle_box(mark), room):
            yield Fault("R7", f"{_named(mark)} is cut off")


def check_zero(axes: Axes) -> Iterator[Fault]:
    """R9: bars start at zero, and their axis shows it on an even scale."""
    bars = [bar for bar in axes.containers if isinstance(bar, BarContainer) and bar.patches]
    for way in {str(bar.orientation) for bar in bars}:
        axis = axes.yaxis if way == "vertical" else axes.xaxis
        low, high = sorted(axis.get_view_interval())
        if axis.get_scale() != "linear":
            yield Fault("R9", f"bars on a {axis.get_scale()} scale; needed: linear")
        if not low <= 0 <= high:
            yield Fault("R9", f"the axis of bars runs from {low:g} to {high:g}; needed: zero in it")
        if _floating([bar for bar in bars if str(bar.orientation) == way], way):
            yield Fault("R9", "a bar doesn't start at zero")


def is_inside(box: Bbox, room: Bbox) -> bool:
    """Whether a box lies within another, to a pixel or so."""
    wider = room.padded(TOLERANCE)
    return wider.contains(box.x0, box.y0) and wider.contains(box.x1, box.y1)


def _looks(marks: Sequence[Seen]) -> list[Seen]:
    """Return one mark of each look."""
    return list({mark.look: mark for mark in marks}.values())


def _named(mark: Seen) -> str:
    return " ".join((mark.role, to_hex(mark.colour), *mark.second))


def _shared(mark: Seen, other: Seen) -> list[tuple[Colour, Colour]]:
    """Return the pairs of colours by which two looks can be told apart: their faces, and their edges."""
    edges = [(mark.edge, other.edge)] if mark.edge is not None and other.edge is not None else []
    return [(mark.colour, other.colour), *edges]


def _has_second(mark: Seen, other: Seen, marks: Sequence[Seen], words: Sequence[Words]) -> bool:
    if mark.second != other.second:
        return True
    return mark.role == "line" and all(_is_labelled(look, marks, words) for look in (mark, other))


def _is_labelled(look: Seen, marks: Sequence[Seen], words: Sequence[Words]) -> bool:
    """Whether a text stands at the right-hand end of a line of this look."""
    ends = [path.vertices[-1] for mark in marks if mark.look == look.look for path in mark.paths]
    return any(_is_at_end(text.box, x, y) for text in words for x, y in ends)


def _is_at_end(box: Bbox, x: float, y: float) -> bool:
    reach = LABEL_REACH * box.height / 0.2
    return -TOLERANCE <= box.x0 - x <= reach and box.y0 - box.height <= y <= box.y1 + box.height


def _touch(box: Bbox, other: Bbox) -> bool:
    """Whether two boxes share more than a corner."""
    across = min(box.x1, other.x1) - max(box.x0, other.x0)
    up = min(box.y1, other.y1) - max(box.y0, other.y0)
    return min(across, up) >= -TOUCH and max(across, up) > TOUCH


def _parted(mark: Seen, other: Seen) -> bool:
    if contrast(mark.colour, other.colour) >= APART:
        return True
    edges = [edge for edge in (mark.edge, other.edge) if edge is not None]
    return any(min(contrast(edge, mark.colour), contrast(edge, other.colour)) >= APART for edge in edges)


def _is_numbered(cell: Bbox, words: Sequence[Words]) -> bool:
    return any(cell.contains(*text.box.get_points().mean(axis=0)) for text in words)


def _middle_box(mark: Seen) -> Bbox:
    """Return the box of a mark; of points, the box of their middles."""
    if mark.role != "point":
        return mark.box
    middles = [point.get_points().mean(axis=0) for point in mark.boxes]
    xs, ys = zip(*middles, strict=True)
    return Bbox([[min(xs), min(ys)], [max(xs), max(ys)]])


def _floating(bars: Sequence[BarContainer], way: str) -> bool:
    """Whether at any place no bar begins at zero."""
    nearest: dict[float, float] = {}
    for patch in (patch for bar in bars for patch in bar.patches):
        upright = way == "vertical"
        place = patch.get_x() if upright else patch.get_y()
        start = patch.get_y() if upright else patch.get_x()
        end = start + (patch.get_height() if upright else patch.get_width())
        place = round(float(place), 6)
        nearest[place] = min(nearest.get(place, float("inf")), abs(start), abs(end))
    return any(start > 1e-9 for start in nearest.values())
