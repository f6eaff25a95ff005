"""Counts and rates of events, and their intervals: exact Poisson below 10 events, Byar's from 10."""

from math import sqrt

from analysis.methods.checks import level, positive, whole, z_value
from analysis.methods.estimate import Estimate

EXACT_BELOW = 10
BYAR = "Byar's interval"
BYAR_SOURCE = "Breslow NE, Day NE (1987) Statistical Methods in Cancer Research II, p69; PHE Technical Guide (2018)"
EXACT = "exact Poisson interval"
EXACT_SOURCE = "Garwood F (1936) Biometrika 28:437-442; PHE Technical Guide: Confidence Intervals (2018)"


def byar(count: int, *, confidence: float = 0.95) -> Estimate:
    """Return the count with Byar's approximation to the exact Poisson limits.

    The lower limit is 0 where the formula gives none (a count of 0) or falls below 0.
    """
    events, z = whole("count", count), z_value(confidence)
    lower = events * (1 - 1 / (9 * events) - z / (3 * sqrt(events))) ** 3 if events else 0.0
    above = events + 1
    upper = above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3
    return Estimate(float(events), max(lower, 0.0), upper, BYAR, BYAR_SOURCE, confidence)


def exact_poisson(count: int, *, confidence: float = 0.95) -> Estimate:
    """Return the count with its exact (central) Poisson limits."""
    from scipy.special import gammaincinv

    events, tail = whole("count", count), (1 - level(confidence)) / 2
    lower = float(gammaincinv(events, tail)) if events else 0.0
    return Estimate(float(events), lower, float(gammaincinv(events + 1, 1 - tail)), EXACT, EXACT_SOURCE, confidence)


def count_interval(count: int, *, confidence: float = 0.95) -> Estimate:
    """Return the count with the interval this project prints: exact below 10 events, Byar's from 10."""
    method = exact_poisson if whole("count", count) < EXACT_BELOW else byar
    return method(count, confidence=confidence)


def rate(count: int, population: float, *, per: float = 10_000, confidence: float = 0.95) -> Estimate:
    """Return events per `per` of the population, with limits of the count: exact below 10, Byar's from 10.

    The population is taken as known. Events must be independent: repeat events of one person make the
    interval too narrow (count individuals).
    """
    return count_interval(count, confidence=confidence).times(positive("per", per) / positive("population", population))
