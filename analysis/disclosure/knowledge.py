"""Everything an attacker knows of a release, as bounds and rows over whole numbers of people. For the audit alone.

Written apart from the gate on purpose: it shares nothing with it but what a cell, a fact and a policy are.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, inf

from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.policy import Policy, is_protected, round_count, threshold_of

TENTH = 0.1


@dataclass(frozen=True)
class Target:
    """A hidden number that the attacker is after: whose cell it is, its unknown, and the width it must keep."""

    cell: str
    unknown: int
    need: float


@dataclass
class Knowledge:
    """Unknowns with their bounds, true values and whether they are whole; rows with theirs; and the targets."""

    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    truth: list[float] = field(default_factory=list)
    spread: list[tuple[float, float]] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)

    def add(self, truth: float, low: float, high: float, spread: tuple[float, float], whole: bool = True) -> int:
        """Add an unknown and return its number. `spread` is where its true value may lie, published or not."""
        self.low.append(low)
        self.high.append(high)
        self.truth.append(truth)
        self.spread.append(spread)
        self.whole.append(whole and float(truth).is_integer())
        return len(self.low) - 1


@dataclass
class _Case:
    """The attacker's file: the release, and the unknown that stands for each of its cells."""

    cells: dict[str, Cell]
    policy: Policy
    hidden: Collection[str]
    low: Collection[str]
    released: Mapping[str, float]
    known: Knowledge = field(default_factory=Knowledge)
    people: dict[str, int] = field(default_factory=dict)
    values: dict[str, int] = field(default_factory=dict)
    base: dict[str, str] = field(default_factory=dict)


def gather(
    cells: Sequence[Cell],
    facts: Sequence[Fact],
    policy: Policy,
    hidden: Collection[str],
    low: Collection[str],
    released: Mapping[str, float],
) -> Knowledge:
    """Return what an attacker knows of a release that prints neither the `hidden` cells nor, of the `low`, more."""
    case = _Case({cell.id: cell for cell in cells}, policy, set(hidden), set(low), released)
    for fact in facts:
        if fact.kind == "share" and _is_counted(case, fact.whole):
            case.base |= {part: fact.whole for part in fact.parts if _is_base(case, part, fact.whole)}
    for cell in cells:
        if cell.measure == "count":
            _meet_count(case, cell)
    for cell in cells:
        if cell.measure in ("percent", "rate"):
            _meet_share(case, cell)
    for fact in facts:
        READERS[fact.kind](case, fact)
    return case.known


def _is_counted(case: _Case, name: str) -> bool:
    cell = case.cells.get(name)
    return cell is not None and cell.measure == "count" and cell.value is not None


def _is_base(case: _Case, part: str, whole: str) -> bool:
    cell = case.cells.get(part)
    return cell is not None and cell.denominator in (None, case.cells[whole].value)


def _meet_count(case: _Case, cell: Cell) -> None:
    """Note a count: its printed range, or what remains known once it is hidden."""
    truth, spread = _get_meant(cell), _get_spread(cell)
    if cell.value is None:
        low, high = 0.0, inf
    elif cell.id in case.hidden:
        low, high = _get_veil(case, cell, truth)
    else:
        low, high = _get_print(case, cell, spread)
    if cell.id in case.released and cell.value is not None:
        off = abs(case.released[cell.id] - cell.value)
        low, high = max(low, case.released[cell.id] - off), min(high, case.released[cell.id] + off)
    case.people[cell.id] = case.known.add(truth, low, high, spread)
    _aim(case, cell, case.people[cell.id], truth)


def _aim(case: _Case, cell: Cell, unknown: int, truth: float) -> None:
    """Make a hidden number of people a target. Nothing may be told; what an earlier release told, if small, may not."""
    if cell.id not in case.hidden or cell.value is None or not is_protected(cell, case.policy):
        return
    threshold = threshold_of(cell, case.policy)
    told = cell.id in case.released and truth >= threshold
    if told or (truth == 0 and not case.policy.protect_zero):
        return
    low, high = _get_veil(case, cell, truth)
    need = high - low if cell.id in case.low else threshold
    case.known.targets.append(Target(cell.id, unknown, need))


def _get_veil(case: _Case, cell: Cell, truth: float) -> tuple[float, float]:
    """Return what is told of a hidden count: above nothing, unless nothing is hidden too; below where it is low."""
    least = 0.0 if case.policy.protect_zero else min(1.0, truth)
    return least, (threshold_of(cell, case.policy) - 1 if cell.id in case.low else inf)


