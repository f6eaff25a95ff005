"""What a number counts: the words right after it."""

import re
from functools import cache

from analysis.drafts.claim import Claim
from analysis.drafts.vocabulary import Word, is_topic, read_words, stem

HEAD_END = re.compile(
    r"[,;:.()\[\]|–]|\b(?:of|in|at|on|to|from|by|with|for|and|or|per|which|who|that|than|were|was|are|is|"
    r"had|have|has|between|"
    r"during|over|under|compared|against|went|came|took|used|made)\b"
)


@cache
def _nouns(name: str) -> frozenset[str]:
    """Return the stems of one of the lists of `nouns` in data/dictionary/drafts.toml."""
    return frozenset(map(stem, read_words()["nouns"][name]))


def find_heads(claim: Claim) -> list[Word]:
    """Return the words right after a number that may name what it counts."""
    if claim.block.kind == "cell":
        return []
    start = claim.numeral.end - claim.sentence.start
    end = start + len(HEAD_END.split(claim.sentence.text[start : start + 40])[0])
    near = [w for w in claim.own if start <= w.start < end][:4]
    return [w for w in near if w.stem not in _nouns("uncounted") and (is_topic(w.stem) or w.stem in _nouns("counted"))]
