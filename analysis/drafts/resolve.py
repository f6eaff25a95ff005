"""From a claim to the facts it may be about: words first, then category, period, place and unit. Never its value."""

import re
from dataclasses import dataclass

from analysis.drafts.claim import CHANGE, EARLIER, Claim
from analysis.drafts.facts import Fact
from analysis.drafts.index import Candidate, Index, Measure
from analysis.drafts.periods import Span, fit_periods
from analysis.drafts.vocabulary import Word, is_topic, list_topics, split_words

# how much a word counts by where it stands
OWN, BESIDE, SENTENCE, BEFORE, LEAD, HEADING, ABOVE = 1.0, 0.9, 0.6, 0.3, 0.7, 0.45, 0.3
# what a word that the table doesn't have weighs: what is counted, what has a name, and any other
UNKNOWN_COUNTED, UNKNOWN_NAME, UNKNOWN = 0.75, 0.5, 0.2
SHARE_WORDS = re.compile(r"%|per ?cent|percentage|proportion|\brate\b|\bshare\b", re.IGNORECASE)
BACK = re.compile(
    r"\b(?:this|these|that|those|it|they|them|the (?:figure|number|rate|total|proportion|percentage|"
    r"share|equivalent|same)|of which|of whom)\b",
    re.IGNORECASE,
)
TIME_WORDS = re.compile(
    r"^\W*(?:working |calendar |school )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b", re.IGNORECASE
)

UNITS = {  # how well a fact of each kind answers a number of each form
    "percent": {"percent": 1.0, "change": 0.9, "count": 0.7, "rate": 0.1},
    "fraction": {"percent": 1.0, "count": 0.7},
    "points": {"percent": 1.0, "change": 0.7, "mean": 0.6},
    "money": {"amount": 1.0},
    "times": {"count": 0.9, "percent": 0.5, "rate": 0.7, "amount": 0.8, "change": 0.6},
    "none": {"count": 0.9},
    "all": {"percent": 0.9},
}


@dataclass
class Topic:
    """What the last claims were about, for those that follow without saying it again."""

    candidates: list[Candidate]
    sentence: str = ""
    words: tuple[Word, ...] = ()


def find_candidates(claim: Claim, index: Index, topic: Topic | None, now: Span | None) -> list[Candidate]:
    """Return the facts that a claim may be about, best first; `topic` is what came before, `now` the draft's period."""
    context = build_context(claim, index, topic)
    said = weigh_own(claim, index)
    if not any(index.read([s]) for s, _ in said):
        if not topic or not topic.candidates or not points_back(claim, said):
            return []
        return follow_topic(claim, index, topic, context, now)
    found = [
        rate(claim, index, fact, measure, (score, recall, precision), context, now)
        for measure, score, recall, precision in index.rank(context, said)
        for fact in measure.facts
    ]
    return sorted((c for c in found if c.score > 0.05), key=lambda c: (-c.score, c.fact.id))


def points_back(claim: Claim, said: list[tuple[str, float]]) -> bool:
    """Whether a claim leans on what was said before: it counts nothing of its own."""
    if any(weight >= UNKNOWN_COUNTED for _, weight in said):
        return False
    return (
        not said
        or claim.role == EARLIER
        or bool(BACK.search(claim.sentence.text[: claim.numeral.start - claim.sentence.start]))
    )


def follow_topic(
    claim: Claim, index: Index, topic: Topic, context: dict[str, float], now: Span | None
) -> list[Candidate]:
    """Return the facts of the measure spoken of before: 'This compares with 364 before', 'of whom 40 were girls'."""
    best = topic.candidates[0]
    measure = next(m for m in index.measures if m.key == best.fact.measure)
    words = (best.recall * 0.9, best.recall, 1.0)
    named = any(names_category(claim, c, stems, index) for c, stems in measure.categories.items())
    kin = [f for f in measure.facts if named or f.category == best.fact.category]
    found = [rate(claim, index, f, measure, words, context, now, follows=not named) for f in kin]
    return sorted(found, key=lambda c: (-c.score, c.fact.id))


