"""A topic as blocks: whole, and each of its parts."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from analysis.figures.display import tell_level
from analysis.figures.model import Statistic
from analysis.report.blocks import Block, render, render_part
from analysis.report.detail import make_detail, make_parts, split_detail
from analysis.report.official import show_official
from analysis.report.outline import TopicOutline
from analysis.report.rows import list_statements, make_legend
from analysis.report.table import make_table


def show_topic(topic: TopicOutline) -> Block:
    """Return the block of a topic, whole.

    Each fact stands once: the first key figure in a sentence, all in the table. Months and long splits, charts but the
    first, and sentences to quote with their ids are folded. Without a figure the topic says so.
    """
    charts, refused = draw_charts(topic)
    shown, folded = split_detail(topic.whole)
    official = show_official_figures(topic, tabled=False)
    table = make_table(shown, topic.release, topic.officials)
    html = render(
        "blocks/topic.html.j2",
        id=name_heading(topic),
        title=topic.plan.title,
        what=topic.plan.what,
        why=topic.plan.why,
        lead=next((tell_level(s.statement) for s in topic.quoted), ""),
        charts=charts,
        refused=refused,
        table=table,
        detail=make_detail(folded, id=name_heading(topic), measures=topic.release.measures),
        parts_of_year=make_parts(topic.statistics),
        legend=make_legend([*shown, *topic.parts], table),
        statements=list_statements(order_quoted(topic, shown)),
        caveats=topic.caveats,
        official=Markup(official.html),  # noqa: S704  escaped by its own template
    )
    files = tuple(chart.files(topic.plan.section) for chart in (*charts, *refused))
    return Block(str(html), as_text(topic), (*files, *official.charts), topic.release.kind)


def order_quoted(topic: TopicOutline, shown: Sequence[Statistic]) -> list[Statistic]:
    """Return the statistics that have a sentence on the page, key figures first."""
    return [*topic.quoted, *(s for s in (*shown, *topic.parts) if s not in topic.headline)]


def name_heading(topic: TopicOutline) -> str:
    """Return the id of a topic's heading."""
    return f"topic-{topic.plan.id}"


def draw_charts(topic: TopicOutline) -> tuple[list[Any], list[Any]]:
    """Return the topic's charts, and those refused. Drawing is loaded only where there is something to draw."""
    if not topic.plan.charts:
        return [], []
    from analysis.report.drawings import make_charts

    return make_charts(topic.plan.charts, topic.release)


def show_heading(topic: TopicOutline) -> Block:
    """Return a topic's title, what it is and why it matters: what stands above a part that is shown alone."""
    plan = topic.plan
    html = render("blocks/heading.html.j2", id=name_heading(topic), title=plan.title, what=plan.what, why=plan.why)
    return Block(str(html), plan.title, kind=topic.release.kind)


def show_table(topic: TopicOutline) -> Block:
    """Return a topic's table, every figure in it but its months."""
    id, table = name_heading(topic), make_table(topic.written, topic.release)
    html = render_part("table_of", table, topic.plan.title, id)
    html += render_part("parts_of", make_parts(topic.statistics), topic.plan.title, id)
    html += render_part("legend_of", make_legend(topic.statistics, table))
    return Block(str(html), as_text(topic), kind=topic.release.kind)


def show_statements(topic: TopicOutline) -> Block:
    """Return a topic's sentences, those of its key figures first."""
    html = render_part("statements_of", list_statements(order_quoted(topic, topic.written)), topic.plan.title)
    return Block(str(html), as_text(topic), kind=topic.release.kind)


def show_official_figures(topic: TopicOutline, *, tabled: bool = True) -> Block:
    """Return the official figures beside a topic's own, with their charts; without a table where its own has them."""
    return show_official(
        topic.officials,
        id=name_heading(topic),
        title=topic.plan.title,
        section=topic.plan.section,
        titles=topic.release.titles,
        drawn=True,
        tabled=tabled,
    )


def show_caveats(topic: TopicOutline) -> Block:
    """Return what a reader must be warned of."""
    html = render_part("caveats_of", topic.caveats, topic.plan.title)
    return Block(str(html), "\n".join(topic.caveats), kind=topic.release.kind)


def show_more(topic: TopicOutline) -> Block:
    """Return the figures that no topic shows: totals in a table, months in one, each other split folded."""
    totals = [s for s in topic.whole if not (s.dimension or s.category)]
    table = make_table(totals, topic.release)
    html = render(
        "blocks/more.html.j2",
        table=table,
        detail=make_detail([s for s in topic.whole if s.dimension or s.category], id="topic-more"),
        parts_of_year=make_parts(topic.statistics),
        legend=make_legend(topic.statistics, table),
        statements=list_statements(totals),
    )
    text = "\n".join([topic.plan.title, *(s.statement for s in totals)])
    return Block(str(html), text, kind=topic.release.kind)


def as_text(topic: TopicOutline) -> str:
    """Return a topic as text: its title and its sentences."""
    return "\n".join([topic.plan.title, *dict.fromkeys(s.statement for s in topic.statistics)])
