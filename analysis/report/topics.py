"""One topic of a section as a block: tiles, charts, table, statements, caveats."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from analysis.figures.display import place_words
from analysis.figures.model import Comparison, Statistic
from analysis.report.blocks import Block, render, render_part
from analysis.report.detail import make_detail, split_detail
from analysis.report.official import show_official
from analysis.report.outline import TopicOutline
from analysis.report.rows import join_words, list_facts, make_legend, make_row


def show_topic(topic: TopicOutline) -> Block:
    """Return the block of a topic, whole.

    Months and long splits are folded into tables; where there are such, key figures alone have sentences, and the
    others references. Without a figure the topic says so.
    """
    charts, refused = draw_charts(topic)
    shown, folded = split_detail(topic.statistics)
    official = show_topic_official(topic)
    html = render(
        "blocks/topic.html.j2",
        id=name_heading(topic),
        title=topic.plan.title,
        what=topic.plan.what,
        why=topic.plan.why,
        tiles=[make_tile(s) for s in topic.headline],
        charts=charts,
        refused=refused,
        table=make_table(shown, references=bool(folded)),
        detail=make_detail(folded, id=name_heading(topic)),
        legend=make_legend(topic.statistics),
        statements=list_statements(topic.quoted),
        more=[] if folded else list_statements([s for s in shown if s not in topic.headline]),
        caveats=topic.caveats,
        official=Markup(official.html),  # noqa: S704  escaped by its own template
    )
    files = tuple(chart.files(topic.plan.section) for chart in (*charts, *refused))
    return Block(str(html), as_text(topic), (*files, *official.charts), topic.release.kind)


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


def show_tiles(topic: TopicOutline) -> Block:
    """Return a topic's key figures."""
    tiles = [make_tile(s) for s in topic.headline]
    text = "\n".join(f"{tile['name']}: {tile['display']} ({tile['when']})" for tile in tiles)
    return Block(str(render_part("tiles_of", tiles, topic.plan.title)), text, kind=topic.release.kind)


def show_table(topic: TopicOutline) -> Block:
    """Return a topic's table, every figure in it but its months."""
    id, legend = name_heading(topic), render_part("legend_of", make_legend(topic.statistics))
    html = render_part("table_of", make_table(topic.written, references=True), topic.plan.title, id) + legend
    return Block(str(html), as_text(topic), kind=topic.release.kind)


def show_statements(topic: TopicOutline) -> Block:
    """Return a topic's sentences, those of its key figures first."""
    rest = [s for s in topic.written if s not in topic.headline]
    html = render_part("statements_of", list_statements([*topic.quoted, *rest]), [], topic.plan.title)
    return Block(str(html), as_text(topic), kind=topic.release.kind)


def show_topic_official(topic: TopicOutline) -> Block:
    """Return the official figures beside a topic's own, with their charts."""
    return show_official(
        topic.officials,
        id=name_heading(topic),
        title=topic.plan.title,
        section=topic.plan.section,
        drawn=True,
        titles=topic.release.titles,
    )


def show_caveats(topic: TopicOutline) -> Block:
    """Return what a reader must be warned of."""
    html = render_part("caveats_of", topic.caveats, topic.plan.title)
    return Block(str(html), "\n".join(topic.caveats), kind=topic.release.kind)


def list_statements(statistics: Sequence[Statistic]) -> list[dict[str, str]]:
    """Return each sentence once, with its anchor and the ids that it speaks of."""
    ids: dict[str, list[str]] = {}
    for s in statistics:
        ids.setdefault(s.statement, []).append(s.statistic_id)
    return [{"anchor": f"statement-{names[0]}", "text": text, "id": ", ".join(names)} for text, names in ids.items()]


def make_tile(statistic: Statistic) -> dict[str, str]:
    """Return a key figure: value, what it is, when, and the change in words."""
    return {
        "display": statistic.display,
        "name": full_label(statistic),
        "when": join_words(statistic.period.label, statistic.base),
        "change": next((say_change(c) for c in statistic.comparisons), ""),
    }


def say_change(comparison: Comparison) -> str:
    """Return a comparison as a tile has room for it: why one was refused stands in the table."""
    if not comparison.refused:
        return comparison.words
    reason = comparison.refused.partition(":")[0]
    return f"Earlier figure: {comparison.other} ({comparison.against}), {reason}."


def make_table(statistics: Sequence[Statistic], *, references: bool = False) -> dict[str, Any] | None:
    """Return a topic's table: groups of rows, categories under the title of what they split.

    The period of most rows stands in the caption, and rows of another one say so; without any comparison there
    is no column for one. With `references` each row carries the id of its figure, where no sentence does.
    """
    if not statistics:
        return None
    period, mixed = find_usual_period(statistics)
    compared = any(c.against for s in statistics for c in s.comparisons)
    split = groupby(statistics, key=lambda s: s.title if s.category or s.dimension else "")
    groups = [{"title": title, "rows": [_row(fact, references) for fact in list_facts(rows)]} for title, rows in split]
    columns = 2 + (not period) + compared
    return {"groups": groups, "period": period, "mixed": mixed, "compared": compared, "columns": columns}


def find_usual_period(statistics: Sequence[Statistic]) -> tuple[str, bool]:
    """Return the period of more than half of the figures, empty without one; and whether any differs."""
    (label, held), *others = Counter(s.period.label for s in statistics).most_common()
    return (label, bool(others)) if 2 * held > len(statistics) else ("", True)


def _row(fact: Sequence[Statistic], references: bool) -> dict[str, str]:
    return {**make_row(fact), "id": ", ".join(s.statistic_id for s in fact) if references else ""}


def show_more(topic: TopicOutline) -> Block:
    """Return the figures that no topic shows: totals in a table, months in one, each other split folded."""
    totals = [s for s in topic.statistics if not (s.dimension or s.category)]
    html = render(
        "blocks/more.html.j2",
        totals=[_row(fact, references=True) for fact in list_facts(totals)],
        detail=make_detail([s for s in topic.statistics if s.dimension or s.category], id="topic-more"),
        legend=make_legend(topic.statistics),
    )
    text = "\n".join([topic.plan.title, *(s.statement for s in totals)])
    return Block(str(html), text, kind=topic.release.kind)


def full_label(statistic: Statistic) -> str:
    """Return what a figure is, standing alone: title and category, and the area where it isn't the report's."""
    name = f"{statistic.title}: {statistic.label}" if statistic.category else statistic.title
    return name + place_words(statistic)


def as_text(topic: TopicOutline) -> str:
    """Return a topic as text: its title and its sentences."""
    return "\n".join([topic.plan.title, *dict.fromkeys(s.statement for s in topic.statistics)])
