"""What has always agreed in the figures of several months, categories, years and measures: somebody will notice it.

The catalogue doesn't say that the one must be the other, but whoever sees two series agree wherever both are printed
believes that they agree where one is hidden. The gate knows all numbers, so it finds what agrees throughout. Evidence
is counted in bits: what the agreements are worth (a large number agrees by chance more seldom than a small one) and
what words in common say, less what chance would find among all that could be compared.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from analysis.disclosure.cells import Fact
from analysis.disclosure.numbers import ABOVE, Numbers
from analysis.figures.model import Statistic
from analysis.measures.completion import MONTH
from analysis.measures.measure import Measure

LIKELY, STRONG = 4.0, 10.0  # bits left, from which on a relation is believed; and one that has failed now and then
SELDOM = 4  # one point in so many at which an equality may fail and be believed
POINTS = 3  # at which a sum of two or a bound must be seen
CLOSE = 5  # what is further off than this tells nothing of few people
NAMED = 10.0  # the most bits that names can say: they can mislead
HOLDING = ("bound", "part", "share", "sum")  # kinds of facts whose whole isn't less than a part
EMPTY = {"", "to", "and", "of", "or", "the", "in", "not", "known", "other", "with", "under", "over", "by", "recorded"}


class Series(NamedTuple):
    """One number of a measure, of all of it or of one category; the part of a share or its base."""

    measure: str
    role: str
    dimension: str = ""
    category: str = ""

    def __str__(self) -> str:
        part = "/".join(filter(None, (self.measure, self.dimension, self.category)))
        return part if self.role == ABOVE else f"base of {part}"


class Grid(NamedTuple):
    """Series beside each other: the cells of each by its point, their values, NaN where there is none, and the bits of
    the words that each two names have in common."""

    series: list[Series]
    cells: list[dict[int, str]]
    values: np.ndarray
    words: np.ndarray


@dataclass(frozen=True)
class Mined:
    """A relation that is believed: in words, between which measures, at how many points it held and failed, the bits of
    evidence left, and the facts that follow from it."""

    words: str
    measures: frozenset[str]
    held: int
    failed: int
    bits: float
    facts: tuple[Fact, ...]


def mine(grids: Mapping[str, Grid], measures: Mapping[str, Measure]) -> list[Mined]:
    """Return what holds throughout among the numbers of the grids that aren't known to be the same."""
    found = []
    for dimension, grid in ((name, grid) for name, grid in grids.items() if len(grid.series) > 1):
        found += find_equal(grid)
        if dimension:
            found += [*find_sums(grid), *find_bounds(grid)]
        if dimension == MONTH:
            found += find_flows(grid, measures)
    return found


def make_grids(statistics: Sequence[Statistic], numbers: Numbers) -> dict[str, Grid]:
    """Return the series of each dimension at its categories and times, and under "" every category's own over time."""
    lines: dict[str, dict[Series, dict[tuple, str]]] = defaultdict(lambda: defaultdict(dict))
    for s in statistics:
        for role, id in numbers.views.get(s.statistic_id, {}).items():
            when = (s.category if s.dimension == MONTH else s.offset, s.part, s.geography)
            if s.dimension:
                point = when if s.dimension == MONTH else (s.category, *when)
                lines[s.dimension][Series(s.indicator, role, s.dimension)][point] = id
            if s.dimension != MONTH:
                lines[""][Series(s.indicator, role, s.dimension, s.category)][when] = id
    return {dimension: _make_grid(found, numbers.truth) for dimension, found in lines.items()}


def _make_grid(lines: Mapping[Series, Mapping[tuple, str]], truth: Mapping[str, float]) -> Grid:
    """Return the grid, without series that are the same cells as one before."""
    alone = {tuple(sorted(cells.items(), key=str)): name for name, cells in reversed(lines.items()) if len(cells) > 1}
    names = sorted(alone.values())
    column = {point: place for place, point in enumerate(sorted({p for name in names for p in lines[name]}, key=str))}
    cells = [{column[point]: id for point, id in lines[name].items()} for name in names]
    values = np.full((len(names), len(column)), np.nan)
    for row, line in enumerate(cells):
        values[row, list(line)] = [truth[id] for id in line.values()]
    return Grid(names, cells, values, _share_words(names))


def _weigh(values: np.ndarray) -> np.ndarray:
    """Return the bits that an agreement on each value is worth."""
    return np.log2(1 + np.nan_to_num(values))


