"""Whether a part reflects its whole: do outcomes mirror referrals, does the board's audit mirror its cases?

"No significant difference" is no evidence that a part mirrors its whole: small parts differ from anything
only by chance. So "reflects" is said only where the data rule out a material difference in every category.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2_contingency

from analysis.methods.change import TOO_FEW, change_between_proportions
from analysis.methods.checks import RefusedError, same_length, whole

REFLECTS, DIFFERS, UNCLEAR = "reflects the whole", "differs from the whole", "not shown either way"
VERDICTS = (REFLECTS, DIFFERS, UNCLEAR, TOO_FEW)
MINIMUM_PART = 20
MINIMUM_EXPECTED = 5
MATERIAL_DIFFERENCE = 0.1
METHOD = "Pearson chi-squared test of the part against the rest, Newcombe intervals of each share"
SOURCE = (
    "Cochran WG (1954) Biometrics 10:417-451; Newcombe RG (1998) Stat Med 17:873-890, method 10; "
    "equivalence by interval: Schuirmann DJ (1987) J Pharmacokinet Biopharm 15:657-680"
)


@dataclass(frozen=True)
class ShareGap:
    """One category: its share of the part less its share of the rest, with limits (proportions, 0 to 1)."""

    part: float
    rest: float
    difference: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Reflection:
    """Whether the part reflects the whole, with one gap a category in the order given.

    `p_value` is None where the counts are too few for the test.
    """

    gaps: tuple[ShareGap, ...]
    p_value: float | None
    verdict: str
    reason: str
    method: str = METHOD
    source: str = SOURCE
    confidence: float = 0.95


def reflects_whole(
    part: Sequence[int],
    all_of_it: Sequence[int],
    *,
    confidence: float = 0.95,
    minimum_part: int = MINIMUM_PART,
    material: float = MATERIAL_DIFFERENCE,
) -> Reflection:
    """Return whether the part's shares by category are those of the whole that it is drawn from.

    Both hold one count a category, in the same order; the part is counted within the whole, so it is
    compared with the rest. Nobody may stand in two categories. Too few to say where part or rest is under
    20, or a count of under 5 is expected in any category (Cochran). ValueError where a category has more in
    the part than in the whole; RefusedError where one category holds everybody.
    """
    same_length(part=part, whole=all_of_it)
    inside = [whole("part", count) for count in part]
    outside = [whole("whole", count) - k for count, k in zip(all_of_it, inside, strict=True)]
    if any(count < 0 for count in outside):
        raise ValueError("a category has more in the part than in the whole; allowed: at most the whole")
    if min(sum(inside), sum(outside)) < max(minimum_part, 1):
        reason = f"fewer than {minimum_part} in the part or in the rest of the whole"
        return Reflection((), None, TOO_FEW, reason, confidence=confidence)
    gaps = tuple(_gaps(inside, outside, confidence))
    p_value = _p_value(inside, outside)
    return Reflection(gaps, p_value, *_verdict(gaps, p_value, confidence, material), confidence=confidence)


def _gaps(inside: Sequence[int], outside: Sequence[int], confidence: float) -> list[ShareGap]:
    part, rest = sum(inside), sum(outside)
    changes = [
        change_between_proportions(other, rest, own, part, confidence=confidence)
        for own, other in zip(inside, outside, strict=True)
    ]
    return [ShareGap(c.after, c.before, c.difference, c.lower, c.upper) for c in changes]


def _p_value(inside: Sequence[int], outside: Sequence[int]) -> float | None:
    """Return the p value of Pearson's test, uncorrected for continuity; None where too few are expected."""
    table = np.array([pair for pair in zip(inside, outside, strict=True) if sum(pair)])
    if len(table) < 2:
        raise RefusedError("not tested: nobody outside one category")
    found = chi2_contingency(table, correction=False)
    return float(found.pvalue) if found.expected_freq.min() >= MINIMUM_EXPECTED else None


def _verdict(gaps: Sequence[ShareGap], p_value: float | None, confidence: float, material: float) -> tuple[str, str]:
    if p_value is None:
        return TOO_FEW, f"fewer than {MINIMUM_EXPECTED} expected in a category"
    if p_value < 1 - confidence:
        return DIFFERS, "the shares differ by more than chance"
    if all(-material < gap.lower and gap.upper < material for gap in gaps):
        return REFLECTS, f"every share lies within {material * 100:g} percentage points of the rest"
    return UNCLEAR, f"a difference of {material * 100:g} percentage points can't be ruled out"
