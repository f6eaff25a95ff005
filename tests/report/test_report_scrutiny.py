"""The pages for scrutineers, made of small releases: answers, what is hidden, blanks that name what would fill them."""

import json
from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup
from msgspec.structs import replace as change

from analysis.charts.chart import Mark
from analysis.figures.build import AGREES
from analysis.figures.model import Comparison
from analysis.figures.published import Point
from analysis.measures.topics import ChartPlan, Topic
from analysis.methods.change import AMONG, CHANCE, FEW, RISEN, TOO_FEW, UNCHANGED
from analysis.release.release import SectionPlan
from analysis.report.direct import (
    FIGURES,
    Lead,
    lead_apart,
    lead_below,
    lead_follows,
    lead_has,
    lead_state,
    lead_tests,
    part_empty,
    say_value,
)
from analysis.report.export import write_exports
from analysis.report.facts import tell_clock, tell_periods, tell_publication, tell_sets
from analysis.report.follow_up import tell_duty, tell_places, write_follow_up
from analysis.report.glossary import write_glossary
from analysis.report.register import write_register
from analysis.report.scrutiny import Asked, link_once, write_scrutiny, write_themes
from analysis.scrutiny.addendum import Entry
from analysis.scrutiny.contradictions import Contradiction
from analysis.scrutiny.duties import Duty
from analysis.scrutiny.priorities import Priority
from analysis.scrutiny.questions import AnswerPage, Clause, Question, Questions, Theme
from analysis.scrutiny.recommendations import BORNE_OUT, OUTSIDE, TESTED, UNTESTED, Recommendation
from analysis.scrutiny.sign_off import SignOff
from tests.examples import LAST, TODAY, a_release, made, official, seen, text_of

TOPIC = Topic(
    section="12_2_lado_and_education",
    id="contacts",
    title="Contacts",
    what="W",
    why="W",
    headline=("lado_contacts",),
    statistics=("lado_contacts/*",),
)
PAGES = {
    "follow_up.html#sign_off": AnswerPage(
        "Draft, sign-off, comments and replies", "sign_off", "sign_off.csv", {"reply": "{note} ({body}, {day})."}
    ),
    "follow_up.html#recommendations": AnswerPage(
        "Promises", "recommendations", tells={"state": "{recommendation} ({agency}): {state}. {words}; due {due}."}
    ),
}
POINT = Question(
    "H-1", "H", "7", "Q", ("F3",), "Who made contact?", clauses=(Clause("H-1", "", "figure", ("lado_contacts",)),)
)
SENDERS = {"lado_contacts": ("Contacts to the LADO", "Contacts (D23) from Bow")}


def asked(*statistics, **parts):
    points = (parts.pop("point", POINT),)
    register = Questions(
        {"H": "A committee"}, {"Q": "question"}, {"F3": "Who came"}, PAGES, senders=SENDERS, points=points
    )
    texts = {"lado_contacts": text_of(polarity="lower_is_better", counts="contact", term="A worry.")}
    return Asked(a_release(statistics=statistics, topics=(TOPIC,), measures=texts, questions=register, **parts))


def told(asked):
    (point,) = asked.release.questions.points
    return asked.tell(point)


def words(path):
    return " ".join(BeautifulSoup(path.read_text(encoding="utf-8"), "lxml").main.get_text(" ").split())


def test_an_answer_is_the_sentence_of_its_figure_and_a_link_to_its_topic(catalogue):
    (figure,) = made(catalogue, seen())
    answered = told(asked(replace(figure, section=TOPIC.section, statement="There were 253.")))
    assert (answered["state"], answered["lacks"]) == ("full", [])
    assert answered["leads"] == [("", "253", "contacts to the LADO", "", "")]
    assert answered["answers"] == [
        {
            "given": True,
            "words": "There were 253.",
            "link": "sections/12_2_lado_and_education.html#topic-contacts",
            "place": "Contacts",
        }
    ]


def test_a_figure_that_is_hidden_says_so_and_is_no_answer(catalogue):
    (figure,) = made(catalogue, seen())
    hidden = replace(figure, section=TOPIC.section, status="suppressed", value=None, statement="It is not shown.")
    answered = told(asked(hidden))
    assert (answered["state"], answered["answers"][0]["words"]) == ("none", "It is not shown.")
    assert answered["leads"] == [("", "Returned; not printed, to protect people", "", "", "")]
    assert answered["lacks"] == []  # it came, and is hidden


