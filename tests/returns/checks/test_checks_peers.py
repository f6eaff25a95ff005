"""What the Department's validation asks of a census or an SSDA903 set, one row a condition. Synthetic, about nobody."""

from datetime import date

import pandas as pd
import pytest

from analysis.returns.checks import peers
from analysis.returns.checks.rule import Case, Spot
from analysis.returns.conform import conform
from analysis.returns.contracts import contract
from analysis.returns.files import Read
from tests.returns.checks.planted import HERE


def table(name: str, heads: str, *rows: str):
    dataset, _, part = name.partition(".")
    cells = zip(*(row.split(",") for row in rows), strict=True)
    held = dict(zip(heads.split(","), map(list, cells), strict=True))
    return name, conform(held, range(2, len(rows) + 2), contract(dataset).table(part), "file")


def spots(check, *tables) -> list[Spot]:
    read = Read("file", (), {name: (records,) for name, records in tables})
    return list(check(Case(HERE, HERE.period_of("2023-24"), None, (), {"file": read})))


def asked(check, *tables) -> list[int]:
    return [spot.row for spot in spots(check, *tables)]


EPISODES = ("ssda903.episodes", "CHILD,DECOM,RNE,DEC")
CHILDREN = table("cin_census.children", "LAchildID,PersonDeathDate", "SYN1,2023-09-01", "SYN2,")
REFERRALS = ("cin_census.referrals", "LAchildID,referral,CINreferralDate,CINclosureDate,DateOfInitialCPC")
PLANS = ("cin_census.protection_plans", "LAchildID,referral,number,CPPstartDate")


def test_one_episode_at_a_time():
    rows = ("SYN1,2023-05-01,S,2023-06-01", "SYN1,2023-06-01,P,", "SYN1,2023-08-01,P,", "SYN2,2023-05-01,S,")
    assert asked(peers.check_overlaps, table(*EPISODES, *rows)) == [4]


def test_nothing_after_death():
    rows = ("SYN1,1,2023-09-01,,", "SYN1,2,2023-09-02,,", "SYN2,3,2023-12-01,,")
    assert asked(peers.check_death, CHILDREN, table(*REFERRALS, *rows)) == [3]


def test_a_plan_of_the_year_follows_a_conference():
    referrals = table(*REFERRALS, "SYN1,1,2023-05-01,,2023-06-01", "SYN2,1,2023-05-01,,")
    plans = table(*PLANS, "SYN1,1,1,2023-06-01", "SYN2,1,1,2023-06-01", "SYN2,1,2,2023-03-31")
    assert asked(peers.check_conference, referrals, plans) == [3]


def test_what_follows_a_referral_is_not_before_it():
    referrals = table(*REFERRALS, "SYN1,1,2023-05-01,,", "SYN1,2,2023-07-01,,")
    plans = table(*PLANS, "SYN1,1,1,2023-05-01", "SYN1,2,1,2023-06-01", "SYN2,1,1,2023-01-01")
    assert asked(peers.check_order, referrals, plans) == [3]


@pytest.mark.parametrize(
    ("reason", "began", "rows"), [("S", "2023-06-01", [3]), ("P", "2023-06-01", []), ("S", "2023-06-02", [])]
)
def test_care_begins_once(reason, began, rows):
    assert asked(peers.check_new, table(*EPISODES, "SYN1,2023-05-01,S,2023-06-01", f"SYN1,{began},{reason},")) == rows


@pytest.mark.parametrize(("born", "rows"), [(date(2006, 3, 31), [2]), (date(2006, 4, 1), [])])
def test_nobody_of_eighteen_is_looked_after(born, rows):
    header = table("ssda903.header", "CHILD,DOB", f"SYN1,{born}")
    assert asked(peers.check_grown, header, table(*EPISODES, "SYN1,2023-05-01,S,")) == rows
    assert asked(peers.check_grown, header, table(*EPISODES, "SYN1,2023-05-01,S,2024-01-01")) == []


def test_without_the_tables_nothing_is_asked():
    assert asked(peers.check_grown, table(*EPISODES, "SYN1,2023-05-01,S,")) == []
    assert pd.isna(CHILDREN[1].frame["PersonDeathDate"].iloc[1])


def test_a_column_of_the_layout_that_is_missing_is_named():
    (spot,) = spots(peers.check_layout, table("annex_a.list_2", "child,assessment_start_date", "SYN1,2023-11-01"))
    assert spot.column.split(", ")[-2:] == ["assessment_completion_date", "organisation"]


def test_a_set_without_a_table_that_figures_need_is_told():
    header = table("ssda903.header", "CHILD,DOB", "SYN1,2010-01-01")
    (spot,) = spots(peers.check_sets, header)
    assert "ssda903 came without episodes" in spot.message
    assert spots(peers.check_sets, header, table(*EPISODES, "SYN1,2023-05-01,S,")) == []


@pytest.mark.parametrize(("age", "rows"), [("8", []), ("9", []), ("10", []), ("11", [2]), ("7", [2]), ("-1", [2])])
def test_an_age_is_that_of_the_birth_beside_it(age, rows):
    heads = "child,date_of_birth,age,date_of_contact"
    assert asked(peers.check_age, table("annex_a.list_1", heads, f"SYN1,2014-10-01,{age},2023-11-01")) == rows


@pytest.mark.parametrize(
    ("child", "order", "reversed", "rows"),
    [
        ("SYN1", "", "", []),
        ("SYN2", "", "", [2]),
        ("SYN2", "2023-09-30", "", []),  # adopted before the six months that list 8 reaches back
        ("SYN2", "2023-10-01", "", [2]),
        ("SYN2", "", "2023-08-01", []),
    ],
)
def test_a_child_to_be_adopted_is_looked_after(child, order, reversed, rows):
    heads = "child,adoption_order,decision_reversed"
    adopted = table("annex_a.list_10", heads, f"{child},{order},{reversed}")
    assert asked(peers.check_adopted, adopted, table("annex_a.list_8", "child,started", "SYN1,2023-01-01")) == rows
