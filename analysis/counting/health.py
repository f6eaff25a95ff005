"""Health: mental health trust (D35), acute hospital (D36), primary care (D37), and the fire brigade's visits (D38)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import days_between, met_within, within
from analysis.measures.periods import Period

CAMHS, ASSESSMENTS = "D35.camhs", "D35.health_assessments"
VISITS = "D38.visits"


def camhs_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the referrals to child and adolescent mental health services received in the period."""
    return within(records[CAMHS], "received_on", period)


@counts("camhs_triaged_by_next_day", "share", needs=CAMHS)
def share_camhs_triaged(records: Records, period: Period) -> pd.DataFrame:
    """Referrals triaged by the end of the day after they came, of those of the period that were triaged."""
    rows = camhs_of(records, period)
    return rows.assign(met=met_within(days_between(rows["received_on"], rows["triaged_at"]), 1))


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


@counts("fire_visit_days", "median", needs=VISITS)
def average_fire_visit_days(records: Records, period: Period) -> pd.DataFrame:
    """Median days from referral to visit, of visits done in the period."""
    rows = within(records[VISITS], "completed_on", period)
    return rows.assign(value=days_between(rows["referred_on"], rows["completed_on"]))
