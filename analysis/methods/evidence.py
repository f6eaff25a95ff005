"""Whether a series of figures has changed beyond chance, and how little chance would give it.

Each function tests the latest figure, or the course, of one series and returns the evidence with its p-value. Which of
many series are news is decided once over all of them (`select_beyond_chance`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.methods.exact import binomial_p

CHANGE, TREND, STEP, DISPARITY = "change", "trend", "step", "disparity"
ROSE, FELL = "risen", "fallen"
HIGHER, LOWER = "higher", "lower"
FALSE_RATE = 0.01
"""Of what is called a signal, the share expected to be chance: a board acts on each, so one in a hundred."""
MINIMUM_EVENTS = 20
MINIMUM_BASE = 20
YEARS_OF_TREND = 4
YEARS_OF_MONTHS = 3
"""Whole years of months before the report's own that a step is looked for with: the same months, so that school
holidays are no news."""
SHORTEST_STEP = 3
YEARS_OF_SPREAD = 3
COUNT_METHOD = "Poisson score test against the years before, widened where they vary more than chance"
SHARE_METHOD = "Cochran-Armitage test (Armitage P, 1955, Biometrics 11:375-386), widened likewise"
GROUP_METHOD = "exact conditional test of two Poisson rates (Przyborowski J, Wilenski H, 1940, Biometrika 31:313-323)"
STEP_METHOD = "the same months of earlier years, corrected for the choice of the month it begins in"


@dataclass(frozen=True)
class Evidence:
    """What a test found: its kind, which way, the p-value (two sides), and the place in the series it began at."""

    kind: str
    direction: str
    p: float
    since: int
    method: str


def judge_counts(counts: Sequence[float], *, batch: float = 1.0) -> Evidence | None:
    """Return the evidence that the last of some yearly counts differs from those before it; None where too few.

    Score test of a Poisson count against the mean of the earlier ones. Where three or more of these vary by more than
    Poisson, the variance is theirs (quasi-Poisson). Events that come `batch` at a time vary at least so many times as
    much (compound Poisson: Feller W, 1968, An introduction to probability theory, volume 1, chapter XII).
    """
    before, now = np.asarray(counts[:-1], dtype=float), float(counts[-1])
    if not len(before) or before.sum() + now < MINIMUM_EVENTS:
        return None
    z = _count_score(before, now, batch)
    return Evidence(CHANGE, _way(z), _two_sided(z), len(before), COUNT_METHOD)


def _count_score(before: np.ndarray, now: float, batch: float) -> float:
    share = 1 / (len(before) + 1)
    whole = before.sum() + now
    return float((now - whole * share) / np.sqrt(max(batch, _dispersion(before)) * whole * share * (1 - share)))


def _dispersion(counts: np.ndarray) -> float:
    """Return by how much counts vary more than Poisson, at least one."""
    if len(counts) < YEARS_OF_SPREAD or not counts.sum():
        return 1.0
    mean = counts.mean()
    return max(1.0, float(((counts - mean) ** 2 / mean).sum() / (len(counts) - 1)))


def judge_shares(numerators: Sequence[float], denominators: Sequence[float]) -> Evidence | None:
    """Return the evidence that yearly shares follow a line or that the last differs from those before it.

    The stronger of the two is returned, its p-value doubled for the choice; None where a base is too small or all
    shares are zero or whole. A line needs four years.
    """
    met, base = np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float)
    if len(met) < 2 or base.min() < MINIMUM_BASE or met.sum() in (0, base.sum()):
        return None
    last = len(met) - 1
    evidence = [Evidence(CHANGE, *_associate(met, base, [0.0] * last + [1.0]), last, SHARE_METHOD)]
    if len(met) >= YEARS_OF_TREND:
        evidence.append(Evidence(TREND, *_associate(met, base, range(len(met))), 0, SHARE_METHOD))
    best = min(evidence, key=lambda test: test.p)
    return Evidence(best.kind, best.direction, min(1.0, len(evidence) * best.p), best.since, best.method)


def _associate(met: np.ndarray, base: np.ndarray, scores: Sequence[float]) -> tuple[str, float]:
    """Return which way shares go with the scores, and the p-value."""
    scores, whole = np.asarray(scores, dtype=float), base.sum()
    share = met.sum() / whole
    about = scores - (scores * base).sum() / whole
    z = float((about * met).sum() / np.sqrt((about**2 * base).sum() * share * (1 - share) * whole / (whole - 1)))
    apart = float(((met - base * share) ** 2 / (base * share * (1 - share))).sum())
    left = len(met) - 2
    spread = max(1.0, (apart - z**2) / left) if left > 1 else 1.0
    return _way(z), _two_sided(z / np.sqrt(spread))


def judge_months(years: Sequence[Sequence[float]], *, batch: float = 1.0) -> Evidence | None:
    """Return the evidence of a step within the last of some years of twelve monthly counts.

    Months from a beginning to the year's end are set beside the same months of the years before, for every beginning
    that leaves three months; the likeliest is returned, its p-value times the number of beginnings. `since` is its
    month (0 to 11). None with fewer than three earlier years or under 20 events. `batch` as in `judge_counts`.
    """
    table = np.asarray(years, dtype=float)
    if len(table) <= YEARS_OF_MONTHS or table.sum() < MINIMUM_EVENTS:
        return None
    begins = range(table.shape[1] - SHORTEST_STEP + 1)
    sums = [table[:, begin:].sum(axis=1) for begin in begins]
    best = max(begins, key=lambda begin: _gain(sums[begin][:-1].mean(), sums[begin][-1]))
    z = _count_score(sums[best][:-1], sums[best][-1], batch)
    return Evidence(STEP, _way(z), min(1.0, len(begins) * _two_sided(z)), best, STEP_METHOD)


def _gain(expected: float, seen: float) -> float:
    """Return how much likelier a Poisson count is with its own mean than with the expected one."""
    return 0.0 if not (expected and seen) else float(seen * np.log(seen / expected) - (seen - expected))


def judge_groups(count: float, base: float, other_count: float, other_base: float) -> Evidence | None:
    """Return the evidence that a group's rate differs from that of the others; None where events or bases are few."""
    if min(base, other_base) < MINIMUM_BASE or count + other_count < MINIMUM_EVENTS:
        return None
    p = binomial_p(int(count), int(count + other_count), base / (base + other_base))
    higher = count * other_base > other_count * base
    return Evidence(DISPARITY, HIGHER if higher else LOWER, p, 0, GROUP_METHOD)


