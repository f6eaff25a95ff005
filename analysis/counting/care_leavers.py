"""Care leavers: people of D20, as counted on a day. Those who died or returned home are out of the base of shares."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import latest, supplied
from analysis.counting.selection import once

PEOPLE = "D20.people"
NOT_COUNTED = ("DIED", "RHOM")


@once(PEOPLE)
def people_on(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Return the people of the latest count in the year up to the day."""
    rows = records[PEOPLE]
    held = rows[(rows["as_at"] <= day) & (rows["as_at"] > day - pd.DateOffset(years=1))]
    return latest(held, "person_pseudo", "as_at")


@once(PEOPLE)
def former_relevant(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Return former relevant young people of 17 to 21, those not in touch among them, by age group."""
    rows = people_on(records, day)
    rows = rows[(rows["eligibility"] == "former_relevant") & ~rows["in_touch"].fillna("").isin(NOT_COUNTED)]
    return with_age_group(rows)


def with_age_group(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of 17 to 21 year-olds with the group that the return publishes."""
    rows = rows[rows["age"].between(17, 21)]
    return rows.assign(age_group=rows["age"].le(18).map({True: "17 to 18", False: "19 to 21"}))


@counts("care_leavers_supported", "people", person="person_pseudo", needs=PEOPLE)
def count_care_leavers_supported(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Different care leavers whom the council supports."""
    rows = supplied(people_on(records, day), "supported_flag")
    rows = rows[rows["supported_flag"].fillna(False).astype(bool)]
    return rows.assign(uasc=rows["uasc"].where(rows["uasc"].fillna(False).astype(bool)))
