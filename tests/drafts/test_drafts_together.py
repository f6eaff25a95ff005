"""A draft's numbers read together: groups, a draft's own arithmetic, ids printed behind statements, equal cells."""

import pytest
from click.testing import CliRunner

from analysis.cli.refresh import refresh_command
from analysis.drafts.arithmetic import find_slips
from analysis.drafts.claims import read_claims
from analysis.drafts.columns import find_columns
from analysis.drafts.document import Block
from analysis.drafts.facts import make_facts
from analysis.drafts.reading import read_text
from analysis.drafts.tagged import find_ids, refresh
from analysis.errors import DataError
from tests.drafts.test_drafts_check import verify

HEAD = "id,words,dimension,category,value,unit,financial_year,area"
ROWS = [
    "x1,Permanent exclusions,,,99,exclusions,2023-24,Calder",
    "x1p,Permanent exclusions,,,87,exclusions,2022-23,Calder",
    "x2,Pupil enrolments,,,48497,pupils,2023-24,Calder",
    "x3,Absence rate by reason,Reason,Illness,3.4,percent,2023-24,Calder",
    "x4,Casualties,Road user,pedestrians,105,people,2023-24,Calder",
    "x5,Casualties,Road user,motorcyclists,97,people,2023-24,Calder",
    "x6,Casualties,,,310,people,2023-24,Calder",
    "x1e,Permanent exclusions,,,9400,exclusions,2023-24,England",
]
TABLE = "\n".join([HEAD, *ROWS]).replace(",", "|")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # the change and the earlier figure tell which measure the wrong level is of
        ("80 pupils were permanently excluded, an increase of 12 from the 87 of 2022-23.", ["value", "supported"]),
        ("99 pupils were permanently excluded, an increase of 12 from the 87 of 2022-23.", ["supported", "supported"]),
        # a category that one measure alone has names it
        ("Illness remained the main driver at 4.3%.", ["value"]),
        ("Illness remained the main driver at 3.4%.", ["supported"]),
        # of a whole told before its parts, the whole is no part
        ("Of the 310 casualties, 105 were pedestrians and 79 motorcyclists.", ["supported", "supported", "value"]),
        ("Pedestrians and motorcyclists together came to 202 casualties.", ["supported"]),
        ("Pedestrians and motorcyclists together came to 220 casualties.", ["value"]),
        # another place's own figure
        ("In England there were 9,400 permanent exclusions.", ["supported"]),
        ("In England there were 4,900 permanent exclusions.", ["value"]),
    ],
)
def test_numbers_are_read_with_those_beside_them(text, found):
    said = [(number, verdict) for number, verdict, _ in verify(text, TABLE)]
    assert [verdict for number, verdict in said if not number.startswith(("2022", "12"))] == found


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Referrals rose from 202 to 253, an increase of 25%.", []),  # 25.2
        ("Referrals rose from 202 to 253, an increase of 26%.", ["change"]),
        ("30 of 120 (25%) were closed.", []),
        ("30 of 120 (27%) were closed.", ["share"]),
        ("1.19% (of 253) were about health.", []),  # 3 of 253
        ("1.35% (of 253) were about health.", ["percentage"]),
        ("There were 107 outcomes:\n\n- 50 proved\n- 40 not proved\n- 17 false", []),
        ("There were 107 outcomes:\n\n- 50 proved\n- 40 not proved\n- 20 false", ["sum"]),
        ("| Ward | Cases |\n|---|---|\n| A | 10 |\n| B | 20 |\n| Total | 30 |", []),
        ("| Ward | Cases |\n|---|---|\n| A | 10 |\n| B | 20 |\n| Total | 31 |", ["sum"]),
        ("The hub took 250 adult enquiries.\n\nThe hub took 250 adult enquiries.", []),
        ("The adult hub took 250 new enquiries.\n\nThe adult hub took 260 new enquiries.", ["twice"]),
    ],
)
def test_a_drafts_own_numbers_are_held_against_each_other(text, kinds):
    claims = [claim for block in read_text(text) for claim in read_claims(block)]
    assert [slip.kind for slip in find_slips(claims)] == kinds


def test_ids_are_found_and_statements_refreshed():
    text = "There were 329 children in care. children_looked_after.count"
    assert find_ids(text, {"children_looked_after.count": 1}) == ("children_looked_after.count",)
    same = refresh([Block(text)], {"children_looked_after.count": "There were 329 children in care."})
    assert [r.is_changed for r in same] == [False]
    (other,) = refresh([Block(text)], {"children_looked_after.count": "There were 331 children in care."})
    assert (other.was, other.now) == ("There were 329 children in care.", "There were 331 children in care.")
    (gone,) = refresh([Block(text)], {"children_looked_after.rate": "The rate was 40."})
    assert gone.is_changed and gone.now == ""


def test_refresh_refuses_a_draft_that_is_not_there():
    result = CliRunner().invoke(refresh_command, ["nowhere.docx"], catch_exceptions=True)
    assert result.exit_code != 0


