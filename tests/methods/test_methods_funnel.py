"""Funnel limits against PHEindicatormethods, FunnelPlotR and statsmodels, and when "unusual" may be said."""

from math import asin, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.proportion import proportion_confint

from analysis.methods.checks import RefusedError
from analysis.methods.funnel import (
    adjusted_proportion_limits,
    adjusted_ratio_limits,
    funnel_of_proportions,
    funnel_of_rates,
    over_dispersion,
    proportion_limits,
    ratio_limits,
)

# PHEindicatormethods (GPL-3), tests/testthat/testdata_funnel_prop_outputs.csv: base, limits in per cent.
PHE_CENTRE = 0.80642448
PHE_LIMITS = [
    (1, 3.204264, 100, 0, 100),
    (14, 59.946223, 100, 48.011163, 100),
    (18, 62.390093, 98.894803, 51.864359, 100),
    (45, 69.098645, 92.186251, 62.441586, 98.843309),
    (102, 72.974925, 88.309971, 68.553233, 92.731663),
    (1008, 78.203374, 83.081521, 76.796814, 84.488082),
    (11097, 79.907338, 81.377558, 79.483416, 81.80148),
    (110000, 80.408963, 80.875933, 80.274317, 81.010578),
]


@pytest.mark.parametrize(("base", "lower", "upper", "lower_998", "upper_998"), PHE_LIMITS)
def test_the_published_limits_of_a_proportion(base, lower, upper, lower_998, upper_998):
    inner, outer = proportion_limits(PHE_CENTRE, base, 0.95), proportion_limits(PHE_CENTRE, base, 0.998)
    assert [100 * limit for limit in inner] == pytest.approx([lower, upper], abs=2e-6)
    assert [100 * limit for limit in outer] == pytest.approx([lower_998, upper_998], abs=2e-6)


@pytest.mark.parametrize(
    ("count", "base", "said"),
    # The same package, testdata_funnel_prop_inputs.csv: bowel screening areas with its own labels.
    [
        (35078.488, 41980, "High (0.001)"),
        (26789.238, 33012, "High (0.025)"),
        (50050.7443, 61921, "Not significant"),
        (30277.5312, 37828, "Low (0.025)"),
        (24803.6256, 31824, "Low (0.001)"),
    ],
)
def test_the_published_labels(count, base, said):
    share = count / base
    inner, outer = proportion_limits(PHE_CENTRE, base, 0.95), proportion_limits(PHE_CENTRE, base, 0.998)
    labels = [
        (share > outer[1], "High (0.001)"),
        (share < outer[0], "Low (0.001)"),
        (share > inner[1], "High (0.025)"),
        (share < inner[0], "Low (0.025)"),
        (True, "Not significant"),
    ]
    assert next(label for holds, label in labels if holds) == said


@pytest.mark.parametrize(
    ("expected", "inner", "outer"),
    # FunnelPlotR (MIT), tests/testthat/test-poisson_limits.R.
    [
        (15, (0.5596924, 1.649348), (0.3862650, 2.082907)),
        (20, (0.6108260, 1.544419), (0.4479107, 1.902094)),
        (30, (0.6746958, 1.427562), (0.5289724, 1.702771)),
    ],
)
def test_the_published_limits_of_a_ratio(expected, inner, outer):
    assert ratio_limits(expected, 0.95) == pytest.approx(inner, rel=5e-7)
    assert ratio_limits(expected, 0.998) == pytest.approx(outer, rel=5e-7)


def test_without_over_dispersion_both_scales_nearly_agree():
    assert adjusted_proportion_limits(0.3, 0, 2000, 0.95) == pytest.approx(proportion_limits(0.3, 2000, 0.95), abs=2e-4)
    assert adjusted_ratio_limits(0, 500, 0.95) == pytest.approx(ratio_limits(500, 0.95), rel=3e-3)


def test_adjusted_limits_by_hand():
    # s^2 = 1/(4*100) = 0.0025; with tau2 = 0.0075 the standard error is 0.1.
    angle, z = asin(sqrt(0.5)), 1.9599639845400545
    lower, upper = adjusted_proportion_limits(0.5, 0.0075, 100, 0.95)
    assert lower == pytest.approx(np.sin(angle - z * 0.1) ** 2)
    assert upper == pytest.approx(np.sin(angle + z * 0.1) ** 2)
    assert adjusted_ratio_limits(0.0075, 100, 0.95) == pytest.approx(((1 - z * 0.1) ** 2, (1 + z * 0.1) ** 2))


