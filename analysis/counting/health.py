"""Health: mental health trust (D35), acute hospital (D36), primary care (D37), and the fire brigade's visits (D38)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.measures import summed
from analysis.counting.rows import days_between, met_by, met_within, within
from analysis.measures.periods import Period

CONCERNS, CAMHS, ASSESSMENTS = "D35.concerns", "D35.camhs", "D35.health_assessments"
MONTHS, PRACTICES, VISITS = "D36.months", "D37.practices", "D38.visits"


@counts("trust_concerns", "events", needs=CONCERNS, columns={"month": "raised_on"})
def count_trust_concerns(records: Records, period: Period) -> pd.DataFrame:
    """Concerns and referrals that the mental health and community trust raised in the period."""
    return within(records[CONCERNS], "raised_on", period)


@counts("trust_concerns_answered", "share", needs=CONCERNS)
def share_trust_concerns_answered(records: Records, period: Period) -> pd.DataFrame:
    """Concerns on which the trust heard back, of those of the period whose record says."""
    return met_by(within(records[CONCERNS], "raised_on", period), "mash_feedback_received")


def camhs_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the referrals to child and adolescent mental health services received in the period."""
    return within(records[CAMHS], "received_on", period)


@counts("camhs_referrals", "events", needs=CAMHS, columns={"month": "received_on"})
def count_camhs_referrals(records: Records, period: Period) -> pd.DataFrame:
    """Referrals to child and adolescent mental health services received in the period."""
    return camhs_of(records, period)


@counts("camhs_referrals_accepted", "share", needs=CAMHS, columns={"month": "received_on"})
def share_camhs_accepted(records: Records, period: Period) -> pd.DataFrame:
    """Referrals that were accepted, of those of the period that were decided."""
    return met_by(camhs_of(records, period), "accepted")


@counts("camhs_triaged_by_next_day", "share", needs=CAMHS)
def share_camhs_triaged(records: Records, period: Period) -> pd.DataFrame:
    """Referrals triaged by the end of the day after they came, of those of the period that were triaged."""
    rows = camhs_of(records, period)
    return rows.assign(met=met_within(days_between(rows["received_on"], rows["triaged_at"]), 1))


@counts("camhs_waiting_weeks", "median", needs=CAMHS, columns={"month": "received_on"})
def average_camhs_wait(records: Records, period: Period) -> pd.DataFrame:
    """Median weeks waited, of referrals of the period that state it."""
    rows = camhs_of(records, period)
    return rows.assign(value=rows["waiting_weeks"])


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


def hospital_months(records: Records, period: Period, group: str) -> pd.DataFrame:
    """Return the hospital's rows of a patient group in the months of the period."""
    rows = within(records[MONTHS], "month", period)
    return rows[rows["patient_group"] == group]


@counts("adult_safeguarding_referrals_thh", "total", needs=MONTHS)
def count_hospital_adult_referrals(records: Records, period: Period) -> pd.DataFrame:
    """Safeguarding referrals of adults by the hospital in the period."""
    rows = hospital_months(records, period, "adult")
    return summed(rows, "referrals")


@counts("hospital_child_referrals", "total", needs=MONTHS)
def count_hospital_child_referrals(records: Records, period: Period) -> pd.DataFrame:
    """Safeguarding referrals of children by the hospital in the period."""
    rows = hospital_months(records, period, "child")
    return summed(rows, "referrals")


@counts("hospital_mental_health_presentations", "total", needs=MONTHS)
def count_mental_health_presentations(records: Records, period: Period) -> pd.DataFrame:
    """Presentations of children to the hospital for mental health in the period."""
    rows = hospital_months(records, period, "child")
    return summed(rows, "mh_presentations")


@counts("adult_ward_days_of_young_people", "total", needs=MONTHS)
def count_adult_ward_days(records: Records, period: Period) -> pd.DataFrame:
    """Days that 16 and 17 year-olds spent on adult wards in the period."""
    rows = within(records[MONTHS], "month", period)
    return summed(rows, "ward_days_16_17")


@counts("routine_enquiry_made", "ratio", needs=MONTHS)
def rate_routine_enquiry(records: Records, period: Period) -> pd.DataFrame:
    """Routine enquiries about domestic abuse made over those due, in months of the period that give both."""
    rows = within(records[MONTHS], "month", period)
    return rows.assign(numerator=rows["routine_enquiry_done"], denominator=rows["routine_enquiry_eligible"])


@counts("gp_reports_supplied", "ratio", needs=PRACTICES)
def rate_gp_reports(records: Records, period: Period) -> pd.DataFrame:
    """Reports to child protection conferences that practices gave over those asked for."""
    rows = records[PRACTICES]
    return rows.assign(numerator=rows["gp_reports_supplied"], denominator=rows["gp_reports_requested"])


@counts("gp_reports_on_time", "ratio", needs=PRACTICES)
def rate_gp_reports_on_time(records: Records, period: Period) -> pd.DataFrame:
    """Reports to child protection conferences that came in time over those given."""
    rows = records[PRACTICES]
    return rows.assign(numerator=rows["on_time"], denominator=rows["gp_reports_supplied"])


@counts("fire_safety_visits", "events", needs=VISITS, columns={"month": "completed_on"})
def count_fire_visits(records: Records, period: Period) -> pd.DataFrame:
    """Home fire safety visits done in the period."""
    return within(records[VISITS], "completed_on", period)


@counts("fire_visit_days", "median", needs=VISITS)
def average_fire_visit_days(records: Records, period: Period) -> pd.DataFrame:
    """Median days from referral to visit, of visits done in the period."""
    rows = within(records[VISITS], "completed_on", period)
    return rows.assign(value=days_between(rows["referred_on"], rows["completed_on"]))
