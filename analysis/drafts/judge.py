"""The verdict on a claim: what the statistics say, and how the two differ. It abstains rather than guesses."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.drafts.agree import agrees, trailing_step
from analysis.drafts.claim import CHANGE, EARLIER, Claim
from analysis.drafts.derive import Change, find_change, find_shares, find_sibling_share
from analysis.drafts.facts import Fact
from analysis.drafts.index import Candidate, Index
from analysis.drafts.meant import is_elsewhere, is_negated, is_of_quarter, is_target, lacks_category
from analysis.drafts.steps import (
    derived,
    expected_change,
    is_points_for_percent,
    judge_sum,
    name_direction,
    says_change,
    says_share,
)
from analysis.drafts.sure import is_sure
from analysis.drafts.units import find_factor, in_unit_of
from analysis.drafts.verdict import (
    AMBIGUOUS,
    CONTRADICTED,
    NOT_A_CLAIM,
    NOT_COMPARABLE,
    SUPPORTED,
    UNSUPPORTED,
    Verdict,
)

PLAIN = 0.9  # score from which a number is told of its statistic, and not worked out from others
SMALL_COUNT = 20  # what may be a slip for none
LEAST = 0.30  # score below which a fact is not what a claim is about
CLOSE = 0.80  # a fact of this share of the best score may be meant as well


def judge(claim: Claim, candidates: Sequence[Candidate], index: Index, near: Sequence[Fact]) -> Verdict:
    """Return the verdict on a claim; `near` are the facts that claims close by were found to be about."""
    if not candidates or candidates[0].score < LEAST:
        if claim.numeral.form == "all":
            return Verdict(NOT_A_CLAIM, "all of something that no statistic is about")
        return derived(claim, candidates, near) or Verdict(
            UNSUPPORTED, "no statistic with these words", candidates=tuple(candidates[:3])
        )
    if claim.asked is not None and claim.asked.is_quarter:
        candidates = [c for c in candidates if is_of_quarter(c.fact, claim.asked)]
        if not candidates or candidates[0].score < LEAST:
            return Verdict(UNSUPPORTED, "no statistic of that quarter")
    plausible = [c for c in candidates if c.score >= max(LEAST, CLOSE * candidates[0].score)]
    if is_target(claim, plausible[0].fact):
        return Verdict(NOT_A_CLAIM, "a target, plan or forecast")
    if is_elsewhere(claim, plausible[0].fact, index):
        return Verdict(UNSUPPORTED, "told of another place, of which the statistics hold nothing")
    if claim.role == CHANGE:
        found = judge_change(claim, plausible, index, near)
        is_guess = found.verdict == CONTRADICTED and has_quarters(claim, found.fact, index)
        return Verdict(AMBIGUOUS, "a change from which quarter isn't told", found.fact) if is_guess else found
    return judge_level(claim, plausible, index, near)


def has_quarters(claim: Claim, fact: Fact, index: Index) -> bool:
    """Whether a change told of a quarter may be from another quarter than that of the year before."""
    if claim.asked is None or not claim.asked.is_quarter:
        return False
    quarters = [f.period for f in index.kin(fact) if f.period and f.is_beside(fact) and f.period != fact.period]
    return any(abs((period.end - fact.period.end).days) < 360 for period in quarters)


def judge_level(claim: Claim, plausible: list[Candidate], index: Index, near: Sequence[Fact]) -> Verdict:
    """Return the verdict on a number that tells how much there was."""
    best = plausible[0]
    if is_negated(claim, best.fact):
        return judge_complement(claim, plausible, index)
    if (summed := judge_sum(claim, plausible, index)) is not None:
        return summed
    for candidate in plausible:
        if says(claim, candidate.fact, index):
            return check_direction(claim, candidate.fact, index)
    if best.fact.hidden:
        return Verdict(
            UNSUPPORTED,
            "the release doesn't show this figure, to protect people; a draft for sharing can't give it",
            best.fact,
        )
    is_known = best.fact.kind == "percent" or bool(find_shares(best.fact, index.kin(best.fact)))
    is_plain = is_known or best.score >= PLAIN
    told = None if is_plain and is_sure(claim, plausible, index) else derived(claim, plausible, near)
    if told is None and claim.role == EARLIER and claim.asked is None and best.fact in near[-1:]:
        return Verdict(AMBIGUOUS, "what it is compared with isn't told", candidates=tuple(plausible[:3]))
    return told or contradict(claim, plausible, index)


def judge_complement(claim: Claim, plausible: list[Candidate], index: Index) -> Verdict:
    """Return the verdict on those that weren't what a statistic counts: supported by the rest of its share."""
    share = claim.numeral.form in ("percent", "fraction")
    rest = replace(claim, numeral=replace(claim.numeral, value=100 - claim.numeral.value))
    for fact in (c.fact for c in plausible if share and c.fact.kind in ("percent", "count")):
        if says(rest, fact, index):
            return Verdict(SUPPORTED, "worked out: the rest of the share", fact, claim.numeral.value)
    return Verdict(AMBIGUOUS, "told of those that weren't", candidates=tuple(plausible[:3]))


