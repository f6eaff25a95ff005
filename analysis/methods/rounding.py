"""Rounding half up, as official releases round and a reader expects: 92.5 is 93, 6.25 to one decimal 6.3.

Every figure that the product prints is rounded here. `round` goes half to even, and by the binary number: 0.35 is 0.3.
"""

from decimal import ROUND_HALF_UP, Decimal
from sys import float_info


def to_decimal(value: float, decimals: int = 0) -> Decimal:
    """Return a number rounded half away from nought to some decimals, by its decimal text: of the 15 digits that a
    float holds surely, so that what the machine adds beyond them (14.349999999999998 for 14.35) isn't rounded."""
    return Decimal(f"{value:.{float_info.dig}g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def round_half_up(value: float, decimals: int = 0) -> float:
    """Return what `to_decimal` does, as a float."""
    return float(to_decimal(value, decimals))
