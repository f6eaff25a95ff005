"""summary.html: one sheet of paper, in plain words, that a councillor understands in a minute."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from analysis.figures.model import Statistic
from analysis.measures.periods import say_day
from analysis.release.release import Release
from analysis.report.assemble import write_text
from analysis.report.blocks import render
from analysis.report.index import list_headlines, tell_silence
from analysis.report.leads import list_cards, list_others, say_how_sure
from analysis.report.notices import frame
from analysis.report.pages import make_page

FILE = "summary.html"
MOST_TILES = 4


def write_summary(folder: Path, release: Release) -> Path:
    """Write summary.html into a release's folder and return its path."""
    html = render("blocks/summary.html.j2", **summarise(release), **frame(release))
    path = folder / FILE
    write_text(make_page(BeautifulSoup(html, "lxml"), contents=False), path)
    return path


def summarise(release: Release) -> dict[str, Any]:
    """Return what the summary tells: the findings that lead, headlines, what is missing, how old the data are."""
    current = [s for s in release.statistics if s.current]
    return {
        "tiles": list_headlines(release)[:MOST_TILES],
        "cards": list_cards(release),
        "others": len(list_others(release)),
        "how_sure": say_how_sure(release),
        "silence": tell_silence(release.returns),
        "hidden": sum(s.symbol in ("[c]", "[low]") for s in release.statistics),
        "figures": len(release.statistics),
        "undated": sum(not s.period.stated for s in release.statistics),
        "other_period": count_other_periods(current, release.period.label),
        "latest": latest_end(current),
    }


def count_other_periods(statistics: Sequence[Statistic], period: str) -> int:
    """Return how many figures state a stretch of time, longer than a month, that isn't the report's own."""
    spans = [s.period for s in statistics if s.period.stated and s.period.basis != "snapshot"]
    return sum(span.label != period and span.months != 1 for span in spans)


def latest_end(statistics: Sequence[Statistic]) -> str:
    """Return the latest day that a figure tells of, in words; nothing where none states its period."""
    ends: list[date] = [s.period.end for s in statistics if s.period.stated and s.period.end and s.offset == 0]
    return say_day(max(ends)) if ends else ""
