"""Police: reports to the hub (D30), mental health incidents (D31), child abuse and online exploitation (D32), the teams
for exploitation and missing persons (D33)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import hours_between, within
from analysis.measures.periods import Period

REPORTS = "D30.reports"
OF_CHILDREN = " - children"
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
