"""What a method refuses: one line that names the argument, its value and what is allowed.

A plain ValueError is a mistake of the caller. `RefusedError` is an answer: the data can't carry the method.
"""

from collections.abc import Sequence
from math import isfinite


class RefusedError(ValueError):
    """The numbers are well formed but can't carry the method; the message is for the reader."""


def whole(name: str, value: object) -> int:
    """Return `value` as a whole number of 0 or more; ValueError for anything else, a missing value too."""
    parsed = number(name, value)
    if parsed < 0 or parsed != int(parsed):
        raise ValueError(f"{name} is {value!r}; allowed: a whole number, 0 or more")
    return int(parsed)


def positive(name: str, value: object) -> float:
    """Return `value` as a number above 0; ValueError for anything else."""
    parsed = number(name, value)
    if parsed <= 0:
        raise ValueError(f"{name} is {value!r}; allowed: a number above 0")
    return parsed


def part_of(numerator: object, denominator: object) -> tuple[int, int]:
    """Return numerator and denominator as whole numbers; ValueError where they make no proportion."""
    part, base = whole("numerator", numerator), whole("denominator", denominator)
    if base == 0:
        raise ValueError("denominator is 0; allowed: a whole number, 1 or more")
    if part > base:
        raise ValueError(f"numerator {part} is more than denominator {base}; allowed: at most {base}")
    return part, base


def level(confidence: object) -> float:
    """Return the confidence level; ValueError unless it lies between 0 and 1 (0.95, not 95)."""
    parsed = number("confidence", confidence)
    if not 0 < parsed < 1:
        raise ValueError(f"confidence is {confidence!r}; allowed: between 0 and 1, such as 0.95")
    return parsed


def z_value(confidence: object) -> float:
    """Return how many standard errors an interval of a confidence reaches: 1.96 of 0.95."""
    from scipy.special import ndtri

    return float(ndtri((1 + level(confidence)) / 2))


def same_length(**columns: Sequence[object]) -> int:
    """Return the length that all the named sequences have; ValueError where they differ or are empty."""
    lengths = {name: len(values) for name, values in columns.items()}
    if len(set(lengths.values())) != 1 or 0 in lengths.values():
        stated = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise ValueError(f"lengths are {stated}; allowed: equal and at least 1")
    return next(iter(lengths.values()))


def number(name: str, value: object) -> float:
    """Return `value` as a finite number; ValueError for anything else, a missing value or a text too."""
    try:
        parsed = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {value!r}; allowed: a number") from None
    if isinstance(value, bool | str) or not isfinite(parsed):
        raise ValueError(f"{name} is {value!r}; allowed: a number")
    return parsed
