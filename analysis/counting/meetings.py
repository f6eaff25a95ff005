"""Attendance at boards and subgroups (D04) and at operational meetings about a child or an adult (D05)."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import within
from analysis.counting.selection import once
from analysis.measures.periods import Period

BOARDS, MEETINGS = "D04.attendance", "D05.attendance"
HEALTH = ("icb", "mental_health_trust", "acute_hospital", "gp", "health_visiting", "ambulance")
PRESENT = ("yes", "virtual")


@once(MEETINGS)
def invitations_of(records: Records, period: Period) -> pd.DataFrame:
    """Return who was invited to meetings held in the period; a meeting put off was not held."""
    rows = within(records[MEETINGS], "date", period)
    return rows[~rows.filled("postponed", False).astype(bool)]


@counts("board_meetings_held", "people", person="meeting_id", needs=BOARDS)
def count_board_meetings(records: Records, period: Period) -> pd.DataFrame:
    """Different meetings of boards and subgroups in the period."""
    return within(records[BOARDS], "date", period)


@counts("board_attendance", "share", needs=BOARDS)
def share_board_attendance(records: Records, period: Period) -> pd.DataFrame:
    """Seats filled, by the member or a deputy, of all seats at meetings of boards and subgroups in the period."""
    rows = within(records[BOARDS], "date", period)
    return rows.assign(met=rows["attended"].isin(["yes", "deputy"]))


@counts("board_attendance_by_member", "share", needs=BOARDS)
def share_board_attendance_by_member(records: Records, period: Period) -> pd.DataFrame:
    """Seats filled by the member and not a deputy, of all seats at meetings of boards and subgroups in the period."""
    rows = within(records[BOARDS], "date", period)
    return rows.assign(met=rows["attended"] == "yes")


@counts(
    "meeting_attendance",
    "share",
    needs=MEETINGS,
    columns={"meeting": "type", "month": "date"},
)
def share_meeting_attendance(records: Records, period: Period) -> pd.DataFrame:
    """Invitations to operational meetings at which the agency was there, in the room or by video, of all."""
    rows = invitations_of(records, period)
    return rows.assign(met=rows["attended"].isin(PRESENT))


@counts("meeting_reports_supplied", "share", needs=MEETINGS)
def share_meeting_reports(records: Records, period: Period) -> pd.DataFrame:
    """Invitations to conferences for which the agency gave a report, of those that say whether it did."""
    rows = invitations_of(records, period)
    rows = rows[rows["type"].isin(["icpc", "rcpc"])]
    return rows.assign(met=rows["report_supplied"])


@counts("meeting_reports_on_time", "share", needs=MEETINGS)
def share_meeting_reports_on_time(records: Records, period: Period) -> pd.DataFrame:
    """Reports to conferences that came in time, of reports given that say whether they did."""
    rows = invitations_of(records, period)
    given = rows["report_supplied"].fillna(False).astype(bool) & rows["type"].isin(["icpc", "rcpc"])
    rows = rows[given]
    return rows.assign(met=rows["report_on_time"])


@counts("conferences_quorate", "share", needs=MEETINGS)
def share_conferences_quorate(records: Records, period: Period) -> pd.DataFrame:
    """Child protection conferences that were quorate, of different conferences of the period whose record says."""
    rows = invitations_of(records, period)
    rows = rows[rows["type"].isin(["icpc", "rcpc"])]
    return pd.DataFrame({"met": rows["quorate"].groupby(rows["meeting_id"]).min()})


@counts("strategy_discussions_with_core_agencies", "share", needs=MEETINGS)
def share_strategy_discussions_with_core_agencies(records: Records, period: Period) -> pd.DataFrame:
    """Strategy discussions at which police, health and children's social care were all there, of all different ones."""
    rows = invitations_of(records, period)
    rows = rows[rows["type"] == "strategy"]
    present = rows["attended"].isin(PRESENT)
    groups = {"police": ["police"], "health": list(HEALTH), "care": ["childrens_services"]}
    there = pd.DataFrame({name: present & rows["agency"].isin(codes) for name, codes in groups.items()})
    return pd.DataFrame({"met": there.groupby(rows["meeting_id"]).any().all(axis=1)})


@counts("meeting_notice_working_days", "median", needs=MEETINGS, columns={"meeting": "type"})
def average_meeting_notice(records: Records, period: Period) -> pd.DataFrame:
    """Median working days of notice of invitations to operational meetings that state it."""
    rows = invitations_of(records, period)
    return rows.assign(value=rows["notice_working_days"])
