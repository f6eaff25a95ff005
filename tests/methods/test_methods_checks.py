"""Every number that a method can't use is refused in one line that says what is allowed."""

import pytest

from analysis.methods.checks import level, part_of, positive, same_length, whole


@pytest.mark.parametrize("value", [0, 7, 7.0, 10**9])
def test_whole_numbers_pass(value):
    assert whole("count", value) == value


@pytest.mark.parametrize("value", [-1, 2.5, float("nan"), float("inf"), None, "7", True])
def test_anything_else_is_no_count(value):
    with pytest.raises(ValueError, match=r"^count is .*; allowed: a (whole )?number[^\n]*$"):
        whole("count", value)


@pytest.mark.parametrize("value", [0, -3, float("nan"), "12"])
def test_a_population_is_above_nought(value):
    with pytest.raises(ValueError, match=r"^population is .*; allowed: a number[^\n]*$"):
        positive("population", value)


@pytest.mark.parametrize(
    ("part", "base", "said"),
    [
        (3, 2, "numerator 3 is more than denominator 2"),
        (0, 0, "denominator is 0"),
        (-1, 2, "numerator is -1"),
    ],
)
def test_what_is_no_part_of_a_whole(part, base, said):
    with pytest.raises(ValueError, match=f"^{said}"):
        part_of(part, base)


def test_all_and_nothing_are_parts_of_a_whole():
    assert part_of(2, 2) == (2, 2)
    assert part_of(0.0, 3.0) == (0, 3)


@pytest.mark.parametrize("value", [95, 1, 0, -0.5, None])
def test_confidence_is_a_share(value):
    with pytest.raises(ValueError, match="^confidence is .*; allowed"):
        level(value)


def test_lengths_must_agree():
    assert same_length(counts=[1, 2], populations=[3, 4]) == 2
    with pytest.raises(ValueError, match="^lengths are counts 1, populations 2; allowed: equal"):
        same_length(counts=[1], populations=[3, 4])
    with pytest.raises(ValueError, match="^lengths are counts 0"):
        same_length(counts=[])
