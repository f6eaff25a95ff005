"""What disclosure control did to a release: for its readers in numbers that hold no value, for the analyst by id."""

from collections import Counter
from collections.abc import Collection
from dataclasses import replace
from math import isinf

from analysis.disclosure.apply import Gated
from analysis.disclosure.policy import Policy, is_matching
from analysis.disclosure.report import DisclosureReport
from analysis.disclosure.statement import REASONS, get_statement


def describe_gate(gated: Gated) -> DisclosureReport:
    """Return what readers are told: how many figures are hidden and why, how much is kept, what the audit found."""
    symbols = [statistic.symbol for statistic in gated.statistics]
    about = {"hidden": symbols.count("[c]"), "of": len(symbols)}
    if gated.audit is None:
        return DisclosureReport(**about)
    own = {statistic.statistic_id for statistic in gated.statistics}
    hidden = {id: reason for id, reason in gated.protection.hidden.items() if id in own}
    counts = Counter(hidden.values())
    people = sum(statistic.protects == "people" for statistic in gated.statistics)
    narrowest = gated.audit.narrowest
    return DisclosureReport(
        **about,
        passed=bool(gated.audit.passed),
        reasons={reason: counts[reason] for reason in REASONS if counts[reason]},
        kept=round(100 * (1 - len(hidden) / people), 1) if people else 100.0,
        narrowest=None if narrowest is None or isinf(narrowest) else narrowest,
        threshold=gated.policy.threshold,
        method=gated.protection.method,
        statement=get_statement(replace(gated.protection, hidden=hidden), gated.audit, _name_waived(gated.policy, own)),
    )


def _name_waived(policy: Policy, ids: Collection[str]) -> Policy:
    """Return the policy, its waivers with the figures that they let through in place of the pattern that somebody
    wrote."""
    found = [sorted(id for id in ids if is_matching(id, (one.cells,))) for one in policy.waivers]
    named = [f"{ids[0]}{f' and {len(ids) - 1} more' if ids[1:] else ''}" if ids else "no figure" for ids in found]
    return replace(
        policy, waivers=tuple(replace(one, cells=name) for one, name in zip(policy.waivers, named, strict=True))
    )


def list_findings(gated: Gated) -> tuple[str, ...]:
    """Return what the analyst must know, a line a figure, by id and without any value, and what was decided in vain."""
    if gated.protection is None:
        return ()
    told = [
        f"{id} is hidden, but an earlier release gave it away; it can't be protected any more"
        for id in gated.protection.known_before
    ]
    revised = [
        f"{id} is hidden, since it differs by few people from what an earlier release printed"
        for id, reason in sorted(gated.protection.hidden.items())
        if reason == "revised"
    ]
    pooled = [
        f"{proposal.hidden} of the {proposal.parts} figures that make up {proposal.table} are hidden: {proposal.advice}"
        for proposal in gated.protection.proposals
    ]
    return (*told, *revised, *pooled, *_list_mined(gated), *gated.remarks)


def _list_mined(gated: Gated) -> list[str]:
    """Return what agrees throughout and touches a hidden figure, with its evidence."""
    hidden, lines = gated.protection.hidden, []
    for one in gated.mined:
        if any(hidden.keys() & {fact.whole, *fact.parts} for fact in one.facts):
            failed = f" and not at {one.failed}" if one.failed else ""
            held = f"at {one.held} points{failed}, {one.bits:.0f} bits of evidence"
            lines.append(f"readers will notice that {one.words} ({held}); hidden figures are protected against it")
    return lines


def summarise_gate(about: DisclosureReport) -> str:
    """Return one line for the analyst: how many figures are hidden and why, what is kept, the narrowest range."""
    reasons = ", ".join(f"{count} {reason}" for reason, count in about.reasons.items()) or "none"
    least = about.narrowest
    width = "none has an upper limit" if least is None else f"narrowest possible range {least:.0f}"
    found = "" if about.openings is None else f"; an attacker finds {about.openings or 'none'} of them"
    return (
        f"{about.hidden} of {about.of} figures hidden ({reasons}); {about.kept:.1f}% of the figures about"
        f" people kept; {width} (at least {about.threshold} asked for){found}"
    )
