"""A number that is some cell's to the last digit: evidence where chance alone would hardly make it so.

Five numbers in six of official prose equal a cell by chance, most of them small; one of five digits hardly ever does.
"""

from collections.abc import Sequence

from analysis.drafts.agree import precision_of
from analysis.drafts.claim import CHANGE, Claim
from analysis.drafts.facts import Fact
from analysis.drafts.index import Candidate, Index
from analysis.drafts.rating import Rating
from analysis.drafts.units import find_factor

# cells expected to equal a number by chance: below the first one supports it, below the second it contests another
SUPPORTS, CONTESTS = 0.02, 0.1
SHARED = 0.15  # how much of the cell's words must stand about the number all the same
KIN = 0.5  # how well category, period and place must answer
FORMS = {"number": ("count", "mean", "time", "rate", "percent"), "percent": ("percent",), "money": ("amount",)}


def find_twins(claim: Claim, index: Index, rating: Rating, *, chance: float) -> list[Candidate]:
    """Return the facts that a number equals, where that is no chance and some of their words stand near."""
    kinds = FORMS.get(claim.numeral.form, ())
    if claim.role == CHANGE or claim.qualifier or count_chance(claim, index.facts, kinds) > chance:
        return []
    equal = {f.measure for f in index.facts if f.kind in kinds and is_equal(claim, f)}
    found = []
    for measure in map(index.by_key.get, equal):
        if (recall := measure.cover(rating.context)) >= SHARED:
            rated = rating.rate(measure, (1.0, recall, 1.0))
            found += [c for c in rated if c.kinship >= KIN and is_equal(claim, c.fact)]
    return found


def is_equal(claim: Claim, fact: Fact) -> bool:
    """Whether a number is a fact's value at the printed precision of both."""
    return (
        fact.value is not None
        and find_factor(claim, fact) == 1.0
        and abs(fact.value - claim.numeral.value) <= min(precision_of(claim), 1e-6 * fact.scale)
    )


def count_chance(claim: Claim, facts: Sequence[Fact], kinds: Sequence[str]) -> float:
    """Return how many cells would equal a number by chance, by how close those of its size stand."""
    said = claim.numeral.value
    beside = sum(f.kind in kinds and f.value is not None and said / 2 <= f.value <= 2 * said for f in facts)
    return beside * 2 * precision_of(claim) / (1.5 * said) if said else 1.0
