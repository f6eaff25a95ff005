"""Finds what has always agreed: series that are equal, add up, or stay below another, wherever all are printed."""

import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import numpy as np
from scipy.sparse import csr_array

from analysis.attacker.cells import Rule, at_most, equal
from analysis.attacker.grid import Grid, Series

NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "nine": "9", "twelve": "12"}
EMPTY = {"to", "and", "of", "or", "the", "in", "not", "known", "other", "with", "under", "over", "by"}
NEAR = 8.0  # bits asked of an equality between measures that are tied already, for all the pairs of their categories
FAR = 1e7  # above every number of people: what is counted at one point is never taken for another's
NAMES = 10.0  # the most that names can say: they can mislead


def mine(grids: dict[str, Grid]) -> Iterator[Rule]:
    """All rules that hold throughout, each with the relations that it makes where something isn't printed."""
    for dimension, grid in grids.items():
        if not grid.missing().any():
            continue
        names = Names(grid.series)
        yield from mine_equal(grid, names)
        if dimension:
            yield from mine_sums(grid, names)
            yield from mine_bounds(grid, names)
        if dimension == "month":
            yield from mine_flows(grid)


@cache
def get_words(text: str) -> frozenset[str]:
    words = set(re.findall(r"[a-z0-9]+", text.lower())) - EMPTY
    return frozenset(NUMBERS.get(word, word).removesuffix("s") for word in words)


class Names:
    """How much names say that they speak of the same thing: rare words count for more."""

    def __init__(self, series: list[Series]):
        self.series = series
        self.words = [get_words(f"{one.indicator} {one.category}") for one in series]
        count = Counter(word for words in self.words for word in words)
        self.bits = {word: math.log2(len(series) / times) for word, times in count.items()}

    def shared(self, *rows: int) -> float:
        """Bits of the words that all share. Where there are categories, these must speak."""
        words = frozenset.intersection(*(self.words[row] for row in rows))
        categories = [self.series[row].category for row in rows if self.series[row].category]
        if len(categories) > len(set(categories)):
            return 0.0  # alike by name in another split: were they the same, the whole splits would be
        if categories:
            words &= frozenset.union(*map(get_words, categories))
        return min(NAMES, sum(self.bits[word] for word in words))


def weigh(values: np.ndarray) -> np.ndarray:
    """Bits that an agreement on each value is worth: a large number agrees by chance more seldom than a small one."""
    return np.log2(1 + np.abs(values))


def get_tests(rows: int, series: float) -> float:
    """Bits that chance costs where so many series were tried with each other."""
    return series * math.log2(max(2, rows))


class Lines:
    """Known series, indexed by their points and values so that others are quickly compared with them."""

    def __init__(self, known: np.ndarray):
        present = ~np.isnan(known)
        self.present = np.packbits(present, axis=1)
        self.keys = np.append(np.unique(get_keys(known)[present]), np.inf)  # never empty
        self.marks = self.mark(known, np.ones_like(known))

    def mark(self, lines: np.ndarray, worth: np.ndarray) -> csr_array:
        """A row a series, a column each value that some known series has at some point."""
        keys = get_keys(lines)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        rows, columns = np.nonzero(self.keys[places] == keys)
        return csr_array((worth[rows, columns], (rows, places[rows, columns])), (len(lines), len(self.keys)))

    def compare(self, targets: np.ndarray) -> Iterator[tuple[int, int, float]]:
        """Pairs of a known series and a target that agree wherever both stand, with the bits of it."""
        found = (self.marks @ self.mark(targets, weigh(targets) + 1j).T).tocoo()
        bits = found.data.real
        likely = np.flatnonzero(bits >= 1)
        rows, columns, bits, agreed = (one[likely] for one in (found.row, found.col, bits, found.data.imag))
        both = self.present[rows] & np.packbits(~np.isnan(targets), axis=1)[columns]
        hits = np.flatnonzero(agreed == np.bitwise_count(both).sum(1))
        hits = hits[np.lexsort((columns[hits], rows[hits]))]
        yield from zip(rows[hits].tolist(), columns[hits].tolist(), bits[hits].tolist(), strict=True)


def get_keys(lines: np.ndarray) -> np.ndarray:
    """A number for each value at each point; NaN where there is none."""
    return lines + FAR * np.arange(lines.shape[1])


def mine_equal(grid: Grid, names: Names) -> Iterator[Rule]:
    """Series that are equal. Among measures that a strong equality ties already, less evidence is asked for."""
    found = Lines(grid.known).compare(grid.known)
    found = ((a, b, bits) for a, b, bits in found if a < b and not is_own_part(grid, a, b))
    pairs = [(a, b, bits + names.shared(a, b)) for a, b, bits in found]
    tests = get_tests(len(grid.series), 1.5)
    measures = [one.indicator for one in grid.series]
    linked = {frozenset((measures[a], measures[b])) for a, b, bits in pairs if bits >= tests + 10}
    missing = grid.missing()
    wholes = {one: row for row, one in enumerate(grid.series) if not one.category}
    for a, b, bits in pairs:
        near = measures[a] == measures[b] or frozenset((measures[a], measures[b])) in linked
        left = bits - (min(NEAR, tests) if near else tests)
        if left >= 0 and (missing[a] or missing[b]) and not is_vague(grid, a, b, wholes):
            yield make_rule(grid, "same", "=", (a, b), (1, -1), left)


