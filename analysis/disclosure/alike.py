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
    for one in members:
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
    """Give what each two ways of counting rows of one key have in common, where one of the two counts few."""
    found, ids = pd.factorize(np.concatenate([one.ids for one in members]))
    places = np.zeros((len(members), len(ids)), dtype=int)  # 0: not counted
    for place, one, at in zip(
        places, members, np.split(found, np.cumsum([len(one.ids) for one in members])), strict=False
    ):
        place[at] = one.codes + 1
    chance = log2(max(2, sum(len(one.names) for one in members) ** 2 / 2))
    for at, one in enumerate(members):
        for other in range(at):
            apart = (one.measure, one.dimension) != (members[other].measure, members[other].dimension)
            if apart and (one.measure in few or members[other].measure in few):
                sides = one, members[other]
                size = len(one.names) + 1, len(members[other].names) + 1
                met = np.bincount(places[at] * size[1] + places[other], minlength=size[0] * size[1]).reshape(size)
                yield from _compare(sides, met, len(ids), chance)


def _compare(sides: tuple[Members, Members], met: np.ndarray, total: int, chance: float) -> Iterator[Shared]:
    """Give the categories that hold the same rows as one or several of the other side, and those that lie within one.
    `met` counts the rows by their categories on both sides, first those of none."""
    for one, two, table in ((*sides, met), (*sides[::-1], met.T)):
        inside = table[1:] > 0
        alone = (table > 0).sum(0) == 1  # which of the other side's lie within one of these, or are out alone
        alone[0] = False
        several = inside.sum(1)
        filled = (table[:, 1:].sum(0) > 0).sum()
        for at in np.flatnonzero((several > 0) & ~(inside & ~alone).any(1)):
            parts = np.flatnonzero(inside[at]) - 1
            bits = _count_choices(total, int(table[at + 1].sum())) - chance
            if bits >= LIKELY and (len(parts) > 1 or one is sides[0]):
                parts = range(len(two.names)) if len(parts) == filled > 1 else parts  # those that nobody is in too
                yield Shared("sum", _name(one, at), tuple(_name(two, part) for part in parts), bits)
        for at in np.flatnonzero((several == 1) & ~inside[:, 0]):
            within = int(np.argmax(inside[at]))
            inner, outer = int(table[at + 1].sum()), int(table[:, within].sum())
            bits = inner * log2(total / outer) - chance
            if inner < outer and bits >= LIKELY:
                yield Shared("bound", _name(two, within - 1), (_name(one, at),), bits)


def _name(one: Members, place: int) -> Series:
    return Series(one.measure, one.role, one.dimension, one.names[place])


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
