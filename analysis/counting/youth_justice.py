"""Youth justice: the counts of D41, which come already made, a measure a quarter."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.measures import summed
from analysis.counting.rows import within
from analysis.measures.periods import Period

TOTALS = "D41.totals"
MEASURES = {
    "first_time_entrants": "first-time entrants",
    "knife": "knife offences",
    "reoffend_12m": "reoffended within twelve months",
    "custody": "custodial sentences",
    "transfer_18": "moved to adult services at eighteen",
    "speech_therapy": "speech and language therapy",
}


@counts("youth_justice", "total", needs=TOTALS)
def count_youth_justice(records: Records, period: Period) -> pd.DataFrame:
    """Children of each measure, summed over the quarters of the period; one child may be in several."""
    rows = summed(within(records[TOTALS], "as_at", period), "value")
    return rows.assign(measure=rows["measure"].map(MEASURES))  # a measure that wasn't returned isn't zero
