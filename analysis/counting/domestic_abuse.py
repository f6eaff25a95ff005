"""Domestic abuse: offences, disclosures, risk assessment conferences and advocates (D34)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import supplied, within
from analysis.measures.periods import Period

DISCLOSURES, MARAC = "D34.disclosures", "D34.marac"


def cases_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the cases heard in the period."""
    return within(records[MARAC], "marac_date", period)


@counts("disclosure_days", "median", needs=DISCLOSURES)
def average_disclosure_days(records: Records, period: Period) -> pd.DataFrame:
    """Median days from request to disclosure, of requests of the period that were disclosed."""
    rows = within(records[DISCLOSURES], "requested_on", period)
    return rows.assign(value=rows["days_to_disclose"].where(rows["disclosed"].fillna(False).astype(bool)))


@counts("marac_people", "parts", needs=MARAC, columns={"person": "people"})
def share_marac_people(records: Records, period: Period) -> pd.DataFrame:
    """Cases heard in the period by who the victim and the person who harms are, of those where this is recorded."""
    rows = supplied(cases_of(records, period), "people")
    return rows[rows["people"].notna()]
