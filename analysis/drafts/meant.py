"""Whether a number tells the draft's own figure as it stands: no target, no other place's figure, no complement."""

import re

from analysis.drafts.claim import Claim
from analysis.drafts.facts import Fact
from analysis.drafts.index import Index
from analysis.drafts.periods import Span, strip_periods
from analysis.drafts.vocabulary import list_topics

TARGET = (
    r"\b(?:targets?|aim(?:s|ed|ing)?|goals?|ambitions?|planned|planning|plans?(?= (?:to|is|was|of \d))|"
    r"expect(?:s|ed|ing|ation|ations)?|forecasts?|projected|projections?|predict(?:s|ed|ions?)?|anticipat(?:e|es|ed|ing)|"
    r"intend(?:s|ed|ing)?|hop(?:e|es|ed|ing) (?:to|for|that)|"
    r"want(?:s|ed)?|should be|will (?:be|reach|rise|fall|have)|next year|budgeted|falls (?:beneath|below|under))\b"
)
ELSEWHERE = (
    r"\b(?:national(?:ly)?|england|wales|scotland|regional(?:ly)?|elsewhere|statistical neighbours?|"
    r"(?:other|similar|neighbouring|comparable|peer|most|all) (?:[a-z]+ )?(?:forces|councils|authorities|areas|"
    r"boroughs|counties|districts|cities|regions|partnerships|trusts|constabularies)|"
    r"rest of the (?:country|region|county)|average (?:of|for|across|among) (?:all|other|similar)|"
    r"average (?:force|council|authority|area|borough|county)|(?:london|force|county|family|group) average)\b"
)
CLAUSE = re.compile(r";|, (?:and|but|while|whereas|which|yet)\b")
COMPARED = r"\b(?:than|with|to|against|above|below|exceed\w*|beat\w*|match\w*|met|meets?|miss\w*|short of|of)\b"
OF_TARGET = re.compile(
    rf"^[ -](?:[a-z]+ )?(?:target|goal)\b|^[^,;.()]*?\b(?:is|are|was|were|as|be|will|should)\b (?:[a-z]+ )?{TARGET}|"
    r"^[^,;.()]*?\b(?:will (?:be|have)|next year)\b",
    re.IGNORECASE,
)
STANDARD = re.compile(
    r"\b(?:standard|threshold|requirement|limit|benchmark|trajectory)(?: (?:is|was|of|at|set))+ $", re.I
)
OF_PART = re.compile(r"^ (?:of|among) (?:these|those|them|whom|which)\b", re.IGNORECASE)
PART_OF = re.compile(r"\b(?:of|among) (?:these|those|them|whom|which),? (?:[a-z]+ )?$", re.IGNORECASE)
LIMIT = re.compile(r"^ (?:[a-z]+ ){0,2}or (?:more|less|fewer|over|above|longer|higher|lower|greater)\b", re.IGNORECASE)
NEGATED = re.compile(
    r"(?:\b(?:not|never|without|unable|failed to|no longer|"
    r"un(?!changed|der|it|til)[a-z]{4,}ed)\b|n['’]t\b)(?! (?:only|just|including))",
    re.I,
)
NEGATIVE = re.compile(
    r"\b(?:no|not|never|without|non|failed|unable|un[a-z]{4,}|in(?:complete|active))\b", re.IGNORECASE
)


def tells_itself(claim: Claim, fact: Fact, index: Index) -> bool:
    """Whether a number may tell a fact as it stands: no target, no other place's, none of those that weren't."""
    return not (is_target(claim, fact) or is_elsewhere(claim, fact, index) or is_negated(claim, fact))


def is_target(claim: Claim, fact: Fact) -> bool:
    """Whether a number is aimed at or expected, where the statistic isn't of targets itself."""
    before = CLAUSE.split(claim.before)[-1]
    found = re.search(TARGET, before, re.IGNORECASE) or STANDARD.search(before) or OF_TARGET.search(claim.after)
    return bool(found) and not re.search(TARGET, " ".join(fact.names), re.IGNORECASE)


def is_elsewhere(claim: Claim, fact: Fact, index: Index) -> bool:
    """Whether a number is told of another place or of the country, and the statistic is of the draft's own."""
    before = CLAUSE.split(claim.before)[-1]
    after = re.split(r"[,;.()]", claim.after)[0]
    found = [f for text in (before, after) for f in re.finditer(ELSEWHERE, text, re.IGNORECASE)]
    if text_compares(after):
        found = [f for f in found if f.string is before]
    names = frozenset(list_topics(" ".join((*fact.names, fact.category, index.place))))
    return fact.place == index.place and any(not names & frozenset(list_topics(f[0])) for f in found)


def text_compares(after: str) -> bool:
    """Whether the words after a number compare it with what follows: 'is above the national average'."""
    return bool(re.search(rf"{COMPARED}[^,;.()]*?{ELSEWHERE}", after, re.IGNORECASE))


def is_negated(claim: Claim, fact: Fact) -> bool:
    """Whether a number is of those that weren't what a statistic counts."""
    after = re.split(r"[,;.()]", claim.after)[0]
    return bool(NEGATED.search(after)) and not NEGATIVE.search(" ".join((*fact.names, fact.category)))


def lacks_category(claim: Claim, fact: Fact, index: Index) -> bool:
    """Whether a number is told of a part (by "of these", a category's words, a cell's label) and the fact of none."""
    if fact.category:
        return False
    measure = index.by_key[fact.measure]
    if measure.categories and (OF_PART.search(claim.after) or PART_OF.search(claim.before)):
        return True
    labels = [frozenset(list_topics(strip_periods(label))) for label in (claim.block.row, claim.block.column)]
    labels = [stems for stems in labels if stems and not all(s.isdigit() for s in stems)]
    ways = [stems for named in measure.categories.values() for stems in named]
    if claim.block.kind != "cell":
        own = frozenset(w.stem for w in claim.own)
        return any(2 * len(way & own - measure.stems) >= len(way) for way in ways)
    return any(not stems & measure.stems or any(way <= stems for way in ways) for stems in labels)


def is_of_quarter(fact: Fact, quarter: Span) -> bool:
    """Whether a fact is of a quarter, or of the day that it ends on: one of the year says nothing of its quarters."""
    return fact.period is not None and fact.period.end == quarter.end and fact.period.days in (1, quarter.days)
