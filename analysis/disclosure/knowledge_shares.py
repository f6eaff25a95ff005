"""What the attacker knows of percents and rates: the people behind them, and those left out. For the audit alone."""

from collections.abc import Sequence
from math import ceil, floor, inf

from analysis.disclosure.attacker import Case, Target, aim, is_known
from analysis.disclosure.cells import Cell
from analysis.disclosure.policy import is_alike, is_protected, threshold_of
from analysis.disclosure.printed import get_limits


def meet_share(case: Case, cell: Cell) -> None:
    """Note the number of people that a percent or rate stands for, where its base can be known."""
    if cell.value is None or (cell.id not in case.base and cell.numerator is None and cell.denominator is None):
        return
    base = _get_base(case, cell)
    truth = _get_top(case, cell, base)
    hidden = cell.id in case.hidden and not is_known(case, cell)
    alike = cell.measure == "percent" and is_alike(truth, case.known.truth[base], case.policy)
    low = min(1.0, truth) * (not (alike or case.policy.protect_zero)) if hidden else 0.0
    settled = cell.numerator is not None
    spread = (truth, truth) if settled else (floor(truth - 0.5), ceil(truth + 0.5))
    if hidden and not cell.repeated:
        least, most = low, inf
    else:
        least, most = spread if settled else (low, inf)
    unknown = case.known.add(truth, least, most, spread)
    case.people[cell.id] = unknown
    if not hidden:
        _bind_share(case, cell, unknown, base)
    if not cell.repeated:
        aim(case, cell, unknown, truth, zero=alike)
    if cell.measure == "percent":
        add_others(case, cell, [base], unknown)


def _get_base(case: Case, cell: Cell) -> int:
    """Return the unknown that is a share's base: the whole's, or one of its own that is printed with it."""
    if cell.id in case.base:
        return case.people[case.base[cell.id]]
    number = cell.denominator
    if number is None:
        return case.known.add(0.0, 0.0, inf, (0.0, inf))
    printed = cell.id not in case.hidden or is_known(case, cell)
    return case.known.add(number, number if printed else 0.0, number if printed else inf, (number, number))


def _get_top(case: Case, cell: Cell, base: int) -> float:
    if cell.numerator is not None:
        return float(cell.numerator)
    return float(max(0, round(cell.value / get_per(cell) * case.known.truth[base])))


def get_per(cell: Cell) -> float:
    """Return what a share is per: 100, or the power of ten that the counts of a rate imply."""
    if cell.measure == "percent" or not cell.numerator or not cell.denominator or not cell.value:
        return 100.0
    exact = cell.value / (cell.numerator / cell.denominator)
    return min((1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6), key=lambda per: max(per / exact, exact / per))


def _bind_share(case: Case, cell: Cell, unknown: int, base: int) -> None:
    """Note what a printed share tells: its precision, and the base printed beside it."""
    low, high = (limit / get_per(cell) for limit in get_limits(cell))
    case.known.rows.append(({unknown: 1.0, base: -max(low, 0.0)}, 0.0, inf))
    if high < inf:
        case.known.rows.append(({unknown: 1.0, base: -high}, -inf, 0.0))
    if cell.denominator is not None and cell.id in case.base:
        case.known.rows.append(({base: 1.0}, cell.denominator, cell.denominator))


def add_others(case: Case, cell: Cell, wholes: Sequence[int], part: int) -> None:
    """Note those of the wholes who aren't in the part; a target of its own where they are few."""
    known = case.known
    truth = max(0.0, sum(known.truth[whole] for whole in wholes) - known.truth[part])
    others = known.add(truth, 0.0, inf, (0.0, inf))
    known.rows.append((dict.fromkeys(wholes, 1.0) | {part: -1.0, others: -1.0}, 0.0, 0.0))
    if 0 < truth < threshold_of(cell, case.policy) and _is_about_people(case, cell):
        known.targets.append(Target(cell.id, others, threshold_of(cell, case.policy)))


def _is_about_people(case: Case, cell: Cell) -> bool:
    """Whether those left out by a share or part are people, too, whom no earlier release told of."""
    return is_protected(cell, case.policy) and not is_known(case, cell)
