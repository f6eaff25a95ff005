"""Disproportionality: how a group's rate stands to a reference group's rate."""

from dataclasses import dataclass

from analysis.methods.change import (
    CHANCE,
    FALLEN,
    MINIMUM_EVENTS,
    RISEN,
    TOO_FEW,
    UNCHANGED,
    change_between_rates,
)

OVER, UNDER, NO_DIFFERENCE = "over-represented", "under-represented", "no clear difference"
WORDS = {RISEN: OVER, FALLEN: UNDER, UNCHANGED: NO_DIFFERENCE, CHANCE: NO_DIFFERENCE, TOO_FEW: TOO_FEW}
SOURCE = (
    "relative rate index as in the Youth Justice Board's ethnic disproportionality toolkit; "
    "exact conditional limits: Przyborowski J, Wilenski H (1940) Biometrika 31:313-323"
)


@dataclass(frozen=True)
class Disparity:
    """The relative rate index (1 is parity) with limits, and the verdict in words.

    `value` and `upper` are None where the reference group has no events: there is no index then.
    """

    value: float | None
    lower: float | None
    upper: float | None
    verdict: str
    reason: str
    method: str = "relative rate index, exact conditional interval (Clopper-Pearson)"
    source: str = SOURCE
    confidence: float = 0.95


def relative_rate_index(
    count: int,
    population: float,
    reference_count: int,
    reference_population: float,
    *,
    confidence: float = 0.95,
    minimum_events: int = MINIMUM_EVENTS,
) -> Disparity:
    """Return the rate of a group over that of a reference group.

    The two groups must not overlap: compare a group with White British, or with everyone else, never with
    everyone. The rules of the verdict are those of `change`: too few to say under 20 events in both groups
    together. An index says nothing of causes.
    """
    change = change_between_rates(
        reference_count, reference_population, count, population,
        confidence=confidence, minimum_events=minimum_events,
    )  # fmt: skip
    verdict = WORDS[change.verdict]
    return Disparity(change.ratio, change.lower, change.upper, verdict, change.reason, confidence=confidence)
