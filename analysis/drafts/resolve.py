"""From a claim to the facts it may be about: by words first, then category, period, place and unit."""

import re
from collections.abc import Iterable

from analysis.drafts.claim import CHANGE, Claim
from analysis.drafts.index import Candidate, Index
from analysis.drafts.periods import Span
from analysis.drafts.rating import Rating
from analysis.drafts.verdict import Spoken
from analysis.drafts.vocabulary import Word, is_topic, split_words
from analysis.drafts.weigh import is_rare

# how much a word counts by where it stands
OWN, SENTENCE, BEFORE, LEAD, HEADING, ABOVE = 1.0, 0.6, 0.3, 0.7, 0.45, 0.3
# what a word that the table doesn't have weighs: what is counted, what has a name, and any other
UNKNOWN_COUNTED, UNKNOWN_NAME, UNKNOWN, KNOWN_PROSE = 0.75, 0.5, 0.2, 0.4
SHARED = 0.1  # of a measure's words: what must stand about a number that equals a cell of it
MOST = 16  # candidates that are weighed


def find_candidates(claim: Claim, index: Index, spoken: Spoken, now: Span | None) -> list[Candidate]:
    """Return the facts that a claim may be about, best first; `now` is the draft's own period."""
    context = build_context(claim, index, spoken.words)
    own = weigh_own(claim, index, claim.said)
    rating = Rating(claim, index, context, now)
    near = [*spoken.beside, *spoken.before]
    follows = {f.measure: (1.0 if f in spoken.before else 2.0, f) for f in reversed(near)}
    means = index.mean(own)
    recall, precision = index.wording.rate(context, means)
    spoken_of = [m.key for key in follows for m in (index.by_key[key], *index.siblings(index.by_key[key]))]
    chosen = index.choose_measures(recall, precision)
    chosen += [index.places_of[key] for key in [*spoken_of, *find_equal(claim, index, context)]]
    found = []
    for at in dict.fromkeys(chosen):
        measure, of_measure = index.measures[at], (float(recall[at]), float(precision[at]))
        found += rating.rate(measure, of_measure, *follows.get(measure.key, (0.0, None)))
    for candidate in found:
        relate(candidate, claim, rating, spoken)
    return choose_likely(claim, found)


def relate(candidate: Candidate, claim: Claim, rating: Rating, spoken: Spoken) -> None:
    """Tell of a candidate, in place, whether it is of what others near the claim are about."""
    fact, parallel = candidate.fact, spoken.parallel
    if parallel is not None and fact is not parallel:
        candidate.parallel = fact.series[:3] == parallel.series[:3]
    if spoken.beside and not rating.named:
        candidate.place_beside = fact.place == spoken.beside[0].place


def choose_likely(claim: Claim, found: list[Candidate]) -> list[Candidate]:
    """Return the likeliest candidates, best first, and those that a number equals."""
    found = sorted(found, key=lambda c: (-c.score * (1 + c.follows), c.fact.id))
    return found[:MOST] + [c for c in found[MOST:] if c.fact.value == claim.numeral.value]


def find_equal(claim: Claim, index: Index, context: dict[str, float]) -> Iterable[tuple]:
    """Yield the measures that have a number as a cell, where that is hardly chance and some words stand near."""
    if claim.role != CHANGE and is_rare(claim, index):
        cover = index.wording.cover(context)
        keys = {f.measure for f in index.equal(claim.numeral.value)}
        yield from sorted(key for key in keys if cover[index.places_of[key]] >= SHARED)


def build_context(claim: Claim, index: Index, before: Iterable[Word] = ()) -> dict[str, float]:
    """Return the table's stems that stand about a claim, each with the weight of the nearest place."""
    block, weights = claim.block, {}
    heads = block.headings if block.kind != "heading" else block.headings[:-1]
    places = [
        (claim.said, OWN), (claim.around, SENTENCE),
        (split_words(block.lead), LEAD),
        (before, BEFORE),
        *((split_words(h), HEADING if i == 0 else ABOVE) for i, h in enumerate(reversed(heads))),
    ]  # fmt: skip
    for words, weight in places:
        for word in words:
            for stem in (word.stem, *index.expand(word.raw)):
                for known, sure in index.read([stem]) if is_topic(stem) or stem in index.known else ():
                    weights[known] = max(weights.get(known, 0.0), weight * sure)
    return weights


def weigh_own(claim: Claim, index: Index, words: list[Word]) -> list[tuple[str, float]]:
    """Return the stems of a claim's own words with what each tells; one that the table hasn't tells against it."""
    end = claim.numeral.end - claim.sentence.start
    found = []
    for word in words:
        expanded = index.expand(word.raw)
        if expanded:
            found += [(s, 1.0) for s in expanded]
        elif is_topic(word.stem) and not word.stem[:1].isdigit():
            found.append((word.stem, weigh_word(claim, word, index, end)))
        elif word.stem in index.known and not word.stem[:1].isdigit():  # prose that is a category here: "good"
            found.append((word.stem, KNOWN_PROSE))
    return found


def weigh_word(claim: Claim, word: Word, index: Index, end: int) -> float:
    """Return what a word of a claim tells for or against a measure."""
    if index.read([word.stem]) or word.stem in index.home:
        return float(word.stem not in index.home)
    if claim.block.kind == "cell" or is_counted(claim, word, end):
        return UNKNOWN_COUNTED
    return UNKNOWN_NAME if word.raw[:1].isupper() and word.start > 1 else UNKNOWN


def is_counted(claim: Claim, word: Word, end: int) -> bool:
    """Whether a word is what a number counts: it follows within a few words and no stop."""
    between = claim.sentence.text[end : word.start]
    return 0 <= word.start - end < 30 and not re.search(
        r"[,;:.()]|\b(?:were|was|are|is|in|at|had|by|from|to|which)\b", between
    )
