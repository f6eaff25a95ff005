"""What a matplotlib figure shows: its marks and its texts, read from the artists, not from pixels.

Artists whose gid is "decoration" (a grid, a baseline, a pale track behind a bar) carry no data of their own and
aren't marks. Boxes are in pixels of the drawn figure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection, LineCollection, PathCollection, QuadMesh
from matplotlib.colors import to_rgba, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from analysis.charts.style import DECORATION
from analysis.charts.vision import Colour

NO_DASH = ("None", "none", " ", "")


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a figure: the rule (R1 to R10 of `check`), and what breaks it."""

    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.message}"


@dataclass(frozen=True)
class Seen:
    """A mark as it looks. `role` is area, band, line, point or cell; `paths` its outlines in pixels."""

    role: str
    fill: Colour | None
    edge: Colour | None
    second: tuple[str, ...]
    paths: tuple[Path, ...]
    order: float
    is_mark: bool
    is_clipped: bool

    @property
    def colour(self) -> Colour:
        return self.fill if self.fill is not None else self.edge

    @property
    def look(self) -> tuple:
        return (self.role, self.fill, self.edge, self.second)

    @cached_property
    def boxes(self) -> tuple[Bbox, ...]:
        return tuple(path.get_extents() for path in self.paths)

    @cached_property
    def box(self) -> Bbox:
        return Bbox.union(self.boxes)

    def covers(self, x: float, y: float) -> bool:
        """Whether the mark lies at a point of the drawn figure."""
        there = zip(self.paths, self.boxes, strict=True)
        return any(box.contains(x, y) and path.contains_point((x, y)) for path, box in there)


@dataclass(frozen=True)
class Words:
    """A text as it stands: what it says, where, in which colour, on a box of which colour."""

    text: str
    box: Bbox
    colour: Colour
    rotation: float
    paper: Colour | None


def draw_for_reading(figure: Figure) -> FigureCanvasAgg:
    """Give everything in the figure its place, without a picture; return the canvas."""
    canvas = FigureCanvasAgg(figure)
    figure.draw_without_rendering()
    return canvas


def read_marks(axes: Axes) -> list[Seen]:
    """Return what the axes show, marks and decoration, the lowest first."""
    paper = background(axes)
    seen = [_read_area(patch, paper) for patch in axes.patches if patch.get_visible()]
    seen += [_read_line(line, paper) for line in axes.lines if line.get_visible()]
    for collection in axes.collections:
        if collection.get_visible():
            seen += _read_collection(collection, paper)
    drawn = [mark for mark in seen if mark is not None and mark.paths and mark.colour is not None]
    return sorted(drawn, key=lambda mark: mark.order)


def background(axes: Axes) -> Colour:
    """Return the colour of the paper that the marks of the axes lie on."""
    paper = over(to_rgba(axes.figure.get_facecolor()), (1.0, 1.0, 1.0))
    return over(to_rgba(axes.get_facecolor()), paper) if axes.axison and axes.patch.get_visible() else paper


def over(colour: tuple[float, ...], paper: Colour) -> Colour:
    """Return the colour seen where one with transparency lies on paper."""
    *light, alpha = map(float, colour)
    return tuple(round(alpha * top + (1 - alpha) * under, 6) for top, under in zip(light, paper, strict=True))


def read_words(figure: Figure, canvas: FigureCanvasAgg) -> list[Words]:
    """Return every text that the figure shows."""
    renderer = canvas.get_renderer()
    texts = [text for text in _texts(figure) if text.get_visible() and text.get_text().strip()]
    return [_read_words(text, renderer) for text in texts]


def _read_area(patch: Patch, paper: Colour) -> Seen | None:
    path = patch.get_transform().transform_path(patch.get_path())
    if path.get_extents().width <= 0 or path.get_extents().height <= 0:
        return None
    fill = over(patch.get_facecolor(), paper) if patch.get_fill() and patch.get_facecolor()[3] else None
    edged = patch.get_linewidth() > 0 and patch.get_edgecolor()[3] > 0
    edge = over(patch.get_edgecolor(), paper) if edged else None
    second = (f"hatch {patch.get_hatch()}",) if patch.get_hatch() else ()
    return Seen("area", fill, edge, second, (path,), patch.get_zorder(), _is_mark(patch), patch.get_clip_on())


def _read_line(line: Line2D, paper: Colour) -> Seen | None:
    points = line.get_transform().transform(line.get_xydata())
    points = points[np.isfinite(points).all(axis=1)]
    drawn = line.get_linestyle() not in NO_DASH and line.get_linewidth() > 0 and len(points) > 1
    marker = str(line.get_marker())
    if not len(points) or not (drawn or marker not in NO_DASH):
        return None
    dash = (f"dash {_dashes(line)}",) if drawn else ()
    second = dash + ((f"marker {marker}",) if marker not in NO_DASH else ())
    role, order = ("line" if drawn else "point"), line.get_zorder()
    edge = _point_edge(line, paper) if not drawn else None
    colour = over(to_rgba(line.get_color() if drawn else line.get_markerfacecolor(), line.get_alpha()), paper)
    return Seen(role, colour, edge, second, _line_paths(line, points, drawn), order, _is_mark(line), line.get_clip_on())


