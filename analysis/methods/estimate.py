"""The answer of a method: a value, its limits, and what a reader needs in order to check them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Estimate:
    """A value and the limits of its interval, in the unit of the value.

    `value` is None where there is none (a ratio to zero), `lower` and `upper` where the method gives no limits.
    `method` is the short name that is printed beside the figure, `source` the publication that defines it.
    """

    value: float | None
    lower: float | None
    upper: float | None
    method: str
    source: str
    confidence: float = 0.95

    def times(self, factor: float) -> "Estimate":
        """Return the same estimate in another unit: `wilson(9, 10).times(100)` is a percentage."""
        limits = [None if limit is None else limit * factor for limit in (self.lower, self.upper)]
        return Estimate(self.value * factor, *limits, self.method, self.source, self.confidence)
