"""Recomputing published values: what follows exactly, what only has limits, what can't be said. Made-up figures."""

import pandas as pd
import pytest

from analysis.official.definitions import load_definitions
from tools.recompute import RECIPES, Recipe, allowed_percent, compare, recompute

SYMBOLS = load_definitions().symbols
SHARE = Recipe("share", "S", "c1", ("part",), "whole")
BANDS = Recipe("bands", "B", "c4", ("early", "soon"), "whole", ("late",))
RATE = Recipe("rate", "R", "c1", ("part",), per=10_000)


def table(level="local_authority", **cells):
    area = {"area_code": "E09000017", "area_name": "Hillingdon", "area_level": level, "year": 2024}
    return pd.DataFrame([{**area, **cells}])


def limits(recipe, people=None, **cells):
    found = recompute(recipe, table(**cells), people or {}, SYMBOLS)
    return found["low"].tolist()[0], found["high"].tolist()[0]


def test_a_share_follows_from_its_parts():
    assert limits(SHARE, part="1", whole="8") == (12.5, 12.5)


def test_a_rate_stands_on_the_population_given_for_the_year():
    assert limits(RATE, {("E09000017", 2024): 40_000}, part="200") == (50, 50)
    assert pd.isna(limits(RATE, {("E09000017", 2023): 40_000}, part="200")[0])


@pytest.mark.parametrize(("part", "whole"), [("c", "8"), ("1", "c"), ("0", "0")])
def test_nothing_follows_from_a_suppressed_cell_or_an_empty_base(part, whole):
    assert pd.isna(limits(SHARE, part=part, whole=whole)[0])


def test_where_a_band_is_suppressed_the_rest_of_the_whole_gives_it_exactly():
    assert limits(BANDS, early="c", soon="50", late="40", whole="100") == (60, 60)


def test_where_bands_on_both_sides_are_suppressed_only_limits_follow():
    assert limits(BANDS, early="c", soon="50", late="c", whole="100") == (50, 100)


def test_visible_bands_are_summed_even_where_some_durations_are_missing():
    assert limits(BANDS, early="10", soon="50", late="30", whole="100") == (60, 60)


def test_counts_of_regions_are_rounded_to_ten_so_only_limits_follow():
    low, high = limits(SHARE, level="region", part="20", whole="100")
    assert (low, high) == pytest.approx((100 * 15 / 105, 100 * 25 / 95))


def test_an_area_with_two_codes_in_a_year_keeps_the_row_with_figures():
    both = pd.concat([table(part="z", whole="z"), table(part="1", whole="4")], ignore_index=True)
    assert recompute(SHARE, both, {}, SYMBOLS)["low"].tolist() == [25]


@pytest.mark.parametrize(
    ("low", "high", "published", "result"),
    [
        (12.25, 12.25, 12.3, "agree"),
        (12.25, 12.25, 12.2, "agree"),  # a half may have been rounded either way
        (12.26, 12.26, 12.2, "differ"),
        (10.0, 20.0, 20.04, "inside"),
        (10.0, 20.0, 20.1, "outside"),
        (float("nan"), float("nan"), 20.1, "hidden"),
        (10.0, 10.0, float("nan"), "unpublished"),
    ],
)
def test_results(low, high, published, result):
    mine = table().drop(columns=["area_name"]).assign(low=low, high=high)
    tool = pd.DataFrame([{"area_code": "E09000017", "year": 2024, "value": published}])
    assert compare(mine, tool)["result"].tolist() == [result]


def test_counts_rounded_to_five_allow_an_interval():
    low, high = allowed_percent(pd.Series([285.0, 10.0]), pd.Series([335.0, 10.0]))
    assert (low[0], high[0]) == (100 * 283 / 337, 100 * 287 / 333)
    assert high[1] == 100  # no share is above its whole
    low, _ = allowed_percent(pd.Series([0.0]), pd.Series([20.0]))
    assert low[0] == 0  # nor below none


def test_at_least_six_indicators_are_recomputed_each_once():
    assert len({recipe.indicator for recipe in RECIPES}) == len(RECIPES) >= 6
