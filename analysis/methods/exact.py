"""Exact limits and tests of counts, by the special functions of scipy.

The tests sum the probability of all that is as unlikely as what was seen. scipy.stats and statsmodels give the same;
they take a second to load, which each program that counts or draws would pay.
"""

import numpy as np

ALIKE = 1e-7
"""Probabilities that differ by so little of themselves are one: rounding can part two that are equal."""


def clopper_pearson(part: float, base: float, *, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact limits of a proportion (Clopper CJ, Pearson ES, 1934, Biometrika 26:404-413)."""
    from scipy.special import betaincinv

    tail = (1 - confidence) / 2
    lower = float(betaincinv(part, base - part + 1, tail)) if part else 0.0
    upper = float(betaincinv(part + 1, base - part, 1 - tail)) if part < base else 1.0
    return lower, upper


def binomial_p(count: int, trials: int, share: float) -> float:
    """Return the p-value (two sides) of a count of trials that each have a share of chance above 0 and below 1."""
    counts = np.arange(trials + 1)
    logs = _log_choose(trials, counts) + counts * np.log(share) + (trials - counts) * np.log1p(-share)
    return _as_unlikely(logs, count)


def fisher_p(part: int, base: int, other_part: int, other_base: int) -> float:
    """Return the p-value (two sides) of Fisher's exact test of two shares (Fisher RA, 1935, J R Stat Soc 98:39-82)."""
    parts = part + other_part
    counts = np.arange(max(0, parts - other_base), min(base, parts) + 1)
    logs = _log_choose(base, counts) + _log_choose(other_base, parts - counts) - _log_choose(base + other_base, parts)
    return _as_unlikely(logs, part - counts[0])


def _log_choose(whole: int, parts: np.ndarray | int) -> np.ndarray:
    from scipy.special import gammaln

    return gammaln(whole + 1) - gammaln(np.asarray(parts) + 1) - gammaln(whole - np.asarray(parts) + 1)


def _as_unlikely(logs: np.ndarray, place: int) -> float:
    """Return the sum of all probabilities, given as logarithms, that are no greater than the one at a place."""
    return min(1.0, float(np.exp(logs[logs <= logs[place] + ALIKE]).sum()))
