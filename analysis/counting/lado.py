"""Allegations about adults who work with children: contacts to the designated officer (D23)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import within
from analysis.counting.selection import once
from analysis.measures.periods import Period

CONTACTS = "D23.contacts"
MONTHS_TO_CONCLUDE = {"1": "one month", "3": "three months", "12": "twelve months"}


def contacts_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the contacts received in the period."""
    return within(records[CONTACTS], "received_on", period)


def allegations(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the contacts that met the harm threshold."""
    return rows[rows["threshold_met"].fillna(False).astype(bool)]


@once(CONTACTS)
def concluded_in(records: Records, period: Period) -> pd.DataFrame:
    """Return the allegations concluded in the period, whenever they came."""
    rows = within(allegations(records[CONTACTS]), "outcome_date", period)
    return rows[rows["outcome"].fillna("ongoing") != "ongoing"]


def open_on(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Return the allegations received and not concluded on the day."""
    rows = allegations(records[CONTACTS])
    concluded = (rows.ends("outcome_date") <= day) & (rows["outcome"].fillna("ongoing") != "ongoing")
    return rows[(rows["received_on"] <= day) & ~concluded]


@counts("lado_outcomes", "events", needs=CONTACTS)
def count_lado_outcomes(records: Records, period: Period) -> pd.DataFrame:
    """Contacts of the period that met the threshold, by what was found by its last day, or still open."""
    rows = allegations(contacts_of(records, period))
    still_open = ~(rows["outcome_date"] <= pd.Timestamp(period.end))
    return rows.assign(outcome=rows["outcome"].mask(still_open, "ongoing"))


@counts("lado_substantiated_rate", "share", needs=CONTACTS)
def share_lado_substantiated(records: Records, period: Period) -> pd.DataFrame:
    """Substantiated allegations, of all contacts of the period."""
    rows = contacts_of(records, period)
    concluded = (rows["outcome_date"] <= pd.Timestamp(period.end)) & rows["threshold_met"].fillna(False)
    return rows.assign(met=concluded & (rows["outcome"].fillna("") == "substantiated"))


@counts("lado_open_cases", "events", needs=CONTACTS)
def count_lado_open_cases(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Allegations not concluded on the day, by whether they came in the twelve months before it, where the return
    tells of any older one; the stage of those that did."""
    rows, year_ago = open_on(records, day), day - pd.DateOffset(years=1)
    carried = (rows["received_on"] <= year_ago) | (rows.filled("carried_over_from", "") != "")
    if rows.is_supplied("carried_over_from") or (records[CONTACTS]["received_on"] <= year_ago).any():
        rows = rows.assign(origin=carried.map({True: "carried", False: "new"}))
    return rows.assign(stage=rows["strand"].mask(carried)) if rows.is_supplied("strand") else rows


@counts("lado_open_days", "median", needs=CONTACTS)
def average_lado_open_days(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Median days from receipt to the day, of allegations not concluded on it."""
    rows = open_on(records, day)
    return rows.assign(value=(day - rows["received_on"]).dt.days)


@counts("lado_concluded_in_time", "parts", needs=CONTACTS)
def share_lado_concluded_in_time(records: Records, period: Period) -> pd.DataFrame:
    """Allegations concluded within one, three and twelve months of receipt, of all concluded in the period."""
    rows = concluded_in(records, period)
    said = pd.Series("", index=rows.index)
    for months in MONTHS_TO_CONCLUDE:
        limit = rows["received_on"] + pd.DateOffset(months=int(months))
        said = said.where(rows["outcome_date"] > limit, said + ";" + months)
    said = said.str.removeprefix(";")
    return rows.assign(within=said.mask(said == ""))


@counts("lado_meetings", "total", needs=CONTACTS)
def count_lado_meetings(records: Records, period: Period) -> pd.DataFrame:
    """First meetings held in the period and the meetings that followed them."""
    rows = within(records[CONTACTS], "initial_meeting_date", period)
    return rows.assign(value=1 + rows["review_meetings"].fillna(0))
