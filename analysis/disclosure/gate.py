"""The gate: which numbers of a release stay hidden so that none of the hidden ones can be worked out.

The order of work: percentages, rates and changes come from unrounded counts; small numbers are hidden (primary);
what gives them away is hidden with them (consequential) or so that they can't be subtracted (secondary); what is
left is rounded, where the policy has a base. docs/disclosure.md is the methodology.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np
from scipy.sparse.csgraph import connected_components

from analysis.disclosure.attack import Cut, find_cuts
from analysis.disclosure.audit import audit
from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.choose import choose, close, patch
from analysis.disclosure.nodes import CHOICE, FORCED
from analysis.disclosure.policy import Policy, is_protected, round_count
from analysis.disclosure.system import System, build_system

CHEAPEST, QUICKER, WHOLE = (
    "least loss by integer programming",
    "quicker choice: time ran out",
    "whole tables: time ran out",
)
SPENT = (0.5, 0.75)  # shares of the time after which the cheapest choice, then the quicker one, is given up


@dataclass(frozen=True)
class Proposal:
    """A table so full of holes that its figures had better be pooled."""

    table: str
    hidden: int
    parts: int
    advice: str


@dataclass(frozen=True)
class Protection:
    """What must be hidden and why ("primary", "secondary", "consequential"), and what is shown instead.

    `rounded` holds the published counts that the policy rounds. `known_before` lists hidden cells that nothing
    can protect, since an earlier release printed what gives them away. `method` and `seconds` are for the record.
    """

    hidden: Mapping[str, str]
    rounded: Mapping[str, float]
    proposals: tuple[Proposal, ...]
    known_before: tuple[str, ...]
    method: str
    seconds: float


def protect(
    cells: Sequence[Cell],
    facts: Sequence[Fact],
    policy: Policy,
    *,
    released: Mapping[str, float] = {},  # noqa: B006 - never changed
    seconds: float = 20,
) -> Protection:
    """Return what to hide and to round so that the audit passes, losing as little as can be.

    `released` holds what earlier releases printed, by cell id. Always ends, safe, in about `seconds`: where the
    time is out more is hidden than need be.
    """
    start = monotonic()
    system = build_system(cells, facts, policy, released)
    hidden, hopeless, method = _search(system, start, seconds)
    hidden = _confirm(system, hidden, cells, facts, policy, released)
    reasons = _get_reasons(system, hidden, cells)
    return Protection(
        hidden=reasons,
        rounded=_round(cells, policy, reasons),
        proposals=_propose(system, hidden),
        known_before=tuple(sorted(system.ids[node] for node in hopeless)),
        method=method,
        seconds=monotonic() - start,
    )


def _search(system: System, start: float, seconds: float) -> tuple[np.ndarray, set[int], str]:
    """Attack and hide in turn until the attack fails: the cheapest way, then a quicker one, then the plain one."""
    hidden, hopeless = close(system, system.state == FORCED), set()
    try:
        return *_hide(system, hidden, hopeless, start + SPENT[0] * seconds, cheapest=True), CHEAPEST
    except TimeoutError:
        pass
    try:
        return *_hide(system, hidden, hopeless, start + SPENT[1] * seconds, cheapest=False), QUICKER
    except TimeoutError:
        return _hide_linked(system, hidden), hopeless, WHOLE


def _hide(
    system: System, hidden: np.ndarray, hopeless: set[int], deadline: float, *, cheapest: bool
) -> tuple[np.ndarray, set[int]]:
    cuts: list[Cut] = []
    while True:
        found, lost = find_cuts(system, hidden, hopeless, deadline)
        hopeless |= lost
        if not found and not lost:
            return hidden, hopeless
        cuts += found
        hidden = choose(system, cuts, deadline) if cheapest else patch(system, found, hidden)


def _hide_linked(system: System, hidden: np.ndarray) -> np.ndarray:
    """Return the hidden with every figure that any chain of facts ties to them."""
    links = system.rows.T @ system.rows
    island = connected_components(links, directed=False)[1]
    return close(system, hidden | (np.isin(island, island[hidden]) & (system.state == CHOICE)))


def _confirm(
    system: System,
    hidden: np.ndarray,
    cells: Sequence[Cell],
    facts: Sequence[Fact],
    policy: Policy,
    released: Mapping[str, float],
) -> np.ndarray:
    """Return the hidden with more, where the audit, which knows that people come whole, still finds some.

    Each turn hides the neighbours of what it found; where that adds nothing, nothing more can be done here.
    """
    links = (system.rows.T @ system.rows).astype(bool)
    while True:
        names = {system.ids[node] for node in np.flatnonzero(hidden)}
        exposed = audit(cells, facts, policy, names, released=released).exposed
        found = np.isin(system.ids, list(exposed))
        more = close(system, hidden | (_spread(links, hidden, found) & (system.state == CHOICE)))
        if not found.any() or (more == hidden).all():
            return hidden
        hidden = more


def _spread(links, hidden: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Return the neighbours of the found nodes, going on through hidden ones."""
    reached = found
    while True:
        wider = reached | (links @ (reached & (hidden | found)) > 0)
        if (wider == reached).all():
            return reached
        reached = wider


def _get_reasons(system: System, hidden: np.ndarray, cells: Sequence[Cell]) -> dict[str, str]:
    """Return why each hidden cell is: it is small, it protects others, or it would give hidden ones away."""
    reasons = {}
    for node, cell in enumerate(cells):
        if hidden[node]:
            later = "secondary" if cell.measure == "count" else "consequential"
            reasons[cell.id] = "primary" if system.state[node] == FORCED else later
    return reasons


def _round(cells: Sequence[Cell], policy: Policy, hidden: Mapping[str, str]) -> dict[str, float]:
    """Return the published counts of people as the policy rounds them. Waived and inexact ones stay."""
    if not policy.rounding_base:
        return {}
    return {
        cell.id: round_count(cell.value, policy.rounding_base)
        for cell in cells
        if cell.id not in hidden and cell.value is not None and _is_rounded(cell, policy)
    }


def _is_rounded(cell: Cell, policy: Policy) -> bool:
    return cell.measure == "count" and cell.qualifier == "exact" and is_protected(cell, policy)


def _propose(system: System, hidden: np.ndarray) -> tuple[Proposal, ...]:
    """Return the tables of three or more figures above nothing that lose more than half of them."""
    proposals = []
    for whole, parts in system.tables:
        filled = [part for part in parts if system.truth[part] > 0]
        gone = int(hidden[filled].sum()) if filled else 0
        if len(filled) >= 3 and 2 * gone > len(filled):
            advice = "pool three years, or use fewer categories"
            proposals.append(Proposal(system.ids[whole], gone, len(filled), advice))
    return tuple(proposals)