def test_a_question_without_a_figure_says_who_would_return_it(tmp_path):
    release = asked().release
    page = words(write_scrutiny(tmp_path, release))
    said = (
        "Who made contact? Not answered Can't be told. No return came, and who would send it: Contacts (D23) from Bow"
    )
    assert f"{said}, for contacts to the LADO." in page


@pytest.mark.parametrize(
    ("steps", "state"), [((), "none"), ((SignOff("SO-1", "B", "noted", date(2024, 7, 1)),), "full")]
)
def test_a_page_answers_where_it_holds_something(steps, state):
    clause = Clause("H-1", "", "held", ("follow_up.html#sign_off",))
    point = Question("H-1", "H", "7", "Q", ("F3",), "Noted?", clauses=(clause,))
    answered = told(asked(point=point, sign_off=steps))
    assert (answered["state"], list(answered["lacks"])) == (
        state,
        [] if steps else ["sign_off.csv from the partnership team"],
    )


def test_rows_answer_each_for_itself_where_it_stands():
    rows = (
        Recommendation(
            "R-1", "audit", "Act", "A", date(2023, 1, 1), "done", answers="H-1;H-2", state="Done", words="On time"
        ),
        Recommendation(
            "R-2", "review", "Wait", "B", date(2023, 1, 1), "under_way", state="Open", words="Open for 9 days"
        ),
    )
    about = asked(recommendations=rows)
    link = "follow_up.html#recommendations/answers/H-2:state"
    assert about.list_answers(link) == [
        {
            "given": True,
            "place": "",
            "words": "Act (A): Done. On time; due a day that isn’t stated.",
            "link": "follow_up.html#R-1",
        }
    ]
    assert [one["link"] for one in about.list_answers("follow_up.html#recommendations:state")] == [
        "follow_up.html#R-1",
        "follow_up.html#R-2",
    ]
    assert about.list_answers("follow_up.html#recommendations/answers/H-3:state")[0]["given"] is False


def test_without_its_files_the_follow_up_names_who_would_return_them(tmp_path):
    page = words(write_follow_up(tmp_path, a_release()))
    for file in ("priorities.csv", "recommendations.csv", "sign_off.csv"):
        assert f"The partnership team would return {'it' if file != 'sign_off.csv' else 'who did'} ({file})." in page
    assert "take it for a draft" in page


def test_a_report_that_was_signed_off_says_by_whom_and_when(tmp_path):
    page = words(
        write_follow_up(tmp_path, a_release(sign_off=(SignOff("SO-1", "Board", "signed_off", date(2024, 7, 1)),)))
    )
    assert "This report was signed off. 1 July 2024: signed off, Board." in page


def test_the_clock_runs_to_the_30_september_after_the_period_and_only_where_an_edition_sets_it():
    duty = Duty("C6", "children", "Working Together 2023", "2023-24", "", "Published", "not")
    assert tell_clock(a_release()) == ""
    assert tell_clock(a_release(duties=(duty,))) == (
        "To be published by 30 September 2024 (Working Together 2023; not opened: a person must read it). This copy was"
        " made on 1 June 2024, by that day."
    )


@pytest.mark.parametrize(("lacks", "status", "state"), [("", "published", "full"), ("Counts", "published", "partly")])
def test_a_duty_whose_answers_cannot_be_the_whole_of_it_is_answered_in_part(catalogue, lacks, status, state):
    (figure,) = made(catalogue, seen())
    about = asked(replace(figure, section=TOPIC.section, statement="There were 253.", status=status))
    duty = Duty("A4", "adults", "Care Act 2014", "2015-16", "", "Findings", "read", ("lado_contacts",), lacks)
    assert tell_duty(duty, about)["state"] == state


def test_a_duty_some_of_whose_figures_are_hidden_is_answered_in_part(catalogue):
    (shown,) = made(catalogue, seen())
    hidden = replace(shown, indicator="marac_cases", statistic_id="b", status="suppressed", value=None, display="[c]")
    about = asked(*(replace(s, section=TOPIC.section, statement="There were 253.") for s in (shown, hidden)))
    names = ("lado_contacts", "marac_cases")
    duty = Duty("A4", "adults", "Care Act 2014", "2015-16", "", "Findings", "read", names)
    assert tell_duty(duty, about)["state"] == "partly"


