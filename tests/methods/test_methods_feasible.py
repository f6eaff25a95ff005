"""Printed percentages that no whole number of their base can give."""

from decimal import Decimal
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.feasible import feasible_numerators, is_feasible


@pytest.mark.parametrize(
    ("percent", "base", "numerators"),
    [
        ("1.35", 253, []),  # 3 of 253 is 1.19 %, 4 is 1.58 %
        ("1.35%", 74, [1]),
        ("1.35 %", 2000, [27]),
        ("1.4", 253, []),
        ("1.6", 253, [4]),
        ("33", 3, [1]),
        ("12", 8, [1]),  # 12.5 %, a tie: printed as 12 ...
        ("13", 8, [1]),  # ... or as 13
        ("0", 7, [0]),
        ("0", 200, [0, 1]),  # 1 of 200 is 0.5 %, which may print as 0
        ("100", 7, [7]),
        ("99", 7, []),
        ("50", 101, [50, 51]),
        (50, 2, [1]),
        (12.5, 8, [1]),
        (Decimal("12.50"), 8, [1]),
    ],
)
def test_whole_numbers_behind_a_printed_percentage(percent, base, numerators):
    assert list(feasible_numerators(percent, base)) == numerators
    assert is_feasible(percent, base) == bool(numerators)


def test_declared_decimals_narrow_what_is_possible():
    assert list(feasible_numerators(1, 253)) == [2, 3]
    assert list(feasible_numerators(1, 253, decimals=1)) == []


@pytest.mark.parametrize(
    ("percent", "base", "decimals"),
    [("101", 7, None), ("-1", 7, None), ("many", 7, None), ("nan", 7, None), ("5", 0, None), ("1.35", 7, 1)],
)
def test_what_is_no_percentage_is_refused(percent, base, decimals):
    with pytest.raises(ValueError, match="allowed"):
        feasible_numerators(percent, base, decimals=decimals)


def prints_as(part: int, base: int, decimals: int) -> set[str]:
    """Return the share as printed with ties rounded up and ties rounded down, by whole-number arithmetic."""
    scaled = 200 * part * 10**decimals
    up = (scaled + base) // (2 * base)
    down = -((base - scaled) // (2 * base))
    return {f"{Decimal(units).scaleb(-decimals):.{decimals}f}" for units in (up, down)}


@given(st.integers(1, 400), st.integers(0, 3), st.data())
def test_exactly_the_numerators_that_print_so_are_found(base, decimals, data):
    part = data.draw(st.integers(0, base))
    for printed in prints_as(part, base, decimals):
        expected = [k for k in range(base + 1) if printed in prints_as(k, base, decimals)]
        assert list(feasible_numerators(printed, base)) == expected


@given(st.integers(1, 10_000), st.data())
def test_what_was_printed_is_always_feasible(base, data):
    part = data.draw(st.integers(0, base))
    assert part in feasible_numerators(f"{Decimal(100 * part) / base:.2f}", base)


@given(st.integers(1, 500), st.integers(0, 100), st.integers(2, 20))
def test_a_base_times_over_keeps_every_numerator(base, percent, times):
    larger = feasible_numerators(percent, base * times)
    assert all(k * times in larger for k in feasible_numerators(percent, base))
    assert len(larger) <= floor(base * times / 100) + 1
