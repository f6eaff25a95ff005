"""Questions that the days of records raise by themselves: silent months, months and days that hold too much."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.measures.periods import say_day
from analysis.returns.checks.rule import Case, Spot, warns
from analysis.returns.checks.whole import DATES, is_ahead, list_dated
from analysis.returns.conform import Records
from analysis.returns.contracts import Column
from analysis.returns.sheet import file_of

MONTH, EXPECTED, AT_END = 31, 12, 8  # days of silence, and days with rows at the pace of the others, within and at ends
ENOUGH = 20  # different days, or rows, by which days are judged
TIMES, HEAP, SHARE = 3.0, 5.0, 0.1  # a month against the middle one; a day against the next one, and all


def _days_of_files(case: Case) -> Iterator[tuple[str, pd.Series]]:
    """Give each file with the days of the year by which the contract dates its rows."""
    found: dict[str, list[pd.Series]] = {}
    for records, days in list_dated(case) if case.period.start and case.period.end else ():
        first, last = _ends(case, records.file)
        inside = days[(days >= first) & (days < last + pd.Timedelta(days=1))]
        found.setdefault(file_of(records.file), []).append(inside.dt.normalize())
    return ((file, pd.concat(parts)) for file, parts in found.items())


def _ends(case: Case, file: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    period = case.period_of(file)
    return pd.Timestamp(period.start), pd.Timestamp(period.end)


@warns("silent_months", "records stop before the year does, begin after it, or leave months out", "all months")
def check_silence(case: Case) -> Iterator[Spot]:
    """Give each file silent for a month or more where at its own pace it would have had rows on a dozen days."""
    for file, rows in _days_of_files(case):
        ends = pd.Series(_ends(case, file))
        days = rows.drop_duplicates().sort_values()
        if len(days) < ENOUGH:
            continue
        marks = pd.concat([ends[:1] - pd.Timedelta(days=1), days, ends[1:] + pd.Timedelta(days=1)], ignore_index=True)
        silent = marks.diff().dt.days - 1
        pace = len(days) / ((days.max() - days.min()).days + 1 - silent[1:-1][silent >= MONTH].sum())
        expected = np.where(silent.index.isin((1, len(marks) - 1)), AT_END, EXPECTED)
        for place in silent.index[(silent >= MONTH) & (silent * pace >= expected)]:
            yield Spot(file, None, None, f"no row is of a day {_between(marks, place)}")


def _is_event(column: Column, records: Records) -> bool:
    """Whether a column holds days of each row's own, even where it has one or two: none that a list is of, no key."""
    return bool(column.not_before) and column.name not in records.table.key


def _between(marks: pd.Series, place: int) -> str:
    before, after = f"before {say_day(marks[place])}", f"after {say_day(marks[place - 1])}"
    if place == 1:
        return before
    return after if place == len(marks) - 1 else f"{after} and {before}"


@warns("heavy_month", "one month holds far more rows than the others", "an explanation")
def check_months(case: Case) -> Iterator[Spot]:
    """Give each file of which one month holds three times as many rows as the middle month, beyond chance."""
    for file, days in _days_of_files(case):
        months = days.dt.to_period("M").value_counts()
        middle = months.median() if len(months) else 0
        if len(months) >= 6 and months.max() >= max(TIMES * middle, ENOUGH) and _spread(days, months.idxmax()):
            name, times = months.idxmax().strftime("%B %Y"), months.max() / middle
            yield Spot(file, None, None, f"{name} holds {times:.1f} times as many rows as the middle month")


def _spread(days: pd.Series, month: pd.Period) -> bool:
    """Whether a month's rows lie on many of its days: a meeting or a course heaps them on one."""
    return days[days.dt.to_period("M") == month].nunique() >= 5


@warns("heaped_day", "one day stands in far more rows than any other", "the day of each row, not one filled in for all")
def check_heaps(case: Case) -> Iterator[Spot]:
    """Give each column of days in which one stands five times as often as the next: a default, a day of entry."""
    for _, records in case.parts:
        for column in records.table.columns:
            if column.type in DATES and column.name in records.frame and not is_ahead(column.name):
                days = records.frame[column.name].dropna().dt.normalize().value_counts()
                tells = len(days) > (0 if _is_event(column, records) else 3)
                share = days.iloc[0] / days.sum() if tells else 0
                if share >= SHARE and days.iloc[0] >= max(ENOUGH, HEAP * days.iloc[1:2].sum()):
                    yield Spot(records.file, None, column.name, f"{share:.0%} of its days are one and the same")


@warns("times_never_given", "moments have a day but no time", "the time of each, or a word that times aren't recorded")
def check_times(case: Case) -> Iterator[Spot]:
    """Give each column of moments all of which are of midnight: what is counted by the hour would be wrong."""
    for _, records in case.parts:
        for column in records.table.columns:
            known = records.frame[column.name].dropna() if column.name in records.frame else ()
            if column.type == "moment" and len(known) >= ENOUGH and (known == known.dt.normalize()).all():
                yield Spot(records.file, None, column.name, "no row has a time of day")
