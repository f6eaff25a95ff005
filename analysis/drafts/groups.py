"""Claims that are about one thing: a figure with its earlier one and its change, the years of a row of a table.

They are read together: where some of a group are borne out by one measure, that measure is what the others are of.
"""

from collections.abc import Callable, Iterator, Sequence

from analysis.drafts.claim import BASE, CHANGE, EARLIER, Claim
from analysis.drafts.facts import Fact
from analysis.drafts.periods import find_periods
from analysis.drafts.verdict import AMBIGUOUS, CONTRADICTED, SUPPORTED, UNSUPPORTED, Checked


def find_groups(checked: Sequence[Checked], knows: Callable[[Claim], bool]) -> Iterator[list[int]]:
    """Yield the places of claims that are about one thing; `knows` says whether a claim's own part has a topic."""
    group: list[int] = []
    for at, item in enumerate(checked):
        claim = item.claim
        if claim.excuse or claim.role == BASE:
            continue
        if group and not joins(claim, checked[group[-1]].claim, knows):
            yield group
            group = []
        group.append(at)
    yield group


def joins(claim: Claim, before: Claim, knows: Callable[[Claim], bool]) -> bool:
    """Whether a claim is about the same thing as the one before it."""
    if claim.block.kind == "cell" or before.block.kind == "cell":
        same = (claim.block.place, claim.block.row, claim.block.lead) == (
            before.block.place,
            before.block.row,
            before.block.lead,
        )
        return same and all(c.block.kind == "cell" and bool(find_periods(c.block.column)) for c in (claim, before))
    if claim.sentence != before.sentence or claim.block is not before.block:
        return False
    return (
        claim.role in (EARLIER, CHANGE) and not knows(claim) or before.role in (EARLIER, CHANGE) and not knows(before)
    )


def find_meant(checked: Sequence[Checked], group: Sequence[int]) -> tuple[Fact | None, list[int]]:
    """Return the one fact whose measure and category bears out some of a group, and those of it that are still open."""
    borne = [checked[at].verdict.fact for at in group if checked[at].verdict.verdict == SUPPORTED]
    kinds = {(f.measure, f.dimension, f.category) for f in borne if f is not None}
    if len(kinds) != 1:
        return None, []
    fact = next(f for f in borne if f is not None)
    return fact, [at for at in group if is_open(checked[at], fact)]


def is_open(item: Checked, fact: Fact) -> bool:
    """Whether a claim has no verdict yet, or one against another measure than its group's."""
    verdict = item.verdict
    if verdict.verdict == CONTRADICTED:
        return verdict.fact.measure != fact.measure
    return verdict.verdict == AMBIGUOUS or verdict.verdict == UNSUPPORTED and not (verdict.fact and verdict.fact.hidden)
