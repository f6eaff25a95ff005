"""Everything official that stands beside one figure of one council, joined on area codes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from analysis.errors import CommandError, unknown
from analysis.measures.periods import Period, compare_periods
from analysis.official.areas import COUNCIL, ENGLAND, UNITED_KINGDOM, Area
from analysis.official.bases import with_base
from analysis.official.caveats import Caveat, find_caveats
from analysis.official.definitions import Comparator, Source
from analysis.official.neighbours import MODELS
from analysis.official.ranks import Rank, check_polarity, middle, quarter, quarter_words, rank
from analysis.official.store import Published, Store, index, open_store

NO_RANK = "a count follows the size of the council, so councils are not ranked by it; compare the rate"
NATIONAL = (ENGLAND, UNITED_KINGDOM)


@dataclass(frozen=True)
class ComparatorSet:
    """The official figures beside one of ours.

    `missing` says in words why there are none, and is empty where there are. `own` is what the publisher
    says of the same council. `period` is that of the figures, `lag` says where it isn't the one asked for.
    `previous` are the council's earlier figures, oldest first; `history` those of `region`, `sub_region` and
    `national`; `neighbour_medians` the median of each of those periods, `neighbour_years` the neighbours' figures
    that are shown, this period's last. `neighbours` has a figure or a symbol for each of the ten, closest first;
    `neighbours_without` names those of whom nothing is kept. `councils` are all whose figures are kept, for a
    funnel, where one is drawn. `place` is among all English councils where all their figures are kept; `quarter`
    needs only quartiles.
    """

    indicator: str
    area_code: str
    asked: Period
    comparator: str = ""
    missing: str = ""
    period: Period | None = None
    unit: str = ""
    decimals: int = 0
    own: Published | None = None
    previous: tuple[Published, ...] = ()
    region: Published | None = None
    sub_region: Published | None = None
    national: Published | None = None
    neighbours: tuple[Published, ...] = ()
    neighbours_without: tuple[str, ...] = ()
    neighbour_median: float | None = None
    neighbour_rank: Rank | None = None
    place: Rank | None = None
    quarter: str = ""
    quarter_words: str = ""
    unranked: str = ""
    history: Mapping[str, tuple[Published, ...]] = field(default_factory=dict)
    councils: tuple[Published, ...] = ()
    neighbour_medians: tuple[tuple[Period, float | None], ...] = ()
    neighbour_years: tuple[tuple[Period, tuple[float, ...]], ...] = ()
    lag: str = ""
    definition: str = ""
    differs: str = ""
    fewer: str = ""
    more: str = ""
    denominator: str = ""
    source: str = ""
    release: str = ""
    licence: str = ""
    caveats: tuple[Caveat, ...] = ()

    def list_reasons(self, ours: float | None) -> str:
        """Return why a return's figure may differ from the published one, in the direction in which it does."""
        if ours is None or self.own is None or self.own.value is None:
            return self.differs
        apart = self.fewer if ours < self.own.value else self.more
        return " ".join(filter(None, (self.differs, apart)))


def comparators_for(
    indicator: str, area_code: str, period: Period, *, folder: Path, polarity: str = "none", model: str = MODELS[-1]
) -> ComparatorSet:
    """Return the official figures beside `indicator` for a council and a period.

    `folder` is that of the published figures. Where they end before `period` the newest earlier ones of the
    same basis are given and the lag is said. Where there is no comparator, or the periods can't be
    compared, the set says so in `missing` and holds no figures.

    Raises CommandError for an area, polarity or model that isn't known.
    """
    check_polarity(polarity)
    if model not in MODELS:
        raise CommandError(unknown("model of statistical neighbours", model, MODELS))
    store = open_store(Path(folder))
    area = store.areas.get(area_code)
    asked = ComparatorSet(indicator, area.code, period)
    comparator = store.definitions.comparator(indicator)
    if comparator is None:
        reason = store.definitions.without.get(indicator, "none of the releases read here counts it")
        return replace(asked, missing=f"no official comparator: {reason}")
    key, why = choose_period(store, comparator, period)
    if key is None:
        return replace(asked, comparator=comparator.id, missing=why)
    return _fill(asked, store, comparator, area, key, polarity, model)


