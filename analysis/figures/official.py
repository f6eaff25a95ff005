"""Official figures beside ours: the council's own as published, its region, England, its statistical neighbours.

Official statistics are public already, so that none of this passes the gate; where our own figure is hidden it is
not set against them.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from analysis.figures.display import display_number
from analysis.figures.model import Statistic
from analysis.figures.official_funnel import make_funnel
from analysis.figures.official_words import DIFFERENT, make_sentences
from analysis.figures.official_years import make_years, measure_move
from analysis.figures.published import MEDIAN, Official, Place
from analysis.measures.catalogue import Catalogue
from analysis.measures.periods import Period, year_name
from analysis.official import (
    Comparator,
    ComparatorSet,
    Published,
    comparators_for,
    contrast,
    load_definitions,
    shown,
    symbol_reason,
)
from analysis.partnership import Partnership

COMPARED_MEASURES = ("count", "percent", "rate", "mean")


class Beside(NamedTuple):
    """Official figures and the total of ours that they stand beside; None where no return gave one."""

    comparator: str
    ours: Statistic | None
    figures: ComparatorSet
    polarity: str

    @property
    def is_rate(self) -> bool:
        """Whether it is set beside a figure of another unit, as the rate of a count."""
        return self.ours is not None and self.comparator.endswith("_rate")


def list_beside(
    statistics: Sequence[Statistic], partnership: Partnership, catalogue: Catalogue, period: Period, folder: Path
) -> list[Beside]:
    """Return what is published beside each total of the report's own area and year, and then the council's own
    published figures that no return gave, or the country's alone. Each comparator once, in the report's order,
    and none of a section that the report doesn't have. An invented area has none: real and synthetic figures are never
    mixed."""
    if partnership.synthetic:
        return []
    asked = [
        (comparator, s, s.period if comparator == s.indicator else get_asked(comparator, period))
        for s in {s.indicator: s for s in statistics if _is_total(s)}.values()
        for comparator in _beside(s.indicator)
    ]
    shown = (name for name, definition in load_definitions().comparators.items() if not definition.base_only)
    found: dict[str, Beside] = {}
    for comparator, ours, when in [*asked, *((name, None, get_asked(name, period)) for name in shown)]:
        if comparator in found:
            continue
        polarity = find_polarity(comparator, catalogue)
        figures = comparators_for(comparator, partnership.area_code, when, folder=folder, polarity=polarity)
        if figures.period and (ours or figures.own or figures.national):
            found[comparator] = Beside(comparator, ours, figures, polarity)
    sections = {section.id for section in partnership.sections}
    return [one for one in found.values() if home_of(one.comparator, catalogue, partnership) in sections]


def describe_all(beside: Sequence[Beside], catalogue: Catalogue, partnership: Partnership) -> list[Official]:
    """Return sets of published figures as they are shown."""
    return [describe(one.figures, one.ours, one.comparator, catalogue, partnership) for one in beside]


def find_polarity(comparator: str, catalogue: Catalogue) -> str:
    """Return which way is better: as the catalogue says of a measure of that name, else the comparator's record."""
    entry = catalogue.measures.get(comparator)
    return entry.polarity if entry else load_definitions().comparators[comparator].polarity


def _is_total(statistic: Statistic) -> bool:
    """Whether it is a total of the report's own area and year, of a measure that is compared."""
    own = statistic.own_geography and statistic.of_year and statistic.period.stated
    return own and not statistic.dimension and not statistic.category and statistic.measure_type in COMPARED_MEASURES


def _beside(indicator: str) -> list[str]:
    """Return the comparators that stand beside an indicator: those that serve it, and their rates."""
    comparators = load_definitions().comparators
    serving = [
        name
        for name, comparator in comparators.items()
        if indicator in (comparator.serves or (name,)) and not comparator.base_only
    ]
    rates = [name for name, one in comparators.items() if one.counts in serving and name not in serving]
    return [*serving, *rates]


