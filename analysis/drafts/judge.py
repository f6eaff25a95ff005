"""The verdict on a claim: what the statistics say, and how the two differ. It abstains rather than guesses."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analysis.drafts.agree import agrees, trailing_step
from analysis.drafts.answer import Answer, find_answer, says
from analysis.drafts.claim import CHANGE, EARLIER, Claim
from analysis.drafts.facts import Fact
from analysis.drafts.index import Candidate, Index
from analysis.drafts.meant import is_elsewhere, is_negated, is_no_cell, is_of_quarter, is_target, lacks_category
from analysis.drafts.steps import (
    TOGETHER,
    Change,
    derived,
    expected_change,
    find_change,
    judge_difference,
    judge_sum,
    judge_total,
    name_direction,
)
from analysis.drafts.units import find_factor
from analysis.drafts.verdict import (
    AMBIGUOUS,
    CONTRADICTED,
    NOT_A_CLAIM,
    NOT_COMPARABLE,
    SUPPORTED,
    UNSUPPORTED,
    Spoken,
    Verdict,
)
from analysis.drafts.weigh import Told, describe_all, weigh

SUPPORTS = 0.5  # the chance of the facts that say the same: from it they support a number
CONTRADICTS = 0.55  # that of the facts that say another thing: from it a number is contradicted
SURE = 0.95  # and from it no step of arithmetic from other figures excuses it
LEAST_TIME = 0.2  # of a fact's period: below it the claim names another
LEAST = 0.3  # score below which no statistic has the words of a claim
SHOWN = 3  # candidates that are listed


@dataclass(frozen=True)
class Choice:
    """A fact that a claim may be about, with its chance and what it says."""

    candidate: Candidate
    chance: float
    answer: Answer

    @property
    def fact(self) -> Fact:
        """The fact."""
        return self.candidate.fact


def choose(claim: Claim, candidates: Sequence[Candidate], index: Index, told: Told) -> list[Choice]:
    """Return the facts that a claim may be about with their chances, the likeliest first; what is missing to 1 is the
    chance that it is about none of them."""
    answers = [find_answer(claim, c.fact, index) for c in candidates]
    chances = weigh(describe_all(claim, candidates, answers, index, told)).tolist()
    choices = [Choice(c, chance, a) for c, a, chance in zip(candidates, answers, chances, strict=False)]
    return sorted(choices, key=lambda c: (-c.chance, c.fact.id))


def judge(claim: Claim, choices: Sequence[Choice], index: Index, spoken: Spoken) -> Verdict:
    """Return the verdict on a claim; `spoken` are the facts that claims close by were found to be about."""
    if claim.asked is not None and claim.asked.is_quarter:
        choices = [c for c in choices if is_of_quarter(c.fact, claim.asked)]
        if not choices:
            return Verdict(UNSUPPORTED, "no statistic of that quarter")
    none = 1 - sum(c.chance for c in choices)
    if not choices or choices[0].chance < none and claim.numeral.form == "all":
        return derived(claim, spoken.facts) or Verdict(UNSUPPORTED, "no statistic with these words")
    best = choices[0].fact
    if is_target(claim, best):
        return Verdict(NOT_A_CLAIM, "a target, plan or forecast")
    if is_elsewhere(claim, best, index):
        return Verdict(UNSUPPORTED, "told of another place, of which the statistics hold nothing")
    if is_negated(claim, best) and claim.role != CHANGE:
        return judge_complement(claim, choices, index)
    if claim.role != CHANGE and (summed := judge_sum(claim, best, index) or judge_total(claim, spoken)) is not None:
        return summed
    agreeing = [c for c in choices if c.answer.agrees]
    if sum(c.chance for c in agreeing) >= SUPPORTS:
        return support(claim, agreeing[0], index)
    if (difference := judge_difference(claim, spoken)) is not None:
        return difference
    if best.hidden and choices[0].chance > none:
        words = "the release doesn't show this figure, to protect people; a draft for sharing can't give it"
        return Verdict(UNSUPPORTED, words, best)
    wrong = [c for c in choices if not c.answer.agrees and c.answer.expected is not None]
    chance = sum(c.chance for c in wrong)
    if chance < SURE and (told := derived(claim, spoken.facts)):
        return told
    if chance >= CONTRADICTS and claim.numeral.form != "all" and not is_open(claim, choices, wrong[0], spoken, index):
        return contradict(claim, wrong[0], index)
    listed = tuple(c.candidate for c in choices[:SHOWN])
    if max(c.candidate.score for c in choices) < LEAST:
        return Verdict(UNSUPPORTED, "no statistic with these words", candidates=listed)
    return Verdict(AMBIGUOUS, "may be about several statistics", candidates=listed)


def is_open(claim: Claim, choices: Sequence[Choice], wrong: Choice, spoken: Spoken, index: Index) -> bool:
    """Whether a number can't be held against a fact: that is of another period, or of all where a cell is of a part; it
    is no cell, or a sum of others that may be wrong themselves; it is a change of another series than its sentence
    tells, or from a year that the likeliest series doesn't hold."""
    fact = wrong.fact
    if wrong.candidate.time < LEAST_TIME or claim.block.kind == "cell" and lacks_category(claim, fact, index):
        return True
    if TOGETHER.search(claim.part) and max(len(spoken.beside), len(spoken.before)) > 1 or is_no_cell(claim, fact):
        return True
    likeliest = max(choices, key=lambda c: c.candidate.score * (1 + c.candidate.follows))
    told = {f.series for f in spoken.beside}
    return claim.role == CHANGE and (likeliest.answer.expected is None or bool(told) and fact.series not in told)


