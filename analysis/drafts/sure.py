"""When it is sure what a claim is about, so that a disagreement is the draft's fault and not ours."""

import re

from analysis.drafts.claim import CHANGE, Claim
from analysis.drafts.facts import Fact
from analysis.drafts.heads import find_heads
from analysis.drafts.index import Candidate, Index
from analysis.drafts.units import find_factor
from analysis.drafts.vocabulary import resemble, split_words

SURE = 0.55  # score from which a disagreement is a contradiction
SURE_RECALL = 0.4  # how much of the fact's words must stand about the claim for that
SURE_ALONE = 0.42  # score that is enough where no other measure comes near
SURE_SMALL = 0.75  # score from which that holds of one, two or three in words, which prose is full of
ALONE = 0.88  # the second best measure must stay below this share of the best for a contradiction
TOLD = 0.5  # what the words of a sentence must tell of a measure: one that few others have
SURE_ALONE_RECALL, SURE_ALONE_PRECISION = 0.33, 0.42
RATED = re.compile(r"\s?(?:per|for every|in every) (?:[\d,]+|hundred|thousand|ten thousand)\b", re.IGNORECASE)


def is_sure(claim: Claim, plausible: list[Candidate], index: Index) -> bool:
    """Whether the best candidate is what a claim is about: its words fit, no other measure's do nearly as well, and
    what the number counts is what the fact counts."""
    best = plausible[0]
    rivals = [c for c in plausible[1:] if c.fact.measure != best.fact.measure or c.fact.category != best.fact.category]
    rival = max((c.score for c in rivals), default=0.0)
    if best.given:
        return rival < ALONE * best.score
    if claim.text.lower() in ("one", "two", "three") or claim.numeral.form in ("all", "none"):
        fits = best.score >= SURE_SMALL
    else:
        fits = best.score >= SURE and best.recall >= SURE_RECALL or is_alone(claim, best, rivals)
    return (
        fits and is_told(claim, best, index) and rival < ALONE * best.score and counts_the_same(claim, best.fact, index)
    )


def is_told(claim: Claim, best: Candidate, index: Index) -> bool:
    """Whether the sentence itself has more of a measure's words than such as many measures have: "cases", "people"."""
    words = [*claim.said, *claim.around, *split_words(claim.block.lead)]
    said = {s for w in words for stem in (w.stem, *index.expand(w.raw)) for s, _ in index.read([stem])}
    stems = index.by_key[best.fact.measure].all_stems
    return not said or sum(index.known[s] for s in said & stems) >= TOLD


def is_alone(claim: Claim, best: Candidate, rivals: list[Candidate]) -> bool:
    """Whether no other measure comes near, so that less of the words is enough."""
    fits = best.recall >= SURE_ALONE_RECALL and (best.precision >= SURE_ALONE_PRECISION or bool(find_heads(claim)))
    return best.score >= SURE_ALONE and fits and not rivals


def counts_the_same(claim: Claim, fact: Fact, index: Index) -> bool:
    """Whether the words right after a number, where there are any, name what a fact counts; "per 1,000" is a rate."""
    heads = find_heads(claim)
    if RATED.match(claim.after) and fact.kind not in ("rate", "mean"):
        return False
    if (
        claim.numeral.form not in ("number", "none")
        or not heads
        or claim.role == CHANGE
        or find_factor(claim, fact) != 1
    ):
        return True
    measure = index.by_key[fact.measure]
    names = " ".join((*fact.names, fact.unit))
    stems = measure.all_stems | frozenset(w.stem for w in split_words(names))
    return any(resemble(s, known) for w in heads for s in (w.stem, *index.expand(w.raw)) for known in stems)
