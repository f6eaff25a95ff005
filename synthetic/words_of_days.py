"""The words of plain tables that say how a date, or a time between two dates, is drawn."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from synthetic.calendar import (
    bank_holidays,
    draw_moments,
    name_of,
    working_days_after,
    year_bounds,
    year_of,
)
from synthetic.draws import as_day, gamma_days
from synthetic.making import Making


def _after(making: Making, said: Mapping[str, Any]) -> np.ndarray:
    """Draw a later day (or, with hours, a later moment): a skewed wait, in working days if so said."""
    before, size = making.rows[said["column"]], making.size
    if "hours" in said:
        waits = np.maximum(making.rng.gamma(said.get("shape", 1.2), said["hours"] / said.get("shape", 1.2), size), 0.05)
        return before.to_numpy("datetime64[s]") + (waits * 3600).astype(int).astype("timedelta64[s]")
    waits = gamma_days(
        making.rng, _mean(making, said["days"]), size, shape=said.get("shape", 1.5), least=said.get("least", 0)
    )
    days = before.to_numpy("datetime64[D]")
    known = np.where(np.isnat(days), as_day("2020-01-01"), days)
    later = working_days_after(known, waits) if said.get("working") else known + waits
    return np.where(np.isnat(days), np.datetime64("NaT", "D"), later)


def _mean(making: Making, said: float | Mapping[str, Any]) -> float | np.ndarray:
    """Return a number, or where it differs with another column that of each row."""
    return making.rows[said["column"]].map(said["of"]).to_numpy(float) if isinstance(said, Mapping) else said


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
        np.where(known, first, as_day("2020-01-01")),
        np.where(known, last, as_day("2020-01-01")),
        holidays=bank_holidays(),
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


def _fortnight(making: Making, _: object) -> np.ndarray:
    """Give the Wednesday, one in each fortnight, on or before the day and in its year."""
    wednesdays = as_day("2018-04-04") + (making.days - as_day("2018-04-04")).astype(int) // 14 * 14
    first = np.array([year_bounds(year)[0] for year in range(2000, 2030)])[year_of(making.days) - 2000]
    return np.where(wednesdays < first, wednesdays + 14, wednesdays)


def _year_name(making: Making, _: object) -> list[str]:
    return [name_of(year) for year in year_of(making.days)]


DRAWS_OF_DAYS = {
    "after": _after,
    "on": _on,
    "days_between": _days_between,
    "hours_between": _hours_between,
    "working_days_between": _working_days_between,
    "before": _before,
    "around": _around,
    "filled": _filled,
    "at_most": _at_most,
    "fortnight": _fortnight,
    "year_name": _year_name,
    "day": lambda making, _: making.days,
    "moment": lambda making, profile: draw_moments(making.rng, making.days, office=profile == "office"),
    "month": lambda making, _: making.days.astype("datetime64[M]").astype(str),
}
