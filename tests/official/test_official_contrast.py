"""A council against a wider area: when a difference may be said, and how figures show. Made-up figures."""

from datetime import date

import pytest
from msgspec.structs import replace

from analysis.measures.periods import Period
from analysis.official.contrast import contrast, shown, symbol_reason
from analysis.official.store import Published

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31), "financial_year")
OWN = Published(
    "re_referrals", "E09000017", "Hillingdon", "local_authority", YEAR, 20.0, "", 80, 400, "percent", "s", "2024", "OGL"
)
ENGLAND = replace(OWN, area_code="E92000001", area_level="country", value=30.0, numerator=30_000, denominator=100_000)


@pytest.mark.parametrize(
    ("numerator", "words"), [(80, "lower than"), (120, "no difference can be told from"), (160, "higher than")]
)
def test_a_share_is_higher_or_lower_only_where_the_interval_says_so(numerator, words):
    own = replace(OWN, numerator=numerator, value=numerator / 4)
    assert contrast(own, ENGLAND).words == words


def test_the_council_is_taken_out_of_the_area_that_holds_it():
    region = replace(ENGLAND, area_level="region", value=60.0, numerator=480, denominator=800)
    change = contrast(OWN, region).change
    assert change.before == 1  # the other 400 of the region's 800
    assert contrast(OWN, replace(region, area_level="local_authority")).change.before == 0.6


def test_rounded_counts_that_leave_nothing_to_compare_with_give_no_verdict():
    region = replace(ENGLAND, area_level="region", value=20.0, numerator=80, denominator=400)
    assert contrast(OWN, region).words == "no verdict"
    less = replace(ENGLAND, area_level="region", value=16.0, numerator=70, denominator=430)
    assert contrast(OWN, less).words == "no verdict"


def test_a_rate_of_children_counted_once_is_compared():
    rate = {"indicator": "child_protection_plans_rate", "unit": "per_10000"}
    own = replace(OWN, **rate, value=33.8, numerator=252, denominator=74_488)
    england = replace(ENGLAND, **rate, value=41.4, numerator=49_900, denominator=12_059_476)
    assert contrast(own, england).words == "lower than"


@pytest.mark.parametrize(
    ("own", "other", "reason"),
    [
        (None, ENGLAND, "a figure is not published"),
        (replace(OWN, value=None, symbol="c"), ENGLAND, "a figure is not published"),
        (replace(OWN, unit="referrals"), ENGLAND, "only shares and rates"),
        (replace(OWN, indicator="section47_rate", unit="per_10000"), ENGLAND, "counted more than once"),
        (replace(OWN, numerator=None, denominator=None), ENGLAND, "base not given"),
        (OWN, replace(ENGLAND, source="another"), "different periods or sources"),
    ],
)
def test_no_verdict_is_given_where_the_data_cannot_carry_one(own, other, reason):
    found = contrast(own, other)
    assert found.words == "no verdict"
    assert reason in found.reason


def test_a_share_whose_part_is_hidden_is_compared_by_its_base():
    hidden = replace(OWN, value=92.2, numerator=None, denominator=319)
    england = replace(ENGLAND, value=79.7, numerator=57_580, denominator=72_250)
    assert contrast(hidden, england).words == "higher than"
    assert contrast(replace(hidden, denominator=20), england).words == "no difference can be told from"


def test_few_cases_are_too_few_to_say():
    assert contrast(replace(OWN, numerator=2, denominator=9, value=22.2), ENGLAND).words == "too few to say"


@pytest.mark.parametrize(
    ("figure", "decimals", "text"),
    [
        (replace(OWN, value=1_240.0), 0, "1,240"),
        (replace(OWN, value=19.5), 1, "19.5"),
        (replace(OWN, value=0.0), 0, "0"),
        (replace(OWN, value=None, symbol="c"), 1, "[c]"),
        (replace(OWN, value=None, symbol="-"), 1, "[x]"),
        (None, 1, ""),
    ],
)
def test_a_suppressed_figure_shows_as_suppressed_and_a_zero_as_zero(figure, decimals, text):
    assert shown(figure, decimals) == text


def test_a_symbol_has_its_reason_in_words():
    assert symbol_reason(replace(OWN, value=None, symbol="c")).startswith("suppressed by the publisher")
    assert symbol_reason(OWN) == symbol_reason(None) == ""
