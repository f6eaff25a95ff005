"""How narrowly each hidden number can be bounded: linear programmes and, where a solution isn't whole, integer ones.

Each bound is a way the hidden numbers could really be. For the audit alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from time import process_time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, eye_array, hstack
from scipy.sparse.csgraph import connected_components

from analysis.disclosure.attacker import Knowledge

SLACK = 1e-6
SHAKES = 4  # random attacks before the aimed ones
TURNS = 40  # aimed attacks to find the very narrowest interval, when all are known to be safe
LEAST, PAUSE = 0.2, 5.0  # seconds for one programme


@dataclass
class Attack:
    """The attacker's system, and the widest ranges found so far."""

    rows: csr_array
    row_low: np.ndarray
    row_high: np.ndarray
    low: np.ndarray
    high: np.ndarray
    whole: np.ndarray
    truth: np.ndarray
    island: np.ndarray
    least: np.ndarray
    most: np.ndarray
    ceiling: float
    deadline: float = inf


def prepare(known: Knowledge) -> Attack:
    size = len(known.low)
    rows = _get_matrix(known, size)
    row_low, row_high = np.array([r[1] for r in known.rows]), np.array([r[2] for r in known.rows])
    truth = _reconcile(known, rows, row_low, row_high)
    at = rows @ truth
    exact = row_low == row_high
    row_low, row_high = (
        np.where(exact, at, np.minimum(row_low, at)),
        np.where(exact, at, np.maximum(row_high, at)),
    )
    finite = np.array([v for v in (*known.low, *known.high, *truth) if abs(v) < inf])
    ceiling = 4 * np.abs(finite).max(initial=1.0) + 1000
    low = np.maximum(np.minimum(known.low, truth), -ceiling)
    high = np.minimum(np.maximum(known.high, truth), ceiling)
    whole = np.array(known.whole, dtype=bool) & (np.abs(truth - np.round(truth)) < SLACK)
    island = _get_islands(rows, high - low > SLACK)
    return Attack(rows, row_low, row_high, low, high, whole, truth, island, truth.copy(), truth.copy(), ceiling)


def _get_matrix(known: Knowledge, size: int) -> csr_array:
    entries = [(line, node, value) for line, row in enumerate(known.rows) for node, value in row[0].items()]
    lines, nodes, values = zip(*entries, strict=True) if entries else ((), (), ())
    return csr_array((np.array(values, float), (lines, nodes)), shape=(len(known.rows), size))


def _reconcile(known: Knowledge, rows: csr_array, row_low: np.ndarray, row_high: np.ndarray) -> np.ndarray:
    """Return values nearest to fulfilling every row: printed figures do contradict each other.

    Rows that even these break are loosened just so far: the attacker is taken to know by how much they are off. What
    no chain of rows ties to a broken one stays as it is.
    """
    truth = np.array(known.truth, dtype=float)
    at = rows @ truth
    broken = (at < row_low - SLACK) | (at > row_high + SLACK)
    if not broken.any():
        return truth
    spread = np.array(known.spread)
    least, most = np.minimum(spread[:, 0], truth), np.maximum(spread[:, 1], truth)
    free = most - least > SLACK
    island = _get_islands(rows, free)
    nodes = np.flatnonzero(free & np.isin(island, island[np.unique(rows[np.flatnonzero(broken)].indices)]))
    if not len(nodes):
        return truth
    within, lines, rest = _cut_out(rows, nodes, truth)
    count = len(lines)
    elastic = hstack([within, eye_array(count), -eye_array(count)]).tocsr()
    found = milp(
        np.concatenate([np.zeros(len(nodes)), np.ones(2 * count)]),
        bounds=Bounds(np.append(least[nodes], np.zeros(2 * count)), np.append(most[nodes], np.full(2 * count, inf))),
        constraints=LinearConstraint(elastic, row_low[lines] - rest, row_high[lines] - rest),
    )
    if found.x is not None:
        truth[nodes] = found.x[: len(nodes)]
    return truth


def _cut_out(rows: csr_array, nodes: np.ndarray, values: np.ndarray) -> tuple[csr_array, np.ndarray, np.ndarray]:
    """Return the rows that some unknowns are in, of these alone; which rows they are; what all others' values add."""
    columns = rows[:, nodes]
    lines = np.flatnonzero(np.diff(columns.indptr))
    others = values.copy()
    others[nodes] = 0.0
    return columns[lines], lines, (rows @ others)[lines]


def _get_islands(rows: csr_array, unknown: np.ndarray) -> np.ndarray:
    """Return for each unknown the number of the group that rows tie together through other unknowns."""
    entries = rows.tocoo()
    kept = unknown[entries.col]
    ends = entries.row[kept] + len(unknown), entries.col[kept]
    side = len(unknown) + rows.shape[0]
    graph = coo_array((np.ones(kept.sum()), ends), shape=(side, side))
    return connected_components(graph, directed=False)[1][: len(unknown)]


