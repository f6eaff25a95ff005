"""Change between two periods against published examples, and the verdict at each boundary."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import binomtest

from analysis.methods.change import (
    CHANCE,
    FALLEN,
    RISEN,
    TOO_FEW,
    UNCHANGED,
    change_between_counts,
    change_between_proportions,
    change_between_rates,
    difference_of_changes,
    is_alike,
)


@pytest.mark.parametrize(
    ("after", "before", "lower", "upper"),
    # Newcombe (1998) Stat Med 17:873-890, table II, method 10, contrasts (a) to (h).
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0000),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_newcombes_published_contrasts(after, before, lower, upper):
    change = change_between_proportions(*before, *after)
    assert change.scale == "difference"
    assert (round(change.lower, 4), round(change.upper, 4)) == (lower, upper)


@pytest.mark.parametrize(
    ("after", "before", "ratio", "lower", "upper"),
    [
        # R 4.x, stats::poisson.test, its help page's second example (eba1977, cases aged 55 to 59).
        ((11, 800), (21, 3011), 1.971488, 0.8584264, 4.2772659),
        # Boice & Monson (1977), as analysed in Rothman & Greenland, Modern Epidemiology: 41 and 15 cases.
        ((41, 28_010), (15, 19_017), 1.855759, 1.005684, 3.609300),
    ],
)
def test_published_ratios_of_rates(after, before, ratio, lower, upper):
    change = change_between_rates(*before, *after)
    assert change.scale == "ratio"
    assert (change.ratio, change.lower, change.upper) == pytest.approx((ratio, lower, upper), rel=2e-5)


def test_a_change_carries_both_figures_and_its_method():
    change = change_between_rates(50, 10_000, 100, 12_500, per=10_000)
    assert (change.before, change.after, change.difference, change.ratio) == (50, 80, 30, 1.6)
    assert "Clopper-Pearson" in change.method
    assert change.source


def test_the_five_verdicts_on_proportions():
    assert change_between_proportions(100, 400, 140, 400).verdict == RISEN
    assert change_between_proportions(140, 400, 100, 400).verdict == FALLEN
    assert change_between_proportions(100, 400, 105, 400).verdict == CHANCE
    assert change_between_proportions(40_000, 100_000, 40_100, 100_000).verdict == UNCHANGED
    assert change_between_proportions(0, 10, 10, 10).verdict == TOO_FEW


def test_the_five_verdicts_on_counts():
    assert change_between_counts(252, 318).verdict == RISEN
    assert change_between_counts(318, 252).verdict == FALLEN
    assert change_between_counts(252, 254).verdict == CHANCE
    assert change_between_counts(25_200, 25_400).verdict == UNCHANGED
    assert change_between_counts(1, 9).verdict == TOO_FEW


@pytest.mark.parametrize(("base", "verdict"), [(19, TOO_FEW), (20, RISEN)])
def test_a_base_of_twenty_in_each_period_is_enough(base, verdict):
    assert change_between_proportions(0, base, base, base).verdict == verdict
    assert change_between_proportions(0, base, 500, 500).verdict == verdict
    assert change_between_proportions(0, 500, base, base).verdict == verdict


@pytest.mark.parametrize(("events", "verdict"), [(19, TOO_FEW), (20, FALLEN)])
def test_twenty_events_in_both_periods_together_are_enough(events, verdict):
    assert change_between_counts(events, 0).verdict == verdict
    assert change_between_rates(events, 1000, 0, 1000).verdict == verdict


@pytest.mark.parametrize(("count", "verdict"), [(866, CHANCE), (867, UNCHANGED)])
def test_two_equal_counts_are_alike_only_where_a_tenth_more_or_less_is_ruled_out(count, verdict):
    assert change_between_counts(count, count).verdict == verdict


@pytest.mark.parametrize(("base", "verdict"), [(764, CHANCE), (766, UNCHANGED)])
def test_two_equal_halves_are_alike_only_where_a_tenth_of_them_is_ruled_out(base, verdict):
    assert change_between_proportions(base // 2, base, base // 2, base).verdict == verdict


def test_of_a_share_near_the_whole_what_it_leaves_counts_too():
    assert change_between_proportions(97_000, 100_000, 97_100, 100_000).verdict == UNCHANGED
    assert change_between_proportions(970, 1000, 971, 1000).verdict == CHANCE


def test_what_varies_more_than_chance_is_alike_less_readily():
    change = change_between_counts(2000, 2010)
    assert is_alike(change)
    assert not is_alike(change, spread=4)


def test_minimum_counts_are_the_callers_to_set():
    assert change_between_counts(1, 19, minimum_events=21).verdict == TOO_FEW
    assert change_between_counts(1, 19, minimum_events=20).verdict == RISEN
    assert change_between_proportions(0, 10, 10, 10, minimum_base=10).verdict == RISEN


def test_nothing_at_all_is_too_few_and_has_no_interval():
    change = change_between_counts(0, 0)
    assert (change.verdict, change.ratio, change.lower, change.upper) == (TOO_FEW, None, None, None)


def test_from_nought_there_is_no_ratio_and_no_upper_limit():
    change = change_between_counts(0, 30)
    assert (change.ratio, change.upper, change.verdict) == (None, None, RISEN)
    # Clopper-Pearson lower limit for 30 of 30 is 0.025 ** (1/30).
    share = 0.025 ** (1 / 30)
    assert change.lower == pytest.approx(share / (1 - share))


def test_each_verdict_gives_its_reason():
    assert change_between_counts(252, 318).reason == "the interval of the ratio lies above 1"
    assert change_between_counts(318, 252).reason == "the interval of the ratio lies below 1"
    assert change_between_counts(252, 254).reason == "the interval of the ratio includes 1"
    alike = change_between_counts(25_200, 25_400)
    assert alike.reason == "the interval of the relative change lies within the margin"


def test_a_reason_holds_no_count():
    assert change_between_counts(3, 1).reason == "fewer than 20 events in all"
    assert change_between_proportions(1, 3, 2, 4).reason == "fewer than 20 in a base"


@pytest.mark.parametrize("arguments", [(1, 0, 1, 2), (3, 2, 1, 2), (-1, 2, 1, 2), (1, 2, 1, None)])
def test_what_is_no_proportion_is_refused(arguments):
    with pytest.raises(ValueError, match="allowed"):
        change_between_proportions(*arguments)


counts = st.integers(0, 3000)
populations = st.integers(100, 10**6)
parts = st.integers(1, 3000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))
MIRROR = {RISEN: FALLEN, FALLEN: RISEN, UNCHANGED: UNCHANGED, TOO_FEW: TOO_FEW, CHANCE: CHANCE}


@given(parts, parts)
def test_swapping_the_periods_mirrors_a_difference(one, other):
    there, back = change_between_proportions(*one, *other), change_between_proportions(*other, *one)
    assert (there.lower, there.upper) == pytest.approx((-back.upper, -back.lower), abs=1e-12)
    assert there.verdict == MIRROR[back.verdict]


@given(counts, counts)
def test_swapping_the_periods_inverts_a_ratio(before, after):
    assume(before and after)
    there, back = change_between_counts(before, after), change_between_counts(after, before)
    assert (there.lower, there.upper) == pytest.approx((1 / back.upper, 1 / back.lower), rel=1e-6)
    assert there.verdict == MIRROR[back.verdict]


@given(parts, parts)
def test_a_difference_lies_within_its_limits(one, other):
    change = change_between_proportions(*one, *other)
    slack = 1e-12
    assert -1 - slack <= change.lower <= change.difference + slack
    assert change.difference - slack <= change.upper <= 1 + slack
    assert change.verdict in MIRROR


@given(parts)
def test_no_difference_is_never_a_rise_or_fall(one):
    assert change_between_proportions(*one, *one).verdict in (UNCHANGED, CHANCE, TOO_FEW)
    assert change_between_counts(one[0], one[0]).verdict in (UNCHANGED, CHANCE, TOO_FEW)


@given(counts, populations, counts, populations)
def test_a_ratio_lies_within_its_limits(x1, n1, x2, n2):
    change = change_between_rates(x1, n1, x2, n2)
    if x1 and x2:
        assert change.lower < change.ratio < change.upper


@given(counts, populations, counts, populations, st.integers(2, 1000))
def test_the_unit_of_population_changes_no_verdict(x1, n1, x2, n2, times):
    assume(x1 and x2)
    one, other = change_between_rates(x1, n1, x2, n2), change_between_rates(x1, n1 * times, x2, n2 * times)
    assert one.verdict == other.verdict
    assert (one.lower, one.upper) == pytest.approx((other.lower, other.upper), rel=1e-9)


@given(counts, counts)
def test_a_verdict_on_counts_is_that_of_the_exact_test(before, after):
    assume(before + after >= 20)
    moved = change_between_counts(before, after).verdict in (RISEN, FALLEN)
    one_side = min(binomtest(after, before + after, alternative=side).pvalue for side in ("less", "greater"))
    assume(abs(one_side - 0.025) > 1e-6)
    assert moved == (one_side < 0.025)


@given(st.integers(20, 1000), st.integers(0, 3000))
def test_more_events_afterwards_never_turn_a_rise_back(before, after):
    order = {FALLEN: -1, UNCHANGED: 0, CHANCE: 0, TOO_FEW: 0, RISEN: 1}
    here = order[change_between_counts(before, after).verdict]
    assert here <= order[change_between_counts(before, after + 1).verdict]


def test_how_far_one_share_moved_beyond_another_has_the_limits_of_both_changes():
    ours, other = change_between_proportions(50, 100, 75, 100), change_between_proportions(60, 120, 62, 120)
    gap, low, high = difference_of_changes(ours, other)
    below = ((ours.difference - ours.lower) ** 2 + (other.upper - other.difference) ** 2) ** 0.5
    above = ((ours.upper - ours.difference) ** 2 + (other.difference - other.lower) ** 2) ** 0.5
    assert gap == pytest.approx(0.25 - 2 / 120) and (low, high) == pytest.approx((gap - below, gap + above))
    same = difference_of_changes(ours, ours)
    assert same[0] == 0 and same[1] < 0 < same[2]
    with pytest.raises(ValueError, match="only changes between proportions"):
        difference_of_changes(ours, change_between_counts(100, 150))