def find_swapped(claim: Claim, fact: Fact, index: Index) -> float | None:
    """Return what a number of 'from A to B' should say where the statistics say A of the later period and B of the
    earlier; None where they don't, or where the periods are told."""
    one, other = (claim, claim.other) if claim.role == EARLIER else (claim.other, claim)
    if other is None or one is None or one.asked or other.asked:
        return None
    kin = [f for f in index.kin(fact) if f.period and f.is_beside(fact)]
    pairs = [(a, b) for a in kin for b in kin if says(one, a, index) and says(other, b, index)]
    if not pairs or any(a.period.end < b.period.end for a, b in pairs):
        return None
    right = next((b if claim is one else a for a, b in pairs if a.period.end > b.period.end), None)
    return None if right is None else right.value / right.scale


def says(claim: Claim, fact: Fact, index: Index) -> bool:
    """Whether a fact says what a claim does: by its value, or as a share of its whole where the claim is one."""
    if fact.value is None:
        return False
    claim = in_unit_of(claim, fact)
    if claim.numeral.form in ("percent", "fraction") and fact.kind == "count":
        shares = [*find_shares(fact, index.kin(fact)), find_sibling_share(fact, index.kin(fact))]
        return any(share is not None and says_share(claim, share) for share in shares)
    if (
        claim.numeral.form in ("number", "money")
        and fact.kind == "amount"
        and claim.numeral.scale == 1
        and fact.scale > 1
    ):
        return abs(claim.numeral.value - fact.value / fact.scale) < 1e-9 or agrees(claim, fact.value)
    return agrees(claim, fact.value, held_qualifier=fact.qualifier)


def judge_base(claim: Claim, share: Verdict | None) -> Verdict:
    """Return the verdict on the count or base of a percentage, against those of the statistic that it is."""
    fact = share.fact if share is not None and share.verdict in (SUPPORTED, CONTRADICTED) else None
    if fact is None:
        return Verdict(UNSUPPORTED, "the count or base of a percentage that no statistic bears out")
    held = fact.numerator if claim.part == "count" else fact.denominator
    if held is None and fact.kind == "count" and claim.part == "count":
        held = fact.value
    if held is None:
        return Verdict(UNSUPPORTED, f"the statistic gives no {claim.part}", fact)
    if abs(claim.numeral.value - held) < 0.5:
        return Verdict(SUPPORTED, f"the {claim.part} of the percentage", fact, held)
    return Verdict(CONTRADICTED, f"base: the {claim.part} of the percentage is {held:,.0f}", fact, held, "base")


def runs_against(claim: Claim, change: Change) -> bool:
    """Whether a claim tells the other direction; a word of the measure's own name ("days lost", "falls") tells none."""
    sign, word = claim.direction
    named = re.search(rf"\b{re.escape(word)}\b", " ".join(change.now.names), re.IGNORECASE)
    return bool(sign and change.absolute) and (change.absolute > 0) != (sign > 0) and not named


def check_direction(claim: Claim, fact: Fact, index: Index) -> Verdict:
    """Return the verdict on a number that is right, with the direction that is told of it."""
    change = find_change(fact, index.kin(fact), claim.asked) if claim.role != EARLIER else None
    if change and runs_against(claim, change):
        return Verdict(
            CONTRADICTED, f"direction: the figure {name_direction(change)}", fact, fact.value / fact.scale, "direction"
        )
    swapped = find_swapped(claim, fact, index)
    if swapped is not None:
        return Verdict(CONTRADICTED, "year: the earlier and the later figure are swapped", fact, swapped, "year")
    return Verdict(SUPPORTED, "", fact, fact.value / fact.scale)


