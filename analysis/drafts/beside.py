"""What stands beside a claim: the numbers of its sentence or row, those it stands in a row with, what it leans on."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby, takewhile

from analysis.drafts.claim import BASE, CHANGE, EARLIER, LEVEL, Claim
from analysis.drafts.index import Index
from analysis.drafts.numerals import DIGITS
from analysis.drafts.periods import strip_periods
from analysis.drafts.rating import TIME_WORDS
from analysis.drafts.verdict import Verdict
from analysis.drafts.vocabulary import Word, split_words

CELL_BASE = re.compile(rf"(?P<count>(?:{DIGITS}) )?(?:(?:out )?of|in a population of) (?:{DIGITS})\b")
QUESTION = re.compile(r"[^.?!]+\?\W*$")


def find_beside(claims: Sequence[Sequence[Claim]]) -> dict[int, list[Claim]]:
    """Return the other claims of each one's sentence, or of its row of a table, the nearest first."""
    groups: dict[tuple, list[Claim]] = defaultdict(list)
    for claim in (c for of_block in claims for c in of_block if not c.excuse):
        is_cell = claim.block.kind == "cell" and claim.block.row
        groups[(claim.block.sentence,) if is_cell else (id(claim.block), claim.sentence.start)].append(claim)
    return {
        id(claim): [group[n] for n in sorted(range(len(group)), key=lambda n: abs(n - at)) if n != at]
        for group in groups.values()
        for at, claim in enumerate(group)
    }


def find_cell_bases(claims: Sequence[Sequence[Claim]], beside: dict[int, list[Claim]]) -> None:
    """Tell the count and base of a row's share or rate that stand in a cell of their own, '22 of 25', in place."""
    for of_block in claims:
        found = of_block and of_block[0].block.kind == "cell" and CELL_BASE.match(of_block[0].block.text)
        said = [c for c in of_block if not c.excuse] if found else []
        near = [c for c in beside[id(said[0])] if c not in said] if said else []
        share = next((c for c in near if c.numeral.form == "percent" or c.numeral.decimals), None)
        for claim, part in zip(said, ("count", "base") if found and found["count"] else ("base",), strict=False):
            if share is not None:
                claim.role, claim.share, claim.part = BASE, share, part


def find_parallels(claims: Sequence[Sequence[Claim]], index: Index) -> dict[int, int]:
    """Return the number that each stands in a row with, by identity: two or more at a sentence's end without a word of
    the table follow as many before them, or in the sentence before, in their order."""
    found: dict[int, int] = {}
    for of_block in claims:
        said = [c for c in of_block if not c.excuse and c.role in (LEVEL, EARLIER) and c.block.kind != "cell"]
        sentences = [list(group) for _, group in groupby(said, key=lambda c: c.sentence.start)]
        for before, sentence in zip([[], *sentences], sentences, strict=False):
            row = list(takewhile(lambda c: not knows(drop_places(c.own, index), index), sentence[::-1]))[::-1]
            heads = sentence[: -len(row)] if len(row) < len(sentence) else before
            if 1 < len(row) <= len(heads) and (heads is not before or len(row) == len(heads)):
                found |= {id(c): id(head) for c, head in zip(row, heads[-len(row) :], strict=True)}
    return found


def drop_places(words: list[Word], index: Index) -> list[Word]:
    """Return the words that name no place of the table."""
    places = index.home.union(*(way for ways in index.places.values() for way in ways))
    return [w for w in words if w.stem not in places]


def find_told(claims: Sequence[Sequence[Claim]], verdicts: dict[int, Verdict]) -> dict[tuple, list[Claim]]:
    """Return the numbers that tell each fact, rightly or not, by its key."""
    told = defaultdict(list)
    for claim in (c for of_block in claims for c in of_block):
        verdict = verdicts.get(id(claim))
        if verdict and verdict.is_found and claim.role != CHANGE:
            told[verdict.fact.key].append(claim)
    return told


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
