"""The rules of concentration, on the example of the Handbook on Statistical Disclosure Control and on their bounds.

Example 1 of its section 4.2 (second edition, 2024): a total of 100,000 of which the two largest hold 50,000 and 49,000
is safe by the (1,90) rule; but the second can tell the first to within 2 per cent.
"""

import pytest

from analysis.disclosure.dominance import count_dominant, is_dominated, is_estimable
from analysis.disclosure.policy import Policy, policy_from
from analysis.errors import DataError

WHOLE, LARGEST = 100_000, [49_000, 1_000, 50_000]


def test_the_example_of_the_handbook():
    assert not is_dominated(LARGEST, WHOLE, largest=1, percent=90)
    assert is_dominated(LARGEST, WHOLE, largest=2, percent=90)
    assert not is_estimable(LARGEST, WHOLE, percent=2)  # the estimate is off by 2 per cent, not by less
    assert is_estimable(LARGEST, WHOLE, percent=2.01)


@pytest.mark.parametrize(("percent", "largest"), [(25, 80), (100 * (100 / 95 - 1), 95)])
def test_what_two_per_k_lets_through_the_corresponding_p_lets_through(percent, largest):
    # The handbook's pairs: (2,80) and p = 25, (2,95) and p = 5.26.
    for first in range(30, 100):
        for second in range(min(first, 100 - first) + 1):
            if not is_dominated([first, second], 100, largest=2, percent=largest):
                assert not is_estimable([first, second], 100, percent=percent)


@pytest.mark.parametrize(("first", "told"), [(80, False), (81, True)])
def test_a_share_is_too_much_above_the_bound_not_on_it(first, told):
    assert is_dominated([first], 100, largest=1, percent=80) == told


def test_a_single_contributor_is_its_whole():
    assert is_estimable([7], 7, percent=1)
    assert is_dominated([7], 7, largest=1, percent=99)


def test_nothing_is_hidden_of_nothing_nor_without_a_rule():
    assert count_dominant([0, 0], 0, Policy(dominance_percent=50, p_percent=10)) == 0
    assert count_dominant([99, 1], 100, Policy()) == 0


def test_the_rules_are_read_from_the_policy_as_data():
    policy = policy_from({"settings": ["homes.*"], "dominance_largest": 2, "dominance_percent": 80, "p_percent": 12.5})
    assert count_dominant([45, 40, 15], 100, policy) == 2
    assert count_dominant([45, 35, 20], 100, policy) == 0
    with pytest.raises(DataError, match="dominance_largest is 0; allowed: a number from 1"):
        policy_from({"dominance_largest": 0})
    with pytest.raises(DataError, match="p_percent is 101; allowed: a number from 0 to 100"):
        policy_from({"p_percent": 101})
