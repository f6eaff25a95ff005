"""From events of all years to what an agency knew, and returned, at the end of each."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.returns.conform import DTYPES
from analysis.returns.contracts import Table
from synthetic.calendar import year_bounds

FOLLOWED = (
    "_followed"  # the day on which follow-up ends: what it found is known from then, and the row returned till then
)
PLANNED = ("due", "due_date", "re_audit_due", "follow_up_due", "expected_by")  # may lie after the year and be known


def in_year(frame: pd.DataFrame, start: int, day: str, end: str = "") -> pd.DataFrame:
    """Return the rows whose `day` lies in the year; with `end`, also those begun before and not ended by then."""
    first, last = year_bounds(start)
    began = frame[day].to_numpy("datetime64[D]")
    kept = (began >= first) & (began <= last)
    if end:
        ended = frame[end].to_numpy("datetime64[D]")
        kept = (began <= last) & (kept | np.isnat(ended) | (ended >= first))
    return frame[kept].copy()


def known_by(frame: pd.DataFrame, start: int, needs: Mapping[str, str], table: Table) -> pd.DataFrame:
    """Return the rows as they stood on 31 March: no date after it, and nothing that hangs on such a date."""
    _, last = year_bounds(start)
    dated = [column.name for column in table.columns if column.type in ("date", "moment") and column.name in frame]
    for name in [*dated, *(FOLLOWED for _ in [0] if FOLLOWED in frame)]:
        if name in PLANNED:
            continue
        values = pd.to_datetime(frame[name]).to_numpy("datetime64[s]")
        frame[name] = np.where(values >= np.datetime64(last + 1, "s"), np.datetime64("NaT", "s"), values)
    return blank(frame, needs)


def blank(frame: pd.DataFrame, needs: Mapping[str, str]) -> pd.DataFrame:
    """Empty each column of `needs` where the column that it hangs on is empty."""
    for name, other in needs.items():
        if name in frame:
            frame[name] = frame[name].mask(frame[other].isna())
    return frame


def typed(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return the columns of the contract's table, in its order and types; a column not made is empty."""
    columns = {}
    for column in table.columns:
        values = frame[column.name] if column.name in frame else pd.Series(None, index=frame.index, dtype=object)
        columns[column.name] = _cast(values, column.type)
    return pd.DataFrame(columns).reset_index(drop=True)


def _cast(values: pd.Series, kind: str) -> pd.Series:
    dtype = DTYPES.get(kind, "str")
    if kind == "date":
        values = pd.Series(pd.to_datetime(values).to_numpy("datetime64[D]"), index=values.index)
    if dtype == "boolean" and values.dtype == object:
        return values.astype("boolean")
    if dtype == "Int64" and values.dtype != "Int64":
        return pd.to_numeric(values).round().astype("Int64")
    if dtype == "float64":
        return pd.to_numeric(values).astype("float64")
    return values.astype(dtype)
