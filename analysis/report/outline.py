"""The outline of a section, made once: what pages, Word and workbook each render in their own way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from analysis.figures.display import CHANGE_MEASURES
from analysis.figures.model import Comparison, Statistic
from analysis.figures.published import Official
from analysis.figures.select import select
from analysis.findings.finding import Finding
from analysis.findings.signal import BREAK
from analysis.measures.topics import Topic as TopicPlan
from analysis.methods.change import FEW, UNCLEAR
from analysis.release.release import FindingsHead, MeasureText, Owed, Release, Return, SectionPlan
from analysis.report.cautions import list_cautions, tell_differences, warn
from analysis.report.detail import MONTH
from analysis.report.owed import list_owed
from analysis.report.rows import full_label

MOST_TILES = 4
MORE = {
    "id": "more",
    "title": "Other figures returned",
    "what": "Figures that the returns hold and that no topic above shows.",
    "why": "Nothing that was returned is left out.",
    "headline": (),
    "statistics": (),
}


@dataclass(frozen=True, eq=False)
class TopicOutline:
    """One topic of a section: its plan, its statistics, and what is told beside them."""

    plan: TopicPlan
    statistics: tuple[Statistic, ...] = field(repr=False)
    release: Release = field(repr=False)

    @cached_property
    def headline(self) -> tuple[Statistic, ...]:
        """Its key figures, which may be another section's."""
        return tuple(choose_headline(self.plan.headline, self.release.statistics))

    @cached_property
    def caveats(self) -> tuple[str, ...]:
        """What to be warned of: what the plan says, another period or area, figures that don't fit together."""
        shown = {s.statistic_id for s in self.statistics}
        unfit = [
            one.caution for one in self.release.contradictions if one.differs and not shown.isdisjoint(one.figures)
        ]
        held = list_cautions(self.plan.caveats, self.statistics, self.release.statistics)
        unlike = tell_differences(self.statistics, self.officials)
        return (*held, *warn(self.statistics, self.release.period.label), *unfit, *unlike)

    @cached_property
    def officials(self) -> tuple[Official, ...]:
        """The official figures beside its own."""
        measures = {s.indicator for s in self.statistics}
        return tuple(one for one in self.release.official if one.returned and one.indicator in measures)

    @cached_property
    def quoted(self) -> tuple[Statistic, ...]:
        """Its own statistics that are key figures."""
        return tuple(s for s in self.statistics if s in self.headline)

    @cached_property
    def written(self) -> tuple[Statistic, ...]:
        """The statistics that a document has room for: months are drawn, and stand in the workbook."""
        return tuple(s for s in self.whole if s.dimension != MONTH)

    @cached_property
    def whole(self) -> tuple[Statistic, ...]:
        """The statistics that are of no part of a year."""
        return tuple(s for s in self.statistics if not s.part)

    @cached_property
    def parts(self) -> tuple[Statistic, ...]:
        """The statistics of parts of a year: quarters, half-years, months, days within it."""
        return tuple(s for s in self.statistics if s.part)


@dataclass(frozen=True)
class Definition:
    """What a measure means, and the agencies that returned it."""

    text: MeasureText
    returned: str


