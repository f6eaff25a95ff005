"""Exact limits and tests against scipy.stats and statsmodels, which are too slow to load for every program."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, false_discovery_control, fisher_exact
from statsmodels.stats.contingency_tables import Table
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from statsmodels.stats.rates import confint_poisson

from analysis.methods.change import change_between_proportions
from analysis.methods.evidence import _associate, select_beyond_chance
from analysis.methods.exact import binomial_p, clopper_pearson, fisher_p
from analysis.methods.proportions import wilson
from analysis.methods.rates import exact_poisson

PARTS = st.integers(1, 400).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


def test_fishers_tea_tasting():
    # Fisher (1935), The design of experiments: three of four cups told rightly, 17 of 35 either way.
    assert fisher_p(3, 4, 1, 4) == pytest.approx(34 / 70)


def test_a_coin():
    assert binomial_p(1, 10, 0.5) == pytest.approx(22 / 1024)
    assert binomial_p(5, 10, 0.5) == 1


@given(PARTS, PARTS)
def test_two_shares_as_scipy_has_them(one, other):
    table = [[one[0], one[1] - one[0]], [other[0], other[1] - other[0]]]
    assert fisher_p(*one, *other) == pytest.approx(fisher_exact(table).pvalue, rel=1e-6)


@given(PARTS, st.floats(0.01, 0.99))
def test_a_count_of_trials_as_scipy_has_it(part, share):
    assert binomial_p(*part, share) == pytest.approx(binomtest(*part, share).pvalue, rel=1e-6)


@given(PARTS)
def test_limits_of_a_share_as_statsmodels_has_them(part):
    assert clopper_pearson(*part) == pytest.approx(proportion_confint(*part, method="beta"), abs=1e-9)
    estimate = wilson(*part)
    assert (estimate.lower, estimate.upper) == pytest.approx(proportion_confint(*part, method="wilson"), abs=1e-9)


@given(PARTS, PARTS)
def test_limits_of_a_difference_as_statsmodels_has_them(before, after):
    change = change_between_proportions(*before, *after)
    wanted = confint_proportions_2indep(*after, *before, method="newcomb", compare="diff")
    assert (change.lower, change.upper) == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize("count", [0, 1, 4, 9, 400])
def test_limits_of_a_count_as_statsmodels_has_them(count):
    estimate = exact_poisson(count)
    assert (estimate.lower, estimate.upper) == pytest.approx(confint_poisson(count, 1, method="exact-c"), abs=1e-9)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_what_is_beyond_chance_as_scipy_has_it(p_values):
    adjusted = false_discovery_control(p_values, method="bh")
    clear = [abs(p - 0.01) > 1e-12 for p in adjusted]
    chosen = select_beyond_chance(p_values)
    assert [had for had, sure in zip(chosen, clear, strict=True) if sure] == [
        p <= 0.01 for p, sure in zip(adjusted, clear, strict=True) if sure
    ]


def test_the_course_of_shares_as_statsmodels_has_it():
    import numpy as np

    met, base = np.array([30.0, 42, 51, 66]), np.array([100.0, 110, 105, 120])
    way, p = _associate(met, base, range(4))
    table = Table(np.column_stack([base - met, met]), shift_zeros=False)
    wanted = table.test_ordinal_association(row_scores=np.arange(4.0), col_scores=np.array([0.0, 1.0]))
    assert (way, p) == ("risen", pytest.approx(wanted.pvalue))  # they vary no more than chance about the line
