"""Police: reports to the hub (D30), mental health incidents (D31), child abuse and online exploitation (D32), the teams
for exploitation and missing persons (D33)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import hours_between, latest, within
from analysis.measures.periods import Period

REPORTS, OFFENCES = "D30.reports", "D32.offences"
RESOURCES = "D33.resources"
OF_CHILDREN = " - children"
POSITIVE = ("charged", "caution", "community_resolution")
DISCONTINUED = ("evidential", "victim_does_not_support")
HOURS = 24


def reports_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the reports made in the period."""
    return within(records[REPORTS], "created", period)


@counts("police_mash_reports", "events", needs=REPORTS, columns={"risk_grade": "grades", "month": "created"})
def count_police_reports(records: Records, period: Period) -> pd.DataFrame:
    """Reports to the hub made in the period; those about children are also counted apart in each grade."""
    rows = reports_of(records, period)
    grade = rows["grade"].str.upper()
    return rows.assign(grades=grade.where(rows["subject"] != "child", grade + ";" + grade + OF_CHILDREN))


@counts("police_mash_processed_in_time", "share", needs=REPORTS, columns={"risk_grade": "grade", "month": "created"})
def share_police_reports_in_time(records: Records, period: Period) -> pd.DataFrame:
    """Reports that the hub had processed within 24 hours of having them, of all of the period that it had."""
    rows = reports_of(records, period)
    rows = rows[rows["received_by_mash"].notna()]
    return rows.assign(met=(hours_between(rows["received_by_mash"], rows["processed_at"]) <= HOURS))


@counts("police_mash_hours", "median", needs=REPORTS, columns={"risk_grade": "grade"})
def average_police_report_hours(records: Records, period: Period) -> pd.DataFrame:
    """Median hours from the hub's having a report to its being processed, of reports of the period processed."""
    rows = reports_of(records, period)
    return rows.assign(value=hours_between(rows["received_by_mash"], rows["processed_at"]))


@counts("police_reports_incomplete", "share", needs=REPORTS, columns={"month": "created"})
def share_police_reports_incomplete(records: Records, period: Period) -> pd.DataFrame:
    """Reports with a mandatory field left empty, of those of the period whose record says."""
    rows = reports_of(records, period)
    return rows.assign(met=(rows["missing_fields"] > 0).astype("boolean"))


def offences_of(records: Records, period: Period, team: str) -> pd.DataFrame:
    """Return the offences that a team recorded in the period."""
    rows = within(records[OFFENCES], "recorded_on", period)
    return rows[rows["team"] == team]


@counts("cait_positive_outcomes", "share", needs=OFFENCES)
def share_cait_positive_outcomes(records: Records, period: Period) -> pd.DataFrame:
    """Offences ended in a charge, caution or community resolution, of those whose outcome fell in the period."""
    rows = closed_in(records, period)
    return rows.assign(met=rows["outcome_code"].isin(POSITIVE))


def closed_in(records: Records, period: Period) -> pd.DataFrame:
    """Return the child abuse investigation team's offences whose outcome fell in the period."""
    rows = within(records[OFFENCES], "outcome_on", period)
    return rows[(rows["team"] == "cait") & (rows["outcome_code"].fillna("open") != "open")]


@counts("cait_discontinued", "share", needs=OFFENCES)
def share_cait_discontinued(records: Records, period: Period) -> pd.DataFrame:
    """Offences ended since evidence or the victim's support was lacking, of those whose outcome fell in the period."""
    rows = closed_in(records, period)
    return rows.assign(met=rows["outcome_code"].isin(DISCONTINUED))


def teams_at_end(records: Records, period: Period) -> pd.DataFrame:
    """Return each exploitation or missing persons team's last row of the period."""
    return latest(within(records[RESOURCES], "as_at", period), "team", "as_at")


@counts("exploitation_posts_filled", "ratio", needs=RESOURCES, whole_numbers=False)
def rate_exploitation_posts_filled(records: Records, period: Period) -> pd.DataFrame:
    """Filled over all posts of the teams for exploitation and missing persons, on the last day counted."""
    rows = teams_at_end(records, period)
    return rows.assign(numerator=rows["in_post"], denominator=rows["posts"])
