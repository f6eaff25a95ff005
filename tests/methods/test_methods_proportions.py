"""Wilson's interval against published examples, another library, and the laws it must keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from analysis.methods.proportions import wilson


@pytest.mark.parametrize(
    ("part", "base", "lower", "upper"),
    # Newcombe (1998) Stat Med 17:857-872, table I, method 3 (score, no continuity correction).
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_newcombes_published_examples(part, base, lower, upper):
    estimate = wilson(part, base)
    assert estimate.value == part / base
    assert (round(estimate.lower, 4), round(estimate.upper, 4)) == (lower, upper)


def test_the_answer_says_how_it_was_made():
    estimate = wilson(1, 2, confidence=0.998)
    assert (estimate.method, estimate.confidence) == ("Wilson score interval", 0.998)
    assert "Wilson EB (1927)" in estimate.source


def test_nought_and_all_stay_within_bounds_exactly():
    assert wilson(0, 10).lower == 0
    assert wilson(10, 10).upper == 1
    assert wilson(0, 10).upper > 0
    assert wilson(10, 10).lower < 1


def test_in_percent_the_limits_move_with_the_value():
    share, percent = wilson(81, 263), wilson(81, 263).times(100)
    assert percent.value == pytest.approx(30.798479, abs=1e-6)
    assert (percent.lower, percent.upper) == (share.lower * 100, share.upper * 100)


@pytest.mark.parametrize(("part", "base"), [(0, 0), (2, 1), (0.5, 2), (-1, 5)])
def test_what_is_no_proportion_is_refused(part, base):
    with pytest.raises(ValueError, match="allowed"):
        wilson(part, base)


parts = st.integers(1, 5000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))
levels = st.sampled_from([0.8, 0.9, 0.95, 0.998])


@given(parts, levels)
def test_another_library_agrees(pair, confidence):
    estimate = wilson(*pair, confidence=confidence)
    other = binomtest(*pair).proportion_ci(confidence, method="wilson")
    assert (estimate.lower, estimate.upper) == pytest.approx((other.low, other.high), abs=1e-12)


@given(parts)
def test_limits_hold_the_value_and_widen_with_confidence(pair):
    narrow, wide = wilson(*pair, confidence=0.95), wilson(*pair, confidence=0.998)
    assert 0 <= wide.lower <= narrow.lower <= narrow.value <= narrow.upper <= wide.upper <= 1
    assert wide.upper - wide.lower > narrow.upper - narrow.lower


@given(parts)
def test_counting_the_others_mirrors_the_interval(pair):
    part, base = pair
    one, other = wilson(part, base), wilson(base - part, base)
    assert (one.lower, one.upper) == pytest.approx((1 - other.upper, 1 - other.lower), abs=1e-12)


@given(parts)
def test_more_of_the_same_base_lifts_both_limits(pair):
    part, base = pair
    if part < base:
        assert wilson(part, base).lower < wilson(part + 1, base).lower
        assert wilson(part, base).upper < wilson(part + 1, base).upper


@given(parts, st.integers(2, 50))
def test_the_same_share_of_a_larger_base_is_surer(pair, times):
    small, large = wilson(*pair), wilson(pair[0] * times, pair[1] * times)
    assert large.upper - large.lower < small.upper - small.lower
