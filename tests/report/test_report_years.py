"""Yearly values as a trend: their intervals, what stands apart, what is refused. Synthetic figures."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.measures.periods import Period, parse_year
from analysis.measures.topics import ChartPlan
from analysis.methods.checks import RefusedError
from analysis.report.drawings import make_charts
from analysis.report.years import interval, make_trend, name_year
from tests.examples import a_release, made, seen

PLAN = ChartPlan("years", "trend", ("lado_contacts",), "Contacts")


def years(catalogue, values, last=2023, **changes):
    (one,) = made(catalogue, seen())
    found = []
    for back, value in enumerate(values):
        period = parse_year(f"{last - back}-{(last - back + 1) % 100}")
        names = {"period": period, "offset": -back, "statistic_id": f"lado.y{back}"}
        found.append(replace(one, value=float(value), display=str(value), **names, **changes))
    return found


def test_three_years_are_drawn_oldest_first_with_the_limits_of_their_counts(catalogue):
    (now, *before) = years(catalogue, [253, 202, 190])
    (chart,), refused = make_charts([PLAN], a_release(statistics=(now,), history=tuple(before)))
    assert not refused
    assert [mark.label for mark in chart.marks] == ["2021-22", "2022-23", "2023-24"]
    assert chart.subtitle == "Number, Here, 2021-22 to 2023-24"
    # Byar's limits of 253 by its formula: 253(1 - 1/2277 - 1.96/(3 sqrt 253))^3, and with 254 for the upper.
    assert (chart.marks[-1].lower, chart.marks[-1].upper) == (
        pytest.approx(222.8, abs=0.05),
        pytest.approx(286.2, abs=0.05),
    )
    assert "95% intervals" in chart.note


def test_two_years_are_no_line(catalogue):
    with pytest.raises(RefusedError, match="fewer than 3 years"):
        make_trend(years(catalogue, [253, 202]))


def test_a_hidden_year_counts_for_nothing(catalogue):
    (now, *before) = years(catalogue, [253, 202, 190])
    hidden = replace(before[-1], value=None, display="[c]", symbol="[c]", status="suppressed")
    with pytest.raises(RefusedError):
        make_trend([now, before[0], hidden])
    marks, _ = make_trend([*years(catalogue, [253, 202, 190]), replace(hidden, period=parse_year("2020-21"))])
    assert (marks[0].display, marks[0].value, marks[0].lower) == ("[c]", None, None)


def test_another_definition_stands_apart_and_says_so(catalogue):
    now, last, before = years(catalogue, [253, 202, 190])
    marks, _ = make_trend([now, last, replace(before, definition_version="0")])
    assert [mark.whole for mark in marks] == [False, True, True]
    assert marks[0].note == "other definition"


def test_a_longer_period_stands_apart_and_says_which(catalogue):
    now, last, before = years(catalogue, [253, 202, 190])
    long = Period(date(2019, 4, 1), date(2020, 12, 31), "other")
    marks, _ = make_trend([now, last, before, replace(before, period=long)])
    assert marks[0].note == "April 2019 to December 2020"
    assert not marks[0].whole


def test_a_percentage_keeps_its_own_interval_and_a_qualified_count_has_none(catalogue):
    (one,) = made(catalogue, seen())
    assert interval(replace(one, lower=1.0, upper=2.0)) == (1.0, 2.0)
    assert interval(replace(one, qualifier="over")) == (None, None)
    assert interval(replace(one, protects="none")) == (None, None)


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (parse_year("2023-24"), "2023-24"),
        (Period(date(2024, 3, 31), date(2024, 3, 31), "snapshot"), "Mar 2024"),
        (Period(date(2023, 1, 1), date(2023, 12, 31), "calendar_year"), "2023"),
    ],
)
def test_a_year_as_it_stands_under_a_chart(period, name):
    assert name_year(period) == name
