"""A topic as a notebook sees it: whole when shown, or a part of it at a time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from analysis.errors import CommandError, unknown
from analysis.measures.topics import Topic as TopicPlan
from analysis.release.release import Release
from analysis.report.blocks import Block, join, show_drawings
from analysis.report.figure import Figure, find_figure
from analysis.report.frames import Frame, frame_statistics
from analysis.report.outline import TopicOutline
from analysis.report.parts import (
    draw_charts,
    name_heading,
    show_caveats,
    show_heading,
    show_official_figures,
    show_statements,
    show_table,
    show_topic,
)


def part(show: Callable[[TopicOutline], Block]) -> property:
    """Return a property of a topic: that part of it and of those under it."""
    return property(lambda topic: join(map(show, topic.outlines)), doc=show.__doc__)


class Topic:
    """One topic of a section with those under it. Shown by itself it is whole; each property is a part of it."""

    heading = part(show_heading)
    table = part(show_table)
    statements = part(show_statements)
    official = part(show_official_figures)
    caveats = part(show_caveats)

    def __init__(self, plan: TopicPlan, outlines: tuple[TopicOutline, ...], release: Release):
        """Take the outlines of the topic and of those under it that have a figure."""
        self.plan = plan
        self.outlines = outlines
        self.release = release

    @property
    def id(self) -> str:
        """Its name in notebooks."""
        return self.plan.id

    @property
    def title(self) -> str:
        """Its heading."""
        return self.plan.title

    @property
    def figures(self) -> Frame:
        """Its figures, a row each."""
        return frame_statistics((s for topic in self.outlines for s in topic.statistics), self.release)

    def figure(self, name: str) -> Figure:
        """Return one of its measures, to look into. Raises CommandError for one that it doesn't show."""
        measures = dict.fromkeys(s.indicator for topic in self.outlines for s in topic.statistics)
        return find_figure(name, self.release, within=measures)

    @property
    def charts(self) -> "Charts":
        """Its charts, by id."""
        return Charts(self.outlines)

    @property
    def chart(self) -> Block:
        """Its first chart; `charts` holds all."""
        return next(iter(self.charts.values()), Block("", f"{self.title}: no chart"))

    def show(self) -> Block:
        """Return the topic whole; nothing where it has no figure."""
        if not self.outlines:
            return Block("", f"{self.title}: no figure was returned.")
        return join(map(show_topic, self.outlines))

    def __bool__(self) -> bool:
        return bool(self.outlines)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        block = self.show()
        return replace(block, text=f"{self!r}\n{block.text}" if self else block.text)._repr_mimebundle_()

    def __repr__(self) -> str:
        figures = sum(len(topic.statistics) for topic in self.outlines)
        charts = [plan.id for topic in self.outlines for plan in topic.plan.charts]
        return f"<Topic {self.id} ({self.title}): {figures} figures, charts {', '.join(charts) or 'none'}>"


class Charts(Mapping):
    """The charts of a topic by id, drawn when asked for; shown by itself, all of them."""

    def __init__(self, outlines: tuple[TopicOutline, ...]):
        """Take the outlines of a topic and of those under it."""
        self.outlines = {plan.id: topic for topic in outlines for plan in topic.plan.charts}

    def __getitem__(self, id: str) -> Block:
        if id not in self.outlines:
            raise CommandError(unknown("chart", id, self.outlines))
        topic = self.outlines[id]
        plans = tuple(plan for plan in topic.plan.charts if plan.id == id)
        drawings, refusals = draw_charts(replace(topic, plan=replace(topic.plan, charts=plans)))
        return show_drawings(drawings, refusals, topic.release.kind, section=topic.plan.section, id=name_heading(topic))

    def __iter__(self) -> Iterator[str]:
        return iter(self.outlines)

    def __len__(self) -> int:
        return len(self.outlines)

    def _ipython_key_completions_(self) -> list[str]:
        return list(self.outlines)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return join(self.values())._repr_mimebundle_()

    def __repr__(self) -> str:
        return f"<Charts: {', '.join(self.outlines) or 'none'}>"
