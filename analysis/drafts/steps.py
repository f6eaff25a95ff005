"""What follows from figures by one step of arithmetic, and whether a claim tells it: changes, shares, sums, gaps."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

from analysis.drafts.agree import agrees, agrees_fraction, precision_of
from analysis.drafts.claim import CHANGE, Claim
from analysis.drafts.facts import Fact
from analysis.drafts.index import Index
from analysis.drafts.periods import Span, fit_periods
from analysis.drafts.verdict import CONTRADICTED, SUPPORTED, Spoken, Verdict
from analysis.methods.rounding import round_half_up

TOLERANCE = 0.05  # of percentage points: what two values printed to one place may lose in their difference
LEAST = 20  # below it any number is the difference of some
COME_TO = re.compile(r"\b(?:came|come) to\b", re.IGNORECASE)
TOGETHER = re.compile(
    r"\b(?:together|combined|jointly|between them|added (?:up|together)|sum|in total|both)\b", re.IGNORECASE
)


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


def find_shares(fact: Fact, facts: Sequence[Fact], *, of_split: bool = False) -> list[float]:
    """Return a category's count as a percentage of the totals that the table holds for it; `of_split`, of its split's
    sum too, which is one whole of a table that holds no total."""
    if fact.kind != "count" or fact.value is None or not fact.category:
        return []
    here = [f for f in facts if f.place == fact.place]
    wholes = [f.value for f in here if f.value and not f.category and _same_period(f, fact)]
    split = [f.value for f in here if f.dimension == fact.dimension and f.period == fact.period]
    if of_split and len(split) > 1 and None not in split and any(split):
        wholes.append(sum(split))
    return [100 * fact.value / whole for whole in wholes]


def _same_period(one: Fact, other: Fact) -> bool:
    return one.period == other.period or (
        one.period is not None and other.period is not None and fit_periods(one.period, other.period) >= 0.9
    )


def tells(claim: Claim, value: float, loss: float = 0.0) -> bool:
    """Whether a claim's number is a worked-out value at its printed precision, with what rounded inputs may lose."""
    return abs(abs(claim.numeral.value) - abs(value)) <= precision_of(claim) + loss + 1e-9


def says_change(claim: Claim, change: Change) -> bool:
    """Whether a claim tells the size of a change, whichever way it went."""
    size, relative = abs(change.absolute), change.relative
    form = claim.numeral.form
    if form == "points":
        return tells(claim, size, TOLERANCE) or bool(claim.qualifier) and agrees(claim, size)
    if relative is None:
        return False
    if form == "fraction":
        return (
            agrees_fraction(claim.numeral.value, claim.qualifier, abs(relative))
            or is_share(change.now)
            and claim.numeral.value == 50
            and abs(size - 0.5) <= 0.05
        )
    if form == "times":
        return abs(relative - claim.numeral.value) <= (25 if claim.qualifier else 12)
    if form == "percent":
        return tells(claim, relative) or bool(claim.qualifier) and agrees(claim, abs(relative))
    loss = TOLERANCE if change.now.decimals else 0.0
    return agrees(claim, size) or tells(claim, size, change.loss) or tells(claim, size / change.now.scale, loss)


def is_share(fact: Fact) -> bool:
    """Whether a fact is a percentage."""
    return fact.kind == "percent"


def is_points_for_percent(claim: Claim, change: Change) -> bool:
    """Whether a change in points is told in per cent, or the other way round."""
    if not is_share(change.now) or change.relative is None:
        return False
    if claim.numeral.form == "percent":
        return tells(claim, change.absolute, TOLERANCE)
    return claim.numeral.form == "points" and tells(claim, change.relative)


def expected_change(claim: Claim, change: Change) -> float:
    """Return the change in the form that a claim tells it in, with its sign."""
    relative = claim.numeral.form in ("percent", "fraction", "times") and change.relative is not None
    return round_half_up(change.relative if relative else change.absolute / change.now.scale, 1)


def name_direction(change: Change) -> str:
    """Return a change in words: 'fell from 364 to 329'."""
    verb = "rose" if change.absolute > 0 else "fell" if change.absolute < 0 else "stayed the same,"
    return f"{verb} from {change.before.display} to {change.now.display}"


