"""The whole way from a draft and a table to a verdict on every number: read this first."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from analysis.drafts.arithmetic import Slip, find_slips
from analysis.drafts.claim import BASE, CHANGE, EARLIER, Claim
from analysis.drafts.claims import read_claims
from analysis.drafts.document import Block
from analysis.drafts.facts import Fact
from analysis.drafts.groups import find_groups, find_meant
from analysis.drafts.index import Candidate, Index
from analysis.drafts.judge import judge, judge_base
from analysis.drafts.meant import is_limit, tells_itself
from analysis.drafts.periods import ANY_QUARTER, Span, find_periods, fit_periods, strip_periods
from analysis.drafts.rating import TIME_WORDS, Rating
from analysis.drafts.resolve import Topic, build_context, find_candidates
from analysis.drafts.tagged import find_ids
from analysis.drafts.together import hold_together
from analysis.drafts.twins import CONTESTS, SUPPORTS, find_twins
from analysis.drafts.verdict import AMBIGUOUS, CONTRADICTED, NOT_A_CLAIM, SUPPORTED, UNSUPPORTED, Checked, Verdict
from analysis.drafts.vocabulary import Word, is_topic, split_words

COMMON = 0.3  # of the most common period's statistics: what a draft's own period must have
OFTEN = 3  # times that a draft names its period, where that is another than the table's last
COMPARED = re.compile(r"\(|\b(?:than|with|to|from|on|against|as|before)\b(?:[^,;]|,(?=\d))*$", re.IGNORECASE)
QUESTION = re.compile(r"[^.?!]+\?\W*$")
KEPT = 12  # candidates of a claim that are looked at again
FOLLOWER, FOREIGN = (
    0.5,
    0.25,
)  # the score of what follows a measure, and what a word takes from it that the table hasn't
TWIN = 0.6  # the recall with which those that follow lean on a fact found by its value
NEAR_FACTS = 6  # figures told before a claim that it may be worked out from


@dataclass
class Reader:
    """What is remembered on the way through a draft."""

    index: Index
    now: Span | None
    topic: Topic | None = None
    near: list[Fact] = field(default_factory=list)
    words: tuple[Word, ...] = ()
    sentence: str = ""
    verdicts: dict[int, Verdict] = field(default_factory=dict)


def check_draft(blocks: list[Block], facts: list[Fact]) -> list[Checked]:
    """Return every number of a draft, in order, each with what the statistics say of it."""
    text = "\n".join(block.text for block in blocks)
    index = Index(facts, text)
    reader = Reader(index, find_now(blocks, facts))
    checked = [checked for block in blocks for checked in check_block(block, reader)]
    settle_groups(checked, reader)
    checked = hold_together(checked, index, lambda claim, fact: rate_follower(claim, fact, reader))
    settle_groups(checked, reader)
    slips = {
        id(s.claim): s for s in find_slips([c.claim for c in checked]) if s.kind in ("share", "change", "direction")
    }
    at = [(c, slips.get(id(c.claim))) for c in checked]
    wrong = {id(c.claim) for c in checked if c.verdict.verdict == CONTRADICTED}
    return [disprove(c, slip if slip and id(slip.beside) not in wrong else None) for c, slip in at]


def settle_groups(checked: list[Checked], reader: Reader) -> None:
    """Judge again, in place, what others of its group are known to be about."""
    for group in find_groups(checked, lambda claim: knows(claim.own, reader.index)):
        fact, left = find_meant(checked, group)
        borne = [checked[at] for at in group if checked[at].verdict.verdict == SUPPORTED]
        told = [c.verdict.fact for c in borne if c.claim.role != CHANGE]
        for at in left:
            again = judge_again(checked[at], fact, reader)
            if again.verdict.verdict == SUPPORTED or again.claim.role == CHANGE or again.verdict.fact not in told:
                checked[at] = again


def rate_follower(claim: Claim, fact: Fact, reader: Reader) -> list[Candidate]:
    """Return the facts of a measure as candidates for a claim that follows one of it, the likeliest first."""
    index = reader.index
    unknown = [w for w in claim.own if is_topic(w.stem) and not index.read([w.stem]) and not w.stem.isdigit()]
    rating = Rating(claim, index, build_context(claim, index, None), reader.now)
    score = FOLLOWER * (1 - FOREIGN * len(unknown))
    rated = rating.rate(index.by_key[fact.measure], (score, score, 1.0)) if score > 0 else []
    return sorted(rated, key=lambda c: (-c.score, c.fact.id))


def disprove(checked: Checked, slip: Slip | None) -> Checked:
    """Return a number that no statistic settles as contradicted where the draft's own numbers say otherwise."""
    open_ = (AMBIGUOUS, UNSUPPORTED, SUPPORTED) if slip and slip.kind == "direction" else (AMBIGUOUS, UNSUPPORTED)
    if slip is None or checked.verdict.verdict not in open_:
        return checked
    how = "direction" if slip.kind == "direction" else "arithmetic"
    verdict = Verdict(CONTRADICTED, f"{how}: {slip.words}", checked.verdict.fact, slip.expected, how)
    return replace(checked, verdict=verdict)


