"""The gate as the report uses it: statistics in, statistics out with what must be hidden hidden.

The figures of the report and those of earlier years go through it together, since a total of one and a
change to the other give a number away.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from analysis.counting.members import Members
from analysis.disclosure.alike import find_alike
from analysis.disclosure.audit import Audit, audit
from analysis.disclosure.cells import Cell, Fact
from analysis.disclosure.earlier import Recalled, recall, weigh_moves
from analysis.disclosure.facts import derive_facts, list_elsewhere, make_facts
from analysis.disclosure.gate import LOOKS, hold, protect
from analysis.disclosure.mining import Grid, Mined, find_apparent, leave, make_grids, mine
from analysis.disclosure.numbers import list_numbers
from analysis.disclosure.policy import Policy, is_protected, list_idle
from analysis.disclosure.protection import Protection
from analysis.disclosure.rounding import Counts, list_counts, round_figure
from analysis.disclosure.showing import hide, show, without_gap, without_pseudonym
from analysis.disclosure.totals import list_totals
from analysis.figures.model import Statistic
from analysis.measures.catalogue import Catalogue
from analysis.measures.terms import PER_HEAD

UNTIED = "the gate can't tell what ties its figures to others, the attacker alone reads them"
HEADLINE_LOSS, DETAIL_LOSS = 10.0, 1.0
Populations = Mapping[tuple[str, int], float]  # by unit of the rate and year


@dataclass(frozen=True)
class Gated:
    """Statistics fit for the release, and how they were made so. All but these are None for an internal release."""

    statistics: list[Statistic]
    history: list[Statistic]
    protection: Protection | None = None
    audit: Audit | None = None
    policy: Policy | None = None
    mined: Sequence[Mined] = ()
    remarks: Sequence[str] = ()  # what was given to the gate in vain


class Known(NamedTuple):
    """What a reader of a release may know: its cells and those of the numbers behind them, the facts that tie them,
    what else agrees throughout, and the series among which a reader looks for that."""

    cells: list[Cell]
    facts: list[Fact]
    mined: list[Mined]
    grids: Mapping[str, Grid] = {}


def gate(
    statistics: Sequence[Statistic],
    history: Sequence[Statistic],
    catalogue: Catalogue,
    policy: Policy,
    *,
    release: str,
    earlier: Sequence[Statistic] = (),
    populations: Populations = {},  # noqa: B006 - never changed
    members: Sequence[Members] = (),
) -> Gated:
    """Return the statistics as the release may show them; an internal release shows everything.

    What ties the figures follows from the catalogue and from what was counted: a fact left out protects nobody.
    `earlier` is what earlier releases printed, `populations` what the statistical office does, `members` which rows of
    the records each measure counts.
    """
    if release == "internal":
        return Gated(list(statistics), list(history))
    together = [*statistics, *history]
    unknown = sorted({one.indicator for one in earlier} - catalogue.measures.keys())
    earlier = [one for one in earlier if one.indicator not in unknown]
    recalled = recall(together, earlier, lambda s: as_printed(s, catalogue, policy))
    everything = [*together, *recalled.gone]
    released = {**recalled.released, **{s.statistic_id: s.value for s in recalled.gone if s.published}}
    known = list_known(everything, catalogue, recalled, populations, members)
    mined = leave(known.mined, set(known.facts), dismissed_by(policy))
    remarks = [f"earlier releases printed {name}, which is no measure any more: {UNTIED}" for name in unknown]
    remarks += list_idle(policy, {cell.id for cell in known.cells}, {one.measures for one in known.mined})
    protection, checked = protect_all(known._replace(mined=mined), policy, released)
    counts = list_counts(known.cells, known.facts) if policy.rounding_base else {}
    shown = {s.statistic_id: round_off(show(s, protection, catalogue), s, catalogue, policy, counts) for s in together}
    shown = {id: without_gap(one, policy) for id, one in shown.items()}
    return Gated(
        [shown[s.statistic_id] for s in statistics],
        [shown[s.statistic_id] for s in history],
        protection,
        checked,
        policy,
        mined,
        remarks,
    )


def list_known(
    statistics: Sequence[Statistic],
    catalogue: Catalogue,
    recalled: Recalled | None = None,
    populations: Populations = {},  # noqa: B006 - never changed
    members: Sequence[Members] = (),
) -> Known:
    """Return what a reader may know of the statistics, were they all printed."""
    numbers = list_numbers(statistics, catalogue.measures)
    elsewhere, areas = list_elsewhere(statistics, numbers)
    totals, splits = list_totals(statistics, catalogue.measures, numbers)
    derived = derive_facts(statistics, catalogue.measures, numbers)
    cells = [*(make_cell(s, recalled, populations) for s in statistics), *numbers.cells, *elsewhere, *totals]
    facts = dict.fromkeys([*make_facts(statistics, catalogue.facts), *numbers.facts, *derived, *areas, *splits])
    cells = weigh_moves(cells, facts, recalled.released if recalled else {})
    grids = make_grids(statistics, numbers)
    mined = [*find_alike(members, statistics, numbers), *mine(grids, catalogue.measures)]
    return Known(cells, list(facts), mined, grids)


def protect_all(known: Known, policy: Policy, released: Mapping[str, float]) -> tuple[Protection, Audit]:
    """Return what to hide and its audit by a reader who has noticed what agrees throughout, or wherever it is printed:
    where that tells something, the choice is made anew with it, and what is hidden only then says so."""

    def find(hidden: Collection[str]) -> set[str]:
        return find_apparent(known.grids.values(), hidden, dismissed_by(policy))

    protection, checked = protect_known(known, policy, released, find)
    first = protection.hidden
    for _ in range(LOOKS):
        apart = find(protection.hidden)  # of what the audit found, seldom
        if not apart:
            break
        known = known._replace(cells=hold(known.cells, apart))
        protection, checked = protect_known(known, policy, released, find)
    hidden = {id: first.get(id, "mined") for id in protection.hidden}
    return replace(protection, hidden=hidden), checked


def dismissed_by(policy: Policy) -> set[frozenset[str]]:
    """Return the measures whose agreement somebody signed to be chance."""
    return {frozenset(one.measures) for one in policy.dismissed}


def protect_known(
    known: Known, policy: Policy, released: Mapping[str, float], find: Callable[[Collection[str]], Collection[str]]
) -> tuple[Protection, Audit]:
    """Return what to hide and its audit, with what agrees throughout where that tells something."""
    cells, noticed = known.cells, [fact for one in known.mined for fact in one.facts]
    facts = [*known.facts, *noticed]
    exact = replace(policy, rounding_base=None)  # a reader may take a rounded number for what it says
    first = protect(cells, known.facts, policy, released=released, noticed=noticed, find_apparent=find)
    checked = first.audit or attack(cells, facts, exact, first.hidden, released)
    if checked.passed or not noticed:
        return first, checked
    protection = protect(cells, facts, policy, released=released, find_apparent=find)
    hidden = {id: reason if id in first.hidden else "mined" for id, reason in protection.hidden.items()}
    return replace(protection, hidden=hidden), protection.audit or attack(cells, facts, exact, hidden, released)


def attack(
    cells: Sequence[Cell],
    facts: Sequence[Fact],
    policy: Policy,
    hidden: Collection[str],
    released: Mapping[str, float],
) -> Audit:
    """Return the audit, less what earlier releases alone give away: that is out, and no release can take it back."""
    found = audit(cells, facts, policy, hidden, released=released)
    if found.passed or not released:
        return found
    everything = {cell.id for cell in cells}
    out = audit(cells, facts, policy, everything, released=released, among=found.exposed).exposed
    exposed = {id: interval for id, interval in found.exposed.items() if id not in out}
    narrowest = min((high - low for id, (low, high) in found.intervals.items() if id not in out), default=None)
    counts = {**found.counts, "exposed": len(exposed)}
    return replace(found, passed=not exposed, exposed=exposed, narrowest=narrowest, counts=counts)


def as_printed(statistic: Statistic, catalogue: Catalogue, policy: Policy) -> Statistic:
    """Return a statistic as a release prints it where it prints it: pseudonyms replaced, numbers rounded."""
    return round_off(without_pseudonym(statistic, catalogue), statistic, catalogue, policy, {})


def round_off(
    public: Statistic, statistic: Statistic, catalogue: Catalogue, policy: Policy, counts: Counts
) -> Statistic:
    """Return a statistic as it is shown, made of rounded numbers where the policy rounds and it is about people."""
    if not policy.rounding_base or public.value is None:
        return public
    if not is_protected(make_cell(statistic), policy):
        return public
    rounded = round_figure(public, policy.rounding_base, counts, catalogue)
    return hide(public) if rounded.value is None else rounded


def make_cell(
    statistic: Statistic,
    recalled: Recalled | None = None,
    populations: Populations = {},  # noqa: B006 - never changed
) -> Cell:
    """Return the statistic as disclosure control sees it. Hiding a total costs the reader more than a detail; the base
    of a rate that doesn't give one is the published population."""
    numerator, denominator = statistic.numerator, statistic.denominator
    population = populations.get((statistic.unit, statistic.period.mid_year)) if statistic.own_geography else None
    if population and denominator is None and statistic.measure_type == "rate" and statistic.value is not None:
        numerator, denominator = round(statistic.value * population / PER_HEAD[statistic.unit]), population
    return Cell(
        id=statistic.statistic_id,
        value=statistic.value,
        measure=statistic.measure_type,
        protects=statistic.protects,
        sensitive=statistic.sensitive,
        decimals=statistic.decimals,
        qualifier=statistic.qualifier,
        numerator=numerator,
        denominator=denominator,
        loss=DETAIL_LOSS if statistic.category else HEADLINE_LOSS,
        revision=recalled.revisions.get(statistic.statistic_id, 0.0) if recalled else 0.0,
        repeated=recalled is not None and statistic.statistic_id in recalled.repeated,
        held=recalled is not None and statistic.statistic_id in recalled.held,
    )
