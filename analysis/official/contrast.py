"""What chance allows of published figures: their intervals, changes over the years, and verdicts between areas."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.methods.change import (
    CHANCE,
    FALLEN,
    RISEN,
    TOO_FEW,
    UNCHANGED,
    Change,
    change_between_proportions,
    change_between_rates,
)
from analysis.methods.estimate import Estimate
from analysis.methods.proportions import wilson
from analysis.methods.rates import rate
from analysis.official.cells import shown_symbol
from analysis.official.definitions import Comparator, load_definitions
from analysis.official.store import Published

HIGHER, LOWER, ALIKE = "higher than", "lower than", "broadly the same as"
UNTOLD = "no difference can be told from"
WORDS = {RISEN: HIGHER, FALLEN: LOWER, UNCHANGED: ALIKE, CHANCE: UNTOLD, TOO_FEW: TOO_FEW}
PER = 10_000
NO_VERDICT = "no verdict"
WIDER = ("region", "sub_region", "country")


@dataclass(frozen=True)
class Contrast:
    """A verdict between two published figures. `words` is "higher than", "lower than", "broadly the same as",
    "no difference can be told from", "too few to say" or "no verdict"; `reason` says why, `change` holds the interval
    where there is one.
    """

    words: str
    reason: str
    change: Change | None = None


def contrast(own: Published | None, other: Published | None) -> Contrast:
    """Return whether a council's figure is higher or lower than another published figure.

    Where the other area holds the council, the council's counts are first taken out of it, so that two
    separate groups are compared. No verdict is given for counts of events that can recur to one child, since
    chance then varies more than an interval says, nor where a figure or its base isn't published.
    """
    comparator = load_definitions().comparators[own.indicator] if own else None
    if refusal := _refusal(own, other, comparator):
        return Contrast(NO_VERDICT, refusal)
    numerator, denominator = _apart(own, other)
    if numerator < 0 or denominator <= 0 or (own.unit == "percent" and numerator > denominator):
        return Contrast(NO_VERDICT, "the wider area's rounded counts leave nothing to compare with")
    counts = (numerator, denominator, _part(own), round(own.denominator))
    change = _compare(counts, own.unit)
    return Contrast(WORDS[change.verdict], change.reason, change)


def _compare(counts: Sequence[int], unit: str) -> Change:
    """Return the change from the first count and base to the second."""
    return change_between_proportions(*counts) if unit == "percent" else change_between_rates(*counts, per=PER)


def _refusal(own: Published | None, other: Published | None, comparator: Comparator | None) -> str:
    """Return why two figures can't be told apart; empty where they can."""
    if own is None or other is None or own.value is None or other.value is None:
        return "a figure is not published"
    if own.unit not in ("percent", "per_10000"):
        return "only shares and rates are compared between areas"
    if comparator.repeats:
        return "a child may be counted more than once, so chance varies more than an interval says"
    if None in (_part(own), own.denominator, _part(other), other.denominator):
        return "base not given"
    return "" if (own.period, own.source) == (other.period, other.source) else "figures of different periods or sources"


def _part(figure: Published) -> int | None:
    """Return the count of a figure; of a share whose part is hidden, the whole number nearest to it, which is not told
    and comes no nearer to the hidden one than the share itself."""
    if figure.numerator is None and figure.unit == "percent" and figure.denominator:
        return round(figure.value * figure.denominator / 100)
    return None if figure.numerator is None else round(figure.numerator)


def _apart(own: Published, other: Published) -> tuple[int, int]:
    """Return the other area's counts, without the council's own where the area is wider than a council."""
    inside = other.area_level in WIDER
    return (round(_part(other) - _part(own) * inside), round(other.denominator - own.denominator * inside))


def limits_of(figure: Published | None) -> Estimate | None:
    """Return the figure's 95 % interval, in its own unit: Wilson's for a share, exact or Byar's for a rate.

    None for a count, where no base is published, and where a child may be counted more than once, since chance
    then varies more than the interval says. The published value is kept; the interval is of its count and base.
    """
    if figure is None or figure.value is None or not figure.denominator or figure.numerator is None:
        return None
    if load_definitions().comparators[figure.indicator].repeats:
        return None
    count, base = round(figure.numerator), round(figure.denominator)
    if figure.unit == "percent":
        return wilson(count, base).times(100) if count <= base else None
    return rate(count, base) if figure.unit == "per_10000" else None


def change_of(before: Published, after: Published) -> Change | None:
    """Return how a published figure changed between two years of one source; None where either has no interval."""
    if before.source != after.source or limits_of(before) is None or limits_of(after) is None:
        return None
    counts = [round(n) for figure in (before, after) for n in (figure.numerator, figure.denominator)]
    return _compare(counts, after.unit)


def shown(figure: Published | None, decimals: int) -> str:
    """Return a published figure as a page shows it: "1,240", "19.5", "[c]"; empty where there is none."""
    if figure is None:
        return ""
    return shown_symbol(figure.symbol) if figure.value is None else f"{figure.value:,.{decimals}f}"


def symbol_reason(figure: Published | None) -> str:
    """Return why a published figure is hidden or missing, in words; empty where it is shown."""
    return load_definitions().symbols[figure.symbol] if figure is not None and figure.symbol else ""
