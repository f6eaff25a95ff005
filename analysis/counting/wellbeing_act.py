"""What the Children's Wellbeing and Schools Act 2026 asks: child protection teams (D55), family group decision-making
(D56), information shared between agencies (D57)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import supplied, within
from analysis.measures.periods import Period

ENQUIRIES, FAMILIES = "D55.enquiries", "D56.families"
REQUESTS = "D57.requests"
DISCIPLINES = {"social_worker", "police", "health", "education"}


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


@counts("information_in_time", "share", needs=REQUESTS)
def share_information_in_time(records: Records, period: Period) -> pd.DataFrame:
    """Requests answered by the day asked for, of those made in the period and due by its end."""
    rows = supplied(within(records[REQUESTS], "asked_on", period), "answered_on", "due_on")
    rows = rows[rows["due_on"] <= pd.Timestamp(period.end)]
    return rows.assign(met=rows["answered_on"] <= rows["due_on"])