def get_asked(comparator: str, period: Period) -> Period:
    """Return the report's year on the comparator's basis: the year itself, or the last day in it that is counted."""
    definition = load_definitions().comparators[comparator]
    if definition.basis != "snapshot":
        return period
    month, day = map(int, definition.day.split("-"))
    year = period.end.year - ((month, day) > (period.end.month, period.end.day))
    return Period(date(year, month, day), date(year, month, day), "snapshot")


def describe(
    figures: ComparatorSet, ours: Statistic | None, comparator: str, catalogue: Catalogue, partnership: Partnership
) -> Official:
    """Return a set of published figures as it is shown, with what may be said of it."""
    unit = unit_words(figures.unit, load_definitions().comparators[comparator])
    against, years = contrast(figures.own, figures.national).words, make_years(figures)
    return Official(
        indicator=ours.indicator if ours else comparator,
        comparator=comparator,
        section=home_of(comparator, catalogue, partnership),
        returned=ours is not None,
        title=title_of(comparator, catalogue),
        unit=unit,
        decimals=figures.decimals,
        period=figures.period.label,
        places=tuple(list_places(figures)),
        neighbours=tuple(_place(figure, figures) for figure in figures.neighbours) if not figures.unranked else (),
        years=years if unit else tuple(point for point in years if point.series == years[0].series),
        moved=measure_move(figures) if unit else None,
        funnel=make_funnel(figures) if unit else None,
        sentences=tuple(make_sentences(figures, ours, unit)),
        against=against,
        notable=against in DIFFERENT,
        cautions=list_cautions(figures),
        definition=figures.definition,
        source=f"{figures.source}, release {figures.release}. {figures.licence}",
        year=year_name(figures.period.financial_year),
    )


def list_cautions(figures: ComparatorSet) -> tuple[str, ...]:
    """Return what must be known of the figures, each caution with the release that it is about."""
    sources = load_definitions().sources
    cautions = (f"{sources[caveat.source].title}: {caveat.words}" for caveat in figures.caveats)
    return tuple(dict.fromkeys(cautions))


def list_places(figures: ComparatorSet) -> list[Place]:
    """Return the council, its region, the country and the neighbours' median, those that are published."""
    named = (figures.own, figures.region, figures.national)
    places = [_place(figure, figures) for figure in named if figure is not None]
    if figures.neighbour_median is None:
        return places
    median = display_number(figures.neighbour_median, figures.decimals)
    return [*places, Place(MEDIAN, median, figures.neighbour_median, figures.period.label)]


def unit_words(unit: str, comparator: Comparator) -> str:
    """Return how a share or rate reads after its number; empty for a count."""
    return {"percent": "%", "per_10000": f" per 10,000 {comparator.people}"}.get(unit, "")


def home_of(comparator: str, catalogue: Catalogue, partnership: Partnership) -> str:
    """Return the section where a comparator stands: its indicator's home in this report, else its source's."""
    definitions = load_definitions()
    definition = definitions.comparators[comparator]
    names = (comparator, *definition.serves, definition.counts)
    entries = [catalogue.measures[name] for name in names if name in catalogue.measures]
    home = partnership.home_of(section for entry in entries for section in entry.sections)
    return home or definitions.sources[definitions.tables[definition.origins[0].table].source].section


def title_of(comparator: str, catalogue: Catalogue) -> str:
    """Return a comparator's own title, the dictionary's of the indicator with its name, or its name in words."""
    if own := load_definitions().comparators[comparator].title:
        return own
    entry = catalogue.measures.get(comparator)
    if entry:
        return entry.title
    base, rate = comparator.removesuffix("_rate"), comparator.endswith("_rate")
    known = catalogue.measures.get(base)
    words = known.title if known else base.replace("_", " ").capitalize()
    return f"{words}: rate" if rate else words


def _place(figure: Published, figures: ComparatorSet) -> Place:
    return Place(
        figure.area_name, shown(figure, figures.decimals), figure.value, figure.period.label, symbol_reason(figure)
    )