def _add_up(bits: np.ndarray, where: np.ndarray) -> np.ndarray:
    """Return for each row the sum of the bits that stand where they count."""
    return np.einsum("ij,ij->i", where, bits)


def _pay(grid: Grid, series: float) -> float:
    """Return the bits that chance costs where so many series were tried with each other."""
    return series * np.log2(max(2, len(grid.series)))


def _share_words(series: Sequence[Series]) -> np.ndarray:
    """Return for each pair of series the bits of the words in both their names; rare words count for more."""
    names = [set(re.split(r"[^a-z0-9]+", f"{n.measure}_{n.category}".lower())) - EMPTY for n in series]
    place = {word: number for number, word in enumerate(sorted(set().union(*names)))}
    has = np.zeros((len(names), len(place)))
    for row, name in enumerate(names):
        has[row, [place[word] for word in name]] = 1
    rare = np.log2(len(names) / np.maximum(has.sum(0), 1))
    return np.minimum((has * rare) @ has.T, NAMED)


def _weigh_pairs(grid: Grid) -> Callable[[int, np.ndarray], np.ndarray]:
    """Return what gives the bits of evidence that one series is each other, by where they are the same."""
    worth, cost = _weigh(grid.values), _pay(grid, 1.5)
    return lambda one, same: _add_up(worth, same) + grid.words[one] - cost


def find_equal(grid: Grid) -> Iterator[Mined]:
    """Give the pairs of series that are equal wherever both are counted, or nearly everywhere."""
    weigh = _weigh_pairs(grid)
    for one, line in enumerate(grid.values):
        both = ~np.isnan(grid.values) & ~np.isnan(line)
        same = both & (grid.values == line)
        failed, points = both.sum(1) - same.sum(1), both.sum(1)
        bits = weigh(one, same)
        held = (bits >= np.where(failed, STRONG, LIKELY)) & (points > 1) & (failed * SELDOM <= points)
        for other in np.flatnonzero(held):
            if other > one:
                yield from _tell(grid, "sum", (one, int(other)), "is", float(bits[other]), int(failed[other]))


def find_apparent(
    grids: Iterable[Grid], hidden: Collection[str], dismissed: Collection[frozenset[str]] = ()
) -> set[str]:
    """Return the numbers printed of series that seem to be another one: equal wherever both are printed, though not
    where the other alone is. A reader who takes them for one would find, or think that he finds, what is hidden."""
    apart: set[str] = set()
    for grid in (grid for grid in grids if len(grid.series) > 1):
        shown = np.zeros(grid.values.shape, dtype=bool)
        for row, line in enumerate(grid.cells):
            shown[row, [place for place, id in line.items() if id not in hidden]] = True
        weigh, held = _weigh_pairs(grid), ~np.isnan(grid.values)
        for one in np.flatnonzero((held & ~shown).any(1) & (held & shown).any(1)):
            told = held & held[one] & shown
            both, alone = told & shown[one], (told & ~shown[one]).any(1)
            same = both & (grid.values == grid.values[one])
            alike = np.flatnonzero(alone & (same == both).all(1) & (both.sum(1) > 1) & (weigh(one, same) >= LIKELY))
            if any(frozenset({grid.series[row].measure for row in (one, other)}) not in dismissed for other in alike):
                apart |= {id for place, id in grid.cells[one].items() if shown[one, place]}
    return apart


def find_sums(grid: Grid) -> Iterator[Mined]:
    """Give the series that are two others together."""
    worth, cost = _weigh(grid.values), _pay(grid, 2.5)
    for whole, line in enumerate(grid.values):
        left = line - grid.values
        left[(left < 0).any(1)] = np.nan
        for one in np.flatnonzero((~np.isnan(left)).sum(1) >= POINTS):
            rest = left[one]
            both = ~np.isnan(rest) & ~np.isnan(grid.values)
            least = np.minimum(worth, worth[one])
            bits = _add_up(least, both) - cost
            held = (bits >= LIKELY) & ((both & (least > 0)).sum(1) >= POINTS) & ~(both & (grid.values != rest)).any(1)
            for other in np.flatnonzero(held):
                if one < other and whole not in (one, other):
                    yield from _tell(grid, "sum", (whole, int(one), int(other)), "is", float(bits[other]))


