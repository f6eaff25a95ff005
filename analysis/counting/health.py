"""Health: mental health trust (D35), acute hospital (D36), primary care (D37), and the fire brigade's visits (D38)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import within
from analysis.measures.periods import Period

ASSESSMENTS = "D35.health_assessments"


def health_assessments(records: Records, period: Period, kind: str) -> pd.DataFrame:
    """Return the health assessments of looked-after children due in the period, met where in time; one that was never
    done wasn't."""
    rows = within(records[ASSESSMENTS], "due_on", period)
    rows = rows[rows["kind"] == kind]
    in_time = (rows["done_on"] <= rows["due_on"]).astype("boolean")
    return rows.assign(met=rows.filled("on_time", in_time))


@counts("initial_health_assessments_in_time", "share", needs=ASSESSMENTS, columns={"month": "due_on"})
def share_initial_health_assessments(records: Records, period: Period) -> pd.DataFrame:
    """Initial health assessments done in time, of those due in the period."""
    return health_assessments(records, period, "initial")


@counts("review_health_assessments_in_time", "share", needs=ASSESSMENTS, columns={"month": "due_on"})
def share_review_health_assessments(records: Records, period: Period) -> pd.DataFrame:
    """Review health assessments done in time, of those due in the period."""
    return health_assessments(records, period, "review")
