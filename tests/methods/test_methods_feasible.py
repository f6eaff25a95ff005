"""Printed percentages that no whole number of their base can give."""

import csv
from decimal import Decimal
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.feasible import feasible_numerators, feasible_pairs, is_feasible


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


def test_a_percentage_of_rounded_counts():
    # 45 and 50 stand for 43 to 47 of 48 to 52.
    pairs = feasible_pairs("90.0", 45, 50)
    assert pairs == [(45, 50)]
    assert (43, 48) in feasible_pairs("89.6", 45, 50)
    assert feasible_pairs("80.0", 45, 50) == []  # 43 of 52 is 82.7 already
    assert feasible_pairs("98.5", 45, 50) == []  # 47 of 48 is 97.9 already
    assert feasible_pairs("100", 0, 0) == [(1, 1), (2, 2)]
    assert feasible_pairs("90.0", 45, 50, rounded_to=1) == [(45, 50)]


@given(st.integers(0, 400), st.integers(1, 400), st.integers(0, 2))
def test_the_true_counts_are_always_among_the_feasible_pairs(k, n, decimals):
    k = min(k, n)
    printed = f"{Decimal(100 * k) / n:.{decimals}f}"
    assert (k, n) in feasible_pairs(printed, (k + 2) // 5 * 5, (n + 2) // 5 * 5)


@pytest.mark.shared
def test_every_percentage_of_ascof_4b_is_one_that_its_rounded_counts_allow(shared):
    path = shared / "data" / "published" / "adults" / "ascof_2024_25_table_4b.csv"
    with path.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    checked = [
        (f"{float(row[f'{year} - outcome']):.1f}", row[f"{year} - numerator"], row[f"{year} - denominator"])
        for row in rows
        for year in ("2023 to 2024", "2024 to 2025")
        if all(row[f"{year} - {part}"][:1].isdigit() for part in ("numerator", "denominator", "outcome"))
    ]
    assert len(checked) > 280
    assert [row for row in checked if not feasible_pairs(row[0], int(row[1]), int(row[2]))] == []


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
