"""What a number counts: the words right after it."""

import re

from analysis.drafts.claim import Claim
from analysis.drafts.vocabulary import Word, is_topic, stem

HEAD_END = re.compile(
    r"[,;:.()\[\]|–]|\b(?:of|in|at|on|to|from|by|with|for|and|or|per|which|who|that|than|were|was|are|is|"
    r"had|have|has|between|"
    r"during|over|under|compared|against|went|came|took|used|made)\b"
)
# nouns that carry no topic elsewhere, but say what is counted right after a number: "149 councils"
COUNTED = frozenset(
    map(
        stem,
        [
            "council",
            "borough",
            "county",
            "city",
            "district",
            "area",
            "chart",
            "page",
            "section",
            "place",
            "part",
            "group",
            "table",
        ],
    )
)
ANY_COUNT = frozenset(
    map(stem, ["people", "person", "individuals", "cases", "case", "different", "separate", "times", "occasions"])
)


def find_heads(claim: Claim) -> list[Word]:
    """Return the words right after a number that may name what it counts."""
    if claim.block.kind == "cell":
        return []
    start = claim.numeral.end - claim.sentence.start
    end = start + len(HEAD_END.split(claim.sentence.text[start : start + 40])[0])
    near = [w for w in claim.own if start <= w.start < end][:4]
    return [w for w in near if w.stem not in ANY_COUNT and (is_topic(w.stem) or w.stem in COUNTED)]
