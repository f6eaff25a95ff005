"""Seeded draws. Every table has a stream of its own, so that a change of one leaves the others as they were."""

import zlib
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd

Chance = float | Sequence[Sequence]


def stream(seed: int, name: str) -> np.random.Generator:
    """Return the generator of one named table or step: the same for the same seed and name, on any machine."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, zlib.crc32(name.encode())])))


def pick(rng: np.random.Generator, weights: Mapping[str, float], size: int) -> np.ndarray:
    """Return `size` codes in the proportions of `weights`; the code "" becomes a missing value."""
    names = np.array([name or None for name in weights], dtype=object)
    shares = np.cumsum(np.array(list(weights.values()), dtype=float))
    return names[np.minimum(np.searchsorted(shares / shares[-1], rng.random(size), side="right"), len(names) - 1)]


def level(chance: Chance, days: np.ndarray) -> np.ndarray | float:
    """Return a value that holds from given days on: a number, or pairs of a date and the value from then."""
    if isinstance(chance, int | float):
        return float(chance)
    starts = np.array([as_day(start) for start, _ in chance])
    values = np.array([value for _, value in chance], dtype=float)
    return values[np.searchsorted(starts, days, side="right") - 1]


def ramp(chance: Sequence[Sequence], days: np.ndarray) -> np.ndarray:
    """Return a value that moves in a straight line between the dates given, and stays as it is outside them."""
    at = [as_day(day).astype(int) for day, _ in chance]
    return np.interp(days.astype("datetime64[D]").astype(int), at, [value for _, value in chance])


def as_day(day: str | date) -> np.datetime64:
    """Return a date, or its ISO text, as a numpy day."""
    return np.datetime64(str(day), "D")


def yes(rng: np.random.Generator, chance: np.ndarray | float, size: int) -> np.ndarray:
    """Return `size` answers, each yes with its chance."""
    return rng.random(size) < chance


def gamma_days(rng: np.random.Generator, mean: float, size: int, *, shape: float = 1.0, least: int = 0) -> np.ndarray:
    """Return whole days of a skewed distribution with the mean given, none below `least`."""
    return np.maximum(np.rint(rng.gamma(shape, mean / shape, size)).astype(int), least)


def pseudonyms(seed: int, prefix: str, size: int) -> np.ndarray:
    """Return `size` different keys like CH-03f9a21, in no order that means anything."""
    rng = stream(seed, f"pseudonyms {prefix}")
    drawn = pd.Series(pd.unique(rng.integers(0, 16**7, int(size * 1.05) + 50))[:size])
    digits = np.frombuffer(drawn.to_numpy(">u4").tobytes().hex().encode(), dtype="S8").astype("U8")
    return np.char.replace(np.char.add(f"{prefix}-", digits), "-0", "-", count=1).astype(object)


def several(rng: np.random.Generator, chances: Mapping[str, float], size: int) -> np.ndarray:
    """Return several codes for each row, in order, joined by semicolons; "" where none was drawn."""
    joined = np.full(size, "", dtype=object)
    for code, chance in chances.items():
        found = rng.random(size) < chance
        joined[found] += ";" + code
    return np.array([text[1:] for text in joined], dtype=object)


def masked(values: np.ndarray, keep: np.ndarray, blank: object = None) -> np.ndarray:
    """Return the values as objects, with `blank` where they aren't kept."""
    return np.where(keep, np.asarray(values, dtype=object), blank)
