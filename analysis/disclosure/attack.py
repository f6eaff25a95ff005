"""The gate's own attacker: for each hidden number, the least and the most it can be, and why.

Two linear programmes bound a hidden number from all that is printed. Where the bounds are too near each other
their dual solutions prove it, and the proof names the printed figures that it needs: some of those must be
hidden too. That is the cut of Fischetti and Salazar-Gonzalez, "Models and algorithms for optimizing cell
suppression in tabular data with linear constraints", JASA 95 (2000), pages 916-928 (sliding protection).
Parts of the release that don't touch are attacked in one programme together.
"""

from dataclasses import dataclass
from time import process_time

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from analysis.disclosure.nodes import SHOWN, UNPRINTED
from analysis.disclosure.system import System

CLOSE, TINY = 1e-6, 1e-9
WIDE = 40  # equations of more nodes than this are left to the linear programmes
PUSHES = 3
CUTS_A_ROUND = 4  # of one part of the release, before it is tried again with more hidden


@dataclass(frozen=True)
class Cut:
    """If `target` is hidden, the weights of the hidden ones among `nodes` must come to at least one."""

    target: int
    nodes: np.ndarray
    weights: np.ndarray


@dataclass(frozen=True)
class _Field:
    """The release with some figures hidden, reduced to what an attacker doesn't know."""

    system: System
    low: np.ndarray
    high: np.ndarray
    unknown: np.ndarray
    island: np.ndarray
    lines: dict[int, np.ndarray]


def find_cuts(
    system: System, hidden: np.ndarray, ignored: np.ndarray, deadline: float
) -> tuple[list[Cut], np.ndarray, np.ndarray]:
    """Attack the hidden numbers, but for the `ignored`; return what was found out.

    That is a cut for each that can be known too nearly (some wait for the next round), then a mask of those that
    are safe, as far as linear programming tells, and one of those that nothing can make so. Raises TimeoutError
    after `deadline` (of time.process_time).
    """
    field = _survey(system, hidden)
    wanted = (hidden | (system.state == UNPRINTED)) & (system.need > 0) & ~ignored
    least, most = _shake(field, np.flatnonzero(wanted))
    cuts, lost, found = [], np.zeros(len(hidden), dtype=bool), {}
    pending = wanted.copy()
    while len(targets := _pick(field, pending & (most - least < system.need - CLOSE), found)):
        if process_time() > deadline:
            raise TimeoutError
        low_point, low_price = _solve(field, targets, np.ones(len(targets)))
        high_point, high_price = _solve(field, targets, -np.ones(len(targets)))
        for point in (low_point, high_point):
            least, most = np.minimum(least, point), np.maximum(most, point)
        pending[targets] = False
        for target in targets[most[targets] - least[targets] < system.need[targets] - CLOSE]:
            found[field.island[target]] = found.get(field.island[target], 0) + 1
            cut = _prove(field, target, low_price, high_price)
            lost[target] = cut is None
            cuts += [cut] if cut is not None else []
    return cuts, wanted & (most - least >= system.need - CLOSE), lost


def find_row_cuts(system: System, lines: np.ndarray) -> list[Cut]:
    """Return the cuts that single equations prove: a number is known as nearly as all others of its equation."""
    cuts = []
    shown = system.shown[:, 1] - system.shown[:, 0]
    hidden = system.hidden[:, 1] - system.hidden[:, 0]
    for line in lines:
        nodes = system.rows.indices[system.rows.indptr[line] : system.rows.indptr[line + 1]]
        for target in nodes[(system.need[nodes] > 0)] if len(nodes) <= WIDE else ():
            others = nodes[nodes != target]
            loose = shown[others].sum()
            if loose < system.need[target] - CLOSE:
                cuts.append(_make_cut(system, target, loose, others, hidden[others] - shown[others]))
    return [cut for cut in cuts if cut is not None]


def _survey(system: System, hidden: np.ndarray) -> _Field:
    veiled = hidden | (system.state == UNPRINTED)
    bounds = np.where(veiled[:, None], system.hidden, system.shown)
    unknown = bounds[:, 1] - bounds[:, 0] > CLOSE
    island, of_line = _get_islands(system.rows, unknown)
    order = np.argsort(of_line, kind="stable")
    names, starts = np.unique(of_line[order], return_index=True)
    lines = dict(zip(names.tolist(), np.split(order, starts[1:]), strict=True)) if len(order) else {}
    return _Field(system, bounds[:, 0], bounds[:, 1], unknown, island, lines)


