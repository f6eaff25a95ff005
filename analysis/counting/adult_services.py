"""Deprivation of liberty safeguards (D27), the council's work with adults (D28), and care providers (D29)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import days_between, within
from analysis.counting.selection import once
from analysis.measures.periods import Period

DOLS = "D27.applications"
ASSESSMENTS, REVIEWS = "D28.assessments", "D28.reviews"


@once(DOLS)
def completed_in(records: Records, period: Period) -> pd.DataFrame:
    """Return the applications completed in the period, whenever they came; a withdrawn one isn't completed."""
    rows = within(records[DOLS], "completed", period)
    return rows[rows["outcome"].fillna("") != "withdrawn"] if len(rows) else rows


@counts("dols_waiting", "events", needs=DOLS)
def count_dols_waiting(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Applications received and neither completed nor withdrawn on the day."""
    rows = records[DOLS]
    done = rows.ends("completed")
    waiting = (rows["received"] <= day) & ~(done <= day)
    return rows[waiting & ~(done.isna() & (rows.filled("outcome", "") == "withdrawn"))]


@counts("care_act_assessments_in_time", "share", needs=ASSESSMENTS, columns={"month": "done"})
def share_care_act_assessments_in_time(records: Records, period: Period) -> pd.DataFrame:
    """Care Act assessments done within 28 days of the request, of those done in the period. A local standard."""
    rows = within(records[ASSESSMENTS], "done", period)
    rows = rows[~rows.filled("mha_assessment", False).astype(bool)]
    return rows.assign(met=days_between(rows["assessment_request"], rows["done"]) <= 28)


@once(REVIEWS)
def overdue_on(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Return the reviews of care and support due before a day and not done by it."""
    rows = records[REVIEWS]
    return rows[(rows["review_due"] < day) & ~(rows["review_done"] <= day)]


@counts("annual_reviews_overdue_days", "median", needs=REVIEWS)
def average_annual_reviews_overdue_days(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Median days since they were due, of reviews of care and support that are overdue on the day."""
    rows = overdue_on(records, day)
    return rows.assign(value=(day - rows["review_due"]).dt.days)
