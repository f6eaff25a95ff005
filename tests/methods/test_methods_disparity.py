"""The relative rate index against published ratios."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.disparity import relative_rate_index


@pytest.mark.parametrize(
    ("group", "reference", "index", "lower", "upper"),
    [
        # R 4.x, stats::poisson.test, its help page's second example.
        ((11, 800), (21, 3011), 1.971488, 0.8584264, 4.2772659),
        # Boice & Monson (1977), as analysed in Rothman & Greenland, Modern Epidemiology.
        ((41, 28_010), (15, 19_017), 1.855759, 1.005684, 3.609300),
    ],
)
def test_published_ratios(group, reference, index, lower, upper):
    found = relative_rate_index(*group, *reference)
    assert (found.value, found.lower, found.upper) == pytest.approx((index, lower, upper), rel=1e-6)


def test_a_reference_without_events_has_no_index():
    found = relative_rate_index(30, 1000, 0, 1000)
    assert (found.value, found.upper) == (None, None)


def test_the_method_is_named():
    found = relative_rate_index(60, 10_000, 300, 100_000)
    assert "relative rate index" in found.method
    assert "Youth Justice Board" in found.source


groups = st.tuples(st.integers(1, 500), st.integers(500, 10**6))


@given(groups, groups)
def test_swapping_the_groups_inverts_the_index(one, other):
    there, back = relative_rate_index(*one, *other), relative_rate_index(*other, *one)
    assert there.value == pytest.approx(1 / back.value)
    assert (there.lower, there.upper) == pytest.approx((1 / back.upper, 1 / back.lower))


@given(groups)
def test_equal_groups_are_at_parity(one):
    found = relative_rate_index(*one, *one)
    assert found.value == 1
    assert found.lower < 1 < found.upper
