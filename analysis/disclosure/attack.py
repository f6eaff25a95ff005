"""The gate's own attacker: for each hidden number, the least and the most it can be, and why.

Two linear programmes bound a hidden number from all that is printed. Where the bounds are too near each other
their dual solutions prove it, and the proof names the printed figures that it needs: some of those must be
hidden too. That is the cut of Fischetti and Salazar-Gonzalez, "Models and algorithms for optimizing cell
suppression in tabular data with linear constraints", JASA 95 (2000), pages 916-928 (sliding protection).
Parts of the release that don't touch are attacked in one programme together.
"""

from dataclasses import dataclass
from time import monotonic

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from analysis.disclosure.nodes import UNPRINTED
from analysis.disclosure.system import System

CLOSE, TINY = 1e-6, 1e-9
WIDE = 40  # equations of more nodes than this are left to the linear programmes
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


def find_cuts(system: System, hidden: np.ndarray, hopeless: set[int], deadline: float) -> tuple[list[Cut], set[int]]:
    """Return a cut for hidden numbers that can be found too nearly, and those that nothing can protect.

    An empty list means that every hidden number not in `hopeless` keeps the width it needs, as far as linear
    programming tells. Raises TimeoutError after `deadline` (of time.monotonic).
    """
    field = _survey(system, hidden)
    wanted = (hidden | (system.state == UNPRINTED)) & (system.need > 0)
    wanted[list(hopeless)] = False
    least, most = system.truth.copy(), system.truth.copy()
    cuts, lost, found = [], set(), {}
    while len(targets := _pick(field, wanted & (most - least < system.need - CLOSE), found)):
        if monotonic() > deadline:
            raise TimeoutError
        low_point, low_price = _solve(field, targets, 1.0)
        high_point, high_price = _solve(field, targets, -1.0)
        for point in (low_point, high_point):
            least, most = np.minimum(least, point), np.maximum(most, point)
        wanted[targets] = False
        for target in targets[most[targets] - least[targets] < system.need[targets] - CLOSE]:
            found[field.island[target]] = found.get(field.island[target], 0) + 1
            cut = _prove(field, target, low_price, high_price)
            cuts.append(cut) if cut is not None else lost.add(int(target))
    return cuts, lost


def find_row_cuts(system: System, lines: np.ndarray) -> list[Cut]:
    """Return the cuts that single equations prove: a number is known as nearly as all others of its equation."""
    cuts = []
    shown = system.shown[:, 1] - system.shown[:, 0]
    hidden = system.hidden[:, 1] - system.hidden[:, 0]
    for line in lines:
        nodes = system.rows.indices[system.rows.indptr[line] : system.rows.indptr[line + 1]]
        for target in nodes[(system.need[nodes] > 0)] if len(nodes) <= WIDE else ():
            stretch = np.zeros(len(system.ids))
            others = nodes[nodes != target]
            stretch[others] = hidden[others] - shown[others]
            loose = shown[others].sum()
            if loose < system.need[target] - CLOSE:
                cuts.append(_make_cut(system, target, loose, stretch))
    return [cut for cut in cuts if cut is not None]


def _survey(system: System, hidden: np.ndarray) -> _Field:
    veiled = hidden | (system.state == UNPRINTED)
    bounds = np.where(veiled[:, None], system.hidden, system.shown)
    unknown = bounds[:, 1] - bounds[:, 0] > CLOSE
    return _Field(system, bounds[:, 0], bounds[:, 1], unknown, _get_islands(system.rows, unknown))


def _get_islands(rows: csr_array, unknown: np.ndarray) -> np.ndarray:
    """Return the number of the island of each unknown: a chain of equations ties its members together."""
    count, size = rows.shape
    entries = rows.tocoo()
    keep = unknown[entries.col]
    lines, nodes = entries.row[keep] + size, entries.col[keep]
    graph = coo_array((np.ones(len(lines)), (lines, nodes)), shape=(size + count, size + count))
    return connected_components(graph, directed=False)[1][:size]


def _pick(field: _Field, pending: np.ndarray, found: dict[int, int]) -> np.ndarray:
    """Return one pending target of each island, but none of an island with enough cuts for this round."""
    targets = np.flatnonzero(pending)
    islands, first = np.unique(field.island[targets], return_index=True)
    open_ = np.array([found.get(island, 0) < CUTS_A_ROUND for island in islands], dtype=bool)
    return targets[first[open_]] if len(first) else targets


def _solve(field: _Field, targets: np.ndarray, sign: float) -> tuple[np.ndarray, np.ndarray]:
    """Return a point where the targets are least (sign 1) or most (-1), and the price of each equation there."""
    within = field.unknown & np.isin(field.island, field.island[targets])
    nodes = np.flatnonzero(within)
    columns = field.system.rows[:, nodes]
    lines = np.flatnonzero(np.diff(columns.indptr))
    known = np.where(within, 0.0, field.low)
    right = (field.system.right - field.system.rows @ known)[lines]
    cost = sign * np.isin(nodes, targets)
    found = linprog(
        cost,
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
    system = field.system
    total, stretch = 0.0, np.zeros(len(system.ids))
    lines = _lines_of(field, target)
    for prices, sign in ((low_price, 1.0), (high_price, -1.0)):
        slope = -(prices[lines] @ system.rows[lines])
        slope[target] += sign
        slope[np.abs(slope) < TINY] = 0.0
        up, down = np.maximum(slope, 0), np.minimum(slope, 0)
        total -= prices[lines] @ system.right[lines] + up @ system.shown[:, 0] + down @ system.shown[:, 1]
        stretch += up * (system.shown[:, 0] - system.hidden[:, 0]) - down * (system.hidden[:, 1] - system.shown[:, 1])
    return _make_cut(system, target, max(total, 0.0), np.maximum(stretch, 0.0))


def _lines_of(field: _Field, target: int) -> np.ndarray:
    """Return the equations of the target's island."""
    nodes = np.flatnonzero(field.unknown & (field.island == field.island[target]))
    return np.flatnonzero(np.diff(field.system.rows[:, nodes].indptr))


def _make_cut(system: System, target: int, width: float, stretch: np.ndarray) -> Cut | None:
    fixed = system.state == UNPRINTED
    missing = system.need[target] - width - stretch[fixed].sum() - (0 if fixed[target] else stretch[target])
    helps = (stretch > CLOSE) & ~fixed & (system.state != 0)
    helps[target] = False
    nodes = np.flatnonzero(helps)
    weights = np.minimum(stretch[nodes] / max(missing, CLOSE), 1.0)
    return Cut(int(target), nodes, weights) if weights.sum() > 1 - CLOSE else None
