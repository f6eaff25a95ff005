"""What each section shows and owes, topic by topic: definitions as data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.errors import DataError, unknown
from analysis.measures.checks import list_lost
from analysis.measures.measure import Measure, MeasureChart
from analysis.measures.relations import parse
from analysis.measures.strict import fault, make, read_toml

# What figures may be, for a caution to stand beside them (`analysis.report.cautions`).
CONDITIONS = (
    *("shows", "lacks", "zero", "repeats", "no_base", "no_share", "few", "inexact", "returned", "change", "hidden"),
    *("no_period", "calendar_year", "long_period", "next_year", "other_area", "no_area"),
)
# The kinds that a topic's own figures can be drawn as; funnels and dots of areas are of official statistics.
CHART_KINDS = ("bars", "ordered_bars", "flow", "pairs", "dots", "trend", "control", "ratio")


@dataclass(frozen=True)
class SectionText:
    """What a section tells, and what it owes its readers even where a return is missing."""

    id: str
    title: str
    about: str
    owes: tuple[Mapping, ...] = ()


@dataclass(frozen=True)
class ChartPlan:
    """A chart that a topic draws where two or more of its figures are there.

    `base` is for ratio plots alone: a population (children, adults), or a selector of the stage before.
    """

    id: str
    kind: str
    select: tuple[str, ...]
    title: str
    measure: str = "count"
    group: str = ""
    base: str = ""


@dataclass(frozen=True)
class Caveat:
    """A caution of a topic, and when it stands there: one of `CONDITIONS` with the selectors of the figures that it is
    about ("no_base abuse_type/*"), all of the topic's without one; always where `when` is empty."""

    say: str
    when: str = ""


@dataclass(frozen=True)
class Topic:
    """One topic of a section: what it is, why it matters, its figures, charts and caveats.

    `under` names the topic of the section after which it is shown, in the same cell of the notebook.
    """

    section: str
    id: str
    title: str
    what: str
    why: str
    headline: tuple[str, ...]
    statistics: tuple[str, ...]
    caveats: tuple[Caveat, ...] = ()
    charts: tuple[ChartPlan, ...] = ()
    under: str = ""


class Homes:
    """The sections that each measure is of: those whose topics list it, or that have the topic that it names."""

    def __init__(self, sections: Mapping[str, Mapping[str, Mapping]]) -> None:
        self.topics, self._measures = {}, {}
        for section, topics in sections.items():
            for id, topic in topics.items():
                self.topics.setdefault(id, []).append(section)
                for selector in list_selectors(topic):
                    self._measures.setdefault(parse(selector)[0], {})[section] = None

    def list_sections(self, measure: str, topic: str) -> list[str]:
        """Return the sections of a measure, in the order of the file; none where nothing shows it."""
        return [*self._measures.get(measure, ()), *self.topics.get(topic, ())]


def list_selectors(topic: Mapping) -> list[str]:
    """Return the selectors of a topic's figures: all figures of its headline's measures, unless it says otherwise."""
    measures = dict.fromkeys(parse(selector)[0] for selector in topic.get("headline", ()))
    return topic.get("statistics", [f"{measure}/*" for measure in measures])


def load_sections(path: Path) -> dict[str, SectionText]:
    """Return the words of each section. Raises DataError naming the file and the entry at fault."""
    return {name: make(SectionText, table, path, name, id=name) for name, table in read_toml(path).items()}


def load_topics(path: Path, measures: Mapping[str, Measure]) -> tuple[Topic, ...]:
    """Return every section's topics (`[section.topic]` in the file), each followed by those that are under it, with the
    measures that name them in their records.

    Raises DataError for a topic under one that its section doesn't have, and for a measure or topic that isn't known.
    """
    topics = [
        _topic(section, id, table, path, measures)
        for section, tables in read_toml(path).items()
        for id, table in tables.items()
    ]
    heads = {(topic.section, topic.id): topic for topic in topics if not topic.under}
    lost = [topic for topic in topics if topic.under and (topic.section, topic.under) not in heads]
    if lost:
        allowed = [id for section, id in heads if section == lost[0].section]
        raise DataError(fault(path, f"{lost[0].section}.{lost[0].id}: {unknown('under', lost[0].under, allowed)}"))
    below = {key: [t for t in topics if (t.section, t.under) == key] for key in heads}
    return _join([topic for key, head in heads.items() for topic in (head, *below[key])], measures.values())


