"""Working days in England: Monday to Friday less bank holidays, which are data in the dictionary.

Statutory limits count from the day after the event: the day itself is day 0 (children in need census guide,
assessments and conferences).
"""

from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import DataError
from analysis.measures.strict import read_rows

FILE = Path(__file__).resolve().parents[2] / "data" / "dictionary" / "bank_holidays.csv"


@cache
def load_calendar(file: Path = FILE) -> np.busdaycalendar:
    """Return the calendar of working days. Raises DataError for a file that can't be read."""
    days = [row["date"] for row in read_rows(file, ("date", "title", "source"))]
    return np.busdaycalendar(holidays=np.array(days, dtype="datetime64[D]"))


def count_working_days(start: pd.Series, end: pd.Series) -> pd.Series:
    """Return the working days after the start up to and including the end; missing where a date is.

    A day that isn't a working day counts as the one before it. Raises DataError for a date outside the years
    whose bank holidays are held.
    """
    known = (start.notna() & end.notna()).to_numpy()
    days = [_days(side[known]) for side in (start, end)]
    counted = np.full(len(start), np.nan)
    # busday_count leaves out the last day, so that both are moved on by one.
    counted[known] = np.busday_count(days[0] + 1, days[1] + 1, busdaycal=load_calendar())
    return pd.Series(counted, index=start.index)


def _days(values: pd.Series) -> np.ndarray:
    held = load_calendar().holidays.astype("datetime64[Y]")
    days = values.to_numpy().astype("datetime64[D]")
    years = days.astype("datetime64[Y]")
    if len(days) and (years.min() < held.min() or years.max() > held.max()):
        raise DataError(f"bank holidays are held for {held.min()} to {held.max()}; a date lies outside them")
    return days
