"""The policy as data, and what each preset hides and rounds at the boundary values."""

from contextlib import nullcontext

import pytest
from linked_tables import people

from analysis.disclosure.cells import Cell, Fact, check_cells
from analysis.disclosure.gate import protect
from analysis.disclosure.policy import (
    PRESETS,
    Dismissal,
    Policy,
    Waiver,
    check_patterns,
    get_strictest,
    list_idle,
    policy_from,
    round_count,
    threshold_of,
)
from analysis.errors import DataError

COUNTS = (0, 1, 4, 5, 6, 7, 8, 10)
SHOWN = {  # after hiding, then rounding; c is hidden
    "sac": ("c", "c", "c", 5, 5, 5, 10, 10),
    "dfe": (0, "c", "c", "c", 6, 7, 8, 10),
    "opensafely": ("c", "c", "c", "c", "c", "c", 10, 10),
}


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_at_the_boundaries(preset):
    cells = [people(f"count {count}", count) for count in COUNTS]
    policy = policy_from({"preset": preset})
    hidden, base = protect(cells, [], policy).hidden, policy.rounding_base or 1
    shown = tuple("c" if cell.id in hidden else round_count(cell.value, base) for cell in cells)
    assert shown == SHOWN[preset]


@pytest.mark.parametrize(
    ("policy", "strictest"),
    [
        (Policy(threshold=5), 5),
        (Policy(threshold=5, sensitive_threshold=10), 10),
        (Policy(threshold=10, sensitive_threshold=5), 10),  # a table of settings that says less than the rest
    ],
)
def test_the_strictest_threshold_is_the_highest(policy, strictest):
    assert get_strictest(policy) == strictest
    sensitive = people("a death", strictest - 1, sensitive=True)
    assert threshold_of(sensitive, policy) == strictest
    assert protect([sensitive], [], policy).hidden == {"a death": "primary"}


def test_hiding_comes_before_rounding():
    # Rounded first, 4 would become 5 and stay.
    assert protect([people("a", 4)], [], Policy(rounding_base=5)).hidden == {"a": "primary"}


@pytest.mark.parametrize("count, base, rounded", [(5, 10, 10), (15, 10, 20), (25, 10, 30), (2, 5, 0), (3, 5, 5)])
def test_halves_are_rounded_up_never_to_even(count, base, rounded):
    assert round_count(count, base) == rounded


def test_a_table_is_read_and_overrides_its_preset():
    waiver = {"cells": "posts", "reason": "public", "by": "board"}
    policy = policy_from({"preset": "sac", "threshold": 10, "may_waive": ["board"], "waivers": [waiver]})
    assert (policy.threshold, policy.protect_zero, policy.rounding_base) == (10, True, 5)
    assert policy.waivers == (Waiver("posts", "public", "board"),)
    assert policy_from({}) == Policy()


@pytest.mark.parametrize(
    "table, message",
    [
        ({"treshold": 5}, "unknown disclosure setting 'treshold'; allowed: threshold"),
        ({"preset": "ons"}, "unknown disclosure preset 'ons'"),
        ({"threshold": 1}, "threshold is 1; allowed: a number from 2"),
        ({"threshold": "5"}, "threshold is '5'"),
        ({"threshold": True}, "threshold is True"),
        ({"protect_zero": 1}, "protect_zero is 1; allowed: true, false"),
        ({"sensitive": "deaths"}, "allowed: a list"),
        ({"waivers": [{"cells": "a", "reason": " ", "by": "board"}]}, "waiver lacks something"),
        ({"sensitive": ["deaths.*"]}, "sensitive does nothing by itself; allowed: with sensitive_threshold"),
        ({"threshold": 10, "sensitive_threshold": 5}, "sensitive_threshold is 5; allowed: the threshold, 10, or more"),
        ({"sensitive": [3], "sensitive_threshold": 9}, "sensitive holds 3; allowed: texts"),
        ({"may_waive": ["board"], "waivers": [{"cells": "a", "reason": "b", "by": "intern"}]}, "'intern'"),
    ],
)
def test_a_wrong_policy_is_refused_in_words(table, message):
    with pytest.raises(DataError, match=message.replace("(", r"\(")):
        policy_from(table)


def test_unknown_kinds_are_refused():
    with pytest.raises(DataError, match="unknown measure 'counts'; allowed: count"):
        Cell("a", 1, "counts", "people")
    with pytest.raises(DataError, match="unknown kind of fact 'total'"):
        Fact("total", "a", ("b",))
    with pytest.raises(DataError, match="two cells have the id 'a'"):
        check_cells([people("a", 1), people("a", 2)])


def test_patterns_and_decisions_that_match_nothing_are_named():
    policy = Policy(
        sensitive=("*suicide*", "*siucide*"),
        settings=("homes.setting.*",),
        waivers=(Waiver("posts.*", "public", "board"), Waiver("posts", "public", "board")),
        dismissed=(Dismissal(("a", "b"), "chance", "board"), Dismissal(("a", "c"), "chance", "board")),
    )
    ids = {"posts.count", "deaths.cause.suicide.count", "homes.count"}
    assert list_idle(policy, ids, {frozenset({"b", "a"})}) == [
        "disclosure setting sensitive: '*siucide*' matches no figure of this release",
        "disclosure setting settings: 'homes.setting.*' matches no figure of this release",
        "disclosure setting waivers: 'posts' matches no figure of this release",
        "disclosure setting dismissed: nothing agrees between a and c",
    ]
    assert list_idle(Policy(), ids, ()) == []


@pytest.mark.parametrize(
    ("pattern", "known"),
    [("posts.*", True), ("po*", True), ("*", True), ("posts.count", True), ("posts", False), ("pots.*", False)]
    + [("pots*", False), ("post.count", False), ("p?sts.count", True)],
)
def test_a_pattern_that_no_figure_could_match_is_known_before_anything_came(pattern, known):
    with nullcontext() if known else pytest.raises(DataError, match="no figure's id matches"):
        check_patterns(Policy(sensitive=(pattern,)), {"posts", "deaths"})


def test_a_waiver_of_whatever_there_is_is_refused():
    with pytest.raises(DataError, match=r"waivers: no figure's id matches '\*'"):
        check_patterns(Policy(waivers=(Waiver("*", "public", "board"),)), {"posts"})
