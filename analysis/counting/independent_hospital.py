"""The independent hospital: the counts of D39, which come already made, a measure a quarter."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import latest, within
from analysis.periods import Period

TOTALS = "D39.totals"


def measured(records: Records, period: Period, measure: str) -> pd.DataFrame:
    """Return the period's rows of one measure."""
    rows = within(records[TOTALS], "as_at", period)
    return rows[rows["measure"] == measure]


def part_of_whole(rows: pd.DataFrame, part: str, whole: str) -> pd.DataFrame:
    """Return the rows of two measures, as numerator and denominator of the day on which both were counted."""
    days = rows.pivot_table(index="as_at", columns="measure", values="value", aggfunc="first")
    days = days.reindex(columns=[part, whole]).reset_index()
    return days.rename(columns={part: "numerator", whole: "denominator"})


@counts("hospital_concerns_raised", "total", unit="concerns", needs=TOTALS)
def count_hospital_concerns(records: Records, period: Period) -> pd.DataFrame:
    """Safeguarding concerns that the hospital raised in the period."""
    return measured(records, period, "concerns")


@counts("hospital_allegations", "total", unit="cases", needs=TOTALS)
def count_hospital_allegations(records: Records, period: Period) -> pd.DataFrame:
    """Allegations against the hospital's staff in the period."""
    return measured(records, period, "allegations")


@counts("hospital_staff_trained", "ratio", needs=TOTALS)
def rate_hospital_staff_trained(records: Records, period: Period) -> pd.DataFrame:
    """Staff whose safeguarding training is up to date over staff who need it, on the last day counted in the period."""
    rows = latest(within(records[TOTALS], "as_at", period), "measure", "as_at")
    return part_of_whole(rows, "trained", "training_eligible")


@counts("hospital_supervision_done", "ratio", needs=TOTALS)
def rate_hospital_supervision(records: Records, period: Period) -> pd.DataFrame:
    """Safeguarding supervision held over supervision due, over all quarters of the period."""
    return part_of_whole(within(records[TOTALS], "as_at", period), "supervision_done", "supervision_due")
