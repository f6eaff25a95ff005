"""What the gate decided, for those who apply it: what is hidden and why, what had better be pooled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.disclosure.audit import Audit
from analysis.disclosure.cells import Cell
from analysis.disclosure.nodes import FORCED
from analysis.disclosure.policy import Policy, is_held, is_revised_by_few, is_told, threshold_of
from analysis.disclosure.system import System


@dataclass(frozen=True)
class Proposal:
    """A table so full of holes that its figures had better be pooled."""

    table: str
    hidden: int
    parts: int
    advice: str


@dataclass(frozen=True)
class Protection:
    """What must be hidden and why (primary, revised, held, secondary, consequential).

    `known_before` lists hidden cells that nothing can protect, since an earlier release printed what gives them
    away. `method` and `seconds` are for the record. `audit`: the one that it passed.
    """

    hidden: Mapping[str, str]
    proposals: tuple[Proposal, ...]
    known_before: tuple[str, ...]
    method: str
    seconds: float
    audit: Audit | None = None


def get_reasons(system: System, hidden: np.ndarray, cells: Sequence[Cell], policy: Policy) -> dict[str, str]:
    """Return why each hidden cell is: it is small, was revised by few or hidden before, protects others, or gives
    hidden ones away."""
    return {
        cell.id: _get_first_reason(cell, policy) if system.state[node] == FORCED else _get_later_reason(cell)
        for node, cell in enumerate(cells)
        if hidden[node]
    }


def _get_first_reason(cell: Cell, policy: Policy) -> str:
    if is_revised_by_few(cell, policy):
        return "revised"
    enough = cell.measure == "count" and cell.value >= threshold_of(cell, policy)
    return "held" if enough and is_held(cell, policy) else "primary"


def _get_later_reason(cell: Cell) -> str:
    return "secondary" if cell.measure == "count" else "consequential"


def list_known(
    system: System,
    hopeless: np.ndarray,
    cells: Sequence[Cell],
    hidden: Mapping[str, str],
    policy: Policy,
    released: Mapping[str, float],
) -> tuple[str, ...]:
    """Return the hidden cells that an earlier release printed, and those that nothing can protect."""
    told = {cell.id for cell in cells if cell.id in hidden and is_told(cell, released.get(cell.id), policy)}
    return tuple(sorted(told | {system.ids[node] for node in np.flatnonzero(hopeless)}))


def propose(system: System, hidden: np.ndarray) -> tuple[Proposal, ...]:
    """Return the tables of three or more figures above nothing that lose more than half of them."""
    proposals = []
    for whole, parts in system.tables:
        filled = [part for part in parts if system.truth[part] > 0]
        gone = int(hidden[filled].sum()) if filled else 0
        if len(filled) >= 3 and 2 * gone > len(filled):
            advice = "pool three years, or use fewer categories"
            proposals.append(Proposal(system.ids[whole], gone, len(filled), advice))
    return tuple(proposals)
