"""Questions of a census or an SSDA903 set that the Department's own validation asks, as far as they touch a figure.

Sources: the Department for Education's guides to the children in need census and to the SSDA903 (validation checks),
and Data to Insight's public validators of both. Tables that a child's keys tie are looked at together.
"""

from collections.abc import Iterator

import pandas as pd

from analysis.returns.checks.rule import Case, Spot, warns
from analysis.returns.conform import Records
from analysis.returns.statutory.ssd import MAKERS

SPANS = {  # a child has one at a time: the child, the first day, the last day
    "cin_census.referrals": ("LAchildID", "CINreferralDate", "CINclosureDate"),
    "cin_census.protection_plans": ("LAchildID", "CPPstartDate", "CPPendDate"),
    "ssda903.episodes": ("CHILD", "DECOM", "DEC"),
}
FIXED = ("annex_a.", "ssda903.", "ssd.")  # layouts of which every column comes, empty or not
NEAR = 1.6  # years by which an age may differ from that at the end: its own fraction, and a year of the lists
SETS = {  # tables of which figures are made
    "ssda903": {"header", "episodes"},
    "ssd": {"person"}.union(*(needs for _, needs in MAKERS.values())),
}
LIST_MONTHS = 6  # that the lists of cases of an inspection reach back
GROWN = 18  # years at which nobody is looked after any more
NEW = "S"  # the reason of an episode that begins a period of care


def _tables(case: Case, *names: str) -> Iterator[tuple[Records, ...]]:
    """Give the tables of some names, where all of them came."""
    found = {name: part for name, part in case.parts if len(part.frame)}
    if all(name in found for name in names):
        yield tuple(found[name] for name in names)


def _spots(records: Records, wrong: pd.Series, column: str, message: str, allowed: str) -> Iterator[Spot]:
    for row in wrong.index[wrong.fillna(False).astype(bool)]:
        yield Spot(records.file, int(row), column, message, allowed)


@warns("two_at_once", "a child has two referrals, plans or episodes at once", "one ends before the next begins")
def check_overlaps(case: Case) -> Iterator[Spot]:
    """Give each referral, plan or episode that begins while the child's one before it is still open."""
    for name, (child, first, last) in SPANS.items():
        for (records,) in _tables(case, name):
            if last in records.frame:
                rows = records.frame.sort_values([child, first])
                before = rows.groupby(child)[last].shift()
                follows = rows[child].eq(rows[child].shift())
                wrong = follows & (before.isna() | (before > rows[first]))
                yield from _spots(records, wrong, first, "begins while another of the same child is open", "")


@warns("layout_columns", "columns of a statutory layout are missing", "every column of the layout, empty or not")
def check_layout(case: Case) -> Iterator[Spot]:
    """Give each list of Annex A that lacks columns, and each file of a statutory set that lacks some that figures are
    counted from: what they tell isn't counted."""
    for name, records in case.parts:
        if name.startswith(FIXED) and len(records.frame):
            kept = (c for c in records.table.columns if c.keep and (c.stands_for or name.startswith("annex_a.")))
            if lacking := [column.name for column in kept if column.name not in records.frame]:
                yield Spot(records.file, None, ", ".join(lacking), "isn't there, and what it tells isn't counted")


@warns("adopted_not_in_care", "a child to be adopted isn't among those looked after", "each child in list 8")
def check_adopted(case: Case) -> Iterator[Spot]:
    """Give each child of Annex A's list 10 who waits for adoption, or was adopted within the six months that list 8
    reaches back, and isn't in it."""
    for adopted, looked_after in _tables(case, "annex_a.list_10", "annex_a.list_8"):
        rows = adopted.frame.reindex(columns=["child", "adoption_order", "decision_reversed"])
        first = pd.Timestamp(case.period_of(adopted.file).end) - pd.DateOffset(months=LIST_MONTHS)
        left = pd.to_datetime(rows["adoption_order"]) <= first
        wrong = ~left & rows["decision_reversed"].isna() & ~rows["child"].isin(looked_after.frame["child"])
        yield from _spots(adopted, wrong, "child", "is to be adopted or was, and isn't in list 8", "")


@warns("set_incomplete", "a statutory set lacks a table that figures are counted from", "every table of the set")
def check_sets(case: Case) -> Iterator[Spot]:
    """Give each table that a set of statutory files lacks beside others, without which something isn't counted."""
    came = {name: read.file for read in case.read.values() for name in read.tables}
    for dataset, needed in SETS.items():
        file = next((file for name, file in came.items() if name.startswith(f"{dataset}.")), "")
        if file and (lacking := sorted(name for name in needed if f"{dataset}.{name}" not in came)):
            message = f"{dataset} came without {', '.join(lacking)}: what is made of them isn't counted"
            yield Spot(file, None, None, message)