def find_bounds(grid: Grid) -> Iterator[Mined]:
    """Give the series that never exceed another and aren't it, where they would have, had their points been matched by
    chance."""
    cost = _pay(grid, 2)
    for high, top in enumerate(grid.values):
        told = ~np.isnan(grid.values) & ~np.isnan(top)
        never = ~(grid.values > top).any(1) & (grid.values < top).any(1)
        for low in np.flatnonzero((told.sum(1) > POINTS) & never):
            line, both = grid.values[low], told[low]
            bits = -np.log2((line[both][:, None] <= top[both]).mean(1)).sum() - cost
            if bits >= LIKELY:
                yield from _tell(grid, "bound", (high, int(low)), "is never less than", float(bits))


def find_flows(grid: Grid, measures: Mapping[str, Measure]) -> Iterator[Mined]:
    """Give the stocks that grow by one series and shrink by another from month to month."""
    cost = _pay(grid, 3)
    steps = {row: np.diff(grid.values[row]) for row, name in enumerate(grid.series) if measures[name.measure].stock}
    flows = [row for row, name in enumerate(grid.series) if not measures[name.measure].stock]
    after, worth = grid.values[:, 1:], _weigh(grid.values[:, 1:])
    for stock, step in steps.items():
        for came in flows:
            went = after[came] - step
            both = ~np.isnan(went) & ~np.isnan(after)
            bits = _add_up(worth, both) - cost
            held = (bits >= LIKELY) & ~(both & (after != went)).any(1)
            for left in set(np.flatnonzero(held)) & set(flows) - {came}:
                yield _tell_flow(grid, (stock, came, int(left)), float(bits[left]))


def _tell(grid: Grid, kind: str, rows: Sequence[int], verb: str, bits: float, failed: int = 0) -> Iterator[Mined]:
    """Give a relation of some series with its facts at every point where they are different cells and close."""
    points = sorted(set.intersection(*(set(grid.cells[row]) for row in rows)))
    facts = []
    for point in points:
        whole, *parts = (grid.cells[row][point] for row in rows)
        first, *others = grid.values[list(rows), point]
        off = first - sum(others)
        if len({whole, *parts}) < len(rows) or abs(off) >= CLOSE:
            continue
        # Nobody knows by how much it fails where it does, but that one of the two isn't less.
        fails = kind == "sum" and off and len(parts) == 1
        more, less = (whole, parts[0]) if off > 0 else (parts[0], whole)
        facts.append(Fact("bound", more, (less,)) if fails else Fact(kind, whole, tuple(parts)))
    first, *others = (grid.series[row] for row in rows)
    if facts:
        names = frozenset(grid.series[row].measure for row in rows)
        words = f"{first} {verb} {' and '.join(map(str, others))}"
        yield Mined(words, names, len(points) - failed, failed, bits, tuple(facts))


def _tell_flow(grid: Grid, rows: tuple[int, int, int], bits: float) -> Mined:
    held, came, went = (grid.cells[row] for row in rows)
    points = sorted(point for point in held.keys() & came.keys() & went.keys() if point - 1 in held)
    facts = tuple(Fact("flow", held[p], (held[p - 1], came[p], went[p])) for p in points)
    names = [grid.series[row] for row in rows]
    words = f"{names[0]} grows by {names[1]} and shrinks by {names[2]}"
    return Mined(words, frozenset(name.measure for name in names), len(points), 0, bits, facts)


def leave(found: Sequence[Mined], known: Collection[Fact], dismissed: Collection[frozenset[str]]) -> list[Mined]:
    """Return the mined relations without those between dismissed measures and without facts that are known, or follow
    from one alone: a base isn't less than what it is the base of."""
    told = {_say(fact) for fact in known}
    told |= {("bound", fact.whole, part) for fact in known for part in fact.parts if fact.kind in HOLDING}
    left = []
    for one in (one for one in found if one.measures not in dismissed):
        fresh = tuple(fact for fact in one.facts if _say(fact) not in told)
        told |= {_say(fact) for fact in fresh}
        left += [replace(one, facts=fresh)] if fresh else []
    return left


def _say(fact: Fact) -> tuple:
    """Return what a fact says, in whatever order it names what is equal."""
    if fact.kind == "sum":
        return (
            ("sum", frozenset((fact.whole, *fact.parts)))
            if len(fact.parts) == 1
            else ("sum", fact.whole, frozenset(fact.parts))
        )
    return (fact.kind, fact.whole, *fact.parts)
