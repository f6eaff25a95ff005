"""Whether a part reflects its whole: the test against published values, and what may be said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportions_ztest

from analysis.methods.checks import RefusedError
from analysis.methods.reflective import VERDICTS, reflects_whole


def whole_of(part, rest):
    return [own + other for own, other in zip(part, rest, strict=True)]


def test_the_published_chi_squared_test():
    # R 4.x, stats::chisq.test, its help page: Agresti (2007) p39, party by gender; p-value = 2.954e-07.
    women, men = [762, 327, 468], [484, 239, 477]
    found = reflects_whole(women, whole_of(women, men))
    assert found.p_value == pytest.approx(2.954e-07, rel=2e-4)
    assert found.verdict == "differs from the whole"
    assert [gap.part for gap in found.gaps] == pytest.approx([762 / 1557, 327 / 1557, 468 / 1557])
    assert [gap.rest for gap in found.gaps] == pytest.approx([484 / 1200, 239 / 1200, 477 / 1200])


def test_the_published_interval_of_one_share():
    # Newcombe (1998) Stat Med 17:873-890, contrast (a): 56/70 against 48/80, 0.0524 to 0.3339.
    found = reflects_whole([56, 14], whole_of([56, 14], [48, 32]))
    assert (round(found.gaps[0].lower, 4), round(found.gaps[0].upper, 4)) == (0.0524, 0.3339)
    assert (round(found.gaps[1].lower, 4), round(found.gaps[1].upper, 4)) == (-0.3339, -0.0524)


def test_the_verdicts():
    assert reflects_whole([500, 500], [1000, 1000]).verdict == "reflects the whole"
    assert reflects_whole([400, 600], [1000, 1000]).verdict == "differs from the whole"
    assert reflects_whole([20, 20], [200, 200]).verdict == "not shown either way"
    assert reflects_whole([3, 4], [200, 200]).verdict == "too few to say"


@pytest.mark.parametrize(("part", "verdict"), [(19, "too few to say"), (20, "not shown either way")])
def test_a_part_of_twenty_is_enough(part, verdict):
    assert reflects_whole([part // 2, part - part // 2], [500, 500]).verdict == verdict


def test_a_rest_of_twenty_is_needed_too():
    assert reflects_whole([100, 100], [109, 110]).verdict == "too few to say"
    assert reflects_whole([100, 100], [110, 110]).verdict == "not shown either way"


@pytest.mark.parametrize(("third", "said"), [(9, "too few to say"), (10, "not shown either way")])
def test_five_must_be_expected_in_every_category(third, said):
    # Part and rest alike: half of the third category is expected in each, 4.5 or 5.
    part, rest = [50, 50, third // 2], [50, 50, third - third // 2]
    found = reflects_whole(part, whole_of(part, rest))
    assert found.verdict == said
    assert (found.p_value is None) == (said == "too few to say")


def test_no_significant_difference_is_not_yet_a_reflection():
    # 8 points apart: the test finds nothing, and the interval reaches well past 10 points.
    found = reflects_whole([29, 21], whole_of([29, 21], [100, 100]))
    assert found.p_value > 0.05
    assert found.verdict == "not shown either way"
    assert found.reason == "a difference of 10 percentage points can't be ruled out"


def test_the_material_difference_is_the_callers_to_set():
    assert reflects_whole([200, 200], [1000, 1000], material=0.05).verdict == "not shown either way"
    assert reflects_whole([200, 200], [1000, 1000]).verdict == "reflects the whole"


def test_a_category_that_nobody_is_in_changes_no_test():
    assert reflects_whole([40, 60, 0], [500, 500, 0]).p_value == reflects_whole([40, 60], [500, 500]).p_value


@pytest.mark.parametrize(
    ("part", "everyone", "said"),
    [
        ([30, 5], [100, 4], "more in the part than in the whole"),
        ([30], [100, 4], "lengths are part 1, whole 2"),
        ([-1, 30], [100, 100], "part is -1"),
        ([], [], "allowed"),
    ],
)
def test_what_is_no_part_is_refused(part, everyone, said):
    with pytest.raises(ValueError, match=said):
        reflects_whole(part, everyone)


def test_one_category_alone_can_not_be_tested():
    with pytest.raises(RefusedError, match="nobody outside one category"):
        reflects_whole([30, 0], [100, 0])


pairs = st.lists(st.tuples(st.integers(5, 300), st.integers(5, 300)), min_size=2, max_size=6)


@given(pairs)
def test_the_rest_reflects_the_whole_just_as_the_part_does(found):
    part, rest = map(list, zip(*found, strict=True))
    one, other = reflects_whole(part, whole_of(part, rest)), reflects_whole(rest, whole_of(part, rest))
    assert one.verdict == other.verdict in VERDICTS
    assert one.p_value == pytest.approx(other.p_value)


@given(st.lists(st.integers(5, 300), min_size=2, max_size=6), st.integers(2, 9))
def test_a_part_in_the_very_proportions_never_differs(part, times):
    found = reflects_whole(part, [count * times for count in part])
    assert found.verdict != "differs from the whole"


@given(st.tuples(*[st.integers(10, 400)] * 4))
def test_with_two_categories_it_is_the_test_of_two_proportions(counts):
    a, b, c, d = counts
    found = reflects_whole([a, b], [a + c, b + d])
    if found.p_value is not None:
        assert found.p_value == pytest.approx(proportions_ztest([a, c], [a + b, c + d])[1], rel=1e-6)
