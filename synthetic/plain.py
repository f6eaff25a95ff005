"""Plain tables: those of which a row hangs on no other dataset, made from `data/exampleshire/tables/*.toml`.

A table says how its rows come about (`rows`) and, column by column, how a value is drawn. `docs/exampleshire.md`
lists the words.
"""

from collections.abc import Mapping
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from analysis.returns.contracts import contract
from synthetic.calendar import draw_days, year_bounds
from synthetic.draws import as_day, level, stream, yes
from synthetic.making import DAY, Making
from synthetic.people import Children
from synthetic.slices import blank, in_year, known_by
from synthetic.words import DRAWS

YEARS = range(2018, 2024)
MODIFIERS = ("gap", "needs", "where", "else", "least", "most", "overdue")


def make_table(seed: int, dataset: str, name: str, spec: Mapping[str, Any], children: Children) -> pd.DataFrame:
    """Return all rows of one table, of every year, as they are in the end."""
    rng = stream(seed, f"{dataset}.{name}")
    frame = _rows(rng, spec["rows"])
    for column, said in spec["columns"].items():
        making = Making(rng, frame, seed, f"{dataset}.{name}.{column}", children)
        frame[column] = _values(making, said)
    return frame


def table_in_year(frame: pd.DataFrame, dataset: str, name: str, spec: Mapping[str, Any], start: int) -> pd.DataFrame:
    """Return a year's rows of one table as they stood on 31 March."""
    needs = {column: said["needs"] for column, said in spec["columns"].items() if "needs" in said}
    rows = in_year(frame, start, DAY, spec["rows"].get("open_until", ""))
    rows = known_by(rows, start, needs, contract(dataset).table(name))
    for column, said in spec["columns"].items():
        if "else" in said:
            rows[column] = _otherwise(rows, column, said, year_bounds(start)[1])
    return rows.drop(columns=DAY)


def _otherwise(rows: pd.DataFrame, column: str, said: Mapping[str, Any], last: np.datetime64) -> pd.Series:
    """Return a state with its gaps filled: what isn't over yet is overdue where its due date has passed."""
    applies = pd.Series(True, index=rows.index)
    for name, kept in said.get("where", {}).items():
        applies &= rows[name].isin(kept)
    filled = rows[column].where(rows[column].notna() | ~applies, said["else"])
    if "overdue" not in said:
        return filled
    late = rows[column].isna() & (rows[said["overdue"]] <= pd.Timestamp(last))
    return filled.mask(late, "overdue")


def _rows(rng: np.random.Generator, said: Mapping[str, Any]) -> pd.DataFrame:
    """Return the rows with their day: events spread over each year, or a fixed list or grid of each year."""
    if "yearly" in said:
        return pd.DataFrame({DAY: _event_days(rng, said)})
    return pd.concat([_yearly_rows(said, start) for start in YEARS], ignore_index=True)


def _event_days(rng: np.random.Generator, said: Mapping[str, Any]) -> np.ndarray:
    """Return days of events; where the yearly number changes on a day, the greater number is thinned out."""
    yearly = said["yearly"]
    most = yearly if isinstance(yearly, int | float) else max(number for _, number in yearly)
    days = draw_days(rng, dict.fromkeys(YEARS, most), said.get("profile", "office"))
    if isinstance(yearly, int | float):
        return days
    return days[yes(rng, level(yearly, days) / most, len(days))]


def _yearly_rows(said: Mapping[str, Any], start: int) -> pd.DataFrame:
    first, last = year_bounds(start)
    if "fixed" in said:
        return pd.DataFrame({DAY: np.full(said["fixed"], last)})
    grid = {name: _grid(values, start) for name, values in said["grid"].items()}
    rows = pd.DataFrame(list(product(*grid.values())), columns=list(grid))
    dated = next((rows[name] for name, values in said["grid"].items() if isinstance(values, str)), None)
    days = np.full(len(rows), last) if dated is None else np.array([as_day(str(day)) for day in dated])
    return rows.assign(**{DAY: np.maximum(days, first)})


def _grid(values: str | list, start: int) -> list:
    """Return the values of one side of a grid: a list, or the months, quarter ends or last day of the year."""
    first, last = year_bounds(start)
    months = np.arange(first.astype("datetime64[M]"), last.astype("datetime64[M]") + 1)
    known = {"months": [str(month) for month in months]}
    known["quarters"] = [str((month + 1).astype("datetime64[D]") - 1) for month in months[2::3]]
    known["year_end"] = [str(last)]
    return known[values] if isinstance(values, str) else values


def _values(making: Making, said: Mapping[str, Any]) -> pd.Series:
    """Return a column: drawn by the one word that isn't a modifier, then emptied where the modifiers say so."""
    (word,) = [key for key in said if key not in MODIFIERS]
    values = pd.Series(DRAWS[word](making, said[word]), index=making.rows.index)
    if "least" in said or "most" in said:
        values = values.clip(said.get("least"), said.get("most"))
    for column, kept in said.get("where", {}).items():
        values = values.where(making.rows[column].isin(kept))
    if "gap" in said:
        values = values.mask(making.rng.random(making.size) < said["gap"])
    if "needs" in said:
        values = blank(making.rows.assign(_=values), {"_": said["needs"]})["_"]
    return values
