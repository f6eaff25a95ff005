"""Rules on the texts of a figure: there in words, readable where they lie, level, whole, clear of each other."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, product

import numpy as np
from matplotlib.transforms import Bbox

from analysis.charts.rules_marks import is_inside
from analysis.charts.seen import Fault, Seen, Words
from analysis.charts.vision import Colour, contrast

APART = 4.5
NO_ALT = re.compile(r"no description has been provided|\bplaceholder\b|\S+\.(png|svg|jpe?g|gif)\b", re.IGNORECASE)
SHORTEST_ALT = 20
SHRINK = 2.0
AREAS = ("area", "band", "cell")


def check_alt(alt: str | None, title: str = "") -> Iterator[Fault]:
    """R10: there is a text alternative that says something of its own."""
    if not alt or not alt.strip():
        yield Fault("R10", "no text alternative")
    elif NO_ALT.search(alt):
        yield Fault("R10", "the text alternative is a placeholder or the name of a file")
    elif len(alt) < SHORTEST_ALT or alt.strip() == title.strip():
        yield Fault("R10", "the text alternative doesn't say what the chart shows")


def check_texts(words: Sequence[Words], room: Bbox) -> Iterator[Fault]:
    """R6, R7, R8: no text is turned, cut off, or covered by another."""
    for text in words:
        if text.rotation:
            yield Fault("R6", f"{_quoted(text)} is turned by {text.rotation:g} degrees")
        if not is_inside(text.box, room):
            yield Fault("R7", f"{_quoted(text)} is cut off")
    for text, other in combinations(words, 2):
        if _shrunk(text.box).overlaps(_shrunk(other.box)):
            yield Fault("R8", f"{_quoted(text)} and {_quoted(other)} overlap")


def check_under(words: Sequence[Words], seen: Sequence[Seen], paper: Colour) -> Iterator[Fault]:
    """R5: each text stands 4.5:1 from everything that lies under it."""
    areas = [mark for mark in seen if mark.role in AREAS and mark.fill is not None]
    for text in words:
        near = [mark for mark in areas if mark.box.overlaps(text.box)]
        under = {colour for point in _points(text.box) for colour in _at(point, near, paper)} if near else {paper}
        colours = {text.paper} if text.paper is not None else under
        least = min(contrast(text.colour, colour) for colour in colours)
        if least < APART:
            yield Fault("R5", f"{_quoted(text)} is {least:.2f}:1 on what lies under it; needed: {APART:g}:1")


def check_over(words: Sequence[Words], marks: Sequence[Seen]) -> Iterator[Fault]:
    """R8: no text lies across a line or a point, unless on paper of its own."""
    for text in (text for text in words if text.paper is None):
        box = _shrunk(text.box)
        if any(_crosses(mark, box) for mark in marks):
            yield Fault("R8", f"{_quoted(text)} lies across a mark")


def _quoted(text: Words) -> str:
    return repr(text.text.replace("\n", " ")[:40])


def _shrunk(box: Bbox) -> Bbox:
    """Return the box less the space that a font keeps around its letters."""
    margin = min(SHRINK, box.width / 4, box.height / 4)
    return box.padded(-margin)


def _points(box: Bbox) -> list[tuple[float, float]]:
    inner = _shrunk(box)
    return list(product(np.linspace(inner.x0, inner.x1, 7), np.linspace(inner.y0, inner.y1, 3)))


def _at(point: tuple[float, float], areas: Sequence[Seen], paper: Colour) -> set[Colour]:
    """Return the colours that lie at a point: of the topmost area there, or of the paper."""
    top = next((mark for mark in reversed(areas) if mark.covers(*point)), None)
    if top is None:
        return {paper}
    hatched = top.edge is not None and any(part.startswith("hatch") for part in top.second)
    return {top.fill, top.edge} if hatched else {top.fill}


def _crosses(mark: Seen, box: Bbox) -> bool:
    if mark.role == "line":
        return any(path.intersects_bbox(box, filled=False) for path in mark.paths)
    return mark.role == "point" and any(point.overlaps(box) for point in mark.boxes)
