"""Parts of a large release that nothing ties together: what is hidden in one is no concern of another."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from analysis.disclosure.system import System


def split_system(system: System, most: int) -> Iterator[tuple[np.ndarray, System]]:
    """Yield systems of no more than about `most` nodes each (a part alone may have more), with their nodes."""
    part = _number_parts(system)
    sizes = np.bincount(part)
    bundle = (np.cumsum(sizes) // most)[part]
    for number in np.unique(bundle):
        nodes = np.flatnonzero(bundle == number)
        yield nodes, take_part(system, nodes)


def _number_parts(system: System) -> np.ndarray:
    """Return for each node the number of the part that equations and followings tie it to."""
    count, size = system.rows.shape
    entries = system.rows.tocoo()
    pairs = np.array(system.follows, dtype=int).reshape(-1, 2)
    ends = np.concatenate([entries.row + size, pairs[:, 0]]), np.concatenate([entries.col, pairs[:, 1]])
    graph = coo_array((np.ones(len(ends[0])), ends), shape=(size + count,) * 2)
    return np.unique(connected_components(graph, directed=False)[1][:size], return_inverse=True)[1]


def take_part(system: System, nodes: np.ndarray) -> System:
    """Return the system of some nodes, which nothing ties to any other."""
    place = np.full(len(system.ids), -1)
    place[nodes] = np.arange(len(nodes))
    columns = system.rows[:, nodes]
    lines = np.flatnonzero(np.diff(columns.indptr))
    arrays = ("truth", "shown", "hidden", "need", "state", "loss")
    return replace(
        system,
        ids=tuple(system.ids[node] for node in nodes),
        rows=columns[lines],
        right=system.right[lines],
        **{name: getattr(system, name)[nodes] for name in arrays},
        follows=tuple((int(place[a]), int(place[b])) for a, b in system.follows if place[a] >= 0),
        tables=(),
    )
