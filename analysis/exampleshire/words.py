"""The words by which a plain table says how a value is drawn: each is a small function of what is known so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.exampleshire.calendar import bank_holidays, draw_moments, name_of, working_days_after, year_bounds, year_of
from analysis.exampleshire.draws import as_day, gamma_days, level, pick, pseudonyms, ramp, several, yes
from analysis.exampleshire.people import Children

DAY = "_day"


@dataclass(frozen=True)
class Making:
    """What a draw may use: its random stream, the rows so far, the seed, the table, and the children."""

    rng: np.random.Generator
    rows: pd.DataFrame
    seed: int
    name: str
    children: Children

    @property
    def size(self) -> int:
        """How many rows the table has."""
        return len(self.rows)

    @property
    def days(self) -> np.ndarray:
        """The day of each row."""
        return self.rows[DAY].to_numpy("datetime64[D]")


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


def _after(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    """Draw a later day (or, with hours, a later moment): a skewed wait, in working days if so said."""
    before, size = making.rows[said["column"]], making.size
    if "hours" in said:
        waits = np.maximum(making.rng.gamma(said.get("shape", 1.2), said["hours"] / said.get("shape", 1.2), size), 0.05)
        return before.to_numpy("datetime64[s]") + (waits * 3600).astype(int).astype("timedelta64[s]")
    waits = gamma_days(making.rng, said["days"], size, shape=said.get("shape", 1.5), least=said.get("least", 0))
    days = before.to_numpy("datetime64[D]")
    known = np.where(np.isnat(days), as_day("2020-01-01"), days)
    later = working_days_after(known, waits) if said.get("working") else known + waits
    return np.where(np.isnat(days), np.datetime64("NaT", "D"), later)


def _count(making: Making, mean) -> np.ndarray:
    return making.rng.poisson(level(mean, making.days), making.size)


def _count_by(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    means = making.rows[said["column"]].map(said["of"]).to_numpy(float)
    return making.rng.poisson(means)


def _fixed_by(making: Making, said: Mapping[str, Any]) -> pd.Series:
    return making.rows[said["column"]].astype(str).map(said["of"])


def _part(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    """Draw how many of another column's count: each with the chance given."""
    whole = making.rows[said["of"]].fillna(0).to_numpy(int)
    return making.rng.binomial(whole, level(said["share"], making.days))


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


def _on(making: Making, said: str) -> list:
    """Give a day of each row's year, from its month and day."""
    return [as_day(f"{year + (said < '04')}-{said}") for year in year_of(making.days)]


def _days_between(making: Making, said: list[str]) -> pd.Series:
    first, last = (making.rows[name].to_numpy("datetime64[D]") for name in said)
    return pd.Series((last - first).astype("timedelta64[D]")).dt.days.to_numpy()


def _hours_between(making: Making, said: list[str]) -> pd.Series:
    first, last = (making.rows[name].to_numpy("datetime64[s]") for name in said)
    return pd.Series(last - first).dt.total_seconds().div(3600).round(2).to_numpy()


def _working_days_between(making: Making, said: list[str]) -> np.ndarray:
    first, last = (making.rows[name].to_numpy("datetime64[D]") for name in said)
    known = ~np.isnat(first) & ~np.isnat(last)
    counted = np.busday_count(
        np.where(known, first, as_day("2020-01-01")), np.where(known, last, as_day("2020-01-01")), holidays=bank_holidays()
    )
    return np.where(known, counted, np.nan)


def _before(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    waits = gamma_days(making.rng, said["days"], making.size, shape=1.5)
    return making.rows[said["column"]].to_numpy("datetime64[D]") - waits


def _filled(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    """Give the days of a column, and where it has none a day a set time after another column."""
    known = making.rows[said["column"]].to_numpy("datetime64[D]")
    return np.where(np.isnat(known), making.rows[said["after"]].to_numpy("datetime64[D]") + said["days"], known)


def _around(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    moved = np.rint(making.rng.normal(said["mean"], said["spread"], making.size)).astype(int)
    return making.rows[said["column"]].to_numpy("datetime64[D]") + moved


def _at_most(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    """Tell whether two dates lie at most so many days apart."""
    return _days_between(making, said["columns"]) <= said["days"]


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


def _fortnight(making: Making, _: object) -> np.ndarray:
    """Give the Wednesday, one in each fortnight, on or before the day and in its year."""
    wednesdays = as_day("2018-04-04") + (making.days - as_day("2018-04-04")).astype(int) // 14 * 14
    first = np.array([year_bounds(year)[0] for year in range(2000, 2030)])[year_of(making.days) - 2000]
    return np.where(wednesdays < first, wednesdays + 14, wednesdays)


def _year_name(making: Making, _: object) -> list[str]:
    return [name_of(year) for year in year_of(making.days)]


DRAWS = {
    "pick": _pick,
    "pick_by": _pick_by,
    "yes": _yes,
    "ramp": _ramp,
    "several": _several,
    "after": _after,
    "count": _count,
    "count_by": _count_by,
    "fixed_by": _fixed_by,
    "part": _part,
    "less": _less,
    "number": _number,
    "skewed": _skewed,
    "between": _between,
    "key": _key,
    "numbered": _numbered,
    "listed": _listed,
    "child": _child,
    "from_set": _from_set,
    "on": _on,
    "days_between": _days_between,
    "hours_between": _hours_between,
    "working_days_between": _working_days_between,
    "before": _before,
    "around": _around,
    "filled": _filled,
    "at_most": _at_most,
    "same": _same,
    "yeared": _yeared,
    "joined": _joined,
    "key_of": _key_of,
    "yearly_key": _yearly_key,
    "counted_from": _counted_from,
    "pick_number": _pick_number,
    "fortnight": _fortnight,
    "year_name": _year_name,
    "value": lambda making, value: [value] * making.size,
    "day": lambda making, _: making.days,
    "moment": lambda making, profile: draw_moments(making.rng, making.days, office=profile == "office"),
    "month": lambda making, _: making.days.astype("datetime64[M]").astype(str),
    "grid": lambda making, name: making.rows[name],
}