def test_adjusted_limits_stay_within_bounds():
    assert adjusted_proportion_limits(0.01, 0.5, 4, 0.998) == (0, pytest.approx(1, abs=0.2))
    assert adjusted_proportion_limits(0.99, 9, 4, 0.998) == (0, 1)
    assert adjusted_ratio_limits(9, 4, 0.998)[0] == 0


EFFECTS = [0.1, 0.5, -0.4, 0.9, 0.3, -0.8, 0.2, 1.1, -0.2, 0.6, 0.05, -0.5]
VARIANCES = [0.04, 0.09, 0.02, 0.05, 0.03, 0.06, 0.04, 0.08, 0.02, 0.05, 0.07, 0.03]


def test_tau_squared_is_the_estimate_of_dersimonian_and_laird():
    # Around the weighted mean, and without winsorising, it is the textbook estimate, here of statsmodels.
    weights = 1 / np.array(VARIANCES)
    scores = (np.array(EFFECTS) - np.average(EFFECTS, weights=weights)) * np.sqrt(weights)
    phi, tau2 = over_dispersion(scores, weights, winsorised=0)
    other = combine_effects(np.array(EFFECTS), np.array(VARIANCES), method_re="chi2")
    assert tau2 == pytest.approx(other.tau2)
    assert phi * len(EFFECTS) == pytest.approx(other.q)


def test_extreme_scores_are_drawn_in_before_the_spread_is_measured():
    # Eleven scores: the 10 % and 90 % quantiles are the second and the tenth, -1 and 1.
    scores = [-50, -1, -1, -1, -1, 0, 1, 1, 1, 1, 50]
    phi, tau2 = over_dispersion(scores, [4.0] * 11)
    assert phi == pytest.approx(10 / 11)
    # 11 * phi = 10 = areas - 1, so no variance is left over.
    assert tau2 == 0
    assert over_dispersion(scores, [4.0] * 11, winsorised=0)[1] > 100


def test_tau_squared_by_hand():
    # Ten scores of 2 or -2: phi 4; (40 - 9) / (10 * 4 - 10 * 16 / 40) = 31 / 36.
    assert over_dispersion([2, -2] * 5, [4.0] * 10) == pytest.approx((4, 31 / 36))


def test_the_spread_of_proportions_by_hand():
    # Ten bases of 100, 70 or 30 each around a half: all scores are 20 * (asin sqrt 0.7 - asin sqrt 0.5).
    found = funnel_of_proportions([70, 30] * 5, [100] * 10, centre=0.5)
    phi = (20 * (asin(sqrt(0.7)) - asin(sqrt(0.5)))) ** 2
    assert (found.phi, found.tau2) == pytest.approx((phi, (10 * phi - 9) / (4000 - 400)))


def test_the_spread_of_rates_by_hand():
    # 100 events expected, 144 or 64 seen: scores of 2 * (12 - 10) and 2 * (8 - 10), weights of 400.
    found = funnel_of_rates([144, 64] * 5, [10_000] * 10, centre=100)
    assert (found.phi, found.tau2) == pytest.approx((16, 151 / 3600))


SAME = [(30, 100)] * 9


def test_an_area_far_out_is_unusual_where_the_others_agree():
    pairs = [*SAME, (60, 100), (5, 100), *SAME]
    found = funnel_of_proportions(*zip(*pairs, strict=True))
    assert found.verdicts[9:11] == ("unusually high", "unusually low")
    assert set(found.verdicts[:9] + found.verdicts[11:]) == {"not unusual"}
    assert found.tau2 == 0


def test_the_same_area_is_not_unusual_where_all_areas_differ():
    spread = [(k, 100) for k in (12, 48, 20, 40, 15, 45, 25, 35, 10, 50, 18, 42)]
    found = funnel_of_proportions(*zip(*[*spread, (60, 100)], strict=True))
    assert found.plain(100, 0.998)[1] < 0.6
    assert found.verdicts[-1] == "not unusual"
    assert found.phi > 10


def test_ninety_five_per_cent_limits_call_nothing_unusual():
    pairs = [*SAME, *SAME, (42, 100)]
    found = funnel_of_proportions(*zip(*pairs, strict=True))
    assert max(found.plain(100, 0.95)[1], found.adjusted(100, 0.95)[1]) < 0.42
    assert found.verdicts[-1] == "not unusual"


