"""Choosing rows: those of a period, those open on a day, the one before. Nothing here changes a frame."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.counting.selection import NotSuppliedError, Rows
from analysis.measures.periods import Period
from analysis.returns.contracts import contract

EARLIER = "earlier "  # before a table's name: its rows in the returns of the years before


def supplied(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Return the frame. Raises NotSuppliedError where it has rows and one of the columns no value."""
    for column in columns:
        if len(frame) and not is_known(frame, column).any():
            raise NotSuppliedError(column)
    return frame


def met_by(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the frame with a column's yes or no as what a share counts."""
    return frame.assign(met=frame[column])


def is_known(frame: pd.DataFrame, column: str) -> np.ndarray:
    """Return whether each row has a value in a column."""
    return Rows.of(frame).read_codes(column)[0] >= 0


def where_known(answer: pd.Series, frame: pd.DataFrame, column: str) -> pd.Series:
    """Return a yes or no of each row, missing where a column is."""
    said = pd.arrays.BooleanArray(answer.to_numpy(dtype=bool), ~is_known(frame, column))
    return pd.Series(said, index=answer.index)


def within(frame: pd.DataFrame | Rows, column: str, period: Period) -> Rows:
    """Return the rows dated in the period, both its days included. The column may hold days, times or months."""
    rows = Rows.of(frame)
    return rows.choose_once(("within", column, period), lambda: rows[_is_within(rows[column], period)])


def _is_within(values: pd.Series, period: Period) -> np.ndarray:
    if not pd.api.types.is_datetime64_any_dtype(values):
        first, last = f"{period.start:%Y-%m}", f"{period.end:%Y-%m}"
        return ((values >= first) & (values <= last)).to_numpy(dtype=bool, na_value=False)
    days = values.to_numpy()
    return (days >= np.datetime64(period.start)) & (days < np.datetime64(period.end) + 1)


def open_at(frame: pd.DataFrame | Rows, start: str, end: str, day: pd.Timestamp) -> Rows:
    """Return the rows that had started by the end of the day and hadn't ended by then."""
    rows, moment = Rows.of(frame), np.datetime64(day, "s")
    return rows[(rows[start].to_numpy() <= moment) & ~(rows.ends(end).to_numpy() <= moment)]


def latest(frame: pd.DataFrame | Rows, by: str | list[str], order: str) -> Rows:
    """Return the last row of each `by`, in the order of a column."""
    rows = Rows.of(frame)
    ordered = rows[order].array.argsort(kind="stable")  # missing ones last
    earlier = pd.Index(_number(rows, [by] if isinstance(by, str) else by)[ordered]).duplicated(keep="last")
    return rows.take(ordered[~earlier])


def _number(rows: Rows, columns: list[str]) -> np.ndarray:
    """Return one number for the values of several columns, a missing value being one of them."""
    number = np.zeros(len(rows), dtype="int64")
    for column in columns:
        codes, values = rows.read_codes(column)
        number = pd.factorize(number)[0] * (len(values) + 1) + codes + 1
    return number


def year_before(period: Period) -> Period:
    """Return the same days a year earlier: what began or ended on them has had twelve months by the period's end."""
    days = (pd.Timestamp(day) + pd.Timedelta(days=1) - pd.DateOffset(years=1) for day in (period.start, period.end))
    first, last = ((day - pd.Timedelta(days=1)).date() for day in days)
    return Period(first, last, "other")


def look_up(keys: pd.Series, values: pd.Series) -> pd.Series:
    """Return the value of each key, missing where there is none; as map does, and for no keys too."""
    return pd.Series(values.reindex(keys).array, index=keys.index)


def is_repeat(frame: pd.DataFrame, person: str, date: str) -> pd.Series:
    """Return whether the same person has an earlier row dated twelve months before or less, the anniversary included.

    Days count, not times. Two rows of one day: the second repeats the first. Only rows of the frame are seen.
    """
    people = Rows.of(frame).read_codes(person)[0]
    days = frame[date].to_numpy().astype("datetime64[D]")
    earlier, later = _next_of_same(people, days)
    repeat = np.zeros(len(frame), dtype=bool)
    repeat[later] = _within_a_year(days[earlier], days[later])
    return pd.Series(repeat, index=frame.index)


def _next_of_same(people: np.ndarray, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the places of each row and of the same person's next one, by day and then in the order given.

    One number for person and day sorts several times as fast as the two columns do.
    """
    known = np.flatnonzero((people >= 0) & ~np.isnat(days))
    number = days[known].astype("int64")
    span = np.ptp(number) + 1 if len(number) else 1
    order = known[np.argsort(people[known] * span + number, kind="stable")]
    same = people[order[1:]] == people[order[:-1]]
    return order[:-1][same], order[1:][same]


def _within_a_year(earlier: np.ndarray, later: np.ndarray) -> np.ndarray:
    """Return whether each later day is at most the anniversary of the earlier one; the calendar is asked where the
    number of days alone doesn't say."""
    gap = (later - earlier).astype("int64")
    within = gap <= 365
    unsure = gap == 366
    within[unsure] = later[unsure] <= _year_after(earlier[unsure])
    return within


def _year_after(days: np.ndarray) -> np.ndarray:
    """Return the same day of the next year; the last of February for its 29th."""
    months = days.astype("datetime64[M]")
    same = (months + 12).astype("datetime64[D]") + (days - months.astype("datetime64[D]"))
    return np.minimum(same, (months + 13).astype("datetime64[D]") - 1)


def look_back(records: Mapping, name: str) -> Rows:
    """Return the rows of a table of earlier years and then those of the year, whose row of a key stands."""
    rows, earlier = Rows.of(records[name]), records.get(EARLIER + name)
    return rows if earlier is None else rows.choose_once((EARLIER, name), lambda: _stack(name, earlier, rows))


def _stack(name: str, earlier: pd.DataFrame | Rows, rows: Rows) -> pd.DataFrame:
    dataset, _, part = name.partition(".")
    frames = [Rows.of(earlier).to_frame(), rows.to_frame()]
    key = list(contract(dataset).table(part).key)
    return pd.concat(frames, ignore_index=True).drop_duplicates(key, keep="last", ignore_index=True)


def is_repeat_or_flagged(records: Mapping, name: str, person: str, date: str, flag: str) -> pd.Series:
    """Return whether each row of a table repeats another of it or of earlier years, by its own dates or, where earlier
    rows aren't held, by the agency's flag."""
    rows = Rows.of(records[name])
    held = EARLIER + name in records
    flagged = rows.filled(flag, False) if held else rows[flag].fillna(False)
    repeat = is_repeat(look_back(records, name), person, date).to_numpy()
    return pd.Series(repeat[len(repeat) - len(rows) :], index=rows.index) | flagged.astype(bool)


def days_between(start: pd.Series, end: pd.Series) -> pd.Series:
    """Return the calendar days from one date to the other; missing where one is."""
    return (end.dt.normalize() - start.dt.normalize()).dt.days


def hours_between(start: pd.Series, end: pd.Series) -> pd.Series:
    """Return the hours from one moment to the other; missing where one is."""
    return (end - start).dt.total_seconds() / 3600


def met_from(amount: pd.Series, least: float) -> pd.Series:
    """Return whether an amount is at least so much; missing where the amount is."""
    return (amount >= least).astype("boolean").mask(amount.isna())


def met_within(amount: pd.Series, limit: float) -> pd.Series:
    """Return whether an amount is at most the limit; missing where the amount is."""
    return (amount <= limit).astype("boolean").mask(amount.isna())
