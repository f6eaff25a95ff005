"""What the attacker knows from each fact: rows that tie the numbers of a release together. For the audit alone."""

from collections.abc import Sequence
from math import inf

from analysis.disclosure.attacker import Case, Knowledge
from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.knowledge_shares import add_others, get_per
from analysis.disclosure.policy import is_protected
from analysis.disclosure.printed import get_limits
from analysis.measures.measure import AVERAGES


def get_unknown(case: Case, name: str) -> int:
    """Return the unknown for a cell that a fact names; one that isn't in the release is anything."""
    if name not in case.people:
        old = case.released.get(name)
        low, high = (old, old) if old is not None else (0.0, inf)
        case.people[name] = case.known.add(old or 0.0, low, high, (low, high))
    return case.people[name]


def _read_sum(case: Case, fact: Fact) -> None:
    """Whole = sum of parts, for counts; for shares of one base as well; for other figures by their values."""
    names = (fact.whole, *fact.parts)
    counted = all(name in case.people for name in names if name in case.cells)
    find = get_unknown if counted else _get_value
    row: dict[int, float] = {find(case, fact.whole): -1.0}
    for name in fact.parts:
        row[find(case, name)] = row.get(find(case, name), 0.0) + 1.0
    case.known.rows.append((row, 0.0, 0.0))


def _read_part(case: Case, fact: Fact) -> None:
    for name in fact.parts:
        _hold(case, name, [fact.whole])


def _read_bound(case: Case, fact: Fact) -> None:
    for name in fact.parts:
        case.known.rows.append(({get_unknown(case, fact.whole): 1.0, get_unknown(case, name): -1.0}, 0.0, inf))


def _read_flow(case: Case, fact: Fact) -> None:
    now, before, came, went = (get_unknown(case, name) for name in (fact.whole, *fact.parts))
    case.known.rows.append(({now: 1.0, before: -1.0, came: -1.0, went: 1.0}, 0.0, 0.0))


def _read_within(case: Case, fact: Fact) -> None:
    _hold(case, fact.whole, fact.parts)


def _hold(case: Case, part: str, wholes: Sequence[str]) -> None:
    """Note that the wholes together hold the part; those outside it are people, too, where all are about people."""
    cell, within = case.cells.get(part), [get_unknown(case, whole) for whole in wholes]
    inner = get_unknown(case, part)
    secret = cell is not None and all(w in case.cells and is_protected(case.cells[w], case.policy) for w in wholes)
    if secret:
        add_others(case, cell, within, inner)
    else:
        case.known.rows.append((dict.fromkeys(within, 1.0) | {inner: -1.0}, 0.0, inf))


def _read_share(case: Case, fact: Fact) -> None:
    """A mean is printed with its base; percents that add to 100 will be taken for a whole."""
    for name in (name for name in fact.parts if case.base.get(name) == fact.whole and name not in case.hidden):
        if case.cells[name].measure in AVERAGES and case.cells[name].denominator is not None:
            case.known.rows.append(({get_unknown(case, fact.whole): 1.0}, *[case.cells[name].denominator] * 2))
    percents = [
        case.cells[name]
        for name in fact.parts
        if case.base.get(name) == fact.whole and case.cells[name].measure == "percent"
    ]
    if len(percents) < 2 or any(cell.value is None for cell in percents):
        return
    if abs(sum(cell.value for cell in percents) - 100) <= sum(0.5 * 10**-cell.decimals for cell in percents) + 1e-9:
        row = {case.people[cell.id]: 1.0 for cell in percents} | {case.people[fact.whole]: -1.0}
        case.known.rows.append((row, 0.0, 0.0))


def _read_numerator(case: Case, fact: Fact) -> None:
    for name in fact.parts:
        if name in case.people:
            case.known.rows.append(({get_unknown(case, fact.whole): 1.0, case.people[name]: -1.0}, 0.0, 0.0))


def _read_change(case: Case, fact: Fact) -> None:
    """A printed change ties the figure now to the figure before, as far as its precision goes."""
    changes = [n for n in fact.parts if n in case.cells and case.cells[n].measure.startswith("change_")]
    for name in (n for n in changes if n not in case.hidden and case.cells[n].value is not None):
        low, high = get_limits(case.cells[name])
        for earlier in (n for n in fact.parts if n not in changes):
            now, before = _get_value(case, fact.whole), _get_value(case, earlier)
            _tie_change(case.known, case.cells[name].measure, now, before, low, high)


def _tie_change(known: Knowledge, measure: str, now: int, before: int, low: float, high: float) -> None:
    if measure == "change_absolute":
        known.rows.append(({now: 1.0, before: -1.0}, low, high))
        return
    if low > -inf:
        known.rows.append(({now: 1.0, before: -(1 + low / 100)}, 0.0, inf))
    if high < inf:
        known.rows.append(({now: 1.0, before: -(1 + high / 100)}, -inf, 0.0))


def _get_value(case: Case, name: str) -> int:
    """Return the unknown for a figure's own value: its people, for a count; else what is printed, or anything."""
    cell = case.cells.get(name)
    if cell is None or cell.measure == "count":
        return get_unknown(case, name)
    if name not in case.values:
        limits = (-inf, inf) if cell.value is None else get_limits(cell)
        low, high = limits if name not in case.hidden else (-inf, inf)
        case.values[name] = case.known.add(float(cell.value or 0), low, high, limits, whole=False)
        _link_value(case, cell)
    return case.values[name]


def _link_value(case: Case, cell: Cell) -> None:
    """Tie the value of a share to its people where its base is a known number."""
    if cell.id in case.base:
        base = case.people[case.base[cell.id]]
        if case.known.low[base] == case.known.high[base]:
            people = case.known.low[base] / get_per(cell)
            row = {case.people[cell.id]: 1.0, case.values[cell.id]: -people}
            case.known.rows.append((row, -0.5 * people * 10**-cell.decimals, 0.5 * people * 10**-cell.decimals))


READERS = {
    "sum": _read_sum,
    "part": _read_part,
    "within": _read_within,
    "bound": _read_bound,
    "flow": _read_flow,
    "share": _read_share,
    "numerator": _read_numerator,
    "change": _read_change,
}
