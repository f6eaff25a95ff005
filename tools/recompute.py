"""Recomputing the interactive tool's values from the tables that they come from, for every council and year."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.official.cells import read_numbers, split_cells, sum_bands

KEY = ["area_code", "year"]
HALF_A_STEP = 0.05 + 1e-9  # values are published to one decimal
ASCOF_ROUNDING = 5
TOTAL_ROUNDING = 10


@dataclass(frozen=True)
class Recipe:
    """How a value of the tool (`measure`) follows from a table: `per` times the sum of `parts` over `whole`.

    Without `whole` the base is the population aged 0 to 17. `beyond` are the parts that make up the rest of
    the whole; where a part is suppressed and none of those is, they give the sum exactly.
    """

    indicator: str
    measure: str
    table: str
    parts: tuple[str, ...]
    whole: str = ""
    beyond: tuple[str, ...] = ()
    per: int = 100


WITHIN_45 = ("Same_day", "1-10_days", "11-20_days", "21-30_days", "31-40_days", "41-45_days")
BEYOND_45 = ("46-50_days", "51-60_days", "61+_days")
WITHIN_15 = ("Duration_0-10_days", "Duration_11-15_days")
BEYOND_15 = ("Duration_16-20_days", "Duration_21+_days")
RECIPES = (
    Recipe("re_referrals", "ReReferral", "c1", ("Re_referrals",), "Referrals"),
    Recipe("referrals_no_further_action", "CIN_Refferals_NFA", "c1", ("No_Further_Action",), "Referrals"),
    Recipe("referrals_not_in_need", "Referrals_AssessedNotNeed", "c1", ("Not_in_Need",), "Referrals"),
    Recipe("referrals_rate", "CPP_Total_Rateper10,000", "c1", ("Referrals",), per=10_000),
    Recipe("assessments_within_45_days", "Continue_Assess_Comp", "c2", WITHIN_45, "Assessments_completed", BEYOND_45),
    Recipe("section47_rate", "Section_47", "c4", ("Section47",), per=10_000),
    Recipe("initial_conferences_rate", "ISCP_Conf", "c4", ("ICPC",), per=10_000),
    Recipe("initial_conferences_within_15_days", "CP_conf_15days", "c4", WITHIN_15, "ICPC", BEYOND_15),
    Recipe("child_protection_plans_rate", "CPP_rate", "d1", ("CPP_At31",), per=10_000),
    Recipe("child_protection_plans_started_rate", "CPP_Abuse_Rate", "d1", ("CPP_start",), per=10_000),
    Recipe("child_protection_plans_ended_rate", "DeRegCPR", "d1", ("CPP_end",), per=10_000),
    Recipe("repeat_child_protection_plans", "PrevRegCPR", "d3", ("CPP_subsequent",), "CPP_start"),
    Recipe("child_protection_plans_2_years", "CPPlans2yrsActive", "d5", ("2_years_or_more",), "CPP_At31"),
    Recipe("child_protection_reviews_in_time", "RevCP", "d6", ("Reviewed_within_timescales",), "CPP_At31_3Months"),
    Recipe("child_protection_plans_ended_2_years", "CPPlans2yrs", "d7", ("2_years_or_more",), "CPP_End"),
)


def recompute(
    recipe: Recipe, table: pd.DataFrame, population: Mapping[tuple[str, int], float], symbols: Mapping[str, str]
) -> pd.DataFrame:
    """Return area_code, area_level, year, low and high: the value, or the limits that suppressed cells allow.

    `low` equals `high` where the value follows exactly; both are NaN where the whole isn't known. Visible
    parts alone are never summed as if a suppressed one were nothing. Counts of regions and England are
    rounded to ten, so theirs are always limits. An area with two codes in a year keeps the row with figures.
    """
    parts, beyond = (read_numbers(table, columns, symbols) for columns in (recipe.parts, recipe.beyond))
    whole = _whole(recipe, table, population, symbols)
    least, most = sum_bands(parts, beyond, whole)
    where = table[["area_code", "area_name", "area_level", "year"]]
    slack = table["area_level"].ne("local_authority") * TOTAL_ROUNDING / 2
    wider = slack if recipe.whole else 0
    whole = whole.where(whole.gt(0))
    low = (least - slack * len(recipe.parts)) / (whole + wider)
    found = where.assign(low=low * recipe.per, high=(most + slack * len(recipe.parts)) / (whole - wider) * recipe.per)
    return found.sort_values("low", kind="stable", na_position="last").drop_duplicates(KEY)


def _whole(recipe: Recipe, table: pd.DataFrame, population, symbols: Mapping[str, str]) -> pd.Series:
    if recipe.whole:
        return split_cells(table[recipe.whole], symbols, recipe.whole)[0]
    people = [population.get(key) for key in table[KEY].itertuples(index=False, name=None)]
    return pd.Series(people, index=table.index, dtype="float64")


def compare(mine: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of both with `result`: agree, differ, inside, outside, hidden or unpublished.

    inside and outside: the value can't be recomputed since cells are suppressed, and the published one lies
    within or beyond what they allow. hidden: nothing can be said. unpublished: the tool gives no value.
    """
    both = mine.merge(published, on=KEY, validate="one_to_one")
    exact = both["high"].sub(both["low"]).abs().lt(1e-9)
    fits = both["value"].ge(both["low"] - HALF_A_STEP) & both["value"].le(both["high"] + HALF_A_STEP)
    result = pd.Series("hidden", index=both.index)
    result = result.mask(both["low"].notna(), fits.map({True: "inside", False: "outside"}))
    result = result.mask(exact, fits.map({True: "agree", False: "differ"}))
    return both.assign(result=result.mask(both["value"].isna(), "unpublished"))


def allowed_percent(numerator: pd.Series, denominator: pd.Series) -> tuple[pd.Series, pd.Series]:
    """Return the least and greatest percentage whose counts, rounded to the nearest five, are those published."""
    slack = (ASCOF_ROUNDING - 1) // 2
    low = 100 * (numerator - slack).clip(lower=0) / (denominator + slack)
    high = 100 * ((numerator + slack) / (denominator - slack).clip(lower=1)).clip(upper=1)
    return low, high
