"""Everything an attacker knows of a release, as bounds and rows over whole numbers of people. For the audit alone.

Written apart from the gate on purpose: it shares nothing with it but what a cell, a fact and a policy are.
"""

from collections.abc import Collection, Mapping, Sequence
from math import inf

from analysis.disclosure.attacker import Case, Knowledge, aim, get_least, get_print, is_known
from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.knowledge_facts import READERS
from analysis.disclosure.knowledge_shares import meet_share
from analysis.disclosure.policy import Policy, threshold_of
from analysis.disclosure.printed import get_meant, get_spread


def gather(
    cells: Sequence[Cell],
    facts: Sequence[Fact],
    policy: Policy,
    hidden: Collection[str],
    released: Mapping[str, float],
) -> Knowledge:
    """Return what an attacker knows of a release that doesn't print the `hidden` cells."""
    case = Case({cell.id: cell for cell in cells}, policy, set(hidden), released)
    for fact in facts:
        if fact.kind == "share" and _is_counted(case, fact.whole):
            case.base |= {part: fact.whole for part in fact.parts if _is_base(case, part, fact.whole)}
    for cell in cells:
        if cell.measure == "count":
            _meet_count(case, cell)
    for cell in cells:
        if cell.measure in ("percent", "rate"):
            meet_share(case, cell)
    for fact in facts:
        READERS[fact.kind](case, fact)
    return case.known


def _is_counted(case: Case, name: str) -> bool:
    cell = case.cells.get(name)
    return cell is not None and cell.measure == "count" and cell.value is not None


def _is_base(case: Case, part: str, whole: str) -> bool:
    cell = case.cells.get(part)
    return cell is not None and cell.denominator in (None, case.cells[whole].value)


def _meet_count(case: Case, cell: Cell) -> None:
    """Note a count: its printed range, or what remains known once it is hidden.

    One that was revised since is known give or take the revision and the threshold.
    """
    truth, spread = get_meant(cell), get_spread(cell)
    before = case.released.get(cell.id)
    if cell.value is None:
        low, high = 0.0, inf
    elif cell.id in case.hidden and not is_known(case, cell):
        low, high = get_least(case, truth), inf
        if before is not None:
            off = abs(before - cell.value) + threshold_of(cell, case.policy)
            low, high = max(low, before - off), min(high, before + off)
    else:
        low, high = get_print(case, cell, spread)
    case.people[cell.id] = case.known.add(truth, low, high, spread)
    aim(case, cell, case.people[cell.id], truth)
