"""One topic of a section as a block: tiles, charts, table, statements, caveats."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from markupsafe import Markup

from analysis.report.blocks import Block, render
from analysis.report.official import make_official
from analysis.statistics.display import CHANGE_MEASURES, display_range, place_words
from analysis.statistics.model import SYMBOL_WORDS, Comparison, Statistic
from analysis.statistics.store import select

NONE_HELD = "None held"
NOTHING: Mapping[str, Any] = {}
MONTH = "month"


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

    `store` gives charts over time what they need besides. Without a figure the topic says so; nothing is silently
    missing.
    """
    charts, refused = draw_charts(topic, report, store)
    headline = choose_headline(topic, report)
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
        table=make_table(statistics),
        legend=make_legend(statistics),
        statements=list_statements([s for s in statistics if s in headline]),
        more=list_statements([s for s in statistics if s not in headline]),
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
        "when": _detail(statistic.period.label, statistic.base),
        "change": next((say_change(c) for c in statistic.comparisons), ""),
    }


def say_change(comparison: Comparison) -> str:
    """Return a comparison as a tile has room for it: why one was refused stands in the table."""
    if not comparison.refused:
        return comparison.words
    reason = comparison.refused.partition(":")[0]
    return f"Earlier figure: {comparison.other} ({comparison.against}), {reason}."


def make_table(statistics: Sequence[Statistic]) -> dict[str, Any] | None:
    """Return a topic's table: groups of rows, categories under the title of what they split.

    The period of most rows stands in the caption, and rows of another one say so; without any comparison there
    is no column for one.
    """
    if not statistics:
        return None
    period, mixed = find_usual_period(statistics)
    compared = any(c.against for s in statistics for c in s.comparisons)
    split = groupby(statistics, key=lambda s: s.title if s.category or s.dimension else "")
    groups = [{"title": title, "rows": [make_row(fact) for fact in _facts(rows)]} for title, rows in split]
    columns = 2 + (not period) + compared
    return {"groups": groups, "period": period, "mixed": mixed, "compared": compared, "columns": columns}


def find_usual_period(statistics: Sequence[Statistic]) -> tuple[str, bool]:
    """Return the period of more than half of the figures, empty without one; and whether any differs."""
    (label, held), *others = Counter(s.period.label for s in statistics).most_common()
    return (label, bool(others)) if 2 * held > len(statistics) else ("", True)


def _facts(statistics: Iterable[Statistic]) -> list[list[Statistic]]:
    """Return the statistics grouped into facts: the two ends of a range are one."""
    return [list(fact) for _, fact in groupby(statistics, key=lambda s: (s.key, s.period, not s.bound))]


def make_row(fact: Sequence[Statistic]) -> dict[str, str]:
    """Return one row of a table: one statistic, or both ends of a range."""
    s = fact[0]
    return {
        "label": s.label + place_words(s),
        "display": display_range(fact) if len(fact) > 1 and s.published else s.display,
        "detail": _detail(s.base, limits(s), s.per_month, s.reconciled),
        "period": s.period.label,
        "comparison": " ".join(c.words if c.against else NONE_HELD for c in s.comparisons) or NONE_HELD,
    }


def make_more(statistics: Sequence[Statistic]) -> Block:
    """Return the figures that no topic shows: totals in one table, months in one, each other split folded."""
    totals = [s for s in statistics if not (s.dimension or s.category)]
    monthly = [s for s in statistics if s.dimension == MONTH]
    splits: dict[str, list[Statistic]] = {}
    for s in statistics:
        if (s.dimension or s.category) and s.dimension != MONTH:
            splits.setdefault(s.title, []).append(s)
    html = render(
        "blocks/more.html.j2",
        totals=[_with_id(fact) for fact in _facts(totals)],
        months=make_months(monthly),
        groups=[
            {"title": title, "rows": [_with_id(fact) for fact in _facts(found)]} for title, found in splits.items()
        ],
        legend=make_legend(statistics),
    )
    return Block(str(html), "\n".join(["Other figures returned", *(s.statement for s in totals)]))


def make_months(statistics: Sequence[Statistic]) -> dict[str, Any] | None:
    """Return the monthly series as one table: a row a series, a column a month."""
    if not statistics:
        return None
    names = sorted({s.category for s in statistics})
    series: dict[str, dict[str, str]] = {}
    for s in statistics:
        series.setdefault(s.title, {})[s.category] = s.display
    return {
        "names": [f"{date.fromisoformat(name + '-01'):%b %Y}" for name in names],
        "rows": [(title, [found.get(name, "[x]") for name in names]) for title, found in series.items()],
    }


def _with_id(fact: Sequence[Statistic]) -> dict[str, str]:
    return {**make_row(fact), "id": ", ".join(s.statistic_id for s in fact)}


def full_label(statistic: Statistic) -> str:
    """Return what a figure is, standing alone: title and category, and the area where it isn't the report's."""
    name = f"{statistic.title}: {statistic.label}" if statistic.category else statistic.title
    return name + place_words(statistic)


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