def test_rates_are_judged_in_their_own_unit():
    counts, populations = [50] * 12 + [150, 5], [10_000] * 14
    found = funnel_of_rates(counts, populations, per=10_000, centre=50)
    assert found.plain(10_000, 0.95) == pytest.approx([50 * limit for limit in ratio_limits(50, 0.95)])
    assert found.plain(20_000, 0.95) == pytest.approx([50 * limit for limit in ratio_limits(100, 0.95)])
    assert found.verdicts[-3:] == ("not unusual", "unusually high", "unusually low")
    assert funnel_of_rates(counts, populations).centre == pytest.approx(sum(counts) / 14)


def test_few_areas_are_refused():
    pairs = SAME + [(31, 100)]
    assert len(funnel_of_proportions(*zip(*pairs, strict=True)).verdicts) == 10
    with pytest.raises(RefusedError, match="^no funnel: 9 areas; at least 10 are needed$"):
        funnel_of_proportions(*zip(*SAME, strict=True))
    with pytest.raises(RefusedError, match="^no funnel: 9 areas; at least 10 are needed$"):
        funnel_of_rates([3] * 9, [100] * 9)


def test_a_funnel_needs_a_centre_to_stand_on():
    with pytest.raises(RefusedError, match="centre is 0 or 100 per cent"):
        funnel_of_proportions([0] * 12, [10] * 12)
    with pytest.raises(RefusedError, match="no events in any area"):
        funnel_of_rates([0] * 12, [10] * 12)


def test_lengths_and_counts_are_checked():
    with pytest.raises(ValueError, match="lengths are numerators 2, denominators 1"):
        funnel_of_proportions([1, 2], [3])
    with pytest.raises(ValueError, match="numerator 4 is more than denominator 3"):
        funnel_of_proportions([4] * 10, [3] * 10)
    with pytest.raises(ValueError, match="population is 0"):
        funnel_of_rates([4] * 10, [0] * 10)


areas = st.lists(
    st.integers(5, 3000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))),
    min_size=10,
    max_size=20,
).filter(lambda pairs: 0 < sum(k for k, _ in pairs) < sum(n for _, n in pairs))


@given(areas)
def test_unusual_lies_outside_the_plain_and_the_adjusted_outer_limits(pairs):
    found = funnel_of_proportions(*zip(*pairs, strict=True))
    for (part, base), verdict in zip(pairs, found.verdicts, strict=True):
        lowers, uppers = zip(found.plain(base, 0.998), found.adjusted(base, 0.998), strict=True)
        lowest, highest = min(lowers), max(uppers)
        expected = "unusually high" if part / base > highest else "unusually low"
        assert verdict == (expected if not lowest <= part / base <= highest else "not unusual")


@given(areas)
def test_the_order_of_areas_changes_nothing(pairs):
    one = funnel_of_proportions(*zip(*pairs, strict=True))
    other = funnel_of_proportions(*zip(*reversed(pairs), strict=True))
    assert (one.phi, one.tau2) == pytest.approx((other.phi, other.tau2))
    assert one.verdicts == other.verdicts[::-1]


@given(st.floats(0.02, 0.98), st.integers(2, 5000), st.floats(0, 0.2))
def test_more_spread_widens_and_more_cases_narrow_the_limits(centre, size, tau2):
    here = adjusted_proportion_limits(centre, tau2, size, 0.95)
    wider = adjusted_proportion_limits(centre, tau2 + 0.01, size, 0.95)
    narrower = adjusted_proportion_limits(centre, tau2, size * 2, 0.95)
    assert wider[0] <= here[0] <= narrower[0] <= centre <= narrower[1] <= here[1] <= wider[1]


@given(st.floats(0.05, 0.95), st.integers(20, 5000))
def test_the_limit_is_where_wilsons_interval_just_reaches_the_centre(centre, size):
    # PHE's own derivation: an area lies on the limit when its Wilson interval ends at the centre.
    lower, upper = proportion_limits(centre, size, 0.95)
    if lower > 0:
        assert proportion_confint(lower * size, size, method="wilson")[1] == pytest.approx(centre)
    if upper < 1:
        assert proportion_confint(upper * size, size, method="wilson")[0] == pytest.approx(centre)


@given(st.integers(1, 2000))
def test_ratio_limits_leave_half_of_the_error_on_each_side(expected):
    lower, upper = ratio_limits(expected, 0.95)
    assert poisson.sf(expected - 1, lower * expected) == pytest.approx(0.025)
    assert poisson.cdf(expected, upper * expected) == pytest.approx(0.025)
