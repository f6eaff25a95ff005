"""Questions that a table of records raises beside the same table of the year before: its size, its splits, its numbers.

What is asked of a column follows from its type in the contract. No message names a value: it may be about a person.
"""

from collections.abc import Iterator
from math import sqrt
from typing import NamedTuple

import pandas as pd

from analysis.returns.checks.rule import Case, Spot, told, warns
from analysis.returns.contracts import Column, Table

ENOUGH = 20  # rows of each year by which a table is judged
TIMES, CHANCE = 1.5, 5.0  # rows that are so many times as many, and a difference of so many standard errors
SHARE = 0.25  # by which a value's share of the rows must move
GONE, KINDS = 20, 40  # rows of a value that is missed when it is gone; values that a column of kinds may have
NUMBER_TIMES = 3.0  # by which the middle of a column of numbers must move
AGAIN = 0.5  # of the rows are last year's but for their days
SPLITS, DAYS, KEYS = ("code", "codes", "yes_no", "text", "month"), ("date", "moment"), ("pseudonym", "identifier")
EMPTY = "(empty)"


class Pair(NamedTuple):
    """A table of this year and of the year before: the rows that are of their own year, and where they stand."""

    file: str
    table: Table
    now: pd.DataFrame
    before: pd.DataFrame

    def columns(self, *types: str) -> Iterator[Column]:
        """The columns of some types that came in both years and hold anything in the year before."""
        both = [c for c in self.table.columns if c.name in self.now and c.name in self.before]
        return (c for c in both if c.type in types and self.before[c.name].notna().any())


def _pairs(case: Case) -> Iterator[Pair]:
    """Give each table of this year and of the year before that has enough rows in one of them to be judged by."""
    old = case.before.tables_of_year if case.before else {}
    for name, (file, table, now) in case.tables_of_year.items():
        before = old[name][2] if name in old else now[:0]
        if len(now) and len(before) and max(len(now), len(before)) >= ENOUGH:
            yield Pair(file, table, now, before)


def _moved(now: int, before: int) -> bool:
    """Whether a number of rows is another than the year before, beyond what chance and an ordinary year do."""
    return max(now, before) > TIMES * min(now, before) and abs(now - before) > CHANCE * sqrt(now + before)


@warns("rows_moved", "a table has far more or fewer rows of the year than the year before", "an explanation")
def check_rows(case: Case) -> Iterator[Spot]:
    """Give each table with half as many rows again as in the year before, or two thirds of them, beyond chance."""
    for pair in _pairs(case):
        if _moved(len(pair.now), len(pair.before)):
            now, before = told(len(pair.now)), told(len(pair.before))
            yield Spot(pair.file, None, None, f"{now} rows of the year, and {before} the year before")


@warns("split_moved", "rows are split otherwise than the year before", "an explanation")
def check_splits(case: Case) -> Iterator[Spot]:
    """Give each column in which one value, or none, gained or lost a quarter of the rows, beyond chance."""
    for pair in _pairs(case):
        for column in pair.columns(*SPLITS, *DAYS, "integer", "number"):
            now, before = (_shares(frame, column) for frame in (pair.now, pair.before))
            if len(now) == len(before) == 1 and EMPTY not in (*now.index, *before.index):
                continue  # a label of the whole table, its year for one
            gap = now.sub(before, fill_value=0).abs()
            error = sqrt(0.25 / max(len(pair.now), 1) + 0.25 / max(len(pair.before), 1))
            if len(gap) and gap.max() >= max(SHARE, CHANCE * error):
                value = gap.idxmax()
                new, old = (round(100 * one.get(value, 0)) for one in (now, before))
                what = "no value" if value == EMPTY else "one value"
                yield Spot(pair.file, None, column.name, f"{new}% of rows have {what}, and {old}% the year before")


def _shares(frame: pd.DataFrame, column: Column) -> pd.Series:
    """Return the share of the rows that each value has, and that have none; all days but one are of their own year."""
    values = frame[column.name]
    if column.type in ("date", "moment"):
        values = values.dt.month * 100 + values.dt.day
    shares = values.value_counts(normalize=True, dropna=False)
    return shares.rename(index=dict.fromkeys(shares.index[shares.index.isna()], EMPTY))


@warns("value_gone", "a value that many rows had the year before is in none", "an explanation")
def check_gone(case: Case) -> Iterator[Spot]:
    """Give each column of kinds that lost one of them: a locality, a sector, a level."""
    for pair in _pairs(case):
        for column in pair.columns("code", "text", "yes_no"):
            counts = pair.before[column.name].value_counts()
            expected = counts * len(pair.now) / len(pair.before)
            gone = expected[(expected >= GONE) & ~expected.index.isin(pair.now[column.name].dropna().unique())]
            if len(counts) <= KINDS and len(gone):
                message = f"{len(gone)} of its values that many rows had the year before are in none"
                yield Spot(pair.file, None, column.name, message)


@warns("numbers_moved", "the numbers of a column are of another size than the year before", "the same unit as before")
def check_numbers(case: Case) -> Iterator[Spot]:
    """Give each column of numbers whose middle is three times, or a third of, that of the year before."""
    for pair in _pairs(case):
        for column in pair.columns("integer", "number"):
            now, before = (frame[column.name].dropna().astype(float) for frame in (pair.now, pair.before))
            if min(len(now), len(before)) >= ENOUGH and min(now.median(), before.median()) > 0:
                times = max(now.median(), before.median()) / min(now.median(), before.median())
                if times >= NUMBER_TIMES:
                    yield Spot(pair.file, None, column.name, f"its middle value is {times:.0f} times another year's")


@warns("rows_of_before", "rows are those of the year before with other days", "this year's rows")
def check_again(case: Case) -> Iterator[Spot]:
    """Give each table of whose rows half stood in the year before with everything but their days."""
    for pair in _pairs(case):
        names = [column.name for column in pair.columns(*SPLITS, *KEYS, "integer", "number")]
        if {column.type for column in pair.columns(*SPLITS, *KEYS)} & {*KEYS} and len(names) > 2:
            now, before = (pd.util.hash_pandas_object(frame[names], index=False) for frame in (pair.now, pair.before))
            again = now.isin(before).mean()
            if again >= AGAIN and pair.table.period in pair.now:
                yield Spot(pair.file, None, None, f"{again:.0%} of the rows are last year's but for their days")
