"""summary.html: one page in plain words that a councillor understands in a minute."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from analysis.figures.model import Statistic
from analysis.report.assemble import frame, write_text
from analysis.report.blocks import render
from analysis.report.index import list_headlines
from analysis.report.moves import BETTER, BROKEN, MOVED, WORRYING, list_moves, list_reported, say_how_sure
from analysis.report.pages import make_page
from analysis.report.section import NOTHING_SENT

FILE = "summary.html"
MOST_TILES, MOST_CHANGES = 4, 5  # one printed page
WAYS = {WORRYING: "Worth asking about: ", BETTER: "The right way: ", MOVED: "", BROKEN: ""}


def write_summary(folder: Path, store: dict[str, Any]) -> Path:
    """Write summary.html into a release's folder and return its path."""
    html = render("blocks/summary.html.j2", **summarise(store), **frame(store))
    path = folder / FILE
    write_text(make_page(BeautifulSoup(html, "lxml"), contents=False), path)
    return path


def summarise(store: dict[str, Any]) -> dict[str, Any]:
    """Return what the summary tells: headlines, changes, what is missing, how old the data are."""
    changes = list_changes(store)
    current = [s for s in store["statistics"] if s.offset in (0, None)]
    silent = [entry for entry in store["returns"] if entry["status"] in NOTHING_SENT]
    return {
        "tiles": list_headlines(store)[:MOST_TILES],
        "changes": changes[:MOST_CHANGES],
        "more_changes": max(0, len(changes) - MOST_CHANGES),
        "how_sure": say_how_sure(store),
        "current": len(current),
        "silent": list(dict.fromkeys(entry["agency"] for entry in silent)),
        "hidden": sum(s.symbol in ("[c]", "[low]") for s in store["statistics"]),
        "figures": len(store["statistics"]),
        "undated": sum(not s.period.stated for s in current),
        "other_period": count_other_periods(current, store["period"]),
        "latest": latest_end(current),
    }


def list_changes(store: dict[str, Any]) -> list[dict[str, str]]:
    """Return what stands out, the most worrying first, and then the changes that agencies reported."""
    moves = list_moves(store)
    signals = [{**one, "words": WAYS[bearing] + one["words"]} for bearing in moves for one in moves[bearing]]
    reported = list_reported(store["statistics"])
    return signals + [{**one, "words": f"As reported: {one['words']}"} for one in reported]


def count_other_periods(statistics: Sequence[Statistic], period: str) -> int:
    """Return how many figures state a stretch of time, longer than a month, that isn't the report's own."""
    spans = [s.period for s in statistics if s.period.stated and s.period.basis != "snapshot"]
    return sum(span.label != period and span.months != 1 for span in spans)


def latest_end(statistics: Sequence[Statistic]) -> str:
    """Return the latest day that a figure tells of, in words; nothing where none states its period."""
    ends: list[date] = [s.period.end for s in statistics if s.period.stated and s.period.end and s.offset == 0]
    return f"{max(ends).day} {max(ends):%B %Y}" if ends else ""
