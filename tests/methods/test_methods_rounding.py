"""Rounding half up: ties, what the machine adds, negative numbers, numbers too long for a float."""

import pytest

from analysis.methods.rounding import round_half_up, to_decimal


@pytest.mark.parametrize(
    ("value", "decimals", "exp"),
    [
        (92.5, 0, 93.0),  # a tie after an even number, which `round` takes down
        (93.5, 0, 94.0),
        (92.49, 0, 92.0),
        (6.25, 1, 6.3),
        (6.35, 1, 6.4),
        (0.35, 1, 0.4),  # in binary just under the tie
        (100 * 287 / 2000, 1, 14.4),  # 14.35, whatever the machine makes of it
        (14.349999999999998, 1, 14.4),
        (14.3499, 1, 14.3),
        (-2.5, 0, -3.0),  # away from nought, as a rise of 2.5 is one of 3
        (0.0, 1, 0.0),
        (59.2 + 59.1, 6, 118.3),  # the machine adds 118.30000000000001
        (123456789012.5, 0, 123456789013.0),
    ],
)
def test_a_tie_goes_up_by_its_decimal_text(value, decimals, exp):
    assert round_half_up(value, decimals) == exp


def test_the_decimal_keeps_its_last_nought():
    assert str(to_decimal(2, 1)) == "2.0"
