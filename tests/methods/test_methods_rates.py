"""Counts and rates against published tables, and the laws they must keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from analysis.methods.rates import byar, count_interval, exact_poisson, rate


@pytest.mark.parametrize(
    ("count", "lower", "upper"),
    # Garwood (1936), as tabulated by Ulm K (1990) Am J Epidemiol 131:373-375 and in Breslow & Day (1987) II.
    [(0, 0.0, 3.689), (1, 0.025, 5.572), (2, 0.242, 7.225), (5, 1.623, 11.668), (10, 4.795, 18.390)],
)
def test_exact_limits_of_the_published_table(count, lower, upper):
    estimate = exact_poisson(count)
    assert (round(estimate.lower, 3), round(estimate.upper, 3)) == (lower, upper)


@pytest.mark.parametrize("count", [10, 15, 30, 100, 1000])
@pytest.mark.parametrize(("confidence", "error"), [(0.95, 0.004), (0.998, 0.016)])
def test_from_ten_events_byar_is_close_to_the_exact_limits(count, confidence, error):
    near, exact = byar(count, confidence=confidence), exact_poisson(count, confidence=confidence)
    assert (near.lower, near.upper) == pytest.approx((exact.lower, exact.upper), rel=error)


def test_byar_by_hand_for_27_events():
    # 27 has a whole cube root of its square (9) and 3*sqrt(28) is 15.8745: worked with z = 1.959964.
    # lower 27*(1 - 1/243 - 1.959964/15.588457)^3; upper 28*(1 - 1/252 + 1.959964/15.874508)^3
    estimate = byar(27)
    assert estimate.lower == pytest.approx(17.7892, abs=5e-4)
    assert estimate.upper == pytest.approx(39.2846, abs=5e-4)


def test_byar_has_no_limit_below_nought():
    assert byar(0).lower == 0
    # The bare formula gives -0.003 for one event at 99.8 %.
    assert byar(1, confidence=0.998).lower == 0


def test_the_method_changes_at_ten_events():
    assert count_interval(9) == exact_poisson(9)
    assert count_interval(10) == byar(10)


def test_a_rate_is_per_population_and_names_its_method():
    nine, ten = rate(9, 68_500), rate(10, 68_500, per=100_000)
    assert nine.value == pytest.approx(9 / 6.85)
    assert nine.upper == pytest.approx(exact_poisson(9).upper / 6.85)
    assert ten.lower == pytest.approx(byar(10).lower / 0.685)
    assert (nine.method, ten.method) == ("exact Poisson interval", "Byar's interval")


@pytest.mark.parametrize(("count", "population"), [(1, 0), (-1, 100), (1.5, 100), (1, -5), (1, float("nan"))])
def test_what_is_no_rate_is_refused(count, population):
    with pytest.raises(ValueError, match="allowed"):
        rate(count, population)


counts = st.integers(0, 20_000)


@given(counts, st.sampled_from([0.9, 0.95, 0.998]))
def test_exact_limits_leave_half_of_the_error_on_each_side(count, confidence):
    estimate, tail = exact_poisson(count, confidence=confidence), (1 - confidence) / 2
    assert poisson.cdf(count, estimate.upper) == pytest.approx(tail, rel=1e-6)
    if count:
        assert poisson.sf(count - 1, estimate.lower) == pytest.approx(tail, rel=1e-6)


@given(counts)
def test_limits_hold_the_count_and_rise_with_it(count):
    here, next_one = count_interval(count), count_interval(count + 1)
    assert 0 <= here.lower <= here.value < here.upper
    assert here.lower <= next_one.lower
    assert here.upper < next_one.upper


@given(counts, st.integers(1, 10**7), st.integers(2, 1000))
def test_the_unit_of_a_rate_scales_all_of_it(count, population, times):
    one, many = rate(count, population, per=10), rate(count, population, per=10 * times)
    assert (many.value, many.lower, many.upper) == pytest.approx(
        (one.value * times, one.lower * times, one.upper * times)
    )


@given(st.integers(1, 2000), st.integers(2, 20))
def test_more_events_at_the_same_rate_are_surer(count, times):
    few, many = rate(count, 1000), rate(count * times, 1000 * times)
    assert many.upper - many.lower < few.upper - few.lower
