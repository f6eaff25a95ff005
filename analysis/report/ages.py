"""How old the data are, in words: what the returns say they are as at, and how long before the report was made."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from analysis.measures.periods import say_day
from analysis.release.release import Return

NOT_STATED = "not stated by the returns"


def say_as_at(returns: Sequence[Return]) -> str:
    """Return the day, or the first and last day, that the returns give their data as at."""
    days = list_days(returns)
    if not days:
        return NOT_STATED
    words = " to ".join(say_day(day) for day in dict.fromkeys((days[0], days[-1])))
    return words if len(days) == len(returns) else f"{words} (stated by {len(days)} of {len(returns)} returns)"


def list_days(returns: Iterable[Return]) -> list[date]:
    """Return the days that the returns state, in order."""
    return sorted(entry.as_at for entry in returns if entry.as_at)


def count_months(day: date, made_at: datetime) -> int:
    """Return the whole months from a day to the moment that the report was made; 0 where that came first."""
    made = made_at.date()
    months = (made.year - day.year) * 12 + made.month - day.month - (made.day < day.day)
    return max(months, 0)


def say_moment(made_at: datetime) -> str:
    """Return a moment in words: "22 November 2026 at 22:11 UTC"."""
    return f"{say_day(made_at.date())} at {made_at:%H:%M} UTC"
