"""The four rules one by one, on limits given by hand, and the order in which they apply."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.control_rules import RULE_WORDS, RULES, mark_rules

WIDE, NEVER_NEAR = (-100, 100), (-90, 90)


def rules(values, mean=0.0, limits=WIDE, near=NEVER_NEAR):
    return [rule for rule, _ in mark_rules(values, mean, limits, near)]


def sides(values, mean=0.0, limits=WIDE, near=NEVER_NEAR):
    return [side for _, side in mark_rules(values, mean, limits, near)]


def test_outside_limits_is_strict():
    values = [100, -100, 101, -101]
    assert rules(values) == ["", "", "outside limits", "outside limits"]
    assert sides(values)[2:] == ["high", "low"]


@pytest.mark.parametrize(
    ("values", "trend"),
    # NHSRplotthedots, tests/testthat/test-ptd_calculate_point_type.R, ptd_seven_point_trend.
    [
        ([1, 2, 3, 4, 5, 6], []),
        ([1, 2, 3, 3, 4, 5, 6], []),
        ([1, 2, 3, 4, 5, 6, 7], range(7)),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], range(1, 8)),
        ([2, 7, 6, 5, 4, 3, 2, 1, 3], range(1, 8)),
    ],
)
def test_a_trend_is_seven_points_that_strictly_rise_or_fall(values, trend):
    assert [i for i, rule in enumerate(rules(values, mean=4)) if rule == "trend"] == list(trend)


def test_a_trend_takes_its_side_from_its_direction_not_from_the_mean():
    assert sides([1, 2, 3, 4, 5, 6, 7], mean=50) == ["high"] * 7
    assert sides([7, 6, 5, 4, 3, 2, 1], mean=-50) == ["low"] * 7


def test_the_turning_point_of_two_trends_belongs_to_the_later_one():
    peak = [1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]
    assert sides(peak, mean=50) == ["high"] * 6 + ["low"] * 7


@pytest.mark.parametrize(
    ("values", "shift"),
    # The same file, ptd_seven_point_one_side_mean and ptd_part_of_seven_trend.
    [
        ([1] * 6, []),
        ([1] * 6 + [-1], []),
        ([1] * 8 + [-1], range(8)),
        ([-1] * 8 + [1], range(8)),
        ([1] * 3 + [0] + [1] * 6, []),  # a point on the mean breaks the run
    ],
)
def test_a_shift_is_seven_points_on_one_side_of_the_mean(values, shift):
    assert [i for i, rule in enumerate(rules(values)) if rule == "shift"] == list(shift)


@pytest.mark.parametrize(
    ("values", "marked"),
    # The same file, ptd_part_of_two_in_three; 3 lies beyond the near limit of 2, 1 within it.
    [
        ([3, 1, 3], [0, 2]),
        ([1, 3, 3], [1, 2]),
        ([3, 3, 1], [0, 1]),
        ([1, 1, 3, 1, 3, 1], [2, 4]),
        ([3, 1, 1, 3], []),
        ([3, 1, 1, 3, 3], [3, 4]),
        ([3, -1, 3], []),  # all three must be on one side of the mean
        ([3, 0, 3], []),  # and a point on the mean is on neither
        ([-3, -1, -3], [0, 2]),
        ([3, 3], []),  # two points are not two of three
        ([2, 1, 2], []),  # on the near limit is not beyond it
    ],
)
def test_two_of_three_close_to_a_limit(values, marked):
    found = rules(values, limits=(-10, 10), near=(-2, 2))
    assert [i for i, rule in enumerate(found) if rule == "two of three"] == marked


def test_a_point_outside_the_limits_is_none_of_the_two_in_three():
    assert rules([3, 11, 1], limits=(-10, 10), near=(-2, 2)) == ["", "outside limits", ""]


def test_two_points_near_opposite_limits_are_common_cause():
    # NHSRplotthedots, tests/testthat/test-ptd_spc_standard.R.
    values = [1, -1] * 7 + [5.5, -5.5]
    assert rules(values, limits=(-7, 7), near=(-5, 5))[-2:] == ["", ""]


def test_rules_apply_in_their_order():
    rising = [1, 2, 3, 4, 5, 6, 7]
    assert rules(rising)[0] == "trend"  # also seven above the mean
    assert rules([*rising[:6], 200])[6] == "outside limits"  # also the end of a trend
    assert rules(rising, limits=(-100, 100), near=(-5, 5))[5:] == ["trend"] * 2  # also two of three
    assert rules([1] * 5 + [6, 6], near=(-5, 5)) == ["shift"] * 5 + ["two of three"] * 2


def test_every_rule_and_side_has_words():
    assert set(RULE_WORDS) == {(rule, side) for rule in RULES for side in ("high", "low")}


values_near_limits = st.lists(st.integers(-12, 12), min_size=1, max_size=30)
LIMITS, NEAR = (-10, 10), (-7, 7)


def rules_that_hold(values, i):
    """Return all rules that hold at point i, straight from their definitions."""
    held = set()
    if abs(values[i]) > 10:
        held.add("outside limits")
    for start in range(max(0, i - 6), min(i, len(values) - 7) + 1):
        window = values[start : start + 7]
        steps = [b - a for a, b in zip(window, window[1:], strict=False)]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            held.add("trend")
        if all(value > 0 for value in window) or all(value < 0 for value in window):
            held.add("shift")
    for start in range(max(0, i - 2), min(i, len(values) - 3) + 1):
        window = values[start : start + 3]
        one_side = all(value > 0 for value in window) or all(value < 0 for value in window)
        if one_side and sum(7 < abs(value) <= 10 for value in window) >= 2 and 7 < abs(values[i]) <= 10:
            held.add("two of three")
    return held


@given(values_near_limits)
def test_each_point_shows_the_first_rule_that_holds(values):
    expected = [next((rule for rule in RULES if rule in rules_that_hold(values, i)), "") for i in range(len(values))]
    assert rules(values, limits=LIMITS, near=NEAR) == expected


@given(values_near_limits)
def test_a_chart_upside_down_is_marked_alike_on_the_other_side(values):
    swap = {"high": "low", "low": "high", "": ""}
    marks = mark_rules(values, 0, LIMITS, NEAR)
    turned = mark_rules([-value for value in values], 0, LIMITS, NEAR)
    assert [rule for rule, _ in marks] == [rule for rule, _ in turned]
    # After a tie the end of a trend counts as falling whichever way it went.
    tied = {i for i in range(len(values) - 1) if values[i] == values[i + 1]}
    assert all(swap[marks[i][1]] == turned[i][1] for i in range(len(values)) if i not in tied)


@given(values_near_limits)
def test_a_longer_history_takes_no_mark_away(values):
    shorter = rules(values, limits=LIMITS, near=NEAR)
    longer = rules([*values, 0], limits=LIMITS, near=NEAR)
    assert all(longer[i] for i, rule in enumerate(shorter) if rule)
