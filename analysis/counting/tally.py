"""Ways of counting: rows and their categories in, blocks of numbers out. Vectorised; nothing here knows a dataset.

A block has the value, numerator and denominator of each category of a dimension. A share, mean or median of
nothing has no value and the denominator 0; where there are rows and none says what is asked, the denominator is
missing too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.counting.selection import Rows
from analysis.counting.splits import Grouping, Keyed, read_keys
from analysis.measures.periods import Period

Arrays = tuple[np.ndarray, np.ndarray, np.ndarray]
Method = Callable[[Rows, np.ndarray, int], Arrays]


@dataclass(frozen=True)
class Block:
    """The categories of one dimension, counted: value, numerator and denominator of each."""

    dimension: str
    names: Sequence[str]
    arrays: Arrays


def list_blocks(
    frame: pd.DataFrame | Rows, splits: Sequence[Grouping], method: Method, period: Period, *, has_total: bool = True
) -> list[Block]:
    """Return the whole, unless it is left out, and then the categories of every split, counted by the method; a split
    by a column that nobody supplied has no categories."""
    rows = Rows.of(frame)
    whole = [Block("", ("",), method(rows, np.zeros(len(rows), dtype="int64"), 1))] if has_total else []
    return whole + [_tally_split(rows, split, method, period) for split in splits if rows.is_supplied(split.column)]


def list_rows(block: Block) -> list[tuple[str, str, float, float, float]]:
    """Return dimension, category, value, numerator and denominator of each category of a block."""
    numbers = zip(*(values.tolist() for values in block.arrays), strict=True)
    return [(block.dimension, name, *of_name) for name, of_name in zip(block.names, numbers, strict=True)]


def _tally_split(rows: Rows, split: Grouping, method: Method, period: Period) -> Block:
    keyed = read_keys(rows, split, period)
    rows = rows if keyed.rows is None else rows.take(keyed.rows)
    inside = keyed.codes >= 0
    if not inside.all():
        rows, keyed = rows[inside], Keyed(keyed.names, keyed.codes[inside])
    return Block(split.dimension, keyed.names, method(rows, keyed.codes, len(keyed.names)))


def count_events(rows: Rows, codes: np.ndarray, size: int) -> Arrays:
    """Return how many rows each category has."""
    return _counts(np.bincount(codes, minlength=size))


def count_distinct(person: str) -> Method:
    """Return the method that counts different people, each once in a category. Rows without a person don't count."""

    def count(rows: Rows, codes: np.ndarray, size: int) -> Arrays:
        people, persons = rows.read_codes(person)
        known = people >= 0
        pairs = pd.unique(codes[known] * (len(persons) + 1) + people[known])
        return _counts(np.bincount(pairs // (len(persons) + 1), minlength=size))

    return count


def sum_values(rows: Rows, codes: np.ndarray, size: int) -> Arrays:
    """Return the sum of the column `value`; a missing one adds nothing."""
    return _counts(np.bincount(codes, weights=np.nan_to_num(_numbers(rows["value"])), minlength=size))


def share_met(rows: Rows, codes: np.ndarray, size: int) -> Arrays:
    """Return the per cent of rows with `met`. Rows where it is missing are out of the base."""
    met = _numbers(rows["met"])
    base = np.bincount(codes[~np.isnan(met)], minlength=size).astype(float)
    return _shares(np.bincount(codes, weights=np.nan_to_num(met), minlength=size), _unsaid(base, codes, size))


def share_of(whole: int) -> Method:
    """Return the method that gives the per cent that each category is of a whole."""

    def count(rows: Rows, codes: np.ndarray, size: int) -> Arrays:
        return _shares(np.bincount(codes, minlength=size).astype(float), np.full(size, float(whole)))

    return count


def divide_sums(rows: Rows, codes: np.ndarray, size: int) -> Arrays:
    """Return the sum of `numerator` over the sum of `denominator` in per cent, of the rows that give both."""
    given = [_numbers(rows[name]) for name in ("numerator", "denominator")]
    both = ~np.isnan(given[0] + given[1])
    sums = [np.bincount(codes[both], weights=values[both], minlength=size) for values in given]
    known = np.bincount(codes[both], minlength=size).astype(float)
    return _shares(sums[0], np.where(np.isnan(_unsaid(known, codes, size)), np.nan, sums[1]))


def average(name: str) -> Method:
    """Return the method that gives the mean or the median (`name`) of `value`, with how many values it rests on."""

    def count(rows: Rows, codes: np.ndarray, size: int) -> Arrays:
        grouped = rows["value"].astype(float).groupby(codes)
        found = grouped.agg([name, "count"]).reindex(range(size))
        base = found["count"].fillna(0).to_numpy(dtype=float)
        return found[name].to_numpy(dtype=float), np.full(size, np.nan), _unsaid(base, codes, size)

    return count


def _numbers(values: pd.Series) -> np.ndarray:
    return values.to_numpy(dtype=float, na_value=np.nan)


def _counts(values: np.ndarray) -> Arrays:
    return values.astype(float), np.full(len(values), np.nan), np.full(len(values), np.nan)


def _shares(numerator: np.ndarray, denominator: np.ndarray) -> Arrays:
    some = np.nan_to_num(denominator) > 0
    value = np.divide(100 * numerator, denominator, out=np.full(len(numerator), np.nan), where=some)
    return value, np.where(np.isnan(denominator), np.nan, numerator), denominator


def _unsaid(base: np.ndarray, codes: np.ndarray, size: int) -> np.ndarray:
    """Return the base, missing where there are rows and none of them says what is asked."""
    return np.where((base == 0) & (np.bincount(codes, minlength=size) > 0), np.nan, base)
