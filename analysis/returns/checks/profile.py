"""Questions that a table of records raises beside the same table of the year before: its size, its splits, its numbers.

What is asked of a column follows from its type in the contract. No message names a value: it may be about a person.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from itertools import combinations
from math import sqrt
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.returns.checks.rule import Case, Check, Spot, told, warns
from analysis.returns.contracts import TYPES, Column, Table

ENOUGH = 20  # rows of each year by which a table is judged
TIMES, CHANCE = 1.5, 5.0  # rows that are so many times as many, and a difference of so many standard errors
SHARE = 0.25  # by which a value's share of the rows must move
GONE, KINDS = 20, 40  # rows of a value that is missed when it is gone; values that a column of kinds may have
NUMBER_TIMES = 3.0  # by which the middle of a column of numbers must move
AGAIN = 0.5  # of the rows are last year's but for their days
STANDING, SHORTER, FEWEST = 0.9, 0.25, 5  # keys of a list that stood in it before; of those before, which are gone
LASTING = ("sex", "gender", "ethnic", "birth", "dob")  # in the names of what a person keeps
CHANGED = 0.2  # of the people of both years
SPLITS, DAYS, KEYS = ("code", "codes", "yes_no", "text", "month"), ("date", "moment"), ("pseudonym", "identifier")
EMPTY = "(empty)"
EMPTIED = 10  # rows with a value the year before, in a column that has none now; cases of before the year likewise
CARRYING = ("cin_census.", "ssda903.")
Tables = Mapping[tuple[str, str], tuple[str, Table, pd.DataFrame]]


class Pair(NamedTuple):
    """A table of this year and of the year before: the rows that are of their own year, and where they stand."""

    file: str
    table: Table
    now: pd.DataFrame
    before: pd.DataFrame

    @property
    def error(self) -> float:
        """The standard error of the difference of two shares of the rows, at most."""
        return sqrt(0.25 / len(self.now) + 0.25 / len(self.before))

    def columns(self, *types: str) -> Iterator[Column]:
        """The columns of some types that came in both years and hold anything in the year before."""
        both = [c for c in self.table.columns if c.name in self.now and c.name in self.before]
        return (c for c in both if c.type in types and self.before[c.name].notna().any())


def pairs_of(case: Case) -> Iterator[Pair]:
    """Give each table of this year and of the year before that has enough rows in one of them to be judged by."""
    yield from _pair(case.tables_of_year, case.before.tables_of_year if case.before else {})


def _all_pairs(case: Case) -> Iterator[Pair]:
    """Give those tables, and of a year's statutory return again with the rows of before, which are its open cases."""
    yield from pairs_of(case)
    whole = {key: table for key, table in case.tables.items() if key[1].startswith(CARRYING)}
    yield from _pair(whole, case.before.tables if case.before else {})


def _pair(tables: Tables, old: Tables) -> Iterator[Pair]:
    for name, (file, table, now) in tables.items():
        before = old[name][2] if name in old else now[:0]
        if len(now) and len(before) and max(len(now), len(before)) >= ENOUGH:
            yield Pair(file, table, now, before)


def _asks(id: str, what: str, allowed: str) -> Callable[[Check], Check]:
    """Enter a rule that asks once of a column of a table, whichever of its rows raise it."""

    def enter(check: Check) -> Check:
        def first(case: Case) -> Iterator[Spot]:
            return iter({(spot.file, spot.column): spot for spot in reversed(list(check(case)))}.values())

        warns(id, what, allowed)(wraps(check)(first))
        return check

    return enter


def _moved(now: int, before: int) -> bool:
    """Whether a number of rows is another than the year before, beyond what chance and an ordinary year do."""
    return max(now, before) > TIMES * min(now, before) and abs(now - before) > CHANCE * sqrt(now + before)


