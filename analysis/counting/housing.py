"""Housing: cases of D47, the hazards in them and the safeguarding referrals that they led to."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import days_between, within
from analysis.measures.periods import Period

CASES = "D47.cases"


@counts("hazard_days", "median", needs=CASES)
def average_hazard_days(records: Records, period: Period) -> pd.DataFrame:
    """Median days from the report of a hazard to its repair, of those repaired in the period."""
    rows = within(records[CASES], "fixed", period)
    rows = rows[rows["hazard"].notna() & (rows["hazard"] != "none")]
    return rows.assign(value=days_between(rows["reported"], rows["fixed"]))
