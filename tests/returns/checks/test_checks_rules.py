"""Rules one by one, where the planted year can't reach them, and what stays silent. All synthetic."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.errors import Problem
from analysis.measures.periods import Period
from analysis.returns.checks import against, figures, sent, sums, year  # noqa: F401  year enters the rules
from analysis.returns.checks.rule import REGISTER, SHOWN, Case, Rule, Spot, add, apply, get_rules, told
from analysis.returns.files import Read
from analysis.returns.register import ReturnEntry
from tests.examples import seen
from tests.returns.checks.planted import HERE

PERIOD = Period(date(2023, 4, 1), date(2024, 3, 31), "financial_year")


def case(catalogue, *observations, before=(), **more):
    earlier = case(catalogue, *before) if before else None
    read = {"lado.csv": Read("lado.csv", tuple(replace(one, row=n) for n, one in enumerate(observations, start=2)))}
    return Case(HERE, PERIOD, catalogue, (), read, before=earlier, **more)


def rows(check, found):
    return [spot.row for spot in check(found)]


def plans(category, value, **changes):
    known = {"indicator": "child_protection_plans", "dimension": "category_of_abuse", "unit": "percent"}
    return seen(category=category, value=value, measure_type="percent", **known | changes)


def test_shares_of_one_whole_may_come_to_100_and_what_rounding_adds(shipped_catalogue):
    parts = [plans("neglect", 40.0), plans("emotional abuse", 35.0), plans("physical abuse", 26.0)]
    assert rows(sums.check_shares, case(shipped_catalogue, *parts)) == [], "101 can come of rounding three shares"
    assert rows(sums.check_shares, case(shipped_catalogue, *parts, plans("multiple", 5.0))) == [5]


def test_an_own_count_is_held_against_the_records(shipped_catalogue):
    counted = [seen(file="counted from the records of D23.contacts")]
    same, more = seen(), seen(value=257.0)
    assert rows(figures.check_records, case(shipped_catalogue, same, counted=counted)) == []
    (spot,) = figures.check_records(case(shipped_catalogue, more, counted=counted))
    assert spot.message == "is more than the records give (the records of D23.contacts)"
    assert rows(figures.check_records, case(shipped_catalogue, more)) == [], "nothing counted, nothing to hold it to"


@pytest.mark.parametrize(
    ("percent", "decimals", "base", "possible"),
    [
        (1.35, 2, 253, False),  # 3 of 253 print as 1.19, 4 as 1.58: the real report of Hillingdon, hazard C1
        (1.19, 2, 253, True),
        (60.0, 0, 253, True),
        (12.5, 1, 8, True),
        (12.4, 1, 8, False),
    ],
)
def test_a_percentage_must_be_one_of_whole_numbers(shipped_catalogue, percent, decimals, base, possible):
    figure = seen(measure_type="percent", unit="percent", value=percent, decimals=decimals, denominator=float(base))
    assert (rows(figures.check_possible, case(shipped_catalogue, figure)) == []) is possible


def test_a_figure_that_is_only_about_right_is_not_held_to_arithmetic(shipped_catalogue):
    about = seen(measure_type="percent", value=1.35, decimals=2, denominator=253.0, qualifier="about")
    assert rows(figures.check_possible, case(shipped_catalogue, about)) == []
    whole = seen(value=250.0, qualifier="over")
    parts = [seen(dimension="threshold", category=name, value=150.0) for name in ("met", "not met")]
    assert rows(sums.check_excess, case(shipped_catalogue, whole, *parts)) == [], "more than 250 may be 300"
    assert rows(sums.check_excess, case(shipped_catalogue, replace(whole, qualifier="exact"), *parts)) == [2]


@pytest.mark.parametrize(("old", "new", "jumps"), [(50, 100, True), (50, 99, False), (100, 50, True), (10, 29, False)])
def test_a_jump_is_a_doubling_or_halving_by_at_least_twenty(shipped_catalogue, old, new, jumps):
    last = Period(date(2022, 4, 1), date(2023, 3, 31), "financial_year")
    found = case(shipped_catalogue, seen(value=float(new)), before=[seen(value=float(old), period=last)])
    assert (rows(against.check_jumps, found) == [2]) is jumps


def test_periods_of_other_lengths_are_not_compared_for_a_jump(shipped_catalogue):
    longer = Period(date(2021, 1, 1), date(2023, 3, 31), "other")
    found = case(shipped_catalogue, seen(value=900.0), before=[seen(value=10.0, period=longer)])
    assert rows(against.check_jumps, found) == []


def test_a_small_figure_is_not_repeated():
    assert (told(9), told(10), told(-3)) == ("a small number", "10", "a small number")


def test_past_some_number_the_rest_is_counted(shipped_catalogue):
    rule = Rule("many", "", "warning", "", lambda _: [Spot("a.csv", n, "x", "wrong") for n in range(SHOWN + 7)])
    problems = apply(rule, case(shipped_catalogue))
    assert len(problems) == SHOWN + 1
    assert problems[-1] == Problem("a.csv", SHOWN, "x", "many", "warning", "7 more rows break this rule")


def test_a_rule_is_entered_once():
    with pytest.raises(ValueError, match="is there already"):
        add(REGISTER["orphan"])


def test_every_rule_says_what_it_checks_and_how_grave_it_is():
    assert all(rule.what and rule.severity in ("error", "warning") for rule in get_rules().values())
    assert all(rule.check.__doc__ for rule in get_rules().values() if rule.check)


@pytest.mark.parametrize(("last", "rows"), [("2024-03-31", []), ("2024-03-15", [2]), (None, [2])])
def test_lists_of_an_inspection_need_the_month_to_which_they_go(last, rows):
    line = ReturnEntry(dataset="annex_a", file="a.xlsx", period_end=last and date.fromisoformat(last))
    found = Case(HERE, PERIOD, None, (line,), {"a.xlsx": Read("a.xlsx")})
    assert [spot.row for spot in sent.check_half_year(found)] == rows


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        ("2023-10-01", "2024-03-31", "October 2023 to March 2024"),
        ("2023-10-01", "2024-06-30", "April 2023 to March 2024"),  # not within the report's
        ("2023-10-05", "2024-03-31", "April 2023 to March 2024"),  # of no whole months
    ],
)
def test_a_file_is_for_its_lines_part_of_the_year(first, last, label):
    days = {"period_start": date.fromisoformat(first), "period_end": date.fromisoformat(last)}
    found = Case(HERE, PERIOD, None, (ReturnEntry(file="a.csv", period_basis="other", **days),), {})
    assert found.period_of("a.csv, sheet 2").label == label
