"""Notes beside returns: a few people told in words are few people."""

from dataclasses import fields, replace

import pytest

from analysis.disclosure.notes import WITHHELD, screen_notes, tells_of_few
from analysis.disclosure.policy import Policy
from analysis.returns.register import ReturnEntry

POLICY = Policy(threshold=5)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Two children are not counted", True),
        ("Excludes 4 adults who moved away", True),
        ("one of the older young people declined", True),
        ("Includes 1 unaccompanied child", True),
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
    blank = ReturnEntry(**{field.name: None for field in fields(ReturnEntry)})
    entries = [
        replace(blank, return_id="r-1", note="Late by a week"),
        replace(blank, return_id="r-2", note="3 girls left out"),
    ]
    screened, findings = screen_notes(entries, POLICY)
    assert [entry.note for entry in screened] == ["Late by a week", WITHHELD]
    assert len(findings) == 1
    assert "r-2" in findings[0]
    assert "3" not in findings[0]
