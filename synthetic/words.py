"""The words by which a plain table says how a value is drawn: each is a small function of what is known so far."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from synthetic.calendar import year_of
from synthetic.draws import level, pick, pseudonyms, ramp, several, yes
from synthetic.making import DAY, Making
from synthetic.words_of_days import DRAWS_OF_DAYS


def _pick(making: Making, shares: Mapping[str, Any]) -> np.ndarray:
    return pick(making.rng, shares, making.size)


def _pick_by(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    """Draw codes by shares that differ with another column."""
    by = making.rows[said["column"]]
    drawn = {name: pick(making.rng, shares, making.size) for name, shares in said["of"].items()}
    return np.select([by == name for name in drawn], list(drawn.values()), default=None)


def _yes(making: Making, chance) -> np.ndarray:
    return yes(making.rng, level(chance, making.days), making.size)


def _ramp(making: Making, chance) -> np.ndarray:
    return yes(making.rng, ramp(chance, making.days), making.size)


def _several(making: Making, chances: Mapping[str, float]) -> np.ndarray:
    """Draw several codes of a list, joined by semicolons; nothing where none is drawn."""
    drawn = several(making.rng, chances, making.size)
    return np.where(drawn == "", None, drawn)


def _count(making: Making, mean) -> np.ndarray:
    return making.rng.poisson(level(mean, making.days), making.size)


def _count_by(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    means = making.rows[said["column"]].map(said["of"]).to_numpy(float)
    return making.rng.poisson(means)


def _parts_by(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    """Draw counts that differ with another column, those in `parts` as a share of another row's of the same day."""
    names, days = making.rows[said["column"]].to_numpy(str), making.rows[said["on"]].to_numpy()
    counts = making.rng.poisson([float(said["of"].get(name, 0)) for name in names])
    for part, known in said["parts"].items():
        whole = dict(zip(days[names == known["of"]], counts[names == known["of"]], strict=True))
        at = np.flatnonzero(names == part)
        counts[at] = making.rng.binomial([whole[day] for day in days[at]], known["share"])
    return counts


def _fixed_by(making: Making, said: Mapping[str, Any]) -> pd.Series:
    return making.rows[said["column"]].astype(str).map(said["of"])


def _part(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    """Draw how many of another column's count: each with the chance given."""
    whole = making.rows[said["of"]].fillna(0).to_numpy(int)
    return making.rng.binomial(whole, level(said["share"], making.days))


def _share_by(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    """Give a share, by another column, of a column of numbers: whole ones, or about it where they `spread`."""
    share = making.rows[said["column"]].astype(str).map(said["shares"]).to_numpy(float)
    about = making.rows[said["of"]].to_numpy(float) * share
    if "spread" not in said:
        return np.rint(about).astype(int)
    return np.clip(about * making.rng.normal(1, said["spread"], making.size), 0, None).round(1)


def _less(making: Making, said: list[str]) -> pd.Series:
    return (making.rows[said[0]] - making.rows[said[1]]).clip(lower=0).round(1)


def _number(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    drawn = making.rng.normal(said["mean"], said["spread"], making.size)
    return np.round(np.clip(drawn, said.get("low", 0), said.get("high", np.inf)), said.get("decimals", 0))


def _skewed(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    shape = said.get("shape", 1.2)
    return np.round(making.rng.gamma(shape, said["mean"] / shape, making.size), said.get("decimals", 0))


def _between(making: Making, ends: list[int]) -> np.ndarray:
    return making.rng.integers(ends[0], ends[1] + 1, making.size)


def _key(making: Making, prefix: str) -> np.ndarray:
    return pseudonyms(making.seed, prefix, making.size)


def _numbered(making: Making, prefix: str) -> list[str]:
    """Give keys of things that are no person: the prefix, the year, a number in order."""
    years = pd.Series(year_of(making.days))
    turn = years.groupby(years).cumcount() + 1
    return [f"{prefix}-{year % 100:02d}-{number:03d}" for year, number in zip(years, turn, strict=True)]


def _listed(making: Making, values: list) -> np.ndarray:
    """Give the values in turn, from the first in each year."""
    turn = making.rows.groupby(DAY).cumcount()
    return np.array(values, dtype=object)[turn.to_numpy() % len(values)]


def _child(making: Making, limits: Mapping[str, float]) -> np.ndarray:
    return making.children.key[making.children.drawn(making.rng, making.days, **limits)]


def _from_set(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    """Draw keys from a set of so many, so that some stand several times."""
    return pseudonyms(making.seed, said["prefix"], said["size"])[making.rng.integers(0, said["size"], making.size)]


def _same(making: Making, said: Mapping[str, str]) -> pd.Series:
    return making.rows[said["column"]] == said["as"]


def _yeared(making: Making, said: Mapping[str, Any]) -> list[str]:
    """Give a numbered key of the same year: of a number in another column, or of any between two numbers."""
    numbers = making.rows[said["column"]] if "column" in said else _between(making, said["between"])
    years = year_of(making.days) % 100
    return [f"{said['prefix']}-{year:02d}-{number:03d}" for year, number in zip(years, numbers, strict=True)]


def _joined(making: Making, columns: list[str]) -> pd.Series:
    first, *rest = (making.rows[name].astype(str) for name in columns)
    return first.str.cat(rest, sep="-")


def _key_of(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    """Give one pseudonym to the rows that have the same values in some columns."""
    group = making.rows.groupby(said["columns"], sort=False).ngroup().to_numpy()
    return pseudonyms(making.seed, said["prefix"], group.max() + 1)[group]


def _yearly_key(making: Making, prefix: str) -> np.ndarray:
    """Give the pseudonyms of a set in order, the same in each year."""
    turn = making.rows.groupby(DAY).cumcount().to_numpy()
    return pseudonyms(making.seed, prefix, turn.max() + 1)[turn]


def _counted_from(making: Making, first: int) -> pd.Series:
    return first + making.rows.groupby(DAY).cumcount()


def _pick_number(making: Making, shares: list[list[float]]) -> np.ndarray:
    numbers, chances = np.array(shares).T
    return making.rng.choice(numbers, making.size, p=chances / chances.sum())


DRAWS = DRAWS_OF_DAYS | {
    "pick": _pick,
    "pick_by": _pick_by,
    "yes": _yes,
    "ramp": _ramp,
    "several": _several,
    "count": _count,
    "count_by": _count_by,
    "parts_by": _parts_by,
    "fixed_by": _fixed_by,
    "part": _part,
    "share_by": _share_by,
    "less": _less,
    "number": _number,
    "skewed": _skewed,
    "between": _between,
    "key": _key,
    "numbered": _numbered,
    "listed": _listed,
    "child": _child,
    "from_set": _from_set,
    "same": _same,
    "yeared": _yeared,
    "joined": _joined,
    "key_of": _key_of,
    "yearly_key": _yearly_key,
    "counted_from": _counted_from,
    "pick_number": _pick_number,
    "value": lambda making, value: [value] * making.size,
    "grid": lambda making, name: making.rows[name],
}