def judge_change(claim: Claim, plausible: list[Candidate], index: Index, near: Sequence[Fact]) -> Verdict:
    """Return the verdict on the size of a change, against the two values that it lies between."""
    pairs = [(c, change) for c in plausible if (change := find_change(c.fact, index.kin(c.fact), claim.asked))]
    for candidate in plausible:
        if (
            candidate.fact.kind == "change"
            and candidate.fact.value is not None
            and agrees(claim, abs(candidate.fact.value))
        ):
            return Verdict(SUPPORTED, "", candidate.fact, candidate.fact.value)
    for candidate, change in pairs:
        if says_change(in_unit_of(claim, candidate.fact), change):
            return judge_sign(claim, candidate.fact, change)
    for candidate, change in pairs:
        if is_points_for_percent(claim, change):
            said = "per cent" if claim.numeral.form == "percent" else "percentage points"
            return Verdict(
                CONTRADICTED,
                f"points: {claim.text.split()[0]} is told as {said}; the figure {name_direction(change)}: "
                f"{abs(change.absolute):.1f} percentage points, {abs(change.relative):.1f} per cent",
                candidate.fact,
                expected_change(claim, change),
                "points",
            )
    for candidate in plausible:
        fact = candidate.fact
        is_told = claim.numeral.form != "points" or fact.kind == "mean"
        if is_told and fact.value and says(claim, fact, index):
            return Verdict(SUPPORTED, "", candidate.fact, candidate.fact.value / candidate.fact.scale)
    found = derived(claim, plausible, near)
    if found:
        return found
    if pairs and pairs[0][0] is plausible[0] and is_sure(claim, plausible, index):
        candidate, change = pairs[0]
        if change.now.broken:
            return Verdict(NOT_COMPARABLE, change.now.broken, candidate.fact)
        return Verdict(
            CONTRADICTED,
            f"value: the figure {name_direction(change)}",
            candidate.fact,
            expected_change(claim, change),
            "value",
        )
    if pairs:
        return Verdict(AMBIGUOUS, "may be about several statistics", candidates=tuple(plausible[:3]))
    return Verdict(UNSUPPORTED, "no earlier figure to work the change out from", plausible[0].fact)


def judge_sign(claim: Claim, fact: Fact, change: Change) -> Verdict:
    """Return the verdict on a change whose size is right, by its direction."""
    if change.now.broken:
        return Verdict(NOT_COMPARABLE, change.now.broken, fact)
    if runs_against(claim, change):
        return Verdict(
            CONTRADICTED,
            f"direction: the figure {name_direction(change)}",
            fact,
            expected_change(claim, change),
            "direction",
        )
    return Verdict(SUPPORTED, f"worked out: the figure {name_direction(change)}", fact, expected_change(claim, change))


def contradict(claim: Claim, plausible: list[Candidate], index: Index) -> Verdict:
    """Return contradicted where it is sure what a claim is about; else what it may be about."""
    best = plausible[0]
    expected = expected_value(claim, best.fact, index)
    if expected is None:
        return Verdict(UNSUPPORTED, "the table has no value for it", best.fact)
    if claim.numeral.form == "all":
        return Verdict(UNSUPPORTED, "told of all, where the statistics don't say so", best.fact)
    if lacks_category(claim, best.fact, index) or not is_sure(claim, plausible, index):
        return Verdict(AMBIGUOUS, "may be about several statistics", candidates=tuple(plausible[:3]))
    if not is_likely(claim, expected, best.fact.scale):
        return Verdict(UNSUPPORTED, "too far from the only statistic with these words to be meant for it", best.fact)
    how = name_difference(claim, best.fact, expected, index)
    return Verdict(
        CONTRADICTED, f"{how}: the statistics say {best.fact.display} ({best.fact.names[0]})", best.fact, expected, how
    )


def is_likely(claim: Claim, expected: float, scale: float) -> bool:
    """Whether a number may be a slip for what is expected: within ten times of it, or the same digits.

    `scale` is that of the fact's unit; a cell of a table in millions needn't say so.
    """
    said = claim.numeral.value
    if not said or not expected:
        return abs(said - expected) < SMALL_COUNT
    reads = [expected * scale, expected] if claim.block.kind == "cell" else [expected * scale]
    slips = [math.log10(abs(said / read)) for read in reads]
    return any(abs(slip) < 1 or abs(slip - round(slip)) < 1e-6 for slip in slips)


def expected_value(claim: Claim, fact: Fact, index: Index) -> float | None:
    """Return what a claim should say: the fact's value, or its share of the whole."""
    if fact.value is None:
        return None
    if claim.numeral.form in ("percent", "fraction") and fact.kind == "count":
        shares = find_shares(fact, index.kin(fact))
        return round(shares[0], 1) if shares else None
    return fact.value / fact.scale


def name_difference(claim: Claim, fact: Fact, expected: float, index: Index) -> str:
    """Return how a claim differs from the fact: year, base, qualifier, rounding or value."""
    said = claim.numeral.value
    if find_factor(claim, fact) != 1.0 and agrees(claim, fact.value):
        return "unit"
    kin = [
        f
        for f in index.kin(fact)
        if f.measure == fact.measure and f.value is not None and f is not fact and abs(f.value - said) < 1e-9
    ]
    if any(f.category == fact.category and f.period != fact.period for f in kin):
        return "year"
    if claim.qualifier and (abs(said - expected) <= max(0.15 * abs(expected), 1) or claim.numeral.form == "fraction"):
        return "qualifier"
    if kin or claim.numeral.form in ("percent", "fraction") and fact.kind == "count":
        return "base"
    rounded = claim.numeral.form == "percent" or trailing_step(said) > 1
    return (
        "rounding"
        if rounded and abs(said - expected) <= max(10**-claim.numeral.decimals, 0.011 * expected)
        else "value"
    )
