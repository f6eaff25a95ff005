"""Our gate and our audit beside tau-Argus, which statistical offices use for the same work (Statistics Netherlands)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from linked_tables import LADO_SUMS, cross, grid, people
from tau_argus import find_intervals, suppress

from analysis.disclosure.audit import audit
from analysis.disclosure.cells import Fact
from analysis.disclosure.gate import protect
from analysis.disclosure.policy import Policy
from tests.chance import MORE

pytest.importorskip("pytauargus", reason="tau-Argus has no wheel for this machine")
pytestmark = pytest.mark.slow
TABLES = 25 * MORE
LAW = settings(max_examples=TABLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
COUNTS = st.one_of(st.integers(0, 9), st.integers(0, 60))
ROWS = st.integers(2, 4).flatmap(
    lambda wide: st.lists(st.lists(COUNTS, min_size=wide, max_size=wide), min_size=2, max_size=4)
)
POLICIES = st.sampled_from([Policy(), Policy(threshold=10), Policy(threshold=3, protect_zero=True)])


def lado():
    """Return the LADO's sums of a real report (public), as a tree."""
    counts = {"contacts": 253}
    for _, parts in LADO_SUMS.values():
        counts |= parts
    return [people(*one) for one in counts.items()], [
        Fact("sum", whole, tuple(parts)) for whole, (_, parts) in LADO_SUMS.items() if whole in counts
    ]


def cube():
    """Return a table of three ways, two a side, with small numbers in two opposite corners."""
    counts = [3, 14, 9, 11, 25, 8, 17, 2]
    return cross({(a, b, c): counts[4 * a + 2 * b + c] for a in (0, 1) for b in (0, 1) for c in (0, 1)})


CLASSIC = {
    # Investment by activity and region, the example of Fischetti and Salazar-González's papers on cell suppression. The
    # one sensitive cell is 22.
    "activity and region": grid([[20, 50, 10], [8, 19, 22], [17, 32, 12]]),
    "two small cells": grid([[3, 10, 12], [9, 20, 2], [11, 13, 17]]),
    "one small cell a row": grid([[1, 30, 40], [35, 2, 50], [60, 45, 3]]),
    "cube": cube(),
    "LADO": lado(),
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_interval_of_the_classic_table_is_that_of_its_paper(folder):
    """Hiding 8, 22, 17 and 12 leaves 22 anywhere from 5 to 30."""
    cells, facts = CLASSIC["activity and region"]
    hidden = ["1/0", "1/2", "2/0", "2/2"]
    zeros = Policy(protect_zero=True)
    assert find_intervals(cells, facts, hidden, zeros, folder)["1/2"] == (5, 30)
    assert audit(cells, facts, zeros, hidden).narrowest == 25
    assert audit(cells, facts, zeros, hidden).intervals["1/2"] == (5, 30)


def is_open(interval, policy):
    """Whether an interval is narrower than the threshold, or ends below it."""
    return interval[1] - interval[0] < policy.threshold - 1e-6 or interval[1] < policy.threshold - 1e-6


def check_same_exposure(cells, facts, policy, hidden, folder):
    """Hold the cells that we call exposed, and the narrowest interval, against those of tau-Argus."""
    found = audit(cells, facts, policy, hidden)
    theirs = find_intervals(cells, facts, hidden, policy, folder)
    assert set(found.exposed) == {name for name, interval in theirs.items() if is_open(interval, policy)}
    if theirs:
        assert found.narrowest == pytest.approx(min(high - low for low, high in theirs.values()), abs=1e-6)


@pytest.mark.parametrize("table", CLASSIC)
def test_what_tau_argus_finds_open_our_audit_finds_open(table, folder):
    cells, facts = CLASSIC[table]
    small = [cell.id for cell in cells if 0 < cell.value < 5]
    check_same_exposure(cells, facts, Policy(), small, folder)


@LAW
@given(ROWS, POLICIES, st.data())
def test_intervals_are_those_of_tau_argus(folder, rows, policy, data):
    """In a table of two ways every corner is whole, so that its bounds and ours must be the same."""
    cells, facts = grid(rows)
    may = [cell.id for cell in cells if cell.value > 0 or policy.protect_zero]
    hidden = data.draw(st.sets(st.sampled_from(may), max_size=6)) if may else set()
    check_same_exposure(cells, facts, policy, sorted(hidden), folder)


@pytest.mark.parametrize("table", CLASSIC)
def test_what_our_gate_hides_tau_argus_cannot_find(table, folder):
    cells, facts = CLASSIC[table]
    hidden = protect(cells, facts, Policy()).hidden
    intervals = find_intervals(cells, facts, hidden, Policy(), folder)
    assert set(intervals) == set(hidden)
    assert not [name for name, interval in intervals.items() if is_open(interval, Policy())]


@LAW
@given(ROWS, POLICIES)
def test_what_our_gate_hides_tau_argus_never_finds(folder, rows, policy):
    cells, facts = grid(rows)
    intervals = find_intervals(cells, facts, protect(cells, facts, policy).hidden, policy, folder)
    assert not [name for name, interval in intervals.items() if is_open(interval, policy)]


def compare_loss(cells, facts, policy, folder):
    """Return what our gate and what tau-Argus gives up besides the primary cells, and whether its choice is safe."""
    ours = protect(cells, facts, policy).hidden
    primary = {name for name, why in ours.items() if why == "primary"}
    theirs = suppress(cells, facts, primary, policy, folder)
    loss = {cell.id: cell.loss for cell in cells}
    lost = [sum(loss[name] for name in names) for names in (ours.keys() - primary, theirs)]
    return *lost, audit(cells, facts, policy, primary | theirs).passed


@pytest.mark.parametrize("table", CLASSIC)
def test_we_give_up_no_more_than_tau_argus_where_its_choice_is_safe(table, folder):
    ours, theirs, safe = compare_loss(*CLASSIC[table], Policy(), folder)
    assert ours >= theirs
    if safe:
        assert ours == theirs


@LAW
@given(ROWS, POLICIES)
def test_we_never_give_up_more_than_tau_argus_where_its_choice_is_safe(folder, rows, policy):
    ours, theirs, safe = compare_loss(*grid(rows), policy, folder)
    assert ours >= theirs
    if safe:
        assert ours <= theirs * 1.01 + 0.01
