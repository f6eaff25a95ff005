"""The children's front door: contacts, referrals and assessments.

Contacts are those of D16, one a child a contact; referrals and assessments are episodes of D18, in the shape of the
children in need census.
"""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.events import EPISODES, events_of
from analysis.counting.rows import (
    is_repeat_or_flagged,
    met_by,
    met_within,
    open_at,
    supplied,
    where_known,
    within,
)
from analysis.counting.working_days import count_working_days
from analysis.measures.periods import Period

CONTACTS = "D16.contacts"
NO_FACTOR = "21"


def contacts_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the contacts received in the period."""
    return within(records[CONTACTS], "received_at", period)


def referrals_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the referrals of the period, one a child."""
    return within(records[EPISODES], "referral_date", period)


def assessments_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the assessments authorised in the period."""
    return within(events_of(records, "assessments"), "assessment_end", period)


@counts(
    "contacts",
    "events",
    needs=CONTACTS,
    columns={"source": "source_agency", "reason": "reason_code", "month": "received_at"},
)
def count_contacts(records: Records, period: Period) -> pd.DataFrame:
    """Contacts received in the period, one for each child in each."""
    return contacts_of(records, period)


@counts("children_contacted", "people", person="child_pseudo", needs=CONTACTS)
def count_children_contacted(records: Records, period: Period) -> pd.DataFrame:
    """Different children about whom a contact came in the period."""
    return supplied(contacts_of(records, period), "child_pseudo")


@counts("contacts_through_portal", "share", needs=CONTACTS, columns={"month": "received_at"})
def share_contacts_through_portal(records: Records, period: Period) -> pd.DataFrame:
    """Contacts that came through the online portal, of all contacts."""
    rows = contacts_of(records, period)
    return rows.assign(met=rows["channel"] == "portal")


@counts("contacts_to_referral", "share", needs=CONTACTS, columns={"source": "source_agency", "month": "received_at"})
def share_contacts_to_referral(records: Records, period: Period) -> pd.DataFrame:
    """Contacts that led to a referral to children's social care, of all contacts."""
    rows = contacts_of(records, period)
    return rows.assign(met=rows["outcome"] == "social_care")


@counts("contacts_to_early_help", "share", needs=CONTACTS, columns={"source": "source_agency", "month": "received_at"})
def share_contacts_to_early_help(records: Records, period: Period) -> pd.DataFrame:
    """Contacts that led to early help, of all contacts."""
    rows = contacts_of(records, period)
    return rows.assign(met=rows["outcome"] == "early_help")


@counts(
    "contacts_no_further_action", "share", needs=CONTACTS, columns={"source": "source_agency", "month": "received_at"}
)
def share_contacts_no_further_action(records: Records, period: Period) -> pd.DataFrame:
    """Contacts that ended without action or advice, of all contacts."""
    rows = contacts_of(records, period)
    return rows.assign(met=rows["outcome"] == "no_further_action")


@counts("contact_decisions_in_time", "share", needs=CONTACTS, columns={"month": "received_at"})
def share_contact_decisions_in_time(records: Records, period: Period) -> pd.DataFrame:
    """Contacts decided within one working day of the day of receipt, of those decided."""
    rows = contacts_of(records, period)
    return rows.assign(met=met_within(count_working_days(rows["received_at"], rows["decided_at"]), 1))


@counts("repeat_contacts", "share", needs=CONTACTS, columns={"month": "received_at"})
def share_repeat_contacts(records: Records, period: Period) -> pd.DataFrame:
    """Contacts about a child with a contact in the twelve months before, of contacts whose child is known."""
    rows = records[CONTACTS]
    repeat = is_repeat_or_flagged(records, CONTACTS, "child_pseudo", "received_at", "repeat_12m")
    return within(rows.assign(met=where_known(repeat, rows, "child_pseudo")), "received_at", period)


@counts("contacts_with_domestic_abuse", "share", needs=CONTACTS, columns={"month": "received_at"})
def share_contacts_with_domestic_abuse(records: Records, period: Period) -> pd.DataFrame:
    """Contacts with a concern about domestic abuse, of those that say whether there was one."""
    return met_by(contacts_of(records, period), "domestic_abuse")


@counts("referrals", "events", needs=EPISODES, columns={"month": "referral_date"})
def count_referrals(records: Records, period: Period) -> pd.DataFrame:
    """Referrals in the period, one for each child in each."""
    return referrals_of(records, period)


@counts("children_referred", "people", person="child_pseudo", needs=EPISODES)
def count_children_referred(records: Records, period: Period) -> pd.DataFrame:
    """Different children referred in the period."""
    return referrals_of(records, period)


@counts("re_referrals", "share", needs=EPISODES, columns={"month": "referral_date"})
def share_re_referrals(records: Records, period: Period) -> pd.DataFrame:
    """Referrals of a child who had been referred in the twelve months before, of all referrals."""
    rows = records[EPISODES]
    repeat = is_repeat_or_flagged(records, EPISODES, "child_pseudo", "referral_date", "rereferral_12m")
    return within(rows.assign(met=repeat), "referral_date", period)


@counts("referrals_no_further_action", "share", needs=EPISODES, columns={"month": "referral_date"})
def share_referrals_no_further_action(records: Records, period: Period) -> pd.DataFrame:
    """Referrals that ended without further action, of those that say whether they did."""
    return met_by(referrals_of(records, period), "referral_nfa")


@counts("assessments_completed", "events", needs=EPISODES, columns={"month": "assessment_end"})
def count_assessments_completed(records: Records, period: Period) -> pd.DataFrame:
    """Assessments authorised in the period."""
    return assessments_of(records, period)


@counts("assessments_in_time", "share", needs=EPISODES, columns={"month": "assessment_end"})
def share_assessments_in_time(records: Records, period: Period) -> pd.DataFrame:
    """Assessments authorised within 45 working days of the referral, of all authorised in the period; a further
    assessment of a referral within 45 of its own start."""
    rows = assessments_of(records, period)
    since = rows.filled("further_start", rows["referral_date"])
    return rows.assign(met=count_working_days(since, rows["assessment_end"]) <= 45)


@counts("assessments_not_in_need", "share", needs=EPISODES)
def share_assessments_not_in_need(records: Records, period: Period) -> pd.DataFrame:
    """Assessments after which the child was found not to be in need (closed for reason RC8), of all authorised."""
    rows = assessments_of(records, period)
    return rows.assign(met=rows["closure_reason"].fillna("") == "RC8")


@counts("assessment_factors", "parts", needs=EPISODES, columns={"factor": "factors"})
def share_assessment_factors(records: Records, period: Period) -> pd.DataFrame:
    """Assessments with a factor, of those with any factor recorded; one assessment may have several."""
    rows = supplied(assessments_of(records, period), "factors")
    return rows[rows["factors"].notna() & (rows["factors"] != NO_FACTOR)]


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