def names_category(claim: Claim, category: str, stems: frozenset[str], index: Index) -> float:
    """Return how far a claim's own part names a category; one with a number in it wholly or not at all."""
    own = {s for w in claim.said for s, _ in index.read([w.stem])}
    if any(c.isdigit() for c in category):
        return float(plain_range(category) in plain_range(f"{claim.said_part} {claim.block.row} {claim.block.column}"))
    return len(stems & own) / len(stems) if len(stems & own) > 0.5 * len(stems) else 0.0


def plain_range(text: str) -> str:
    """Return a text with its ranges of numbers written one way: '10-15' is '10 to 15'."""
    return re.sub(r"(?<=\d)\s?[-–]\s?(?=\d)", " to ", text).lower()


def build_context(claim: Claim, index: Index, topic: Topic | None) -> dict[str, float]:
    """Return the table's stems that stand about a claim, each with the weight of the nearest place."""
    block, weights = claim.block, {}
    heads = block.headings if block.kind != "heading" else block.headings[:-1]
    places = [
        (claim.said, OWN), (claim.around, SENTENCE),
        (split_words(block.row), OWN), (split_words(block.column), OWN), (split_words(block.lead), LEAD),
        (topic.words if topic else (), BEFORE),
        *((split_words(h), HEADING if i == 0 else ABOVE) for i, h in enumerate(reversed(heads))),
    ]  # fmt: skip
    for words, weight in places:
        for word in words:
            for stem in (word.stem, *index.expand(word.raw)):
                for known, sure in index.read([stem]) if is_topic(stem) or stem in index.known else ():
                    weights[known] = max(weights.get(known, 0.0), weight * sure)
    return weights


def weigh_own(claim: Claim, index: Index) -> list[tuple[str, float]]:
    """Return the stems of a claim's own words with what each tells; one that the table hasn't tells against it."""
    end = claim.numeral.end - claim.sentence.start
    found = []
    words = claim.said or [*split_words(claim.block.row), *split_words(claim.block.column)]
    for word in words:
        expanded = index.expand(word.raw)
        if expanded:
            found += [(s, 1.0) for s in expanded]
        elif is_topic(word.stem) and not word.stem[:1].isdigit():
            found.append((word.stem, weigh_word(claim, word, index, end)))
    if claim.block.kind == "cell":
        labels = [
            s for label in (claim.block.row, claim.block.column) for s in list_topics(label) if s not in index.home
        ]
        found += [(s, 1.0 if index.read([s]) else UNKNOWN_COUNTED) for s in labels]
    return found


def weigh_word(claim: Claim, word: Word, index: Index, end: int) -> float:
    """Return what a word of a claim tells for or against a measure."""
    if index.read([word.stem]) or word.stem in index.home:
        return float(word.stem not in index.home)
    if is_counted(claim, word, end):
        return UNKNOWN_COUNTED
    return UNKNOWN_NAME if word.raw[:1].isupper() and word.start > 1 else UNKNOWN


def is_counted(claim: Claim, word: Word, end: int) -> bool:
    """Whether a word is what a number counts: it follows within a few words and no stop."""
    between = claim.sentence.text[end : word.start]
    return 0 <= word.start - end < 30 and not re.search(
        r"[,;:.()]|\b(?:were|was|are|is|in|at|had|by|from|to|which)\b", between
    )


def rate(
    claim: Claim,
    index: Index,
    fact: Fact,
    measure: Measure,
    words: tuple[float, float, float],
    context: dict[str, float],
    now: Span | None,
    *,
    follows: bool = False,
) -> Candidate:
    """Return a fact with how well it answers a claim: its measure's score by category, period, place and unit."""
    score, recall, precision = words
    kinship = (
        (1.0 if follows else rate_category(claim, fact, measure, index, context))
        * (1.0 if is_elsewhere(claim, fact, index) else rate_period(claim, fact, measure, now))
        * rate_place(fact, index, claim)
    )
    unit = rate_unit(claim, fact, context)
    return Candidate(fact, score * kinship * unit, recall, precision, kinship)


