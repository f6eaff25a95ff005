"""The children's front door: contacts, referrals and assessments.

Contacts are those of D16, one a child a contact; referrals and assessments are episodes of D18, in the shape of the
children in need census.
"""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.dimensions import by_child, by_source, column_of, from_contract
from analysis.counting.events import EPISODES, events_of
from analysis.counting.rows import (
    is_repeat_or_flagged,
    met_within,
    open_at,
    supplied,
    where_known,
    within,
)
from analysis.counting.splits import Split, month_of
from analysis.counting.working_days import count_working_days
from analysis.measures.periods import Period

CONTACTS = "D16.contacts"
CHANNELS = {
    "portal": "online portal",
    "phone": "telephone",
    "email": "email",
    "police": "police",
    "in_person": "in person",
    "other": "other",
}
RECEIVED = month_of("received_at")
SOURCE = by_source(CONTACTS, "source_agency")
REFERRED = month_of("referral_date")
DISABILITY = Split("disability", "disability", {True: "disabled", False: "not disabled"}, "not known")
# Codes of factors found at assessment, by the heading that they are published under. 21 says that none was found.
FACTORS = {
    "1": "alcohol misuse",
    "2": "drug misuse",
    "3": "domestic abuse",
    "4": "mental health",
    "5": "learning disability",
    "6": "physical disability or illness",
    "7": "young carer",
    "8": "privately fostered",
    "9": "unaccompanied asylum-seeking child",
    "10": "missing",
    "11": "child sexual exploitation",
    "12": "trafficking",
    "13": "gangs",
    "14": "socially unacceptable behaviour",
    "15": "self-harm",
    "16": "neglect",
    "17": "emotional abuse",
    "18": "physical abuse",
    "19": "sexual abuse",
    "20": "other",
    "22": "female genital mutilation",
    "23": "abuse linked to faith or belief",
    "24": "child criminal exploitation",
}
NO_FACTOR = "21"
FACTOR = Split(
    "factor",
    "factors",
    {code.code: FACTORS.get(code.code.rstrip("ABCDEF"), "") for code in column_of(EPISODES, "factors").codes},
    "",
    many=True,
)


def contacts_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the contacts received in the period."""
    return within(records[CONTACTS], "received_at", period)


def referrals_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the referrals of the period, one a child."""
    return within(records[EPISODES], "referral_date", period)


def assessments_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the assessments authorised in the period."""
    return within(events_of(records, "assessments"), "assessment_end", period)


CONTACT_SPLITS = (
    Split("channel", "channel", CHANNELS, ""),
    SOURCE,
    from_contract(CONTACTS, "reason_code", "reason"),
    from_contract(CONTACTS, "outcome", "outcome"),
    *by_child(CONTACTS),
    RECEIVED,
)


@counts("contacts", "events", unit="contacts", needs=CONTACTS, by=CONTACT_SPLITS, per="children")
def count_contacts(records: Records, period: Period) -> pd.DataFrame:
    """Contacts received in the period, one for each child in each."""
    return contacts_of(records, period)


@counts("children_contacted", "people", person="child_pseudo", unit="children", needs=CONTACTS)
def count_children_contacted(records: Records, period: Period) -> pd.DataFrame:
    """Different children about whom a contact came in the period."""
    return supplied(contacts_of(records, period), "child_pseudo")


@counts("contacts_through_portal", "share", needs=CONTACTS, by=(RECEIVED,))
def share_contacts_through_portal(records: Records, period: Period) -> pd.DataFrame:
    """Contacts that came through the online portal, of all contacts."""
    rows = contacts_of(records, period)
    return rows.assign(met=rows["channel"] == "portal")


@counts("contacts_to_referral", "share", needs=CONTACTS, by=(SOURCE, RECEIVED))
def share_contacts_to_referral(records: Records, period: Period) -> pd.DataFrame:
    """Contacts that led to a referral to children's social care, of all contacts."""
    rows = contacts_of(records, period)
    return rows.assign(met=rows["outcome"] == "social_care")


@counts("contacts_to_early_help", "share", needs=CONTACTS, by=(SOURCE, RECEIVED))
def share_contacts_to_early_help(records: Records, period: Period) -> pd.DataFrame:
    """Contacts that led to early help, of all contacts."""
    rows = contacts_of(records, period)
    return rows.assign(met=rows["outcome"] == "early_help")