def population_of(indicator: str, area_code: str, period: Period, *, folder: Path) -> float | None:
    """Return the population (`population_18_plus`, say) that rates of a period are of; None where none is kept."""
    store = open_store(Path(folder))
    key = (store.definitions.comparators[indicator].basis, f"{period.mid_year}-06-30")
    area = store.areas.get(area_code).code
    figure = places_at(store, store.definitions.comparators[indicator], key, area).get(area)
    return figure.value if figure else None


def describe_lag(published: Period, asked: Period, source: Source) -> str:
    """Return the sentence that says which period the published figures are for; empty where it is the one asked.

    "Published figures are for April 2022 to March 2023; those for April 2023 to March 2024 usually come out in
    October or November 2024."
    """
    if published.end == asked.end:
        return ""
    usual = source.published.format(year=asked.end.year + source.years_later)
    now, wanted = (period.label.removeprefix("at ") for period in (published, asked))
    return f"Published figures are for {now}; those for {wanted} usually come out {usual}."


def choose_period(store: Store, comparator: Comparator, asked: Period) -> tuple[tuple[str, str] | None, str]:
    """Return the key (basis, end) of the figures to show, and why there are none.

    It is the period asked for, or else the newest one before it; a period of another kind is refused.
    """
    figures = index(store, comparator.id)
    ends = sorted(end for basis, end in figures if basis == comparator.basis)
    if not ends:
        return None, "comparator not available: no release that holds it has been added"
    verdict = compare_periods(_period_of(figures, (comparator.basis, ends[-1])), asked)
    if not verdict.allowed:
        return None, verdict.reason
    earlier = [end for end in ends if end <= str(asked.end)]
    if not earlier:
        return None, f"comparator not available: the first published figures are for the year to {ends[0]}"
    return (comparator.basis, earlier[-1]), ""


def _period_of(figures: Mapping, key: tuple[str, str]) -> Period:
    places = next(iter(figures[key].values()))
    return next(iter(places.values())).period


def places_at(store: Store, comparator: Comparator, key: tuple[str, str], area_code: str) -> Mapping[str, Published]:
    """Return all areas' figures of a period from one source: the preferred one that has the council or a nation."""
    sources = index(store, comparator.id).get(key, {})
    order = dict.fromkeys(store.definitions.tables[origin.table].source for origin in comparator.origins)
    wanted = [sources[name] for name in order if name in sources]
    having = [places for places in wanted if area_code in places]
    national = [places for places in wanted if any(code in places for code in NATIONAL)]
    return next(iter(having or national or wanted), {})


def _fill(
    asked: ComparatorSet,
    store: Store,
    comparator: Comparator,
    area: Area,
    key: tuple[str, str],
    polarity: str,
    model: str,
) -> ComparatorSet:
    places = places_at(store, comparator, key, area.code)
    some = next(iter(places.values()))
    source = store.definitions.sources[some.source]
    ours = with_base(places.get(area.code), store, comparator)
    codes = store.neighbours.get((model, area.code), ())
    beside = tuple(with_base(places[code], store, comparator) for code in codes if code in places)
    national = next((places[code] for code in NATIONAL if code in places), None)
    official = replace(
        asked,
        comparator=comparator.id,
        period=some.period,
        unit=comparator.unit,
        decimals=comparator.decimals,
        own=ours,
        region=with_base(places.get(area.region_code), store, comparator),
        sub_region=with_base(places.get(area.sub_region_code), store, comparator),
        national=with_base(national, store, comparator),
        neighbours=beside,
        neighbours_without=tuple(store.areas.get(code).name for code in codes if code not in places),
        councils=_with_bases(store, comparator.id, key, some.source) if comparator.funnel else (),
        lag=describe_lag(some.period, asked.asked, source),
        definition=comparator.definition,
        differs=comparator.differs,
        fewer=comparator.fewer,
        more=comparator.more,
        denominator=comparator.denominator,
        source=f"{source.publisher}, {source.title}",
        release=some.release,
        licence=source.licence,
    )
    return _with_caveats(_with_history(_with_ranks(official, store, comparator, places, polarity), store), store)


