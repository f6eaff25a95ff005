"""Series beside series: the cells of one dimension as rows of numbers that can be compared at the same points."""

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from analysis.attacker.cells import Book, Cell

Rows = dict[str, dict["Series", dict[tuple[str, ...], Cell]]]


class Series(NamedTuple):
    """A row of a grid: one measure, and which of its numbers."""

    indicator: str
    kind: str
    role: str
    dimension: str = ""
    category: str = ""

    def __str__(self) -> str:
        part = f" / {self.dimension}" if self.dimension else ""
        part += f": {self.category}" if self.category else ""
        return f"{self.indicator}{part} {self.kind}" + ("" if self.role == "value" else f" ({self.role})")


class Grid(NamedTuple):
    """Rows are series, columns are points (category, date, place); `known` is NaN where nothing is printed."""

    series: list[Series]
    points: list[tuple[str, ...]]
    cells: list[dict[int, Cell]]
    known: np.ndarray

    def equals(self, other: "Grid") -> bool:
        return np.array_equal(self.known, other.known, equal_nan=True)

    def missing(self) -> np.ndarray:
        """The series that have a cell whose number isn't printed."""
        return np.array([np.isnan(self.known[row, list(cells)]).any() for row, cells in enumerate(self.cells)])


def make_grids(book: Book) -> dict[str, Grid]:
    """A grid a dimension, and under "" one of single figures, each category of a split a series of its own."""
    cells = sorted(book.cells())
    places = [cell.place for cell in cells]
    own = max(set(places), key=places.count, default="")
    rows: Rows = defaultdict(lambda: defaultdict(dict))
    for cell in cells:
        if cell.kind == "chart":
            if cell.dimension != "label":
                add(cell, cell._replace(place=own), rows)
            continue
        if cell.dimension:
            add(cell, cell, rows)
            whole = cell._replace(dimension="", category="")
            if whole in book.printed and cell.dimension != "month":
                rows[cell.dimension][Series(*cell[:3])][get_point(cell)] = whole
        if cell.dimension != "month":
            rows[""][Series(*cell[:5])][("", cell.end, cell.place)] = cell
    add_bars([cell for cell in cells if cell.kind == "chart" and cell.dimension == "label"], rows)
    return {dimension: make_grid(series, book.printed) for dimension, series in rows.items()}


def add(cell: Cell, like: Cell, rows: Rows) -> None:
    rows[cell.dimension][Series(*cell[:4])][get_point(like)] = cell


def get_point(cell: Cell) -> tuple[str, ...]:
    """Where a cell stands among those it is compared with. A month is a month, whatever day it is counted on."""
    return (cell.category, "" if cell.dimension == "month" else cell.end, cell.place)


def add_bars(bars: list[Cell], rows: Rows) -> None:
    """Bars of a chart beside the latest figures of the splits that share two categories with it or more."""
    for dimension in set(rows) - {"", "month"}:
        points = sorted({point for series in rows[dimension].values() for point in series}, key=lambda point: point[1])
        latest = {"-".join(point[0].lower().split()): point for point in points}
        for chart in {bar.indicator for bar in bars}:
            line = {latest[bar.category]: bar for bar in bars if bar.indicator == chart and bar.category in latest}
            if len(line) > 1:
                rows[dimension][Series(chart, "chart", "value", dimension)] = line


def make_grid(rows: dict[Series, dict[tuple[str, ...], Cell]], printed: dict[Cell, float]) -> Grid:
    points = sorted({point for cells in rows.values() for point in cells})
    column = {point: number for number, point in enumerate(points)}
    cells = [{column[point]: cell for point, cell in line.items()} for line in rows.values()]
    known = np.full((len(rows), len(points)), np.nan)
    for row, line in enumerate(cells):
        known[row, list(line)] = [printed.get(cell, np.nan) for cell in line.values()]
    return Grid(list(rows), points, cells, known)
