"""Whether a figure has changed between two periods of the same length, and the interval that says so.

The verdict is one of eight, by rules declared here and tried in this order:
1. "too few to say" where the counts are smaller than the minimum;
2. "risen" or "fallen" where the interval of the change leaves out no change;
3. "broadly unchanged" where the interval of the relative change lies within the margin of equivalence;
4. "earlier years vary too much to tell" where chance alone would hardly give it, and the years before vary so much more
   than chance that it is no news (judged where these are at hand: `analysis.figures.verdicts`);
5. "among so many figures chance could give that" where it hardly would by itself, and does not stand out among all that
   are compared in a report (judged there too);
6. "chance alone could give that" otherwise: no difference can be told, and no likeness either. Where the course of
   several years is beyond chance the same way, it is "beyond chance beside all years held", which is judged with the
   findings (`analysis.findings.signals`).

Whether the two periods may be compared at all is decided elsewhere (`analysis.measures.periods.compare_periods`).
A verdict is about numbers only: it says neither why they changed nor whether that is good.
"""

from dataclasses import dataclass, replace
from math import log, sqrt

from analysis.methods.checks import level, positive, whole
from analysis.methods.exact import clopper_pearson
from analysis.methods.proportions import wilson

RISEN, FALLEN, UNCHANGED, TOO_FEW = "risen", "fallen", "broadly unchanged", "too few to say"
CHANCE = "chance alone could give that"
VARIED = "earlier years vary too much to tell"
AMONG = "among so many figures chance could give that"
UNTOLD = (CHANCE, AMONG, VARIED, TOO_FEW)  # neither a change nor a likeness
LONGER = "beyond chance beside all years held"

CLEAR, POSSIBLE, UNCLEAR = "a clear change", "a possible change", "no clear change"
FEW = "too small to compare"
OUTCOMES = {RISEN: CLEAR, FALLEN: CLEAR, LONGER: CLEAR, AMONG: POSSIBLE, TOO_FEW: FEW} | dict.fromkeys(
    (UNCHANGED, CHANCE, VARIED), UNCLEAR
)
"""What a sentence, a table, a key figure or a chart says of a verdict: the same four everywhere."""

MINIMUM_BASE = 20
"""Smallest base, in each period, of a proportion that is compared."""
MINIMUM_EVENTS = 20
"""Smallest number of events, both periods together, for two counts or two rates to be compared."""
EQUIVALENCE = 0.1
"""The margin of "broadly unchanged": a tenth of the figure, of a proportion also of what it leaves to the whole
(Schuirmann DJ, 1987, J Pharmacokinet Biopharm 15:657-680: the interval of the change lies within it)."""

NEWCOMBE = "Newcombe hybrid score interval of the difference"
NEWCOMBE_SOURCE = "Newcombe RG (1998) Stat Med 17:873-890, method 10"
CONDITIONAL = "exact conditional interval of the ratio (Clopper-Pearson)"
CONDITIONAL_SOURCE = (
    "Przyborowski J, Wilenski H (1940) Biometrika 31:313-323; Clopper CJ, Pearson ES (1934) Biometrika 26:404-413"
)


@dataclass(frozen=True)
class Change:
    """Two figures, how the second differs from the first, and the verdict.

    `before`, `after` and `difference` (after less before) are in the unit of the figures: proportions run
    0 to 1. `ratio` is after over before, None where before is 0. `lower` and `upper` limit the difference
    or the ratio, as `scale` says; `upper` is None where the ratio has no upper limit, and both are None
    where no interval can be computed. `reason` says in words what decided the verdict and never holds a
    count, but the verdict follows from the counts: whoever hides them must hide it too.
    """

    before: float
    after: float
    difference: float
    ratio: float | None
    lower: float | None
    upper: float | None
    scale: str
    verdict: str
    reason: str
    method: str
    source: str
    confidence: float = 0.95


def change_between_proportions(
    numerator_before: int,
    denominator_before: int,
    numerator_after: int,
    denominator_after: int,
    *,
    confidence: float = 0.95,
    minimum_base: int = MINIMUM_BASE,
) -> Change:
    """Return the change between two independent proportions, with limits of the difference (after - before).

    Both bases must be people or events that don't recur in the other period.
    """
    one = wilson(numerator_before, denominator_before, confidence=confidence)
    two = wilson(numerator_after, denominator_after, confidence=confidence)
    before, after = one.value, two.value
    lower = after - before - sqrt((after - two.lower) ** 2 + (one.upper - before) ** 2)
    upper = after - before + sqrt((two.upper - after) ** 2 + (before - one.lower) ** 2)
    if min(denominator_before, denominator_after) < minimum_base:
        verdict = TOO_FEW, f"fewer than {minimum_base} in a base"
    else:
        verdict = _verdict("difference", lower, upper, 0)
    ratio = after / before if before else None
    change = Change(
        before, after, after - before, ratio, lower, upper, "difference",
        *verdict, NEWCOMBE, NEWCOMBE_SOURCE, confidence,
    )  # fmt: skip
    return _settle(change)


