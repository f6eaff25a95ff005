"""Recommendations as they stand on a day, and duties by the edition of a year."""

import html
from dataclasses import replace
from datetime import date, timedelta

import pytest

from analysis.errors import DataError
from analysis.partnership import Agency
from analysis.release.store import read_store
from analysis.scrutiny.duties import load_duties
from analysis.scrutiny.questions import load_questions
from analysis.scrutiny.recommendations import OUTSIDE, TESTED, Recommendation, follow, read_recommendations
from analysis.settings import REPOSITORY, STORE
from tests.examples import HERE

DAY, DONE = date(2024, 3, 31), date(2023, 1, 11)
NOT_TESTED, IN_PART = "Done by its owner's word, not tested again", "Done, borne out in part"
DICTIONARY = REPOSITORY / "data" / "dictionary"


def one(**changes):
    plain = {
        "id": "RC-01", "source": "audit", "recommendation": "Act", "agency": "Police", "made": date(2023, 1, 1),
        "status": "under_way",
    }  # fmt: skip
    return Recommendation(**{**plain, **changes})


@pytest.mark.parametrize(
    ("changes", "state", "words"),
    [
        ({"due": date(2024, 3, 30)}, "Overdue", "Asked 1 January 2023, due 30 March 2024, open for 455 days, 1 late"),
        (
            {"due": DAY},
            "Open",
            "Asked 1 January 2023, due 31 March 2024, open for 455 days",
        ),  # due on the very day: not yet late
        ({}, "Open, without a day", "Asked 1 January 2023, open for 455 days"),
        (
            {"status": "done", "done": DONE, "evidence": "Minutes"},
            NOT_TESTED,
            "Asked 1 January 2023, done 11 January 2023 (10 days)",
        ),
        ({"status": "done", "done": DONE}, "Done by its owner's word, without evidence", "Asked"),
        (
            {"status": "done", "due": date(2023, 1, 6), "done": DONE, "evidence": "Minutes"},
            NOT_TESTED,
            "Asked 1 January 2023, due 6 January 2023, done 11 January 2023 (10 days), 5 days late",
        ),
        ({"status": "done", "done": DONE, "tested": DAY, "borne_out": "yes"}, TESTED, "Asked"),
        (
            {"status": "done", "done": DONE, "tested": DAY, "borne_out": "no"},
            "Done, not borne out when tested again",
            "",
        ),
        ({"status": "done", "done": DONE, "tested": DAY, "borne_out": "in part"}, f"{IN_PART} when tested again", ""),
        # done after the day that is looked at: still open on it
        ({"status": "done", "due": date(2024, 1, 1), "done": date(2024, 4, 2)}, "Overdue", ""),
        ({"status": "closed_not_done"}, "Closed, not done", "Asked 1 January 2023, closed on a day that isn't stated"),
    ],
)
def test_a_recommendation_says_how_it_stands(changes, state, words):
    (told,) = follow([one(**changes)], DAY)
    assert (told.state, told.words[: len(words)]) == (state, words)


@pytest.mark.parametrize(
    ("changes", "test"),
    [
        ({}, "No test of its effect is planned"),
        ({"retest": DAY}, "Was to be tested again by 31 March 2024: that day has come, and no result is on record"),
        (
            {"retest": date(2024, 4, 1)},
            "To be tested again by 1 April 2024, after this report's period",
        ),
        ({"retest": DAY, "tested": DAY, "result": "9 of 10"}, "Tested again on 31 March 2024: 9 of 10"),
        ({"tested": DAY}, "Tested again on 31 March 2024: no result is stated"),
    ],
)
def test_a_test_whose_day_passed_without_a_result_says_so(changes, test):
    assert follow([one(**changes)], DAY)[0].test == test


AFTER = date(2024, 9, 20)


@pytest.mark.parametrize(
    ("changes", "state", "since"),
    [
        ({"tested": DAY, "borne_out": "yes", "result": "9 of 10"}, TESTED, ""),  # on the very day: it counts
        (
            {"tested": AFTER, "borne_out": "no", "result": "1 of 10"},
            NOT_TESTED,
            "tested again on 20 September 2024, not borne out: 1 of 10",
        ),
        ({"done": AFTER}, "Open, without a day", "done on 20 September 2024"),
        (
            {"status": "closed_not_done", "done": AFTER, "due": date(2024, 1, 1)},
            "Overdue",
            "closed on 20 September 2024",
        ),
    ],
)
def test_a_state_is_that_of_the_reports_day_and_what_came_after_stands_apart(changes, state, since):
    (told,) = follow([one(**{"status": "done", "done": DONE, "evidence": "Minutes", **changes})], DAY)
    assert (told.state, told.since) == (state, since)
    assert "2024" not in told.words.partition("due 1 January 2024")[2], "nothing that came after the day"


def test_no_state_of_exampleshire_rests_on_what_came_after_its_day(exampleshire_release):
    release = read_store(exampleshire_release / STORE)
    for told in release.recommendations:
        assert told.since or not (told.tested and told.tested > release.period.end), told.id
        assert "tested again" not in told.state or "not tested" in told.state or told.tested <= release.period.end