def support(claim: Claim, choice: Choice, index: Index) -> Verdict:
    """Return the verdict on a number that a fact says, with the direction that is told of it."""
    fact, change = choice.fact, choice.answer.change
    return check_direction(claim, fact, index) if change is None else judge_sign(claim, fact, change)


def contradict(claim: Claim, choice: Choice, index: Index) -> Verdict:
    """Return the contradiction by a fact, with how it differs."""
    fact, answer = choice.fact, choice.answer
    if answer.change is None:
        how = name_difference(claim, fact, answer.expected, index)
        words = f"{how}: the statistics say {fact.display} ({fact.names[0]})"
        return Verdict(CONTRADICTED, words, fact, answer.expected, how)
    if answer.change.now.broken:
        return Verdict(NOT_COMPARABLE, answer.change.now.broken, fact)
    how = "points" if answer.is_points else "value"
    words = f"{how}: the figure {name_direction(answer.change)}"
    if answer.is_points:
        size, relative = abs(answer.change.absolute), abs(answer.change.relative)
        words += f": {size:.1f} percentage points, {relative:.1f} per cent"
    return Verdict(CONTRADICTED, words, fact, expected_change(claim, answer.change), how)


def judge_complement(claim: Claim, choices: Sequence[Choice], index: Index) -> Verdict:
    """Return the verdict on those that weren't what a statistic counts: supported by the rest of its share."""
    share = claim.numeral.form in ("percent", "fraction")
    rest = replace(claim, numeral=replace(claim.numeral, value=100 - claim.numeral.value))
    for fact in (c.fact for c in choices if share and c.fact.kind in ("percent", "count")):
        if says(rest, fact, index):
            return Verdict(SUPPORTED, "worked out: the rest of the share", fact, claim.numeral.value)
    return Verdict(AMBIGUOUS, "told of those that weren't", candidates=tuple(c.candidate for c in choices[:SHOWN]))


def find_swapped(claim: Claim, fact: Fact, index: Index) -> float | None:
    """Return what a number of 'from A to B' should say where the statistics say A of the later period and B of the
    earlier; None where they don't, or where the periods are told."""
    one, other = (claim, claim.other) if claim.role == EARLIER else (claim.other, claim)
    if other is None or one is None or one.asked or other.asked:
        return None
    kin = [f for f in index.beside(fact) if f.period]
    pairs = [(a, b) for a in kin for b in kin if says(one, a, index) and says(other, b, index)]
    if not pairs or any(a.period.end < b.period.end for a, b in pairs):
        return None
    right = next((b if claim is one else a for a, b in pairs if a.period.end > b.period.end), None)
    return None if right is None else right.value / right.scale


def judge_base(claim: Claim, share: Verdict | None) -> Verdict:
    """Return the verdict on the count or base of a percentage, against those of the statistic that it is."""
    fact = share.fact if share is not None and share.is_found else None
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
    moved = abs(change.absolute) > change.loss
    return bool(sign) and moved and (change.absolute > 0) != (sign > 0) and not named


def run_against(fact: Fact, change: Change, expected: float) -> Verdict:
    """Return that a number is told with the other direction than its figure went."""
    return Verdict(CONTRADICTED, f"direction: the figure {name_direction(change)}", fact, expected, "direction")


def check_direction(claim: Claim, fact: Fact, index: Index) -> Verdict:
    """Return the verdict on a number that is right, with the direction that is told of it."""
    change = find_change(fact, index.beside(fact)) if claim.role != EARLIER else find_change_since(claim, fact, index)
    if change and runs_against(claim, change):
        return run_against(fact, change, fact.value / fact.scale)
    swapped = find_swapped(claim, fact, index)
    if swapped is not None:
        return Verdict(CONTRADICTED, "year: the earlier and the later figure are swapped", fact, swapped, "year")
    return Verdict(SUPPORTED, "", fact, fact.value / fact.scale)


def find_change_since(claim: Claim, fact: Fact, index: Index) -> Change | None:
    """Return the change to the year after an earlier figure that stands alone: 'it went up from 364'."""
    if claim.other is not None or fact.period is None or fact.place != index.place:
        return None
    later = [f for f in index.beside(fact) if f.period == fact.period.shift(1) and f.value is not None]
    return Change(later[0], fact) if later else None


def judge_sign(claim: Claim, fact: Fact, change: Change) -> Verdict:
    """Return the verdict on a change whose size is right, by its direction."""
    if change.now.broken:
        return Verdict(NOT_COMPARABLE, change.now.broken, fact)
    if runs_against(claim, change):
        return run_against(fact, change, expected_change(claim, change))
    return Verdict(SUPPORTED, f"worked out: the figure {name_direction(change)}", fact, expected_change(claim, change))


def name_difference(claim: Claim, fact: Fact, expected: float, index: Index) -> str:
    """Return how a claim differs from the fact: year, base, qualifier, rounding or value."""
    said = claim.numeral.value
    if find_factor(claim, fact) != 1.0 and agrees(claim, fact.value):
        return "unit"
    kin = [f for f in index.kin(fact) if f.value is not None and f is not fact and abs(f.value - said) < 1e-9]
    if any(f.category == fact.category and f.period != fact.period for f in kin):
        return "year"
    if claim.qualifier and (abs(said - expected) <= max(0.15 * abs(expected), 1) or claim.numeral.form == "fraction"):
        return "qualifier"
    if kin or claim.numeral.form in ("percent", "fraction") and fact.kind == "count":
        return "base"
    rounded = claim.numeral.form == "percent" or trailing_step(said) > 1
    is_near = abs(said - expected) <= max(10**-claim.numeral.decimals, 0.011 * expected)
    return "rounding" if rounded and is_near else "value"
