"""The dimensions that counts are split by, and the categories that each has, from the codes of the contracts.

A category that is declared and never used is counted as nought. Where an agency alone could say that it had
none (agencies, localities), categories are those found: what nobody returned is not nought.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import DataError
from analysis.periods import Period

NOT_RECORDED = "not recorded"
MONTH = "month"


@dataclass(frozen=True)
class Split:
    """One dimension: the column that it reads and the category of each code.

    `categories` is None where they are those found. A missing value is of the category `missing`. What is of an
    empty category is left out. With `many`, a value holds several codes, each of which is counted.
    """

    dimension: str
    column: str
    categories: Mapping[object, str] | None = None
    missing: str = NOT_RECORDED
    many: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The categories that are declared, in order."""
        if not self.categories:
            return ()
        return tuple(name for name in dict.fromkeys([*self.categories.values(), self.missing]) if name)


@dataclass(frozen=True)
class Keyed:
    """The category of every row: a place in `names`, below nought for none. `rows` are places of rows."""

    names: tuple[str, ...]
    codes: np.ndarray
    rows: np.ndarray | None = None


def month_of(column: str) -> Split:
    """Return the split by month of a date column; a column of months (2024-03) serves too."""
    return Split(MONTH, column, missing="")


def list_months(period: Period) -> tuple[str, ...]:
    """Return the months of a period, named like 2023-04."""
    return tuple(str(month) for month in pd.period_range(period.start, period.end, freq="M"))


def read_keys(frame: pd.DataFrame, split: Split, period: Period) -> Keyed:
    """Return the category of every row of the frame. Raises DataError for a code that the split doesn't have."""
    if split.dimension == MONTH:
        return _read_months(frame[split.column], list_months(period))
    if split.many:
        return _read_many(frame[split.column], split)
    return _read_codes(frame[split.column], split)


def _read_months(values: pd.Series, months: tuple[str, ...]) -> Keyed:
    if not pd.api.types.is_datetime64_any_dtype(values):
        return Keyed(months, pd.Index(months).get_indexer(values))
    number = (values.to_numpy().astype("datetime64[M]") - np.datetime64(months[0], "M")).astype("int64")
    return Keyed(months, np.where((number >= 0) & (number < len(months)), number, -1))


def _read_codes(values: pd.Series, split: Split) -> Keyed:
    found = pd.Categorical(values)
    names = split.names or (*sorted(map(str, found.categories)), *([split.missing] if (found.codes < 0).any() else ()))
    place = {name: at for at, name in enumerate(names)}
    known = split.categories if split.categories is not None else {code: str(code) for code in found.categories}
    if any(code not in known for code in found.categories):
        raise DataError(f"column {split.column}: a code that {split.dimension} doesn't have")
    # A missing value has the code -1, which reads the last entry.
    lookup = np.array([*(place.get(known[code], -1) for code in found.categories), place.get(split.missing, -1)])
    return Keyed(names, lookup[found.codes])


def _read_many(values: pd.Series, split: Split) -> Keyed:
    """Return each category of each row once, however many of its codes the row has."""
    listed = values.astype(object).where(values.notna(), None).reset_index(drop=True)
    single = listed.map(lambda said: said.split(";") if said else [None]).explode()
    found = _read_codes(pd.Series(single.to_numpy(), dtype="str"), split)
    pairs = pd.DataFrame({"row": single.index.to_numpy(), "code": found.codes}).drop_duplicates()
    return Keyed(found.names, pairs["code"].to_numpy(), pairs["row"].to_numpy())
