"""Directly standardised rates with Dobson's limits, widened where one person may have several events."""

from collections.abc import Mapping, Sequence
from math import fsum, sqrt

from analysis.methods.checks import RefusedError, positive, same_length, whole
from analysis.methods.estimate import Estimate
from analysis.methods.rates import byar

MINIMUM_EVENTS = 10
DOBSON = "directly standardised rate, Dobson's interval"
REPEATED = "directly standardised rate, Dobson's interval widened for repeat events"
SOURCE = (
    "Dobson AJ and others (1991) Stat Med 10:457-462; Fingertips Public Health Technical Guidance, "
    "directly standardised rates"
)


def directly_standardised_rate(
    counts: Sequence[int],
    populations: Sequence[float],
    standard: Sequence[float],
    *,
    per: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """Return the rate that the standard population would have with this area's rate in each band.

    `counts`, `populations` and `standard` hold one value a band, in the same order. Events must be
    independent; where one person may have several, use `repeat_standardised_rate`.
    RefusedError under 10 events in all.
    """
    bands = [{1: whole("count", count)} for count in counts]
    return _standardised(bands, populations, standard, per, confidence, DOBSON)


def repeat_standardised_rate(
    people_by_frequency: Sequence[Mapping[int, int]],
    populations: Sequence[float],
    standard: Sequence[float],
    *,
    per: float = 100_000,
    confidence: float = 0.95,
) -> Estimate:
    """Return the same rate for events that recur, with limits widened for it.

    Each band is a mapping of frequency to people: {1: 70, 2: 10} is 70 people with one event and 10 with
    two, 90 events. A person with f events adds f squared to the variance, not f.
    """
    bands = [
        {whole("frequency", f): whole("people", people) for f, people in band.items()} for band in people_by_frequency
    ]
    return _standardised(bands, populations, standard, per, confidence, REPEATED)


def _standardised(
    bands: Sequence[Mapping[int, int]],
    populations: Sequence[float],
    standard: Sequence[float],
    per: float,
    confidence: float,
    method: str,
) -> Estimate:
    same_length(counts=bands, populations=populations, standard=standard)
    total = fsum(positive("standard population", weight) for weight in standard)
    weights = [
        weight / total / positive("population", size) for weight, size in zip(standard, populations, strict=True)
    ]
    value = fsum(w * _moment(band, 1) for w, band in zip(weights, bands, strict=True))
    variance = fsum(w**2 * _moment(band, 2) for w, band in zip(weights, bands, strict=True))
    events = sum(_moment(band, 1) for band in bands)
    return dobson(value, variance, events, method=method, confidence=confidence).times(positive("per", per))


def _moment(people: Mapping[int, int], power: int) -> int:
    """Return the sum over people of their number of events, raised to `power`."""
    return sum(frequency**power * number for frequency, number in people.items())


def dobson(value: float, variance: float, events: int, *, method: str = DOBSON, confidence: float = 0.95) -> Estimate:
    """Return a weighted sum of counts with limits: Byar's for the events, scaled to the sum's variance."""
    if events < MINIMUM_EVENTS:
        raise RefusedError(f"not standardised: fewer than {MINIMUM_EVENTS} events in all")
    limits, scale = byar(events, confidence=confidence), sqrt(variance / events)
    lower, upper = value + scale * (limits.lower - events), value + scale * (limits.upper - events)
    # Widened limits of a rate that few people make up can reach below 0, which no rate does.
    return Estimate(value, max(lower, 0.0), upper, method, SOURCE, confidence)