CHANGE = Comparison("previous", "2022-23", "40%", "3.0 percentage points higher", RISEN, earlier="in 2022-23")
OVERDUE = Recommendation("R-1", "audit", "Act", "A", date(2023, 1, 1), "under_way", state="Overdue", evidence="Minutes")


def shares(catalogue, *values, **changes):
    """Return shares of a split, as a direct answer takes them."""
    (figure,) = made(catalogue, seen())
    plain = {"measure_type": "percent", "title": "Seats filled", "denominator": 100.0} | changes
    return [
        replace(figure, value=value, numerator=value, display=f"{value:g}%", category=f"c{n}", label=f"C{n}", **plain)
        for n, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    ("rule", "values", "word", "gist"),
    [
        ("all", [100.0, 100.0], "Yes", "seats filled, each of 2 at 100%"),
        ("all", [100.0, 99.0], "1 of 2 reach 100%", "seats filled, lowest: C1 99% (99 of 100); highest: C0 100%"),
        (
            "all",
            [99.0, 98.0],
            "No",
            "none of 2 reaches 100%; seats filled, lowest: C1 98% (98 of 100); highest: C0 99%",
        ),
        ("all", [0.0], "No", "seats filled, C0 0% (0 of 100)"),
        ("all", [99.0], "99 of 100", "99%, seats filled, C0"),  # nearly all isn't all
        ("any", [0.0, 1.0], "Yes", "1% (1 of 100), seats filled"),
        ("any", [0.0], "No", "0% (0 of 100), seats filled"),
        ("figure", [3.0], "3% (3 of 100)", "seats filled, C0"),
        ("figure", [3.0, 4.0], "C0 3% (3 of 100); C1 4% (4 of 100)", "seats filled"),
        ("figure", [3.0, 4.0, 0.0], "C0 3% (3 of 100); C1 4% (4 of 100); none recorded, or not collected: C2", ""),
        ("figure", [*range(1, 8)], "lowest: C0 1% (1 of 100); highest: C6 7% (7 of 100)", "seats filled, each below"),
        ("figure", [1, 1, 2, 3, 4, 5, 6], "lowest: C0 1% (1 of 100), C1 1% (1 of 100); highest: C6 6% (6 of 100)", ""),
        ("figure", [1, *[2] * 6], "lowest: C0 1% (1 of 100); highest: 6 of them, 2% (2 of 100) each", ""),
        ("figure", [3] * 7, "all alike, 3%", ""),
    ],
)
def test_a_direct_answer_is_worked_out_from_its_figures(catalogue, rule, values, word, gist):
    found = FIGURES[rule](shares(catalogue, *values))
    assert (found[0], found[1][: len(gist)]) == (word, gist)


def test_a_zero_of_a_base_of_its_own_is_a_figure_and_one_of_a_base_that_all_have_may_be_a_code_unused(catalogue):
    own = [replace(s, denominator=100.0 + n) for n, s in enumerate(shares(catalogue, 0.0, 4.0))]
    assert [len(part) for part in part_empty(own)] == [2, 0]
    assert [len(part) for part in part_empty(shares(catalogue, 0.0, 4.0))] == [1, 1]
    assert [len(part) for part in part_empty(shares(catalogue, 0.0, 1.0, denominator=1.0))] == [2, 0], "0 of 1 is known"
    assert [len(part) for part in part_empty(shares(catalogue, 0.0, 0.0))] == [2, 0], "all of them, so none is odd"


def test_of_a_small_base_the_parts_are_said_and_no_share(catalogue):
    (figure,) = shares(catalogue, 50.0, denominator=19.0)
    assert say_value(replace(figure, numerator=2.0)) == "2 of 19"
    assert say_value(replace(figure, numerator=2.0, denominator=20.0)) == "50% (2 of 20)"