@warns("age_against_birth", "an age isn't that of the date of birth beside it", "whole years at the end of the lists")
def check_age(case: Case) -> Iterator[Spot]:
    """Give each age that is more than a year from the one by the date of birth, at any day of the lists' period."""
    for name, records in case.parts:
        if name.startswith("annex_a.") and {"age", "date_of_birth"} <= {*records.frame} and case.period.end:
            day = pd.Timestamp(case.period_of(records.file).end)
            years = (day - records.frame["date_of_birth"]).dt.days / 365.25
            wrong = (years - 0.5 - records.frame["age"].astype("float64")).abs() > NEAR
            yield from _spots(records, wrong, "age", "isn't the age of the date of birth", "")


@warns("after_death", "something happened to a child after the day of death", "on or before that day")
def check_death(case: Case) -> Iterator[Spot]:
    """Give each referral, assessment or plan that begins after the day on which the child is said to have died."""
    for name in ("referrals", "assessments", "section_47", "protection_plans"):
        for children, records in _tables(case, "cin_census.children", f"cin_census.{name}"):
            if "PersonDeathDate" in children.frame:
                died = records.frame["LAchildID"].map(
                    children.frame.drop_duplicates("LAchildID").set_index("LAchildID")["PersonDeathDate"]
                )
                first = records.table.period
                yield from _spots(records, records.frame[first] > died, first, "is after the child's death", "")


@warns("before_referral", "what followed a referral is of a day before it", "on or after the referral")
def check_order(case: Case) -> Iterator[Spot]:
    """Give each assessment, enquiry and plan that begins before the referral in which it stands."""
    for name in ("assessments", "section_47", "protection_plans"):
        for referrals, records in _tables(case, "cin_census.referrals", f"cin_census.{name}"):
            keys, first = ["LAchildID", "referral"], records.table.period
            began = records.frame[keys].merge(referrals.frame[[*keys, "CINreferralDate"]].drop_duplicates(keys), "left")
            wrong = records.frame[first] < began["CINreferralDate"].set_axis(records.frame.index)
            yield from _spots(records, wrong, first, "is before the referral in which it stands", "")


@warns("plan_without_conference", "a plan began in the year and no initial conference is told", "its conference")
def check_conference(case: Case) -> Iterator[Spot]:
    """Give each plan begun in the year of a referral without an initial conference, in an enquiry or outside."""
    tables = ("cin_census.protection_plans", "cin_census.referrals")
    for plans, referrals in _tables(case, *tables) if case.period.start else ():
        enquiries = next((found[0] for found in _tables(case, "cin_census.section_47")), None)
        keys = ["LAchildID", "referral"]
        held = [r.frame for r in (referrals, enquiries) if r is not None and "DateOfInitialCPC" in r.frame]
        told = pd.concat(
            [frame.loc[frame["DateOfInitialCPC"].notna(), keys] for frame in held] or [plans.frame[keys][:0]]
        )
        known = pd.MultiIndex.from_frame(plans.frame[keys]).isin(pd.MultiIndex.from_frame(told))
        wrong = ~known & (plans.frame["CPPstartDate"] >= pd.Timestamp(case.period.start))
        yield from _spots(plans, wrong, "CPPstartDate", "no initial conference is told of its referral", "")


@warns("care_begun_anew", "an episode begins care anew on the day that another ended", "the reason of the change")
def check_new(case: Case) -> Iterator[Spot]:
    """Give each episode with the reason for a new period of care that begins on the day the child's last one ended."""
    for (records,) in _tables(case, "ssda903.episodes"):
        if {"RNE", "DEC"} <= {*records.frame}:
            rows = records.frame.sort_values(["CHILD", "DECOM"])
            ended = rows.groupby("CHILD")["DEC"].shift()
            wrong = rows["RNE"].eq(NEW) & ended.eq(rows["DECOM"])
            yield from _spots(records, wrong, "RNE", "says that care began, on the day another episode ended", "")


@warns("grown_up_in_care", "a child looked after at the end of the year is 18 or older", "an end of the last episode")
def check_grown(case: Case) -> Iterator[Spot]:
    """Give each open episode of somebody who was 18 by the last day of the year."""
    for header, episodes in _tables(case, "ssda903.header", "ssda903.episodes") if case.period.end else ():
        born = episodes.frame["CHILD"].map(header.frame.drop_duplicates("CHILD").set_index("CHILD")["DOB"])
        grown = born + pd.DateOffset(years=GROWN) <= pd.Timestamp(case.period.end)
        is_open = episodes.frame["DEC"].isna() if "DEC" in episodes.frame else True
        yield from _spots(episodes, grown & is_open, "DEC", "is open, and the child was 18 by the end of the year", "")
