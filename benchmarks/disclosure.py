"""The gate and the audit: a full synthetic year, and linked tables of tens of thousands of made-up figures.

    python -m benchmarks.disclosure [tables]

Beside them stands the usual rule by hand: in each row and column with one hidden figure, hide the next smallest. How
many figures it hides, and how many of its hidden ones an attacker still finds, is the comparison. Given a number, that
many random linked tables are gated and attacked as well: `python -m benchmarks.disclosure 5000`.
"""

import sys
import time
from collections.abc import Callable, Sequence
from itertools import product

import numpy as np

from analysis.disclosure.apply import list_known
from analysis.disclosure.audit import audit
from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.gate import protect
from analysis.disclosure.policy import Policy, policy_from
from analysis.measures.catalogue import load_catalogue
from analysis.partnership import load_partnership
from analysis.release.stages import count
from analysis.settings import get_data_root, get_dictionary_root

YEAR, POLICY = "2023-24", Policy(threshold=5)
TABLES, SIDE, SEED = 300, 10, 2024


def main(tables: int = 0) -> None:
    """Measure and print: seconds, figures hidden, what the audit finds."""
    partnership = load_partnership("exampleshire", get_data_root())
    catalogue = load_catalogue(get_dictionary_root())
    counted = count(partnership, YEAR, catalogue)
    everything = [*counted.statistics, *counted.history]
    cells, facts, *_ = list_known(everything, catalogue)
    measure(f"exampleshire {YEAR}", cells, facts, policy_from(partnership.disclosure))
    cells, facts = make_tables(np.random.default_rng(SEED), TABLES, SIDE)
    measure(f"{TABLES} made tables of {SIDE} by {SIDE}, linked by their totals", cells, facts, POLICY)
    if tables:
        measure_laws(tables)


def measure(name: str, cells: Sequence[Cell], facts: Sequence[Fact], policy: Policy) -> None:
    """Print what the gate and the audit take and do on one release, beside the usual rule."""
    print(f"{name}: {len(cells):,} figures, {len(facts):,} facts")
    protection, seconds = timed(lambda: protect(cells, facts, policy))
    print(f"  gate: {seconds:.1f} s, {len(protection.hidden):,} hidden ({protection.method})")
    checked, seconds = timed(lambda: audit(cells, facts, policy, protection.hidden))
    print(f"  audit: {seconds:.1f} s, passed: {checked.passed}, narrowest: {checked.narrowest}, {dict(checked.counts)}")
    plain, seconds = timed(lambda: hide_by_hand(cells, facts, policy))
    found = audit(cells, facts, policy, plain)
    print(f"  the usual rule: {seconds:.1f} s, {len(plain):,} hidden, {len(found.exposed):,} can be worked out")


def timed(work: Callable) -> tuple:
    """Return what the work returns and the processor time that it took, in seconds."""
    before = time.process_time()
    found = work()
    return found, time.process_time() - before


def make_tables(rng: np.random.Generator, tables: int, side: int) -> tuple[list[Cell], list[Fact]]:
    """Return two-way tables with their margins, whose totals are the cells of one table more."""
    cells, facts = [], []
    for number in range(tables):
        counts = rng.negative_binomial(1, 0.04, (side, side))
        add_table(f"table {number}", counts, cells, facts)
    of_group: dict[str, list[str]] = {}
    for number in range(tables):
        of_group.setdefault(f"group {number // side}", []).append(f"table {number}/+/+")
    values = {cell.id: cell.value for cell in cells}
    for group, members in of_group.items():
        cells.append(Cell(group, sum(values[m] for m in members), "count", "people", loss=20.0))
        facts.append(Fact("sum", group, tuple(members)))
    return cells, facts


def add_table(name: str, counts: np.ndarray, cells: list[Cell], facts: list[Fact]) -> None:
    """Add one table's cells, margins and sums to the lists."""
    full = np.pad(counts, (0, 1))
    full[-1, :-1], full[:-1, -1], full[-1, -1] = counts.sum(0), counts.sum(1), counts.sum()
    names = [*map(str, range(len(counts))), "+"]
    for (i, row), (j, column) in product(enumerate(names), enumerate(names)):
        margins = (row, column).count("+")
        cells.append(Cell(f"{name}/{row}/{column}", int(full[i, j]), "count", "people", loss=1.0 + 4 * margins))
    for at in names:
        facts.append(Fact("sum", f"{name}/{at}/+", tuple(f"{name}/{at}/{other}" for other in names[:-1])))
        facts.append(Fact("sum", f"{name}/+/{at}", tuple(f"{name}/{other}/{at}" for other in names[:-1])))


def hide_by_hand(cells: Sequence[Cell], facts: Sequence[Fact], policy: Policy) -> set[str]:
    """Return what the usual rule hides: small counts, then the next smallest wherever one is hidden alone."""
    value = {cell.id: cell.value for cell in cells if cell.measure == "count" and cell.value is not None}
    people = {cell.id for cell in cells if cell.protects == "people"}
    hidden = {id for id in value.keys() & people if 0 < value[id] < policy.threshold}
    before = -1
    while before != len(hidden):
        before = len(hidden)
        for fact in facts:
            members = {*fact.parts, fact.whole} & value.keys()
            others = sorted((value[id], id) for id in members - hidden if value[id] and id in people)
            if fact.kind == "sum" and len(members & hidden) == 1 and others:
                hidden.add(others[0][1])
    return hidden


def measure_laws(tables: int) -> None:
    """Print how many of so many random small linked tables the gate leaves open to an attacker: none, it is hoped."""
    rng, failed, start = np.random.default_rng(SEED), 0, time.process_time()
    for _ in range(tables):
        cells, facts = make_tables(rng, int(rng.integers(1, 4)), int(rng.integers(2, 5)))
        protection = protect(cells, facts, POLICY)
        failed += not audit(cells, facts, POLICY, protection.hidden).passed
    print(f"{tables:,} random linked tables: {failed} open to an attacker, {time.process_time() - start:.0f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
