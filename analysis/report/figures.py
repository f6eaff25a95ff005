"""The charts of a topic: marks from its statistics, drawn where two or more figures can be shown."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from analysis.charts.chart import Chart, Mark
from analysis.charts.kinds import draw
from analysis.statistics.display import display_range
from analysis.statistics.model import Statistic
from analysis.statistics.store import select

OVER_TIME = ("pairs", "trend")
WORDS = ("title", "subtitle", "alt", "description", "source")


@dataclass(frozen=True)
class Figure:
    """A drawn chart with the texts that a page needs."""

    chart: Chart
    svg: str
    csv: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.chart, name)

    def files(self, section: str) -> dict[str, str]:
        """Return the chart's files as text, for the run to write beside the pages."""
        png = base64.b64encode(self.chart.png()).decode()
        words = {name: getattr(self.chart, name) for name in WORDS}
        return {"section": section, "id": self.chart.id, "svg": self.svg, "csv": self.csv, "png": png, **words}


def make_charts(topic: dict[str, Any], statistics: Sequence[Statistic]) -> list[Figure]:
    """Return the topic's charts; one with fewer than two figures to show is left out, its table stands."""
    planned = [(plan, choose(plan, statistics)) for plan in topic["charts"]]
    return [make_chart(plan, chosen) for plan, chosen in planned if _drawable(chosen)]


def _drawable(statistics: Sequence[Statistic]) -> bool:
    return sum(s.value is not None for s in statistics) >= 2


def choose(plan: dict[str, Any], statistics: Sequence[Statistic]) -> list[Statistic]:
    """Return the statistics that a chart draws, in its order: one measure, and one year unless it is about time."""
    found = {
        s.statistic_id: s
        for selector in plan["select"]
        for s in select(statistics, selector)
        if s.measure_type == plan["measure"]
    }
    if plan["kind"] in OVER_TIME:
        return sorted(found.values(), key=lambda s: s.offset or 0)
    current = [s for s in found.values() if s.offset in (0, None)]
    return current or list(found.values())


def make_chart(plan: dict[str, Any], statistics: Sequence[Statistic]) -> Figure:
    """Return one chart: its title says what, its subtitle measure, place and period."""
    chart = draw(
        plan["kind"],
        make_marks(plan, statistics),
        id=plan["id"],
        title=plan["title"],
        subtitle=make_subtitle(plan, statistics),
        source=f"Source: {', '.join(dict.fromkeys(s.agency for s in statistics))}.",
    )
    return Figure(chart, chart.svg(), chart.csv())


def make_subtitle(plan: dict[str, Any], statistics: Sequence[Statistic]) -> str:
    """Return measure, area and period of a chart; where the periods differ, that they do."""
    measure = {"count": "Number", "percent": "Percentage"}.get(plan["measure"], plan["measure"].capitalize())
    places = list(dict.fromkeys(s.geography for s in statistics))
    periods = list(dict.fromkeys(s.period.label for s in statistics))
    when = periods[0] if len(periods) == 1 else "periods as labelled"
    return ", ".join([measure, " and ".join(places) if len(places) <= 2 else "areas as labelled", when])


def make_marks(plan: dict[str, Any], statistics: Sequence[Statistic]) -> list[Mark]:
    """Return one mark a figure; the two bounds of a range are one mark."""
    usual = most_usual(statistics)
    titles = {s.title for s in statistics}
    facts: dict[tuple, list[Statistic]] = {}
    for s in statistics:
        facts.setdefault((s.key, s.period), []).append(s)
    return [make_mark(plan, fact, usual, several=len(titles) > 1) for fact in facts.values()]


def most_usual(statistics: Sequence[Statistic]) -> tuple[str, str]:
    """Return the area and period that most of the figures have; a mark that has another says so."""
    pairs = [(s.geography, s.period.label) for s in statistics]
    return max(pairs, key=pairs.count)


def make_mark(plan: dict[str, Any], fact: Sequence[Statistic], usual: tuple[str, str], *, several: bool) -> Mark:
    """Return the mark of one fact: one statistic, or the lower and upper bound of a range."""
    s = fact[0]
    over_time = plan["kind"] in OVER_TIME
    when = "" if over_time or s.period.label == usual[1] else s.period.label
    where = "" if s.geography == usual[0] else s.geography
    values = {"lower": s.lower, "upper": s.upper, "value": s.value, "display": s.display}
    if len(fact) == 2 and s.published:
        low, high = sorted(bound.value for bound in fact)
        values = {"lower": low, "upper": high, "value": None, "display": display_range(fact)}
    return Mark(
        label=s.label,
        group=s.period.label if over_time else (s.title if several and plan["kind"] == "stacked" else ""),
        note=", ".join(part for part in (where, when) if part),
        whole=not (when or where),
        **values,
    )
