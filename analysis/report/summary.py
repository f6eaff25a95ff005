"""summary.html: one page in plain words that a councillor understands in a minute."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from analysis.methods.change import FALLEN, RISEN
from analysis.report.assemble import frame, list_headlines, write_text
from analysis.report.blocks import render
from analysis.report.pages import make_page
from analysis.report.section import NOTHING_SENT
from analysis.report.topics import full_label
from analysis.statistics.display import CHANGE_MEASURES
from analysis.statistics.model import Statistic

FILE = "summary.html"
MOST_TILES, MOST_CHANGES = 3, 4  # one printed page


def write_summary(folder: Path, store: dict[str, Any]) -> Path:
    """Write summary.html into a release's folder and return its path."""
    html = render("blocks/summary.html.j2", **summarise(store), **frame(store))
    path = folder / FILE
    write_text(make_page(BeautifulSoup(html, "lxml"), contents=False), path)
    return path


def summarise(store: dict[str, Any]) -> dict[str, Any]:
    """Return what the summary tells: headlines, changes, what is missing, how old the data are."""
    changes = list_changes(store["statistics"])
    current = [s for s in store["statistics"] if s.offset in (0, None)]
    silent = [entry for entry in store["returns"] if entry["status"] in NOTHING_SENT]
    return {
        "tiles": list_headlines(store)[:MOST_TILES],
        "changes": changes[:MOST_CHANGES],
        "more_changes": max(0, len(changes) - MOST_CHANGES),
        "uncompared": sum(not any(c.difference for c in s.comparisons) for s in current),
        "current": len(current),
        "silent": list(dict.fromkeys(entry["agency"] for entry in silent)),
        "hidden": sum(s.symbol in ("[c]", "[low]") for s in store["statistics"]),
        "figures": len(store["statistics"]),
        "undated": sum(not s.period.stated for s in current),
        "other_period": count_other_periods(current, store["period"]),
        "latest": latest_end(current),
    }


def list_changes(statistics: Sequence[Statistic]) -> list[dict[str, str]]:
    """Return the changes that the figures can carry: those risen or fallen first, then what agencies reported."""
    compared = [(s, c) for s in statistics for c in s.comparisons if c.difference]
    compared.sort(key=lambda pair: not has_moved(pair[1].verdict))
    found = [{"section": s.section, "text": f"{full_label(s)}: {s.display}. {c.words}"} for s, c in compared]
    reported = [s for s in statistics if s.measure_type in CHANGE_MEASURES and s.published and s.offset in (0, None)]
    return found + [{"section": s.section, "text": f"As reported: {s.statement}"} for s in reported]


def has_moved(verdict: str) -> bool:
    """Whether a verdict is that the figure rose or fell."""
    return verdict in (RISEN, FALLEN)


def count_other_periods(statistics: Sequence[Statistic], period: str) -> int:
    """Return how many figures state a stretch of time that isn't the report's own."""
    return sum(s.period.stated and s.period.basis != "snapshot" and s.period.label != period for s in statistics)


def latest_end(statistics: Sequence[Statistic]) -> str:
    """Return the latest day that a figure tells of, in words; nothing where none states its period."""
    ends: list[date] = [s.period.end for s in statistics if s.period.stated and s.period.end and s.offset == 0]
    return f"{max(ends).day} {max(ends):%B %Y}" if ends else ""
