"""Rows chosen of a table: read like a frame, column by column, so that a choice copies only what is looked at.

A year's figures are some hundred choices of rows from some tables of many columns, each counted by a few categories.
So a choice is the places of its rows alone; a column is taken when it is read; and the codes of a column (which
category, which person, which month) are found once for the whole table and then looked up for every choice.
"""

from collections.abc import Callable, Hashable
from functools import cached_property, wraps

import numpy as np
import pandas as pd

Codes = tuple[np.ndarray, pd.Index]


class NotSuppliedError(Exception):
    """A column that a count stands on was not supplied by the agency: its name."""


class Rows:
    """Some rows of a table, in some order, and the columns that a definition assigned to them.

    `rows["outcome"]` is a series, `rows[mask]` are fewer rows, `rows[["a", "b"]]` a frame of what was supplied of them.
    A column that the table lacks, or in which nobody wrote anything, raises NotSuppliedError: what wasn't returned is
    neither zero nor no. Masks and assigned series must be of these rows, else ValueError is raised. What else a frame
    can do (`merge`, `groupby`) is done by a frame of the rows. Nothing changes the table; nor may it be changed while
    rows of it are in use.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        """Take all rows of a frame."""
        self._frame, self._found = frame, {}
        self._places, self._assigned, self._taken, self._chosen = None, {}, {}, {}

    @cached_property
    def index(self) -> pd.Index:
        """The rows' own index: that of the table, at their places."""
        return self._frame.index if self._places is None else self._frame.index.take(self._places)

    @staticmethod
    def of(frame: "pd.DataFrame | Rows") -> "Rows":
        """Return the rows of a frame; rows as they are."""
        return frame if isinstance(frame, Rows) else Rows(frame)

    def __len__(self) -> int:
        return len(self._frame if self._places is None else self._places)

    def __repr__(self) -> str:
        return repr(self.to_frame())

    def __contains__(self, column: str) -> bool:
        return column in self._assigned or column in self._frame

    def __getitem__(self, wanted):
        if isinstance(wanted, str):
            return self._column(wanted)
        if isinstance(wanted, list):
            return pd.DataFrame({name: self[name] for name in wanted if self.is_supplied(name)}, index=self.index)
        return self.take(np.flatnonzero(self._of_these(wanted)))

    def __getattr__(self, name: str):
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.to_frame(), name)

    def take(self, places: np.ndarray) -> "Rows":
        """Return the rows at the places, in their order."""
        chosen = self._like(places if self._places is None else self._places[places])
        chosen._assigned = {name: values.take(places) for name, values in self._assigned.items()}
        return chosen

    def assign(self, **columns) -> "Rows":
        """Return the rows with columns added or replaced: series of these rows, arrays, or one value for all."""
        more = self._like(self._places)
        more.index, more._taken = self.index, self._taken
        more._assigned = self._assigned | {name: self._series(values) for name, values in columns.items()}
        return more

    def choose_once(self, name: Hashable, choose: "Callable[[], pd.DataFrame | Rows]") -> "Rows":
        """Return what `choose` does, as rows: done once for these rows under the name, so that many may ask."""
        if name not in self._chosen:
            self._chosen[name] = Rows.of(choose())
        return self._chosen[name]

    def to_frame(self) -> pd.DataFrame:
        """Return the rows as a frame."""
        chosen = self._frame if self._places is None else self._frame.take(self._places)
        return chosen.assign(**self._assigned)

    def read_codes(self, column: str) -> Codes:
        """Return a number for each row's value, below zero where there is none, and the values by number.

        There may be values that none of these rows has.
        """
        return self._look_up(column, "codes", lambda values: values.factorize())

    def read_months(self, column: str) -> np.ndarray:
        """Return the months of a column of dates, as numpy has them."""
        return self._look_up(column, "months", lambda values: (values.to_numpy().astype("datetime64[M]"), None))[0]

    def _look_up(self, column: str, kind: str, find: Callable[[pd.Series], tuple]) -> tuple:
        if column in self._assigned:
            return find(self._assigned[column])
        if (column, kind) not in self._found:
            self._found[column, kind] = find(self._supplied(column))
        codes, values = self._found[column, kind]
        return (codes if self._places is None else codes[self._places]), values

    def _column(self, name: str) -> pd.Series:
        if name in self._assigned:
            return self._assigned[name]
        if name not in self._taken:
            whole = self._supplied(name)
            self._taken[name] = whole if self._places is None else self._series(whole.array.take(self._places))
        return self._taken[name]

    def is_supplied(self, name: str) -> bool:
        """Whether anybody wrote anything in a column."""
        if name in self._assigned or not len(self._frame):
            return name in self
        if (name, "supplied") not in self._found:
            self._found[name, "supplied"] = name in self._frame and bool(self._frame[name].notna().any())
        return self._found[name, "supplied"]

    def filled(self, name: str, default: object) -> pd.Series:
        """Return a column that may be left empty, with the default (one, or one a row) wherever nothing stands."""
        if self.is_supplied(name):
            return self[name].fillna(default)
        return default if isinstance(default, pd.Series) else self._series(np.full(len(self), default))

    def ends(self, name: str) -> pd.Series:
        """Return a column of days on which things end, which may be empty: nothing that was returned has ended."""
        empty = name in self._frame and not self.is_supplied(name)
        return self._series(self._frame[name].array[: len(self)]) if empty else self[name]

    def _supplied(self, name: str) -> pd.Series:
        if not self.is_supplied(name):
            raise NotSuppliedError(name)
        return self._frame[name]

    def _like(self, places: np.ndarray | None) -> "Rows":
        rows = Rows(self._frame)
        rows._found, rows._places = self._found, places
        return rows

    def _series(self, values) -> pd.Series:
        if not isinstance(values, pd.Series):
            return pd.Series(values, index=self.index, copy=False)
        self._check(values)
        return values

    def _of_these(self, mask) -> np.ndarray:
        if isinstance(mask, np.ndarray):
            mask = self._series(mask)
        self._check(mask)
        if not pd.api.types.is_bool_dtype(mask):
            raise ValueError(f"rows are chosen by yes and no, not by {mask.dtype}")
        return mask.to_numpy(dtype=bool, na_value=False)

    def _check(self, values: pd.Series) -> None:
        if values.index is not self.index and not values.index.equals(self.index):
            raise ValueError("a column or a mask is of other rows than those that it is used on")


CHOICES: dict[str, tuple[Callable, tuple[str, ...]]] = {}  # choices of rows that a record can name, and their tables


def once(*tables: str) -> Callable:
    """Return the decorator of a choice of rows from records of the tables named, and of nothing else: among rows that
    are held for many definitions, what one has chosen serves the others. A record names it by its module and what it
    chooses: `training.bookings`."""

    def decorate(choose: Callable) -> Callable:
        @wraps(choose)
        def chosen(records, *said):
            held = [records[name] for name in tables]
            if not all(isinstance(rows, Rows) for rows in held):
                return choose(records, *said)
            return held[0].choose_once((choose, *held[1:], *said), lambda: choose(records, *said))

        name = f"{choose.__module__.rpartition('.')[2]}.{choose.__name__.removesuffix('_of')}"
        CHOICES[name] = chosen, tables
        return chosen

    return decorate
