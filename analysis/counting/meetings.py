"""Attendance at boards and subgroups (D04) and at operational meetings about a child or an adult (D05)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import supplied, within
from analysis.counting.selection import once
from analysis.measures.periods import Period

BOARDS, MEETINGS = "D04.attendance", "D05.attendance"
MANY_GROUPS = 3
HEALTH = ("icb", "mental_health_trust", "acute_hospital", "gp", "health_visiting", "ambulance")
PRESENT, CONFERENCES = ("yes", "virtual"), ["icpc", "rcpc"]


@once(MEETINGS)
def invitations_of(records: Records, period: Period) -> pd.DataFrame:
    """Return who was invited to meetings held in the period; a meeting put off was not held."""
    rows = within(records[MEETINGS], "date", period)
    return rows[~rows.filled("postponed", False).astype(bool)]


@counts("board_meetings_missed_in_a_row", "events", needs=BOARDS)
def count_board_meetings_missed(records: Records, period: Period) -> pd.DataFrame:
    """Meetings of boards and subgroups that an agency was expected at after the last day of the period on which it
    filled a seat; all of them where it filled none."""
    rows = within(records[BOARDS], "date", period)
    there = rows["date"].where(rows["attended"].isin(["yes", "deputy"]))
    last = there.groupby(rows["agency"]).transform("max")
    return rows[last.isna() | (rows["date"] > last)]


@counts("board_members_on_many_groups", "share", needs=BOARDS)
def share_members_on_many_groups(records: Records, period: Period) -> pd.DataFrame:
    """People who sat on three groups or more, of all who came to a meeting of a board or subgroup in the period."""
    rows = supplied(within(records[BOARDS], "date", period), "member_pseudo")
    groups = rows[["member_pseudo", "group_id"]].dropna().drop_duplicates().groupby("member_pseudo").size()
    return pd.DataFrame({"met": (groups >= MANY_GROUPS).to_numpy(dtype=bool)})


@once(MEETINGS)
def conferences(records: Records, period: Period) -> pd.DataFrame:
    """Return what the invitations to each different conference say of it."""
    rows = invitations_of(records, period)
    rows = rows[rows["type"].isin(CONFERENCES)]
    return rows[["quorate", "family_attended"]].groupby(rows["meeting_id"]).min()


@counts("strategy_discussions_with_core_agencies", "share", needs=MEETINGS)
def share_strategy_discussions_with_core_agencies(records: Records, period: Period) -> pd.DataFrame:
    """Strategy discussions at which police, health and children's social care were all there, of all different ones."""
    rows = invitations_of(records, period)
    rows = rows[rows["type"] == "strategy"]
    present = rows["attended"].isin(PRESENT)
    groups = {"police": ["police"], "health": list(HEALTH), "care": ["childrens_services"]}
    there = pd.DataFrame({name: present & rows["agency"].isin(codes) for name, codes in groups.items()})
    return pd.DataFrame({"met": there.groupby(rows["meeting_id"]).any().all(axis=1)})