@counts("contacts_no_further_action", "share", needs=CONTACTS, by=(SOURCE, RECEIVED))
def share_contacts_no_further_action(records: Records, period: Period) -> pd.DataFrame:
    """Contacts that ended without action or advice, of all contacts."""
    rows = contacts_of(records, period)
    return rows.assign(met=rows["outcome"] == "no_further_action")


@counts("contact_decisions_in_time", "share", needs=CONTACTS, by=(RECEIVED,))
def share_contact_decisions_in_time(records: Records, period: Period) -> pd.DataFrame:
    """Contacts decided within one working day of the day of receipt, of those decided."""
    rows = contacts_of(records, period)
    return rows.assign(met=met_within(count_working_days(rows["received_at"], rows["decided_at"]), 1))


@counts("repeat_contacts", "share", needs=CONTACTS, by=(RECEIVED,))
def share_repeat_contacts(records: Records, period: Period) -> pd.DataFrame:
    """Contacts about a child with a contact in the twelve months before, of contacts whose child is known."""
    rows = records[CONTACTS]
    repeat = is_repeat_or_flagged(records, CONTACTS, "child_pseudo", "received_at", "repeat_12m")
    return within(rows.assign(met=where_known(repeat, rows, "child_pseudo")), "received_at", period)


@counts("contacts_with_domestic_abuse", "share", needs=CONTACTS, by=(RECEIVED,))
def share_contacts_with_domestic_abuse(records: Records, period: Period) -> pd.DataFrame:
    """Contacts with a concern about domestic abuse, of those that say whether there was one."""
    rows = contacts_of(records, period)
    return rows.assign(met=rows["domestic_abuse"])


REFERRAL_SPLITS = (by_source(EPISODES, "source"), *by_child(EPISODES), REFERRED)


@counts("referrals", "events", unit="referrals", needs=EPISODES, by=REFERRAL_SPLITS, per="children")
def count_referrals(records: Records, period: Period) -> pd.DataFrame:
    """Referrals in the period, one for each child in each."""
    return referrals_of(records, period)


@counts("children_referred", "people", person="child_pseudo", unit="children", needs=EPISODES)
def count_children_referred(records: Records, period: Period) -> pd.DataFrame:
    """Different children referred in the period."""
    return referrals_of(records, period)


@counts("re_referrals", "share", needs=EPISODES, by=REFERRAL_SPLITS[-2:])
def share_re_referrals(records: Records, period: Period) -> pd.DataFrame:
    """Referrals of a child who had been referred in the twelve months before, of all referrals."""
    rows = records[EPISODES]
    repeat = is_repeat_or_flagged(records, EPISODES, "child_pseudo", "referral_date", "rereferral_12m")
    return within(rows.assign(met=repeat), "referral_date", period)


@counts("referrals_no_further_action", "share", needs=EPISODES, by=(REFERRED,))
def share_referrals_no_further_action(records: Records, period: Period) -> pd.DataFrame:
    """Referrals that ended without further action, of those that say whether they did."""
    rows = referrals_of(records, period)
    return rows.assign(met=rows["referral_nfa"])


ASSESSED = (*by_child(EPISODES), month_of("assessment_end"))


@counts("assessments_completed", "events", unit="assessments", needs=EPISODES, by=ASSESSED, per="children")
def count_assessments_completed(records: Records, period: Period) -> pd.DataFrame:
    """Assessments authorised in the period."""
    return assessments_of(records, period)


@counts("assessments_in_time", "share", needs=EPISODES, by=ASSESSED[-2:])
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


@counts("assessment_factors", "parts", needs=EPISODES, by=(FACTOR,))
def share_assessment_factors(records: Records, period: Period) -> pd.DataFrame:
    """Assessments with a factor, of those with any factor recorded; one assessment may have several."""
    rows = supplied(assessments_of(records, period), "factors")
    return rows[rows["factors"].notna() & (rows["factors"] != NO_FACTOR)]


NEED = from_contract(EPISODES, "need_code", "primary_need")


@counts(
    "children_open_to_social_workers",
    "people",
    person="child_pseudo",
    unit="children",
    needs=EPISODES,
    by=(DISABILITY, NEED, *by_child(EPISODES)),
    at_end=True,
    monthly=True,
    per="children",
)
def count_children_open(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Different children with an episode open on the day; referrals closed without further action are no episode."""
    rows = records[EPISODES]
    return open_at(rows[~rows.filled("referral_nfa", False).astype(bool)], "referral_date", "closure_date", day)
