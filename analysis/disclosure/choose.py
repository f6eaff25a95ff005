"""Which figures to hide so that every cut holds and the reader loses least: a small integer programme.

Only figures that some cut names are in it; figures that no cut ties together are chosen apart.
"""

from collections.abc import Sequence
from time import monotonic

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from analysis.disclosure.attack import Cut
from analysis.disclosure.nodes import CHOICE, FORCED
from analysis.disclosure.system import System

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

    Where the time runs out it is the best found. Raises TimeoutError where none was found.
    """
    hidden = hidden.copy()
    rows, least = _get_rows(system, cuts)
    for nodes, lines in _get_groups(rows, hidden):
        hidden[nodes] |= _solve(system, rows[lines][:, nodes], least[lines], hidden[nodes], nodes, deadline)
    return close(system, hidden)


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


def _get_groups(rows: csr_array, hidden: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
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
    if monotonic() > deadline:
        raise TimeoutError
    able = np.isin(system.state[nodes], (CHOICE, FORCED))
    found = milp(
        system.loss[nodes],
        integrality=np.ones(len(nodes)),
        bounds=Bounds(fixed.astype(float), (able | fixed).astype(float)),
        constraints=LinearConstraint(rows, least - 1e-9),
        options={"time_limit": max(0.1, deadline - monotonic()), "mip_rel_gap": 1e-6},
    )
    if found.x is None:
        raise TimeoutError
    return found.x > 0.5


def patch(system: System, cuts: Sequence[Cut], hidden: np.ndarray) -> np.ndarray:
    """Return the hidden with enough more for each cut, the best value first: quick, safe, not the cheapest."""
    hidden = hidden.copy()
    for cut in cuts:
        order = np.argsort(system.loss[cut.nodes] / cut.weights, kind="stable")
        have = cut.weights[hidden[cut.nodes]].sum()
        for place in order:
            if have >= 1 - 1e-9:
                break
            have += 0 if hidden[cut.nodes[place]] else cut.weights[place]
            hidden[cut.nodes[place]] = True
    return close(system, hidden)