def rate_category(claim: Claim, fact: Fact, measure: Measure, index: Index, context: dict[str, float]) -> float:
    """Return how well a claim's words name a fact's category, or none where the fact is a total."""
    if fact.category:
        if any(c.isdigit() for c in fact.category):
            return 1.0 if names_category(claim, fact.category, frozenset(), index) else 0.2
        stems = measure.categories[fact.category]
        cover = sum(min(1.0, context.get(s, 0.0)) for s in stems) / len(stems)
        return 0.25 + 0.75 * cover if cover >= 0.4 else 0.2
    named = max((names_category(claim, c, stems, index) for c, stems in measure.categories.items()), default=0.0)
    return 1 - 0.55 * named if named > 0.5 else 1.0


def rate_period(claim: Claim, fact: Fact, measure: Measure, now: Span | None) -> float:
    """Return how well a fact's period answers that of a claim, or the draft's own where the claim names none."""
    asked = claim.asked
    if asked is not None and asked.offset and now is not None:
        asked, soft = now.shift(asked.offset), True
    else:
        soft = False
    if asked is not None and asked.start is not None:
        fit = fit_periods(asked, fact.period)
        return (
            max(fit, 0.35)
            if soft and claim.role == EARLIER and fact.period and fact.period.end < now.end
            else max(fit, 0.12)
        )
    if claim.role == EARLIER:  # what is compared with: the year before, else another place or period
        earlier = now is not None and fact.period is not None and fit_periods(now.shift(-1), fact.period)
        return 1.0 if earlier or fact.period is None else 0.6
    if fact.period is None or now is None:
        return 0.9
    if (fact.period.end - fact.period.start).days in range(2, 100) and now.days > 300:
        return 0.3
    latest = max(
        (
            f.period
            for f in measure.facts
            if f.period and f.category == fact.category and f.place == fact.place and not _is_later(f.period, now)
        ),
        key=lambda p: (p.end, p.days),
        default=fact.period,
    )
    return 1.0 if fit_periods(now, fact.period) >= 0.6 or fact.period == latest else 0.45


def _is_later(period: Span, now: Span) -> bool:
    return period.start > now.end


def is_elsewhere(claim: Claim, fact: Fact, index: Index) -> bool:
    """Whether a number that another is compared with is told of a fact's place, so that it is of the same period."""
    names = index.places.get(fact.place)
    return claim.role == EARLIER and claim.asked is None and bool(names) and names <= {w.stem for w in claim.own}


def rate_place(fact: Fact, index: Index, claim: Claim) -> float:
    """Return how well a fact's place answers the places that a claim names: its own part first."""
    if not index.places:
        return 1.0
    block = claim.block
    near = {w.stem for w in claim.own} | {s for label in (block.row, block.column) for s in list_topics(label)}
    far = {w.stem for w in claim.around}
    named = [p for p, stems in index.places.items() if stems and stems <= near]
    if fact.place == index.place:
        return 0.4 if named else 1.0
    stems = index.places[fact.place]
    return 1.0 if stems <= near else 0.5 if stems and stems <= near | far else 0.25


def rate_unit(claim: Claim, fact: Fact, context: dict[str, float]) -> float:
    """Return how well a number's sign and the words after it answer a fact's unit."""
    form, kind = claim.numeral.form, fact.kind
    sentence, block = claim.sentence.text, claim.block
    after = sentence[claim.numeral.end - claim.sentence.start :] if block.kind != "cell" else ""
    if form == "number":
        if kind == "percent":
            return (
                0.95
                if SHARE_WORDS.search(claim.part or "") or SHARE_WORDS.search(block.column + block.row + block.lead)
                else 0.35
            )
        if kind == "amount":
            return 0.95 if "£" in block.column + block.row + block.lead else 0.4
        rated = bool(re.search(r"\brates?\b|\bper \d", claim.part + block.column + block.row))
        if kind == "count" and (rated or claim.numeral.decimals and claim.numeral.scale == 1):
            return 0.5
        if kind == "rate":
            return 1.0 if rated or claim.numeral.decimals else 0.8
        if TIME_WORDS.match(after):
            return 1.0 if kind in ("time", "mean") or re.search("day|hour|week|month|minute", fact.unit) else 0.25
        return {"count": 1.0, "mean": 0.9, "time": 0.6, "change": 0.9}[kind]
    if claim.role == CHANGE and form == "percent":
        return 1.0 if kind == "percent" else 0.8
    return UNITS[form].get(kind, 0.0)
