"""The interval of a published share or rate, and its change, where count and base are published too."""

from analysis.methods.change import Change, change_between_proportions, change_between_rates
from analysis.methods.estimate import Estimate
from analysis.methods.proportions import wilson
from analysis.methods.rates import rate
from analysis.official.definitions import load_definitions
from analysis.official.store import Published

PER = 10_000


def limits_of(one: Published | None) -> Estimate | None:
    """Return the figure's 95 % interval, in its own unit: Wilson's for a share, exact or Byar's for a rate.

    None for a count, where no base is published, and where a child may be counted more than once, since chance
    then varies more than the interval says. The published value is kept; the interval is of its count and base.
    """
    if one is None or one.value is None or not one.denominator or one.numerator is None:
        return None
    if load_definitions().comparators[one.indicator].repeats:
        return None
    count, base = round(one.numerator), round(one.denominator)
    if one.unit == "percent":
        return wilson(count, base).times(100) if count <= base else None
    return rate(count, base) if one.unit == "per_10000" else None


def change_of(before: Published, after: Published) -> Change | None:
    """Return how a published figure changed between two years of one source; None where either has no interval."""
    if before.source != after.source or limits_of(before) is None or limits_of(after) is None:
        return None
    counts = [round(n) for one in (before, after) for n in (one.numerator, one.denominator)]
    return change_between_proportions(*counts) if after.unit == "percent" else change_between_rates(*counts, per=PER)
