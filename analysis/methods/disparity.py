"""Disproportionality: how a group's rate stands to a reference group's rate."""

from analysis.methods.change import change_between_rates
from analysis.methods.estimate import Estimate

METHOD = "relative rate index, exact conditional interval (Clopper-Pearson)"
SOURCE = (
    "relative rate index as in the Youth Justice Board's ethnic disproportionality toolkit; "
    "exact conditional limits: Przyborowski J, Wilenski H (1940) Biometrika 31:313-323"
)


def relative_rate_index(count: int, population: float, reference_count: int, reference_population: float) -> Estimate:
    """Return the rate of a group over that of a reference group (1 is parity) with its limits; value and upper limit
    are None where the reference group has no events.

    The two groups must not overlap: compare a group with White British, or with everyone else, never with
    everyone. An index says nothing of causes.
    """
    change = change_between_rates(reference_count, reference_population, count, population)
    return Estimate(change.ratio, change.lower, change.upper, METHOD, SOURCE)
