"""A section as its notebook sees it: shown by itself the head of its page; its topics, what isn't there, sources."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup
from msgspec import structs

from analysis.errors import CommandError, unknown
from analysis.findings.gaps import MISSING, name_dataset
from analysis.measures.words import join_names
from analysis.release.release import MeasureText, Release, Return
from analysis.report.ages import say_as_at
from analysis.report.blocks import Block, join, render
from analysis.report.figure import Figure, find_figure
from analysis.report.frames import Frame, frame_statistics
from analysis.report.notices import RELEASE_WORDS, list_notices, list_provenance
from analysis.report.official import show_official
from analysis.report.outline import SectionOutline, outline_section
from analysis.report.parts import show_more
from analysis.report.rows import list_outcomes
from analysis.report.topic import Topic


class Section:
    """One section of one release. Shown by itself it is the head of its page."""

    def __init__(self, id: str, release: Release):
        """Take a section of a release. Raises CommandError for an unknown one."""
        self.outline: SectionOutline = outline_section(release, id)
        self.id = id

    @property
    def figures(self) -> Frame:
        """The section's figures, as its release may show them: a row each."""
        return frame_statistics(self.outline.statistics, self.outline.release)

    def figure(self, name: str) -> Figure:
        """Return one of the section's measures, to look into. Raises CommandError naming the nearest."""
        measures = {s.indicator for topic in self.outline.topics for s in topic.statistics}
        return find_figure(name, self.outline.release, within=measures | {s.indicator for s in self.outline.statistics})

    @property
    def topics(self) -> list[Topic]:
        """The section's topics that have a figure, in the order to show them, each with those under it."""
        heads = [topic.plan.id for topic in self.outline.planned if not topic.plan.under]
        return [topic for topic in map(self.topic, heads) if topic]

    def topic(self, id: str) -> Topic:
        """Return one topic and those under it: whole when shown, and its parts.

        A topic for which no figure was returned takes no room on a page: `gaps` lists it. Raises CommandError for an
        unknown one.
        """
        planned = {topic.plan.id: topic for topic in self.outline.planned}
        if id not in planned:
            raise CommandError(unknown("topic", id, planned))
        wanted = [topic for topic in planned.values() if id in (topic.plan.id, topic.plan.under)]
        return Topic(planned[id].plan, tuple(topic for topic in wanted if topic.statistics), self.outline.release)

    def more(self) -> Block:
        """Return the figures that no topic shows, so that none is silently missing; nothing where there is none."""
        return show_more(self.outline.more) if self.outline.more.statistics else Block("", "")

    def official(self) -> Block:
        """Return the official statistics about the area that no return gave; nothing where there are none."""
        officials, title = self.outline.officials, "Figures that no return gave"
        body = show_official(officials, id="official", title=title, section=self.id, titles={})
        if not officials:
            return body
        html = render("blocks/unreturned.html.j2", body=Markup(body.html))  # noqa: S704  escaped by its own template
        return replace(body, html=str(html), text=f"{body.text} that no return gave")

    def gaps(self) -> Block:
        """Return what isn't here: returns that didn't come, and what this section would show with them."""
        outline = self.outline
        lead = (
            "With its returns, this section would show:"
            if outline.lacking or not outline.statistics
            else "These returns would let the section show more:"
        )
        html = render("blocks/gaps.html.j2", missing=outline.lacking, owes=outline.owed, lead=lead, empty=outline.empty)
        return Block(str(html), f"What is not here: {len(outline.lacking)} returns, {len(outline.owed)} subjects")

    def sources(self) -> Block:
        """Return the definitions under the figures, where they come from, and the foot of the page."""
        release, definitions = self.outline.release, self.outline.definitions
        previous, following = self.outline.turn
        senders = Counter(definition.returned for definition in definitions)
        html = render(
            "blocks/sources.html.j2",
            definitions=[(say_once(definition.text), definition.returned) for definition in definitions],
            sender=max(senders, key=senders.get, default=""),
            credit=release.partnership.credit,
            provenance=list_provenance(release, self.outline.returns),
            previous=previous,
            next=following,
        )
        return Block(str(html), f"Definitions of {len(definitions)} indicators")

    def closing(self) -> Block:
        """Return what ends a section: other figures, official statistics, what isn't here, definitions and sources."""
        return join([self.more(), self.official(), self.gaps(), self.sources()])

    def head(self) -> Block:
        """Return the head of the section's page, and what stands out in it."""
        outline, release = self.outline, self.outline.release
        alike = Counter((e.agency, e.dataset, e.words, e.note) for e in outline.returns)
        returns = {(e.agency, e.dataset, e.words, e.note): e for e in outline.returns}
        html = render(
            "blocks/header.html.j2",
            report_name=release.name,
            heading=outline.plan.name,
            about=outline.plan.about,
            period=release.period.label,
            release_words=RELEASE_WORDS[release.kind],
            notices=list_notices(release),
            findings=outline.findings,
            head=outline.head,
            untold=outline.untold,
            untested=outline.untested,
            breaks=outline.breaks,
            outcomes=list_outcomes(outline.statistics),
            as_at=say_as_at(outline.returns),
            missing=say_missing(outline.returns),
            returns=[(entry, alike[key]) for key, entry in returns.items()],
            came=len(outline.returns) - len(outline.missing),
            asked=len(outline.returns),
        )
        return Block(str(html), "\n".join([repr(self), *list_notices(release)]), kind=release.kind)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return self.head()._repr_mimebundle_()

    def _ipython_key_completions_(self) -> list[str]:
        return [topic.plan.id for topic in self.outline.planned]

    __getitem__ = topic

    def __repr__(self) -> str:
        outline, release = self.outline, self.outline.release
        held = f"{len(outline.statistics)} figures in {len(outline.topics)} topics"
        return f"<Section {outline.plan.name} ({release.partnership.id} {release.year}, {release.kind}): {held}>"


def say_missing(returns: Sequence[Return]) -> list[str]:
    """Return a sentence for each return of a section that is missing; where others of its agency came, which it is."""
    came = {one.agency for one in returns if not one.silent}
    return list(dict.fromkeys(_say_missing(one, one.agency in came) for one in returns if one.status == MISSING))


def _say_missing(missing: Return, others_came: bool) -> str:
    names = [name_dataset(dataset) for dataset in missing.dataset.split(";") if dataset]
    if not (others_came and names):
        return f"{missing.agency}: {missing.said}"
    return f"{missing.agency}: {join_names(names)} did not come. {missing.note}".strip()


def say_once(text: MeasureText) -> MeasureText:
    """Return a definition without a numerator and denominator that its text already gives in the same words."""
    sides = (text.numerator, text.denominator)
    repeated = all(words and words.lower() in text.definition.lower() for words in sides)
    return structs.replace(text, numerator="", denominator="") if repeated else text
