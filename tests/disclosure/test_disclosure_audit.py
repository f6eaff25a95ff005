"""The attacker of the audit, on releases whose holes are known."""

from math import inf

import pytest
from linked_tables import get_lado, grid, people

from analysis.disclosure.audit import audit
from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.gate import protect
from analysis.disclosure.policy import PRESETS, Policy
from analysis.disclosure.statement import get_statement

POLICY = Policy()
SUM = Fact("sum", "all", ("a", "b"))


def attack(cells, facts, hidden, policy=POLICY, **more) -> dict:
    """Return the intervals of what is exposed."""
    checked = audit(cells, facts, policy, hidden, **more)
    assert checked.passed == (not checked.exposed)
    return dict(checked.exposed)


def test_one_hole_is_subtracted():
    assert attack([people("all", 60), people("a", 2), people("b", 58)], [SUM], {"a"}) == {"a": (2, 2)}


def test_two_small_holes_are_too_near():
    cells = [people("all", 6), people("a", 2), people("b", 4)]
    assert attack(cells, [SUM], {"a", "b"}) == {"a": (1, 5), "b": (1, 5)}


def test_a_hole_tied_to_nothing_is_safe():
    checked = audit([people("a", 2)], [], POLICY, {"a"})
    assert checked.passed and checked.narrowest == inf and checked.intervals["a"] == (1, inf)


def test_a_square_of_holes_is_safe_and_its_intervals_exact():
    # The four move together: from one below the 2 to fourteen above.
    cells, facts = grid([[40, 3, 12], [120, 30, 7], [2, 15, 9]])
    checked = audit(cells, facts, POLICY, {"0/0", "0/1", "2/0", "2/1"})
    assert checked.passed and checked.narrowest == 15
    assert checked.intervals["2/0"] == (1, 16) and checked.intervals["0/0"] == (26, 41)


@pytest.mark.parametrize("decimals, value, found", [(2, 11.86, (30, 30)), (1, 11.9, (30, 30)), (0, 12, (30, 31))])
def test_a_percent_gives_back_its_count(decimals, value, found):
    # 11.86 per cent of 253 contacts is 30 of them: Hillingdon's annual report 2023-24, section 12.2.
    cells = [people("all", 253), people("a", 30), Cell("a %", value, "percent", "people", decimals=decimals)]
    facts = [Fact("share", "all", ("a %",)), Fact("numerator", "a", ("a %",))]
    assert attack(cells, facts, {"a"}) == {"a": found}


def test_a_percent_of_two_earlier_figures_gives_back_a_count_never_printed():
    # 12.87 per cent of 202 is 26, which the report never prints.
    cells = [people("before", 202), people("a", 26), Cell("a %", 12.87, "percent", "people", decimals=2)]
    facts = [Fact("share", "before", ("a %",)), Fact("numerator", "a", ("a %",))]
    assert attack(cells, facts, {"a"}) == {"a": (26, 26)}


@pytest.mark.parametrize("measure, value, found", [("change_absolute", -37, (3, 3)), ("change_percent", -93, (3, 3))])
def test_a_change_gives_back_a_count(measure, value, found):
    cells = [people("now", 3), people("before", 40), Cell("change", value, measure, "people")]
    assert attack(cells, [Fact("change", "now", ("before", "change"))], {"now"}) == {"now": found}


def test_shares_that_add_to_a_hundred_give_back_the_last():
    cells = [people("all", 50), *(Cell(f"{n} %", n, "percent", "people") for n in (4, 36, 60))]
    assert attack(cells, [Fact("share", "all", ("4 %", "36 %", "60 %"))], {"4 %"}) == {"4 %": (2, 2)}


def test_people_come_whole():
    # Between 3 and 4.4 per 100 of 50 there is only 2; a linear programme alone would say 1.5 to 2.2.
    cells = [people("all", 50), people("a", 2), Cell("a %", 4, "percent", "people", decimals=0)]
    facts = [Fact("share", "all", ("a %",)), Fact("numerator", "a", ("a %",))]
    assert attack(cells, facts, {"a"}) == {"a": (2, 2)}


