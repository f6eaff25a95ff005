"""From a claim to the facts it may be about: words first, then category, period, place and unit. Never its value."""

import re
from dataclasses import dataclass

from analysis.drafts.claim import CHANGE, EARLIER, LEVEL, Claim
from analysis.drafts.index import Candidate, Index
from analysis.drafts.periods import Span
from analysis.drafts.rating import Rating
from analysis.drafts.vocabulary import Word, is_topic, split_words

# how much a word counts by where it stands
OWN, BESIDE, SENTENCE, BEFORE, LEAD, HEADING, ABOVE = 1.0, 0.9, 0.6, 0.3, 0.7, 0.45, 0.3
# what a word that the table doesn't have weighs: what is counted, what has a name, and any other
UNKNOWN_COUNTED, UNKNOWN_NAME, UNKNOWN, KNOWN_PROSE = 0.75, 0.5, 0.2, 0.4
TOO_MANY = 2  # words that the table doesn't have, of a number that leans on what was said before
BACK = re.compile(
    r"\b(?:this|these|that|those|it|they|them|the (?:figure|number|rate|total|proportion|percentage|"
    r"share|equivalent|same)|of which|of whom)\b",
    re.IGNORECASE,
)


LEANING = re.compile(r"\W*(?:against|earlier figure|compared|this|that|these|the figure)\b", re.IGNORECASE)
RIVAL = 0.75  # of the best score: what a measure below it can't contest
LEAST_RATED = 0.05
BETTER = 0.2  # how much better the unit of a sibling must answer than that of the measure spoken of before
NEIGHBOUR = 1.12  # neighbours share a topic: the measure spoken of before is likelier
FOLLOWED = 0.9  # of the score of what was spoken of before


@dataclass
class Topic:
    """What the last claims were about, for those that follow without saying it again."""

    candidates: list[Candidate]
    sentence: str = ""
    words: tuple[Word, ...] = ()


def find_candidates(claim: Claim, index: Index, topic: Topic | None, now: Span | None) -> list[Candidate]:
    """Return the facts that a claim may be about, best first; `topic` is what came before, `now` the draft's period."""
    context = build_context(claim, index, topic)
    said = weigh_own(claim, index, claim.said)
    is_same = topic is not None and topic.sentence == claim.sentence.text
    own = weigh_own(claim, index, claim.own) if is_same else said
    rating = Rating(claim, index, context, now)
    follows = topic is not None and topic.candidates and (points_back(claim, own, index) or names_part(rating, topic))
    before = follow_topic(rating, topic) if follows else []
    if not any(index.read([s]) for s, _ in said):
        return before
    found: list[Candidate] = []
    best = 0.0
    for measure, score, recall, precision in index.rank(context, said):
        if score < RIVAL * best:  # category, period, place and unit can only lower it
            break
        if topic and topic.candidates and topic.candidates[0].fact.measure == measure.key:
            score = min(1.0, score * NEIGHBOUR)
        rated = [c for c in rating.rate(measure, (score, recall, precision)) if c.score > LEAST_RATED]
        best = max([best, *(c.score for c in rated)])
        found += rated
    seen = {id(c.fact): c for c in sorted([*found, *before], key=lambda c: c.score)}
    return sorted(seen.values(), key=lambda c: (-c.score, c.fact.id))


def points_back(claim: Claim, said: list[tuple[str, float]], index: Index) -> bool:
    """Whether a claim leans on what was said before: it counts nothing of its own."""
    is_placed = any(not weight for _, weight in said)
    said = [(word, weight) for word, weight in said if weight]
    if is_placed and all(weight < KNOWN_PROSE for _, weight in said):
        return True
    if any(weight >= UNKNOWN_COUNTED for _, weight in said):
        return False
    if not said and claim.role == LEVEL and not BACK.search(claim.sentence.text):
        return not any(is_topic(w.stem) and not index.read([w.stem]) for w in claim.around)
    apart = sum(0 < weight < KNOWN_PROSE or weight == UNKNOWN_NAME for _, weight in said)
    return (
        not said
        or claim.role in (EARLIER, CHANGE)
        and (apart < TOO_MANY or LEANING.match(claim.sentence.text) is not None)
        or bool(BACK.search(claim.sentence.text[: claim.numeral.start - claim.sentence.start]))
    )


def names_part(rating: Rating, topic: Topic) -> bool:
    """Whether a claim names a category of the measure that its sentence spoke of: '(15%) and physical abuse (13%)'."""
    measure = rating.index.by_key[topic.candidates[0].fact.measure]
    parts = measure.categories.items()
    is_same = topic.sentence == rating.claim.sentence.text
    return is_same and any(rating.name_category(c, ways, measure) == 1.0 for c, ways in parts)


def follow_topic(rating: Rating, topic: Topic) -> list[Candidate]:
    """Return the facts of the measure spoken of before: 'This compares with 364 before', 'of whom 40 were girls'."""
    near = 1.0 if topic.sentence == rating.claim.sentence.text else FOLLOWED
    found = []
    for best in {c.fact.measure: c for c in reversed(topic.candidates)}.values():
        measure = rating.index.by_key[best.fact.measure]
        found += rating.rate(measure, (best.recall * near, best.recall, 1.0), kin=best.fact.category)
        unit = rating.rate_unit(measure.facts[0]) + BETTER
        for other in [m for m in rating.index.siblings(measure) if rating.rate_unit(m.facts[0]) >= unit]:
            found += rating.rate(other, (best.recall * near, best.recall, 1.0))
    return sorted(found, key=lambda c: (-c.score, c.fact.id))


def build_context(claim: Claim, index: Index, topic: Topic | None) -> dict[str, float]:
    """Return the table's stems that stand about a claim, each with the weight of the nearest place."""
    block, weights = claim.block, {}
    heads = block.headings if block.kind != "heading" else block.headings[:-1]
    places = [
        (claim.said, OWN), (claim.around, SENTENCE),
        (split_words(block.lead), LEAD),
        (topic.words if topic else (), BEFORE),
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
