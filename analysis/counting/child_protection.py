"""Section 47 enquiries, conferences and child protection plans: episodes of D18, in the shape of the census."""

import numpy as np
import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.events import EPISODES, events_of
from analysis.counting.rows import days_between, latest, met_by, met_within, open_at, within
from analysis.counting.selection import once
from analysis.counting.working_days import count_working_days
from analysis.measures.periods import Period

TWO_YEARS = 730  # days: the census counts a plan of more than 729 as one of two years
DURATIONS = {
    "under three months": 0,
    "three to under six months": 91,
    "six months to under one year": 183,
    "one to under two years": 365,
    "two years or more": TWO_YEARS,
}


@once(EPISODES)
def plans_open(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Return the plans open on the day, the latest of a child only, with the days they had lasted."""
    rows = latest(open_at(events_of(records, "plans"), "cpp_start", "cpp_end", day), "child_pseudo", "cpp_start")
    return rows.assign(days=(day - rows["cpp_start"].dt.normalize()).dt.days)


@counts("conferences_in_time", "share", needs=EPISODES, columns={"month": "icpc_date"})
def share_conferences_in_time(records: Records, period: Period) -> pd.DataFrame:
    """Initial conferences within 15 working days of the strategy discussion that began the enquiry, of all held.

    Where the enquiry's date isn't held (a child moved in), the agency's own answer stands; without it the conference
    is out of the base.
    """
    rows = within(events_of(records, "enquiries"), "icpc_date", period)
    in_time = met_within(count_working_days(rows["s47_start"], rows["icpc_date"]), 15)
    return rows.assign(met=in_time.fillna(rows["icpc_15wd"]) if rows.is_supplied("icpc_15wd") else in_time)


@counts(
    "child_protection_plans",
    "people",
    person="child_pseudo",
    needs=EPISODES,
    columns={"category_of_abuse": "cpp_latest_category"},
)
def count_child_protection_plans(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Different children with a plan on the day, by the latest category and by how long the plan had lasted."""
    rows = plans_open(records, day)
    bands = np.searchsorted(list(DURATIONS.values()), rows["days"].to_numpy(), side="right") - 1
    return rows.assign(duration=np.array(list(DURATIONS), dtype=object)[bands])


@counts("plans_open_two_years", "share", needs=EPISODES)
def share_plans_open_two_years(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Children whose plan had lasted two years or more on the day, of all with a plan."""
    rows = plans_open(records, day)
    return rows.assign(met=rows["days"] >= TWO_YEARS)


@counts("plans_ended_after_two_years", "share", needs=EPISODES)
def share_plans_ended_after_two_years(records: Records, period: Period) -> pd.DataFrame:
    """Plans that had lasted two years or more when they ended, of all that ended in the period."""
    rows = within(events_of(records, "plans"), "cpp_end", period)
    return rows.assign(met=days_between(rows["cpp_start"], rows["cpp_end"]) >= TWO_YEARS)


@counts("plans_ended_within_three_months", "share", needs=EPISODES)
def share_plans_ended_within_three_months(records: Records, period: Period) -> pd.DataFrame:
    """Plans that ended before they had lasted three months, of all that ended in the period."""
    rows = within(events_of(records, "plans"), "cpp_end", period)
    return rows.assign(met=rows["cpp_end"] < rows["cpp_start"] + pd.DateOffset(months=3))


@counts("plans_reviewed_in_time", "share", needs=EPISODES)
def share_plans_reviewed_in_time(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Children whose plan's reviews were all in time, of those whose plan had been open three months or more."""
    rows = plans_open(records, day)
    return met_by(rows[rows["cpp_start"] + pd.DateOffset(months=3) <= day], "review_on_time")
