"""Notes beside returns: a few people told in words are few people."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.disclosure.notes import UNNAMED, WITHHELD, screen_notes, screen_own_words, tells_of_few
from analysis.disclosure.policy import Policy
from analysis.partnership import Break, Caution, Event, Partnership
from analysis.returns.register import ReturnEntry

POLICY = Policy(threshold=5)
BLANK = ReturnEntry()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Two children are not counted", True),
        ("Excludes 4 adults who moved away", True),
        ("one of the older young people declined", True),
        ("Includes 1 unaccompanied child", True),
        ("Two sisters moved away", True),
        ("three members of staff were suspended", True),
        ("1 sports coach", True),
        ("2 cases were closed late", True),
        ("40 staff answered", False),
        ("5 children are not counted", False),
        ("No children are missing from the return", False),
        ("250 children were counted", False),
        ("Received in 2 parts; section 4 is late", False),
        ("2 of 3 schools replied", False),
        ("", False),
    ],
)
def test_few_people_are_told_by_figure_or_word(text, told):
    assert tells_of_few(text, POLICY) == told


def test_a_sensitive_threshold_holds_for_notes():
    assert tells_of_few("Eight deaths", Policy(threshold=5, sensitive_threshold=10))
    assert not tells_of_few("Eight deaths", POLICY)


def test_such_a_note_is_not_shown_and_the_analyst_is_told_which():
    entries = [
        replace(BLANK, return_id="r-1", note="Late by a week"),
        replace(BLANK, return_id="r-2", note="3 girls left out"),
    ]
    screened, findings = screen_notes(entries, POLICY)
    assert [entry.note for entry in screened] == ["Late by a week", WITHHELD]
    assert len(findings) == 1
    assert "r-2" in findings[0]
    assert "3" not in findings[0]


def test_a_reason_for_a_break_is_not_shown_either_and_the_break_stays():
    entries = [replace(BLANK, return_id="r-3", break_in_series="yes", break_reason="Two families were counted twice")]
    (screened,), (finding,) = screen_notes(entries, POLICY)
    assert (screened.break_in_series, screened.break_reason) == ("yes", "")
    assert "r-3" in finding
    assert "Two" not in finding


def test_own_words_that_tell_of_few_are_withheld_and_said_to_the_analyst():
    day = date(2023, 9, 1)
    here = Partnership(
        "here",
        "Here",
        "E09000000",
        "Here",
        (),
        events=(Event(day, "New threshold", ("a",), True), Event(day, "Three children died in a fire", ("a",), True)),
        breaks=(Break("a", day, "two boys were left out"), Break("b", day, "a new form")),
        cautions=(Caution("one/flow", "Two carers are missing."), Caution("one/flow", "Read it with care.")),
    )
    screened, findings = screen_own_words(here, POLICY)
    assert [(one.what, one.rebase) for one in screened.events] == [("New threshold", True), (UNNAMED, True)]
    assert [one.reason for one in screened.breaks] == ["the definition changed", "a new form"]
    assert [one.words for one in screened.cautions] == ["Read it with care."]
    assert [finding.partition(" in partnership.toml")[0] for finding in findings] == [
        "the event of 2023-09-01",
        "the reason for the break of a",
        "the caution for one/flow",
    ]
    assert not any(word in " ".join(findings) for word in ("fire", "boys", "carers"))
