"""When it is sure what a claim is about, so that a disagreement is the draft's fault and not ours."""

import re

from analysis.drafts.claim import CHANGE, Claim
from analysis.drafts.facts import Fact
from analysis.drafts.index import Candidate, Index
from analysis.drafts.vocabulary import resemble, split_words, stem

SURE = 0.55  # score from which a disagreement is a contradiction
SURE_RECALL = 0.4  # how much of the fact's words must stand about the claim for that
SURE_ALONE = 0.45  # score that is enough where no other measure comes near
SURE_SMALL = 0.75  # score from which that holds of one, two or three in words, which prose is full of
ALONE = 0.88  # the second best measure must stay below this share of the best for a contradiction
HEAD_END = re.compile(
    r"[,;:.()\[\]|–]|\b(?:of|in|at|on|to|from|by|with|for|and|or|which|who|that|than|were|was|are|is|"
    r"had|have|has|between|"
    r"during|over|under|compared|against|went|came|took|used|made)\b"
)
# words after a number that any count may have
GENERIC_WORDS = """people person individuals individual cases case more fewer less such different a an the year years
month months week weeks day days total overall them us times occasions separate new further other additional higher
lower altogether now this again"""
GENERIC = frozenset(map(stem, GENERIC_WORDS.split()))


def is_sure(claim: Claim, plausible: list[Candidate], index: Index) -> bool:
    """Whether the best candidate is what a claim is about: its words fit, no other measure's do nearly as well, and
    what the number counts is what the fact counts."""
    best = plausible[0]
    rivals = [c for c in plausible[1:] if c.fact.measure != best.fact.measure or c.fact.category != best.fact.category]
    rival = max((c.score for c in rivals), default=0.0)
    if claim.text.lower() in ("one", "two", "three") or claim.numeral.form in ("all", "none"):
        fits = best.score >= SURE_SMALL
    else:
        fits = best.score >= SURE and best.recall >= SURE_RECALL or best.score >= SURE_ALONE and not rivals
    return fits and rival < ALONE * best.score and counts_the_same(claim, best.fact, index)


def counts_the_same(claim: Claim, fact: Fact, index: Index) -> bool:
    """Whether the words right after a number, where there are any, name what a fact counts."""
    after = claim.sentence.text[claim.numeral.end - claim.sentence.start :] if claim.block.kind != "cell" else ""
    near = HEAD_END.split(after[:40] if len(after) > 40 else after)[0]
    heads = [w for w in split_words(near)[:4] if w.stem not in GENERIC]
    if claim.numeral.form not in ("number", "none") or not heads or claim.role == CHANGE:
        return True
    measure = index.by_key[fact.measure]
    names = " ".join((*fact.names, fact.unit))
    stems = measure.all_stems | frozenset(w.stem for w in split_words(names))
    return any(resemble(s, known) for w in heads for s in (w.stem, *index.expand(w.raw)) for known in stems)
