"""What happened after a referral (D18): every assessment, section 47 enquiry and child protection plan of it.

The episode holds one of each, as agencies' templates do; the tables `assessments`, `enquiries` and `plans` beside it
hold the others, and all of them where a census was returned.
"""

import pandas as pd

from analysis.counting.definition import Records
from analysis.counting.selection import Rows, once
from analysis.returns.contracts import contract

EPISODES = "D18.episodes"
REFERRAL = ["child_pseudo", "referral_date"]
KINDS = ("assessments", "enquiries", "plans")


@once(EPISODES)
def assessments(records: Records, _: object) -> Rows:
    return events_of(records, "assessments")


@once(EPISODES)
def enquiries(records: Records, _: object) -> Rows:
    return events_of(records, "enquiries")


@once(EPISODES)
def plans(records: Records, _: object) -> Rows:
    return events_of(records, "plans")


def events_of(records: Records, kind: str) -> Rows:
    """Return the events of one of KINDS with what is known of their child: a row each, some perhaps of an episode that
    had none. Of an event given twice the row beside the episodes stands."""
    episodes, beside = Rows.of(records[EPISODES]), records.get(f"D18.{kind}")
    return episodes if beside is None else episodes.choose_once(kind, lambda: _together(episodes, beside, kind))


def _together(episodes: Rows, beside: pd.DataFrame | Rows, kind: str) -> pd.DataFrame:
    own, more = episodes.to_frame(), Rows.of(beside).to_frame()
    table = {name: contract("D18").table(name) for name in KINDS}
    of_events = {column for one in table.values() for column in one.names} - set(REFERRAL)
    child = own.drop(columns=[column for column in of_events if column in own])
    here = own.drop(columns=[column for column in of_events - set(table[kind].names) if column in own])
    key = [column for column in table[kind].key if column in here]
    again = pd.MultiIndex.from_frame(here[key]).isin(pd.MultiIndex.from_frame(more[key]))
    rows = pd.concat([here[~again], more.merge(child, on=REFERRAL, how="left")], ignore_index=True)
    return _tell_further(rows) if kind == "assessments" else rows


def _tell_further(rows: pd.DataFrame) -> pd.DataFrame:
    """Return assessments with the start of those that followed another of their referral (`further_start`); the reason
    for closure stays with the last of them, which led there."""
    ordered = rows.sort_values("assessment_start", kind="stable")  # missing ones last
    first = ~ordered.duplicated(REFERRAL)
    rows = rows.assign(further_start=ordered["assessment_start"].mask(first))
    if "closure_reason" in rows:
        rows["closure_reason"] = rows["closure_reason"].mask(ordered.duplicated(REFERRAL, keep="last"))
    return rows
