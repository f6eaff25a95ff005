"""Health: mental health trust (D35), acute hospital (D36), primary care (D37), and the fire brigade's visits (D38)."""

import pandas as pd

from analysis.counting.definition import Records
from analysis.counting.rows import within
from analysis.counting.selection import once
from analysis.measures.periods import Period

ASSESSMENTS = "D35.health_assessments"


@once(ASSESSMENTS)
def due_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the health assessments of looked-after children due in the period, with whether each was in time; one that
    was never done wasn't."""
    rows = within(records[ASSESSMENTS], "due_on", period)
    in_time = (rows["done_on"] <= rows["due_on"]).astype("boolean")
    return rows.assign(on_time=rows.filled("on_time", in_time))