def is_own_part(grid: Grid, a: int, b: int) -> bool:
    """Two numbers of one measure of which one holds the other: equal while the rest is nothing."""
    one, other = grid.series[a], grid.series[b]
    return one[:2] == other[:2] and (one.role != other.role or not one.dimension or not other.dimension)


def is_vague(grid: Grid, a: int, b: int, wholes: dict[Series, int]) -> bool:
    return is_whole_as_good(grid, a, b, wholes) or is_whole_as_good(grid, b, a, wholes)


def is_whole_as_good(grid: Grid, part: int, other: int, wholes: dict[Series, int]) -> bool:
    """Whether the whole of a part has equalled the other series as often: then nothing speaks for the part."""
    whole = wholes.get(grid.series[part]._replace(dimension="", category=""))
    if whole is None or whole == other or not grid.series[part].category:
        return False
    return not (abs(grid.known[whole] - grid.known[other])[~np.isnan(grid.known[part])] > 0).any()


def mine_sums(grid: Grid, names: Names) -> Iterator[Rule]:
    """Wholes of two series: whole - part = part, where all three are printed at three points or more."""
    missing = grid.missing()
    tests, lines = get_tests(len(grid.series), 2.5), Lines(grid.known)
    for whole in np.flatnonzero((~np.isnan(grid.known)).sum(1) > 2):
        left = grid.known[whole] - grid.known
        rests = np.flatnonzero(~(left < 0).any(1) & ((~np.isnan(left)).sum(1) > 2))
        for part, rest, bits in lines.compare(left[rests]):
            trio = (int(whole), part, other := int(rests[rest]))
            if part < other and whole not in (part, other) and missing[list(trio)].any():
                least, count = weigh_parts(grid.known[list(trio)])
                bits = min(bits, least) + names.shared(*trio) - tests
                if count > 2 and bits >= 0:
                    yield make_rule(grid, "sum", "is the sum of", trio, (1, -1, -1), bits)


def weigh_parts(lines: np.ndarray) -> tuple[float, int]:
    """Bits of the smaller part, and how often all are printed: a part that is nothing throughout makes no sum."""
    use = ~np.isnan(lines).any(0) & (np.nan_to_num(lines) > 0).all(0)
    return float(weigh(lines[1:, use]).min(0).sum()), int(use.sum())


def mine_flows(grid: Grid) -> Iterator[Rule]:
    """What stands at a month's end is what stood a month before, more those who came and fewer those who went."""
    missing, tests = grid.missing(), get_tests(len(grid.series), 3)
    one_place, lines = len({point[2] for point in grid.points}) == 1, Lines(grid.known[:, 1:])
    for stock in range(len(grid.series)) if one_place else ():
        step = np.diff(grid.known[stock])
        if (step < 0).any():
            for went, came, bits in lines.compare(grid.known[:, 1:] - step):
                rows = (stock, came, went)
                if len(set(rows)) == 3 and missing[list(rows)].any() and bits >= tests:
                    yield make_flow(grid, *rows, bits - tests)


def make_flow(grid: Grid, stock: int, came: int, went: int, bits: float) -> Rule:
    held, enter, leave = (grid.cells[row] for row in (stock, came, went))
    relations = tuple(
        equal((held[column], 1), (held[column - 1], -1), (enter[column], -1), (leave[column], 1))
        for column in held.keys() & enter.keys() & leave.keys()
        if column - 1 in held
    )
    words = f"{grid.series[stock]} grows by {grid.series[came]} and shrinks by {grid.series[went]}"
    return Rule("stock and flow", words, len(relations), bits, relations)


def mine_bounds(grid: Grid, names: Names) -> Iterator[Rule]:
    """One series that never exceeds another, where it would have, had its points been matched by chance."""
    missing, tests = grid.missing(), get_tests(len(grid.series), 2)
    for low, line in enumerate(grid.known):
        never = ~(line > grid.known).any(1) & (missing | missing[low])
        for high in np.flatnonzero(never & ((~np.isnan(line) & ~np.isnan(grid.known)).sum(1) > 5)):
            bits = weigh_bound(line, grid.known[high]) + names.shared(low, high) - tests
            if low != high and bits >= 0:
                yield make_rule(grid, "bound", "never exceeds", (low, high), (1, -1), bits)


def weigh_bound(low: np.ndarray, high: np.ndarray) -> float:
    both = ~np.isnan(low) & ~np.isnan(high)
    return -np.log2((low[both][:, None] <= high[both]).mean(1)).sum()


def make_rule(grid: Grid, kind: str, verb: str, rows: tuple, signs: tuple, bits: float) -> Rule:
    """The relation of some series at each point where they all have a cell and one of these isn't printed."""
    gaps = np.isnan(grid.known[list(rows)]).any(0)
    columns = set.intersection(*(set(grid.cells[row]) for row in rows))
    make = at_most if kind == "bound" else equal
    relations = {}
    for column in sorted(column for column in columns if gaps[column]):
        terms = tuple((grid.cells[row][column], sign) for row, sign in zip(rows, signs, strict=True))
        # A whole beside itself says nothing, and a whole beside all its parts the same thing many times.
        if len(dict(terms)) == len(terms):
            relations[make(*terms)] = None
    first, *others = (str(grid.series[row]) for row in rows)
    words = f"{first} {verb} {' and '.join(others)}"
    return Rule(kind, words, int((~gaps).sum()), float(bits), tuple(relations))
