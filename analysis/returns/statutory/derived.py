"""Statutory returns as the datasets that figures are counted from: a census as D18, an SSDA903 set as D19.

Only what means the same is carried over. What a statutory return doesn't say (whether a referral repeats one of the
twelve months before, an age band at a day that isn't named) stays missing, so that its figures aren't counted.
"""

from collections.abc import Mapping

import pandas as pd

from analysis.returns.conform import DTYPES
from analysis.returns.contracts import Table, contract

Frames = Mapping[str, pd.DataFrame]
CHILD = ["LAchildID", "referral"]
SEX = {"M": "male", "F": "female", "U": "not_known", "I": "other", "1": "male", "2": "female", "3": "other"}
REFERRALS = {
    "LAchildID": "child_pseudo",
    "CINreferralDate": "referral_date",
    "ReferralSource": "source",
    "PrimaryNeedCode": "need_code",
    "ReferralNFA": "referral_nfa",
    "CINclosureDate": "closure_date",
    "ReasonForClosure": "closure_reason",
    "AssessmentActualStartDate": "assessment_start",
    "AssessmentAuthorisationDate": "assessment_end",
    "AssessmentFactors": "factors",
    "S47ActualStartDate": "s47_start",
    "CPPstartDate": "cpp_start",
    "CPPendDate": "cpp_end",
    "InitialCategoryOfAbuse": "cpp_initial_category",
    "LatestCategoryOfAbuse": "cpp_latest_category",
    "NumberOfPreviousCPP": "previous_cpp",
}
EPISODES = {
    "CHILD": "child_pseudo",
    "DECOM": "episode_start",
    "DEC": "episode_end",
    "RNE": "reason_new",
    "LS": "legal_status",
    "CIN": "need",
    "PLACE": "placement_type",
    "PLACE_PROVIDER": "provider_type",
    "REC": "reason_ceased",
}


def derive(frames: Frames) -> dict[str, tuple[str, pd.DataFrame]]:
    """Return the tables that statutory returns stand in for and that didn't come themselves, by name (`D18.episodes`),
    each with the dataset that it was made from."""
    found = {}
    if "cin_census.referrals" in frames and "D18.episodes" not in frames:
        found["D18.episodes"] = ("cin_census", derive_need(frames))
    if {"ssda903.header", "ssda903.episodes"} <= frames.keys() and "D19.episodes" not in frames:
        found["D19.episodes"] = ("ssda903", derive_care(frames))
    return found


def derive_need(frames: Frames) -> pd.DataFrame:
    """Return a census as D18: one row a referral, with its first assessment, first enquiry and latest plan.

    The conference is that of the enquiry, or else of the referral. Of referrals of a child on one day the last counts.
    """
    rows = frames["cin_census.referrals"]
    for name, last in (("assessments", False), ("section_47", False), ("protection_plans", True)):
        rows = _with(rows, frames[f"cin_census.{name}"], last=last)
    people = frames["cin_census.children"].drop_duplicates("LAchildID").set_index("LAchildID")
    held = rows["DateOfInitialCPC_of"].fillna(rows["DateOfInitialCPC"])
    late = held > rows["InitialCPCtarget"]
    known = {
        "icpc_date": held,
        "icpc_15wd": (~late).astype("boolean").mask(held.isna() | rows["InitialCPCtarget"].isna()),
        "sex": rows["LAchildID"].map(people["Sex"]).map(SEX),
        "ethnicity": rows["LAchildID"].map(people["Ethnicity"]),
        "disability": _is_disabled(rows["LAchildID"].map(people["Disabilities"])),
    }
    table = contract("D18").table()
    found = _as(table, rows.rename(columns=REFERRALS).assign(**known))
    return found.drop_duplicates(list(table.key), keep="last", ignore_index=True)


def _with(rows: pd.DataFrame, events: pd.DataFrame, *, last: bool) -> pd.DataFrame:
    """Return the referrals with the columns of their first or last event of a kind beside them."""
    chosen = events.sort_values("number").drop_duplicates(CHILD, keep="last" if last else "first")
    return rows.merge(chosen.drop(columns="number"), on=CHILD, how="left", suffixes=("", "_of"))


def _is_disabled(codes: pd.Series) -> pd.Series:
    """Return whether a child's list of disabilities names one; missing where there is no list."""
    return (codes != "NONE").astype("boolean").mask(codes.isna())


def derive_care(frames: Frames) -> pd.DataFrame:
    """Return an SSDA903 set as D19: one row an episode, with what the other files say of the child."""
    rows = frames["ssda903.episodes"]
    children = frames["ssda903.header"].drop_duplicates("CHILD").set_index("CHILD")
    known = {"sex": rows["CHILD"].map(children["SEX"]).map(SEX)}
    for table, column in (("ssda903.uasc", "uasc"), ("ssda903.missing", "missing")):
        if table in frames:
            known[column] = rows["CHILD"].isin(frames[table]["CHILD"]).astype("boolean")
    return _as(contract("D19").table(), rows.rename(columns=EPISODES).assign(**known))


def _as(table: Table, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in the table's columns and types, as many of these as a statutory return has."""
    types = {column.name: DTYPES.get(column.type, "str") for column in table.columns if column.keep}
    known = [name for name in types if name in rows]
    return rows[known].astype({name: types[name] for name in known}).reset_index(drop=True)
