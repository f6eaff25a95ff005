"""Words beside figures: a shared release says those that a named person approved, but none that tell of few."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.disclosure.notes import (
    UNNAMED,
    UNREASONED,
    UNSAID,
    UNSIGNED,
    UNTOLD,
    WITHHELD,
    Screen,
    list_counted,
    list_hidden,
    mark_notes,
    question_words,
    screen_notes,
    screen_own_words,
    states_value,
    tells_of_few,
)
from analysis.disclosure.policy import Policy, policy_from
from analysis.errors import DataError
from analysis.local import load_local
from analysis.measures.catalogue import get_catalogue
from analysis.partnership import Approval, Break, Caution, Event, Partnership, hash_text, load_partnership
from analysis.returns.register import ReturnEntry
from analysis.scrutiny.addendum import Entry
from analysis.scrutiny.recommendations import Recommendation
from analysis.scrutiny.tracked import UNAPPROVED, screen_tracked
from tests.disclosure.figures import figure, made
from tests.examples import write_partnership

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


LATE, FEW = "Late by a week", "3 girls left out"
DAY = date(2023, 9, 1)
HERE = Partnership("here", "Here", "E09000000", "Here", ())


def approving(*texts):
    return replace(HERE, approved=(Approval("A. Reader", DAY, tuple(map(hash_text, texts))),))


def screened(note, partnership):
    (entry,), findings = screen_notes([replace(BLANK, return_id="r-1", note=note)], Screen(partnership, POLICY))
    return entry.note, findings


def test_a_note_is_shown_when_its_very_words_are_approved():
    assert screened(LATE, approving(LATE)) == (LATE, [])


@pytest.mark.parametrize("changed", [LATE + ".", LATE.lower(), LATE.replace("a week", "two weeks")])
def test_changed_words_need_approval_anew(changed):
    note, (finding,) = screened(changed, approving(LATE))
    assert note == WITHHELD
    assert hash_text(changed) in finding and changed not in finding and "row 2 of the register, note" in finding


def test_approved_words_that_tell_of_few_are_not_said_either():
    note, (finding,) = screened(FEW, approving(FEW))
    assert note == WITHHELD
    assert "tell of a few people" in finding and "girls" not in finding


def test_no_note_needs_no_approval():
    assert screened("", HERE) == ("", [])


def test_the_id_of_a_return_is_free_text_and_stays_with_the_analyst():
    (entry,), _ = screen_notes([replace(BLANK, return_id="Zelandra Quorrick")], Screen(HERE, POLICY))
    assert entry.return_id == ""


def test_a_reason_for_a_break_is_not_shown_either_and_the_break_stays():
    entries = [replace(BLANK, return_id="r-3", break_in_series="yes", break_reason="Two families were counted twice")]
    (entry,), (finding,) = screen_notes(entries, Screen(HERE, POLICY))
    assert (entry.break_in_series, entry.break_reason) == ("yes", "")
    assert "break_reason" in finding
    assert "Two" not in finding


def test_the_analysts_own_register_says_how_to_approve_a_note():
    waits, approved = mark_notes([replace(BLANK, note=LATE), replace(BLANK, note=FEW)], approving(FEW))
    assert waits.note.startswith(LATE) and f'"{hash_text(LATE)}"' in waits.note
    assert approved.note == FEW


def test_own_words_that_nobody_approved_are_withheld_and_said_to_the_analyst():
    here = replace(
        approving("New threshold", "a new form", "Read it with care.", "Three children died in a fire"),
        events=(Event(DAY, "New threshold", ("a",), True), Event(DAY, "Three children died in a fire", ("a",), True)),
        breaks=(Break("a", DAY, "the boys were left out"), Break("b", DAY, "a new form")),
        cautions=(Caution("one/flow", "A carer rang."), Caution("one/flow", "Read it with care.")),
    )
    shown, findings = screen_own_words(Screen(here, POLICY))
    assert [(one.what, one.rebase) for one in shown.events] == [("New threshold", True), (UNNAMED, True)]
    assert [one.reason for one in shown.breaks] == [UNSAID, "a new form"]
    assert [one.words for one in shown.cautions] == [UNTOLD, "Read it with care."]
    assert [finding.partition(" in partnership.toml")[0] for finding in findings] == [
        "the event of 2023-09-01",
        "the reason for the break of a",
        "the caution for one/flow",
    ]
    assert not any(word in " ".join(findings) for word in ("fire", "boys", "carer"))


def test_why_and_by_whom_a_figure_is_waived_needs_approval_as_well():
    waivers = [
        {"cells": "a.*", "reason": "Zelandra asked for it", "by": "Z. Quorrick"},
        {"cells": "b.*", "reason": "public already", "by": "board"},
    ]
    here = replace(
        approving("public already", "board"), disclosure={"waivers": waivers, "may_waive": ["Z. Quorrick", "board"]}
    )
    shown, findings = screen_own_words(Screen(here, policy_from(here.disclosure)))
    assert [(one.reason, one.by) for one in policy_from(shown.disclosure).waivers] == [
        (UNREASONED, UNSIGNED),
        ("public already", "board"),
    ]
    assert [finding.partition(" in partnership.toml")[0] for finding in findings] == [
        "the reason for the waiver of a.*",
        "the name of who signed the waiver of a.*",
    ]
    assert "Zelandra" not in " ".join(findings) and "Quorrick" not in " ".join(findings)


@pytest.mark.parametrize(
    ("approval", "words"),
    [
        (f'by = " "\non = 2024-06-01\ntexts = ["{hash_text(LATE)}"]', "approved 1, by: is empty"),
        (f'by = "A. Reader"\non = 2024-06-01\ntexts = ["{LATE}"]', "approved 1: a text is named otherwise"),
        ('by = "A. Reader"\ntexts = []', "approved 1: missing on"),
    ],
)
def test_an_approval_has_a_name_a_day_and_what_the_check_prints(tmp_path, approval, words):
    write_partnership(tmp_path / "here", f"sections = []\n[[approved]]\n{approval}\n")
    with pytest.raises(DataError) as refused:
        load_local(load_partnership("here", tmp_path))
    assert words in str(refused.value) and LATE not in str(refused.value)


ALL_UNDER_WAY = "All reviews are said to be under way"
HIDDEN = {"05": {"safeguarding adults review", "safeguarding adults reviews"}}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ALL_UNDER_WAY, True),
        ("Of these reviews none is late", True),
        ("Reviews: 3 began", True),
        ("Both of the safeguarding adults reviews were published", True),
        ("Came two weeks late. Reviews stand in another return", False),
        ("All of it was counted by hand from the minutes and letters, reviews too", False),
        ("Reviews are listed as the council lists them", False),
        ("All contacts came through the hub", False),
        ("Reviews now come on one form", False),
    ],
)
def test_a_note_states_a_value_where_a_number_or_all_or_none_stands_by_what_is_counted(text, told):
    assert states_value(text, HIDDEN["05"]) == told


@pytest.mark.parametrize(
    ("section", "approved", "shown"),
    [
        ("05", ALL_UNDER_WAY, WITHHELD),
        ("06", ALL_UNDER_WAY, ALL_UNDER_WAY),
        ("05", f"[c] {ALL_UNDER_WAY}", ALL_UNDER_WAY),
    ],
)
def test_a_note_that_tells_a_hidden_figure_needs_an_approval_that_knows_so(section, approved, shown):
    here = approving(ALL_UNDER_WAY, approved)
    entries = [replace(BLANK, section=section, note=ALL_UNDER_WAY)]
    (entry,), found = screen_notes(entries, Screen(here, POLICY, HIDDEN))
    assert entry.note == shown
    assert all(hash_text(f"[c] {ALL_UNDER_WAY}") in one and "reviews" not in one for one in found)
    assert bool(found) == (shown == WITHHELD)


def own_words(*, elsewhere=False):
    """Return events, breaks and cautions that say that all reviews are under way, in their section or another."""
    measure, topic = ("contacts", "06/flow") if elsewhere else ("sars_published", "05/flow")
    return {
        "events": (Event(DAY, ALL_UNDER_WAY, (measure,)),),
        "breaks": (Break(measure, DAY, ALL_UNDER_WAY),),
        "cautions": (Caution(topic, ALL_UNDER_WAY),),
        "disclosure": {"waivers": [{"cells": "a.*", "reason": ALL_UNDER_WAY, "by": "board"}], "may_waive": ["board"]},
    }


def test_events_breaks_cautions_and_waivers_are_held_to_the_same_rule():
    measures = get_catalogue().measures
    (section,) = measures["sars_published"].sections
    hidden = {section: HIDDEN["05"], "05": HIDDEN["05"]}

    def say(*approved, **own):
        here = replace(approving("board", *approved), **own)
        shown, found = screen_own_words(Screen(here, policy_from(here.disclosure), hidden, measures))
        (event,), (broken,), (caution,) = shown.events, shown.breaks, shown.cautions
        return [event.what, broken.reason, caution.words, shown.disclosure["waivers"][0]["reason"]], found

    said, found = say(ALL_UNDER_WAY, **own_words())
    assert said == [UNNAMED, UNSAID, UNTOLD, UNREASONED]
    assert len(found) == 4 and all(hash_text(f"[c] {ALL_UNDER_WAY}") in one for one in found)
    assert say(ALL_UNDER_WAY, f"[c] {ALL_UNDER_WAY}", **own_words()) == ([ALL_UNDER_WAY] * 4, [])
    said, found = say(ALL_UNDER_WAY, **own_words(elsewhere=True))
    assert said == [ALL_UNDER_WAY] * 3 + [UNREASONED]  # a waiver may be about anything
    assert len(found) == 1


def test_what_is_followed_up_is_held_to_the_same_rule():
    lost, entry = (
        Recommendation("RC-1", "review", ALL_UNDER_WAY, "Police", DAY, "open", evidence=LATE),
        Entry("AD-1", DAY, "correction", ALL_UNDER_WAY, measure="contacts"),
    )
    screen = Screen(approving(ALL_UNDER_WAY, LATE), POLICY, HIDDEN, get_catalogue().measures)
    (shown,), (found,) = screen_tracked([lost], ("recommendation", "evidence"), screen, "recommendations.csv")
    assert (shown.recommendation, shown.evidence) == (UNAPPROVED, LATE)
    assert found.startswith("recommendations.csv, RC-1, recommendation is not shown: it states a value")
    assert hash_text(f"[c] {ALL_UNDER_WAY}") in found
    assert screen_tracked([entry], ("what",), screen, "addendum.csv") == ((entry,), [])  # of another section
    knowing = replace(screen, partnership=approving(ALL_UNDER_WAY, LATE, f"[c] {ALL_UNDER_WAY}"))
    assert screen_tracked([lost], ("recommendation", "evidence"), knowing, "recommendations.csv") == ((lost,), [])


def test_the_things_of_a_hidden_figure_are_named_as_the_catalogue_names_them():
    shown, hidden = sorted(
        made(get_catalogue(), figure("contacts", 30), figure("sars_published", 7)), key=lambda s: -s.value
    )
    assert list_hidden([shown, replace(hidden, symbol="[c]")], get_catalogue()) == {hidden.section: HIDDEN["05"]}


def test_check_asks_about_approved_words_that_state_a_value_of_people():
    catalogue = get_catalogue()
    entries = [replace(BLANK, section="05_learning_from_practice", note=ALL_UNDER_WAY)] * 2
    knowing = hash_text(f"[c] {ALL_UNDER_WAY}")

    def ask(*approved, **own):
        here = replace(approving(*approved), **own)
        return question_words(entries, Screen(here, POLICY, list_counted(catalogue), catalogue.measures))

    assert [(*spot[:3], knowing in spot[3]) for spot in ask(ALL_UNDER_WAY, cautions=own_words()["cautions"])] == [
        ("returns.csv", 2, "note", True),
        ("returns.csv", 3, "note", True),
    ]
    caution = (Caution("05_learning_from_practice/flow", ALL_UNDER_WAY),)
    assert ask(ALL_UNDER_WAY, cautions=caution)[2][:3] == (
        "partnership.toml", None, "caution for 05_learning_from_practice/flow",
    )  # fmt: skip
    assert not ask(ALL_UNDER_WAY, f"[c] {ALL_UNDER_WAY}", cautions=caution)
    assert not ask()  # its words wait for an approval anyway
