"""Ways of counting: rows and their categories in, a tidy frame out. Vectorised; nothing here knows a dataset.

The tidy frame has the columns dimension, category, value, numerator, denominator. A share, mean or median of
nothing has no value and the denominator 0; where there are rows and none says what is asked, the denominator is
missing too.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from analysis.counting.splits import Split, read_keys
from analysis.periods import Period

COLUMNS = ("dimension", "category", "value", "numerator", "denominator")
Arrays = tuple[np.ndarray, np.ndarray, np.ndarray]
Method = Callable[[pd.DataFrame, np.ndarray, int], Arrays]


def tally(frame: pd.DataFrame, splits: Sequence[Split], method: Method, period: Period) -> pd.DataFrame:
    """Return the whole and every category of every split, counted by the method."""
    whole = _block("", ("",), method(frame, np.zeros(len(frame), dtype="int64"), 1))
    return pd.concat([whole, *(_tally_split(frame, split, method, period) for split in splits)], ignore_index=True)


def tally_parts(frame: pd.DataFrame, splits: Sequence[Split], period: Period) -> pd.DataFrame:
    """Return the per cent that every category is of all rows, and no whole; a row may be of several categories."""
    method = share_of(len(frame))
    return pd.concat([_tally_split(frame, split, method, period) for split in splits], ignore_index=True)


def _tally_split(frame: pd.DataFrame, split: Split, method: Method, period: Period) -> pd.DataFrame:
    keyed = read_keys(frame, split, period)
    rows = frame if keyed.rows is None else frame.iloc[keyed.rows]
    inside = keyed.codes >= 0
    return _block(split.dimension, keyed.names, method(rows[inside], keyed.codes[inside], len(keyed.names)))


def _block(dimension: str, names: Sequence[str], arrays: Arrays) -> pd.DataFrame:
    values = (np.full(len(names), dimension, dtype=object), np.array(names, dtype=object), *arrays)
    return pd.DataFrame(dict(zip(COLUMNS, values, strict=True)))


def count_events(rows: pd.DataFrame, codes: np.ndarray, size: int) -> Arrays:
    """Return how many rows each category has."""
    return _counts(np.bincount(codes, minlength=size))


def count_distinct(person: str) -> Method:
    """Return the method that counts different people, each once in a category. Rows without a person don't count."""

    def count(rows: pd.DataFrame, codes: np.ndarray, size: int) -> Arrays:
        people = pd.factorize(rows[person])[0]
        known = people >= 0
        pairs = pd.unique(codes[known] * (people.max(initial=0) + 1) + people[known])
        return _counts(np.bincount(pairs // (people.max(initial=0) + 1), minlength=size))

    return count


def sum_values(rows: pd.DataFrame, codes: np.ndarray, size: int) -> Arrays:
    """Return the sum of the column `value`; a missing one adds nothing."""
    return _counts(np.bincount(codes, weights=_numbers(rows["value"].fillna(0)), minlength=size))


def share_met(rows: pd.DataFrame, codes: np.ndarray, size: int) -> Arrays:
    """Return the per cent of rows with `met`. Rows where it is missing are out of the base."""
    known = rows["met"].notna().to_numpy()
    base = np.bincount(codes[known], minlength=size).astype(float)
    met = np.bincount(codes, weights=_numbers(rows["met"].astype("boolean").fillna(False)), minlength=size)
    return _shares(met, _unsaid(base, codes, size))


def share_of(whole: int) -> Method:
    """Return the method that gives the per cent that each category is of a whole."""

    def count(rows: pd.DataFrame, codes: np.ndarray, size: int) -> Arrays:
        return _shares(np.bincount(codes, minlength=size).astype(float), np.full(size, float(whole)))

    return count


def divide_sums(rows: pd.DataFrame, codes: np.ndarray, size: int) -> Arrays:
    """Return the sum of `numerator` over the sum of `denominator` in per cent, of the rows that give both."""
    both = (rows["numerator"].notna() & rows["denominator"].notna()).to_numpy()
    sums = [np.bincount(codes[both], weights=_numbers(rows[name][both]), minlength=size) for name in COLUMNS[3:]]
    known = np.bincount(codes[both], minlength=size).astype(float)
    return _shares(sums[0], np.where(np.isnan(_unsaid(known, codes, size)), np.nan, sums[1]))


def average(name: str) -> Method:
    """Return the method that gives the mean or the median (`name`) of `value`, with how many values it rests on."""

    def count(rows: pd.DataFrame, codes: np.ndarray, size: int) -> Arrays:
        grouped = rows["value"].astype(float).groupby(codes)
        found = grouped.agg([name, "count"]).reindex(range(size))
        base = found["count"].fillna(0).to_numpy(dtype=float)
        return found[name].to_numpy(dtype=float), np.full(size, np.nan), _unsaid(base, codes, size)

    return count


def _numbers(values: pd.Series) -> np.ndarray:
    return values.to_numpy(dtype=float)


def _counts(values: np.ndarray) -> Arrays:
    return values.astype(float), np.full(len(values), np.nan), np.full(len(values), np.nan)


def _shares(numerator: np.ndarray, denominator: np.ndarray) -> Arrays:
    some = np.nan_to_num(denominator) > 0
    value = np.divide(100 * numerator, denominator, out=np.full(len(numerator), np.nan), where=some)
    return value, np.where(np.isnan(denominator), np.nan, numerator), denominator


def _unsaid(base: np.ndarray, codes: np.ndarray, size: int) -> np.ndarray:
    """Return the base, missing where there are rows and none of them says what is asked."""
    return np.where((base == 0) & (np.bincount(codes, minlength=size) > 0), np.nan, base)
