"""Domestic abuse: offences, disclosures, risk assessment conferences and advocates (D34)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import within
from analysis.measures.periods import Period

DISCLOSURES = "D34.disclosures"


@counts("disclosure_days", "median", needs=DISCLOSURES)
def average_disclosure_days(records: Records, period: Period) -> pd.DataFrame:
    """Median days from request to disclosure, of requests of the period that were disclosed."""
    rows = within(records[DISCLOSURES], "requested_on", period)
    return rows.assign(value=rows["days_to_disclose"].where(rows["disclosed"].fillna(False).astype(bool)))