@pytest.mark.parametrize(
    ("change_of", "word", "sure"),
    [
        ({}, "Higher", "a clear change"),
        ({"difference": "3.0 percentage points lower"}, "Lower", "a clear change"),
        ({"verdict": UNCHANGED}, "No clear change", "3.0 percentage points higher)"),
        ({"verdict": CHANCE}, "No clear change", "3.0 percentage points higher)"),
        ({"verdict": AMONG}, "Higher, perhaps by chance", "3.0 percentage points higher)"),
        ({"verdict": TOO_FEW}, "Can't be told", FEW),
        ({"verdict": "", "difference": "no difference"}, "The same", ""),
        ({"verdict": "", "untested": "no base"}, "Can't be told", "3.0 percentage points higher, not tested)"),
        ({"refused": "the series breaks"}, "Can't be told", "the series breaks"),
        ({"hidden": True}, "Can't be told", "the earlier figure is not shown"),
    ],
)
def test_a_change_says_which_way_and_whether_it_is_a_clear_one(catalogue, change_of, word, sure):
    (figure,) = shares(catalogue, 43.0, comparisons=(replace(CHANGE, **change_of),))
    found, gist = FIGURES["change"]([figure])
    assert found == word and sure in gist and gist.startswith("seats filled, C0 43% (43 of 100), ")
    assert FIGURES["change"]([replace(figure, comparisons=())]) == (
        "Can't be told",
        "seats filled, C0 43% (43 of 100), no earlier figure is held",
    )


def test_changes_of_a_split_are_counted_by_their_way(catalogue):
    up = shares(catalogue, 43.0, 44.0, comparisons=(CHANGE,))
    same = replace(up[0], comparisons=(replace(CHANGE, verdict=UNCHANGED),))
    assert FIGURES["change"]([*up, same])[0] == "2 higher; 1 no clear change"
    assert FIGURES["change"](up * 4) == ("Higher", "seats filled: each below")


@pytest.mark.parametrize(
    ("states", "answer"),
    [
        ((TESTED, TESTED), ("2 of 2 done", "2 done, and borne out when tested again")),
        ((TESTED, "Overdue"), ("1 of 2 done", "1 done, and borne out when tested again; 1 overdue")),
        (("Done by its owner's word, not tested again",), ("Done by its owner's word, not tested again", "asked")),
        (("Done, not borne out when tested again",), ("Done, not borne out when tested again", "asked")),
        (("Overdue",), ("Missed by its day", "asked")),
        (("Open",), ("Not yet due", "asked")),
    ],
)
def test_what_is_followed_says_its_state_or_how_many_are_done(states, answer):
    assert lead_state([change(OVERDUE, state=state, words="Asked") for state in states]) == answer


def test_what_came_after_the_reports_day_stands_apart():
    done = change(OVERDUE, state=TESTED, words="Asked", since="tested again on 5 September 2024: 9 of 10")
    assert lead_state([done])[1] == "asked. Since the report's day: tested again on 5 September 2024: 9 of 10"
    assert lead_state([done, OVERDUE])[1].endswith("; since that day 1 moved on")


def test_rows_say_how_many_of_them_name_something_and_which_dont():
    rows = [change(OVERDUE, id=f"R-{n}", evidence="Minutes" * (n > 1)) for n in range(1, 4)]
    assert lead_has(rows, "evidence") == ("2 of 3", "without it: “Act”")
    assert lead_has(rows, "result") == ("No", "") and lead_has(rows, "state") == ("Yes", "")
    assert lead_has([*rows[:2], change(rows[0], id="R-9")], "evidence") == ("1 of 3", "with it: “Act”")


def test_groups_differ_where_an_interval_leaves_out_one():
    marks = [Mark("Black", 1.8, "1.80", lower=1.5, upper=2.1), Mark("White", 0.9, "0.90", lower=0.7, upper=1.1)]
    assert lead_apart(marks) == ("1 of 2 differ", "times the rate of all others: Black 1.80")
    assert lead_apart(marks[1:]) == (
        "Can't be told",
        "the groups can't be told apart (times the rate of all others: White 0.90)",
    )


def ratio(label, lower, upper):
    return Mark(label, (lower + upper) / 2, f"{(lower + upper) / 2:.2f}", lower=lower, upper=upper)


