"""Housing: cases of D47, the hazards in them and the safeguarding referrals that they led to."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import days_between, met_by, within
from analysis.measures.periods import Period

CASES = "D47.cases"


def cases_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the cases reported in the period."""
    return within(records[CASES], "reported", period)


@counts("housing_cases", "events", needs=CASES, columns={"home": "ta_or_hotel", "month": "reported"})
def count_housing_cases(records: Records, period: Period) -> pd.DataFrame:
    """Housing cases with children reported in the period."""
    return cases_of(records, period)


@counts("housing_safeguarding_referrals", "share", needs=CASES)
def share_housing_referrals(records: Records, period: Period) -> pd.DataFrame:
    """Cases that led to a safeguarding referral, of those reported in the period that say whether they did."""
    return met_by(cases_of(records, period), "safeguarding_ref")


@counts("homeless_16_17", "events", needs=CASES)
def count_homeless_16_17(records: Records, period: Period) -> pd.DataFrame:
    """Cases reported in the period about a homeless young person of sixteen or seventeen."""
    rows = cases_of(records, period)
    return rows[rows["homeless_16_17"].fillna(False).astype(bool)]


@counts("hazard_days", "median", needs=CASES)
def average_hazard_days(records: Records, period: Period) -> pd.DataFrame:
    """Median days from the report of a hazard to its repair, of those repaired in the period."""
    rows = within(records[CASES], "fixed", period)
    rows = rows[rows["hazard"].notna() & (rows["hazard"] != "none")]
    return rows.assign(value=days_between(rows["reported"], rows["fixed"]))
