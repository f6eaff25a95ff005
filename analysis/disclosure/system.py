"""The release as the gate sees it: one unknown number of people for each cell, tied by the facts.

Every fact becomes an equation. "The whole holds the part" gets a rest of its own, an unknown that is never
printed: whole = part + rest. A percent or rate with a base stands for the number of people above its line.
Figures that give away others (a percent of a hidden base, a change against a hidden figure) follow them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_array

from analysis.disclosure.cells import CHANGES, OF_PEOPLE, Cell, Fact, check_cells
from analysis.disclosure.dominance import count_dominant
from analysis.disclosure.equations import break_ties, get_matrix, settle, widen
from analysis.disclosure.nodes import AMOUNTS, CHOICE, FORCED, SHOWN, UNPRINTED, Node, has_people, read_node
from analysis.disclosure.policy import Policy, is_alike, is_matching, is_protected, is_small, threshold_of


@dataclass(frozen=True)
class System:
    """The cells in order, then whatever else the facts name, then rests; each array has an entry for each.

    `rows @ truth == right`. `shown` and `hidden` have two columns, the lowest and the highest value that a
    reader must allow for; `need`, `state`, `loss` are those of nodes.Node. `follows` pairs a node with one that
    it must follow into hiding. `tables` lists each sum: the whole and its parts.
    """

    ids: tuple[str, ...]
    rows: csr_array
    right: np.ndarray
    truth: np.ndarray
    shown: np.ndarray
    hidden: np.ndarray
    need: np.ndarray
    state: np.ndarray
    loss: np.ndarray
    follows: tuple[tuple[int, int], ...]
    tables: tuple[tuple[int, tuple[int, ...]], ...]


@dataclass
class _Draft:
    """A system while it is built."""

    policy: Policy
    ids: list[str] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)
    cells: list[Cell | None] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    bases: dict[int, int] = field(default_factory=dict)
    equations: list[dict[int, float]] = field(default_factory=list)
    follows: list[tuple[int, int]] = field(default_factory=list)
    tables: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)

    def base_of(self, node: int) -> Cell | None:
        """The cell that this one is a share of."""
        return self.cells[self.bases[node]] if node in self.bases else None

    def has_people(self, node: int) -> bool:
        """Whether the node is a share that stands for a number of people."""
        return has_people(self.cells[node], self.base_of(node))

    def stands_for_count(self, node: int) -> bool:
        """Whether the node is a number of people or events: a count, or what stands above the line of a share."""
        return self.cells[node] is None or self.cells[node].measure == "count" or self.has_people(node)


def build_system(cells: Sequence[Cell], facts: Sequence[Fact], policy: Policy, released: Mapping[str, float]) -> System:
    """Return the system of a release. `released` holds what earlier releases printed, by cell id."""
    draft = _Draft(policy)
    known = check_cells(cells)
    for name in dict.fromkeys([*known, *(name for fact in facts for name in (fact.whole, *fact.parts))]):
        draft.index[name] = len(draft.ids)
        draft.ids.append(name)
        draft.cells.append(known.get(name))
    for fact in facts:
        _note_bases(draft, fact)
    draft.nodes = [
        read_node(cell, draft.base_of(node), policy, released.get(draft.ids[node]))
        for node, cell in enumerate(draft.cells)
    ]
    for fact in facts:
        _add_fact(draft, fact)
    return _finish(draft)


def _note_bases(draft: _Draft, fact: Fact) -> None:
    """Take the whole as the base of each percent and rate of a share, unless the return gives another base."""
    base = draft.cells[draft.index[fact.whole]]
    if fact.kind != "share" or base is None or base.value is None or base.measure != "count":
        return
    for part in (draft.index[name] for name in fact.parts):
        cell = draft.cells[part]
        if cell and cell.measure in OF_PEOPLE and cell.denominator in (None, base.value):
            draft.bases[part] = draft.index[fact.whole]


def _add_fact(draft: _Draft, fact: Fact) -> None:
    add = {
        "sum": _add_sum,
        "part": _add_parts,
        "within": _add_within,
        "bound": _add_bounds,
        "flow": _add_flow,
        "share": _add_shares,
        "numerator": _add_numerators,
        "change": _add_change,
    }[fact.kind]
    add(draft, draft.index[fact.whole], [draft.index[name] for name in fact.parts])


def _add_sum(draft: _Draft, whole: int, parts: list[int]) -> None:
    nodes = [whole, *parts]
    amounts = all(draft.cells[node] is None or draft.cells[node].measure in AMOUNTS for node in nodes)
    counted = all(draft.stands_for_count(node) for node in nodes)
    if amounts:
        draft.tables.append((whole, tuple(parts)))
        _force_dominant(draft, whole, parts)
        _force_alike(draft, whole, parts)
    if amounts or counted:
        draft.equations.append(_equation(whole, parts))
    else:  # figures of different kinds: no equation holds between numbers of people, so they hide together
        draft.follows += [(one, other) for one in nodes for other in nodes if one != other]


def _equation(whole: int, parts: Sequence[int]) -> dict[int, float]:
    row = {whole: -1.0}
    for part in parts:
        row[part] = row.get(part, 0.0) + 1.0
    return row


def _force_dominant(draft: _Draft, whole: int, parts: list[int]) -> None:
    """Hide the settings that make up more of their whole than the policy allows, and the whole, which tells of them."""
    settings = [part for part in parts if is_matching(draft.ids[part], draft.policy.settings)]
    settings.sort(key=lambda part: -draft.nodes[part].nominal)
    counts = [draft.nodes[part].nominal for part in settings]
    known = draft.cells[whole] is not None and draft.cells[whole].value is not None
    total = draft.nodes[whole].nominal if known else sum(draft.nodes[part].nominal for part in parts)
    dominant = settings[: count_dominant(counts, total, draft.policy)]
    for node in (whole, *dominant) if dominant else ():
        cell = draft.cells[node]
        if cell and is_protected(cell, draft.policy) and draft.nodes[node].state == CHOICE:
            draft.nodes[node] = draft.nodes[node]._replace(state=FORCED)


def _force_alike(draft: _Draft, whole: int, parts: list[int]) -> None:
    """Hide a part that is all of a small group, or all but one, since it tells of each. A part of nobody may be hidden
    for its sake."""
    size = draft.nodes[whole].nominal
    counts = [part for part in parts if draft.cells[part] and draft.cells[part].measure == "count"]
    for part in counts if len(parts) > 1 and is_alike(size, size, draft.policy) else ():
        node = draft.nodes[part]
        if is_protected(draft.cells[part], draft.policy) and node.nominal >= max(1, size - 1):
            draft.nodes[part] = node._replace(state=FORCED)
            for nobody in (one for one in counts if draft.nodes[one].state == SHOWN):
                draft.nodes[nobody] = draft.nodes[nobody]._replace(state=CHOICE)


def _add_parts(draft: _Draft, whole: int, parts: list[int]) -> None:
    for part in parts:
        _add_within(draft, part, [whole])


def _add_bounds(draft: _Draft, whole: int, parts: list[int]) -> None:
    for part in parts:
        _add_within(draft, part, [whole], secret=False)


def _add_flow(draft: _Draft, whole: int, parts: list[int]) -> None:
    before, came, went = parts
    draft.equations.append(_equation(whole, (before, came)) | {went: -1.0})


def _add_within(draft: _Draft, part: int, wholes: Sequence[int], *, secret: bool = True) -> None:
    rest = len(draft.ids)
    draft.ids.append(f"rest of {' and '.join(draft.ids[whole] for whole in wholes)} without {draft.ids[part]}")
    draft.cells.append(None)
    node = _read_rest(draft, wholes, part)
    draft.nodes.append(node if secret else node._replace(need=0.0))
    draft.equations.append(_equation(part, wholes) | {rest: -1.0})


def _read_rest(draft: _Draft, wholes: Sequence[int], part: int) -> Node:
    """Return the node of those of the wholes who aren't in the part; few of them are a secret like any other."""
    nominal = max(0.0, sum(draft.nodes[whole].nominal for whole in wholes) - draft.nodes[part].nominal)
    named = [cell for cell in (draft.cells[node] for node in (*wholes, part)) if cell is not None]
    threshold = max((threshold_of(cell, draft.policy) for cell in named), default=0)
    secret = len(named) == len(wholes) + 1 and all(is_protected(cell, draft.policy) for cell in named)
    need = float(threshold) if secret and is_small(nominal, threshold) else 0.0
    return Node(nominal=nominal, need=need, state=UNPRINTED)