def _dashes(line: Line2D) -> str:
    """Return the dashes of a line; matplotlib calls all that it has no name for "--"."""
    _, pattern = getattr(line, "_unscaled_dash_pattern", (0, None))
    return " ".join(f"{part:g}" for part in pattern) if pattern else str(line.get_linestyle())


def _line_paths(line: Line2D, points: np.ndarray, drawn: bool) -> tuple[Path, ...]:
    """Return the line itself, or a square for each of its points."""
    if drawn:
        return (Path(points),)
    half = line.get_markersize() / 2 * line.figure.dpi / 72
    return tuple(_square(point, half) for point in points)


def _square(point: np.ndarray, half: float) -> Path:
    x, y = point
    return Path([(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)])


def _point_edge(line: Line2D, paper: Colour) -> Colour | None:
    return over(to_rgba(line.get_markeredgecolor()), paper) if line.get_markeredgewidth() > 0 else None


def _read_collection(collection: Collection, paper: Colour) -> Iterator[Seen]:
    """Yield a mark for each look of a collection: of lines, areas, points or the cells of a mesh."""
    paths = _collection_paths(collection)
    role = _role(collection)
    fills, edges = collection.get_facecolor(), collection.get_edgecolor()
    if isinstance(collection, LineCollection):
        fills, edges = edges, []
    edged = len(edges) and np.max(collection.get_linewidth(), initial=0) > 0
    second = (f"hatch {collection.get_hatch()}",) if collection.get_hatch() else ()
    looks: dict[tuple, list[Path]] = {}
    for number, path in enumerate(paths):
        fill = _nth(fills, number, paper)
        edge = _nth(edges, number, paper) if edged else None
        looks.setdefault((fill, edge), []).append(path)
    for (fill, edge), there in looks.items():
        flags = (_is_mark(collection), collection.get_clip_on())
        yield Seen(role, fill, edge, second, tuple(there), collection.get_zorder(), *flags)


def _nth(colours: np.ndarray, number: int, paper: Colour) -> Colour | None:
    colour = to_rgba_array(colours)[number % len(colours)] if len(colours) else (0, 0, 0, 0)
    return over(colour, paper) if colour[3] > 0 else None


def _role(collection: Collection) -> str:
    roles = ((QuadMesh, "cell"), (LineCollection, "line"), (PathCollection, "point"))
    return next((role for kind, role in roles if isinstance(collection, kind)), "band")


def _collection_paths(collection: Collection) -> list[Path]:
    transform = collection.get_transform()
    if not isinstance(collection, PathCollection):
        return [transform.transform_path(path) for path in collection.get_paths() if len(path.vertices)]
    points = collection.get_offset_transform().transform(np.asarray(collection.get_offsets()))
    half = np.sqrt(np.max(collection.get_sizes(), initial=1)) / 2 * collection.figure.dpi / 72
    return [_square(point, half) for point in points]


def _is_mark(artist: Artist) -> bool:
    return artist.get_gid() != DECORATION


def _texts(figure: Figure) -> Iterator[Text]:
    yield from figure.texts
    for legend in (*figure.legends, *(axes.get_legend() for axes in figure.axes)):
        if legend is not None and legend.get_visible():
            yield from (*legend.get_texts(), legend.get_title())
    for axes in figure.axes:
        if axes.get_visible():
            yield from _texts_of_axes(axes)


def _texts_of_axes(axes: Axes) -> Iterator[Text]:
    yield from axes.texts
    yield from (child for child in axes.get_children() if isinstance(child, Text) and child not in axes.texts)
    if axes.axison:
        for axis in (axes.xaxis, axes.yaxis):
            if axis.get_visible():
                yield axis.label
                yield axis.offsetText
                yield from _tick_labels(axis)


def _tick_labels(axis) -> Iterator[Text]:
    """Yield the labels of the ticks within view; matplotlib also keeps ticks that it doesn't draw."""
    low, high = sorted(axis.get_view_interval())
    for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
        if low - 1e-9 <= tick.get_loc() <= high + 1e-9:
            yield from (tick.label1, tick.label2)


def _read_words(text: Text, renderer) -> Words:
    patch = text.get_bbox_patch()
    paper = over(patch.get_facecolor(), (1.0, 1.0, 1.0)) if patch is not None else None
    colour = over(to_rgba(text.get_color(), text.get_alpha()), (1.0, 1.0, 1.0))
    box = Text.get_window_extent(text, renderer)
    return Words(text.get_text(), box, colour, text.get_rotation() % 360, paper)