def change_between_counts(
    before: int, after: int, *, confidence: float = 0.95, minimum_events: int = MINIMUM_EVENTS
) -> Change:
    """Return the change between counts of independent events in two periods of the same length."""
    return change_between_rates(before, 1, after, 1, confidence=confidence, minimum_events=minimum_events)


def change_between_rates(
    count_before: int,
    population_before: float,
    count_after: int,
    population_after: float,
    *,
    per: float = 1,
    confidence: float = 0.95,
    minimum_events: int = MINIMUM_EVENTS,
) -> Change:
    """Return the change between two Poisson rates, with limits of their ratio (after over before).

    Given the total of both counts, the later count is binomial; its Clopper-Pearson limits become limits
    of the ratio. They cover at least as often as they claim, so a verdict of risen or fallen errs on the
    side of caution. Populations are taken as known; `per` sets the unit of `before` and `after`.
    """
    x1, x2 = whole("count before", count_before), whole("count after", count_after)
    n1, n2 = positive("population before", population_before), positive("population after", population_after)
    before, after = positive("per", per) * x1 / n1, per * x2 / n2
    lower, upper = _ratio_limits(x1, n1, x2, n2, level(confidence))
    if x1 + x2 < minimum_events:
        verdict = TOO_FEW, f"fewer than {minimum_events} events in all"
    else:
        verdict = _verdict("ratio", lower, upper, 1)
    ratio = after / before if x1 else None
    change = Change(
        before, after, after - before, ratio, lower, upper, "ratio",
        *verdict, CONDITIONAL, CONDITIONAL_SOURCE, confidence,
    )  # fmt: skip
    return _settle(change)


def difference_of_changes(ours: Change, other: Change) -> tuple[float, float, float]:
    """Return how much further one proportion moved than another, which is independent of it, and its limits, in the
    unit of `difference`.

    The limits are recovered from those of the two changes (Zou GY, Donner A, 2008, Stat Med 27:1693-1702). Raises
    ValueError for changes of counts, whose limits are of ratios.
    """
    if {ours.scale, other.scale} != {"difference"}:
        raise ValueError("only changes between proportions; allowed: scale difference")
    gap = ours.difference - other.difference
    below = sqrt((ours.difference - ours.lower) ** 2 + (other.upper - other.difference) ** 2)
    above = sqrt((ours.upper - ours.difference) ** 2 + (other.difference - other.lower) ** 2)
    return gap, gap - below, gap + above


def _ratio_limits(x1: int, n1: float, x2: int, n2: float, confidence: float) -> tuple[float | None, float | None]:
    """Return the limits of (x2/n2) / (x1/n1); None for an upper limit beyond any number, or for no events."""
    if x1 + x2 == 0:
        return None, None
    shares = clopper_pearson(x2, x1 + x2, confidence=confidence)
    lower, upper = (None if share >= 1 else share / (1 - share) * n1 / n2 for share in shares)
    return lower, upper


def _verdict(scale: str, lower: float | None, upper: float | None, no_change: int) -> tuple[str, str]:
    """Return the verdict on the interval of a ratio or difference, and the reason."""
    if lower is not None and lower > no_change:
        return RISEN, f"the interval of the {scale} lies above {no_change}"
    if upper is not None and upper < no_change:
        return FALLEN, f"the interval of the {scale} lies below {no_change}"
    return CHANCE, f"the interval of the {scale} includes {no_change}"


def _settle(change: Change) -> Change:
    if change.verdict == CHANCE and is_alike(change):
        return replace(change, verdict=UNCHANGED, reason="the interval of the relative change lies within the margin")
    return change


def is_alike(change: Change, *, spread: float = 1.0, margin: float = EQUIVALENCE) -> bool:
    """Whether the interval of the relative change lies within the margin, `spread` times as variable as chance."""
    if not change.lower or not change.upper or not change.ratio:
        return False
    wider = sqrt(spread)
    if change.scale == "ratio":
        middle = log(change.ratio)
        limits = (middle + wider * (log(limit) - middle) for limit in (change.lower, change.upper))
        return all(abs(limit) <= log(1 + margin) for limit in limits)
    room = margin * min(change.before, 1 - change.before)
    middle = change.difference
    return all(abs(middle + wider * (limit - middle)) <= room for limit in (change.lower, change.upper))
