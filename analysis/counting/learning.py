"""Reviews (D07, D42), recommendations (D08), audits (D09, D10) and self-assessments (D11)."""

import numpy as np
import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import days_between, latest, look_back, supplied, within
from analysis.counting.selection import Rows, once
from analysis.counting.working_days import count_working_days
from analysis.measures.periods import Period

REVIEWS, RECOMMENDATIONS = "D07.reviews", "D08.recommendations"
AUDITS, GRADES, STANDARDS = "D09.audits", "D10.grades", "D11.standards"
FINISHED = ("done", "closed_not_done")
SELF_GRADES = ("met", "partly_met", "not_met")
RAPID_REVIEW_DAYS = 15


def reviews_of(records: Records, kind: str) -> pd.DataFrame:
    """Return the reviews of a kind, referrals for one included."""
    rows = records[REVIEWS]
    return rows[rows["type"] == kind]


@counts("rapid_reviews_in_time", "share", needs=REVIEWS)
def share_rapid_reviews_in_time(records: Records, period: Period) -> pd.DataFrame:
    """Rapid reviews completed within 15 working days of the notification, of those held in the period. Where the
    agency's own number of days is missing, the day of the meeting stands for completion."""
    rows = rapid_reviews_of(records[REVIEWS], period)
    return rows.assign(met=rows["value"] <= RAPID_REVIEW_DAYS)


def rapid_reviews_of(reviews: Rows, period: Period) -> pd.DataFrame:
    """Return the rapid reviews held in a period, with the working days that each took from its notification."""
    rows = within(reviews[reviews["type"] == "rapid_review"], "rr_held_on", period)
    counted = count_working_days(rows["notified_on"], rows["rr_held_on"])
    return rows.assign(value=rows.filled("working_days", np.nan).astype(float).fillna(counted))


@counts("rapid_review_working_days", "median", needs=REVIEWS)
def average_rapid_review_days(records: Records, period: Period) -> pd.DataFrame:
    """Median working days from notification to completion of rapid reviews held in the five years to the end of the
    period: so few are held in one that their days could not be shown."""
    return rapid_reviews_of(look_back(records, REVIEWS), five_years_to(period))


@counts("review_days", "median", needs=REVIEWS)
def average_review_days(records: Records, period: Period) -> pd.DataFrame:
    """Median days from start to completion of reviews of every kind completed in the five years to the end of the
    period."""
    rows = within(look_back(records, REVIEWS), "completed_on", five_years_to(period))
    return rows.assign(value=days_between(rows["start"], rows["completed_on"]))


@once(REVIEWS)
def reviews_referred(records: Records, period: Period) -> Rows:
    """Return the reviews referred in the five years to the end of a period."""
    return within(look_back(records, REVIEWS), "notified_on", five_years_to(period))


def five_years_to(period: Period) -> Period:
    """Return the five years that end with a period."""
    return Period((pd.Timestamp(period.end) - pd.DateOffset(years=5, days=-1)).date(), period.end, "other")


@counts("sar_referrals_meeting_criteria", "events", needs=REVIEWS)
def count_sar_referrals_meeting_criteria(records: Records, period: Period) -> pd.DataFrame:
    """Referrals for a safeguarding adults review received in the period, decided and found to meet the criteria."""
    rows = supplied(within(reviews_of(records, "sar"), "notified_on", period), "criteria_met")
    decided = rows["decision"].fillna("pending") != "pending"
    return rows[decided & rows["criteria_met"].fillna(False).astype(bool)]


