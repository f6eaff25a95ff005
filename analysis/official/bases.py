"""The count and base under a published rate or share, found in other releases where its own gives none."""

from pathlib import Path

from msgspec.structs import replace

from analysis.official.definitions import Comparator
from analysis.official.store import Published, Store, index, open_store

POPULATIONS = {"per_10000": "population_0_17", "per_100000": "population_18_plus"}  # whom rates of each unit are per
NOISE = 1e-9  # of binary fractions: half a step may have been rounded either way


def with_base(figure: Published | None, store: Store, comparator: Comparator) -> Published | None:
    """Return a published rate or share with the count and base it is made of, where they reproduce it.

    Its own release may not carry them. A base that gives another value (a later revision of the population,
    say) isn't the base of this figure, and is left out. Of a share whose part is hidden the base alone is given.
    """
    if figure is None or figure.value is None or figure.numerator is not None or not comparator.base:
        return figure
    end = str(figure.period.end)
    counts = _values(store, comparator.base["count"], figure.area_code, end)
    if population := comparator.base.get("population"):
        bases, per = _values(store, population, figure.area_code, f"{figure.period.mid_year}-06-30"), 10_000
    else:
        bases, per = _values(store, comparator.base["whole"], figure.area_code, end), 100
    for count, base in ((count, base) for count in counts for base in bases if base):
        if abs(round(per * count / base, 6) - figure.value) <= 0.5 / 10**comparator.decimals + NOISE:
            return replace(figure, numerator=count, denominator=base)
    known = per == 100 and not counts and len(set(bases)) == 1
    return replace(figure, denominator=bases[0]) if known else figure


def _values(store: Store, indicator: str, area_code: str, end: str) -> list[float]:
    """Return the values that the sources give of an indicator, for an area and the end of a period."""
    comparator = store.definitions.comparators[indicator]
    sources = index(store, indicator).get((comparator.basis, end), {})
    figures = (places[area_code].value for places in sources.values() if area_code in places)
    return [value for value in figures if value is not None]


def list_populations(folder: Path, area_code: str) -> dict[tuple[str, int], float]:
    """Return the populations of an area that the statistical office publishes, which every reader can look up, by the
    unit of the rates that are made with them and the year of the estimate."""
    store = open_store(folder)
    return {
        (unit, int(end[:4])): figure[area_code].value
        for unit, name in POPULATIONS.items()
        for (_, end), sources in index(store, name).items()
        for figure in sources.values()
        if area_code in figure and figure[area_code].value
    }