def judge_again(checked: Checked, fact: Fact, reader: Reader) -> Checked:
    """Return a claim with its verdict against the measure and category of a fact that bears out others of its group."""
    verdict = rejudge(checked.claim, fact, reader)
    found = verdict.verdict in (SUPPORTED, CONTRADICTED) and not is_limit(checked.claim)
    return replace(checked, verdict=verdict) if found else checked


def rejudge(claim: Claim, fact: Fact, reader: Reader) -> Verdict:
    """Return the verdict on a claim that is known to be of a fact's measure and category."""
    index = reader.index
    rating = Rating(claim, index, build_context(claim, index, None), reader.now)
    given = sorted(rating.rate_kin(fact), key=lambda c: (-c.score, c.fact.id))
    return judge(claim, given, index, [])


def find_now(blocks: list[Block], facts: list[Fact]) -> Span | None:
    """Return the period that a draft is about: of the common ones that which its title names, else the last."""
    counts = Counter(f.period for f in facts if f.period and f.period.days > 300 and not f.earlier)
    counts = counts or Counter(f.period for f in facts if f.period)
    common = [p for p, count in counts.items() if count >= COMMON * max(counts.values())]
    titles = [b.text for b in blocks if b.kind == "heading" and b.level <= 1] + [b.text for b in blocks[:1]]
    for named in (span for text in titles for span in list_own_periods(text)):
        for period in common:
            if fit_periods(named, period) >= 0.9:
                return period
    last = max(common, key=lambda p: (p.end, p.days), default=None)
    told = [span for b in blocks for span in list_own_periods(b.text)]
    named = Counter(p for p in common for span in told if fit_periods(span, p) >= 0.9)
    often = max(named, key=lambda p: named[p], default=last)
    return often if not named[last] and named[often] >= OFTEN else last


def list_own_periods(text: str) -> list[Span]:
    """Return the periods that a text names, without those that it compares with: '(2022-23: 41)', 'than in 2022-23'."""
    named = [(n.span, text[max(0, n.start - 40) : n.start]) for n in find_periods(text) if n.span.start]
    return [span for span, before in named if not COMPARED.search(before)]


def check_block(block: Block, reader: Reader) -> list[Checked]:
    """Return the numbers of a block, each with its verdict."""
    if block.kind == "heading":
        reader.topic, reader.near = None, []
    claims = read_claims(block, reader.index.name_own)
    reader.verdicts.clear()
    return [check_claim(claim, claims, reader) for claim in claims]


def check_claim(claim: Claim, claims: list[Claim], reader: Reader) -> Checked:
    """Return a claim with its verdict, and remember what it was about."""
    if claim.sentence.text != reader.sentence:
        reader.words, reader.sentence = split_words(reader.sentence), claim.sentence.text
        if reader.topic:
            reader.topic.words = reader.words
    if claim.excuse:
        return Checked(claim, Verdict(NOT_A_CLAIM, claim.excuse))
    if claim.role == BASE:
        return Checked(claim, judge_base(claim, reader.verdicts.get(id(claim.share))))
    lean(claim, claims, reader.index)
    asked = claim.asked or (find_quarter(claim.block) if claim.role != EARLIER else None)
    if len({p.span for p in find_periods(claim.part) if p.span.is_quarter}) > 1:  # "between Q1 and Q2"
        asked = Span(None, None, quarter=ANY_QUARTER)
    claim.asked = asked and asked.within(reader.now)
    tagged = judge_tagged(claim, reader)
    if tagged is not None:
        reader.verdicts[id(claim)] = tagged
        return Checked(claim, tagged)
    candidates = find_candidates(claim, reader.index, reader.topic, reader.now)
    verdict = judge(claim, candidates, reader.index, reader.near)
    if verdict.verdict in (AMBIGUOUS, UNSUPPORTED, CONTRADICTED):
        verdict = settle(claim, verdict, reader)
    reader.verdicts[id(claim)] = verdict
    remember(reader, verdict, candidates)
    return Checked(claim, verdict, tuple(candidates[:KEPT]))


