"""The pages for scrutineers, made of small releases: answers, what is hidden, blanks that name what would fill them."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from analysis.measures.topics import Topic
from analysis.report.follow_up import tell_clock, write_follow_up
from analysis.report.glossary import write_glossary
from analysis.report.scrutiny import Asked, count_verdicts, write_scrutiny
from analysis.scrutiny.duties import Duty
from analysis.scrutiny.questions import AnswerPage, Question, Questions
from analysis.scrutiny.recommendations import Recommendation
from analysis.scrutiny.sign_off import SignOff
from tests.examples import a_release, made, seen, text_of

TOPIC = Topic(
    section="12_2_lado_and_education",
    id="contacts",
    title="Contacts",
    what="W",
    why="W",
    headline=("lado_contacts",),
    statistics=("lado_contacts/*",),
)
PAGES = {"follow_up.html#sign_off": AnswerPage("Draft, sign-off and comments", "sign_off")}
POINT = Question(
    "H-1", "H", "7", "Q", ("F3",), "Who made contact?", "full", ("lado_contacts",), returns=("Contacts (D23) from Bow",)
)


def asked(*statistics, **parts):
    register = Questions(
        {"H": "A committee"}, {"Q": "question"}, {"F3": "Who came"}, PAGES, (parts.pop("point", POINT),)
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
    assert (answered["state"], answered["lacks"]) == ("full", ())
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
    assert answered["lacks"] == ("Contacts (D23) from Bow",)


def test_a_question_without_a_figure_says_who_would_return_it(tmp_path):
    release = asked().release
    page = words(write_scrutiny(tmp_path, release))
    assert "Who made contact? Not answered. H-1, question. What would answer it: Contacts (D23) from Bow." in page


@pytest.mark.parametrize(
    ("steps", "state"), [((), "none"), ((SignOff("SO-1", "B", "noted", date(2024, 7, 1)),), "full")]
)
def test_a_page_answers_where_it_holds_something(steps, state):
    point = Question("H-1", "H", "7", "Q", ("F3",), "Noted?", "full", ("follow_up.html#sign_off",))
    assert told(asked(point=point, sign_off=steps))["state"] == state


def test_what_is_tracked_is_counted_by_its_state():
    rows = [Recommendation("R-1", "audit", "Act", "A", date(2023, 1, 1), "done", state=name) for name in "ABA"]
    assert count_verdicts(rows) == "A: 2; B: 1"
    assert count_verdicts([SignOff("SO-1", "B", "noted", date(2024, 7, 1))]) == ""


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
        " made 121 days before that, and 62 days after the period's end."
    )


def test_the_glossary_has_each_word_once_with_the_figures_that_count_it(tmp_path):
    texts = {
        "b": text_of(title="Second", counts="worries", term="What troubles."),
        "a": text_of(title="First", counts="worries", term="What troubles."),
        "c": text_of(title="Third", counts="adults", term="Of eighteen or over."),
    }
    page = words(write_glossary(tmp_path, a_release(measures=texts)))
    assert "Adults Of eighteen or over. Figures: Third. Worries What troubles. Figures: Second; First." in page
