"""The people of Exampleshire who may come to notice. None of them exists: each is a row of drawn attributes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from synthetic.draws import as_day, pick, pseudonyms, stream, yes

YEAR_DAYS = 365.25
CHILD_BANDS = ((0, "0"), (1, "1-4"), (5, "5-9"), (10, "10-15"), (16, "16-17"), (18, "18+"))
GROUPS = {"W": "white", "M": "mixed", "A": "asian", "B": "black", "C": "asian", "O": "other"}
MIXED = ("MWBC", "MWBA", "MWAS", "MOTH")
BLACK = ("BCRB", "BAFR", "BOTH")


@dataclass(frozen=True)
class Children:
    """Every child who lives in the area in any year, sorted by date of birth; those who came alone stand last.

    `reach` is the running total of how likely each child is to come to notice; the `prone` come to need social care
    more often than others.
    """

    key: np.ndarray
    born: np.ndarray
    sex: np.ndarray
    ethnicity: np.ndarray
    locality: np.ndarray
    disability: np.ndarray
    prone: np.ndarray
    reach: np.ndarray

    def drawn(self, rng: np.random.Generator, days: np.ndarray, *, oldest: float = 17.99, youngest: float = -0.22):
        """Return a child for each day, of an age within the limits (in years; below zero is unborn)."""
        born = self.born[: len(self.reach)]
        first = np.searchsorted(born, days - int(oldest * YEAR_DAYS))
        last = np.searchsorted(born, days - int(youngest * YEAR_DAYS))
        below, above = np.append(0, self.reach)[first], np.append(0, self.reach)[last]
        at = below + rng.random(len(days)) * (above - below)
        return np.clip(np.searchsorted(self.reach, at, side="right"), first, last - 1)


def make_children(seed: int, settings: Mapping[str, Any]) -> Children:
    """Return the children born from 2005-04 less 18 years to 2024-06, at the area's number of births a day."""
    rng, first, last = stream(seed, "children"), as_day("1987-04-01"), as_day("2024-06-30")
    size = int(settings["population"]["children"] / 18 * (last - first).astype(int) / YEAR_DAYS)
    born = np.sort(first + rng.integers(0, (last - first).astype(int), size))
    alone = sum(settings["alone"]["starts"] for _ in range(20)) * 2
    total = size + int(alone)
    return Children(
        key=pseudonyms(seed, "CH", total),
        born=np.append(born, np.full(int(alone), np.datetime64("NaT"), "datetime64[D]")),
        sex=pick(rng, {"female": 0.488, "male": 0.512}, total),
        ethnicity=pick(rng, settings["population"]["ethnicity"], total),
        locality=pick(rng, settings["population"]["localities"], total),
        disability=yes(rng, settings["population"]["disabled"], total),
        prone=yes(rng, settings["population"]["prone"], total),
        reach=np.cumsum(rng.gamma(settings["population"]["sameness"], 1.0, size) + 1e-6),
    )


def ages(born: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Return ages in whole years, -1 for the unborn."""
    months = (days.astype("datetime64[M]") - born.astype("datetime64[M]")).astype(int)
    day_of = days.astype("datetime64[D]") - days.astype("datetime64[M]").astype("datetime64[D]")
    birthday = born.astype("datetime64[D]") - born.astype("datetime64[M]").astype("datetime64[D]")
    return np.floor_divide(months - (day_of < birthday), 12)


def child_bands(born: np.ndarray, days: np.ndarray) -> np.ndarray:
    """Return the age band of each child on each day."""
    names = np.array(["unborn", *(name for _, name in CHILD_BANDS)], dtype=object)
    return names[np.searchsorted([low for low, _ in CHILD_BANDS], ages(born, days), side="right")]


def birthday(born: np.ndarray, age: int) -> np.ndarray:
    """Return the day on which each reaches the age; 1 March for those born on 29 February of a leap year."""
    months = born.astype("datetime64[M]")
    return (months + 12 * age).astype("datetime64[D]") + (born - months.astype("datetime64[D]"))


@dataclass(frozen=True)
class Adults:
    """Adults who may come to notice of adult safeguarding."""

    key: np.ndarray
    age_band: np.ndarray
    sex: np.ndarray
    ethnicity: np.ndarray
    support: np.ndarray
    ward: np.ndarray
    reach: np.ndarray

    def drawn(self, rng: np.random.Generator, size: int) -> np.ndarray:
        """Return the place of an adult for each of `size` events."""
        return np.searchsorted(self.reach, rng.random(size) * self.reach[-1], side="right")


def make_adults(seed: int, settings: Mapping[str, Any]) -> Adults:
    """Return the adults, with attributes in the proportions of the national collection."""
    rng, adults = stream(seed, "adults"), settings["adults"]
    size = adults["pool"]
    return Adults(
        key=pseudonyms(seed, "AD", size),
        age_band=pick(rng, adults["age_band"], size),
        sex=pick(rng, {"female": 0.57, "male": 0.43}, size),
        ethnicity=pick(rng, adults["ethnicity"], size),
        support=pick(rng, adults["primary_support"], size),
        ward=pick(rng, {f"Ward {number}": 1 for number in range(1, 13)}, size),
        reach=np.cumsum(rng.gamma(adults["sameness"], 1.0, size) + 1e-6),
    )
