"""Finds the bases and counts that weren't printed: those of which printed percentages make whole numbers."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

import numpy as np

from analysis.attacker.cells import EASE, Book, Cell, Relation, Rule, Share, equal, get_base
from analysis.attacker.grid import Grid
from analysis.attacker.mining import get_words


def weigh_bases(shares: Sequence[Share], bases: np.ndarray) -> np.ndarray:
    """Bits that speak for a base of each share, a column a share: how seldom a percentage drawn at random could be of
    it; nothing for none and all, minus infinity where the share can't be of it."""
    value, half, times = np.array(shares, dtype=float).T
    low, high = np.array([share.ends() for share in shares]).T
    bits = -np.log2(np.minimum(1.0, 2 * half / times * (bases + 1)))
    bits = np.where((value > 0) & (value < times), bits, 0.0)
    return np.where(np.floor(high * bases) < np.ceil(low * bases), -np.inf, bits)


def mine_common_bases(book: Book) -> Iterator[Rule]:
    """The one printed count of which every share of a split makes a whole number."""
    splits: dict[tuple, list[Cell]] = defaultdict(list)
    counts: dict[tuple, dict[float, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for cell in sorted(book.cells()):
        if cell[1:3] == ("percent", "numerator") and cell.dimension not in ("", "month"):
            splits[(cell.indicator, cell.dimension, cell.end, cell.place)].append(cell)
        if book.printed.get(cell, 0) >= 5 and cell.kind != "chart":
            counts[(cell.end, cell.place)][book.printed[cell]].append(cell)
    for (indicator, dimension, end, place), cells in splits.items():
        shares = {book.shares[cell] for cell in cells if cell in book.shares and get_base(cell) not in book.printed}
        value, bits = find_common_base(shares, counts[(end, place)]) if len(shares) > 2 else (0.0, -1.0)
        if bits >= 0:
            # Which of the figures that are as large it is tells the reader more, and nothing else depends on it.
            base = max(counts[(end, place)][value], key=lambda cell: len(get_words(str(cell)) & get_words(indicator)))
            words = f"all shares of {indicator} by {dimension} at {end} are of {value:g} ({base})"
            yield Rule(
                "base", words, len(shares), bits, tuple(equal((get_base(cell), 1), (base, -1)) for cell in cells)
            )


def find_common_base(shares: set[Share], values: Collection[float]) -> tuple[float, float]:
    """The likeliest base, and its bits: no more than three times its lead over the next."""
    bits = weigh_bases(sorted(shares), np.array([*values], dtype=float)[:, None]).sum(1) if values else []
    scores = list(zip(bits, values, strict=True))
    (best, base), (second, _) = sorted([*scores, *[(float("-inf"), 0.0)] * 2], reverse=True)[:2]
    return base, min(best - math.log2(len(values)), 3 * (best - second)) if base else float("-inf")


def mine_shares(grid: Grid, book: Book) -> Iterator[Rule]:
    """Series of which the shares of a row make whole numbers wherever both stand, as bases or as numerators."""
    for row, series in enumerate(grid.series):
        cells = {column: cell for column, cell in grid.cells[row].items() if cell in book.shares}
        bare = any(get_base(cell) not in book.printed for cell in cells.values())
        if series[1:3] == ("percent", "numerator") and bare and len(cells) > 1:
            others = [
                number
                for number, other in enumerate(grid.series)
                if other.kind in ("count", "mean", "median", "percent")
                and (other.indicator != series.indicator or other.kind == "count")
            ]
            yield from match_bases(grid, row, cells, others, book)
            yield from match_counts(grid, row, cells, others, book)


def match_bases(grid: Grid, row: int, cells: dict[int, Cell], others: list[int], book: Book) -> Iterator[Rule]:
    tests = math.log2(max(2, len(grid.series))) + 2
    for other in others:
        points = {(book.shares[cell], grid.known[other, c]) for c, cell in cells.items() if grid.known[other, c] > 0}
        shares, bases = zip(*points, strict=True) if points else ((), ())
        if len(points) > 1 and (bits := weigh_bases(shares, np.array(bases)).sum() - tests) >= 0:
            words = f"{grid.series[row]} are shares of {grid.series[other]}"
            yield Rule("base", words, len(points), bits, tie(grid, row, other, "denominator"))


def match_counts(grid: Grid, row: int, cells: dict[int, Cell], others: list[int], book: Book) -> Iterator[Rule]:
    """Pairs of series whose quotient is the percentage as printed: numerator and base under other names."""
    values = np.array([book.shares[cell].value for cell in cells.values()])
    halves = np.array([book.shares[cell].half for cell in cells.values()]) + EASE
    known = np.where(grid.known > 0, grid.known, np.nan)[np.ix_(others, list(cells))]
    error = abs(100 * known[None] / known[:, None] - values)
    fits = error <= halves
    counts = fits.sum(2)
    tests = 2 * math.log2(max(2, len(grid.series)))
    for base, above in np.argwhere((counts > 1) & (counts == np.isfinite(error).sum(2))):
        names = [grid.series[number] for number in (row, others[above], others[base])]
        points = set(zip(values[fits[base, above]], known[above, fits[base, above]], strict=True))
        bits = sum(min(9.0, math.log2(number / 2 + 1)) for _, number in points) - tests
        bits += 5 * (names[0].indicator == names[1].indicator)
        if bits >= 0 and len(points) > 1 and base != above:
            relations = tie(grid, row, others[above], "numerator") + tie(grid, row, others[base], "denominator")
            yield Rule("quotient", f"{names[0]} is {names[1]} over {names[2]}", len(points), float(bits), relations)


def tie(grid: Grid, row: int, other: int, role: str) -> tuple[Relation, ...]:
    """One side of the shares of a row equals another series, at every point that both have, hidden ones too."""
    return tuple(
        equal((cell._replace(role=role), 1), (grid.cells[other][column], -1))
        for column, cell in grid.cells[row].items()
        if column in grid.cells[other]
    )
