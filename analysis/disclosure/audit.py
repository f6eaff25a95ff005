"""The audit: an attacker with everything printed works out how narrowly each hidden number can be bounded.

Bounds come from linear programmes; where a solution isn't whole, from integer ones. Each bound is a way the
hidden numbers could really be, so a width that is reported is one that no reader can rule out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from time import process_time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, eye_array, hstack
from scipy.sparse.csgraph import connected_components

from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.knowledge import Knowledge, gather
from analysis.disclosure.policy import Policy

SLACK = 1e-6
SHAKES = 4  # random attacks before the aimed ones
TURNS = 40  # aimed attacks to find the very narrowest interval, when all are known to be safe
LEAST, PAUSE = 0.2, 5.0  # seconds for one programme


@dataclass(frozen=True)
class Audit:
    """Whether every hidden number survives the attack.

    `exposed`: the cells that don't, each with its narrowest feasible interval. `narrowest`: the smallest width
    found (inf: no hidden number has a ceiling; None: nothing to attack). `intervals`: for each cell attacked an
    interval that is feasible, all of it for the narrowest of each linked group, perhaps not all for the others.
    `counts`: hidden, attacked, exposed, unfinished. Intervals hold values: for the analyst's eyes only.
    """

    passed: bool
    exposed: Mapping[str, tuple[float, float]]
    narrowest: float | None
    intervals: Mapping[str, tuple[float, float]]
    counts: Mapping[str, int]


@dataclass
class _Attack:
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


def audit(
    cells: Sequence[Cell],
    facts: Sequence[Fact],
    policy: Policy,
    hidden: Collection[str],
    *,
    low: Collection[str] = (),
    released: Mapping[str, float] = {},  # noqa: B006 - never changed
    seconds: float = 120,
) -> Audit:
    """Return what an attacker can find of a release that prints every cell but the `hidden`.

    Those of the hidden that the release calls `low` need only keep every value from the least to the threshold.
    `released` holds what earlier releases printed, by cell id. An attack that isn't done after `seconds` fails
    the audit: what isn't proved safe isn't safe.
    """
    known = gather(cells, facts, policy, hidden, low, released)
    attack = _prepare(known)
    attack.deadline = process_time() + seconds
    unfinished = _run(attack, known)
    return _report(attack, known, set(hidden) & {cell.id for cell in cells}, unfinished)


def _prepare(known: Knowledge) -> _Attack:
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
    return _Attack(rows, row_low, row_high, low, high, whole, truth, island, truth.copy(), truth.copy(), ceiling)


def _get_matrix(known: Knowledge, size: int) -> csr_array:
    entries = [(line, node, value) for line, row in enumerate(known.rows) for node, value in row[0].items()]
    lines, nodes, values = zip(*entries, strict=True) if entries else ((), (), ())
    return csr_array((np.array(values, float), (lines, nodes)), shape=(len(known.rows), size))


def _reconcile(known: Knowledge, rows: csr_array, row_low: np.ndarray, row_high: np.ndarray) -> np.ndarray:
    """Return values nearest to fulfilling every row: printed figures do contradict each other.

    Rows that even these break are loosened just so far: the attacker is taken to know by how much they are off.
    """
    truth = np.array(known.truth, dtype=float)
    at = rows @ truth
    if not len(at) or (np.all(at >= row_low - SLACK) and np.all(at <= row_high + SLACK)):
        return truth
    count, size = rows.shape
    elastic = hstack([rows, eye_array(count), -eye_array(count)]).tocsr()
    spread = np.array(known.spread)
    least = np.concatenate([np.minimum(spread[:, 0], truth), np.zeros(2 * count)])
    most = np.concatenate([np.maximum(spread[:, 1], truth), np.full(2 * count, inf)])
    cost = np.concatenate([np.zeros(size), np.ones(2 * count)])
    found = milp(cost, bounds=Bounds(least, most), constraints=LinearConstraint(elastic, row_low, row_high))
    return truth if found.x is None else found.x[:size]


def _get_islands(rows: csr_array, unknown: np.ndarray) -> np.ndarray:
    """Return for each unknown the number of the group that rows tie together through other unknowns."""
    entries = rows.tocoo()
    kept = unknown[entries.col]
    ends = entries.row[kept] + len(unknown), entries.col[kept]
    side = len(unknown) + rows.shape[0]
    graph = coo_array((np.ones(kept.sum()), ends), shape=(side, side))
    return connected_components(graph, directed=False)[1][: len(unknown)]


def _run(attack: _Attack, known: Knowledge) -> set[int]:
    """Bound targets, the least certain of each island first, until none left can be the narrowest.

    Returns the unknowns that no time was left for. Finding the very narrowest is given up after some turns.
    """
    need = _get_needs(known)
    unsolved, narrowest, turns = set(need), {}, 0
    _shake(attack, sorted(need))
    while picked := _pick(attack, need, unsolved, narrowest, precise=turns < TURNS):
        unsafe = {one for one in unsolved if _width(attack, one) < need[one] - SLACK}
        if process_time() > attack.deadline:
            return unsafe
        turns += not unsafe
        for sign in (1.0, -1.0):
            _push(attack, picked, sign)
        for one in picked:
            unsolved.discard(one)
            island = attack.island[one]
            narrowest[island] = min(narrowest.get(island, inf), _width(attack, one))
    return set()


def _shake(attack: _Attack, targets: list[int]) -> None:
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


def _find_broken(attack: _Attack, within: np.ndarray, point: np.ndarray) -> np.ndarray:
    """Return which numbers of people aren't whole at a point."""
    return attack.whole & within & (np.abs(point - np.round(point)) > SLACK)


