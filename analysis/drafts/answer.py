"""What a fact answers to a claim: the value that the claim should have, and whether it has it."""

import math
from dataclasses import dataclass

import numpy as np

from analysis.drafts.agree import agrees, precision_of
from analysis.drafts.claim import CHANGE, Claim
from analysis.drafts.facts import Fact
from analysis.drafts.index import Index
from analysis.drafts.periods import find_periods
from analysis.drafts.steps import Change, expected_change, find_change, find_shares, is_points_for_percent, says_change
from analysis.drafts.units import in_unit_of
from analysis.drafts.vocabulary import get_pattern, list_topics
from analysis.methods.rounding import round_half_up

LOW, HIGH = 0.65, 1.55  # of a value: what is near to it
LEAST = 20  # below it any number is near to any other
SMALL_COUNT = 20  # what may be a slip for none


@dataclass(frozen=True)
class Answer:
    """What a fact says of a claim; `change` is the one that a claim of a change is held against."""

    expected: float | None
    agrees: bool
    change: Change | None = None
    is_points: bool = False


def find_answer(claim: Claim, fact: Fact, index: Index) -> Answer:
    """Return what a fact says of a claim, as a level or, of a claim of a change, as the change to it."""
    if claim.role != CHANGE:
        return Answer(expected_value(claim, fact, index), says(claim, fact, index))
    change = find_gap(claim, fact, index) or find_told_change(claim, fact, index)
    if fact.kind == "change" or change is None:
        told = fact.value is not None and fact.kind in ("change", "mean") and agrees(claim, abs(fact.value))
        return Answer(fact.value if fact.kind == "change" else None, told)
    size = abs(expected_change(claim, change))
    if says_change(in_unit_of(claim, fact), change):
        return Answer(size, True, change)
    points = is_points_for_percent(claim, change)
    is_level = claim.numeral.form != "points" and not points and says(claim, fact, index)
    return Answer(size, is_level, None if is_level else change, points)


def find_told_change(claim: Claim, fact: Fact, index: Index) -> Change | None:
    """Return the change that a claim tells: from the period that it names, else from one that its sentence names where
    that gives the number, else from a year before."""
    series = index.beside(fact)
    change = find_change(fact, series, claim.against)
    if claim.against is None and (change is None or not says_change(claim, change)):
        spans = [p.span for p in find_periods(claim.sentence.text) if p.span.start]
        others = [find_change(fact, series, span) for span in spans]
        return next((c for c in others if c is not None and says_change(claim, c)), change)
    return change


def find_gap(claim: Claim, fact: Fact, index: Index) -> Change | None:
    """Return the gap from another place's figure to a fact where a claim names that place: "3 points below England"."""
    words = get_pattern("compared_with").match(claim.after)
    if fact.value is None or words is None:
        return None
    named = index.name_places(frozenset(list_topics(words[0])))
    others = [f for f in index.kin(fact) if f.place in named and f.value is not None and f.period == fact.period]
    return next((Change(fact, f) for f in others if (f.dimension, f.category) == (fact.dimension, fact.category)), None)


def says(claim: Claim, fact: Fact, index: Index) -> bool:
    """Whether a fact says what a claim does: by its value, or as a share of its whole where the claim is one."""
    if fact.value is None:
        return False
    claim = in_unit_of(claim, fact)
    form, scale = claim.numeral.form, claim.numeral.scale
    if form in ("percent", "fraction") and fact.kind == "count":
        return any(agrees(claim, share) for share in find_shares(fact, index.kin(fact), of_split=True))
    if form in ("number", "money") and fact.kind == "amount" and scale == 1 and fact.scale > 1:
        return abs(claim.numeral.value - fact.value / fact.scale) < 1e-9 or agrees(claim, fact.value)
    return agrees(claim, fact.value, held_qualifier=fact.qualifier)


def expected_value(claim: Claim, fact: Fact, index: Index) -> float | None:
    """Return what a claim should say: the fact's value, or its share of the whole."""
    if fact.value is None:
        return None
    if claim.numeral.form in ("percent", "fraction") and fact.kind == "count":
        shares = find_shares(fact, index.kin(fact))
        return round_half_up(shares[0], 1) if shares else None
    return fact.value / fact.scale


def is_near(claim: Claim, expected: float | None) -> bool:
    """Whether a number is near to what is expected, and large enough for that to tell anything."""
    said = claim.numeral.value / claim.numeral.scale
    large = max(said, expected or 0) >= LEAST or claim.numeral.decimals
    return bool(expected and said and large) and LOW <= said / expected <= HIGH


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


def is_cell(claim: Claim, fact: Fact, index: Index) -> bool:
    """Whether a number is another cell of the fact's measure."""
    exact = claim.numeral.decimals or claim.numeral.value / claim.numeral.scale >= LEAST
    values = index.by_key[fact.measure].values
    return bool(exact) and bool(
        np.any((abs(values - claim.numeral.value) <= precision_of(claim)) & (values != fact.value))
    )


def is_permuted(claim: Claim, expected: float) -> bool:
    """Whether a number has the digits of what is expected in another order."""
    said = claim.numeral.value / claim.numeral.scale
    digits, own = (f"{value:.{claim.numeral.decimals}f}" for value in (expected, said))
    return said >= LEAST / 2 and digits != own and sorted(digits) == sorted(own)
