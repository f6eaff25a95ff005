"""The attacker's file: the unknowns, bounds and rows that he has gathered so far, and what he is after."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from analysis.disclosure.cells import Cell
from analysis.disclosure.policy import Policy, is_protected, is_told, threshold_of


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
class Case:
    """The attacker's file: the release, and the unknown that stands for each of its cells."""

    cells: dict[str, Cell]
    policy: Policy
    hidden: Collection[str]
    released: Mapping[str, float]
    known: Knowledge = field(default_factory=Knowledge)
    people: dict[str, int] = field(default_factory=dict)
    values: dict[str, int] = field(default_factory=dict)
    base: dict[str, str] = field(default_factory=dict)


def aim(case: Case, cell: Cell, unknown: int, truth: float, *, zero: bool = False) -> None:
    """Make a hidden number of people a target, unless it is told already, or nobody, where `zero` doesn't count."""
    if cell.id not in case.hidden or cell.value is None or not is_protected(cell, case.policy):
        return
    if is_known(case, cell) or (truth == 0 and not (zero or case.policy.protect_zero)):
        return
    case.known.targets.append(Target(cell.id, unknown, threshold_of(cell, case.policy)))


def is_known(case: Case, cell: Cell) -> bool:
    """Whether an earlier release printed of the cell what this one would print."""
    return is_told(cell, case.released.get(cell.id), case.policy)


def get_least(case: Case, truth: float) -> float:
    """Return what is told of a hidden count: that it is above nothing, unless nothing is hidden too."""
    return 0.0 if case.policy.protect_zero else min(1.0, truth)


def get_print(case: Case, cell: Cell, spread: tuple[float, float]) -> tuple[float, float]:
    """Return the range that a printed count leaves: it wasn't small enough to hide."""
    low, high = spread
    if cell.qualifier != "exact" or not is_protected(cell, case.policy):
        return low, high
    enough = threshold_of(cell, case.policy)
    return (max(low, enough), high) if cell.value >= enough else (low, high)
