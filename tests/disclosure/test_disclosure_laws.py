"""Laws that hold of every release: what the gate hides stays hidden, and little else is."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from linked_tables import cross, people

from analysis.disclosure.audit import audit
from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.gate import protect
from analysis.disclosure.policy import PRESETS, Policy
from tests.chance import MORE

pytestmark = pytest.mark.slow
TABLES = 20 * MORE
SMALL = Policy(threshold=3)
COUNTS = st.one_of(st.integers(0, 9), st.integers(0, 60))
POLICIES = st.sampled_from([Policy(), Policy(threshold=10), *PRESETS.values()])


@st.composite
def tables(draw, ways=(1, 2, 2, 3), most=4):
    """Draw a table of one to three ways with all its margins."""
    ways = draw(st.sampled_from(ways))
    shape = [draw(st.integers(2, most if ways < 3 else 2)) for _ in range(ways)]
    return cross({key: draw(COUNTS) for key in product(*(range(side) for side in shape))})


@st.composite
def trees(draw):
    """Draw a hierarchy (borough, locality, team), some of whose figures come again as shares and changes."""
    cells, facts, inner = [], [], []
    for locality in "abc":
        parts = {f"{locality}{n}": draw(COUNTS) for n in range(draw(st.integers(1, 4)))}
        cells += [people(name, value) for name, value in parts.items()]
        cells.append(people(locality, sum(parts.values()), loss=2))
        facts.append(Fact("sum", locality, tuple(parts)))
        inner += parts
    whole = sum(cell.value for cell in cells if len(cell.id) == 1)
    cells.append(people("all", whole, loss=5))
    facts.append(Fact("sum", "all", tuple("abc")))
    return _with_shares(draw, cells, facts, inner, whole)


def _with_shares(draw, cells, facts, inner, whole):
    counts = {cell.id: cell.value for cell in cells}
    for name in draw(st.lists(st.sampled_from(inner), unique=True, max_size=4)) if whole else []:
        decimals = draw(st.integers(0, 2))
        share = round(100 * counts[name] / whole, decimals)
        given_ = {"numerator": counts[name], "denominator": whole} if draw(st.booleans()) else {}
        cells.append(Cell(f"{name} %", share, "percent", "people", decimals=decimals, **given_))
        facts += [Fact("share", "all", (f"{name} %",)), Fact("numerator", name, (f"{name} %",))]
    before = draw(st.integers(1, 60))
    cells += [people("before", before), Cell("change", whole - before, "change_absolute", "people")]
    return cells, [*facts, Fact("change", "all", ("before", "change"))]


def check_safe(cells, facts, policy, released=None):
    """Check that the gate's work passes the audit and keeps its promises."""
    released = released or {}
    protection = protect(cells, facts, policy, released=released)
    hidden = protection.hidden
    checked = audit(cells, facts, policy, hidden, released=released)
    assert checked.passed, checked.exposed
    for cell in cells:
        if cell.measure == "count" and (0 if policy.protect_zero else 1) <= cell.value < policy.threshold:
            assert hidden[cell.id] == "primary"
        if cell.value == 0 and cell.measure == "count" and not policy.protect_zero:
            assert cell.id not in hidden or is_beside_all(cell, cells, facts, policy)


def is_beside_all(cell, cells, facts, policy):
    """Return whether a figure is a part of a group so small that who is all of it, or all but one, is hidden."""
    counts = {other.id: other.value for other in cells}
    wholes = [counts[fact.whole] for fact in facts if fact.kind == "sum" and cell.id in fact.parts]
    return any(0 < whole < policy.small_group for whole in wholes)


@settings(max_examples=TABLES)
@given(tables(), POLICIES)
def test_linked_tables_are_safe(table, policy):
    check_safe(*table, policy)


@settings(max_examples=TABLES)
@given(trees(), POLICIES)
def test_hierarchies_with_shares_are_safe(tree, policy):
    check_safe(*tree, policy)


@settings(max_examples=TABLES)
@given(tables(), st.data())
def test_a_second_release_is_safe_beside_the_first(table, data):
    """Last year's release printed some of the figures; whatever it printed, this year's holds."""
    cells, facts = table
    first = protect(cells, facts, Policy()).hidden
    printed = {cell.id: float(cell.value) for cell in cells if cell.id not in first}
    kept = data.draw(st.sets(st.sampled_from(sorted(printed)))) if printed else set()
    check_safe(cells, facts, Policy(), {name: printed[name] for name in kept})


def enumerate_possible(cells, facts, hidden, top):
    """Return every assignment of whole numbers to the hidden cells that fulfils the facts, by brute force."""
    order = [cell.id for cell in cells]
    values = np.array([cell.value for cell in cells])
    unknown = [order.index(name) for name in hidden]
    possible = []
    for guess in product(range(1, top + 1), repeat=len(unknown)):
        trial = values.copy()
        trial[unknown] = guess
        at = dict(zip(order, trial, strict=True))
        if all(at[f.whole] == sum(at[p] for p in f.parts) for f in facts):
            possible.append(guess)
    return np.array(possible)


@settings(max_examples=25 * MORE)
@given(st.lists(st.integers(0, 7), min_size=4, max_size=6), st.data())
def test_intervals_are_those_of_brute_force(counts, data):
    rows = 2
    counts = counts[: len(counts) // rows * rows]
    cells, facts = cross({(i % rows, i // rows): n for i, n in enumerate(counts)})
    inner = [cell.id for cell in cells if "+" not in cell.id and cell.value > 0]
    if not inner:
        return
    hidden = sorted(data.draw(st.sets(st.sampled_from(inner), min_size=1, max_size=4)))
    possible = enumerate_possible(cells, facts, hidden, top=14)
    found = audit(cells, facts, SMALL, hidden)
    for place, name in enumerate(hidden):
        low, high = possible[:, place].min(), possible[:, place].max()
        least, most = found.intervals[name]
        assert low <= least <= most <= high
        assert (name in found.exposed) == (high - low < SMALL.threshold)
    assert found.narrowest == (possible.max(axis=0) - possible.min(axis=0)).min()


def find_optimum(cells, facts, policy):
    """Return the least loss of any set that passes the audit, by trying every one, the cheapest first."""
    primary = {cell.id for cell in cells if 0 < cell.value < policy.threshold}
    others = [cell for cell in cells if cell.value >= policy.threshold]
    sets = [extra for size in range(len(others) + 1) for extra in combinations(others, size)]
    for extra in sorted(sets, key=lambda extra: sum(cell.loss for cell in extra)):
        if audit(cells, facts, policy, primary | {cell.id for cell in extra}).passed:
            return sum(cell.loss for cell in extra)
    raise AssertionError("hiding everything must pass")


@settings(max_examples=10 * MORE)
@given(st.lists(st.integers(0, 12), min_size=4, max_size=4))
def test_loss_is_the_least_that_brute_force_finds(counts):
    cells, facts = cross(
        {(i % 2, i // 2): n for i, n in enumerate(counts)}, loss=lambda key, value: 1.0 + key.count(None)
    )
    hidden = protect(cells, facts, SMALL).hidden
    lost = sum(cell.loss for cell in cells if hidden.get(cell.id) == "secondary")
    assert lost <= find_optimum(cells, facts, SMALL) * 1.01 + 0.01
