"""The gate as the report uses it: statistics in, statistics out with what must be hidden hidden.

The figures of the report and those of earlier years go through it together, since a total of one and a
change to the other give a number away.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.disclosure.audit import Audit, audit
from analysis.disclosure.bases import Split, add_bases, find_splits, list_bare, list_partners
from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.earlier import Recalled, recall
from analysis.disclosure.gate import protect
from analysis.disclosure.policy import Policy, round_count
from analysis.disclosure.protection import Protection, is_rounded
from analysis.disclosure.showing import (
    OF_RATIOS,
    show,
    without_base,
    without_bases_beside_hidden,
    without_file,
    without_gap,
    without_pseudonym,
)
from analysis.figures.model import Statistic
from analysis.measures.catalogue import Catalogue
from analysis.measures.relations import FactRow

HEADLINE_LOSS, DETAIL_LOSS = 10.0, 1.0
TURNS = 5
Index = dict[tuple[str, str], list[Statistic]]


@dataclass(frozen=True)
class Gated:
    """Statistics fit for the release, and how they were made so. All but these are None for an internal release."""

    statistics: list[Statistic]
    history: list[Statistic]
    protection: Protection | None = None
    audit: Audit | None = None
    policy: Policy | None = None


def gate(
    statistics: Sequence[Statistic],
    history: Sequence[Statistic],
    catalogue: Catalogue,
    known: Iterable[FactRow],
    policy: Policy,
    *,
    release: str,
    earlier: Sequence[Statistic] = (),
) -> Gated:
    """Return the statistics as the release may show them; an internal release shows everything.

    `known` are the facts that anyone can add and subtract by: a fact left out protects nobody. `earlier` is what
    earlier releases printed.
    """
    if release == "internal":
        return Gated(list(statistics), list(history))
    known, together = list(known), [*statistics, *history]
    recalled = recall(together, earlier, lambda s: as_printed(s, catalogue, policy))
    everything = [*together, *recalled.gone]
    released = {**recalled.released, **{s.statistic_id: s.value for s in recalled.gone if s.published}}
    cells = [make_cell(s, recalled) for s in everything]
    facts = make_facts(everything, known)
    splits = find_splits(everything, known)
    protection, checked = protect_bases(cells, facts, policy, splits, released)
    shown = {s.statistic_id: show(s, protection, catalogue) for s in together}
    shown |= {id: without_base(shown[id]) for id in list_bare(splits, protection.hidden) & shown.keys()}
    shown = {id: without_gap(without_file(one, policy), policy) for id, one in shown.items()}
    return Gated(
        without_bases_beside_hidden([shown[s.statistic_id] for s in statistics]),
        without_bases_beside_hidden([shown[s.statistic_id] for s in history]),
        protection,
        checked,
        policy,
    )


def protect_bases(
    cells: Sequence[Cell],
    facts: Sequence[Fact],
    policy: Policy,
    splits: Sequence[Split],
    released: Mapping[str, float],
) -> tuple[Protection, Audit]:
    """Return what to hide, and the audit of it by an attacker who adds up the numbers beside percentages as well.

    Where those give a hidden share away, the smallest of its split is hidden with it, a turn at a time; when the
    turns are spent, the parts of every split whose numbers aren't shown.
    """
    protection = protect(cells, facts, policy, released=released)
    for turn in range(TURNS + 1):
        found = attack(cells, facts, policy, splits, protection.hidden, released)
        more = {} if found.passed else list_partners(cells, splits, protection.hidden, found.exposed, turn == TURNS)
        if not more:
            break
        protection = replace(protection, hidden={**more, **protection.hidden})
    return protection, found


def attack(
    cells: Sequence[Cell],
    facts: Sequence[Fact],
    policy: Policy,
    splits: Sequence[Split],
    hidden: Collection[str],
    released: Mapping[str, float],
) -> Audit:
    """Return the audit, less what earlier releases alone give away: that is out, and no release can take it back."""
    cells, facts, beside = add_bases(cells, facts, splits)
    bare = list_bare(splits, hidden)
    unseen = set(hidden) | {number for number, share in beside.items() if share in bare}
    found = audit(cells, facts, policy, unseen, released=released)
    found = replace(found, counts={**found.counts, "hidden": len(hidden)})
    if found.passed or not released:
        return found
    out = audit(cells, facts, policy, {cell.id for cell in cells}, released=released).exposed
    exposed = {id: interval for id, interval in found.exposed.items() if id not in out}
    return replace(found, passed=not exposed, exposed=exposed, counts={**found.counts, "exposed": len(exposed)})


def as_printed(statistic: Statistic, catalogue: Catalogue, policy: Policy) -> Statistic:
    """Return a statistic as a release prints it where it prints it: pseudonyms replaced, counts rounded."""
    public = without_pseudonym(statistic, catalogue)
    if policy.rounding_base and statistic.value is not None and is_rounded(make_cell(statistic), policy):
        return replace(public, value=float(round_count(statistic.value, policy.rounding_base)), numerator=None)
    return public


def make_cell(statistic: Statistic, recalled: Recalled | None = None) -> Cell:
    """Return the statistic as disclosure control sees it. Hiding a total costs the reader more than a detail."""
    return Cell(
        id=statistic.statistic_id,
        value=statistic.value,
        measure=statistic.measure_type,
        protects=statistic.protects,
        sensitive=statistic.sensitive,
        decimals=statistic.decimals,
        qualifier=statistic.qualifier,
        numerator=statistic.numerator,
        denominator=statistic.denominator,
        loss=DETAIL_LOSS if statistic.category else HEADLINE_LOSS,
        revision=recalled.revisions.get(statistic.statistic_id, 0.0) if recalled else 0.0,
        held=recalled is not None and statistic.statistic_id in recalled.held,
    )


def make_facts(statistics: Sequence[Statistic], rows: Iterable[FactRow]) -> list[Fact]:
    """Return the facts between the statistics of one year, for every year that has them."""
    years: dict[int | None, Index] = defaultdict(lambda: defaultdict(list))
    for s in statistics:
        years[s.offset][s.indicator, s.dimension].append(s)
    by_fact = defaultdict(list)
    for row in rows:
        by_fact[row.fact].append(row)
    return [fact for members in by_fact.values() for year in years.values() for fact in _facts_of(members, year)]


def _facts_of(rows: Sequence[FactRow], year: Index) -> list[Fact]:
    """Return one fact for each whole that the rows find; its parts are of the whole's area where they can be.

    A sum is a sum even where the returned figures don't add up: who knows by how much can still subtract.
    """
    kind = rows[0].kind
    measures = OF_RATIOS if kind in ("share", "numerator") else ("count",)
    wholes = [s for row in rows if row.role == "whole" for s in _matching(row, year, ("count",))]
    parts = [s for row in rows if row.role == "part" for s in _matching(row, year, measures)]
    if kind == "within":
        return _facts_within(rows, wholes, parts)
    facts = []
    for whole in wholes:
        near = [part for part in parts if part.geography == whole.geography] or parts
        ids = tuple(part.statistic_id for part in near if part.statistic_id != whole.statistic_id)
        if ids:
            facts.append(Fact(kind, whole.statistic_id, ids))
    return facts


def _facts_within(rows: Sequence[FactRow], wholes: Sequence[Statistic], parts: Sequence[Statistic]) -> list[Fact]:
    """Return one fact for each part that wholes hold together; none where one of the wholes is missing."""
    named = {(row.indicator, row.dimension, row.category) for row in rows if row.role == "whole"}
    facts = []
    for part in parts:
        near = [whole for whole in wholes if whole.geography == part.geography]
        if named == {(one.indicator, one.dimension, one.category) for one in near}:
            facts.append(Fact("within", part.statistic_id, tuple(one.statistic_id for one in near)))
    return facts


def _matching(row: FactRow, year: Index, measures: Sequence[str]) -> list[Statistic]:
    anything = row.dimension and not row.category
    return [
        s
        for s in year.get((row.indicator, row.dimension), ())
        if (anything or s.category == row.category) and s.measure_type in measures
    ]