@dataclass(frozen=True, eq=False)
class SectionOutline:
    """One section of a release: its topics in order, what no topic shows, what isn't here, what stands out."""

    plan: SectionPlan
    release: Release = field(repr=False)

    @cached_property
    def statistics(self) -> tuple[Statistic, ...]:
        """The section's statistics, as the release may show them."""
        return tuple(s for s in self.release.statistics if s.section == self.plan.id)

    @cached_property
    def planned(self) -> tuple[TopicOutline, ...]:
        """Every topic that the section may have, those without a figure too."""
        plans = [plan for plan in self.release.topics if plan.section == self.plan.id]
        return tuple(TopicOutline(plan, self.release.choose(plan.statistics), self.release) for plan in plans)

    @cached_property
    def topics(self) -> tuple[TopicOutline, ...]:
        """The topics that have a figure."""
        return tuple(topic for topic in self.planned if topic.statistics)

    @property
    def empty(self) -> list[str]:
        """The titles of the topics without a figure; none where all records came, as other topics tell."""
        complete = self.plan.owes and not self.owed
        return [] if complete else [topic.plan.title for topic in self.planned if not topic.statistics]

    @cached_property
    def more(self) -> TopicOutline:
        """The statistics that no topic shows, as a topic, so that none is silently missing."""
        shown = {s.statistic_id for topic in self.planned for s in topic.statistics}
        rest = tuple(s for s in self.statistics if s.statistic_id not in shown)
        return TopicOutline(TopicPlan(section=self.plan.id, **MORE), rest, self.release)

    @property
    def all_topics(self) -> tuple[TopicOutline, ...]:
        """The topics that have a figure, and last what no topic shows."""
        return (*self.topics, self.more) if self.more.statistics else self.topics

    @property
    def officials(self) -> tuple[Official, ...]:
        """The official figures about the area that no agency returned."""
        return tuple(one for one in self.release.official if not one.returned and one.section == self.plan.id)

    @property
    def returns(self) -> tuple[Return, ...]:
        """What the section's agencies sent."""
        return tuple(entry for entry in self.release.returns if entry.section == self.plan.id)

    @property
    def missing(self) -> list[Return]:
        """The returns that brought no figure."""
        return [entry for entry in self.returns if entry.silent]

    @property
    def lacking(self) -> list[Return]:
        """The returns that brought no figure: its own, and those of a dataset that its figures need and nobody sent."""
        needed = {name for owed in self.plan.owes for name in owed.datasets}
        needed -= {one.dataset for one in self.release.returns if not one.silent}
        return [one for one in self.release.returns if one.silent and (one in self.returns or one.dataset in needed)]

    @cached_property
    def owed(self) -> list[Owed]:
        """The subjects that lack records."""
        return list_owed(self.plan.owes, self.release.statistics, self.release.returns)

    @property
    def findings(self) -> list[Finding]:
        """What stands out, those that lead the report first."""
        return [one for one in self.release.findings if one.section == self.plan.id and one.kind != BREAK]

    @property
    def breaks(self) -> list[Finding]:
        """What can't be compared with earlier figures, since how it is counted changed."""
        return [one for one in self.release.findings if one.section == self.plan.id and one.kind == BREAK]

    @property
    def head(self) -> FindingsHead | None:
        """What is said above the findings; None where nothing could be tested and nothing stands out."""
        return self.release.heads.get(self.plan.id)

    @property
    def untold(self) -> list[str]:
        """The totals of which the change was tested and none is clear."""
        return [full_label(s) for s, comparison in self._changes if comparison.outcome == UNCLEAR]

    @property
    def untested(self) -> dict[str, list[str]]:
        """The totals whose change can't be tested, by the reason."""
        found: dict[str, list[str]] = {}
        for s, comparison in self._changes:
            few = FEW if comparison.outcome == FEW else ""
            if reason := comparison.untested or comparison.refused or few:
                found.setdefault(reason, []).append(full_label(s))
        return found

    @property
    def _changes(self) -> list[tuple[Statistic, Comparison]]:
        totals = (s for s in self.statistics if s.current and not (s.dimension or s.category))
        return [(s, comparison) for s in totals for comparison in s.comparisons if comparison.against]

    @property
    def definitions(self) -> list[Definition]:
        """What every measure that the section shows means."""
        figures = [s for topic in self.topics for s in topic.statistics]
        shown = {s.statistic_id: s for s in [*figures, *self.statistics]}
        return list_definitions(shown.values(), self.release)

    @property
    def turn(self) -> tuple[SectionPlan | None, SectionPlan | None]:
        """The sections before and after."""
        around = (None, *self.release.sections, None)
        place = around.index(self.plan)
        return around[place - 1], around[place + 1]


def outline_section(release: Release, id: str) -> SectionOutline:
    """Return the outline of one section. Raises CommandError for an unknown one."""
    return SectionOutline(release.plan(id), release)


def outline_sections(release: Release) -> list[SectionOutline]:
    """Return the outline of every section, in the report's order."""
    return [SectionOutline(plan, release) for plan in release.sections]


def choose_headline(selectors: Iterable[str], statistics: Sequence[Statistic]) -> list[Statistic]:
    """Return at most four key figures, one a selector: of the report's own year, and a figure before a change."""
    chosen = []
    for selector in selectors:
        named = select(statistics, selector)
        current = [s for s in named if s.current] or named
        chosen += sorted(current, key=lambda s: s.measure_type in CHANGE_MEASURES)[:1]
    return chosen[:MOST_TILES]


def list_definitions(statistics: Iterable[Statistic], release: Release) -> list[Definition]:
    """Return what every measure among statistics means and who returned it, in their order."""
    agencies: dict[str, dict[str, None]] = {}
    for s in statistics:
        agencies.setdefault(s.indicator, {})[s.agency] = None
    return [Definition(release.measures[name], ", ".join(names)) for name, names in agencies.items()]


def list_all_definitions(release: Release) -> list[Definition]:
    """Return what every measure with a figure means, in the report's order."""
    order = {section.id: place for place, section in enumerate(release.sections)}
    return list_definitions(sorted(release.statistics, key=lambda s: order[s.section]), release)


def list_register(release: Release) -> list[dict[str, str]]:
    """Return the returns register as rows of words: agency, section's number, state, day of the data, note."""
    return [
        {
            "Agency": entry.agency,
            "Section": release.numbers[entry.section],
            "State": entry.words,
            "Data as at": entry.as_at.isoformat() if entry.as_at else "not stated",
            "Note": entry.note or "none",
        }
        for entry in release.returns
    ]
