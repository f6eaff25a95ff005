"""How likely each candidate is what a number is said of: features of its words and its value, weighed together.

A conditional logit (McFadden 1974): the chance of a candidate is proportional to the exponential of the weighted sum of
its features, and "none of them" is a candidate with features of its own. The weights are data
(`data/dictionary/drafts.toml`), fitted by `tools/weights.py` on the sets of `python -m benchmarks verify`.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from analysis.drafts.agree import precision_of
from analysis.drafts.answer import Answer, is_cell, is_likely, is_near, is_permuted
from analysis.drafts.claim import CHANGE, EARLIER, LEVEL, Claim
from analysis.drafts.facts import Fact
from analysis.drafts.index import Candidate, Index
from analysis.drafts.meant import is_limit, lacks_category
from analysis.drafts.vocabulary import is_topic, read_words

FLOOR = 0.02  # below it a rating says no more
OFF = 0.7  # of a period: below it a fact's is another than the claim's
RARE = 0.02  # cells that chance makes equal a number: below it an equal cell tells something
MOST_BITS = 8.0
FORMS = {"number": ("count", "mean", "time", "rate", "percent"), "percent": ("percent",), "money": ("amount",)}
RATINGS = ("words", "recall", "precision", "beside_best", "unit", "category", "labelled", "time", "place")
FOLLOWING = ("stale", "parallel", "place_beside", "follows_beside", "follows_before", "silent_beside", "silent_before")
FOLLOWING += ("no_category",)
VALUES = ("agrees", "rarity", "equal", "near", "slip", "cell", "far", "told_beside", "repeated", "told_elsewhere")
FEATURES = (*RATINGS, *FOLLOWING, *VALUES)
NONE = ("none", "none_small", "none_silent", "none_limit", "none_earlier", "none_change", "none_cell")
Told = Callable[[Claim, Fact], float]  # how another number tells a fact: `check.Reader.tell`


def weigh(described: np.ndarray) -> np.ndarray:
    """Return the chance of each candidate, then that of none of them, by their features."""
    sums = described @ get_weights()
    chances = np.exp(sums - sums.max())
    return chances / chances.sum()


@cache
def get_weights() -> np.ndarray:
    """Return what each feature weighs."""
    return np.array([read_words()["weights"][name] for name in (*FEATURES, *NONE)])


def describe_all(
    claim: Claim, candidates: Sequence[Candidate], answers: Sequence[Answer], index: Index, told: Told
) -> np.ndarray:
    """Return the features of each candidate, then those of none of them: a row each, in the order of FEATURES, NONE."""
    described = np.zeros((len(candidates) + 1, len(FEATURES) + len(NONE)))
    described[-1, len(FEATURES) :] = describe_none(claim, index)
    if candidates:
        silent, rare = is_silent(claim, index), -math.log(count_chance(claim, index)) / MOST_BITS
        pairs = zip(candidates, answers, strict=True)
        described[:-1, len(RATINGS) : len(FEATURES)] = [
            describe(claim, c, a, index, silent, rare, told(claim, c.fact)) for c, a in pairs
        ]
        described[:-1, : len(RATINGS)] = rate_all(claim, candidates)
    return described


def rate_all(claim: Claim, candidates: Sequence[Candidate]) -> np.ndarray:
    """Return how well the words, unit, category, period and place of each candidate answer, as logarithms."""
    rated = np.array([[c.words, c.recall, c.precision, c.unit, c.category, c.time, c.place] for c in candidates])
    words, unit, category, time, place = np.log(np.maximum(rated, FLOOR)).T[[0, 3, 4, 5, 6]]
    labelled = category * (claim.block.kind == "cell")
    return np.array([words, rated[:, 1], rated[:, 2], words - words.max(), unit, category, labelled, time, place]).T


def describe(
    claim: Claim, candidate: Candidate, answer: Answer, index: Index, silent: bool, rare: float, told: float
) -> list[float]:
    """Return the other features of a candidate: how it follows others, and what its value says."""
    fact, expected = candidate.fact, answer.expected
    is_open = fact.value is not None and not answer.agrees
    return [
        claim.role == LEVEL and claim.asked is None and candidate.time < 0.6,
        bool(candidate.parallel),
        candidate.place_beside,
        candidate.follows == 2,
        candidate.follows == 1,
        silent and candidate.follows == 2,
        silent and candidate.follows == 1,
        lacks_category(claim, fact, index),
        answer.agrees,
        answer.agrees * rare,
        answer.agrees and fact.value == claim.numeral.value,
        is_open and is_near(claim, expected),
        is_open and expected is not None and (answer.is_points or is_permuted(claim, expected)),
        is_open and claim.role != CHANGE and is_cell(claim, fact, index),
        is_open and (expected is None or not is_likely(claim, expected, fact.scale)),
        told == 2 or told == 1.5 and not answer.agrees,
        told == 2 and answer.agrees and candidate.time < OFF,
        told == 1 and not answer.agrees,
    ]


def describe_none(claim: Claim, index: Index) -> list[float]:
    """Return the features of a number that no candidate is meant by."""
    return [
        1.0,
        claim.text.lower() in ("one", "two", "three", "four", "five"),
        is_silent(claim, index),
        is_limit(claim),
        claim.role == EARLIER,
        claim.role == CHANGE,
        claim.block.kind == "cell",
    ]


def is_silent(claim: Claim, index: Index) -> bool:
    """Whether a claim's own part has no word of the table that names a topic, though it may name a place."""
    return not any(w.stem not in index.home and index.read([w.stem]) for w in claim.said if is_topic(w.stem))


def count_chance(claim: Claim, index: Index) -> float:
    """Return how many cells would equal a number by chance, by how close those of its size stand; 1 at most."""
    said, beside = claim.numeral.value, 0
    for kind in FORMS.get(claim.numeral.form, ()):
        values = index.values.get(kind, ())
        beside += bisect_right(values, 2 * said) - bisect_left(values, said / 2)
    known = said and claim.numeral.form in FORMS
    return min(max(beside * 2 * precision_of(claim) / (1.5 * said), math.exp(-MOST_BITS)), 1.0) if known else 1.0


def is_rare(claim: Claim, index: Index) -> bool:
    """Whether chance would hardly make a number equal a cell."""
    return not claim.qualifier and count_chance(claim, index) < RARE