def test_those_overdue_come_first_the_longest_first_of_all_and_later_ones_not():
    found = [
        one(id="RC-1", due=DAY),
        one(id="RC-2", due=date(2024, 3, 1)),
        one(id="RC-3", due=date(2024, 1, 1)),
        one(id="RC-4", made=date(2024, 4, 1)),
    ]
    assert [told.id for told in follow(found, DAY)] == ["RC-3", "RC-2", "RC-1"]


def test_who_acts_is_an_agency_of_the_partnership(tmp_path):
    row = "id,source,recommendation,agency,made,status\nRC-01,audit,Act,Polise,2023-01-01,under_way\n"
    (tmp_path / "recommendations.csv").write_text(row, encoding="utf-8")
    with pytest.raises(DataError, match="row 2, column agency: the word isn't known"):
        read_recommendations(tmp_path, replace(HERE, agencies=(Agency("police", "Police"),)))


def test_who_acts_may_be_a_body_outside(tmp_path):
    row = f"id,source,recommendation,agency,made,status\nRC-01,audit,Act,{OUTSIDE},2023-01-01,under_way\n"
    (tmp_path / "recommendations.csv").write_text(row, encoding="utf-8")
    (told,) = follow(read_recommendations(tmp_path, HERE), DAY)
    assert (told.state, told.words) == ("Open, without a day", "Asked 1 January 2023, open for 455 days")


def test_the_three_overdue_recommendations_of_exampleshire_are_named(exampleshire_release):
    found = read_store(exampleshire_release / STORE).recommendations
    assert [told.id for told in found if told.state == "Overdue"] == ["RC-03", "RC-04", "RC-05"]
    page = (exampleshire_release / "follow_up.html").read_text(encoding="utf-8")
    states = (
        "3 overdue; 2 open, without a day; 9 open; 1 done by its owner's word, without evidence; 13 done by its owner's"
        " word, not tested again; 3 done, not borne out when tested again; 11 done, borne out in part when tested"
        " again; 4 done, and borne out when tested again; 2 closed, not done."
    )
    assert f"Of 48, as at 31 March 2024: {states}" in html.unescape(page)


YEARS = ("2019-20", "2023-24", "2025-26", "2026-27")


def duties(year, catalogue):
    return load_duties(DICTIONARY, year, catalogue, load_questions(DICTIONARY, catalogue).pages)


def test_a_report_is_held_to_the_edition_of_its_year(shipped_catalogue):
    laws = {year: {duty.law for duty in duties(year, shipped_catalogue)} for year in ("2022-23", "2023-24", "2026-27")}
    editions = ("Working Together 2018", "Working Together 2023", "Working Together 2026")
    assert [[name for name in editions if name in found] for found in laws.values()] == [[name] for name in editions]
    assert all("Care Act 2014, section 42" in found for found in laws.values())


def test_what_a_person_must_read_is_marked_in_every_year_that_it_bears_on(shipped_catalogue):
    marked = {year: {one.id for one in duties(year, shipped_catalogue) if one.opened != "read"} for year in YEARS}
    always = {"A11", "C2", "C8", "C11", "C12", "F3"}
    assert all(always <= found for found in marked.values())
    assert [{"C3a", "C5a", "C6", "C7a", "C7", "F1", "W3", "W5", "X1"} & found for found in marked.values()] == [
        {"C3a"},
        {"C5a", "C6", "X1"},
        {"C5a", "C6", "C7a", "F1", "X1"},
        {"C7", "F1", "W3", "W5", "X1"},
    ]


def test_nothing_of_the_2026_act_is_a_duty_before_a_person_enters_its_day(shipped_catalogue):
    of_act = [duty for duty in duties("2026-27", shipped_catalogue) if "Schools Act 2026" in duty.law]
    assert len(of_act) == 5 and all("No date of commencement is entered" in duty.note for duty in of_act)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("A1,both,Act,2023-24,,Do,read,,,", "unknown board 'both'"),
        ("A1,adults,Act,2023,,Do,read,,,", "a year isn't one"),
        ("A1,adults,Act,2023-24,,Do,unread,,,", "unknown mark 'unread'"),
        ("A1,adults,Act,2023-24,,Do,read,board_atendance,,", "unknown measure 'board_atendance'"),
    ],
)
def test_a_duty_that_does_not_hold_is_told(tmp_path, shipped_catalogue, row, message):
    header = "id,board,law,first,last,duty,opened,answers,lacks,note"
    (tmp_path / "duties.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    with pytest.raises(DataError, match=f"row 2, A1: {message}"):
        load_duties(tmp_path, "2023-24", shipped_catalogue, {})


@pytest.mark.parametrize(("column", "ahead"), [("done", 0), ("done", 1), ("tested", 1), ("due", 400)])
def test_what_is_done_is_done_on_a_day_that_has_been(tmp_path, column, ahead):
    said = {"id": "RC-01", "source": "audit", "recommendation": "Act", "agency": "Police", "made": "2023-01-01"}
    said |= {"status": "done", column: f"{date.today() + timedelta(ahead)}"}
    (tmp_path / "recommendations.csv").write_text(f"{','.join(said)}\n{','.join(said.values())}\n", encoding="utf-8")
    police = replace(HERE, agencies=(Agency("police", "Police"),))
    if not ahead or column == "due":
        assert len(read_recommendations(tmp_path, police)) == 1
        return
    with pytest.raises(DataError, match=f"row 2, column {column}: lies ahead"):
        read_recommendations(tmp_path, police)