def _get_islands(rows: csr_array, unknown: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of the island of each unknown and equation: a chain of equations ties its members."""
    count, size = rows.shape
    entries = rows.tocoo()
    keep = unknown[entries.col]
    lines, nodes = entries.row[keep] + size, entries.col[keep]
    graph = coo_array((np.ones(len(lines)), (lines, nodes)), shape=(size + count, size + count))
    island = connected_components(graph, directed=False)[1]
    return island[:size], island[size:]


def _pick(field: _Field, pending: np.ndarray, found: dict[int, int]) -> np.ndarray:
    """Return one pending target of each island, but none of an island with enough cuts for this round."""
    targets = np.flatnonzero(pending)
    islands, first = np.unique(field.island[targets], return_index=True)
    open_ = np.array([found.get(island, 0) < CUTS_A_ROUND for island in islands], dtype=bool)
    return targets[first[open_]] if len(first) else targets


def _shake(field: _Field, targets: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the most that some random pushes move each node to: most targets prove safe so."""
    points = [field.system.truth]
    random = np.random.default_rng(len(targets))
    for _ in range(PUSHES if len(targets) > PUSHES else 0):
        push = random.uniform(-1, 1, len(targets))
        points += [_solve(field, targets, push)[0], _solve(field, targets, -push)[0]]
    return np.min(points, axis=0), np.max(points, axis=0)


def _solve(field: _Field, targets: np.ndarray, push: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return a point where the targets times the push come to least, and the price of each equation there."""
    within = field.unknown & np.isin(field.island, field.island[targets])
    nodes = np.flatnonzero(within)
    columns = field.system.rows[:, nodes]
    lines = np.flatnonzero(np.diff(columns.indptr))
    known = np.where(within, 0.0, field.low)
    right = (field.system.right - field.system.rows @ known)[lines]
    cost = np.zeros(len(known))
    cost[targets] = push
    found = linprog(
        cost[nodes],
        A_eq=columns[lines] if len(lines) else None,
        b_eq=right if len(lines) else None,
        bounds=np.column_stack([field.low[nodes], field.high[nodes]]),
        method="highs-ds",
    )
    if found.status:  # the true values always solve it, so this is trouble with the numbers
        raise TimeoutError(found.message)
    point, prices = field.system.truth.copy(), np.zeros(field.system.rows.shape[0])
    point[nodes] = found.x
    prices[lines] = found.eqlin.marginals if len(lines) else 0.0
    return point, prices


def _prove(field: _Field, target: int, low_price: np.ndarray, high_price: np.ndarray) -> Cut | None:
    """Return the cut that the prices prove, None where nothing that could be hidden would help.

    Any prices give a valid bound (weak duality): the width is at most a constant plus, for each figure that the
    proof leans on, how far hiding it would stretch its own range.
    """
    system, lines = field.system, _lines_of(field, target)
    rows = system.rows[lines]
    nodes, place = np.unique(np.append(rows.indices, target), return_inverse=True)
    shown, hidden, sizes = system.shown[nodes], system.hidden[nodes], np.diff(rows.indptr)
    width, stretch = 0.0, np.zeros(len(nodes))
    for prices, sign in ((low_price[lines], 1.0), (high_price[lines], -1.0)):
        slope = np.bincount(place, np.append(-np.repeat(prices, sizes) * rows.data, sign))
        slope[np.abs(slope) < TINY] = 0.0
        up, down = np.maximum(slope, 0), np.minimum(slope, 0)
        width -= prices @ system.right[lines] + up @ shown[:, 0] + down @ shown[:, 1]
        stretch += up * (shown[:, 0] - hidden[:, 0]) - down * (hidden[:, 1] - shown[:, 1])
    return _make_cut(system, target, max(width, 0.0), nodes, np.maximum(stretch, 0.0))


def _lines_of(field: _Field, target: int) -> np.ndarray:
    """Return the equations of the target's island."""
    return field.lines.get(int(field.island[target]), np.array([], dtype=int))


def _make_cut(system: System, target: int, width: float, nodes: np.ndarray, stretch: np.ndarray) -> Cut | None:
    """Return the cut for a width that is known, to be stretched by hiding some of the nodes."""
    always = (system.state[nodes] == UNPRINTED) | (nodes == target)
    missing = max(system.need[target] - width - stretch[always].sum(), CLOSE)
    helps = (stretch > CLOSE) & ~always & (system.state[nodes] != SHOWN)
    weights = np.minimum(stretch[helps] / missing, 1.0)
    return Cut(int(target), nodes[helps], weights) if weights.sum() > 1 - CLOSE else None
