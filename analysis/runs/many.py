"""Builds of many partnerships, one after another or by a cluster, and the report of how they went."""

import csv
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.errors import SafeguardingError, say_fault
from analysis.runs.build import build
from analysis.runs.crew import Crew
from analysis.runs.plan import Built, Outcome

FILE = "run_report.csv"
COLUMNS = ("partnership", "year", "state", "sections_run", "sections_failed", "seconds", "slowest", "error")
Shown = AbstractContextManager[tuple[Callable, Callable]]


@dataclass(frozen=True)
class Record:
    """What became of one build: what it made, or the error to tell, and the seconds that it took."""

    partnership: str
    year: str
    made: Built | Exception
    seconds: float

    @property
    def state(self) -> str:
        """Whether it was built, had nothing to do, or failed."""
        if isinstance(self.made, Exception):
            return "failed"
        return "built" if self.made.disclosure else "unchanged"

    @property
    def error(self) -> str:
        """What to tell where it failed, a line a problem."""
        told = isinstance(self.made, SafeguardingError)
        return "" if self.state != "failed" else str(self.made) if told else say_fault(self.made)

    @property
    def run(self) -> list[Outcome]:
        """The sections that were run, the slowest first."""
        outcomes = [] if self.state == "failed" else [one for one in self.made.outcomes if not one.kept]
        return sorted(outcomes, key=lambda one: -one.seconds)


def build_many(
    pairs: Sequence[tuple[str, str]], release: str, crew: Crew, show: Callable[[str], Shown], **options: Any
) -> Iterator[Record]:
    """Build a release of each partnership and year and give how each went: whole builds side by side where a crew can
    and there is one for each of its workers, else one after another, each shown as it goes."""
    with crew.open(len(pairs)) as builds_whole:
        if builds_whole:
            for place, made, seconds in crew.build_all([(*pair, release) for pair in pairs], **options):
                yield Record(*pairs[int(place)], made, seconds)
            return
        for pair in pairs:
            with show(pair[0]) as (progress, started):
                shown = {"progress": progress, "started": started}
                yield Record(*pair, *try_build(*pair, release, crew=crew, **shown, **options))


def try_build(*asked: Any, **options: Any) -> tuple[Built | Exception, float]:
    """Return what a build made, or the error to tell, and the seconds that it took."""
    started = time.monotonic()
    try:
        made = build(*asked, **options)
    except (SafeguardingError, OSError) as error:
        made = error
    return made, round(time.monotonic() - started, 2)


def write_run_report(records: Sequence[Record], path: Path) -> None:
    """Write a row a build: whether it was built, what failed, what was slow."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(sorted(map(list_cells, records)))


def list_cells(record: Record) -> tuple[Any, ...]:
    """Return the cells of a build's row."""
    slowest = f"{record.run[0].section} ({record.run[0].seconds} s)" if record.run else ""
    failed = sum(not one.succeeded for one in record.run)
    error = " / ".join(record.error.splitlines()[:1])
    return (record.partnership, record.year, record.state, len(record.run), failed, record.seconds, slowest, error)


def sum_up(records: Sequence[Record], seconds: float, workers: int) -> str:
    """Return how a run went in one line: builds by state, sections a minute a core, the slowest build."""
    counts = ", ".join(
        f"{sum(r.state == state for r in records)} {state}" for state in ("built", "unchanged", "failed")
    )
    sections, slowest = sum(len(r.run) for r in records), max(records, key=lambda r: r.seconds)
    pace = f"{60 * sections / max(seconds, 0.1) / workers:.1f} sections a minute a core"
    last = f"slowest {slowest.partnership} ({slowest.seconds:.0f} s)"
    return f"{counts}; {sections} sections in {seconds:.0f} s, {pace}; {last}"
