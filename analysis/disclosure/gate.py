"""The gate: which numbers of a release stay hidden so that none of the hidden ones can be worked out.

The order of work: percentages, rates and changes come from unrounded counts; small numbers are hidden (primary);
what gives them away is hidden with them (consequential) or so that they can't be subtracted (secondary); what is
left is rounded, where the policy has a base. docs/disclosure.md is the methodology.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import process_time
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse.csgraph import connected_components

from analysis.disclosure.attack import Cut, find_cuts, find_row_cuts
from analysis.disclosure.audit import Audit, audit
from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.choose import choose, close, patch
from analysis.disclosure.nodes import CHOICE, FORCED
from analysis.disclosure.parts import split_system
from analysis.disclosure.policy import Policy
from analysis.disclosure.protection import Protection, get_reasons, list_known, propose
from analysis.disclosure.system import System, build_system

CHEAPEST, QUICKER = "least loss by integer programming", "quicker choice: time ran out"
NEAR = 0.01  # a choice this near to the best possible is good enough
SECONDS = 20
TOGETHER, BUNDLE = 10_000, 1500  # unknowns of a release that is chosen whole, and of a part of a larger one
LOOKS = 3  # what is hidden so that two series don't seem one may leave two others that do
LEAST = 2.0  # seconds for a part, so that a small one isn't given up for a moment's delay
PATIENCE = 8  # new beginnings without a better choice
SPENT = (0.6, 0.8)  # shares of the time after which the cheapest choice, then the quicker one, is given up


def protect(
    cells: Sequence[Cell],
    facts: Sequence[Fact],
    policy: Policy,
    *,
    released: Mapping[str, float] = {},  # noqa: B006 - never changed
    noticed: Sequence[Fact] = (),
    find_apparent: Callable[[Collection[str]], Collection[str]] = lambda hidden: (),
    seconds: float | None = None,
) -> Protection:
    """Return what to hide so that the audit passes, losing as little as can be.

    What tells though only the choice makes it seem so (`find_apparent`, of what is hidden) is hidden too, and the rest
    chosen anew; what is hidden only then is called mined.

    `released` holds what earlier releases printed, by cell id; what else may be `noticed` is for the audit alone, whose
    result is kept where it passes with all that. Always ends, safe, in about `seconds` (twenty, and
    more for a release of more than 5,000 figures): where the time is out more is hidden than need be.
    """
    start = process_time()
    seconds = SECONDS * max(1.0, len(cells) / 5000) if seconds is None else seconds
    exact = replace(policy, rounding_base=None)  # what is safe unrounded is safe rounded: made of less
    task = _Task(facts, [*facts, *noticed], exact, released, start, seconds)
    made = first = _choose_and_audit(cells, task)
    for _ in range(LOOKS):
        apart = find_apparent(made.named) if made.audit.passed else ()
        if not apart:
            break
        made = _choose_and_audit(hold(made.cells, apart), task)
    passed = made.audit.passed
    hidden = made.hidden if passed else _confirm(made, task)
    reasons = get_reasons(made.system, hidden, made.cells, policy)
    reasons |= dict.fromkeys((made.named - first.named) & reasons.keys(), "mined")
    return Protection(
        hidden=reasons,
        proposals=propose(made.system, hidden),
        known_before=list_known(made.system, made.hopeless, made.cells, reasons, policy, released),
        method=made.method,
        seconds=process_time() - start,
        audit=made.audit if passed else None,
    )


def hold(cells: Sequence[Cell], apart: Collection[str]) -> list[Cell]:
    """Return the cells, those of the ids given to be hidden whatever they are."""
    return [replace(cell, held=True) if cell.id in apart else cell for cell in cells]


@dataclass(frozen=True)
class _Task:
    """What stays the same while a choice is made anew: what ties the numbers, what the audit knows besides, what was
    released, when it began (of time.process_time) and the seconds it may take; `done` is filled as parts are chosen."""

    facts: Sequence[Fact]
    told: Sequence[Fact]
    policy: Policy
    released: Mapping[str, float]
    start: float
    seconds: float
    done: dict[bytes, Any] = field(default_factory=dict)

    @property
    def spell(self) -> float:
        """The seconds that an audit has at least."""
        return self.seconds / 4


class _Chosen(NamedTuple):
    """What is to be hidden of some cells, by mask and name, what nothing can save, how it was found, and its audit."""

    cells: Sequence[Cell]
    system: System
    hidden: np.ndarray
    hopeless: np.ndarray
    method: str
    named: set[str]
    audit: Audit


def _choose_and_audit(cells: Sequence[Cell], task: _Task) -> _Chosen:
    system = build_system(cells, task.facts, task.policy, task.released)
    hidden, hopeless, method = _choose_in_parts(system, task.start, task.seconds, task.done)
    named = _name(system, hidden)
    checked = audit(cells, task.told, task.policy, named, released=task.released, seconds=task.spell)
    return _Chosen(cells, system, hidden, hopeless, method, named, checked)


def _name(system: System, hidden: np.ndarray) -> set[str]:
    return {system.ids[node] for node in np.flatnonzero(hidden)}


def _choose_in_parts(
    system: System, start: float, seconds: float, done: dict[bytes, tuple]
) -> tuple[np.ndarray, np.ndarray, str]:
    """Return what to hide, what nothing can save, and how it was found; of a large release part by part, but for those
    that are `done`: their nodes in the states that they had."""
    if len(system.ids) <= TOGETHER:
        return _choose_hidden(system, start, seconds, done.setdefault(b"", []))
    hidden, hopeless = np.zeros((2, len(system.ids)), dtype=bool)
    methods, left = set(), len(system.ids)
    for nodes, part in split_system(system, BUNDLE):
        now, same = process_time(), nodes.tobytes() + part.state.tobytes()
        spell = max(LEAST, (start + seconds - now) * len(nodes) / left)
        cuts = done.setdefault(nodes.tobytes(), [])
        done[same] = done.get(same) or _choose_hidden(part, now, spell, cuts)
        hidden[nodes], hopeless[nodes], method = done[same]
        methods.add(method)
        left -= len(nodes)
    return hidden, hopeless, CHEAPEST if methods == {CHEAPEST} else QUICKER


@dataclass
class _Search:
    """A search for what to hide: the cuts so far, equations already used for some, and what nothing can save."""

    system: System
    deadline: float
    hopeless: np.ndarray
    cuts: list[Cut]
    lines: set[int] = field(default_factory=set)


def _choose_hidden(system: System, start: float, seconds: float, cuts: list[Cut]) -> tuple[np.ndarray, np.ndarray, str]:
    """Return what to hide, what nothing can save, and how it was found: the cheapest way, or the quicker one. Cuts that
    are known already are kept, whatever else must be hidden, and those found added.

    Where the time is out for both, what is still unsafe is left for the audit to find.
    """
    forced = close(system, system.state == FORCED)
    search = _Search(system, start + SPENT[0] * seconds, np.zeros(len(forced), dtype=bool), cuts)
    hidden, done = _hide_cheaply(search, forced)
    if done:
        return hidden, search.hopeless, CHEAPEST
    search.deadline = start + SPENT[1] * seconds
    return _complete(search, hidden, _hide_quickly)[0], search.hopeless, QUICKER


def _hide_cheaply(search: _Search, forced: np.ndarray) -> tuple[np.ndarray, bool]:
    """Hide the cheapest that all cuts so far ask for, add what it lacks, and begin again with the cuts this found.

    The cheapest of all lies between the two. Returns the best at the end and whether it is safe.
    """
    best, idle, lose = None, 0, search.system.loss
    while idle < PATIENCE:
        least = choose(search.system, search.cuts, forced, search.deadline)
        hidden, done = _complete(search, least, _choose_anew)
        if not done:
            return (hidden, False) if best is None else (best, True)
        better = best is None or lose[hidden].sum() < lose[best].sum()
        best, idle = (hidden, 0) if better else (best, idle + 1)
        if lose[best].sum() <= (1 + NEAR) * lose[least].sum():
            break
    return best, True


def _complete(search: _Search, hidden: np.ndarray, hide_more: Callable) -> tuple[np.ndarray, bool]:
    """Hide more for the cuts found until no attack succeeds; what is safe once stays so. Returns whether it came to
    that in time."""
    safe = np.zeros(len(hidden), dtype=bool)
    try:
        while True:
            found, proved, lost = find_cuts(search.system, hidden, search.hopeless | safe, search.deadline)
            search.hopeless, safe = search.hopeless | lost, safe | proved
            if not found:
                return hidden, True
            hidden = hide_more(search, found, hidden)
    except TimeoutError:
        return hidden, False


def _choose_anew(search: _Search, found: list[Cut], hidden: np.ndarray) -> np.ndarray:
    """Return the cheapest choice that all cuts ask for, those found and those near them too."""
    search.cuts += found + _find_near(search, found)
    return choose(search.system, search.cuts, hidden, search.deadline)


def _hide_quickly(search: _Search, found: list[Cut], hidden: np.ndarray) -> np.ndarray:
    """Return the hidden with more for each cut by itself."""
    return patch(search.system, found, hidden)


def _find_near(search: _Search, found: list[Cut]) -> list[Cut]:
    """Return the cuts of equations near those found, each equation once."""
    near = np.zeros(len(search.hopeless))
    near[[node for cut in found for node in (cut.target, *cut.nodes)]] = 1.0
    fresh = set(np.flatnonzero(search.system.rows @ near != 0).tolist()) - search.lines
    search.lines |= fresh
    return find_row_cuts(search.system, np.array(sorted(fresh), dtype=int))


def _hide_linked(system: System, hidden: np.ndarray, found: np.ndarray) -> np.ndarray:
    """Return the hidden with every figure that any chain of facts ties to the found."""
    links = system.rows.T @ system.rows
    island = connected_components(links, directed=False)[1]
    return close(system, hidden | (np.isin(island, island[found]) & (system.state == CHOICE)))


def _confirm(made: _Chosen, task: _Task) -> np.ndarray:
    """Return the hidden with more, where the audit, which knows that people come whole, still finds some.

    Each turn hides the neighbours of what it found, the last one, after the deadline, all that is linked to it;
    where that adds nothing, nothing more can be done here. An audit has the task's spell at least.
    """
    system, hidden, deadline = made.system, made.hidden, task.start + task.seconds
    links = (system.rows.T @ system.rows).astype(bool)
    while True:
        left, names = max(deadline - process_time(), task.spell), _name(system, hidden)
        checked = audit(made.cells, task.facts, task.policy, names, released=task.released, seconds=left)
        found = np.isin(system.ids, list(checked.exposed)) & ~made.hopeless
        if process_time() > deadline and found.any():
            return _hide_linked(system, hidden, found)
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
