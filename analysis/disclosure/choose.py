"""Which figures to hide so that every cut holds and the reader loses least: a small integer programme.

Only figures that some cut names are in it; figures that no cut ties together are chosen apart.
"""

from collections.abc import Sequence
from time import process_time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from analysis.disclosure.attack import Cut
from analysis.disclosure.nodes import CHOICE, FORCED, UNPRINTED
from analysis.disclosure.system import System

ENOUGH = 1e-6
TOGETHER = 200  # unknowns of small choices that are solved in one programme


def close(system: System, hidden: np.ndarray) -> np.ndarray:
    """Return the hidden with all that must follow them."""
    hidden = hidden.copy()
    if not system.follows:
        return hidden
    pairs = np.array(system.follows)
    able = np.isin(system.state[pairs[:, 0]], (CHOICE, FORCED))
    pairs = pairs[able]
    while True:
        more = pairs[hidden[pairs[:, 1]] & ~hidden[pairs[:, 0]], 0]
        if not len(more):
            return hidden
        hidden[more] = True


def choose(system: System, cuts: Sequence[Cut], hidden: np.ndarray, deadline: float) -> np.ndarray:
    """Return the cheapest set of nodes to hide, these `hidden` among them, that satisfies every cut.

    What the time runs out for is patched.
    """
    hidden = hidden.copy()
    rows, least = _get_rows(system, cuts)
    for nodes, lines in _get_groups(rows):
        if process_time() < deadline:
            hidden[nodes] |= _solve(system, rows[lines][:, nodes], least[lines], hidden[nodes], nodes, deadline)
    return patch(system, cuts, hidden)


def _get_rows(system: System, cuts: Sequence[Cut]) -> tuple[csr_array, np.ndarray]:
    """Return the cuts and the followings as rows: rows @ hidden >= least."""
    able = np.isin(system.state, (CHOICE, FORCED))
    pairs = _get_pairs(system, cuts, able)
    lines, nodes, values, least = [], [], [], []
    for line, cut in enumerate(cuts):
        always = not able[cut.target]  # a rest is hidden whatever is chosen
        entries = list(zip(cut.nodes, cut.weights, strict=True)) + ([] if always else [(cut.target, -1.0)])
        lines += [line] * len(entries)
        nodes += [int(node) for node, _ in entries]
        values += [float(value) for _, value in entries]
        least.append(1.0 if always else 0.0)
    for line, (one, other) in enumerate(pairs, start=len(cuts)):
        lines += [line, line]
        nodes += [one, other]
        values += [1.0, -1.0]
        least.append(0.0)
    return csr_array((values, (lines, nodes)), shape=(len(least), len(system.ids))), np.array(least)


def _get_pairs(system: System, cuts: Sequence[Cut], able: np.ndarray) -> list[tuple[int, int]]:
    """Return the followings that the choice may set off."""
    moved = np.zeros(len(system.ids), dtype=bool)
    for cut in cuts:
        moved[cut.nodes] = True
    moved = close(system, moved & able)
    return [(one, other) for one, other in system.follows if moved[other] and able[one] and able[other]]


def _get_groups(rows: csr_array) -> list[tuple[np.ndarray, np.ndarray]]:
    """Return the choices that can be made apart, small ones in bundles: their nodes and their rows."""
    count, size = rows.shape
    entries = rows.tocoo()
    graph = coo_array((np.ones(entries.nnz), (entries.row + size, entries.col)), shape=(size + count,) * 2)
    label = connected_components(graph, directed=False)[1]
    touched = np.unique(entries.col)
    labels, sizes = np.unique(label[touched], return_counts=True)
    bundle = dict(zip(labels, np.cumsum(sizes) // TOGETHER, strict=True))
    of_node = np.array([bundle[one] for one in label[touched]], dtype=int)
    of_line = np.array([bundle[one] for one in label[size:]], dtype=int)
    return [(touched[of_node == one], np.flatnonzero(of_line == one)) for one in np.unique(of_node)]


def _solve(
    system: System, rows: csr_array, least: np.ndarray, fixed: np.ndarray, nodes: np.ndarray, deadline: float
) -> np.ndarray:
    able = np.isin(system.state[nodes], (CHOICE, FORCED))
    found = milp(
        system.loss[nodes],
        integrality=np.ones(len(nodes)),
        bounds=Bounds(fixed.astype(float), (able | fixed).astype(float)),
        constraints=LinearConstraint(rows, least - 1e-9),
        options={"time_limit": max(0.1, deadline - process_time()), "mip_rel_gap": 1e-6},
    )
    return fixed if found.x is None else found.x > 0.5


def patch(system: System, cuts: Sequence[Cut], hidden: np.ndarray) -> np.ndarray:
    """Return the hidden with enough more for each cut, the best value first: quick, safe, not the cheapest."""
    hidden, before = close(system, hidden), None
    while before is None or (hidden != before).any():
        before = hidden.copy()
        for cut in cuts:
            if hidden[cut.target] or system.state[cut.target] == UNPRINTED:
                _fulfil(system, cut, hidden)
        hidden = close(system, hidden)
    return hidden


def _fulfil(system: System, cut: Cut, hidden: np.ndarray) -> None:
    """Hide, in place, enough for one cut."""
    have = cut.weights[hidden[cut.nodes]].sum()
    if have >= 1 - ENOUGH:
        return
    for place in np.argsort(system.loss[cut.nodes] / cut.weights, kind="stable"):
        if have >= 1 - ENOUGH:
            return
        have += 0 if hidden[cut.nodes[place]] else cut.weights[place]
        hidden[cut.nodes[place]] = True