@_asks("rows_moved", "a table has far more or fewer rows of the year than the year before", "an explanation")
def check_rows(case: Case) -> Iterator[Spot]:
    """Give each table with half as many rows again as in the year before, or two thirds of them, beyond chance."""
    for pair in _all_pairs(case):
        if _moved(len(pair.now), len(pair.before)):
            now, before = told(len(pair.now)), told(len(pair.before))
            yield Spot(pair.file, None, None, f"{now} rows of the year, and {before} the year before")


@_asks("split_moved", "rows are split otherwise than the year before", "an explanation")
def check_splits(case: Case) -> Iterator[Spot]:
    """Give each column in which one value, or none, gained or lost a quarter of the rows, beyond chance."""
    for pair in _all_pairs(case):
        for column in pair.columns(*SPLITS, *DAYS, "integer", "number", "pseudonym"):
            now, before = (_shares(frame, column) for frame in (pair.now, pair.before))
            if len(now) == len(before) == 1 and EMPTY not in (*now.index, *before.index):
                continue  # a label of the whole table, its year for one
            gap = now.sub(before, fill_value=0).abs()
            if len(gap) and gap.max() >= max(SHARE, CHANCE * pair.error):
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


@_asks("value_gone", "a value that many rows had the year before is in none", "an explanation")
def check_gone(case: Case) -> Iterator[Spot]:
    """Give each column of kinds that lost one of them (a locality, a sector), and each that lost all its values."""
    for pair in _pair(case.tables, case.before.tables if case.before else {}):
        for column in pair.columns(*TYPES):
            now, before = pair.now[column.name], pair.before[column.name]
            if now.isna().all() and before.notna().mean() * len(now) >= EMPTIED:
                yield Spot(pair.file, None, column.name, "many rows had a value the year before, and none has one")
    for pair in _all_pairs(case):
        for column in pair.columns("code", "text", "yes_no"):
            counts = pair.before[column.name].value_counts()
            expected = counts * len(pair.now) / len(pair.before)
            gone = expected[(expected >= GONE) & ~expected.index.isin(pair.now[column.name].dropna().unique())]
            if len(counts) <= KINDS and len(gone):
                message = f"{len(gone)} of its values that many rows had the year before are in none"
                yield Spot(pair.file, None, column.name, message)


@warns("nothing_carried_over", "no case of before the year, and there were some the year before", "every open case")
def check_carried(case: Case) -> Iterator[Spot]:
    """Give each table of cases in which all that began before the year are gone: those that were new came alone."""
    for pair in _pair(case.tables, case.before.tables) if case.before and case.period.start else ():
        day = pair.table.period
        kinds = {frame[day].dtype.kind if day in frame else "" for frame in (pair.now, pair.before)}
        if not pair.table.within and kinds == {"M"}:
            now, before = (
                sum(frame[day] < pd.Timestamp(period.start))
                for frame, period in ((pair.now, case.period), (pair.before, case.before.period))
            )
            if not now and before >= EMPTIED:
                yield Spot(pair.file, None, day, f"no row is of before the year, and {told(before)} were")


@_asks("numbers_moved", "the numbers of a column are of another size than the year before", "the same unit as before")
def check_numbers(case: Case) -> Iterator[Spot]:
    """Give each column of numbers whose middle is three times, or a third of, that of the year before."""
    for pair in _all_pairs(case):
        for column in pair.columns("integer", "number"):
            now, before = (frame[column.name].dropna().astype(float) for frame in (pair.now, pair.before))
            low, high = sorted((now.median(), before.median()))
            if min(len(now), len(before)) >= ENOUGH and low > 0 and high >= NUMBER_TIMES * low:
                yield Spot(pair.file, None, column.name, f"its middle value is {high / low:.0f} times another year's")


@warns("firsts_of_months", "days are firsts of months, and weren't the year before", "the day of each row")
def check_firsts(case: Case) -> Iterator[Spot]:
    """Give each column of days nearly all of which are the first of a month, where fewer than half were before."""
    for pair in pairs_of(case):
        for column in pair.columns(*DAYS):
            now, before = ((frame[column.name].dropna().dt.day == 1).mean() for frame in (pair.now, pair.before))
            if now >= STANDING and before < AGAIN:
                yield Spot(pair.file, None, column.name, f"{now:.0%} of its days are the first of a month")