@pytest.mark.parametrize(
    ("need", "help", "word"),
    [
        ((1.6, 1.8), (1.1, 1.3), "Yes"),
        ((1.6, 1.8), (0.9, 1.1), "No"),
        ((1.2, 1.8), (0.9, 1.3), "Can't be told"),
        ((0.4, 0.6), (0.7, 0.9), "Yes"),
        ((0.4, 0.6), (0.9, 1.1), "No"),
        ((0.4, 0.9), (0.8, 1.1), "Can't be told"),
        ((0.9, 1.1), (1.1, 1.3), "Can't be told"),
    ],
)
def test_help_follows_need_where_both_intervals_leave_out_one_on_the_same_side(need, help, word):
    assert lead_follows([ratio("North", *need)], [ratio("North", *help)])[0] == word


def test_need_and_help_stand_beside_each_other_group_by_group():
    needs = [ratio("North", 1.6, 1.8), ratio("South", 0.4, 0.6), ratio("Central", 0.9, 1.1)]
    helps = [ratio("North", 0.9, 1.1), ratio("South", 0.7, 0.9)]
    assert lead_follows(needs, helps) == (
        "No in 1; Yes in 1 of 2",
        "times the rate of all others: North need 1.70 (1.60 to 1.80), help 1.00 (0.90 to 1.10); "
        "South need 0.50 (0.40 to 0.60), help 0.80 (0.70 to 0.90)",
    )
    assert lead_follows(needs[:1], helps[1:])[0] == "Can't be told"


def test_a_single_figure_stands_with_that_of_the_year_before(catalogue):
    (figure,) = shares(catalogue, 43.0, comparisons=(CHANGE,))
    assert FIGURES["figure"]([figure])[0] == f"43% (43 of 100), was {CHANGE.other}"


def test_a_blank_says_its_field_and_a_stand_in_is_called_one(catalogue):
    (figure,) = made(catalogue, seen())
    held = replace(figure, section=TOPIC.section, statement="There were 253.")
    blank = "when: field “day” of Contacts (D23) from Bow"
    clauses = (Clause("H-1", "When?", blank=blank), Clause("H-1", "Who:", "figure", ("lado_contacts",), blank))
    answered = told(asked(held, point=change(POINT, clauses=clauses)))
    assert [lead[:3] for lead in answered["leads"]] == [
        ("When?", "Not recorded", blank),
        ("Who:", "253", f"contacts to the LADO. This stands in for what is not recorded: {blank}"),
    ]
    assert answered["state"] == "partly"


@pytest.mark.parametrize("rows", [(), (SignOff("SO-1", "Bow Team", "replied", date(2024, 9, 20), "On Friday", "H-1"),)])
def test_a_reply_answers_with_who_said_it_and_when_and_without_one_the_field_is_missing(rows):
    blank = "when: field “day” of Contacts (D23) from Bow"
    clause = Clause("H-1", "When?", "reply", ("follow_up.html#sign_off/answers/H-1:reply",), blank)
    answered = told(asked(point=change(POINT, clauses=(clause,)), sign_off=rows))
    said = Lead("When?", "Replied", "On Friday (Bow Team, 20 September 2024).", "follow_up.html#SO-1", "Reply")
    assert answered["leads"] == [said if rows else Lead("When?", "Not recorded", blank)]
    assert (answered["state"], answered["answers"], answered["lacks"]) == ("full" if rows else "none", [], [])


def test_what_was_done_is_told_by_how_far_a_test_bore_it_out():
    states = [BORNE_OUT[word] for word in ("yes", "in part", "no")] + [UNTESTED, "Overdue"]
    rows = [change(OVERDUE, state=state) for state in states]
    assert lead_tests(rows) == (
        "1 of 3 tested was borne out",
        "1 in part, 1 not; 1 done and not tested by the report's day",
    )
    later = change(OVERDUE, state=UNTESTED, since="tested again on 5 September 2024: 9 of 10")
    assert lead_tests([rows[0], rows[0], later]) == (
        "2 of 2 tested were borne out",
        "0 in part, 0 not; 1 done and not tested by the report's day; 1 tested since",
    )


@pytest.mark.parametrize(("values", "word"), [((56.0, 75.0), "Yes"), ((75.0, 75.0), "No"), ((80.0, 75.0), "No")])
def test_a_joint_figure_is_weaker_where_it_is_below_each_other(catalogue, values, word):
    found, gist = lead_below(shares(catalogue, *values))
    assert found == word and gist.endswith("They count unlike things, so that no test fits")


