"""What disclosure control did to a release: for its readers in numbers that hold no value, for the analyst by id."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from math import isinf
from typing import Any

from analysis.disclosure.apply import Gated
from analysis.disclosure.statement import REASONS, get_statement

NOTHING_HIDDEN = "Nothing is hidden in this release. It must not be shared."


def describe_gate(gated: Gated) -> dict[str, Any]:
    """Return what readers are told: how many figures are hidden and why, how much is kept, what the audit found.

    `kept` is the share of the figures about people that are shown, in per cent; `narrowest` the narrowest range that
    remains possible for a hidden number of people (None: no upper limit, or nothing hidden). `complete` is for the
    build to say, once the release as a whole has been scanned.
    """
    about = {
        "hidden": sum(statistic.symbol == "[c]" for statistic in gated.statistics),
        "of": len(gated.statistics),
        "complete": False,
        "passed": None,
        "statement": NOTHING_HIDDEN,
    }
    if gated.audit is None:
        return about
    own = {statistic.statistic_id for statistic in gated.statistics}
    hidden = {id: reason for id, reason in gated.protection.hidden.items() if id in own}
    counts = Counter(hidden.values())
    people = sum(statistic.protects == "people" for statistic in gated.statistics)
    narrowest = gated.audit.narrowest
    return about | {
        "passed": bool(gated.audit.passed),
        "reasons": {reason: counts[reason] for reason in REASONS if counts[reason]},
        "kept": round(100 * (1 - len(hidden) / people), 1) if people else 100.0,
        "narrowest": None if narrowest is None or isinf(narrowest) else narrowest,
        "threshold": gated.policy.threshold,
        "method": gated.protection.method,
        "statement": get_statement(replace(gated.protection, hidden=hidden), gated.audit, gated.policy),
    }


def list_findings(gated: Gated) -> tuple[str, ...]:
    """Return what the analyst must know, a line a figure, by id and without any value."""
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
    return (*told, *revised, *pooled)


def summarise_gate(about: Mapping[str, Any]) -> str:
    """Return one line for the analyst: how many figures are hidden and why, what is kept, the narrowest range."""
    reasons = ", ".join(f"{count} {reason}" for reason, count in about["reasons"].items()) or "none"
    narrowest = about["narrowest"]
    width = "none has an upper limit" if narrowest is None else f"narrowest possible range {narrowest:.0f}"
    return (
        f"{about['hidden']} of {about['of']} figures hidden ({reasons}); {about['kept']:.1f}% of the figures about"
        f" people kept; {width} (at least {about['threshold']} asked for)"
    )
