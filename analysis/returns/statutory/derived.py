"""Statutory returns as the datasets that figures are counted from: a census as D18, an SSDA903 set as D19, a
Standard Safeguarding Dataset as D16 to D20.

Only what means the same is carried over. What a statutory return doesn't say (whether a referral repeats one of the
twelve months before, an age band at a day that isn't named) stays missing, so that its figures aren't counted.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from analysis.returns.conform import DTYPES
from analysis.returns.contracts import Table, contract
from analysis.returns.statutory.ssd import derive_dataset, is_in_time, names_of

Frames = Mapping[str, pd.DataFrame]
CHILD = ["LAchildID", "referral"]
SEX = {"M": "male", "F": "female", "U": "not_known", "I": "other", "1": "male", "2": "female", "3": "other"}


def derive(frames: Frames, day: date | None = None) -> dict[str, tuple[str, pd.DataFrame]]:
    """Return the tables that statutory returns stand in for and that didn't come themselves, by name (`D18.episodes`),
    each with the dataset that it was made from. `day` is the last that a Standard Safeguarding Dataset is read for."""
    own, found = {name.partition(".")[0] for name in frames}, {}
    for name, rows in derive_dataset(frames, day).items():
        dataset, _, table = name.partition(".")
        if dataset not in own:
            found[name] = ("ssd", _as(contract(dataset).table(table), rows))
    if "cin_census.referrals" in frames and "D18.episodes" not in frames:
        found |= {f"D18.{name}": ("cin_census", frame) for name, frame in derive_need(frames).items()}
    if {"ssda903.header", "ssda903.episodes"} <= frames.keys() and "D19.episodes" not in frames:
        found["D19.episodes"] = ("ssda903", derive_care(frames))
    return found


def derive_need(frames: Frames) -> dict[str, pd.DataFrame]:
    """Return a census as the tables of D18: the referrals, and every assessment, enquiry and plan of each.

    Of referrals of a child on one day the last counts. A conference that the census gives with the referral alone
    stands with it, since no enquiry led to it.
    """
    rows = frames["cin_census.referrals"]
    people = frames["cin_census.children"].drop_duplicates("LAchildID").set_index("LAchildID")
    enquiries = frames["cin_census.section_47"]
    of_enquiry = _keys(rows, *CHILD, "DateOfInitialCPC").isin(_keys(enquiries, *CHILD, "DateOfInitialCPC"))
    known = {
        "DateOfInitialCPC": rows["DateOfInitialCPC"].mask(of_enquiry),
        "sex": rows["LAchildID"].map(people["Sex"]).map(SEX),
        "ethnicity": rows["LAchildID"].map(people["Ethnicity"]),
        "disability": _is_disabled(rows["LAchildID"].map(people["Disabilities"])),
    }
    events = {
        "assessments": frames["cin_census.assessments"],
        "enquiries": enquiries.assign(
            icpc_15wd=is_in_time(enquiries["DateOfInitialCPC"], enquiries["InitialCPCtarget"])
        ),
        "plans": frames["cin_census.protection_plans"],
    }
    days = rows[[*CHILD, "CINreferralDate"]]
    rows = rows.assign(**known).drop_duplicates(["LAchildID", "CINreferralDate"], keep="last")
    tables = {"episodes": rows} | {name: each.merge(days, on=CHILD) for name, each in events.items()}
    return {
        name: _as(contract("D18").table(name), rows.rename(columns=names_of("cin_census")))
        for name, rows in tables.items()
    }


def _keys(rows: pd.DataFrame, *columns: str) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[list(columns)])


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
    return _as(contract("D19").table(), rows.rename(columns=names_of("ssda903", "episodes")).assign(**known))


def _as(table: Table, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in the table's columns and types, as many of these as a statutory return has."""
    types = {column.name: DTYPES.get(column.type, "str") for column in table.columns if column.keep}
    known = {name: kind for name, kind in types.items() if name in rows}
    return rows[list(known)].astype(known).reset_index(drop=True)
