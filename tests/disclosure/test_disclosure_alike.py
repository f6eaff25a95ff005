"""Categories of different splits that hold the same rows are found in the rows, and protected against. Synthetic."""

from dataclasses import replace

import numpy as np
import pytest
from figures import figure, made, share

from analysis.counting.members import Members
from analysis.disclosure.apply import gate, list_known
from analysis.disclosure.audit import audit
from analysis.disclosure.policy import Dismissal, Policy

POLICY = Policy(small_group=0)
IDS = np.array([f"row {n}" for n in range(90)])
REASONS, CHANNELS = ("neglect", "housing", "missing"), ("telephone", "email", "in person")


def rows(measure, dimension, names, sizes, *, start=0, role="above"):
    """Return so many rows in each category, one after the other."""
    codes = np.repeat(np.arange(len(sizes)), sizes)
    return Members(measure, role, dimension, "D16.contacts.contact_id", names, IDS[start : start + len(codes)], codes)


def counts(dimension, names, sizes):
    return [figure("contacts", float(n), f"{dimension}/{name}") for name, n in zip(names, sizes, strict=True)]


def find(catalogue, observations, members):
    """Return the words of what the rows show, in order."""
    known = list_known(made(catalogue, *observations), catalogue, members=members)
    return sorted(one.words for one in known.mined if "holds" in one.words)


TWO = (rows("contacts", "reason", REASONS, (50, 37, 3)), rows("contacts", "channel", CHANNELS, (50, 30, 10)))
FIGURES = [*counts("reason", REASONS, (50, 37, 3)), *counts("channel", CHANNELS, (50, 30, 10))]


def test_a_category_that_holds_the_rows_of_another_is_found(shipped_catalogue):
    assert find(shipped_catalogue, FIGURES, TWO) == [
        "contacts/channel/telephone holds the same rows as contacts/reason/neglect"
    ]
    assert find(shipped_catalogue, FIGURES, ()) == []


@pytest.mark.parametrize(
    ("channels", "found"),
    [
        (
            (40, 10, 40),
            [
                "contacts/channel/in person holds the rows of contacts/reason/housing",
                "contacts/channel/in person holds the same rows as contacts/reason/housing and contacts/reason/missing",
                "contacts/reason/neglect holds the same rows as contacts/channel/telephone and contacts/channel/email",
            ],
        ),
        ((49, 31, 10), ["contacts/reason/neglect holds the rows of contacts/channel/telephone"]),  # one row less
        ((1, 88, 1), []),  # one row alone is within any by chance
    ],
)
def test_it_may_hold_several_together(shipped_catalogue, channels, found):
    members = (TWO[0], rows("contacts", "channel", CHANNELS, channels))
    figures = [*counts("reason", REASONS, (50, 37, 3)), *counts("channel", CHANNELS, channels)]
    assert find(shipped_catalogue, figures, members) == found


def test_a_category_whose_rows_are_among_those_of_another_is_found(shipped_catalogue):
    members = (TWO[0], rows("contacts", "channel", CHANNELS[:1], (47,)))
    figures = [*counts("reason", REASONS, (50, 37, 3)), *counts("channel", CHANNELS[:1], (47,))]
    assert find(shipped_catalogue, figures, members) == [
        "contacts/reason/neglect holds the rows of contacts/channel/telephone"
    ]


def test_numbers_of_another_year_that_differ_speak_against_it(shipped_catalogue):
    known = list_known(before(shipped_catalogue, 60.0), shipped_catalogue, members=TWO)
    assert not [one for one in known.mined if "holds" in one.words]
    (one,) = [
        one
        for one in list_known(before(shipped_catalogue, 61.0), shipped_catalogue, members=TWO).mined
        if "holds" in one.words
    ]
    assert (one.held, len(one.facts)) == (2, 2)  # both years are tied


def before(catalogue, telephone):
    """Return the year's figures, and those of the year before with so many by telephone and 61 about neglect."""
    earlier = [*counts("reason", ("neglect",), (61,)), *counts("channel", ("telephone",), (telephone,))]
    year = made(catalogue, *FIGURES)
    history = [replace(s, offset=-1, statistic_id=f"{s.statistic_id}.y-1") for s in made(catalogue, *earlier)]
    return [*year, *history]


def test_where_no_count_is_of_few_nothing_is_looked_for(shipped_catalogue):
    members = (rows("contacts", "reason", REASONS[:2], (50, 40)), rows("contacts", "channel", CHANNELS[:2], (50, 40)))
    figures = [*counts("reason", REASONS[:2], (50, 40)), *counts("channel", CHANNELS[:2], (50, 40))]
    assert find(shipped_catalogue, figures, members) == []


def test_a_base_is_looked_at_too(shipped_catalogue):
    base = rows("contact_decisions_in_time", "", ("",), (50,), role="below")
    figures = [*counts("reason", REASONS, (50, 37, 3)), share("contact_decisions_in_time", 40, 50)]
    assert find(shipped_catalogue, figures, (TWO[0], base)) == [
        "base of contact_decisions_in_time holds the same rows as contacts/reason/neglect"
    ]


def test_what_the_rows_show_is_protected_against_unless_somebody_dismissed_it(shipped_catalogue):
    """Of 53 contacts 50 are about neglect: whatever else prints those 50 gives the 3 that are left."""
    reasons = ("neglect", "missing")
    base = rows("contact_decisions_in_time", "", ("",), (50,), role="below")
    members = (rows("contacts", "reason", reasons, (50, 3)), base)
    few = [figure("contacts", 53.0), *counts("reason", reasons, (50, 3)), share("contact_decisions_in_time", 40, 50)]
    statistics = made(shipped_catalogue, *few)
    known = list_known(statistics, shipped_catalogue, members=members)
    facts = [*known.facts, *(fact for one in known.mined for fact in one.facts)]
    chance = replace(POLICY, dismissed=(Dismissal(("contacts", "contact_decisions_in_time"), "chance", "the board"),))
    told, blind = (
        gate(statistics, [], shipped_catalogue, policy, release="shared", members=members)
        for policy in (POLICY, chance)
    )
    assert "contacts.reason.missing.count" in audit(known.cells, facts, POLICY, blind.protection.hidden).exposed
    assert audit(known.cells, facts, POLICY, told.protection.hidden).passed
    assert told.protection.hidden == {"contacts.count": "mined", "contacts.reason.missing.count": "primary"}
    assert [one.words for one in told.mined] == [
        "base of contact_decisions_in_time holds the same rows as contacts/reason/neglect"
    ]
    assert blind.mined == []
