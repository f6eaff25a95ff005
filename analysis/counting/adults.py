"""Adult safeguarding concerns, and the enquiries that follow: D26, in the shape of the Safeguarding Adults Collection.

Two conversion rates go by the same name in the field. The national one counts section 42 and other enquiries over
concerns; many local reports count section 42 enquiries alone. Both set the enquiries begun in a period against the
concerns received in it, so that an enquiry need not come from one of those concerns. A third follows each concern.
"""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import is_repeat_or_flagged, look_back, supplied, where_known, within, year_before
from analysis.counting.selection import Rows
from analysis.measures.periods import Period

CONCERNS, ENQUIRIES = "D26.concerns", "D26.enquiries"
PERSON = ("age_band", "sex", "ethnicity", "primary_support")


def concerns_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the concerns received in the period."""
    return within(records[CONCERNS], "received_at", period)


def enquiries_of(records: Records, period: Period, kind: str = "") -> pd.DataFrame:
    """Return the enquiries begun in the period, of one kind or of both."""
    rows = within(records[ENQUIRIES], "enquiry_start", period)
    return rows[rows["s42_type"] == kind] if kind else rows


@counts("repeat_concerns", "share", needs=CONCERNS, columns={"month": "received_at"})
def share_repeat_concerns(records: Records, period: Period) -> pd.DataFrame:
    """Concerns about an adult with a concern in the twelve months before, of concerns whose adult is known."""
    rows = records[CONCERNS]
    repeat = is_repeat_or_flagged(records, CONCERNS, "person_pseudo", "received_at", "repeat_12m")
    return within(rows.assign(met=where_known(repeat, rows, "person_pseudo")), "received_at", period)


@counts("declined_with_later_concern", "share", needs=CONCERNS)
def share_declined_with_later_concern(records: Records, period: Period) -> pd.DataFrame:
    """Concerns of the twelve months before the period that went no further since the adult declined, about whose adult
    another came within twelve months, of all such concerns whose adult is known."""
    held = supplied(look_back(records, CONCERNS), "person_pseudo", "reason_not_progressed").to_frame()
    rows = held.dropna(subset="person_pseudo").sort_values("received_at")
    after = rows.groupby("person_pseudo")["received_at"].shift(-1)
    rows = rows.assign(met=after <= rows["received_at"] + pd.DateOffset(years=1))
    return within(rows[rows["reason_not_progressed"] == "declined"], "received_at", year_before(period))


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
