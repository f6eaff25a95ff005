"""Adult safeguarding concerns, and the enquiries that follow: D26, in the shape of the Safeguarding Adults Collection.

Two conversion rates go by the same name in the field. The national one counts section 42 and other enquiries over
concerns; many local reports count section 42 enquiries alone. Both set the enquiries begun in a period against the
concerns received in it, so that an enquiry need not come from one of those concerns. A third follows each concern.
"""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import (
    days_between,
    is_repeat_or_flagged,
    look_back,
    met_within,
    supplied,
    where_known,
    within,
)
from analysis.counting.selection import Rows
from analysis.counting.working_days import count_working_days
from analysis.measures.periods import Period

CONCERNS, ENQUIRIES = "D26.concerns", "D26.enquiries"
LED_TO_ENQUIRY = ("section_42", "other_enquiry")
PERSON = ("age_band", "sex", "ethnicity", "primary_support")


def concerns_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the concerns received in the period."""
    return within(records[CONCERNS], "received_at", period)


def enquiries_of(records: Records, period: Period, kind: str = "") -> pd.DataFrame:
    """Return the enquiries begun in the period, of one kind or of both."""
    rows = within(records[ENQUIRIES], "enquiry_start", period)
    return rows[rows["s42_type"] == kind] if kind else rows


def decided(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the concerns for which triage has decided."""
    return rows[rows["triage_outcome"].notna() & (rows["triage_outcome"] != "pending")]


@counts("repeat_concerns", "share", needs=CONCERNS, columns={"month": "received_at"})
def share_repeat_concerns(records: Records, period: Period) -> pd.DataFrame:
    """Concerns about an adult with a concern in the twelve months before, of concerns whose adult is known."""
    rows = records[CONCERNS]
    repeat = is_repeat_or_flagged(records, CONCERNS, "person_pseudo", "received_at", "repeat_12m")
    return within(rows.assign(met=where_known(repeat, rows, "person_pseudo")), "received_at", period)


@counts("concerns_triaged_in_time", "share", needs=CONCERNS, columns={"month": "received_at"})
def share_concerns_triaged_in_time(records: Records, period: Period) -> pd.DataFrame:
    """Concerns triaged within one working day of the day of receipt, of those triaged. A local standard."""
    rows = concerns_of(records, period)
    return rows.assign(met=met_within(count_working_days(rows["received_at"], rows["triaged_at"]), 1))


@counts("concern_triage_working_days", "median", needs=CONCERNS)
def average_concern_triage_days(records: Records, period: Period) -> pd.DataFrame:
    """Median working days from receipt to triage of concerns received in the period and triaged."""
    rows = concerns_of(records, period)
    return rows.assign(value=count_working_days(rows["received_at"], rows["triaged_at"]))


@counts("concerns_leading_to_enquiry", "share", needs=CONCERNS, columns={"month": "received_at"})
def share_concerns_leading_to_enquiry(records: Records, period: Period) -> pd.DataFrame:
    """Concerns that triage passed to a section 42 or other enquiry, of concerns of the period that were decided."""
    rows = decided(concerns_of(records, period))
    return rows.assign(met=rows["triage_outcome"].isin(LED_TO_ENQUIRY))


@counts("concerns_not_progressed", "events", needs=CONCERNS, columns={"reason": "reason_not_progressed"})
def count_concerns_not_progressed(records: Records, period: Period) -> pd.DataFrame:
    """Concerns of the period for which triage decided on no enquiry, by reason."""
    rows = supplied(concerns_of(records, period), "triage_outcome")
    return rows[rows["triage_outcome"] == "no_enquiry"]


@counts("adults_in_section42_enquiries", "people", person="person_pseudo", needs=(ENQUIRIES, CONCERNS))
def count_adults_in_section42_enquiries(records: Records, period: Period) -> pd.DataFrame:
    """Different adults in section 42 enquiries begun in the period; who they are is read from the concern,
    which may be of the year before."""
    rows = supplied(enquiries_of(records, period, "section_42"), "person_pseudo")
    about = look_back(records, CONCERNS)[["concern_id", *PERSON]].set_index("concern_id")
    return Rows.of(rows.join(about, on="concern_id"))


def over_concerns(enquiries: pd.DataFrame, concerns: pd.DataFrame) -> pd.DataFrame:
    """Return the number of enquiries and of concerns as one row."""
    return pd.DataFrame({"numerator": [float(len(enquiries))], "denominator": [float(len(concerns))]})


@counts("concern_to_enquiry_conversion", "ratio", needs=(CONCERNS, ENQUIRIES))
def rate_conversion_national(records: Records, period: Period) -> pd.DataFrame:
    """Section 42 and other enquiries begun over concerns received, as in the national statistics."""
    return over_concerns(enquiries_of(records, period), concerns_of(records, period))


@counts("concern_to_section42_conversion", "ratio", needs=(CONCERNS, ENQUIRIES))
def rate_conversion_section42(records: Records, period: Period) -> pd.DataFrame:
    """Section 42 enquiries alone begun over concerns received, as many local reports have it."""
    return over_concerns(enquiries_of(records, period, "section_42"), concerns_of(records, period))


@counts("section42_enquiry_days", "median", needs=ENQUIRIES, columns={"month": "enquiry_end"})
def average_enquiry_days(records: Records, period: Period) -> pd.DataFrame:
    """Median days from the start to the end of section 42 enquiries concluded in the period."""
    rows = within(records[ENQUIRIES], "enquiry_end", period)
    rows = rows[rows["s42_type"] == "section_42"]
    return rows.assign(value=days_between(rows["enquiry_start"], rows["enquiry_end"]))