def _add_shares(draft: _Draft, whole: int, parts: list[int]) -> None:
    draft.follows += [(part, whole) for part in parts]
    percents = [p for p in parts if draft.bases.get(p) == whole and draft.cells[p].measure == "percent"]
    _add_parts(draft, whole, percents)
    if len(percents) > 1 and _is_partition([draft.cells[part] for part in percents]):
        draft.equations.append(_equation(whole, percents))


def _is_partition(percents: list[Cell]) -> bool:
    """Whether the percents add to 100, as far as their precision tells: a reader will take them for a whole."""
    if any(cell.value is None for cell in percents):
        return False
    slack = sum(0.5 * 10.0**-cell.decimals for cell in percents)
    return abs(sum(cell.value for cell in percents) - 100) <= slack + 1e-9


def _add_numerators(draft: _Draft, whole: int, parts: list[int]) -> None:
    for part in parts:
        draft.follows.append((part, whole))
        if draft.nodes[part].state == FORCED and draft.nodes[whole].state == SHOWN and draft.cells[whole]:
            draft.nodes[whole] = draft.nodes[whole]._replace(state=CHOICE)  # none of a small group tells of each
        if draft.has_people(part):
            draft.equations.append(_equation(whole, (part,)))


def _add_change(draft: _Draft, now: int, parts: list[int]) -> None:
    changes = [part for part in parts if draft.cells[part] and draft.cells[part].measure in CHANGES]
    before = [part for part in parts if part not in changes]
    draft.follows += [(change, figure) for change in changes for figure in (now, *before)]
    if all(draft.cells[figure] is None for figure in before):
        for change in changes:
            _force_change(draft, now, change)