@warns("days_turned", "two columns of days stand otherwise to each other than the year before", "each its own days")
def check_turned_days(case: Case) -> Iterator[Spot]:
    """Give two columns of days that are now the same in nearly all rows, or whose later one has become the earlier."""
    for pair in pairs_of(case):
        for one, other in combinations(pair.columns(*DAYS), 2):
            now, before = (
                (frame[other.name].dt.normalize() - frame[one.name].dt.normalize()).dropna().dt.days
                for frame in (pair.now, pair.before)
            )
            if min(len(now), len(before)) >= ENOUGH:
                place = (pair.file, None, f"{one.name}, {other.name}")
                if (now == 0).mean() >= STANDING and (before == 0).mean() < AGAIN:
                    yield Spot(*place, "are the same day in nearly all rows, and weren't the year before")
                elif abs(np.sign(now).mean() - np.sign(before).mean()) >= 1:  # of the two between all and none
                    yield Spot(*place, "come in another order than the year before")


@warns("list_shortened", "a list lacks much of what it held the year before", "the whole list, or an explanation")
def check_list(case: Case) -> Iterator[Spot]:
    """Give each list that is the same from year to year (of schools, say) of which a quarter is gone."""
    for pair in pairs_of(case):
        key = [name for name in pair.table.key if name in pair.now and name in pair.before]
        now, before = (pd.MultiIndex.from_frame(frame[key]) if key else [] for frame in (pair.now, pair.before))
        gone = (~before.isin(now)).sum() if key and now.isin(before).mean() >= STANDING else 0
        if gone >= max(FEWEST, SHORTER * len(before)):
            said = f"{told(gone)} of the {len(before)} of the year before are gone"
            yield Spot(pair.file, None, ", ".join(key), said)


@warns("people_changed", "people have another sex, ethnicity or birth than the year before", "an explanation")
def check_people(case: Case) -> Iterator[Spot]:
    """Give each column of what people keep that a fifth of those of both years have changed."""
    for pair in pairs_of(case):
        for who in pair.columns("pseudonym"):
            for column in pair.columns("code", "text", "date"):
                if any(word in column.name.casefold() for word in LASTING):
                    now, before = (_known_of(frame, who.name, column.name) for frame in (pair.now, pair.before))
                    both = now.index.intersection(before.index)
                    changed = (now[both] != before[both]).mean() if len(both) >= ENOUGH else 0
                    if changed >= CHANGED:
                        message = f"{changed:.0%} of those who were here the year before have another value"
                        yield Spot(pair.file, None, column.name, message)


def _known_of(frame: pd.DataFrame, who: str, column: str) -> pd.Series:
    """Return the one value of each person, who has no other."""
    known = frame[[who, column]].dropna().drop_duplicates()
    return known.drop_duplicates(who, keep=False).set_index(who)[column]


@warns("rows_of_before", "rows are those of the year before with other days", "this year's rows")
def check_again(case: Case) -> Iterator[Spot]:
    """Give each table of whose rows half stood in the year before with everything but their days; of a list without
    days, all of them. What is counted anew on days of each year, which its key holds, may well stay the same."""
    for pair in pairs_of(case):
        if pair.table.period in pair.table.key:
            continue
        dated = pair.table.period in pair.now
        columns = [*pair.columns(*SPLITS, *KEYS, "integer", "number", *(() if dated else DAYS))]
        names = [column.name for column in columns]
        if len(names) > 2 and any(c.type in KEYS or not dated and c.name in pair.table.key for c in columns):
            now, before = (pd.util.hash_pandas_object(frame[names], index=False) for frame in (pair.now, pair.before))
            again = now.isin(before).mean()
            if again >= (AGAIN if dated else 1):
                said = " but for their days" if dated else ""
                yield Spot(pair.file, None, None, f"{again:.0%} of the rows are last year's{said}")
