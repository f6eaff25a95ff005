"""When a total tells nearly what one of its settings counts: the two usual rules of concentration.

Source: Hundepool A and others, Handbook on Statistical Disclosure Control, second edition, 2024, section 4.2.
"""

from collections.abc import Sequence

from analysis.disclosure.policy import Policy


def is_dominated(contributions: Sequence[float], whole: float, *, largest: int, percent: float) -> bool:
    """Whether the `largest` contributions together make up more than `percent` of the whole: the (n,k) rule."""
    return sum(sorted(contributions, reverse=True)[:largest]) * 100 > percent * whole


def is_estimable(contributions: Sequence[float], whole: float, *, percent: float) -> bool:
    """Whether the second largest contributor, taking its own from the whole, comes nearer than `percent` to the
    largest: the p% rule."""
    first, second = (*sorted(contributions, reverse=True), 0.0, 0.0)[:2]
    return (whole - first - second) * 100 < percent * first


def count_dominant(contributions: Sequence[float], whole: float, policy: Policy) -> int:
    """Return how many of the largest contributions have to be hidden, and their whole with them; 0 for none."""
    if not any(contributions):
        return 0
    share, near, largest = policy.dominance_percent, policy.p_percent, policy.dominance_largest
    if share is not None and is_dominated(contributions, whole, largest=largest, percent=share):
        return largest
    return 1 if near is not None and is_estimable(contributions, whole, percent=near) else 0
