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

from analysis.disclosure.attack import Cut, find_cuts, find_row_cuts
from analysis.disclosure.audit import audit
from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.choose import choose, close, patch
from analysis.disclosure.nodes import CHOICE, FORCED
from analysis.disclosure.policy import Policy, is_protected, is_sensitive, round_count
from analysis.disclosure.system import System, build_system

CHEAPEST, QUICKER, WHOLE = (
    "least loss by integer programming",
    "quicker choice: time ran out",
    "whole tables: time ran out",
)
NEAR = 0.01  # a choice this near to the best possible is good enough
PATIENCE = 8  # new beginnings without a better choice
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

    `low` holds the small ones that may be called low, `rounded` the published counts that the policy rounds.
    `known_before` lists hidden cells that nothing can protect, since an earlier release printed what gives them
    away. `method` and `seconds` are for the record.
    """

    hidden: Mapping[str, str]
    low: tuple[str, ...]
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
        low=_find_low(cells, facts, policy, reasons, released) if policy.say_low else (),
        rounded=_round(cells, policy, reasons),
        proposals=_propose(system, hidden),
        known_before=tuple(sorted(system.ids[node] for node in hopeless)),
        method=method,
        seconds=monotonic() - start,
    )


def _search(system: System, start: float, seconds: float) -> tuple[np.ndarray, set[int], str]:
    """Attack and hide in turn until the attack fails: the cheapest way, then a quicker one, then the plain one."""
    forced, hopeless = close(system, system.state == FORCED), set()
    try:
        return *_hide_cheaply(system, forced, hopeless, start + SPENT[0] * seconds), CHEAPEST
    except TimeoutError:
        pass
    try:
        return *_hide_quickly(system, forced, hopeless, start + SPENT[1] * seconds), QUICKER
    except TimeoutError:
        return _hide_linked(system, forced), hopeless, WHOLE


def _hide_cheaply(
    system: System, forced: np.ndarray, hopeless: set[int], deadline: float
) -> tuple[np.ndarray, set[int]]:
    """Hide the cheapest that all cuts so far ask for, add what it lacks, and begin again with the cuts this found.

    The cheapest of all lies between the two; stops where they are near, or with the best at the deadline.
    """
    cuts, best, lines, idle = [], None, set(), 0
    try:
        while idle < PATIENCE:
            hidden = least = choose(system, cuts, forced, deadline)
            while not _is_safe(system, hidden, hopeless, cuts, lines, deadline):
                hidden = choose(system, cuts, hidden, deadline)
            better = best is None or _lose(system, hidden) < _lose(system, best)
            best, idle = (hidden, 0) if better else (best, idle + 1)
            if _lose(system, best) <= (1 + NEAR) * _lose(system, least):
                break
    except TimeoutError:
        if best is None:
            raise
    return best, hopeless


def _is_safe(
    system: System, hidden: np.ndarray, hopeless: set[int], cuts: list[Cut], lines: set[int], deadline: float
) -> bool:
    """Whether no attack succeeds; if one does, add the cuts that it proves, and those of equations nearby."""
    found, lost = find_cuts(system, hidden, hopeless, deadline)
    hopeless |= lost
    cuts += found
    near = np.zeros(len(hidden), dtype=bool)
    near[[node for cut in found for node in (cut.target, *cut.nodes)]] = True
    fresh = set(np.flatnonzero(system.rows @ near.astype(float) != 0).tolist()) - lines
    lines |= fresh
    cuts += find_row_cuts(system, np.array(sorted(fresh), dtype=int))
    return not found and not lost


def _lose(system: System, hidden: np.ndarray) -> float:
    return float(system.loss[hidden].sum())


def _hide_quickly(
    system: System, hidden: np.ndarray, hopeless: set[int], deadline: float
) -> tuple[np.ndarray, set[int]]:
    """Hide more for each cut by itself until none is found."""
    while True:
        found, lost = find_cuts(system, hidden, hopeless, deadline)
        hopeless |= lost
        if not found and not lost:
            return hidden, hopeless
        hidden = patch(system, found, hidden)


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


def _find_low(
    cells: Sequence[Cell],
    facts: Sequence[Fact],
    policy: Policy,
    reasons: Mapping[str, str],
    released: Mapping[str, float],
) -> tuple[str, ...]:
    """Return the small counts that may be called low: what that tells must leave the audit passing.

    Never a sensitive one, nor one that was released before. Those near what the audit finds are dropped in turn.
    """
    low = {
        cell.id
        for cell in cells
        if reasons.get(cell.id) == "primary" and cell.measure == "count" and not is_sensitive(cell, policy)
    } - set(released)
    near = _get_neighbours(facts)
    while low and (exposed := audit(cells, facts, policy, reasons, low=low, released=released).exposed):
        reached = set(exposed)
        while not reached & low and (wider := reached.union(*(near.get(name, ()) for name in reached))) != reached:
            reached = wider
        low -= reached if reached & low else low
    return tuple(sorted(low))


def _get_neighbours(facts: Sequence[Fact]) -> dict[str, set[str]]:
    """Return for each cell those that some fact ties it to."""
    near: dict[str, set[str]] = {}
    for fact in facts:
        for name in (fact.whole, *fact.parts):
            near.setdefault(name, set()).update((fact.whole, *fact.parts))
    return near


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