@lru_cache(maxsize=64)
def _with_bases(store: Store, indicator: str, key: tuple[str, str], source: str) -> tuple[Published, ...]:
    """Return the figure of every council that existed, with its count and base, where they are kept."""
    places, comparator = index(store, indicator)[key][source], store.definitions.comparators[indicator]
    councils = (figure for figure in places.values() if figure.area_level == COUNCIL)
    lived = (figure for figure in councils if (store.areas.get(figure.area_code).until or key[1]) >= key[1])
    return tuple(with_base(figure, store, comparator) for figure in lived)


def _with_ranks(
    official: ComparatorSet, store: Store, comparator: Comparator, places: Mapping[str, Published], polarity: str
) -> ComparatorSet:
    """Return the set with the neighbours' median, and the council's places where it can be ranked."""
    if not comparator.ranked:
        return replace(official, unranked=NO_RANK)
    near = [figure.value for figure in official.neighbours]
    official = replace(official, neighbour_median=middle(near))
    if official.own is None or official.own.value is None:
        return replace(official, unranked="the council's own figure is not published")
    own = official.own.value
    some = next(iter(places.values()))
    key = (comparator.id, str(some.period.end), some.period.basis, some.source, some.release)
    councils, *quartiles = store.spread.get(key, (0,))
    shown = {code: one.value for code, one in places.items() if one.area_level == COUNCIL and one.value is not None}
    others = [value for code, value in shown.items() if code != official.area_code]
    name = quarter(own, quartiles)
    return replace(
        official,
        neighbour_rank=rank(own, near, polarity),
        place=rank(own, others, polarity) if len(others) + 1 == councils else None,
        quarter=name,
        quarter_words=quarter_words(name, int(councils), polarity),
    )


def _with_history(official: ComparatorSet, store: Store) -> ComparatorSet:
    """Return the set with the earlier figures of the council, its region and the country, oldest first."""
    comparator = store.definitions.comparators[official.comparator]
    area = store.areas.get(official.area_code)
    end = str(official.period.end)
    keys = sorted(key for key in index(store, comparator.id) if key[0] == comparator.basis and key[1] < end)
    years = [places_at(store, comparator, key, area.code) for key in keys]
    named = {"region": area.region_code, "sub_region": area.sub_region_code}
    named["national"] = official.national.area_code if official.national else ENGLAND
    history = {name: tuple(year[code] for year in years if code in year) for name, code in named.items() if code}
    own = tuple(with_base(year[area.code], store, comparator) for year in years if area.code in year)
    codes = [figure.area_code for figure in official.neighbours] if comparator.ranked else []
    near = [_shown_of(year, codes) for year in years] if codes else []
    now = (official.period, tuple(figure.value for figure in official.neighbours if figure.value is not None))
    return replace(
        official,
        previous=own,
        history=history,
        neighbour_medians=tuple((period, middle(values)) for period, values in near),
        neighbour_years=(*near, now) if codes else (),
    )


def _shown_of(year: Mapping[str, Published], codes: list[str]) -> tuple[Period, tuple[float, ...]]:
    """Return a year's period with the figures of these areas that are shown."""
    values = (year[code].value for code in codes if code in year)
    return next(iter(year.values())).period, tuple(value for value in values if value is not None)


def _with_caveats(official: ComparatorSet, store: Store) -> ComparatorSet:
    """Return the set with the cautions that touch any figure in it."""
    wider = (official.region, official.sub_region, official.national)
    figures = (official.own, *wider, *official.neighbours, *official.previous)
    shown = [figure for figure in figures if figure is not None]
    caveats = find_caveats(
        store.caveats,
        indicator=official.comparator,
        sources={figure.source for figure in shown},
        areas={figure.area_code for figure in shown},
        ends={str(figure.period.end) for figure in shown},
    )
    return replace(official, caveats=caveats)