def derived(claim: Claim, near: Sequence[Fact]) -> Verdict | None:
    """Return a verdict of supported where a number follows from two of the figures told close by, by one step."""
    shown = [f for f in dict.fromkeys(near) if f.value is not None]
    if claim.role != CHANGE and (parts := find_parts(claim, shown)):
        words = " and ".join(f.display for f in parts)
        return Verdict(SUPPORTED, f"worked out: {words} together", parts[0], round_half_up(claim.numeral.value, 4))
    for one, other in permutations(shown, 2):
        if words := name_step(claim, one, other):
            return Verdict(SUPPORTED, f"worked out: {words}", one, round_half_up(claim.numeral.value, 4))
    return None


def name_step(claim: Claim, one: Fact, other: Fact) -> str:
    """Return the step from two facts to a claim's number in words; empty where there is none."""
    form = claim.numeral.form
    counts = one.kind == other.kind == "count" and other.value and one.value < other.value
    if counts and form in ("percent", "fraction") and claim.role != CHANGE:
        return f"{one.display} of {other.display}" if agrees(claim, 100 * one.value / other.value) else ""
    same = one.kind == other.kind and one.value > other.value
    fits = form in ("number", "points", "percent", "money") and same and one.kind in ("count", "percent", "amount")
    loss = TOLERANCE if one.kind == "percent" else 0
    is_less = fits and claim.role == CHANGE and tells(claim, one.value - other.value, loss)
    return f"{one.display} less {other.display}" if is_less else ""


def judge_difference(claim: Claim, spoken: Spoken) -> Verdict | None:
    """Return a verdict of supported where a number is just what two figures of its sentence differ by: births less
    deaths."""
    if claim.role == CHANGE or claim.numeral.form not in ("number", "money") or claim.numeral.value < LEAST:
        return None
    for one, other in permutations([f for f in spoken.beside if f.value is not None], 2):
        alike = (one.kind, one.unit) == (other.kind, other.unit)
        if alike and abs(one.value - other.value - claim.numeral.value) < 1e-6:
            return Verdict(SUPPORTED, f"worked out: {one.display} less {other.display}", one, claim.numeral.value)
    return None


def find_parts(claim: Claim, facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return facts of one split, of those told close by, whose sum a claim tells; none where there are none."""
    for fact in facts[::-1]:
        split = [f for f in facts if f.category and f.measure == fact.measure and f.is_split_as(fact)]
        for size in range(2, len(split) + 1):
            for parts in combinations(split, size):
                if claim.numeral.form not in ("points", "fraction") and agrees(claim, sum(f.value for f in parts)):
                    return parts
    return ()


def judge_sum(claim: Claim, fact: Fact, index: Index) -> Verdict | None:
    """Return the verdict on a number told of several categories together: against the sum of those that are named."""
    is_sum = TOGETHER.search(claim.part) or COME_TO.search(claim.part)
    if not is_sum or claim.numeral.form not in ("number", "percent"):
        return None
    split = [f for f in index.kin(fact) if f.category and f.is_split_as(fact)]
    said = {s for w in claim.own for s, _ in index.read([w.stem])}
    apart = index.by_key[fact.measure].apart
    parts = [f for f in split if said & apart[f.category]]
    if len(parts) < 2 or any(f.value is None for f in parts):
        return None
    return hold_sum(claim, parts, " and ".join(f"{f.display} ({f.category})" for f in parts))


def hold_sum(claim: Claim, parts: Sequence[Fact], words: str) -> Verdict:
    """Return whether a number is what some facts, told in words, come to."""
    total = sum(f.value for f in parts)
    if agrees(claim, total):
        return Verdict(SUPPORTED, f"worked out: {words}", parts[0], total)
    return Verdict(CONTRADICTED, f"value: {words} come to {total:,.10g}", parts[0], total, "value")


def judge_total(claim: Claim, spoken: Spoken) -> Verdict | None:
    """Return the verdict on a number told of what was told just before, all of it together."""
    if not TOGETHER.search(claim.part) or claim.numeral.form != "number":
        return None
    parts = [f for f in spoken.beside or spoken.before if f.value is not None]
    alike = {(f.kind, f.unit, f.period, f.place) for f in parts}
    if len(parts) != 2 or len(alike) != 1:
        return None
    held = hold_sum(claim, parts, " and ".join(f.display for f in parts))
    is_near = held.expected / 2 <= claim.numeral.value <= 2 * held.expected
    return held if held.verdict == SUPPORTED or is_near else None
