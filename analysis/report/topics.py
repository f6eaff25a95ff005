"""One topic of a section as a block: tiles, charts, table, statements, caveats."""

from collections.abc import Sequence
from typing import Any

from analysis.report.blocks import Block, render
from analysis.report.figures import make_charts
from analysis.statistics.model import SYMBOL_WORDS, Statistic
from analysis.statistics.store import select


def make_topic(topic: dict[str, Any], statistics: Sequence[Statistic], *, heading_id: str) -> Block:
    """Return the block of a topic. Without a figure it says so; nothing is silently missing."""
    charts = make_charts(topic, statistics)
    html = render(
        "blocks/topic.html.j2",
        id=heading_id,
        topic=topic,
        tiles=[make_tile(s) for s in _headline(topic, statistics)],
        charts=charts,
        rows=make_rows(statistics),
        legend=make_legend(statistics),
        statements=[
            {"anchor": f"statement-{s.statistic_id}", "text": s.statement, "id": s.statistic_id} for s in statistics
        ],
        caveats=[*topic["caveats"], *([] if statistics else ["No figure for this topic was returned."])],
    )
    return Block(str(html), _as_text(topic, statistics), tuple(chart.files(topic["section"]) for chart in charts))


def _headline(topic: dict[str, Any], statistics: Sequence[Statistic]) -> list[Statistic]:
    """Return the key figures: those that the topic names, of the report's own year where there is one."""
    chosen = []
    for selector in topic["headline"]:
        found = select(statistics, selector)
        chosen += [s for s in found if s.offset in (0, None)] or found
    return chosen[:4]


def make_tile(statistic: Statistic) -> dict[str, str]:
    """Return a key figure: value, what it is, when, and the change in words."""
    change = next((c.words for c in statistic.comparisons), "")
    return {
        "display": statistic.display,
        "name": full_label(statistic),
        "when": _detail(statistic.period.label, statistic.base),
        "change": change,
    }


def make_rows(statistics: Sequence[Statistic]) -> list[dict[str, str]]:
    """Return the rows of a topic's table; categories stand under the title of what they split."""
    rows, last = [], None
    for s in statistics:
        group = s.title if s.category or s.dimension else None
        rows.append(
            {
                "group": group if group != last else None,
                "label": s.label + place(s),
                "display": s.display,
                "detail": _detail(s.base, limits(s), s.per_month),
                "period": s.period.label,
                "comparison": " ".join(c.words for c in s.comparisons),
            }
        )
        last = group
    return rows


def full_label(statistic: Statistic) -> str:
    """Return what a figure is, standing alone: title and category, and the area where it isn't the report's."""
    name = f"{statistic.title}: {statistic.label}" if statistic.category else statistic.title
    return name + place(statistic)


def place(statistic: Statistic) -> str:
    """Return the area of a figure in brackets; nothing for the report's own area."""
    if statistic.own_geography:
        return ""
    return " (area not stated)" if statistic.geography == "unclear" else f" ({statistic.geography})"


def limits(statistic: Statistic) -> str:
    """Return the interval of a percentage with its method, where it has one."""
    if statistic.lower is None:
        return ""
    return f"95% interval {statistic.lower:g}% to {statistic.upper:g}%, {statistic.method}"


def make_legend(statistics: Sequence[Statistic]) -> list[tuple[str, str]]:
    """Return each symbol that occurs, with what it means."""
    return [(symbol, SYMBOL_WORDS[symbol]) for symbol in sorted({s.symbol for s in statistics if s.symbol})]


def _detail(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _as_text(topic: dict[str, Any], statistics: Sequence[Statistic]) -> str:
    return "\n".join([topic["title"], *(s.statement for s in statistics)])
