"""What one cell means to the gate: how many people it stands for, what it tells when printed and when hidden."""

from typing import NamedTuple

from analysis.disclosure import reading
from analysis.disclosure.cells import CHANGES, OF_PEOPLE, Cell
from analysis.disclosure.policy import (
    Policy,
    is_alike,
    is_held,
    is_protected,
    is_revised_by_few,
    is_small,
    is_told,
    threshold_of,
)
from analysis.disclosure.reading import EVERYTHING, Range

SHOWN, CHOICE, FORCED, UNPRINTED = range(4)
AMOUNTS = ("count", "amount", "duration")


class Node(NamedTuple):
    """One unknown of the system.

    `true`: the range of its value before our rounding. `nominal`: the value it stands for. `shown` and `hidden`:
    the range a reader must allow for when it is printed or not. `need`: the width that its range must keep when
    hidden. `state`: SHOWN is never hidden, CHOICE may be, FORCED must be, UNPRINTED isn't in the release at all.
    """

    true: Range = EVERYTHING
    nominal: float = 0.0
    shown: Range = EVERYTHING
    hidden: Range = EVERYTHING
    need: float = 0.0
    state: int = UNPRINTED
    loss: float = 0.0


def has_people(cell: Cell | None, base: Cell | None) -> bool:
    """Whether the cell is a percent or rate that stands for a number of people, its base being known."""
    based = base is not None or (cell is not None and (cell.numerator, cell.denominator) != (None, None))
    return cell is not None and cell.measure in OF_PEOPLE and based


def read_node(cell: Cell | None, base: Cell | None, policy: Policy, released: float | None) -> Node:
    """Return the node of a cell, of the whole it is a share of, and of what an earlier release printed for it.

    The cell is None for what a fact names and this release lacks.
    """
    if cell is None or cell.value is None:
        return _read_absent(released)
    node = _read_people(cell, base, policy) if has_people(cell, base) else _read_plain(cell, policy)
    node = node._replace(state=_get_state(cell, base, node, policy), loss=max(cell.loss, 1e-6))
    return node if released is None else _recall(cell, node, released, told=is_told(cell, released, policy))


def _read_absent(released: float | None) -> Node:
    if released is None:
        return Node()
    known = (max(0.0, float(released)),) * 2
    return Node(known, known[0], known, known, state=SHOWN)


def _read_people(cell: Cell, base: Cell | None, policy: Policy) -> Node:
    within = _get_base_range(cell, base)
    nominal = get_people(cell, base)
    true = reading.get_people_range(cell, within)
    shown = reading.get_people_range(cell, _get_base_range(cell, base, policy))
    alike = cell.measure == "percent" and is_alike(nominal, get_base(cell, base), policy)
    return _read_secret(cell, policy, Node(true, float(round(nominal)), shown), zero=alike)


def _read_plain(cell: Cell, policy: Policy) -> Node:
    low, high = reading.get_value_range(cell)
    node = Node((max(0.0, low), max(0.0, high)), reading.get_nominal(cell))
    if cell.measure != "count":
        return node._replace(shown=node.true)
    return _read_secret(cell, policy, node._replace(shown=reading.get_published_range(cell, policy)))


def _read_secret(cell: Cell, policy: Policy, node: Node, *, zero: bool = False) -> Node:
    """Add what remains known of a hidden number of people, and the width that must remain. `zero`: nobody is hidden,
    too."""
    zero = zero or policy.protect_zero
    low = 0.0 if zero else min(1.0, node.nominal)
    secret = is_protected(cell, policy) and (zero or node.nominal > 0)
    need = float(threshold_of(cell, policy)) if secret else 0.0
    return node._replace(hidden=(low, EVERYTHING[1]), need=need)


def _get_base_range(cell: Cell, base: Cell | None, policy: Policy | None = None) -> Range:
    if base is not None and base.value is not None:
        return reading.get_published_range(base, policy) if policy else reading.get_value_range(base)
    return (float(cell.denominator),) * 2 if cell.denominator is not None else EVERYTHING


def get_people(cell: Cell, base: Cell | None) -> float:
    """Return how many people a percent or rate stands for: its numerator, or what its value implies."""
    if cell.numerator is not None:
        return float(cell.numerator)
    low, high = reading.get_people_range(cell, _get_base_range(cell, base))
    return low if low == high else reading.get_nominal(cell) / reading.get_scale(cell) * get_base(cell, base)


def get_base(cell: Cell, base: Cell | None) -> float:
    """Return the base of a share; zero where it isn't known."""
    if base is not None and base.value is not None:
        return reading.get_nominal(base)
    return float(cell.denominator or 0)


def _get_state(cell: Cell, base: Cell | None, node: Node, policy: Policy) -> int:
    if cell.measure in ("target", "threshold"):
        return SHOWN
    small = is_protected(cell, policy) and is_primary(cell, base, policy)
    if small or is_revised_by_few(cell, policy) or is_held(cell, policy):
        return FORCED
    zero = cell.measure == "count" and node.shown == (0.0, 0.0)
    return SHOWN if zero else CHOICE


def is_primary(cell: Cell, base: Cell | None, policy: Policy) -> bool:
    """Whether the cell by itself gives away a small number of people."""
    threshold = threshold_of(cell, policy)
    if cell.measure == "count":
        return is_small(reading.get_nominal(cell), threshold, policy.protect_zero)
    if cell.measure not in CHANGES and is_small(get_base(cell, base), threshold):
        return True
    told = _get_told(cell, base) if has_people(cell, base) else []
    alike = len(told) == 2 and is_alike(told[0], sum(told), policy)
    return alike or any(is_small(people, threshold, policy.protect_zero) for people in told)


def _get_told(cell: Cell, base: Cell | None) -> list[float]:
    """Return the numbers of people that a percent or rate tells: those above its line, and the others."""
    people, whole = get_people(cell, base), get_base(cell, base)
    return [people, whole - people] if cell.measure == "percent" and whole else [people]


def _recall(cell: Cell, node: Node, released: float, *, told: bool) -> Node:
    """Narrow a node to what an earlier release printed.

    What was told can't be kept any more. A count revised since is known give or take the revision and the width
    that hiding it must leave; of a share whose base alone was revised the number above the line is known; any other
    share revised since has to be found anew.
    """
    if told or cell.repeated:
        return node._replace(hidden=node.shown, need=0.0)
    if cell.measure != "count":
        return node
    off = abs(released - cell.value)
    shown = (max(node.shown[0], released - off), min(node.shown[1], released + off))
    hidden = (max(node.hidden[0], released - off - node.need), released + off + node.need)
    return node._replace(shown=shown, hidden=hidden)
