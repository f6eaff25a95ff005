"""Health of children looked after for twelve months or more, and their part in reviews (D19)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.looked_after import EPISODES, looked_after_on, starts_of
from analysis.counting.rows import look_up, supplied
from analysis.counting.selection import once

SCHOOL_AGE = ("5-9", "10-15", "16-17")


@once(EPISODES)
def looked_after_a_year(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Return the children looked after on the day and for twelve months without a break.

    A child without a start in the records came into care before the oldest episode held."""
    rows = looked_after_on(records, day)
    begun = look_up(rows["child_pseudo"], starts_of(records, day, ("S",))["start"])
    return rows[begun <= day - pd.DateOffset(years=1)]


def checked_in_year(rows: pd.DataFrame, column: str, day: pd.Timestamp) -> pd.Series:
    """Return whether a date lies in the twelve months up to the day."""
    return (rows[column] > day - pd.DateOffset(years=1)) & (rows[column] <= day)


@counts("health_assessments_of_year", "share", needs=EPISODES, columns={"location": "in_borough"})
def share_health_assessments(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Children whose health was assessed within twelve months, of those looked after for twelve months."""
    rows = supplied(looked_after_a_year(records, day), "health_assess_date")
    return rows.assign(met=checked_in_year(rows, "health_assess_date", day))


@once(EPISODES)
def school_age(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Return the children of age bands from 5 to 17 looked after for twelve months on the day."""
    rows = looked_after_a_year(records, day)
    return rows[rows["age_band"].isin(SCHOOL_AGE)]


@counts("review_participation", "share", needs=EPISODES, columns={"location": "in_borough"})
def share_review_participation(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Children of four or over whose views reached their review (PN1 to PN6 but PN4), of those with a code but PN0."""
    rows = old_enough_for_review(records, day)
    code = rows["review_participation_code"]
    return rows.assign(met=(~code.isin(["PN4", "PN7"])).astype("boolean").mask(code.isna()))


@once(EPISODES)
def old_enough_for_review(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Return the children looked after on a day who were not too young to take part in their review."""
    rows = looked_after_on(records, day)
    return rows[rows["review_participation_code"].fillna("") != "PN0"]
