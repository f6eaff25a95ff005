"""Evidence of a change: worked values, seasons that are no news, chance that is let through as seldom as declared."""

import numpy as np
import pytest
from scipy.stats import norm

from analysis.methods.evidence import (
    FALSE_RATE,
    _associate,
    judge_counts,
    judge_groups,
    judge_months,
    judge_shares,
    select_beyond_chance,
    spread_of_counts,
    spread_of_shares,
)

SCHOOL_YEAR = [100, 110, 105, 100, 40, 100, 115, 110, 80, 105, 100, 110]  # August and December are quiet


def test_benjamini_and_hochbergs_own_example_rejects_four():
    """Benjamini and Hochberg 1995, section 3.2: fifteen p-values, of which four stand at one in twenty."""
    p_values = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
                0.759, 1.0]  # fmt: skip
    assert sum(select_beyond_chance(p_values, rate=0.05)) == 4
    assert select_beyond_chance([]) == []


def test_the_trend_test_gives_agrestis_value():
    """Agresti, Categorical Data Analysis, table 3.7 (malformations by drinking): M squared 6.57, X squared 12.08.

    The variance is widened by what the line leaves, (12.08 - 6.57) / 3.
    """
    met = np.array([48, 38, 5, 1, 1], dtype=float)
    base = met + [17066, 14464, 788, 126, 37]
    way, p = _associate(met, base, [0, 0.5, 1.5, 4, 7])
    assert way == "risen"
    assert p == pytest.approx(2 * norm.sf(np.sqrt(6.57 / ((12.08 - 6.57) / 3))), abs=0.001)


def test_a_count_is_set_beside_all_years_held():
    found = judge_counts([440, 420, 460, 450, 580])
    assert (found.kind, found.direction) == ("change", "risen")
    assert found.p < 1e-6
    assert judge_counts([440, 420, 460, 450, 445]).p > 0.5
    assert judge_counts([58, 44]).direction == "fallen"


def test_years_that_vary_more_than_chance_are_given_more_room():
    calm, wild = judge_counts([200, 205, 195, 260]), judge_counts([140, 260, 200, 260])
    assert calm.p < 0.01 < 0.1 < wild.p


def test_events_that_come_in_batches_are_given_the_room_of_their_batches():
    courses = [1453, 1502, 1502, 1495, 1300]
    alone, in_batches = judge_counts(courses), judge_counts(courses, batch=16)
    assert alone.p < 0.001 < 0.1 < in_batches.p
    assert norm.isf(in_batches.p / 2) == pytest.approx(norm.isf(alone.p / 2) / 4, rel=0.2)  # a sixteenth of the events


def test_whole_sessions_that_moved_by_a_month_are_no_step():
    calm, moved = [120] * 12, [120] * 9 + [60] * 3
    assert judge_months([calm] * 4 + [moved]).p < 0.001
    assert judge_months([calm] * 4 + [moved], batch=16).p > 0.05


def test_chance_is_let_through_as_seldom_as_declared_of_batches_too():
    numbers = np.random.default_rng(3)
    sizes = numbers.poisson(16, size=(400, 5, 90))
    came = numbers.random(sizes.shape) < 0.96
    p = np.array([judge_counts(years, batch=16).p for years in (sizes * came).sum(axis=2)])
    assert (p < 0.01).mean() <= 0.01


@pytest.mark.parametrize("counts", [[9, 10], [5]])
def test_too_few_events_are_no_evidence(counts):
    assert judge_counts(counts) is None


def test_a_line_and_a_jump_are_told_apart():
    base = [1000] * 5
    line, jump = judge_shares([740, 780, 820, 860, 910], base), judge_shares([600, 595, 605, 590, 760], base)
    assert (line.kind, line.since, line.direction) == ("trend", 0, "risen")
    assert (jump.kind, jump.since, jump.direction) == ("change", 4, "risen")
    assert max(line.p, jump.p) < 1e-10


def test_three_years_are_no_line():
    assert judge_shares([740, 790, 850], [1000] * 3).kind == "change"


@pytest.mark.parametrize(("met", "base"), [([5, 9], [19, 30]), ([0, 0], [50, 50]), ([50, 50], [50, 50]), ([5], [50])])
def test_small_bases_and_all_or_none_are_no_evidence(met, base):
    assert judge_shares(met, base) is None


def test_a_step_is_dated_and_its_season_is_no_news():
    stepped = [*SCHOOL_YEAR[:3], *(round(1.5 * month) for month in SCHOOL_YEAR[3:])]
    found = judge_months([*[SCHOOL_YEAR] * 4, stepped])
    assert (found.kind, found.direction, found.since) == ("step", "risen", 3)
    assert found.p < 1e-10
    assert judge_months([SCHOOL_YEAR] * 5).p == 1


def test_two_earlier_years_of_months_are_too_few():
    assert judge_months([SCHOOL_YEAR] * 3) is None


def test_groups_are_set_beside_each_other():
    found = judge_groups(270, 500, 1130, 3700)
    assert (found.direction, found.p < 1e-10) == ("higher", True)
    assert judge_groups(61, 200, 1130, 3700).p > 0.9
    assert judge_groups(3, 10, 1130, 3700) is None


def test_chance_is_let_through_as_seldom_as_declared():
    """Two thousand series in which nothing happens: one in twenty below 0.05 or fewer, and no signal among them."""
    numbers = np.random.default_rng(7)
    means = numbers.integers(10, 400, 1000)
    counts = [judge_counts(numbers.poisson(mean, 5)).p for mean in means]
    shares = [judge_shares(numbers.binomial(600, share, 5), [600] * 5).p for share in numbers.uniform(0.1, 0.9, 1000)]
    assert np.mean(np.array(counts) < 0.05) <= 0.06
    assert np.mean(np.array(shares) < 0.05) <= 0.06
    assert sum(select_beyond_chance([*counts, *shares], rate=FALSE_RATE)) == 0


@pytest.mark.parametrize(
    ("counts", "spread"),
    [
        ([300, 340, 400, 459], 1.0),  # a steady rise, about its line
        ([300, 420, 310], 12.9),  # about the mean of three
        ([300, 420, 310, 430], 14.5),
        ([300, 420], 1.0),
        ([0, 0, 0, 0], 1.0),
    ],
)
def test_years_vary_about_their_line_and_a_steady_rise_is_no_noise(counts, spread):
    assert spread_of_counts(counts) == pytest.approx(spread, abs=0.1)


@pytest.mark.parametrize(
    ("met", "spread"),
    [([60, 65, 70, 75], 1.0), ([60, 75, 60], 3.30), ([100] * 4, 1.0), ([0] * 4, 1.0)],
)
def test_shares_vary_about_their_line_likewise(met, spread):
    assert spread_of_shares(met, [100] * len(met)) == pytest.approx(spread, abs=0.01)