@once(RECOMMENDATIONS)
def outstanding(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Return the recommendations made by the day and neither done nor closed by then."""
    rows = records[RECOMMENDATIONS]
    finished = rows["status"].isin(FINISHED) & ~(rows.ends("completed_on") > day)
    return rows[~(rows["made_on"] > day) & ~finished]


@counts("recommendations_overdue", "share", needs=RECOMMENDATIONS)
def share_recommendations_overdue(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Recommendations whose day was past, of those open on the day that have one."""
    rows = outstanding(records, day)
    return rows.assign(met=(rows["due_date"] < day).astype("boolean").mask(rows["due_date"].isna()))


@counts("recommendations_completed_in_time", "share", needs=RECOMMENDATIONS)
def share_recommendations_in_time(records: Records, period: Period) -> pd.DataFrame:
    """Recommendations done by their day, of those due in the period; some were done the year before."""
    rows = within(look_back(records, RECOMMENDATIONS), "due_date", period)
    return rows.assign(met=(rows["status"] == "done") & (rows["completed_on"] <= rows["due_date"]))


@counts("recommendations_with_measure", "share", needs=RECOMMENDATIONS)
def share_recommendations_with_measure(records: Records, period: Period) -> pd.DataFrame:
    """Recommendations that name what will show their effect, of those made in the period."""
    rows = supplied(within(records[RECOMMENDATIONS], "made_on", period), "impact_measure")
    return rows.assign(met=rows.filled("impact_measure", "") != "")


def audits_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the audits that reported in the period."""
    return within(records[AUDITS], "report_date", period)


@counts("multiagency_audits", "events", needs=AUDITS)
def count_multiagency_audits(records: Records, period: Period) -> pd.DataFrame:
    """Audits that asked two agencies or more and reported in the period."""
    rows = supplied(audits_of(records, period), "agencies_requested")
    return rows[(rows["agencies_requested"] > 1).fillna(False).astype(bool)]


@once(GRADES, AUDITS)
def grades_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the answers graded in audits that reported in the period; moderation overrides the auditor."""
    rows = Rows.of(records[GRADES].merge(audits_of(records, period)[["audit_id"]], on="audit_id"))
    return rows.assign(first=rows["grade"], grade=rows.filled("moderated_grade", rows["grade"]))


@counts("audit_grades_upheld", "share", needs=(GRADES, AUDITS))
def share_audit_grades_upheld(records: Records, period: Period) -> pd.DataFrame:
    """Answers that a second reader graded as the first had done, of those that both graded in audits that reported in
    the period."""
    rows = supplied(grades_of(records, period), "moderated_grade")
    rows = rows[rows["moderated_grade"].notna() & ~rows["first"].isin(["not_applicable"])]
    return rows.assign(met=rows["first"] == rows["moderated_grade"])


@once(STANDARDS)
def standards_of(records: Records, period: Period) -> pd.DataFrame:
    """Return each body's latest answer on each standard in the period."""
    rows = within(records[STANDARDS], "returned_on", period)
    return latest(rows, ["body_id", "type", "standard_no"], "returned_on")


@counts("self_assessment_standards_met", "share", needs=STANDARDS)
def share_standards_met(records: Records, period: Period) -> pd.DataFrame:
    """Standards that the body itself graded as met, of all that it graded in self-assessments of the period."""
    rows = standards_of(records, period)
    rows = rows[rows["self_grade"].isin(SELF_GRADES)]
    number = rows["standard_no"].astype("str")
    number = number.where(number.str.fullmatch(r"\d{1,2}"), "without a number")  # any other text might be anything
    return rows.assign(met=rows["self_grade"] == "met", standard=number)


@counts("self_assessment_lowered", "share", needs=STANDARDS)
def share_self_assessment_lowered(records: Records, period: Period) -> pd.DataFrame:
    """Standards that the partnership graded lower than the body did, of those that both graded in self-assessments
    returned in the period."""
    rows = standards_of(records, period)
    both = rows[rows["self_grade"].isin(SELF_GRADES) & rows["moderated_grade"].isin(SELF_GRADES)]
    own, moderated = (both[name].map(SELF_GRADES.index) for name in ("self_grade", "moderated_grade"))
    return both.assign(met=moderated > own)  # the best grade stands first
