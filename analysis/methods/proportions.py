"""Proportions and their intervals."""

from math import sqrt

from analysis.methods.checks import part_of, z_value
from analysis.methods.estimate import Estimate

WILSON = "Wilson score interval"
WILSON_SOURCE = (
    "Wilson EB (1927) J Am Stat Assoc 22:209-212; method (c) of Newcombe RG (1998) Stat Med 17:857-872; "
    "PHE Technical Guide: Confidence Intervals (2018)"
)


def wilson(numerator: int, denominator: int, *, confidence: float = 0.95) -> Estimate:
    """Return the proportion (0 to 1) with its Wilson score interval, without continuity correction.

    It stays within 0 and 1 and holds for 0 and for all of the base.
    ValueError where the base is 0, the numerator exceeds it, or either is no whole number.
    """
    part, base = part_of(numerator, denominator)
    value, z = part / base, z_value(confidence)
    middle = (part + z**2 / 2) / (base + z**2)
    half = z * sqrt(value * (1 - value) * base + z**2 / 4) / (base + z**2)
    # Rounding can put the limit of 0 in 10 at 1e-17, outside its own value.
    lower, upper = min(max(middle - half, 0.0), value), max(min(middle + half, 1.0), value)
    return Estimate(value, lower, upper, WILSON, WILSON_SOURCE, confidence)
