"""Official figures beside ours: the council's own as published, its region, England, its statistical neighbours.

Official statistics are public already, so that none of this passes the gate; where our own figure is hidden it is
not set against them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.comparators import (
    ComparatorSet,
    Published,
    comparators_for,
    contrast,
    load_definitions,
    shown,
    symbol_reason,
)
from analysis.dictionary import Dictionary
from analysis.partnership import Partnership
from analysis.periods import Period
from analysis.statistics.model import Statistic

MEDIAN = "Neighbours' median"
COMPARED_MEASURES = ("count", "percent", "rate", "mean")
SECTIONS = {
    "children_in_need": "08_children_social_care",
    "children_looked_after": "08_children_social_care",
    "lait": "08_children_social_care",
    "ons_population": "08_children_social_care",
    "ascof": "09_adult_social_care",
    "sac": "09_adult_social_care",
    "marac": "11_metropolitan_police",
}
DIFFERENT = ("higher than", "lower than")
UNIT_WORDS = {"percent": "%", "per_10000": " per 10,000 children"}


@dataclass(frozen=True)
class Place:
    """One area's published figure, ready to show."""

    name: str
    display: str
    value: float | None
    period: str
    reason: str = ""


@dataclass(frozen=True)
class Official:
    """The official figures beside one indicator. `history` holds (series, period, value) for a trend.

    `returned` is False for figures of the council that are published although no return gave them; `notable`
    is True where the council differs from the country beyond chance.
    """

    indicator: str
    comparator: str
    section: str
    returned: bool
    title: str
    unit: str
    decimals: int
    period: str
    places: tuple[Place, ...]
    neighbours: tuple[Place, ...]
    history: tuple[tuple[str, str, float], ...]
    sentences: tuple[str, ...]
    notable: bool
    cautions: tuple[str, ...]
    definition: str
    source: str


def find_official(
    statistics: Sequence[Statistic], partnership: Partnership, dictionary: Dictionary, period: Period, folder: Path
) -> list[Official]:
    """Return what is published beside each total of the report's own area and year, and then the council's own
    published figures that no return gave, or the country's alone. Each comparator once, in the report's order.
    An invented area has none: real and synthetic figures are never mixed."""
    if partnership.synthetic:
        return []
    ours = {s.indicator: s for s in statistics if _is_total(s)}
    found: dict[str, Official] = {}
    for indicator, statistic in ours.items():
        for comparator in _beside(indicator):
            asked = statistic.period if comparator == indicator else _asked(comparator, period)
            figures = _figures(comparator, partnership, asked, dictionary, folder)
            if figures.period and comparator not in found:
                found[comparator] = describe(figures, statistic, comparator, dictionary)
    for comparator, definition in load_definitions().comparators.items():
        if definition.base_only:
            continue
        figures = _figures(comparator, partnership, _asked(comparator, period), dictionary, folder)
        if comparator not in found and (figures.own or figures.national):
            found[comparator] = describe(figures, None, comparator, dictionary)
    return list(found.values())


def _is_total(statistic: Statistic) -> bool:
    """Whether it is a total of the report's own area and year, of a measure that is compared."""
    own = statistic.own_geography and statistic.offset == 0 and statistic.period.stated
    return own and not statistic.dimension and not statistic.category and statistic.measure_type in COMPARED_MEASURES


def _beside(indicator: str) -> list[str]:
    """Return the comparators that stand beside an indicator: those that serve it, and their rates."""
    comparators = load_definitions().comparators
    serving = [name for name, one in comparators.items() if indicator in (one.serves or (name,)) and not one.base_only]
    rates = [f"{name}_rate" for name in serving if f"{name}_rate" in comparators]
    return [*serving, *rates]


def _asked(comparator: str, period: Period) -> Period:
    """Return the report's year on the comparator's basis: the year itself, or its last day."""
    if load_definitions().comparators[comparator].basis == "snapshot":
        return Period(period.end, period.end, "snapshot")
    return period


def _figures(
    comparator: str, partnership: Partnership, asked: Period, dictionary: Dictionary, folder: Path
) -> ComparatorSet:
    entry = dictionary.indicators.get(comparator)
    polarity = entry.polarity if entry else "none"
    return comparators_for(comparator, partnership.area_code, asked, folder=folder, polarity=polarity)


