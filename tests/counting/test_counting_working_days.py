"""Working days in England, against rules and worked examples."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from dateutil.easter import easter
from hypothesis import given
from hypothesis import strategies as st

from analysis.counting.working_days import count_working_days, load_calendar
from analysis.errors import DataError

HOLIDAYS = {day.item() for day in load_calendar().holidays}
DAYS = st.dates(date(2018, 1, 1), date(2027, 12, 31))


def working_days(start: str | date, end: str | date) -> float:
    return count_working_days(pd.Series(pd.to_datetime([start])), pd.Series(pd.to_datetime([end]))).iloc[0]


@pytest.mark.parametrize(
    ("start", "end", "exp"),
    [
        ("2023-06-01", "2023-06-01", 0),  # the day itself is day 0
        ("2023-06-02", "2023-06-05", 1),  # Friday to Monday
        ("2023-06-03", "2023-06-05", 1),  # Saturday to Monday
        ("2023-06-02", "2023-06-03", 0),  # Friday to Saturday
        ("2023-05-05", "2023-05-09", 1),  # Friday to Tuesday over the coronation bank holiday
        ("2023-12-22", "2024-01-02", 4),  # over Christmas and New Year: 27, 28 and 29 December, 2 January
        ("2022-05-31", "2022-06-06", 2),  # over the two days of the Platinum Jubilee
    ],
)
def test_worked_examples(start, end, exp):
    assert working_days(start, end) == exp


# Days that proclamations moved or added: the date, and whether it came instead of a day that the rules give.
MOVED = {date(2020, 5, 8): date(2020, 5, 4), date(2022, 6, 2): date(2022, 5, 30)}
ADDED = {date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}


def by_rule(year: int) -> set[date]:
    """Return England's bank holidays of a year by the Banking and Financial Dealings Act 1971 and common law."""
    fixed = [date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)]
    taken = {day for day in fixed if day.weekday() < 5}
    for day in fixed:
        if day.weekday() > 4:  # kept on the next weekday that is no holiday itself
            while day.weekday() > 4 or day in taken:
                day += timedelta(days=1)
            taken.add(day)
    usual = taken | {easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)}
    usual |= {list_mondays(year, 5)[0], list_mondays(year, 5)[-1], list_mondays(year, 8)[-1]}
    changed = {day for day in (*MOVED, *ADDED) if day.year == year}
    return (usual - set(MOVED.values())) | changed


def list_mondays(year: int, month: int) -> list[date]:
    """Return the Mondays of a month of 31 days."""
    return [day for day in (date(year, month, number) for number in range(1, 32)) if day.weekday() == 0]


@pytest.mark.parametrize("year", range(2018, 2028))
def test_the_bank_holidays_are_those_of_the_rules_and_the_proclamations(year):
    assert {day for day in HOLIDAYS if day.year == year} == by_rule(year)


def counted_by_hand(start: date, end: date) -> int:
    """Count the days one by one, another way than the code does."""
    days = (start + timedelta(days=step) for step in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in HOLIDAYS for day in days)


@given(DAYS, st.integers(0, 120))
def test_it_equals_a_count_day_by_day(start, days):
    end = min(start + timedelta(days=days), date(2027, 12, 31))
    assert working_days(start, end) == counted_by_hand(start, end)


def test_times_of_day_do_not_count_and_missing_dates_stay_missing():
    start = pd.Series(pd.to_datetime(["2023-06-01 23:59", None, "2023-06-01 00:00"]))
    end = pd.Series(pd.to_datetime(["2023-06-02 00:01", "2023-06-02 00:00", None]))
    np.testing.assert_array_equal(count_working_days(start, end), [1, np.nan, np.nan])


def test_a_date_without_bank_holidays_held_is_refused():
    with pytest.raises(DataError, match="2018 to 2027"):
        working_days("2017-12-29", "2018-01-02")