def select_beyond_chance(p_values: Sequence[float], *, rate: float = FALSE_RATE) -> list[bool]:
    """Return which of many tests are beyond chance, at most `rate` of them expected to be false.

    Benjamini and Hochberg's procedure (1995, J R Stat Soc B 57:289-300). Limits of 99.8 per cent, as on a funnel,
    would call one in five hundred of unchanged figures news: about one in every report of several hundred.
    """
    ranked = enumerate(sorted(p_values), start=1)
    limit = max((p for rank, p in ranked if p <= rate * rank / len(p_values)), default=-1.0)
    return [p <= limit for p in p_values]


def judge_pair(before: float, base_before: float, now: float, base_now: float, *, spread: float = 1.0) -> float:
    """Return the p-value (two sides) of two Poisson counts over their bases, `spread` times as variable as chance."""
    whole, share = before + now, base_now / (base_before + base_now)
    return _two_sided((now - whole * share) / np.sqrt(spread * whole * share * (1 - share)))


def judge_two_shares(before: float, base_before: float, now: float, base_now: float, *, spread: float = 1.0) -> float:
    """Return the p-value (two sides) of two shares, by the score test; one where all or none have it."""
    share = (before + now) / (base_before + base_now)
    if share in (0, 1):
        return 1.0
    error = np.sqrt(spread * share * (1 - share) * (1 / base_before + 1 / base_now))
    return _two_sided((now / base_now - before / base_before) / error)


def spread_of_counts(counts: Sequence[float]) -> float:
    """Return by how much yearly counts vary more than chance, at least one; one with fewer than three.

    Four years or more are measured about their line, so that a steady rise isn't taken for noise.
    """
    return _spread(np.asarray(counts, dtype=float), np.ones(len(counts)), shares=False)


def spread_of_shares(numerators: Sequence[float], denominators: Sequence[float]) -> float:
    """Return by how much yearly shares vary more than chance, as `spread_of_counts`; one where all or none have it."""
    return _spread(np.asarray(numerators, dtype=float), np.asarray(denominators, dtype=float), shares=True)


def _spread(met: np.ndarray, base: np.ndarray, *, shares: bool) -> float:
    years, mean = len(met), met.sum() / base.sum() if base.sum() else 0.0
    if years < YEARS_OF_SPREAD or not base.all() or mean in ((0, 1) if shares else (0,)):
        return 1.0
    times, line = np.arange(years), np.full(years, mean)
    if years >= YEARS_OF_TREND:
        line = np.polyval(np.polyfit(times, met / base, 1, w=np.sqrt(base)), times)
    if line.min() <= 0 or shares and line.max() >= 1:
        line = np.full(years, mean)
    variance = base * line * (1 - line if shares else 1)
    left = years - 1 - (line.min() < line.max())
    return max(1.0, float(((met - base * line) ** 2 / variance).sum() / left))


def _way(z: float) -> str:
    return ROSE if z > 0 else FELL


def _two_sided(z: float) -> float:
    from scipy.special import ndtr

    return float(2 * ndtr(-abs(z)))
