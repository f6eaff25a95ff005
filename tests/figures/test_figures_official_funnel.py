"""A council among all councils: who is left out, whom the limits call unusual. Synthetic figures."""

from dataclasses import replace
from datetime import date

import pytest
from msgspec import structs

from analysis.figures.official_funnel import make_funnel
from analysis.measures.periods import Period
from analysis.methods.funnel import adjusted_proportion_limits, funnel_of_proportions
from analysis.official import ComparatorSet, Published

DAY = Period(date(2024, 3, 31), date(2024, 3, 31), "snapshot")


def council(place, count, base=1000.0, **changes):
    one = Published(
        "re_referrals", f"E{place}", f"Council {place}", "local_authority", DAY, 100 * count / base, "", count, base,
        "percent", "lait", "2025", "OGL",
    )  # fmt: skip
    return structs.replace(one, **changes)


def councils(*counts):
    return tuple(council(place, float(count)) for place, count in enumerate(counts, start=1))


def beside(found, own=0, unit="percent"):
    return ComparatorSet(
        "re_referrals", found[own].area_code, DAY, period=DAY, unit=unit, own=found[own], councils=found
    )


COUNTS = (180, 220, 190, 210, 200, 205, 195, 185, 215, 200)


def test_a_council_among_the_rest_is_not_unusual_and_one_far_out_is():
    made = make_funnel(beside(councils(*COUNTS, 420)))
    assert (made.verdict, made.unusual) == ("not unusual", ("Council 11",))
    assert make_funnel(beside(councils(*COUNTS, 420), own=10)).verdict == "unusually high"


def test_the_lines_are_the_adjusted_limits_in_per_cent_at_the_largest_base():
    found = councils(*COUNTS)
    funnel = funnel_of_proportions(COUNTS, [1000] * 10)
    size, lower, upper = make_funnel(beside(found)).limits["99.8% limits"][-1]
    wanted = adjusted_proportion_limits(funnel.centre, funnel.tau2, 1000, 0.998)
    assert (size, lower, upper) == (1000.0, pytest.approx(100 * wanted[0]), pytest.approx(100 * wanted[1]))


def test_rates_have_their_limits_by_the_people_that_the_rate_is_of():
    people = tuple(
        structs.replace(one, value=10 * one.value, denominator=10_000.0, unit="per_10000") for one in councils(*COUNTS)
    )
    made = make_funnel(beside(people, unit="per_10000"))
    assert made.centre == pytest.approx(200)
    assert all(lower < 200 < upper for rows in made.limits.values() for _, lower, upper in rows)


def test_a_hidden_council_is_left_out_and_counted():
    hidden = council(11, 10.0, value=None, symbol="c", numerator=None)
    made = make_funnel(beside((*councils(*COUNTS), hidden)))
    assert (len(made.areas), made.left_out) == (10, 1)


def test_under_ten_councils_or_without_its_own_figure_there_is_no_funnel():
    assert make_funnel(beside(councils(*COUNTS[:9]))) is None
    found = councils(*COUNTS, 200)
    own = structs.replace(found[0], numerator=None)
    assert make_funnel(replace(beside((own, *found[1:])), own=own)) is None
    assert make_funnel(replace(beside(found), own=None)) is None


def test_the_lines_begin_where_a_very_small_council_does_not_dwarf_the_others():
    made = make_funnel(beside((*councils(*COUNTS), council(11, 0.0, 3.0))))
    assert max(upper for rows in made.limits.values() for _, _, upper in rows) < 60
