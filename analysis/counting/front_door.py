"""The children's front door: contacts, referrals and assessments.

Contacts are those of D16, one a child a contact; referrals and assessments are episodes of D18, in the shape of the
children in need census.
"""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.events import EPISODES, events_of
from analysis.counting.rows import is_repeat_or_flagged, open_at, supplied, where_known, within
from analysis.counting.working_days import count_working_days
from analysis.measures.periods import Period

CONTACTS = "D16.contacts"
NO_FACTOR, MANY_FACTORS = "21", 3


@counts("repeat_contacts", "share", needs=CONTACTS, columns={"month": "received_at"})
def share_repeat_contacts(records: Records, period: Period) -> pd.DataFrame:
    """Contacts about a child with a contact in the twelve months before, of contacts whose child is known."""
    rows = records[CONTACTS]
    repeat = is_repeat_or_flagged(records, CONTACTS, "child_pseudo", "received_at", "repeat_12m")
    return within(rows.assign(met=where_known(repeat, rows, "child_pseudo")), "received_at", period)


@counts("re_referrals", "share", needs=EPISODES, columns={"month": "referral_date"})
def share_re_referrals(records: Records, period: Period) -> pd.DataFrame:
    """Referrals of a child who had been referred in the twelve months before, of all referrals."""
    rows = records[EPISODES]
    repeat = is_repeat_or_flagged(records, EPISODES, "child_pseudo", "referral_date", "rereferral_12m")
    return within(rows.assign(met=repeat), "referral_date", period)


@counts("assessments_in_time", "share", needs=EPISODES, columns={"month": "assessment_end"})
def share_assessments_in_time(records: Records, period: Period) -> pd.DataFrame:
    """Assessments authorised within 45 working days of the referral, of all authorised in the period; a further
    assessment of a referral within 45 of its own start."""
    rows = within(events_of(records, "assessments"), "assessment_end", period)
    since = rows.filled("further_start", rows["referral_date"])
    return rows.assign(met=count_working_days(since, rows["assessment_end"]) <= 45)


@counts("assessments_with_three_factors", "share", needs=EPISODES)
def share_assessments_with_three_factors(records: Records, period: Period) -> pd.DataFrame:
    """Assessments with three factors or more, of those authorised in the period with any factor recorded."""
    rows = supplied(within(events_of(records, "assessments"), "assessment_end", period), "factors")
    rows = rows[rows["factors"].notna() & (rows["factors"] != NO_FACTOR)]
    return rows.assign(met=rows["factors"].str.count(";") >= MANY_FACTORS - 1)


@counts(
    "children_open_to_social_workers",
    "people",
    person="child_pseudo",
    needs=EPISODES,
    columns={"primary_need": "need_code"},
)
def count_children_open(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Different children whose case was open on the day; a referral closed without further action opens no case."""
    rows = open_at(records[EPISODES], "referral_date", "closure_date", day)
    return rows[~rows["referral_nfa"].fillna(False).astype(bool)] if len(rows) else rows