def _force_change(draft: _Draft, now: int, change: int) -> None:
    """Hide a change that gives away a small earlier figure, where this release doesn't hold that figure."""
    cell, current = draft.cells[change], draft.cells[now]
    if current is None or current.measure != "count" or None in (cell.value, current.value):
        return
    ratio = 1 + cell.value / 100
    before = current.value - cell.value if cell.measure == "change_absolute" else current.value / ratio if ratio else 0
    small = is_small(round(before), threshold_of(current, draft.policy), draft.policy.protect_zero)
    if small and is_protected(cell, draft.policy):
        draft.nodes[change] = draft.nodes[change]._replace(state=FORCED)


def _finish(draft: _Draft) -> System:
    nodes = draft.nodes
    rows = get_matrix(draft.equations, len(nodes))
    truth = settle(
        rows, np.array([node.nominal for node in nodes], dtype=float), np.array([node.true for node in nodes])
    )
    hidden = np.array([node.hidden for node in nodes], dtype=float).reshape(-1, 2)
    shown = np.array([node.shown for node in nodes], dtype=float).reshape(-1, 2)
    return System(
        ids=tuple(draft.ids),
        rows=rows,
        right=rows @ truth,
        truth=truth,
        shown=widen(shown, truth),
        hidden=widen(hidden, truth),
        need=np.array([node.need for node in nodes]),
        state=np.array([node.state for node in nodes], dtype=int),
        loss=break_ties(np.array([node.loss for node in nodes]), truth),
        follows=tuple(dict.fromkeys(draft.follows)),
        tables=tuple(draft.tables),
    )
