"""What came of concluded section 42 enquiries: tables SG2 to SG4 of the Safeguarding Adults Collection.

The base of every share is all concluded enquiries, answers unknown or not recorded included, or the part of them that
the definition names. Types of abuse allow several answers for one enquiry, so that their shares may pass a hundred.
"""

import pandas as pd

from analysis.counting.adults import ENQUIRIES
from analysis.counting.definition import Records, counts
from analysis.counting.rows import supplied, within
from analysis.counting.selection import once
from analysis.measures.periods import Period

RISK_FOUND = ("risk_action", "risk_no_action")
ANSWERS = {"full": "full;met", "partial": "partial;met", "not": "not"}


@once(ENQUIRIES)
def concluded(records: Records, period: Period) -> pd.DataFrame:
    """Return the section 42 enquiries concluded in the period."""
    rows = within(records[ENQUIRIES], "enquiry_end", period)
    return rows[rows["s42_type"] == "section_42"]


@once(ENQUIRIES)
def with_result(records: Records, period: Period) -> pd.DataFrame:
    """Return the concluded enquiries that identified a risk and say what became of it."""
    rows = concluded(records, period)
    return rows[rows["risk_identified"].isin(RISK_FOUND) & rows["risk_result"].notna()]


@counts("msp_outcomes_met", "parts", needs=ENQUIRIES, columns={"msp_outcome": "answer"})
def share_msp_outcomes_met(records: Records, period: Period) -> pd.DataFrame:
    """Outcomes fully, partially or not met, of concluded enquiries whose adult was asked and expressed outcomes and
    whose answer is recorded."""
    rows = supplied(concluded(records, period), "msp_outcome")
    expressed = rows["msp_expressed"].fillna(False).astype(bool) & (rows["msp_asked"].fillna("") == "yes")
    rows = rows[expressed & rows["msp_outcome"].notna()]
    return rows.assign(answer=rows["msp_outcome"].map(ANSWERS))
