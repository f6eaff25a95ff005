"""A large release is chosen part by part: nothing may come of it but speed."""

import numpy as np
from linked_tables import grid, people

from analysis.disclosure import gate
from analysis.disclosure.audit import audit
from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.parts import split_system
from analysis.disclosure.policy import Policy
from analysis.disclosure.system import build_system

POLICY = Policy(threshold=5)


def copies(number: int) -> tuple[list[Cell], list[Fact]]:
    """Return the same made-up table so many times, nothing tying one to another."""
    cells, facts = [], []
    inner, sums = grid([[20, 3, 11], [8, 30, 6], [9, 14, 40]])
    for copy in range(number):
        cells += [people(f"{copy}:{cell.id}", cell.value) for cell in inner]
        facts += [Fact("sum", f"{copy}:{f.whole}", tuple(f"{copy}:{part}" for part in f.parts)) for f in sums]
    return cells, facts


def test_parts_hold_every_node_once_and_every_equation_whole():
    system = build_system(*copies(5), POLICY, {})
    parts = list(split_system(system, 20))
    assert len(parts) > 1
    assert sorted(np.concatenate([nodes for nodes, _ in parts])) == list(range(len(system.ids)))
    assert sum(part.rows.shape[0] for _, part in parts) == system.rows.shape[0]
    for _, part in parts:
        assert np.allclose(part.rows @ part.truth, part.right)


def test_part_by_part_hides_what_the_whole_would(monkeypatch):
    cells, facts = copies(4)
    whole = gate.protect(cells, facts, POLICY)
    monkeypatch.setattr(gate, "TOGETHER", 10)
    monkeypatch.setattr(gate, "BUNDLE", 20)
    parts = gate.protect(cells, facts, POLICY)
    assert len(parts.hidden) == len(whole.hidden)
    assert audit(cells, facts, POLICY, parts.hidden).passed
