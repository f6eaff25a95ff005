"""Numbers that a table holds only as arithmetic: changes between two of its values, shares of a total."""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.drafts.agree import precision_of
from analysis.drafts.claim import Claim
from analysis.drafts.facts import Fact
from analysis.drafts.periods import Span, fit_periods

TOLERANCE = 0.05  # of percentage points: what two values printed to one place may lose in their difference


@dataclass(frozen=True)
class Change:
    """A change from one fact to another: as a number, in per cent of the first, and in points where both are shares."""

    now: Fact
    before: Fact

    @property
    def absolute(self) -> float:
        """The later value less the earlier."""
        return self.now.value - self.before.value

    @property
    def loss(self) -> float:
        """What the change may be off where the earlier value is known only as a sentence prints it."""
        return 0.5 * self.before.scale * 10.0**-self.before.decimals if self.before.earlier else 0.0

    @property
    def relative(self) -> float | None:
        """The change in per cent of the earlier value."""
        return 100 * self.absolute / self.before.value if self.before.value else None


def find_change(fact: Fact, series: Iterable[Fact], against: Span | None = None) -> Change | None:
    """Return the change to a fact from another period of its series, a year before where none is told; None where none
    is held."""
    if fact.value is None or fact.period is None:
        return None
    kin = [f for f in series if f.value is not None and f.period is not None and not f.hidden]
    before = against or fact.period.shift(-1)
    fits = [(fit_periods(before, f.period), f) for f in kin if f.period.end < fact.period.end]
    best = max(fits, key=lambda pair: pair[0], default=(0.0, None))
    if best[0] >= 0.6:
        return Change(fact, best[1])
    if against:
        return None
    nearest = max((f for _, f in fits), key=lambda f: f.period.end, default=None)
    return Change(fact, nearest) if nearest is not None and len(fits) == 1 else None


def find_shares(fact: Fact, facts: Iterable[Fact]) -> list[float]:
    """Return a category's count as a percentage of the totals that the table holds for it."""
    if fact.kind != "count" or fact.value is None or not fact.category:
        return []
    wholes = [f.value for f in facts if f.value and not f.category and f.place == fact.place and _same_period(f, fact)]
    return [100 * fact.value / whole for whole in wholes]


def find_sibling_share(fact: Fact, facts: Iterable[Fact]) -> float | None:
    """Return a category's count as a percentage of its split's sum: one whole of a table that holds no total."""
    if fact.kind != "count" or fact.value is None or not fact.category:
        return None
    split = [f for f in facts if f.dimension == fact.dimension and f.place == fact.place and f.period == fact.period]
    known = len(split) > 1 and all(f.value is not None for f in split)
    return 100 * fact.value / sum(f.value for f in split) if known and any(f.value for f in split) else None


def _same_period(one: Fact, other: Fact) -> bool:
    return one.period == other.period or (
        one.period is not None and other.period is not None and fit_periods(one.period, other.period) >= 0.9
    )


def tells(claim: Claim, value: float, loss: float = 0.0) -> bool:
    """Whether a claim's number is a worked-out value at its printed precision, with what rounded inputs may lose."""
    return abs(abs(claim.numeral.value) - abs(value)) <= precision_of(claim) + loss + 1e-9
