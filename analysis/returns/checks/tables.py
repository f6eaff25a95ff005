"""Rules about records: the order of dates, rows outside the period, orphans, parts and wholes in one row, ages.

What a rule needs to know of a column stands in the contract (`not_before`, `at_most`, `refers_to`, `born`).
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from operator import attrgetter

import numpy as np
import pandas as pd

from analysis.measures.periods import Period
from analysis.returns.checks.rule import Case, Spot, stops, warns
from analysis.returns.checks.whole import is_ahead
from analysis.returns.conform import Records, fold_keys
from analysis.returns.contracts import Column, Table
from analysis.returns.sheet import file_of

DATES = ("date", "moment")
CARRIED = 31  # days into the period in which a row may still belong to one of the year before


def _tables(case: Case) -> Iterator[tuple[str, str, Records]]:
    for file, read in case.read.items():
        for name, records in read.parts:
            if len(records.frame):
                yield records.file or file, name, records


def _kept(records: Records, wanted: Callable[[Column], object]) -> Iterator[Column]:
    """Give the columns that are wanted, in the frame, and hold anything."""
    for column in records.table.columns:
        if wanted(column) and column.name in records.frame and records.frame[column.name].notna().any():
            yield column


def _dates(records: Records) -> list[Column]:
    return list(_kept(records, lambda column: column.type in DATES))


def _rows(file: str, records: Records, wrong: pd.Series, column: str, message: str, allowed: str) -> Iterator[Spot]:
    """Give a place for each row at which the condition holds; the index is the row in the file."""
    for row in records.frame.index[wrong.fillna(False).astype(bool)]:
        yield Spot(file, int(row), column, message, allowed)


def _day(records: Records, column: str) -> pd.Series:
    return records.frame[column].dt.normalize()


@stops("date_order", "a date comes before the one that it must follow", "on or after the earlier one")
def check_order(case: Case) -> Iterator[Spot]:
    """Give each date that precedes the column that its contract names."""
    for file, _, records in _tables(case):
        for column in _dates(records):
            if column.not_before and column.not_before in records.frame:
                wrong = _day(records, column.name) < _day(records, column.not_before)
                message = f"is before {column.not_before}"
                yield from _rows(file, records, wrong, column.name, message, f"on or after {column.not_before}")


@warns("record_outside_period", "a record is of a day outside the report's period", "a day of the report's period")
def check_outside(case: Case) -> Iterator[Spot]:
    """Give each row dated after the period and, in tables that carry nothing over, each dated before it."""
    for file, _, records in _tables(case):
        name, period = records.table.period, case.period_of(file)
        first, last = (pd.Timestamp(day) if day else None for day in (period.start, period.end))
        dated = name in {column.name for column in _dates(records)} and not is_ahead(name)
        if dated and last is not None:
            message, day = f"is after the {_whose(period, case)} period", _day(records, name)
            yield from _rows(file, records, day > last, name, message, period.label)
        if dated and first is not None and records.table.within:
            message = f"is before the {_whose(period, case)} period"
            yield from _rows(file, records, day < first, name, message, period.label)


def _whose(period: Period, case: Case) -> str:
    return "report's" if period == case.period else "return's own"


@stops("future_event", "a record is of a day after the return was sent", "on or before the day received")
def check_events(case: Case) -> Iterator[Spot]:
    """Give each row whose own day lies after the return's receipt: it can't have been known."""
    yield from _future(case, lambda column, table: column.name == table.period)


@warns("future_date", "a record holds a day after the return was sent", "on or before the day received")
def check_future(case: Case) -> Iterator[Spot]:
    """Give each other day that lies after the return's receipt: an order may end later, a review may be set."""
    yield from _future(case, lambda column, table: column.name != table.period)


def _future(case: Case, wanted: Callable[[Column, Table], bool]) -> Iterator[Spot]:
    """Give each day that lies after the return's receipt, in the columns wanted; days that are due or planned may."""
    for file, _, records in _tables(case):
        received = case.entry_of(file_of(file)).received_date
        for column in _dates(records):
            if wanted(column, records.table) and not is_ahead(column.name):
                wrong = _day(records, column.name) > pd.Timestamp(received or date.today())
                message = f"is after the day the return was {'received' if received else 'checked'}"
                yield from _rows(file, records, wrong, column.name, message, "")