def test_an_earlier_release_is_remembered():
    cells = [people("all", 60), people("a", 2), people("b", 58)]
    assert attack(cells, [SUM], {"a", "b"}) == {}
    assert attack(cells, [SUM], {"a", "b"}, released={"b": 58.0}) == {"a": (2, 2)}
    # Revised since by one: known give or take one and the threshold, so that "a" may be anything up to nine.
    assert attack(cells, [SUM], {"a", "b"}, released={"b": 57.0}) == {}
    assert audit(cells, [SUM], POLICY, {"a", "b"}, released={"b": 57.0}).intervals["a"] == (1, 9)


def test_rounding_is_not_relied_on():
    cells = [people("all", 60), people("a", 2), people("b", 58)]
    assert attack(cells, [SUM], {"a"}, PRESETS["sac"]) == {"a": (2, 2)}


def test_a_vague_figure_tells_what_its_words_say():
    cells = [people("all", 60, qualifier="over"), people("a", 4), people("b", 58)]
    assert attack(cells, [SUM], {"a"}) == {}
    cells = [people("all", 60, qualifier="up_to"), people("a", 2), people("b", 57)]
    assert attack(cells, [SUM], {"a"}) == {"a": (1, 3)}


def test_a_fact_that_names_a_figure_nobody_has_tells_little():
    assert attack([people("all", 60), people("a", 2)], [SUM], {"a"}) == {}


def test_figures_that_contradict_each_other_widen_nothing_elsewhere():
    """A printed sum that is wrong by one is taken for wrong by one; what nothing ties to it stays."""
    wrong = [people("wrong", 20), people("c", 9), people("d", 10)]
    cells = [*wrong, people("all", 60), people("a", 2), people("b", 58)]
    facts = [SUM, Fact("sum", "wrong", ("c", "d"))]
    assert attack(cells, facts, {"a"}) == {"a": (2, 2)}
    assert attack(cells, facts, {"a", "c"})["a"] == (2, 2)


def test_contradicting_figures_do_not_hide_a_hole():
    cells = [people("all", 11), people("a", 2), people("b", 8)]
    assert attack(cells, [SUM], {"a"}) == {"a": (2, 2)}


def test_no_time_is_no_proof():
    cells, facts = get_lado()
    hidden = protect(cells, facts, POLICY).hidden
    checked = audit(cells, facts, POLICY, hidden, seconds=-1)
    assert not checked.passed and checked.counts["unfinished"]


def test_the_statement_counts_but_tells_no_value():
    cells, facts = grid([[41, 3, 13], [127, 37, 17], [2, 19, 23]])
    done = protect(cells, facts, POLICY)
    said = get_statement(done, audit(cells, facts, POLICY, done.hidden), POLICY)
    assert "4 figures are hidden and shown as [c]: 2 because they would tell of few people; 2 so that" in said
    assert "The audit passed: for each of 4 hidden numbers" in said
    assert not any(f" {cell.value} " in said for cell in cells if cell.value > 5)


def test_the_statement_of_a_failed_audit_forbids_sharing():
    cells = [people("all", 60), people("a", 2), people("b", 58)]
    said = get_statement(protect(cells, [], POLICY), audit(cells, [SUM], POLICY, {"a"}), POLICY)
    assert "must not be shared" in said


WITHIN = Fact("within", "in education", ("employed", "agency"))


@pytest.mark.parametrize(("agency", "exposed"), [(0, {"in education"}), (5, set())])
def test_a_part_of_two_wholes_is_no_more_than_both_together(agency, exposed):
    # Of 5 employed and none from an agency, 1 to 5 are left: too narrow. Of 10, 1 to 10.
    cells = [people("employed", 5), people("agency", agency), people("in education", 3)]
    assert set(attack(cells, [WITHIN], {"in education"})) == exposed


def test_few_of_two_wholes_outside_their_part_are_people_too():
    cells = [people("employed", 20), people("agency", 10), people("in education", 27)]
    assert attack(cells, [WITHIN], set()) == {"in education": (3, 3)}
