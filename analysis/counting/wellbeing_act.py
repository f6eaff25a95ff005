"""What the Children's Wellbeing and Schools Act 2026 asks: child protection teams (D55), family group decision-making
(D56), information shared between agencies (D57)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import latest, supplied, within
from analysis.measures.periods import Period

POSTS, ENQUIRIES, FAMILIES = "D55.posts", "D55.enquiries", "D56.families"
REQUESTS, IDENTIFIERS = "D57.requests", "D57.identifiers"
DISCIPLINES = {"social_worker", "police", "health", "education"}


@counts("child_protection_team_posts_filled", "ratio", needs=POSTS, whole_numbers=False)
def rate_team_posts_filled(records: Records, period: Period) -> pd.DataFrame:
    """Posts of each team and discipline that were filled on the last day of the period on which they were counted, of
    all its posts."""
    rows = latest(within(records[POSTS], "as_at", period), ["team", "discipline"], "as_at")
    return rows.assign(numerator=rows["filled"], denominator=rows["posts"])


@counts("team_enquiries_with_all", "share", needs=ENQUIRIES)
def share_team_enquiries_with_all(records: Records, period: Period) -> pd.DataFrame:
    """Enquiries in which social work, police, health and education all took part, of those that a team supported."""
    rows = within(records[ENQUIRIES], "started_on", period)
    return rows.assign(met=[set(said.split(";")) >= DISCIPLINES for said in rows["took_part"].fillna("")])


@counts("family_meetings_held", "events", needs=FAMILIES)
def count_family_meetings_held(records: Records, period: Period) -> pd.DataFrame:
    """Meetings held with families sent a letter in the period, by its last day, by what came of them."""
    rows = supplied(within(records[FAMILIES], "letter_on", period), "held_on")
    return rows[rows["held_on"] <= pd.Timestamp(period.end)]


@counts("family_meetings_before_application", "share", needs=FAMILIES)
def share_family_meetings_before(records: Records, period: Period) -> pd.DataFrame:
    """Families whose meeting was held before an application to court, of those sent a letter in the period for whom an
    application was made."""
    rows = supplied(within(records[FAMILIES], "letter_on", period), "held_on", "application_on")
    rows = rows[rows["application_on"].notna()]
    return rows.assign(met=rows["held_on"] < rows["application_on"])


@counts("information_answered", "share", needs=REQUESTS)
def share_information_answered(records: Records, period: Period) -> pd.DataFrame:
    """Requests answered by the last day of the period, of those made in it."""
    rows = supplied(within(records[REQUESTS], "asked_on", period), "answered_on")
    return rows.assign(met=rows["answered_on"] <= pd.Timestamp(period.end))


@counts("information_in_time", "share", needs=REQUESTS)
def share_information_in_time(records: Records, period: Period) -> pd.DataFrame:
    """Requests answered by the day asked for, of those made in the period and due by its end."""
    rows = supplied(within(records[REQUESTS], "asked_on", period), "answered_on", "due_on")
    rows = rows[rows["due_on"] <= pd.Timestamp(period.end)]
    return rows.assign(met=rows["answered_on"] <= rows["due_on"])


@counts("records_with_identifier", "ratio", needs=IDENTIFIERS)
def rate_records_with_identifier(records: Records, period: Period) -> pd.DataFrame:
    """Records of children that hold the consistent identifier, of those open on the last day counted in the period."""
    rows = latest(within(records[IDENTIFIERS], "as_at", period), "agency", "as_at")
    return rows.assign(numerator=rows["with_identifier"], denominator=rows["records"])
