"""What is counted twice: categories of different splits and measures that hold the same rows of the records.

No record of the catalogue says so and few years can show it in numbers, but whoever knows the field knows it: a child
placed with parents is one whose provider is the parents. The gate sees the rows. Evidence is counted in bits: of how
many choices of so many rows this is one, less what chance would find among all that could be compared.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from math import lgamma, log, log2
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from analysis.counting.members import Members
from analysis.disclosure.cells import Fact
from analysis.disclosure.mining import CLOSE, LIKELY, Mined, Series
from analysis.disclosure.numbers import Numbers
from analysis.figures.model import Statistic
from analysis.measures.completion import MONTH

FEW = 10  # the highest threshold that a policy of those that ship has
Points = dict[Series, dict[tuple, str]]  # the cell of each series at each time and place


class Shared(NamedTuple):
    """Rows in common: those of one series are those of others together, or (`bound`) are among those of another."""

    kind: str
    whole: Series
    parts: tuple[Series, ...]
    bits: float


def find_alike(members: Sequence[Members], statistics: Sequence[Statistic], numbers: Numbers) -> list[Mined]:
    """Return what the rows show to be the same, or to be among others, where the numbers of no year are against it."""
    points, few = _list_points(statistics, numbers), _list_few(statistics, numbers)
    by_key = defaultdict(list)
    for one in (one for one in members if one.names):
        by_key[one.key].append(one)
    shared = dict.fromkeys(found for alike in by_key.values() for found in _compare_all(alike, few))
    told = (_tell(one, points, numbers) for one in shared)
    return [one for one in told if one and one.facts]


def _list_points(statistics: Sequence[Statistic], numbers: Numbers) -> Points:
    points: Points = defaultdict(dict)
    for s in statistics:
        for role, id in numbers.views.get(s.statistic_id, {}).items() if s.dimension != MONTH else ():
            points[Series(s.indicator, role, s.dimension, s.category)][s.offset, s.part, s.geography] = id
    return points


def _list_few(statistics: Sequence[Statistic], numbers: Numbers) -> set[str]:
    """Return the measures of which some number counts few, or leaves few out: what hides anything is among them."""
    sides = {
        s.statistic_id: [numbers.truth[id] for id in numbers.views.get(s.statistic_id, {}).values()] for s in statistics
    }
    told = {id: (*values, max(values) - min(values)) for id, values in sides.items() if values}
    return {s.indicator for s in statistics if any(0 < n < FEW for n in told.get(s.statistic_id, ()))}


def _compare_all(members: Sequence[Members], few: Collection[str]) -> Iterator[Shared]:
    """Give the categories that hold the same rows as one or several of another way of counting rows of one key, and
    those that lie within one of it, where one of the two measures counts few."""
    names = [Series(one.measure, one.role, one.dimension, name) for one in members for name in one.names]
    many = [len(one.names) for one in members]
    first, way = np.cumsum([0, *many])[:-1], np.repeat(np.arange(len(members)), many)
    found, ids = pd.factorize(np.concatenate([one.ids for one in members]))
    at = np.concatenate([one.codes + start for one, start in zip(members, first, strict=True)])
    rows = csr_array((np.ones(len(at), dtype=int), (at, found)), (len(names), len(ids)))
    size, met = rows.sum(1), (rows @ rows.T).toarray()  # the rows of each category, and those that each two share
    inside, chance = met > 0, log2(max(2, len(names) ** 2 / 2))
    several = np.add.reduceat(inside, first, axis=1, dtype=int)
    covered = np.add.reduceat(met, first, axis=1) == size[:, None]  # by the categories of a way, each row by one
    alone = several + ~covered == 1  # lies within one category of a way, or is out of all
    strays = np.add.reduceat(inside & ~alone.T[way], first, axis=1, dtype=int) > 0
    apart = np.array([[_is_apart(one, other, few) for other in members] for one in members])[way]
    for one, other in np.argwhere(apart & covered & (several > 0)):
        parts = first[other] + np.flatnonzero(inside[one, way == other])
        bits = size[one] * log2(len(ids) / size[parts[0]]) - chance
        if len(parts) == 1 and size[one] < size[parts[0]] and bits >= LIKELY:
            yield Shared("bound", names[parts[0]], (names[one],), bits)
        bits = _count_choices(len(ids), size[one]) - chance
        if not strays[one, other] and bits >= LIKELY and (len(parts) > 1 or way[one] > other):
            every = np.flatnonzero(way == other)  # those that nobody is in too
            parts = every if len(parts) == (size[every] > 0).sum() > 1 else parts
            yield Shared("sum", names[one], tuple(names[part] for part in parts), bits)


def _is_apart(one: Members, other: Members, few: Collection[str]) -> bool:
    two = (one.measure, one.dimension) != (other.measure, other.dimension)
    return two and (one.measure in few or other.measure in few)


def _count_choices(total: int, some: int) -> float:
    """Return the bits that a choice of some of a total is worth."""
    return (lgamma(total + 1) - lgamma(some + 1) - lgamma(total - some + 1)) / log(2)


def _tell(shared: Shared, points: Points, numbers: Numbers) -> Mined | None:
    """Return what is shared with its facts at every time where they are different cells, None where a time's numbers
    say otherwise."""
    names = (shared.whole, *shared.parts)
    times = sorted(set.intersection(*(set(points.get(name, ())) for name in names)), key=str)
    facts = []
    for time in times:
        whole, *parts = (points[name][time] for name in names)
        rest = numbers.truth[whole] - sum(numbers.truth[part] for part in parts)
        if rest < 0 or (rest and shared.kind == "sum"):
            return None
        if len({whole, *parts}) == len(names) and rest < CLOSE:
            facts.append(Fact(shared.kind, whole, tuple(parts)))
    verb = "holds the same rows as" if shared.kind == "sum" else "holds the rows of"
    words = f"{shared.whole} {verb} {' and '.join(map(str, shared.parts))}"
    return Mined(words, frozenset(name.measure for name in names), len(times), 0, shared.bits, tuple(facts))