def describe(figures: ComparatorSet, ours: Statistic | None, comparator: str, dictionary: Dictionary) -> Official:
    """Return a set of published figures as it is shown, with what may be said of it."""
    unit = UNIT_WORDS.get(figures.unit, "")
    named = [figures.own, figures.region, figures.national]
    places = [_place(one, figures) for one in named if one is not None]
    if figures.neighbour_median is not None:
        median = f"{figures.neighbour_median:,.{figures.decimals}f}"
        places.append(Place(MEDIAN, median, figures.neighbour_median, figures.period.label))
    return Official(
        indicator=ours.indicator if ours else comparator,
        comparator=comparator,
        section=SECTIONS[load_definitions().tables[load_definitions().comparators[comparator].origins[0].table].source],
        returned=ours is not None,
        title=title_of(comparator, dictionary),
        unit=unit,
        decimals=figures.decimals,
        period=figures.period.label,
        places=tuple(places),
        neighbours=tuple(_place(one, figures) for one in figures.neighbours) if not figures.unranked else (),
        history=tuple(make_history(figures)) if unit else (),
        sentences=tuple(make_sentences(figures, ours, unit)),
        notable=contrast(figures.own, figures.national).words in DIFFERENT,
        cautions=tuple(dict.fromkeys(caveat.words for caveat in figures.caveats)),
        definition=figures.definition,
        source=f"{figures.source}, release {figures.release}. {figures.licence}",
    )


def title_of(comparator: str, dictionary: Dictionary) -> str:
    """Return a comparator's own title, the dictionary's of the indicator with its name, or its name in words."""
    if own := load_definitions().comparators[comparator].title:
        return own
    entry = dictionary.indicators.get(comparator)
    if entry:
        return entry.title
    base, rate = comparator.removesuffix("_rate"), comparator.endswith("_rate")
    known = dictionary.indicators.get(base)
    words = known.title if known else base.replace("_", " ").capitalize()
    return f"{words}: rate" if rate else words


def _place(one: Published, figures: ComparatorSet) -> Place:
    return Place(one.area_name, shown(one, figures.decimals), one.value, one.period.label, symbol_reason(one))


def make_history(figures: ComparatorSet) -> Iterable[tuple[str, str, float]]:
    """Yield (series, period, value) of the council, England and the neighbours' median, oldest first."""
    own = [*figures.previous, *([figures.own] if figures.own else [])]
    national = [*figures.history.get("national", ()), *([figures.national] if figures.national else [])]
    medians = [*figures.neighbour_medians, (figures.period, figures.neighbour_median)]
    for series in (own, national):
        yield from ((one.area_name, year_of(one.period), one.value) for one in series if one.value is not None)
    yield from ((MEDIAN, year_of(when), value) for when, value in medians if value is not None)


def year_of(period: Period) -> str:
    """Return a period as it stands under a chart: the year it ends in, or the day's year."""
    return str(period.end.year)


def make_sentences(figures: ComparatorSet, ours: Statistic | None, unit: str) -> list[str]:
    """Return what may be said: where the publisher differs from the return, and where the council stands."""
    said = [_own_or_ours(figures, ours)] if ours and figures.own and ours.published else []
    if figures.own and figures.own.value is not None and unit:
        said.append(_verdict(figures, unit))
    return [sentence for sentence in [*said, figures.lag] if sentence]


def _own_or_ours(figures: ComparatorSet, ours: Statistic) -> str:
    """Return both figures side by side where the publisher's differs, with the likely reason."""
    if ours.unit != "percent" and figures.unit in UNIT_WORDS:
        return ""
    published = shown(figures.own, figures.decimals)
    if figures.own.value == ours.value and ours.qualifier == "exact":
        return f"The publisher's figure for {figures.own.area_name} is the same: {published}."
    reason = f" Likely reason: {figures.differs}" if figures.differs else ""
    return (
        f"The return gives {ours.display} {ours.period.phrase}; "
        f"the published figure for {figures.own.area_name} is {published} {figures.own.period.phrase}.{reason}"
    )


def _verdict(figures: ComparatorSet, unit: str) -> str:
    """Return where the council stands: against region and country, among its neighbours and in England."""
    verdicts: dict[str, list[str]] = {}
    for other in (figures.region, figures.national):
        if other is not None:
            words, area = _against(figures, other), f"{other.area_name} ({shown(other, figures.decimals)})"
            verdicts.setdefault(words, []).append(area)
    parts = [words.format(" and ".join(areas)) for words, areas in verdicts.items()]
    rank = figures.neighbour_rank
    parts += [f"{ordinal(rank.place)} {rank.order} of {rank.of} with its statistical neighbours"] if rank else []
    parts += [figures.quarter_words] if figures.quarter_words else []
    return f"{figures.own.area_name} has {shown(figures.own, figures.decimals)}{unit}: {'; '.join(parts)}."


def _against(figures: ComparatorSet, other: Published) -> str:
    """Return the words of a verdict, with a place for the area that it is against."""
    found = contrast(figures.own, other)
    if found.words in (*DIFFERENT, "broadly the same as"):
        return f"{found.words} {{}}"
    return f"{found.words} against {{}}, since {found.reason}"


def ordinal(place: int) -> str:
    """Return a place as a word: 1st, 2nd, 3rd, 11th."""
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"
