"""One topic of a section as a block: tiles, charts, table, statements, caveats."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from analysis.figures.display import CHANGE_MEASURES, place_words
from analysis.figures.model import Comparison, Statistic
from analysis.figures.select import select
from analysis.report.blocks import Block, render
from analysis.report.detail import make_detail, split_detail
from analysis.report.official import make_official
from analysis.report.rows import join_words, list_facts, make_legend, make_row

NOTHING: Mapping[str, Any] = {}


def make_topic(
    topic: dict[str, Any],
    statistics: Sequence[Statistic],
    report: Sequence[Statistic],
    official: Sequence[dict[str, Any]] = (),
    *,
    heading_id: str,
    period: str,
    store: Mapping[str, Any] = NOTHING,
) -> Block:
    """Return the block of a topic; its key figures and charts may draw on all statistics of the report.

    `store` gives charts over time what they need besides. Months and long splits are folded into tables; where there
    are such, key figures alone have sentences, and the others references. Without a figure the topic says so.
    """
    charts, refused = draw_charts(topic, report, store)
    headline = choose_headline(topic, report)
    shown, folded = split_detail(statistics)
    beside, more_charts = make_official(
        official, id=heading_id, title=topic["title"], section=topic["section"], drawn=True, titles=store.get("titles")
    )
    html = render(
        "blocks/topic.html.j2",
        id=heading_id,
        topic=topic,
        tiles=[make_tile(s) for s in headline],
        charts=charts,
        refused=refused,
        table=make_table(shown, references=bool(folded)),
        detail=make_detail(folded, id=heading_id),
        legend=make_legend(statistics),
        statements=list_statements([s for s in statistics if s in headline]),
        more=[] if folded else list_statements([s for s in shown if s not in headline]),
        caveats=[*topic["caveats"], *warn(statistics, period)],
        official=Markup(beside),  # noqa: S704  escaped by its own template
    )
    return Block(
        str(html),
        _as_text(topic, statistics),
        (*(chart.files(topic["section"]) for chart in (*charts, *refused)), *more_charts),
    )


def warn(statistics: Sequence[Statistic], period: str) -> list[str]:
    """Return what a reader must be warned of, whatever the topic: no figure, another period, another area.

    `period` is the label of the report's own. Figures of other years stand with their own dates.
    """
    if not statistics:
        return ["No figure for this topic was returned."]
    current = [s for s in statistics if s.offset == 0 and s.period.stated and s.period.basis != "snapshot"]
    other = dict.fromkeys(s.period.label for s in current if s.period.label != period and (s.period.months or 0) > 1)
    places = dict.fromkeys(s.geography for s in statistics if not s.own_geography and s.geography != "unclear")
    return [
        *(f"Some figures are for {label}, not for the report's own period ({period})." for label in other),
        *(f"Some figures are for {name}, not for the partnership's own area." for name in places),
    ]


def draw_charts(
    topic: Mapping[str, Any], report: Sequence[Statistic], store: Mapping[str, Any]
) -> tuple[list[Any], list[Any]]:
    """Return the topic's charts, and those refused. Drawing is loaded only where there is something to draw."""
    if not topic["charts"]:
        return [], []
    from analysis.report.figures import make_charts

    return make_charts(topic, report, store)


def choose_headline(topic: dict[str, Any], report: Sequence[Statistic]) -> list[Statistic]:
    """Return at most four key figures, one a selector: of the report's own year, and a figure before a change."""
    chosen = []
    for selector in topic["headline"]:
        found = select(report, selector)
        current = [s for s in found if s.offset in (0, None)] or found
        chosen += sorted(current, key=lambda s: s.measure_type in CHANGE_MEASURES)[:1]
    return chosen[:4]


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


def make_more(statistics: Sequence[Statistic]) -> Block:
    """Return the figures that no topic shows: totals in a table, months in one, each other split folded."""
    totals = [s for s in statistics if not (s.dimension or s.category)]
    html = render(
        "blocks/more.html.j2",
        totals=[_row(fact, references=True) for fact in list_facts(totals)],
        detail=make_detail([s for s in statistics if s.dimension or s.category], id="topic-more"),
        legend=make_legend(statistics),
    )
    return Block(str(html), "\n".join(["Other figures returned", *(s.statement for s in totals)]))


def full_label(statistic: Statistic) -> str:
    """Return what a figure is, standing alone: title and category, and the area where it isn't the report's."""
    name = f"{statistic.title}: {statistic.label}" if statistic.category else statistic.title
    return name + place_words(statistic)


def _as_text(topic: dict[str, Any], statistics: Sequence[Statistic]) -> str:
    return "\n".join([topic["title"], *(s.statement for s in statistics)])
