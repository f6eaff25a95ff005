"""returns.html: what each agency sent for each dataset, how old it is, and what each gap costs the report."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from analysis.figures.build import AGREES
from analysis.figures.display import upper_first
from analysis.figures.model import Statistic
from analysis.measures.periods import say_day
from analysis.release.release import Release, Return, Subject
from analysis.report.assemble import write_made
from analysis.report.scrutiny import Asked
from analysis.returns.register import STATUS_WORDS

FILE = "returns.html"
ALIKE = ("agency", "section", "words", "as_at", "note")


def write_register(folder: Path, release: Release) -> Path:
    """Write returns.html into a release's folder and return its path."""
    return write_made(
        folder / FILE,
        "blocks/register.html.j2",
        release,
        counts=count_states(release.returns),
        returns=list_returns(release),
        gaps=[(gap, [_say_subject(subject, release) for subject in gap.subjects]) for gap in release.gaps],
        numbers={section.id: section.name for section in release.sections},
        period_end=_say(release.period.end),
        contradictions=release.contradictions,
        facts=Asked(release, folder).facts,
        twice=[(s.title, s.category and s.label, s.reconciled) for s in list_twice(release)],
    )


def list_twice(release: Release) -> list[Statistic]:
    """Return the figures that an agency counted itself and whose records it sent as well, those that differ first."""
    twice = [s for s in release.statistics if s.reconciled and s.current]
    return sorted(twice, key=lambda s: s.reconciled == AGREES)


def count_states(returns: Sequence[Return]) -> list[tuple[str, int]]:
    """Return each state of the register and how many returns are in it, those without one included."""
    return [
        (words.partition(":")[0], sum(entry.status == status for entry in returns))
        for status, words in STATUS_WORDS.items()
    ]


def list_returns(release: Release) -> list[dict[str, str]]:
    """Return the register's lines as the page shows them, those of one agency together; files of one state stand on
    one line with their datasets and the days on which they came."""
    alike: dict[tuple, list[Return]] = {}
    for entry in release.returns:
        alike.setdefault(tuple(getattr(entry, name) for name in ALIKE), []).append(entry)
    rows = [_row(entries, release.period.end) for entries in alike.values()]
    agencies = list(dict.fromkeys(row["agency"] for row in rows))
    return sorted(rows, key=lambda row: agencies.index(row["agency"]))


def _row(entries: Sequence[Return], period_end: date | None) -> dict[str, str]:
    entry = entries[0]
    datasets = dict.fromkeys(name for one in entries for name in one.dataset.split(";") if name)
    days = sorted({(one.received_date, one.due_date) for one in entries}, key=_order)
    came = dict.fromkeys(say_received(due, received) for received, due in (days[0], days[-1]))
    age = say_age(entry.as_at, period_end)
    return {
        "agency": entry.agency,
        "section": entry.section,
        "dataset": ", ".join(datasets) or "not stated",
        "words": entry.words,
        "received": " to ".join(came),
        "as_at": f"{_say(entry.as_at)}{f', {age}' if age else ''}" if entry.as_at else "not stated",
        "note": upper_first(entry.note) or "none",
    }


def _order(days: Sequence[date | None]) -> tuple[date, ...]:
    """Return a key that puts days which aren't stated first."""
    return tuple(day or date.min for day in days)


def say_received(due: date | None, received: date | None) -> str:
    """Return the day on which a return came, and how late that was."""
    if not received:
        return "day not stated"
    days = (received - due).days if due else 0
    return f"{_say(received)}, {days} days late" if days > 0 else _say(received)


def say_age(as_at: date | None, period_end: date | None) -> str:
    """Return how far the data's day is from the last day of the report's period; empty where it is that day or isn't
    known."""
    if not as_at or not period_end or as_at == period_end:
        return ""
    days = (period_end - as_at).days
    return f"{abs(days)} days {'before' if days > 0 else 'after'} the period's end"


def _say_subject(subject: Subject, release: Release) -> str:
    return f"{subject.what} (section {release.numbers[subject.section]})"


def _say(day: date | None) -> str:
    return say_day(day) if day else ""
