"""Days of the years that are made up: working days, bank holidays of England and Wales, school holidays."""

from collections.abc import Mapping
from functools import cache

import numpy as np
from dateutil.easter import easter

from analysis.measures.periods import year_name
from synthetic.draws import as_day

# Holidays that were moved or added by proclamation (gov.uk, bank holidays; Open Government Licence v3.0).
MOVED = {2020: {"early_may": "2020-05-08"}, 2022: {"spring": "2022-06-02"}}
ADDED = ("2011-04-29", "2012-06-05", "2022-06-03", "2022-09-19", "2023-05-08")
SUMMER, CHRISTMAS = (("07-21", "09-02"), ("12-20", "12-31"))
FIXED_BREAKS = (SUMMER, CHRISTMAS, ("01-01", "01-03"), ("02-12", "02-18"), ("05-27", "06-02"), ("10-24", "10-30"))
WEEK = {  # Monday to Sunday
    "office": (1.10, 1.06, 1.02, 1.00, 0.96, 0.10, 0.07),
    "every_day": (1.02, 0.98, 0.98, 0.98, 1.02, 1.02, 1.00),
    "school": (1.10, 1.06, 1.02, 1.00, 0.92, 0.0, 0.0),
    "meeting": (0.6, 1.2, 1.3, 1.2, 0.7, 0.0, 0.0),
}
ON_BANK_HOLIDAYS = {"office": 0.08, "every_day": 1.0, "school": 0.0, "meeting": 0.0}
IN_SCHOOL_HOLIDAYS = {"office": 0.94, "every_day": 1.0, "school": 0.12, "meeting": 0.4}


def year_bounds(start: int) -> tuple[np.datetime64, np.datetime64]:
    """Return the first and last day of the financial year that begins in April of `start`."""
    return as_day(f"{start}-04-01"), as_day(f"{start + 1}-03-31")


def year_of(days: np.ndarray) -> np.ndarray:
    """Return, for each day, the calendar year in which its financial year began."""
    months = days.astype("datetime64[M]").astype(int) + 1970 * 12
    return (months - 3) // 12


def name_of(start: int) -> str:
    """Return the year's name, 2023-24 for 2023."""
    return year_name(start)


@cache
def bank_holidays() -> np.ndarray:
    """Return the bank holidays of England and Wales from 2004 to 2026 as numpy days."""
    found = [as_day(day) for day in ADDED]
    for year in range(2004, 2027):
        moved, sunday = MOVED.get(year, {}), as_day(easter(year))
        found += [sunday - 2, sunday + 1, *_new_year_and_christmas(year)]
        found.append(as_day(moved.get("early_may", _monday(f"{year}-05-01"))))
        found.append(as_day(moved.get("spring", _monday(f"{year}-05-25"))))
        found.append(_monday(f"{year}-08-25"))
    return np.unique(np.array(found))


def _monday(day: str) -> np.datetime64:
    """Return the first Monday on or after the day."""
    return np.busday_offset(as_day(day), 0, roll="forward", weekmask="Mon")


def _new_year_and_christmas(year: int) -> list[np.datetime64]:
    new_year = np.busday_offset(as_day(f"{year}-01-01"), 0, roll="forward")
    christmas = np.busday_offset(as_day(f"{year}-12-25"), 0, roll="forward")
    return [new_year, christmas, np.busday_offset(christmas, 1, roll="forward")]


def is_school_holiday(days: np.ndarray) -> np.ndarray:
    """Return whether each day lies in the (invented) school holidays: fixed weeks, and a fortnight at Easter."""
    inside = np.zeros(len(days), dtype=bool)
    for year in np.unique(days.astype("datetime64[Y]").astype(int) + 1970):
        sunday = as_day(easter(int(year)))
        breaks = [(as_day(f"{year}-{first}"), as_day(f"{year}-{last}")) for first, last in FIXED_BREAKS]
        for first, last in [*breaks, (sunday - 9, sunday + 7)]:
            inside |= (days >= first) & (days <= last)
    return inside


@cache
def day_weights(start: int, profile: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the days of a financial year, and each day's share of the year's events under a profile."""
    first, last = year_bounds(start)
    days = np.arange(first, last + 1)
    weights = np.array(WEEK[profile])[(days.astype(int) + 3) % 7]
    weights = np.where(np.isin(days, bank_holidays()), weights * ON_BANK_HOLIDAYS[profile], weights)
    weights = np.where(is_school_holiday(days), weights * IN_SCHOOL_HOLIDAYS[profile], weights)
    return days, np.cumsum(weights) / weights.sum()


def draw_days(rng: np.random.Generator, yearly: Mapping[int, float], profile: str) -> np.ndarray:
    """Return the days of events, in order: a Poisson number in each financial year, spread by the profile."""
    drawn = []
    for start, mean in yearly.items():
        days, shares = day_weights(start, profile)
        drawn.append(days[np.searchsorted(shares, np.sort(rng.random(rng.poisson(mean))), side="right")])
    return np.concatenate(drawn) if drawn else np.array([], dtype="datetime64[D]")


def draw_moments(rng: np.random.Generator, days: np.ndarray, *, office: bool = True) -> np.ndarray:
    """Return a moment on each day: mostly in office hours, or at any hour."""
    size = len(days)
    hours = rng.triangular(7.5, 11.5, 19.5, size) if office else rng.triangular(0, 18, 24, size)
    return days.astype("datetime64[s]") + (hours * 3600).astype(int).astype("timedelta64[s]")


def working_days_after(days: np.ndarray, count: np.ndarray | int) -> np.ndarray:
    """Return the day that lies `count` working days after each day (the day itself is day zero)."""
    return np.busday_offset(days, count, roll="forward", holidays=bank_holidays())