@warns("orphan", "a record belongs to one that wasn't returned", "a key that the other table holds")
def check_orphans(case: Case) -> Iterator[Spot]:
    """Give each row whose key isn't in the table that it refers to, where that table came. A row begun before the
    period, or in its first month, may belong to one of the year before."""
    keys = _keys(case)
    for file, _, records in _tables(case):
        for column in _kept(records, attrgetter("refers_to")):
            held = keys.get(column.refers_to)
            if held is not None:
                values = records.frame[column.name]
                wrong = values.notna() & ~is_among(values, held) & _is_of_year(case, records)
                message = f"its {column.name} isn't in {column.refers_to.rpartition('.')[0]}"
                yield from _rows(file, records, wrong, column.name, message, "")


def is_among(values: pd.Series, keys: pd.Series) -> np.ndarray:
    """Return whether each value is one of the keys, or missing: a text that is none gets a number after all of theirs.
    `isin` takes each key into Python first, a hundred times as long."""
    numbers = pd.concat([keys, values], ignore_index=True).factorize()[0]
    return numbers[len(keys) :] <= numbers[: len(keys)].max(initial=-1)


def _is_of_year(case: Case, records: Records) -> pd.Series:
    """Whether each row began far enough into the period to belong to nothing older."""
    name = records.table.period
    dated = name in {column.name for column in _dates(records)}
    start = case.period_of(records.file).start
    if not dated or start is None:
        return pd.Series(True, index=records.frame.index)
    return ~(_day(records, name) < pd.Timestamp(start) + pd.Timedelta(days=CARRIED))


def _keys(case: Case) -> dict[str, pd.Series]:
    """Return the keys that are referred to, by table and column, of the tables that came."""
    wanted = {column.refers_to for _, _, records in _tables(case) for column in records.table.columns}
    found: dict[str, list[pd.Series]] = {}
    for _, name, records in _tables(case):
        for column in records.table.names:
            reference = f"{name}.{column}"
            if reference in wanted and column in records.frame:
                found.setdefault(reference, []).append(records.frame[column].dropna())
    return {reference: pd.concat(keys, ignore_index=True) for reference, keys in found.items()}


@warns("table_never_came", "records refer to a table that didn't come", "the table that they refer to")
def check_references(case: Case) -> Iterator[Spot]:
    """Give each table whose rows refer to a table of the same partnership's datasets that nobody returned."""
    came = {name for _, name, _ in _tables(case)}
    for file, name, records in _tables(case):
        for column in _kept(records, attrgetter("refers_to")):
            other = column.refers_to.rpartition(".")[0]
            if other and other not in came and column.required and name.startswith("D"):
                yield Spot(file, None, column.name, f"refers to {other}, which didn't come")


@stops("number_exceeds_whole", "a number is more than what it is a part of", "at most the other number")
def check_at_most(case: Case) -> Iterator[Spot]:
    """Give each number above the column that its contract says it may not exceed."""
    for file, _, records in _tables(case):
        for column in _kept(records, attrgetter("at_most")):
            if column.at_most in records.frame:
                wrong = records.frame[column.name] > records.frame[column.at_most]
                message = f"is more than {column.at_most}"
                yield from _rows(file, records, wrong, column.name, message, f"at most {column.at_most}")


@stops("age", "an age by the date of birth can't be", "a birth before the event, and an age of its people")
def check_ages(case: Case) -> Iterator[Spot]:
    """Give each date of birth that is after the row's own day, or makes the person older than the table's people."""
    for file, _, records in _tables(case):
        for column in _dates(records):
            if column.born:
                dated = records.table.period in records.frame
                event = _day(records, records.table.period) if dated else pd.Timestamp(case.period.end)
                years = (event - _day(records, column.name)).dt.days / 365.25
                message, allowed = "makes an age that can't be", f"0 to {column.born} years at the time"
                yield from _rows(file, records, years < (column.minimum or 0), column.name, message, allowed)
                yield from _rows(file, records, years >= column.born + 1, column.name, message, allowed)


@warns("key_in_two_files", "the same key came in two files of one table", "one row for one key")
def check_files_overlap(case: Case) -> Iterator[Spot]:
    """Give each key of a table that came in two files, where the second file repeats it."""
    seen: dict[str, set] = {}
    files = Counter(name for _, name, _ in _tables(case))
    for file, name, records in _tables(case):
        key = [column for column in records.table.key if column in records.frame]
        if not key or files[name] < 2:
            continue
        keys = pd.MultiIndex.from_frame(records.frame[key].apply(fold_keys))
        before = seen.setdefault(name, set())
        wrong = pd.Series(keys.isin(list(before)) if before else False, index=records.frame.index)
        yield from _rows(file, records, wrong, key[0], "the same key came in another file too", "")
        before.update(keys)
