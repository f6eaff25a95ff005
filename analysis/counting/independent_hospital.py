"""The independent hospital: the counts of D39, which come already made, a measure a quarter."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.measures import last_of_each, measured, part_of_whole
from analysis.counting.rows import within
from analysis.measures.periods import Period

TOTALS = "D39.totals"


@counts("hospital_concerns_raised", "total", needs=TOTALS)
def count_hospital_concerns(records: Records, period: Period) -> pd.DataFrame:
    """Safeguarding concerns that the hospital raised in the period."""
    return measured(records[TOTALS], period, "concerns")


@counts("hospital_allegations", "total", needs=TOTALS)
def count_hospital_allegations(records: Records, period: Period) -> pd.DataFrame:
    """Allegations against the hospital's staff in the period."""
    return measured(records[TOTALS], period, "allegations")


@counts("hospital_staff_trained", "ratio", needs=TOTALS)
def rate_hospital_staff_trained(records: Records, period: Period) -> pd.DataFrame:
    """Staff whose safeguarding training is up to date over staff who need it, on the last day counted in the period."""
    rows = last_of_each(records[TOTALS], period)
    return part_of_whole(rows, "trained", "training_eligible")


@counts("hospital_supervision_done", "ratio", needs=TOTALS)
def rate_hospital_supervision(records: Records, period: Period) -> pd.DataFrame:
    """Safeguarding supervision held over supervision due, over all quarters of the period."""
    return part_of_whole(within(records[TOTALS], "as_at", period), "supervision_done", "supervision_due")
