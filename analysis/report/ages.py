"""How old the data are, in words: what the returns say they are as at, and how long before the report was made."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

NOT_STATED = "not stated by the returns"


def list_provenance(
    store: Mapping[str, Any], returns: Sequence[Mapping[str, str]], *, release: str
) -> list[tuple[str, str]]:
    """Return what a page's foot says of its figures: data as at, made at, code version, release, protection.

    `returns` are those behind the page, `release` the words for its release.
    """
    return [
        ("Data as at", say_as_at(returns)),
        ("Made", say_moment(store["made_at"])),
        ("Code version", store["code_version"]),
        ("Release", release),
        *(("Protection", words) for words in [say_protection(store)] if words),
    ]


def say_protection(store: Mapping[str, Any]) -> str:
    """Return how many figures of a shared report are hidden, and that the audit passed; nothing for any other."""
    about = store.get("disclosure", {})
    if store.get("release") != "shared" or not about.get("complete"):
        return ""
    return f"Of its {about['of']} figures {about['hidden']} are not shown, to protect people; the audit passed."


def say_as_at(returns: Sequence[Mapping[str, str]]) -> str:
    """Return the day, or the first and last day, that the returns give their data as at."""
    days = list_days(returns)
    if not days:
        return NOT_STATED
    words = " to ".join(say_day(day) for day in dict.fromkeys((days[0], days[-1])))
    return words if len(days) == len(returns) else f"{words} (stated by {len(days)} of {len(returns)} returns)"


def list_days(returns: Sequence[Mapping[str, str]]) -> list[date]:
    """Return the days that the returns state, in order."""
    return sorted(date.fromisoformat(entry["as_at"]) for entry in returns if entry["as_at"])


def count_months(day: date, made_at: str) -> int:
    """Return the whole months from a day to the moment that the report was made; 0 where that came first."""
    made = datetime.fromisoformat(made_at).date()
    months = (made.year - day.year) * 12 + made.month - day.month - (made.day < day.day)
    return max(months, 0)


def say_day(day: date) -> str:
    """Return a day in words: "31 March 2024"."""
    return f"{day.day} {day:%B %Y}"


def say_moment(made_at: str) -> str:
    """Return a moment in words: "22 November 2026 at 22:11 UTC"."""
    made = datetime.fromisoformat(made_at)
    return f"{say_day(made.date())} at {made:%H:%M} UTC"