def test_a_figure_of_one_agency_needs_no_return_of_another():
    about = asked()
    assert about.is_of_one_agency("training_compliance/agency/acute_hospital")
    assert about.is_of_one_agency("hospital_level_three/staff_group")
    assert not about.is_of_one_agency("training_compliance/agency")


def test_of_several_answers_of_one_place_the_last_leads_to_it():
    leads = [Lead("A", "1", link="a.html"), Lead("B", "2", link="b.html"), Lead("C", "3", link="a.html")]
    assert [one.link for one in link_once(leads)] == ["", "b.html", "a.html"]


def test_the_registers_own_words_answer_what_a_word_means():
    point = change(POINT, note="A worry.", clauses=(*POINT.clauses, Clause("H-1", "What:", "note")))
    answered = told(asked(point=point))
    assert (answered["leads"][1][:3], answered["note"]) == (("What:", "", "A worry."), "")


def test_the_list_by_name_and_those_returned_are_two_sets_each_with_its_counts(catalogue):
    (figure,) = made(catalogue, seen())
    plain = {"indicator": "recommendations_open", "dimension": "source", "section": TOPIC.section}
    returned = [
        replace(figure, **plain, category=name, label=label, display=display, statistic_id=name)
        for name, label, display in (("audit", "Audits", "4"), ("scrutiny", "Scrutiny", "2"))
    ]
    listed = [OVERDUE, change(OVERDUE, id="R-2", source="scrutineer", state="Open"), change(OVERDUE, state=TESTED)]
    said = tell_sets(a_release(statistics=tuple(returned), recommendations=tuple(listed)))
    assert "the list follows 3 by name" in said and "audits 4 and 1; scrutiny 2 and 1." in said
    assert tell_sets(a_release(recommendations=tuple(listed))) == ""
    outside = change(OVERDUE, id="R-3", agency=OUTSIDE)  # no agency returns what a ministry is asked for
    alike = [replace(one, display="1") for one in returned]
    assert tell_sets(a_release(statistics=tuple(alike), recommendations=(*listed, outside))) == "", (
        "one set, told twice"
    )


def test_a_report_says_its_months_and_how_many_figures_are_of_a_day_or_another_period(catalogue):
    figures = made(catalogue, seen(), seen(period=LAST), seen(period=TODAY))
    said = tell_periods(a_release(statistics=tuple(figures)))
    assert said.startswith("12 months, ") and "1 of all of it" in said and "1 as at a day" in said


def test_a_known_dispute_and_a_later_correction_stand_at_the_answer(catalogue):
    (figure,) = made(catalogue, seen())
    held = replace(figure, section=TOPIC.section, statement="There were 253.", reconciled="the agency counts 7 more")
    dispute = Contradiction((held.statistic_id, "other"), True, "A says 253, B says 3.")
    entry = Entry("AD-1", date(2024, 10, 14), "correction", "Some were entered twice", "LADO", "lado_contacts")
    answered = told(asked(held, contradictions=(dispute, change(dispute, differs=False)), addendum=(entry,)))
    assert answered["cautions"] == [
        "A says 253, B says 3.",
        "After the report closed, 14 October 2024: some were entered twice. The figure here is as it was.",
        f"{held.title}: the agency counts 7 more.",
    ]


def test_every_part_of_a_split_is_told_and_what_is_hidden_by_name(catalogue):
    parts = shares(catalogue, *range(1, 10))
    hidden = replace(parts[0], status="suppressed", value=None, label="Few")
    words_of = asked().say([*parts[1:], hidden], parts[1:])
    assert all(f"C{n} {n + 1}%" in words_of for n in range(1, 9)), words_of
    assert words_of.endswith("Returned; not printed, to protect people: Few.")


def test_a_report_says_whether_it_was_published_in_time_and_when_the_next_is_due():
    duty = Duty("C6", "children", "Working Together 2023", "2023-24", "", "Published", "not")
    published = SignOff("SO-1", "Website", "published", date(2024, 9, 30))
    release = a_release(duties=(duty,), sign_off=(published,))
    next_due = "the next is due by 30 September 2025"
    assert tell_publication(release) == f"In time, published on 30 September 2024; {next_due}"
    late = change(release, sign_off=(change(published, day=date(2024, 10, 1)),))
    assert tell_publication(late) == f"Late, published on 1 October 2024; {next_due}"
    assert tell_publication(change(release, sign_off=())) == f"Not known; {next_due}"


