"""The audit: an attacker with everything printed works out how narrowly each hidden number can be bounded.

Bounds come from linear programmes; where a solution isn't whole, from integer ones. Each bound is a way the
hidden numbers could really be, so a width that is reported is one that no reader can rule out.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from time import process_time

from analysis.disclosure.attacker import Knowledge
from analysis.disclosure.bounding import SLACK, Attack, get_width, prepare, run
from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.knowledge import gather
from analysis.disclosure.policy import Policy, is_revised_by_few


@dataclass(frozen=True)
class Audit:
    """Whether every hidden number survives the attack.

    `exposed`: the cells that don't, each with its narrowest feasible interval. `narrowest`: the smallest width
    found (inf: no hidden number has a ceiling; None: nothing to attack). `intervals`: for each cell attacked an
    interval that is feasible, all of it for the narrowest of each linked group, perhaps not all for the others.
    `counts`: hidden, attacked, exposed, unfinished. Intervals hold values: for the analyst's eyes only.
    """

    passed: bool
    exposed: Mapping[str, tuple[float, float]]
    narrowest: float | None
    intervals: Mapping[str, tuple[float, float]]
    counts: Mapping[str, int]


def audit(
    cells: Sequence[Cell],
    facts: Sequence[Fact],
    policy: Policy,
    hidden: Collection[str],
    *,
    released: Mapping[str, float] = {},  # noqa: B006 - never changed
    seconds: float = 120,
    among: Collection[str] | None = None,
) -> Audit:
    """Return what an attacker can find of a release that prints every cell but the `hidden`, none of them rounded.

    `released` holds what earlier releases printed, by cell id. Of the hidden, those `among` are attacked, where it is
    given. An attack that isn't done after `seconds` fails
    the audit: what isn't proved safe isn't safe.
    """
    known = gather(cells, facts, policy, hidden, released)
    known.targets = [target for target in known.targets if among is None or target.cell in among]
    attack = prepare(known)
    attack.deadline = process_time() + seconds
    unfinished = run(attack, known)
    named = set(hidden) & {cell.id for cell in cells}
    return _add_revisions(_report(attack, known, named, unfinished), cells, named, policy)


def _add_revisions(found: Audit, cells: Sequence[Cell], hidden: set[str], policy: Policy) -> Audit:
    """Return the audit with the printed figures whose difference from an earlier release tells of few people."""
    told = {
        cell.id: (cell.revision, cell.revision)
        for cell in cells
        if cell.id not in hidden and is_revised_by_few(cell, policy)
    }
    if not told:
        return found
    exposed = {**found.exposed, **told}
    return replace(found, passed=False, exposed=exposed, counts={**found.counts, "exposed": len(exposed)})


def _report(attack: Attack, known: Knowledge, hidden: set[str], unfinished: set[int]) -> Audit:
    intervals, exposed, widths = {}, {}, []
    for target in known.targets:
        width = get_width(attack, target.unknown)
        top = attack.most[target.unknown]
        interval = (float(attack.least[target.unknown]), inf if top >= attack.ceiling - SLACK else float(top))
        widths.append(interval[1] - interval[0])
        if target.cell not in intervals or width < intervals[target.cell][1] - intervals[target.cell][0]:
            intervals[target.cell] = interval
        if width < target.need - SLACK or target.unknown in unfinished:
            exposed[target.cell] = interval
    counts = {
        "hidden": len(hidden),
        "attacked": len(intervals),
        "exposed": len(exposed),
        "unfinished": len(unfinished),
    }
    return Audit(not exposed, exposed, min(widths, default=None), intervals, counts)
