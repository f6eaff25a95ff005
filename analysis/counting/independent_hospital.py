"""The independent hospital: the counts of D39, which come already made, a measure a quarter."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.measures import last_of_each, part_of_whole
from analysis.measures.periods import Period

TOTALS = "D39.totals"


@counts("hospital_staff_trained", "ratio", needs=TOTALS)
def rate_hospital_staff_trained(records: Records, period: Period) -> pd.DataFrame:
    """Staff whose safeguarding training is up to date over staff who need it, on the last day counted in the period."""
    rows = last_of_each(records[TOTALS], period)
    return part_of_whole(rows, "trained", "training_eligible")