def test_own_committees_stand_open_and_others_are_folded(tmp_path):
    register = Questions({"H": "Ours", "O": "Theirs"}, {"Q": "question"}, {"F3": "Who came"}, PAGES, own=("H",))
    blank = Clause("O-1", "", blank="who: field “who” of Contacts (D23) from Bow")
    other = Question("O-1", "O", "7", "Q", ("F3",), "And theirs?", clauses=(blank,))
    write_scrutiny(tmp_path, a_release(questions=change(register, points=(POINT, other))))
    page = BeautifulSoup((tmp_path / "scrutiny.html").read_text(encoding="utf-8"), "lxml").main
    folds = {point: len(page.find(id=point).find_parents("details")) for point in ("H-1", "O-1")}
    assert folds == {"H-1": 1, "O-1": 2}
    assert page.find(id="O-1").find_parents("details")[1].summary.text == "1 point of another committee"


def test_a_theme_has_figures_of_every_section_and_names_those_that_no_return_gave(tmp_path, catalogue):
    (figure,) = made(catalogue, seen())
    theme = Theme("Allegations", ("lado_contacts", "marac_cases"), ("Contacts", "Cases at MARAC"))
    about = asked(replace(figure, section=TOPIC.section, statement="There were 253.")).release
    page = words(write_themes(tmp_path, change(about, questions=change(about.questions, themes={"staff": theme}))))
    assert "Allegations 1 of 2 figures are shown There were 253. Contacts No return gave: cases at MARAC." in page


def test_a_section_for_programs_has_its_own_figures_duties_and_returns(tmp_path, catalogue):
    (figure,) = made(catalogue, seen())
    held = replace(figure, section=TOPIC.section, statement="There were 253.")
    duties = [
        Duty("C12", "children", "Guidance", "2019-20", "", "Allegations", "part", ("lado_contacts",)),
        Duty("A1", "adults", "Care Act 2014", "2015-16", "", "Work done", "read", ("marac_cases",)),
    ]
    about = asked(held, replace(held, statistic_id="other", section="other"), duties=tuple(duties)).release
    write_exports(
        tmp_path, change(about, sections=(SectionPlan(id=TOPIC.section, number="12.2", title="Allegations"),))
    )
    made_of = json.loads((tmp_path / "sections" / f"{TOPIC.section}.json").read_text(encoding="utf-8"))
    assert [row["display"] for row in made_of["statistics"]] == ["253"]
    assert [(one["id"], one["state"]) for one in made_of["duties"]] == [("C12", "full")]
    assert (made_of["title"], made_of["returns"]) == ("Allegations", [])


def test_a_priority_has_the_control_chart_of_its_months(tmp_path, catalogue):
    topic = replace(TOPIC, charts=(ChartPlan("by_month", "control", ("lado_contacts/month",), "Contacts by month"),))
    folder = tmp_path / "charts" / topic.section
    folder.mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / f"{topic.section}.ipynb").touch()
    about = {"title": "Contacts by month", "subtitle": "", "alt": "Contacts rose.", "description": "", "source": "LADO"}
    (folder / "by_month.json").write_text(json.dumps(about), encoding="utf-8")
    (folder / "by_month.png").touch()
    (folder / "by_month.svg").write_text("<svg/>", encoding="utf-8")
    days = date(2023, 4, 1), date(2024, 3, 31)
    one = Priority("PR-1", "children", "Reach", "Few came", "lado_contacts", "rise", *days, "Officer")
    page = write_follow_up(tmp_path, change(asked().release, topics=(topic,), priorities=(one,)))
    assert "Contacts by month. It began on 1 April 2023 LADO" in words(page)
    assert BeautifulSoup(page.read_text(encoding="utf-8"), "lxml").main.img["alt"] == "Contacts rose."


