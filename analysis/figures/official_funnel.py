"""A council among all the councils of a release, as a funnel: limits by size, adjusted for how councils differ."""

from collections.abc import Sequence

from analysis.figures.official_years import display
from analysis.figures.published import FunnelArea, OfficialFunnel
from analysis.methods.checks import RefusedError
from analysis.methods.funnel import ALARM, USUAL, WARNING, Funnel, funnel_of_proportions, funnel_of_rates
from analysis.official import ComparatorSet, Published

PER = {"percent": 100, "per_10000": 10_000}
NAMES = {ALARM: "99.8% limits", WARNING: "95% limits"}
# Points along each line of the limits, and how much they crowd where the funnel is narrow and curved.
STEPS, CROWDING = 40, 2
# Lines begin where they come this near to the highest figure: for a very small council they would dwarf the others.
REACH = 1.2


def make_funnel(figures: ComparatorSet) -> OfficialFunnel | None:
    """Return the council's funnel; None without its own figure and base, or under ten councils with theirs."""
    fit = [council for council in figures.councils if _is_fit(council)]
    if figures.own is None or figures.own.area_code not in {council.area_code for council in fit}:
        return None
    try:
        funnel = _measure(fit, figures.unit)
    except RefusedError:
        return None
    verdicts = {council.area_code: verdict for council, verdict in zip(fit, funnel.verdicts, strict=True)}
    scale = 100 if figures.unit == "percent" else 1  # `methods` counts proportions from 0 to 1
    return OfficialFunnel(
        own=figures.own.area_name,
        areas=tuple(
            FunnelArea(council.area_name, council.value, display(council, figures), council.denominator)
            for council in fit
        ),
        centre=funnel.centre * scale,
        limits=_lines(funnel, scale, [council.denominator for council in fit], max(council.value for council in fit)),
        unusual=tuple(council.area_name for council in fit if verdicts[council.area_code] != USUAL),
        verdict=verdicts[figures.own.area_code],
        phi=funnel.phi,
        left_out=len(figures.councils) - len(fit),
    )


def _is_fit(council: Published) -> bool:
    return council.value is not None and council.numerator is not None and bool(council.denominator)


def _measure(fit: Sequence[Published], unit: str) -> Funnel:
    counts = [round(council.numerator) for council in fit]
    if unit == "percent":
        return funnel_of_proportions(counts, [round(council.denominator) for council in fit])
    return funnel_of_rates(counts, [council.denominator for council in fit], per=PER[unit])


def _lines(
    funnel: Funnel, scale: int, sizes: Sequence[float], highest: float
) -> dict[str, tuple[tuple[float, float, float], ...]]:
    """Return the adjusted limits by size, up to the largest council's, in the unit of the figures."""
    low, high = min(sizes), max(sizes)
    grid = [low + (high - low) * (step / STEPS) ** CROWDING for step in range(STEPS + 1)]
    rows = {
        name: [(size, *(limit * scale for limit in funnel.adjusted(size, confidence))) for size in grid]
        for confidence, name in NAMES.items()
    }
    ends = [line[-1][2] for line in rows.values()]
    return {name: tuple(row for row in line if row[2] <= REACH * max(highest, *ends)) for name, line in rows.items()}
