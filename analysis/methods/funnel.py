"""Funnel plots: how far areas of different sizes may lie from the centre by chance, and by more than chance.

Areas differ for reasons that no report controls, so plain limits call far too many of them unusual. The
adjusted limits allow for the spread that the areas show among themselves (over-dispersion), and an area is
called unusual only where it lies outside the adjusted 99.8 % limits, and outside the plain ones too.

Sources: Spiegelhalter DJ (2005) Stat Med 24:1185-1202; Spiegelhalter DJ (2005) Qual Saf Health Care
14:347-351; plain limits of proportions as in the Fingertips Public Health Technical Guidance.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from math import asin, pi, sin, sqrt

import numpy as np

from analysis.methods.checks import RefusedError, level, part_of, positive, same_length, whole, z_value

MINIMUM_AREAS = 10
WINSORISED = 0.1
WARNING, ALARM = 0.95, 0.998
HIGH, LOW, USUAL = "unusually high", "unusually low", "not unusual"
PROPORTIONS = "funnel of proportions, limits adjusted for over-dispersion"
RATES = "funnel of rates, limits adjusted for over-dispersion"
SOURCE = "Spiegelhalter DJ (2005) Stat Med 24:1185-1202 (additive model, winsorised)"

Pair = tuple[float, float]
LimitsAt = Callable[[float, float], Pair]


@dataclass(frozen=True)
class Funnel:
    """The verdict on each area, in the order given, and the limits by which it was judged.

    `plain` and `adjusted` give lower and upper limit for a size (base or population) and a confidence, in the unit of
    `centre`. `phi` is the over-dispersion (1 is chance alone), `tau2` its variance.
    """

    verdicts: tuple[str, ...]
    centre: float
    phi: float
    tau2: float
    plain: LimitsAt
    adjusted: LimitsAt
    method: str
    source: str = SOURCE


def funnel_of_proportions(
    numerators: Sequence[int],
    denominators: Sequence[int],
    *,
    centre: float | None = None,
    winsorised: float = WINSORISED,
) -> Funnel:
    """Return the funnel of proportions (0 to 1) around `centre`, or around all areas pooled.

    RefusedError under 10 areas, since their own spread can't be told then.
    """
    same_length(numerators=numerators, denominators=denominators)
    pairs = [part_of(k, n) for k, n in zip(numerators, denominators, strict=True)]
    middle = sum(k for k, _ in pairs) / sum(n for _, n in pairs) if centre is None else centre
    if not 0 < middle < 1:
        raise RefusedError("no funnel: the centre is 0 or 100 per cent")
    scores = [2 * sqrt(n) * (asin(sqrt(k / n)) - asin(sqrt(middle))) for k, n in pairs]
    phi, tau2 = over_dispersion(scores, [4 * n for _, n in pairs], winsorised=winsorised)
    plain, adjusted = partial(proportion_limits, middle), partial(adjusted_proportion_limits, middle, tau2)
    verdicts = tuple(_verdict(k / n, n, plain, adjusted) for k, n in pairs)
    return Funnel(verdicts, middle, phi, tau2, plain, adjusted, PROPORTIONS)


def funnel_of_rates(
    counts: Sequence[int],
    populations: Sequence[float],
    *,
    per: float = 10_000,
    centre: float | None = None,
    winsorised: float = WINSORISED,
) -> Funnel:
    """Return the funnel of Poisson rates per `per` around `centre` (in that unit), or around all pooled.

    RefusedError under 10 areas, and where no area has an event.
    """
    same_length(counts=counts, populations=populations)
    events = [whole("count", count) for count in counts]
    sizes = [positive("population", size) for size in populations]
    middle = positive("per", per) * sum(events) / sum(sizes) if centre is None else positive("centre", centre)
    if middle == 0:
        raise RefusedError("no funnel: no events in any area")
    expected = [middle * size / per for size in sizes]
    scores = [2 * (sqrt(x) - sqrt(e)) for x, e in zip(events, expected, strict=True)]
    phi, tau2 = over_dispersion(scores, [4 * e for e in expected], winsorised=winsorised)
    plain = _around(middle, per, ratio_limits)
    adjusted = _around(middle, per, partial(adjusted_ratio_limits, tau2))
    values = [per * x / size for x, size in zip(events, sizes, strict=True)]
    verdicts = tuple(_verdict(value, size, plain, adjusted) for value, size in zip(values, sizes, strict=True))
    return Funnel(verdicts, middle, phi, tau2, plain, adjusted, RATES)


def over_dispersion(
    scores: Sequence[float], weights: Sequence[float], *, winsorised: float = WINSORISED
) -> tuple[float, float]:
    """Return phi and tau squared of the areas' z scores; `weights` are one over the sampling variances.

    Scores beyond the 10 % and 90 % quantiles are drawn in to them first, so that the areas that are truly
    unusual don't widen the limits by which they are judged.
    """
    areas = same_length(scores=scores, weights=weights)
    if areas < MINIMUM_AREAS:
        raise RefusedError(f"no funnel: {areas} areas; at least {MINIMUM_AREAS} are needed")
    drawn_in = np.clip(scores, *np.quantile(scores, [winsorised, 1 - winsorised]))
    phi, w = float(np.mean(drawn_in**2)), np.asarray(weights, dtype=float)
    scale = float(w.sum() - (w**2).sum() / w.sum())
    return phi, max(0.0, (areas * phi - (areas - 1)) / scale)


def proportion_limits(centre: float, size: float, confidence: float) -> Pair:
    """Return the plain limits of a proportion with base `size`, within 0 and 1."""
    reach = z_value(confidence) * sqrt(centre * (1 - centre) / size)
    return max(0.0, centre - reach), min(1.0, centre + reach)


def adjusted_proportion_limits(centre: float, tau2: float, size: float, confidence: float) -> Pair:
    """Return the limits of a proportion on the arcsine scale, with `tau2` added to its variance."""
    angle, reach = asin(sqrt(centre)), z_value(confidence) * sqrt(1 / (4 * size) + tau2)
    return sin(max(0.0, angle - reach)) ** 2, sin(min(pi / 2, angle + reach)) ** 2


def ratio_limits(expected: float, confidence: float) -> Pair:
    """Return the exact Poisson limits of observed over expected events."""
    from scipy.special import chdtri

    tail = (1 - level(confidence)) / 2
    lower, upper = chdtri(2 * expected, 1 - tail), chdtri(2 * expected + 2, tail)
    return float(lower) / 2 / expected, float(upper) / 2 / expected


def adjusted_ratio_limits(tau2: float, expected: float, confidence: float) -> Pair:
    """Return the limits of observed over expected on the square-root scale, with `tau2` added."""
    reach = z_value(confidence) * sqrt(1 / (4 * expected) + tau2)
    return max(0.0, 1 - reach) ** 2, (1 + reach) ** 2


def _around(centre: float, per: float, limits: LimitsAt) -> LimitsAt:
    """Return limits of observed over expected events as limits of rates around `centre`, by population."""

    def scaled(population: float, confidence: float) -> Pair:
        lower, upper = limits(centre * population / per, confidence)
        return lower * centre, upper * centre

    return scaled


def _verdict(value: float, size: float, plain: LimitsAt, adjusted: LimitsAt) -> str:
    outer = [limits(size, ALARM) for limits in (plain, adjusted)]
    if all(value > upper for _, upper in outer):
        return HIGH
    return LOW if all(value < lower for lower, _ in outer) else USUAL
