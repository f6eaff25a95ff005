"""Labels beside points, only where they stand clear of every line, point and other label. Places are inches."""

from collections.abc import Iterable, Sequence

from matplotlib.axes import Axes
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from analysis.charts.plane import put
from analysis.charts.rows import EDGE
from analysis.charts.style import INK, SMALL, WIDTH
from analysis.charts.text import width_of

HALF = 0.09
AWAY = 0.19
MARGIN = 0.03

Spot = tuple[float, float]


def write_clear(axes: Axes, wanted: Iterable[tuple[Spot, str]], points: Sequence[Spot], lines: Sequence[Path]) -> None:
    """Write each text above, below or beside its point, wherever it is clear; leave it out where it can't be."""
    taken = [_box(x, y, 0.07, 0.07) for x, y in points]
    for spot, text in wanted:
        box = next((box for box in _tries(spot, text) if _is_clear(axes, box, taken, lines)), None)
        if box is not None:
            taken.append(box)
            put(axes, box.x0 + MARGIN, box.y0 + HALF, text, color=INK, fontweight="bold")


def _tries(spot: Spot, text: str) -> list[Bbox]:
    x, y = spot
    half = width_of(text, SMALL, "bold") / 2 + MARGIN
    beside = half + AWAY / 2
    shifts = ((0, AWAY), (0, -AWAY), (-beside, AWAY / 2), (beside, AWAY / 2), (beside, -AWAY / 2), (-beside, -AWAY / 2))
    return [_box(x + across, y + up, half, HALF) for across, up in shifts]


def _box(x: float, y: float, across: float, up: float) -> Bbox:
    return Bbox([[x - across, y - up], [x + across, y + up]])


def _is_clear(axes: Axes, box: Bbox, taken: Sequence[Bbox], lines: Sequence[Path]) -> bool:
    corner = axes.get_position()
    ground = corner.y0 * axes.figure.get_figheight()
    inside = box.x0 >= corner.x0 * WIDTH and box.x1 <= corner.x1 * WIDTH + MARGIN and box.y0 >= ground
    inside = inside and box.y1 <= axes.figure.get_figheight() - EDGE
    return inside and not any(map(box.overlaps, taken)) and not any(_crosses(line, box) for line in lines)


def _crosses(line: Path, box: Bbox) -> bool:
    return line.intersects_bbox(box, filled=False)