def _note(attack: _Attack, point: np.ndarray) -> None:
    """Widen the ranges found by a point."""
    point = np.where(attack.whole, np.round(point), point)
    attack.least, attack.most = np.minimum(attack.least, point), np.maximum(attack.most, point)


def _get_needs(known: Knowledge) -> dict[int, float]:
    """Return the width that each attacked unknown must keep."""
    need: dict[int, float] = {}
    for target in known.targets:
        need[target.unknown] = max(need.get(target.unknown, 0.0), target.need)
    return need


def _width(attack: _Attack, one: int) -> float:
    return float(attack.most[one] - attack.least[one])


def _pick(
    attack: _Attack, need: Mapping[int, float], unsolved: set[int], narrowest: Mapping[int, float], *, precise: bool
) -> list[int]:
    """Return the least certain target of each island, where it may be unsafe or (to be precise) the narrowest."""
    first: dict[int, int] = {}
    for one in sorted(unsolved):
        island = attack.island[one]
        if island not in first or _width(attack, one) < _width(attack, first[island]):
            first[island] = one
    return [
        one
        for island, one in first.items()
        if _width(attack, one) < max(need[one] - SLACK, narrowest.get(island, inf) if precise else 0)
    ]


def _push(attack: _Attack, targets: list[int], sign: float) -> None:
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


def _solve(attack: _Attack, within: np.ndarray, push: np.ndarray, *, whole: bool) -> np.ndarray:
    """Return the point that the programme over the unknowns `within` finds; the true one where it finds none."""
    nodes = np.flatnonzero(within)
    point = attack.truth.copy()
    if not len(nodes):
        return point
    columns = attack.rows[:, nodes]
    lines = np.flatnonzero(np.diff(columns.indptr))
    known = (attack.rows @ np.where(within, 0.0, attack.low))[lines]
    limits = LinearConstraint(columns[lines], attack.row_low[lines] - known, attack.row_high[lines] - known)
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


def _report(attack: _Attack, known: Knowledge, hidden: set[str], unfinished: set[int]) -> Audit:
    intervals, exposed, widths = {}, {}, []
    for target in known.targets:
        width = _width(attack, target.unknown)
        top = attack.most[target.unknown]
        interval = (float(attack.least[target.unknown]), inf if top >= attack.ceiling - SLACK else float(top))
        widths.append(interval[1] - interval[0])
        if target.cell not in intervals or width < intervals[target.cell][1] - intervals[target.cell][0]:
            intervals[target.cell] = interval
        if width < target.need - SLACK or target.unknown in unfinished:
            exposed[target.cell] = interval
    counts = {
        "hidden": len(hidden),
        "attacked": len(intervals),
        "exposed": len(exposed),
        "unfinished": len(unfinished),
    }
    return Audit(not exposed, exposed, min(widths, default=None), intervals, counts)