def _get_print(case: _Case, cell: Cell, spread: tuple[float, float]) -> tuple[float, float]:
    """Return the range that a printed count leaves: its rounding, and that it wasn't small enough to hide."""
    low, high = spread
    if cell.qualifier != "exact" or not is_protected(cell, case.policy):
        return low, high
    if base := case.policy.rounding_base:
        middle = round_count(cell.value, base)
        low, high = max(0, middle - base // 2), middle + (base - 1) // 2
    enough = threshold_of(cell, case.policy)
    return (max(low, enough), high) if cell.value >= enough else (low, high)


def _get_meant(cell: Cell) -> float:
    """Return the number that a printed count means: "over 5" is at least 6."""
    moves = {"over": 1, "under": -1, "nearly": -1, "just_under": -1}
    return 0.0 if cell.value is None else max(0.0, cell.value + moves.get(cell.qualifier, 0))


def _get_spread(cell: Cell) -> tuple[float, float]:
    """Return the lowest and highest number of people that the words before a count allow."""
    value, kind = cell.value, cell.qualifier
    if value is None:
        return 0.0, inf
    if kind == "about":
        digits = len(str(int(value))) - len(str(int(value)).rstrip("0")) if value else 0
        return max(0.0, value - 10**digits / 2), value + 10**digits / 2
    low = {"over": value + 1, "at_least": value, "nearly": value * (1 - TENTH), "just_under": value * (1 - TENTH)}
    high = {"up_to": value, "under": value - 1, "nearly": value - 1, "just_under": value - 1}
    if kind == "exact":
        return value, value
    return max(0.0, low.get(kind, 0.0)), max(0.0, high.get(kind, inf))


def _get_limits(cell: Cell) -> tuple[float, float]:
    """Return the lowest and highest value that a printed percent, rate or change allows."""
    half, kind, value = 0.5 * 10**-cell.decimals, cell.qualifier, cell.value
    if kind == "about":
        digits = len(str(int(abs(value)))) - len(str(int(abs(value))).rstrip("0")) if float(value).is_integer() else 0
        half = max(10**digits / 2 if value else half, half)
    if kind in ("exact", "about"):
        return value - half, value + half
    low = {"over": value, "at_least": value, "nearly": value * (1 - TENTH), "just_under": value * (1 - TENTH)}
    high = {"up_to": value, "under": value, "nearly": value, "just_under": value}
    return low.get(kind, -inf if value < 0 else 0.0), high.get(kind, inf)


def _meet_share(case: _Case, cell: Cell) -> None:
    """Note the number of people that a percent or rate stands for, where its base can be known."""
    if cell.value is None or (cell.id not in case.base and cell.numerator is None and cell.denominator is None):
        return
    base = _get_base(case, cell)
    truth = _get_top(case, cell, base)
    hidden = cell.id in case.hidden and cell.id not in case.released
    low = min(1.0, truth) * (not case.policy.protect_zero) if hidden else 0.0
    settled = cell.numerator is not None
    spread = (truth, truth) if settled else (floor(truth - 0.5), ceil(truth + 0.5))
    fixed = settled and not hidden
    unknown = case.known.add(truth, truth if fixed else low, truth if fixed else inf, spread)
    case.people[cell.id] = unknown
    if not hidden:
        _bind_share(case, cell, unknown, base)
    _aim(case, cell, unknown, truth)
    if cell.measure == "percent":
        _add_others(case, cell, base, unknown)


def _get_base(case: _Case, cell: Cell) -> int:
    """Return the unknown that is a share's base: the whole's, or one of its own that is printed with it."""
    if cell.id in case.base:
        return case.people[case.base[cell.id]]
    number = cell.denominator
    if number is None:
        return case.known.add(0.0, 0.0, inf, (0.0, inf))
    printed = cell.id not in case.hidden or cell.id in case.released
    return case.known.add(number, number if printed else 0.0, number if printed else inf, (number, number))


def _get_top(case: _Case, cell: Cell, base: int) -> float:
    if cell.numerator is not None:
        return float(cell.numerator)
    return float(max(0, round(cell.value / _get_per(cell) * case.known.truth[base])))


def _get_per(cell: Cell) -> float:
    """Return what a share is per: 100, or the power of ten that the counts of a rate imply."""
    if cell.measure == "percent" or not cell.numerator or not cell.denominator or not cell.value:
        return 100.0
    exact = cell.value / (cell.numerator / cell.denominator)
    return min((1.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6), key=lambda per: max(per / exact, exact / per))


def _bind_share(case: _Case, cell: Cell, unknown: int, base: int) -> None:
    """Note what a printed share tells: its precision, and the base printed beside it."""
    low, high = (limit / _get_per(cell) for limit in _get_limits(cell))
    case.known.rows.append(({unknown: 1.0, base: -max(low, 0.0)}, 0.0, inf))
    if high < inf:
        case.known.rows.append(({unknown: 1.0, base: -high}, -inf, 0.0))
    if cell.denominator is not None and cell.id in case.base and case.policy.rounding_base is None:
        case.known.rows.append(({base: 1.0}, cell.denominator, cell.denominator))


def _add_others(case: _Case, cell: Cell, whole: int, part: int) -> None:
    """Note those of the whole who aren't in the part; a target of its own where they are few."""
    known = case.known
    truth = max(0.0, known.truth[whole] - known.truth[part])
    others = known.add(truth, 0.0, inf, (0.0, inf))
    known.rows.append(({whole: 1.0, part: -1.0, others: -1.0}, 0.0, 0.0))
    if 0 < truth < threshold_of(cell, case.policy) and _is_about_people(case, cell):
        known.targets.append(Target(cell.id, others, threshold_of(cell, case.policy)))


def _is_about_people(case: _Case, cell: Cell) -> bool:
    """Whether those left out by a share or part are people, too, whom no earlier release told of."""
    return is_protected(cell, case.policy) and cell.id not in case.released


def _get_unknown(case: _Case, name: str) -> int:
    """Return the unknown for a cell that a fact names; one that isn't in the release is anything."""
    if name not in case.people:
        old = case.released.get(name)
        low, high = (old, old) if old is not None else (0.0, inf)
        case.people[name] = case.known.add(old or 0.0, low, high, (low, high))
    return case.people[name]


def _read_sum(case: _Case, fact: Fact) -> None:
    """Whole = sum of parts, for counts; for shares of one base as well; for other figures by their values."""
    names = (fact.whole, *fact.parts)
    cells = [case.cells[name] for name in names if name in case.cells]
    counted = all(cell.measure == "count" for cell in cells)
    shared = len({case.base.get(name, name) for name in names}) == 1
    find = _get_unknown if counted or shared else _get_value
    row: dict[int, float] = {find(case, fact.whole): -1.0}
    for name in fact.parts:
        row[find(case, name)] = row.get(find(case, name), 0.0) + 1.0
    case.known.rows.append((row, 0.0, 0.0))


def _read_part(case: _Case, fact: Fact) -> None:
    whole = _get_unknown(case, fact.whole)
    for name in fact.parts:
        part, cell = _get_unknown(case, name), case.cells.get(name)
        both = cell is not None and fact.whole in case.cells and is_protected(case.cells[fact.whole], case.policy)
        if both:
            _add_others(case, cell, whole, part)
        else:
            case.known.rows.append(({whole: 1.0, part: -1.0}, 0.0, inf))


def _read_share(case: _Case, fact: Fact) -> None:
    """Percents that add to 100 will be taken for a whole."""
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


def _read_numerator(case: _Case, fact: Fact) -> None:
    for name in fact.parts:
        if name in case.people:
            case.known.rows.append(({_get_unknown(case, fact.whole): 1.0, case.people[name]: -1.0}, 0.0, 0.0))


def _read_change(case: _Case, fact: Fact) -> None:
    """A printed change ties the figure now to the figure before, as far as its precision goes."""
    changes = [n for n in fact.parts if n in case.cells and case.cells[n].measure.startswith("change_")]
    for name in (n for n in changes if n not in case.hidden and case.cells[n].value is not None):
        low, high = _get_limits(case.cells[name])
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


def _get_value(case: _Case, name: str) -> int:
    """Return the unknown for a figure's own value: its people, for a count; else what is printed, or anything."""
    cell = case.cells.get(name)
    if cell is None or cell.measure == "count":
        return _get_unknown(case, name)
    if name not in case.values:
        limits = (-inf, inf) if cell.value is None else _get_limits(cell)
        low, high = limits if name not in case.hidden else (-inf, inf)
        case.values[name] = case.known.add(float(cell.value or 0), low, high, limits, whole=False)
        _link_value(case, cell)
    return case.values[name]


def _link_value(case: _Case, cell: Cell) -> None:
    """Tie the value of a share to its people where its base is a known number."""
    if cell.id in case.base:
        base = case.people[case.base[cell.id]]
        if case.known.low[base] == case.known.high[base]:
            people = case.known.low[base] / _get_per(cell)
            row = {case.people[cell.id]: 1.0, case.values[cell.id]: -people}
            case.known.rows.append((row, -0.5 * people * 10**-cell.decimals, 0.5 * people * 10**-cell.decimals))


READERS = {
    "sum": _read_sum,
    "part": _read_part,
    "share": _read_share,
    "numerator": _read_numerator,
    "change": _read_change,
}
