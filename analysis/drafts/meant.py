"""Whether a number tells the draft's own figure as it stands: no target, no other place's figure, no complement."""

import re

from analysis.drafts.claim import CHANGE, Claim
from analysis.drafts.facts import Fact
from analysis.drafts.index import Index
from analysis.drafts.periods import Span, strip_periods
from analysis.drafts.vocabulary import get_pattern, list_topics


def is_target(claim: Claim, fact: Fact) -> bool:
    """Whether a number is aimed at or expected, where the statistic isn't of targets itself."""
    text = claim.sentence.text[: claim.numeral.start - claim.sentence.start]
    before = get_clause(claim.before)
    before = before.rpartition(", ")[2] if claim.role == CHANGE else before
    if get_pattern("range_gap").fullmatch(before):  # "the guideline is 15 to 18"
        before = get_clause(text)
    found = (
        get_pattern("target").search(before)
        or get_pattern("standard").search(re.sub(r"[\d.,%£]+\s?(?:to|and|or|[-–])\s?$", "", before))
        or get_pattern("of_target").search(claim.after)
        or get_pattern("aimed").search(get_clause(text))
    )
    return bool(found) and not get_pattern("target").search(" ".join(fact.names))


def get_clause(before: str) -> str:
    """Return the end of some words, from where their last clause begins."""
    return get_pattern("clause").split(before)[-1]


def get_rest(claim: Claim) -> str:
    """Return the words after a number, as far as no stop parts them from it."""
    return re.split(r"[,;.()]", claim.after)[0]


def is_elsewhere(claim: Claim, fact: Fact, index: Index) -> bool:
    """Whether a number is told of another place or of the country, and the statistic is of the draft's own."""
    before, after = get_clause(claim.before.rpartition(")")[2]), get_rest(claim)
    found = [f for text in (before, after) for f in get_pattern("elsewhere").finditer(text)]
    if get_pattern("compared").search(after):  # "is above the national average"
        found = [f for f in found if f.string is before]
    names = frozenset(list_topics(" ".join((*fact.names, fact.category, index.place))))
    return fact.place == index.place and any(not names & frozenset(list_topics(f[0])) for f in found)


def is_negated(claim: Claim, fact: Fact) -> bool:
    """Whether a number is of those that weren't what a statistic counts."""
    named = " ".join((*fact.names, fact.category))
    return bool(get_pattern("negated").search(get_rest(claim))) and not get_pattern("negative").search(named)


def is_no_cell(claim: Claim, fact: Fact) -> bool:
    """Whether a number is of all the others, of several years or for each of a stretch of time: a table has no such."""
    search, named = get_pattern("no_cell").search, " ".join((*fact.names, fact.category, fact.unit))
    found = search(get_clause(claim.before)) or search(get_rest(claim)) or get_pattern("averaged").match(claim.after)
    return bool(found) and not (search(named) or fact.kind == "rate")


def is_limit(claim: Claim) -> bool:
    """Whether a number is a limit in a definition: '45 days or more'."""
    return get_pattern("limit").search(claim.after) is not None


def lacks_category(claim: Claim, fact: Fact, index: Index) -> bool:
    """Whether a number is told of a part (by "of these", a category's words, a cell's label) and the fact of none."""
    if fact.category:
        return False
    measure = index.by_key[fact.measure]
    if measure.categories and (
        get_pattern("of_part").search(claim.after) or get_pattern("part_of").search(claim.before)
    ):
        return True
    if claim.block.kind != "cell":
        own = frozenset(w.stem for w in claim.own) if measure.categories else frozenset()
        ways = [way for named in measure.categories.values() for way in named if not way.isdisjoint(own)]
        return any(2 * len(way & own - measure.stems) >= len(way) for way in ways)
    ways = [stems for named in measure.categories.values() for stems in named]
    labels = [frozenset(list_topics(strip_periods(label))) for label in (claim.block.row, claim.block.column)]
    labels = [stems for stems in labels if stems and not all(s.isdigit() for s in stems)]
    return any(not stems & measure.stems or any(way <= stems for way in ways) for stems in labels)


def is_of_quarter(fact: Fact, quarter: Span) -> bool:
    """Whether a fact is of a quarter, or of the day that it ends on: one of the year says nothing of its quarters."""
    return fact.period is not None and fact.period.end == quarter.end and fact.period.days in (1, quarter.days)
