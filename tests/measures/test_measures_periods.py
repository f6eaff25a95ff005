"""Periods: what they refuse, how they read, and when figures may be compared."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import CommandError
from analysis.measures.periods import Period, compare_periods, is_extended, name_part, parse_year, year_name

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31), "financial_year")
CALENDAR = Period(date(2023, 1, 1), date(2023, 12, 31), "calendar_year")
FOURTEEN = Period(date(2023, 2, 1), date(2024, 3, 31), "other")
SNAPSHOT = Period(date(2024, 3, 31), date(2024, 3, 31), "snapshot")
UNCLEAR = Period(date(2023, 4, 1), date(2024, 3, 31), "unclear")


@pytest.mark.parametrize(
    ("period", "months", "label", "phrase"),
    [
        (YEAR, 12, "April 2023 to March 2024", "from April 2023 to March 2024"),
        (CALENDAR, 12, "January to December 2023", "from January to December 2023"),
        (FOURTEEN, 14, "February 2023 to March 2024", "from February 2023 to March 2024"),
        # the Hammersmith and Fulham report: its heading and its minute differ by two months
        (Period(date(2021, 4, 1), date(2022, 12, 31), "other"), 21, "April 2021 to December 2022", None),
        (Period(date(2021, 4, 1), date(2022, 10, 31), "other"), 19, "April 2021 to October 2022", None),
        (Period(date(2023, 10, 1), date(2023, 10, 31), "month"), 1, "October 2023", "in October 2023"),
        (Period(date(2023, 4, 1), date(2023, 6, 30), "quarter"), 3, "April to June 2023", None),
        (SNAPSHOT, None, "at 31 March 2024", "at 31 March 2024"),
        (Period(None, date(2024, 2, 29), "other"), None, "up to 29 February 2024", "up to 29 February 2024"),
        (Period(date(2023, 10, 2), date(2023, 10, 6), "other"), None, "2 October 2023 to 6 October 2023", None),
        (UNCLEAR, 12, "period not stated", "(period not stated)"),
        (Period(None, None, "other"), None, "period not stated", "(period not stated)"),
    ],
)
def test_length_and_words(period, months, label, phrase):
    assert period.months == months
    assert period.label == label
    assert phrase is None or period.phrase == phrase


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (YEAR, Period(date(2022, 4, 1), date(2023, 3, 31), "financial_year"), ""),
        (SNAPSHOT, Period(date(2023, 3, 31), date(2023, 3, 31), "snapshot"), ""),
        (FOURTEEN, Period(date(2022, 2, 1), date(2023, 1, 31), "other"), "not comparable: 14 months against 12"),
        (YEAR, CALENDAR, "not comparable: financial year against calendar year"),
        (YEAR, SNAPSHOT, "not comparable: financial year against snapshot"),
        (YEAR, UNCLEAR, "not comparable: period not stated"),
        (FOURTEEN, Period(None, date(2024, 3, 31), "other"), "not comparable: no whole number of months"),
    ],
)
def test_comparable_only_with_same_length_and_basis(one, other, reason):
    found = compare_periods(one, other)
    assert (found.allowed, found.reason) == (not reason, reason)


def quarter(start, end):
    return Period(date.fromisoformat(start), date.fromisoformat(end), "quarter")


def stock(day):
    return Period(date.fromisoformat(day), date.fromisoformat(day), "snapshot")


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (quarter("2023-04-01", "2023-06-30"), quarter("2022-04-01", "2022-06-30"), ""),
        (quarter("2023-07-01", "2023-09-30"), quarter("2023-04-01", "2023-06-30"), "another time of the year"),
        (YEAR, quarter("2023-04-01", "2023-06-30"), "12 months against 3"),
        (Period(date(2021, 4, 1), date(2022, 10, 31), "other"), YEAR, "19 months against 12"),
        (
            Period(date(2023, 1, 1), date(2023, 12, 31), "other"),
            Period(date(2022, 4, 1), date(2023, 3, 31), "other"),
            "the periods overlap",
        ),
        (stock("2024-02-29"), stock("2023-02-28"), ""),
        (stock("2023-09-30"), stock("2023-03-31"), "30 September against 31 March"),
    ],
)
def test_only_the_same_time_of_another_year_compares(one, other, reason):
    assert compare_periods(one, other).reason == (f"not comparable: {reason}" if reason else "")


@pytest.mark.parametrize(
    ("period", "part"),
    [
        (YEAR, ""),
        (quarter("2023-04-01", "2023-06-30"), "q1"),
        (quarter("2024-01-01", "2024-03-31"), "q4"),
        (quarter("2023-05-01", "2023-07-31"), "0501-0731"),
        (Period(date(2023, 10, 1), date(2024, 3, 31), "other"), "h2"),
        (Period(date(2023, 7, 1), date(2023, 12, 31), "other"), "0701-1231"),
        (Period(date(2023, 4, 1), date(2023, 12, 31), "other"), "0401-1231"),
        (Period(date(2023, 12, 1), date(2023, 12, 31), "month"), "m12"),
        (Period(date(2023, 12, 1), date(2023, 12, 31), "other"), "m12"),
        (Period(date(2023, 2, 1), date(2024, 3, 31), "other"), ""),  # fourteen months are no part of a year
        (stock("2023-06-30"), "q1"),
        (stock("2024-03-31"), ""),  # the last day of the year that is reported
        (stock("2024-01-18"), "0118"),
        (UNCLEAR, ""),
    ],
)
def test_a_part_of_a_year_has_the_same_name_in_every_year(period, part):
    assert name_part(period, YEAR.end) == part


@pytest.mark.parametrize(
    ("start", "end", "basis"),
    [
        (date(2024, 3, 31), date(2023, 4, 1), "other"),  # ends before it starts
        (date(2023, 4, 1), date(2024, 2, 29), "financial_year"),  # eleven months
        (date(2023, 1, 1), date(2023, 12, 31), "financial_year"),  # starts in January
        (date(2023, 4, 1), date(2024, 3, 31), "calendar_year"),
        (None, None, "snapshot"),
        (date(2023, 4, 1), date(2024, 3, 31), "fiscal"),
    ],
)
def test_a_period_that_contradicts_its_basis_is_refused(start, end, basis):
    with pytest.raises(ValueError, match="period|year|snapshot|basis"):
        Period(start, end, basis)


@pytest.mark.parametrize("year", ["2023-25", "2023/24", "2023", 1999, 2024 - 25, None, "23-24", "2023-24 ", "1999-00"])
def test_a_year_that_is_no_text_of_two_years_that_follow_is_refused(year):
    with pytest.raises(CommandError, match="unknown year"):
        parse_year(year)


@given(st.integers(2000, 2098))
def test_a_year_reads_back_from_its_name(start):
    assert parse_year(year_name(start)).financial_year == start


def test_financial_year_of_the_last_day():
    assert [YEAR.financial_year, CALENDAR.financial_year, SNAPSHOT.financial_year] == [2023, 2023, 2023]
    assert Period(date(2022, 1, 1), date(2022, 12, 31), "calendar_year").financial_year == 2022


def test_only_more_than_twelve_months_is_extended():
    assert [is_extended(period) for period in (YEAR, FOURTEEN, SNAPSHOT)] == [False, True, False]


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 40))
def test_whole_months_are_counted_from_any_first_of_a_month(day, months):
    start = day.replace(day=1)
    after = date(start.year + (start.month - 1 + months) // 12, (start.month - 1 + months) % 12 + 1, 1)
    assert Period(start, date.fromordinal(after.toordinal() - 1), "other").months == months


@pytest.mark.parametrize(
    ("period", "year"),
    [
        (parse_year("2023-24"), 2023),
        (Period(date(2024, 3, 31), date(2024, 3, 31), "snapshot"), 2023),  # the stock at the end of that year
        (Period(date(2023, 6, 29), date(2023, 6, 29), "snapshot"), 2022),
        (Period(None, date(2023, 6, 30), "snapshot"), 2023),
        (Period(date(2023, 1, 1), date(2023, 12, 31), "calendar_year"), 2023),
        (Period(date(2023, 2, 1), date(2024, 3, 31), "other"), 2023),
        (Period(None, None, "unclear"), None),
    ],
)
def test_the_mid_year_of_a_rate(period, year):
    assert period.mid_year == year
