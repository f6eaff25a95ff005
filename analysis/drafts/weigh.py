"""How likely each candidate is what a number is said of: features of its words and its value, weighed together.

A conditional logit (McFadden 1974): the chance of a candidate is proportional to the exponential of the weighted sum of
its features, and "none of them" is a candidate with features of its own. The weights are data
(`data/dictionary/drafts.toml`), fitted by `tools/weights.py` on sets five to eight, eleven and twelve of `python -m
benchmarks verify`.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from analysis.drafts.agree import precision_of
from analysis.drafts.answer import Answer, is_cell, is_likely, is_near, is_permuted
from analysis.drafts.claim import CHANGE, EARLIER, LEVEL, Claim
from analysis.drafts.facts import Fact
from analysis.drafts.index import Candidate, Index
from analysis.drafts.meant import is_limit, lacks_category
from analysis.drafts.vocabulary import is_topic, read_words

FLOOR = 0.02  # below it a rating says no more
RARE = 0.02  # cells that chance makes equal a number: below it an equal cell tells something
MOST_BITS = 8.0
FORMS = {"number": ("count", "mean", "time", "rate", "percent"), "percent": ("percent",), "money": ("amount",)}
Told = Callable[[Claim, Fact], float]  # how another number tells a fact: `check.Reader.tell`


def weigh(
    claim: Claim, candidates: Sequence[Candidate], answers: Sequence[Answer], index: Index, told: Told
) -> list[float]:
    """Return the chance of each candidate, then that of none of them."""
    weights = read_words()["weights"]
    described = describe_all(claim, candidates, answers, index, told)
    sums = [sum(weights[name] * value for name, value in features.items()) for features in described]
    highest = max(sums)
    chances = [math.exp(one - highest) for one in sums]
    return [chance / sum(chances) for chance in chances]


def describe_all(
    claim: Claim, candidates: Sequence[Candidate], answers: Sequence[Answer], index: Index, told: Told
) -> list[dict[str, float]]:
    """Return the features of each candidate, then those of none of them."""
    best = max((c.words for c in candidates), default=1.0)
    rare = -math.log(count_chance(claim, index)) / MOST_BITS
    pairs = zip(candidates, answers, strict=True)
    of_each = [describe(claim, c, a, index, best, rare, told(claim, c.fact)) for c, a in pairs]
    return [*of_each, describe_none(claim, index)]


def describe(
    claim: Claim, candidate: Candidate, answer: Answer, index: Index, best: float, rare: float, told: float
) -> dict[str, float]:
    """Return the features of a candidate: how its words answer, how others do, and what its value says."""
    fact, expected = candidate.fact, answer.expected
    silent = is_silent(claim, index)
    is_open = fact.value is not None and not answer.agrees
    return {
        "words": log(candidate.words),
        "recall": candidate.recall,
        "precision": candidate.precision,
        "beside_best": log(candidate.words) - log(best),
        "unit": log(candidate.unit),
        "category": log(candidate.category),
        "time": log(candidate.time),
        "place": log(candidate.place),
        "stale": float(claim.role == LEVEL and claim.asked is None and candidate.time < 0.6),
        "follows_beside": float(candidate.follows == 2),
        "follows_before": float(candidate.follows == 1),
        "silent_beside": float(silent and candidate.follows == 2),
        "silent_before": float(silent and candidate.follows == 1),
        "no_category": float(lacks_category(claim, fact, index)),
        "agrees": float(answer.agrees),
        "rarity": answer.agrees * rare,
        "labelled": log(candidate.category) * (claim.block.kind == "cell"),
        "equal": float(answer.agrees and fact.value == claim.numeral.value),
        "near": float(is_open and is_near(claim, expected)),
        "slip": float(is_open and expected is not None and (answer.is_points or is_permuted(claim, expected))),
        "cell": float(is_open and claim.role != CHANGE and is_cell(claim, fact, index)),
        "far": float(is_open and (expected is None or not is_likely(claim, expected, fact.scale))),
        "told_beside": float(told == 2 or told == 1.5 and not answer.agrees),
        "repeated": float(told == 2 and answer.agrees and claim.role == EARLIER),
        "told_elsewhere": float(told == 1),
    }


def describe_none(claim: Claim, index: Index) -> dict[str, float]:
    """Return the features of a number that no candidate is meant by."""
    return {
        "none": 1.0,
        "none_small": float(claim.text.lower() in ("one", "two", "three", "four", "five")),
        "none_silent": float(is_silent(claim, index)),
        "none_limit": float(is_limit(claim)),
        "none_earlier": float(claim.role == EARLIER),
        "none_change": float(claim.role == CHANGE),
        "none_cell": float(claim.block.kind == "cell"),
    }


def is_silent(claim: Claim, index: Index) -> bool:
    """Whether a claim's own part has no word of the table that names a topic, though it may name a place."""
    return not any(w.stem not in index.home and index.read([w.stem]) for w in claim.said if is_topic(w.stem))


def log(rating: float) -> float:
    """Return the logarithm of a rating, which says no more below a floor."""
    return math.log(max(rating, FLOOR))


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
