"""The disclosure statement of a release, in plain words: the policy, how much is hidden and why, the audit's result.

It never holds a value.
"""

from collections import Counter
from math import isinf

from analysis.disclosure.audit import Audit
from analysis.disclosure.policy import Policy
from analysis.disclosure.protection import Protection

REASONS = {
    "primary": "because {it} would tell of few people",
    "revised": "because the change from an earlier release would tell of few people",
    "held": "because the report of {its} own year hid {them}",
    "secondary": "so that others can't be found by subtraction",
    "mined": "because numbers that have always agreed with others would give them away",
    "consequential": "because {it} would give hidden figures away",
}
ONE, MANY = {"it": "it", "its": "its", "them": "it"}, {"it": "they", "its": "their", "them": "them"}


def get_statement(protection: Protection, audit: Audit, policy: Policy) -> str:
    """Return the disclosure statement: a few sentences, one paragraph."""
    parts = (_say_policy(policy), _say_hidden(protection), _say_audit(audit, policy), _say_waivers(policy))
    return " ".join(part for part in parts if part)


def _say_policy(policy: Policy) -> str:
    nothing = "Zero is hidden as well" if policy.protect_zero else "Zero is shown as 0"
    said = f"Counts of people below {policy.threshold} are not published. {nothing}."
    if policy.sensitive_threshold:
        said += f" For sensitive populations the threshold is {max(policy.threshold, policy.sensitive_threshold)}."
    if policy.small_group:
        said += f" Nor are percentages of all, none, or all or none but one, of fewer than {policy.small_group} people."
    if policy.rounding_base:
        said += f" Counts that are published are rounded to the nearest {policy.rounding_base} after this."
    return said


def _say_hidden(protection: Protection) -> str:
    if not protection.hidden:
        return "No figure had to be hidden."
    counts = Counter(protection.hidden.values())
    reasons = [
        f"{counts[reason]} {words.format(**(ONE if counts[reason] == 1 else MANY))}"
        for reason, words in REASONS.items()
        if counts[reason]
    ]
    total = len(protection.hidden)
    return f"{total} {'figure is' if total == 1 else 'figures are'} hidden and shown as [c]: {'; '.join(reasons)}."


def _say_audit(audit: Audit, policy: Policy) -> str:
    if not audit.counts["attacked"]:
        return "The audit passed: there was no hidden number of people to attack."
    if not audit.passed:
        return f"The audit failed for {audit.counts['exposed']} figures: this release must not be shared."
    width = "has no upper limit" if isinf(audit.narrowest or 0) else f"spans at least {audit.narrowest:.0f}"
    return (
        f"The audit passed: for each of {audit.counts['attacked']} hidden numbers of people (those behind shares and of"
        " earlier years among them), the range that remains"
        f" possible to a reader of everything published {width}; the policy asks for {policy.threshold}."
    )


def _say_waivers(policy: Policy) -> str:
    return " ".join(f"Waived by {w.by}: {w.cells} ({w.reason.rstrip('.')})." for w in policy.waivers)
