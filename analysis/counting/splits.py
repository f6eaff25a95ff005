"""The dimensions that counts are split by, and the categories that each has, from the codes of the contracts.

A category that is declared and never used is counted as zero. Where an agency alone could say that it had
none (agencies, localities), categories are those found: what nobody returned is not zero.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from analysis.counting.selection import Rows
from analysis.errors import DataError
from analysis.measures.completion import MONTH, NOT_RECORDED, list_categories
from analysis.measures.measure import Split
from analysis.measures.periods import Period

ANSWERS = {True: "yes", False: "no"}


@dataclass(frozen=True)
class Grouping:
    """How rows are put into the categories of one dimension: the column that is read and the category of each code.

    `categories` is None where they are those found; with `found`, of the declared ones those found count. A missing
    value is of the category `missing`. What is of an empty category is left out. With `many`, a value holds several
    codes, each of which is counted.
    """

    dimension: str
    column: str
    categories: Mapping[object, str] | None = None
    missing: str = NOT_RECORDED
    many: bool = False
    found: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The categories that are declared, in order."""
        return tuple(list_categories(self.categories or {}, self.missing))


def group_by(split: Split, column: str) -> Grouping:
    """Return how a measure's split groups the rows of a column; a yes or no column has the codes `yes` and `no`."""
    missing = "" if split.dimension == MONTH else split.missing
    if split.codes is None:
        return Grouping(split.dimension, column, missing=missing)
    answers = {answer: split.codes[word] for answer, word in ANSWERS.items() if word in split.codes}
    return Grouping(split.dimension, column, {**split.codes, **answers}, missing, split.many, split.found)


@dataclass(frozen=True)
class Keyed:
    """The category of every row: a place in `names`, below zero for none. `rows` are places of rows."""

    names: tuple[str, ...]
    codes: np.ndarray
    rows: np.ndarray | None = None


@cache
def list_months(period: Period) -> tuple[str, ...]:
    """Return the months of a period, named like 2023-04."""
    return tuple(str(month) for month in pd.period_range(period.start, period.end, freq="M"))


def read_keys(frame: pd.DataFrame | Rows, split: Grouping, period: Period) -> Keyed:
    """Return the category of every row of the frame. Raises DataError for a code that the split doesn't have."""
    rows = Rows.of(frame)
    if split.dimension == MONTH:
        return _read_months(rows, split.column, list_months(period))
    return _read_many(rows, split) if split.many else _read_codes(*rows.read_codes(split.column), split)


def _read_months(rows: Rows, column: str, months: tuple[str, ...]) -> Keyed:
    values = rows[column]
    if not pd.api.types.is_datetime64_any_dtype(values):
        return Keyed(months, pd.Index(months).get_indexer(values))
    number = (rows.read_months(column) - np.datetime64(months[0], "M")).astype("int64")
    return Keyed(months, np.where((number >= 0) & (number < len(months)), number, -1))


def _read_codes(codes: np.ndarray, values: pd.Index, split: Grouping) -> Keyed:
    """Return the categories of rows whose codes are places in the values; values that no row has count for nothing."""
    used = np.bincount(codes + 1, minlength=len(values) + 1) > 0
    said = [value if is_used else None for value, is_used in zip(values, used[1:], strict=True)]
    known = split.categories if split.categories is not None else {code: str(code) for code in said if code is not None}
    if any(code is not None and code not in known for code in said):
        raise DataError(f"column {split.column}: a code that {split.dimension} doesn't have")
    names = split.names or (*sorted(known.values()), *([split.missing] if used[0] else ()))
    held = {known.get(code) for code in said}
    names = tuple(name for name in names if name in held) if split.found else names
    place = {name: at for at, name in enumerate(names)}
    # A missing value has the code -1, which reads the last entry.
    lookup = np.array([*(place.get(known.get(code, ""), -1) for code in said), place.get(split.missing, -1)])
    return Keyed(names, lookup[codes])


def _read_many(rows: Rows, split: Grouping) -> Keyed:
    """Return each category of each row once, however many of its codes the row has."""
    codes, values = rows.read_codes(split.column)
    used, which = np.unique(codes, return_inverse=True)
    listed = [(str(values[code]) if code >= 0 else "").split(";") for code in used]
    single, named = pd.factorize(pd.array([code or None for codes_of in listed for code in codes_of], dtype="str"))
    found = _read_codes(single, named, split)
    owners = np.repeat(np.arange(len(listed)), [len(codes_of) for codes_of in listed])
    pairs = np.unique(np.column_stack([owners, found.codes]), axis=0)
    return Keyed(found.names, *_repeat(which, pairs[:, 1], np.bincount(pairs[:, 0], minlength=len(listed))))


def _repeat(which: np.ndarray, parts: np.ndarray, size: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the part of each row, one after the other, and the row that each number is of; `parts` has the parts
    end to end, `size` the length of each."""
    rows = np.repeat(np.arange(len(which)), size[which])
    within = np.arange(len(rows)) - np.repeat(np.cumsum(size[which]) - size[which], size[which])
    return parts[(np.cumsum(size) - size)[which][rows] + within], rows