def test_the_addendum_tells_what_moved_each_with_its_day_and_the_figure_that_stands_now(tmp_path, catalogue):
    (figure,) = made(catalogue, seen())
    day = date(2024, 10, 14)
    entries = (
        Entry("AD-1", day, "return", "The caseload", "Probation"),
        Entry("AD-2", day, "correction", "Some were entered twice", "LADO", "lado_contacts"),
        Entry("AD-3", day, "review", "The review of care at home"),
        Entry("RC-1", day, "recommendation", "Act", "Police", now="done"),
        Entry("lado_contacts.count", day, "moved", "Contacts", "LADO", "lado_contacts", "240", "253"),
        Entry("shown", day, "shown", "12"),
        Entry("hidden", day, "hidden", "3"),
    )
    release = asked(replace(figure, section=TOPIC.section, statement="There were 253.")).release
    page = words(write_follow_up(tmp_path, change(release, addendum=entries)))
    for said in (
        "14 October 2024: return: The caseload (Probation).",
        "correction: Some were entered twice (LADO). Here: There were 253. Contacts",
        "review: The review of care at home.",
        "RC-1 was done: Act (Police).",
        "12 figures that the version of 14 October 2024 did not show are shown here.",
        "3 figures that the version of 14 October 2024 showed are not shown here, to protect people.",
        "1 figures read otherwise in the version that was handed over on 14 October 2024 Contacts: 240 then, 253 here.",
    ):
        assert said in page, said
    assert "Nothing is recorded: no return came after the sign-off" in words(write_follow_up(tmp_path, a_release()))


def test_what_two_agencies_say_of_the_same_events_stands_with_how_many_differ(tmp_path):
    told = (Contradiction(("a", "b"), True, "A says 2, B says 3."), Contradiction(("c", "d"), False, "Both say 4."))
    page = words(write_register(tmp_path, a_release(contradictions=told)))
    assert "1 of 2 sets of figures do not fit:" in page and "A says 2, B says 3. Both say 4." in page
    assert "No two agencies returned figures of the same events" in words(write_register(tmp_path, a_release()))


def test_a_priority_is_set_beside_places_in_the_years_of_its_own_two_figures(tmp_path, catalogue):
    before, now = made(catalogue, seen(period=LAST, value=200.0), seen())
    points = [
        Point(name, year, value, str(value))
        for name, values in {"Here": (5, 6), "England": (7, 8), "Neighbours' median": (None, 9)}.items()
        for year, value in zip(("2023", "2024"), values, strict=True)
    ]
    days = date(2023, 4, 1), date(2024, 3, 31)
    ids = (before.statistic_id, now.statistic_id)
    one = Priority("PR-1", "children", "R", "F", "lado_contacts", "rise", *days, "Officer", figures=ids)
    release = a_release(statistics=(now,), history=(before,))
    assert tell_places(official(years=tuple(points)), one, release) == ["England: 7 in 2023, then 8 in 2024."]
    assert tell_places(official(), one, release) == ["England has 9%."]


def test_an_official_figure_answers_where_no_return_gave_the_measure():
    held = official(comparator="lado_contacts", returned=False, section="one")
    answered = told(asked(official=(held,)))
    assert answered["answers"][0] == {
        "given": True,
        "words": "Contacts (2024, official statistics): England has 9%.",
        "link": "sections/one.html#official",
        "place": "Official statistics",
    }
    renamed = Questions(official={"lado_contacts": "contacts_rate"})
    other = asked(official=(official(returned=False),)).release
    assert Asked(change(other, questions=renamed)).answer("lado_contacts")["given"]
    assert told(asked(official=(official(comparator="lado_contacts"),)))["state"] == "none", (
        "one that stands beside ours"
    )


def test_counts_that_came_twice_stand_with_those_that_differ_first(tmp_path, catalogue):
    (figure,) = made(catalogue, seen())
    alike = replace(figure, title="Referrals", reconciled=AGREES)
    apart = replace(figure, title="Contacts", reconciled="the agency's own count is 260: 7 more than its records give")
    page = words(write_register(tmp_path, a_release(statistics=(alike, apart, figure))))
    assert "Contacts: the agency's own count is 260: 7 more than its records give. Referrals: the agency's own" in page
    assert "none could be held against the other" in words(write_register(tmp_path, a_release()))


def test_the_glossary_has_each_word_once_with_the_figures_that_count_it(tmp_path):
    texts = {
        "b": text_of(title="Second", counts="worries", term="What troubles."),
        "a": text_of(title="First", counts="worries", term="What troubles."),
        "c": text_of(title="Third", counts="adults", term="Of eighteen or over."),
    }
    page = words(write_glossary(tmp_path, a_release(measures=texts)))
    assert "Adults Of eighteen or over. Figures: Third. Worries What troubles. Figures: Second; First." in page
