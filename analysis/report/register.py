"""returns.html: what each agency sent for each dataset, how old it is, and what each gap costs the report."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from analysis.report.ages import say_day
from analysis.report.assemble import frame, write_text
from analysis.report.blocks import render
from analysis.report.pages import make_page
from analysis.returns.register import STATUS_WORDS

FILE = "returns.html"
ALIKE = ("agency", "section", "words", "as_at", "note")


def write_register(folder: Path, store: Mapping[str, Any]) -> Path:
    """Write returns.html into a release's folder and return its path."""
    numbers = {section["id"]: f"{section['number']} {section['title']}" for section in store["sections"]}
    html = render(
        "blocks/register.html.j2",
        counts=count_states(store["returns"]),
        returns=list_returns(store),
        gaps=[{**gap, "subjects": say_subjects(gap["subjects"], store)} for gap in store["gaps"]],
        numbers=numbers,
        period_end=_say(store["period_end"]),
        **frame(store),
    )
    path = folder / FILE
    write_text(make_page(BeautifulSoup(html, "lxml")), path)
    return path


def count_states(returns: Sequence[Mapping[str, str]]) -> list[tuple[str, int]]:
    """Return each state of the register and how many returns are in it, those without one included."""
    return [
        (words.partition(":")[0], sum(entry["status"] == status for entry in returns))
        for status, words in STATUS_WORDS.items()
    ]


def list_returns(store: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the register's lines as the page shows them, those of one agency together; files of one state stand on
    one line with their datasets and the days on which they came."""
    alike: dict[tuple, list[Mapping[str, str]]] = {}
    for entry in store["returns"]:
        alike.setdefault(tuple(entry[name] for name in ALIKE), []).append(entry)
    rows = [_row(entries, store["period_end"]) for entries in alike.values()]
    agencies = list(dict.fromkeys(row["agency"] for row in rows))
    return sorted(rows, key=lambda row: agencies.index(row["agency"]))


def _row(entries: Sequence[Mapping[str, str]], period_end: str) -> dict[str, str]:
    entry = entries[0]
    datasets = dict.fromkeys(name for one in entries for name in one["dataset"].split(";") if name)
    days = sorted({(one["received_date"], one["due_date"]) for one in entries})
    came = dict.fromkeys(say_received(due, received) for received, due in (days[0], days[-1]))
    age = say_age(entry["as_at"], period_end)
    return {
        "agency": entry["agency"],
        "section": entry["section"],
        "dataset": ", ".join(datasets) or "not stated",
        "words": entry["words"],
        "received": " to ".join(came),
        "as_at": f"{_say(entry['as_at'])}{f', {age}' if age else ''}" if entry["as_at"] else "not stated",
        "note": entry["note"] or "none",
    }


def say_received(due: str, received: str) -> str:
    """Return the day on which a return came, and how late that was."""
    if not received:
        return "day not stated"
    days = (date.fromisoformat(received) - date.fromisoformat(due)).days if due else 0
    return f"{_say(received)}, {days} days late" if days > 0 else _say(received)


def say_age(as_at: str, period_end: str) -> str:
    """Return how far the data's day is from the last day of the report's period; empty where it is that day or isn't
    known."""
    if not as_at or not period_end or as_at == period_end:
        return ""
    days = (date.fromisoformat(period_end) - date.fromisoformat(as_at)).days
    return f"{abs(days)} days {'before' if days > 0 else 'after'} the period's end"


def say_subjects(subjects: Sequence[Mapping[str, str]], store: Mapping[str, Any]) -> list[str]:
    """Return what a dataset would show, each with the number of its section."""
    numbers = {section["id"]: section["number"] for section in store["sections"]}
    return [f"{subject['what']} (section {numbers[subject['section']]})" for subject in subjects]


def _say(day: str) -> str:
    return say_day(date.fromisoformat(day)) if day else ""
