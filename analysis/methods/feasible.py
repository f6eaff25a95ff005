"""Which whole numbers can stand behind a printed percentage: the GRIM test for a share of a base.

Source: Brown NJL, Heathers JAJ (2017) "The GRIM test", Soc Psychol Personal Sci 8(4):363-369.
"""

from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import ceil, floor

from analysis.methods.checks import whole


def feasible_numerators(percent: str | float | Decimal, base: int, *, decimals: int | None = None) -> range:
    """Return every whole k from 0 to `base` whose share of the base prints as `percent`; empty if none does.

    `percent` runs from 0 to 100, as a text ("1.35", "1.35 %") or a number. `decimals` is the printed
    precision; without it, the decimals that the text shows. Ties may have been rounded either way, so
    both are allowed: 12.5 % of 8 may have been printed as 12 or as 13.
    ValueError where the base is 0, the percentage is none, or it shows more decimals than it is said to.
    """
    printed, places = _printed(percent, decimals)
    count = whole("base", base)
    if count == 0:
        raise ValueError("base is 0; allowed: a whole number, 1 or more")
    half = Fraction(1, 2 * 10**places)
    lowest = ceil(max(printed - half, 0) * count / 100)
    highest = floor(min(printed + half, 100) * count / 100)
    return range(lowest, max(highest, lowest - 1) + 1)


def is_feasible(percent: str | float | Decimal, base: int, *, decimals: int | None = None) -> bool:
    """Whether some whole number out of `base` prints as this percentage."""
    return len(feasible_numerators(percent, base, decimals=decimals)) > 0


def _printed(percent: str | float | Decimal, decimals: int | None) -> tuple[Fraction, int]:
    """Return the printed percentage exactly and its number of decimals."""
    try:
        value = Decimal(str(percent).strip().removesuffix("%").strip())
    except InvalidOperation:
        raise ValueError(f"percent is {percent!r}; allowed: a number from 0 to 100") from None
    if not (value.is_finite() and 0 <= value <= 100):
        raise ValueError(f"percent is {percent!r}; allowed: a number from 0 to 100")
    shown = max(-value.as_tuple().exponent, 0)
    places = shown if decimals is None else whole("decimals", decimals)
    if Fraction(value) * 10**places % 1:
        raise ValueError(f"percent {percent!r} shows more than {places} decimals; allowed: at most {places}")
    return Fraction(value), places