def run(attack: Attack, known: Knowledge) -> set[int]:
    """Bound targets, the least certain of each island first, until none left can be the narrowest.

    Returns the unknowns that no time was left for. Finding the very narrowest is given up after some turns.
    """
    need = _get_needs(known)
    unsolved, narrowest, turns = set(need), {}, 0
    _shake(attack, sorted(need))
    while picked := _pick(attack, need, unsolved, narrowest, precise=turns < TURNS):
        unsafe = {one for one in unsolved if get_width(attack, one) < need[one] - SLACK}
        if process_time() > attack.deadline:
            return unsafe
        turns += not unsafe
        for sign in (1.0, -1.0):
            _push(attack, picked, sign)
        for one in picked:
            unsolved.discard(one)
            island = attack.island[one]
            narrowest[island] = min(narrowest.get(island, inf), get_width(attack, one))
    return set()


def _shake(attack: Attack, targets: list[int]) -> None:
    """Push all targets at once, up or down at random: most of them prove wide enough so."""
    random = np.random.default_rng(len(targets))
    within = np.isin(attack.island, attack.island[targets]) & (attack.high - attack.low > SLACK)
    for _ in range(SHAKES if len(targets) > SHAKES else 0):
        push = np.zeros(len(attack.low))
        push[targets] = random.uniform(-1, 1, len(targets))
        for way in (push, -push):
            point = _solve(attack, within, way, whole=False)
            torn = np.isin(attack.island, attack.island[_find_broken(attack, within, point)])
            _note(attack, np.where(torn, attack.truth, point))


def _find_broken(attack: Attack, within: np.ndarray, point: np.ndarray) -> np.ndarray:
    """Return which numbers of people aren't whole at a point."""
    return attack.whole & within & (np.abs(point - np.round(point)) > SLACK)


def _note(attack: Attack, point: np.ndarray) -> None:
    """Widen the ranges found by a point."""
    point = np.where(attack.whole, np.round(point), point)
    attack.least, attack.most = np.minimum(attack.least, point), np.maximum(attack.most, point)


def _get_needs(known: Knowledge) -> dict[int, float]:
    """Return the width that each attacked unknown must keep."""
    need: dict[int, float] = {}
    for target in known.targets:
        need[target.unknown] = max(need.get(target.unknown, 0.0), target.need)
    return need


def get_width(attack: Attack, one: int) -> float:
    return float(attack.most[one] - attack.least[one])


def _pick(
    attack: Attack, need: Mapping[int, float], unsolved: set[int], narrowest: Mapping[int, float], *, precise: bool
) -> list[int]:
    """Return the least certain target of each island, where it may be unsafe or (to be precise) the narrowest."""
    first: dict[int, int] = {}
    for one in sorted(unsolved):
        island = attack.island[one]
        if island not in first or get_width(attack, one) < get_width(attack, first[island]):
            first[island] = one
    return [
        one
        for island, one in first.items()
        if get_width(attack, one) < max(need[one] - SLACK, narrowest.get(island, inf) if precise else 0)
    ]


def _push(attack: Attack, targets: list[int], sign: float) -> None:
    """Find points where the targets are least (sign 1) or most (-1), and widen the ranges found by them."""
    within = np.isin(attack.island, attack.island[targets]) & (attack.high - attack.low > SLACK)
    push = np.zeros(len(attack.low))
    push[targets] = sign
    point = _solve(attack, within, push, whole=False)
    torn = set(attack.island[_find_broken(attack, within, point)])
    for island in {attack.island[one] for one in targets} & torn:
        alone = within & (attack.island == island)
        point[alone] = _solve(attack, alone, push, whole=True)[alone]
    _note(attack, point)


def _solve(attack: Attack, within: np.ndarray, push: np.ndarray, *, whole: bool) -> np.ndarray:
    """Return the point that the programme over the unknowns `within` finds; the true one where it finds none."""
    nodes = np.flatnonzero(within)
    point = attack.truth.copy()
    if not len(nodes):
        return point
    rows, lines, known = _cut_out(attack.rows, nodes, attack.low)
    limits = LinearConstraint(rows, attack.row_low[lines] - known, attack.row_high[lines] - known)
    found = milp(
        push[nodes],
        integrality=attack.whole[nodes] if whole else None,
        bounds=Bounds(attack.low[nodes], attack.high[nodes]),
        constraints=limits if len(lines) else None,
        options={"time_limit": min(max(attack.deadline - process_time(), LEAST), PAUSE)},
    )
    if found.x is not None:
        point[nodes] = found.x
    return point