def _join(topics: list[Topic], measures: Iterable[Measure]) -> tuple[Topic, ...]:
    """Return the topics with the measures that name them in their records, after those that they list."""
    joined = {(topic.section, topic.id): topic for topic in topics}
    for measure in (measure for measure in measures if measure.topic):
        key = (measure.sections[0], measure.topic)
        if key not in joined:
            allowed = [id for section, id in joined if section == key[0]]
            raise DataError(f"{measure.id}: {unknown(f'topic of {key[0]}', measure.topic, allowed)}")
        topic = joined[key]
        charts = (*topic.charts, *(_plan(measure, chart) for chart in measure.charts))
        joined[key] = replace(topic, statistics=(*topic.statistics, f"{measure.id}/*"), charts=charts)
    return tuple(joined.values())


def _plan(measure: Measure, chart: MeasureChart) -> ChartPlan:
    if chart.by not in measure.by:
        raise DataError(f"{measure.id}, chart: {unknown('split', chart.by, measure.by)}")
    if chart.kind not in CHART_KINDS:
        raise DataError(f"{measure.id}, chart: {unknown('chart kind', chart.kind, CHART_KINDS)}")
    name, title = f"{measure.id}_by_{chart.by}", measure.by[chart.by].title
    return ChartPlan(name, chart.kind, (f"{measure.id}/{chart.by}",), title, measure.measure)


def _topic(section: str, id: str, table: dict, path: Path, measures: Mapping[str, Measure]) -> Topic:
    place = f"{section}.{id}"
    charts = tuple(make(ChartPlan, chart, path, place) for chart in table.pop("charts", []))
    known = {"statistics": list_selectors(table)}
    caveats = tuple(_caveat(one, path, place) for one in table.pop("caveats", []))
    topic = make(Topic, known | table, path, place, section=section, id=id, charts=charts, caveats=caveats)
    named = [name for one in caveats for name in one.when.split()[1:]]
    for selector in (*topic.headline, *topic.statistics, *named, *(name for chart in charts for name in chart.select)):
        for lost in list_lost(selector, measures):
            raise DataError(fault(path, f"{place}: {lost}"))
    for chart in charts:
        if chart.kind not in CHART_KINDS:
            raise DataError(fault(path, f"{place}: {unknown('chart kind', chart.kind, CHART_KINDS)}"))
        apart = [stage for stage in chart.select[1:] if chart.kind == "flow" and not _is_part(stage, chart, measures)]
        if apart:
            first = chart.select[0]
            words = f"a flow draws parts of its first stage, and {apart[0]!r} is none of {first!r}; use 'bars'"
            raise DataError(fault(path, f"{place}, chart {chart.id}: {words}"))
    return topic


def _caveat(told: str | dict, path: Path, place: str) -> Caveat:
    """Return a caution, which is its words alone where it always stands."""
    made = make(Caveat, {"say": told} if isinstance(told, str) else told, path, f"{place}, caveats")
    if made.when and (name := made.when.split()[0]) not in CONDITIONS:
        raise DataError(fault(path, f"{place}, caveats: {unknown('condition', name, CONDITIONS)}"))
    return made


def _is_part(stage: str, chart: ChartPlan, measures: Mapping[str, Measure]) -> bool:
    """Whether a stage of a chart is known to be part of its first, so that a share may be written beside it."""
    measure, first = measures[parse(stage)[0]], parse(chart.select[0])[0]
    wholes = [*measure.part_of, *(whole for relation in measure.relations for whole in relation.whole)]
    return first in (measure.id, *(parse(whole)[0] for whole in wholes))
