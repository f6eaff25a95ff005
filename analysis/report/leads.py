"""What a report has to say first: the findings that lead it, each with its chart and its question, and the others."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from msgspec import json

from analysis.figures.display import CHANGE_MEASURES
from analysis.figures.model import Statistic
from analysis.findings.finding import Finding
from analysis.findings.signal import BREAK
from analysis.release.release import FindingsHead, Release

NOTHING = "No figure stands out by its level, beside other places or for a clear change."
NO_TEST = "None of these findings rests on a test of chance."
NO_YEAR = "No earlier return is held, so whether the agencies' own figures changed can't be said."


def list_cards(release: Release) -> list[dict[str, Any]]:
    """Return the findings that lead the report as cards: words, question, how sure, chart, section."""
    return [make_card(finding) for finding in release.findings if finding.lead]


def make_card(finding: Finding) -> dict[str, Any]:
    """Return a finding with its drawn chart; None in its place where it has none or it can't be drawn for everyone."""
    drawing = draw_finding(finding)
    return {"finding": finding, "chart": drawing}


def draw_finding(finding: Finding) -> Any:
    """Return a finding's chart, drawn once for all pages. Drawing is loaded only where there is something to draw."""
    return draw_encoded(json.encode(finding)) if finding.chart else None


@cache
def draw_encoded(held: bytes) -> Any:
    """Return the chart of a finding that is given as JSON."""
    finding = json.decode(held, type=Finding)
    chart = finding.chart
    from analysis.charts.chart import Mark
    from analysis.report.drawings import Drawing, draw_checked

    marks = [Mark(bar.label, bar.value, bar.display, bar.group) for bar in chart.bars]
    texts = {"id": finding.id, "title": finding.title, "subtitle": chart.subtitle, "source": chart.source}
    drawn = draw_checked(chart.kind, marks, **texts)
    return drawn if isinstance(drawn, Drawing) else None


def list_others(release: Release) -> list[Finding]:
    """Return the findings that don't lead, in their order, but for those that something can't be compared: of these
    their sections tell."""
    return [finding for finding in release.findings if not finding.lead and finding.kind != BREAK]


def say_how_sure(release: Release) -> str:
    """Return how findings were told from chance; that nothing stands out; or that no earlier year is held."""
    method = release.heads.get("", FindingsHead()).method or (NO_TEST if release.findings else NOTHING)
    held = any(comparison.against for s in release.statistics for comparison in s.comparisons)
    alone = [] if held or not release.statistics else [NO_YEAR]
    return " ".join([method, *alone])


def list_reported(statistics: Iterable[Statistic]) -> list[Statistic]:
    """Return the changes that agencies reported themselves, which can't be worked out here; none between two figures
    that can't be compared."""
    told = list(statistics)
    broken = {s.indicator for s in told if any(comparison.broken for comparison in s.comparisons)}
    changes = (s for s in told if s.measure_type in CHANGE_MEASURES and s.published and s.current)
    return [s for s in changes if s.indicator not in broken]