def judge_tagged(claim: Claim, reader: Reader) -> Verdict | None:
    """Return the verdict on a number of a statement whose ids are printed behind it; None where it has none, or where
    the ids settle nothing."""
    facts = [reader.index.ids[id] for id in find_ids(claim.block.text, reader.index.ids)]
    verdicts = [rejudge(claim, fact, reader) for fact in facts]
    told = [v for v in verdicts if v.verdict == SUPPORTED] or [v for v in verdicts if v.verdict == CONTRADICTED]
    return told[0] if told else None


def settle(claim: Claim, verdict: Verdict, reader: Reader) -> Verdict:
    """Return a verdict in the light of a cell that the number equals to the last digit: it supports what was open, and
    leaves open what was contradicted by another measure."""
    rating = Rating(claim, reader.index, build_context(claim, reader.index, reader.topic), reader.now)
    if verdict.verdict == CONTRADICTED and is_limit(claim):
        return Verdict(AMBIGUOUS, "may be a limit in a definition", candidates=verdict.candidates)
    chance = CONTESTS if verdict.verdict == CONTRADICTED else SUPPORTS
    twins = find_twins(claim, reader.index, rating, chance=chance)
    twins = [c for c in twins if tells_itself(claim, c.fact, reader.index)]
    if not twins or verdict.verdict == CONTRADICTED and verdict.fact.measure in {c.fact.measure for c in twins}:
        return verdict
    if verdict.verdict == CONTRADICTED or len({c.fact.measure for c in twins}) > 1:
        return Verdict(AMBIGUOUS, "equals another statistic", candidates=tuple(twins[:3]))
    fact = twins[0].fact
    return Verdict(SUPPORTED, "equals a statistic of which some words stand near", fact, fact.value / fact.scale)


def find_quarter(block: Block) -> Span | None:
    """Return the quarter that stands above a block, in its lead or the nearest heading that names one."""
    above = [p.span for words in (block.lead, *block.headings[::-1]) for p in find_periods(words) if p.is_quarter]
    return next(iter(above), None)


def remember(reader: Reader, verdict: Verdict, candidates: list) -> None:
    """Keep what a claim was about, where that was found."""
    if verdict.verdict in (SUPPORTED, CONTRADICTED) and verdict.fact is not None:
        chosen = [c for c in candidates if c.fact == verdict.fact] or [Candidate(verdict.fact, 1.0, TWIN, 1.0, 1.0)]
        reader.topic = Topic(chosen, reader.sentence, reader.words)
        reader.near = [*reader.near, verdict.fact][-NEAR_FACTS:]
    elif verdict.verdict == AMBIGUOUS and verdict.candidates:
        reader.topic = Topic(list(verdict.candidates), reader.sentence, reader.words)
    elif verdict.verdict != AMBIGUOUS and not (reader.topic and reader.topic.sentence == reader.sentence):
        reader.topic = Topic([], reader.sentence, reader.words)


def lean(claim: Claim, claims: Iterable[Claim], index: Index) -> None:
    """Give a claim what it is said of: the words of its own part, with those of the nearest that says what counts."""
    labels = " ".join(strip_periods(label) for label in (claim.block.row, claim.block.column))
    claim.said, claim.said_part = [*claim.own, *split_words(labels)], f"{claim.part} {labels}"
    if claim.block.kind == "cell" or knows(claim.own, index):
        return
    peers = [
        c for c in claims if c.sentence == claim.sentence and not c.excuse and c is not claim and knows(c.own, index)
    ]
    left = [c for c in peers if c.number < claim.number]
    right = [c for c in peers if c.number > claim.number]
    for peer in left[-1:] or right[:1]:
        claim.said, claim.said_part = [*claim.own, *peer.own], f"{peer.part} {claim.part}"
    if not peers and (asked := QUESTION.search(claim.block.text[: claim.sentence.start])):
        claim.said = [*claim.own, *split_words(asked[0])]  # "How many babies were born? 6,434 in all."


def knows(words: list[Word], index: Index) -> bool:
    """Whether the table has any of the words that carry a topic."""
    return any(index.read([w.stem]) or index.expand(w.raw) for w in words if not TIME_WORDS.match(w.raw))