def test_columns_are_known_by_a_word_of_their_names_and_by_what_they_hold():
    cells = {"indicator_id": "x1", "metric_label": "Cases", "figure": "4", "academic_year": "2023", "district": "Holm"}
    found = find_columns([cells | {"sex": "Women"}, cells | {"indicator_id": "x2", "sex": "Men"}], "theirs.csv")
    assert (found["id"], found["words"], found["period"]) == (["indicator_id"], ["metric_label"], ["academic_year"])
    with pytest.raises(DataError, match="no column for value"):
        find_columns([{"id": "x1", "title": "Cases"}], "theirs.csv")


def test_what_tells_rows_apart_that_are_else_alike_is_their_category():
    row = {"code": "c1", "variable": "Leavers", "number": "5", "reference_period": "Mid-2023", "area_name": "Holm"}
    rows = [
        row | {"code": f"c{n}", "role": role} for n, role in enumerate(["Nurses", "Porters", "All roles", "Nurses"])
    ]
    facts = make_facts(rows + [row | {"code": f"d{n}", "role": "Porters"} for n in range(4)], "theirs.csv")
    assert [f.category for f in facts[:3]] == ["Nurses", "Porters", ""]
    assert {(f.place, f.period.end.isoformat()) for f in facts} == {("Holm", "2023-06-30")}


WAITS = "\n".join(
    [
        "id|title|dimension|category|value|unit|period|geography",
        "w0|Average wait for an autism assessment|||72|weeks|2023-24|Calder",
        "w1|Average wait for an autism assessment|||61|weeks|2022-23|Calder",
        "a0|Applications for a taxi licence|||1184|applications|2023-24|Calder",
        "a1|Applications for a taxi licence|||1032|applications|2022-23|Calder",
        "r0|Falls per 1000 bed days|||4.1|per 1000 bed days|2023-24|Calder",
        "h0|Home care bought|||19588|hours|2023-24|Calder",
    ]
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # the unit that a number is told in is that of the statistic, or the number is another
        ("The average wait for an autism assessment was 72 weeks.", ["supported"]),
        ("The average wait for an autism assessment was 72 days.", ["unit"]),
        ("Falls came to 4.1 per 1,000 bed days.", ["supported"]),
        # a qualifier of two words holds: 19,588 isn't above 20,000
        ("We bought upwards of 20,000 hours of home care.", ["qualifier"]),
        # a change beside the figure that it is told from is the change from that figure
        ("There were 1,184 applications for a taxi licence. Against 1,032 in 2022-23, that is 152 more (15%).",
         ["supported", "supported", "supported", "supported"]),
        ("There were 1,184 applications for a taxi licence. Against 1,032 in 2022-23, that is 125 more (15%).",
         ["supported", "supported", "value", "supported"]),
        # the earlier of two figures can't be the later one again
        ("Applications for a taxi licence rose to 1,184 from 1,184.", ["supported", "year"]),
        # the words of a phrasal verb tell no change
        ("Our office picked up 1,184 applications for a taxi licence.", ["supported"]),
    ],
)  # fmt: skip
def test_units_qualifiers_and_changes_are_held_to_what_stands_beside_them(text, found):
    said = [(number, verdict) for number, verdict, _ in verify(text, WAITS)]
    assert [verdict for number, verdict in said if verdict != "not_a_claim"] == found


def test_a_statistic_told_rightly_close_by_is_not_held_against_another_number():
    said = verify("Applications for a taxi licence numbered 1,184, and 7 were withdrawn since April.", WAITS)
    assert [(n, v) for n, v, _ in said if v != "not_a_claim"][0] == ("1,184", "supported")
    assert "value" not in [v for _, v, _ in said]


def test_a_number_whose_words_fit_loosely_is_judged_where_it_comes_near():
    (_, verdict, _), *_ = verify(
        "Last year 1,148 people applied to drive a taxi, and the licence office was busy.", WAITS
    )
    assert verdict == "value"  # two digits of 1,184 swapped


@pytest.mark.parametrize(
    ("text", "slips"),
    [
        ("There were 107 referrals: 50 from schools, 30 from health and 20 from others.", [("107", "sum")]),
        ("There were 107 referrals: 50 from schools, 30 from health and 27 from others.", []),
        ("We held 12 sessions for staff, 9 for carers and 3 for police, 25 in total.", [("25", "sum")]),
        ("The rate was 45 a day: 12 more than in 2022 and 3 fewer than in 2021.", []),
        (
            "| Area | Boys | Girls | Total |\n|---|---|---|---|\n| North | 5 | 6 | 12 |\n| South | 3 | 3 | 6 |",
            [("12", "sum")],
        ),
        ("| Age | Share (%) |\n|---|---|\n| 0-4 | 25 |\n| 5-9 | 31 |\n| 10-15 | 42 |", [("42", "sum")]),
        ("| Age | Share (%) |\n|---|---|\n| 0-4 | 25 |\n| 5-9 | 31 |\n| 10-15 | 43 |", []),
        ("The number rose from 253 to 202.", [("202", "direction")]),
    ],
)
def test_parts_that_do_not_make_their_total_are_told(text, slips):
    claims = [claim for block in read_text(text) for claim in read_claims(block)]
    assert [(slip.claim.text, slip.kind) for slip in find_slips(claims)] == slips
