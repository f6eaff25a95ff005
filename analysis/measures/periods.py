"""Periods, and when figures of two periods may be compared.

A period has a start, an end and a basis. A stock ("at 31 March 2024") is a snapshot; a flow has two dates.
What a return leaves unsaid stays unsaid: a period whose basis is unclear is shown as not stated and never
compared, even where a reader could guess its dates.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.errors import CommandError

BASES = ("financial_year", "calendar_year", "quarter", "month", "snapshot", "other", "unclear")
MONTHS_OF_BASIS = {"financial_year": 12, "calendar_year": 12, "quarter": 3, "month": 1}
MONTHS_OF_YEAR = 12
YEAR_PATTERN = re.compile(r"(20\d\d)-(\d\d)")


def year_name(start: int) -> str:
    """Return the name of the financial year that begins in April of `start`: 2023 gives 2023-24."""
    return f"{start}-{(start + 1) % 100:02d}"


YEARS = {"financial_year": year_name, "calendar_year": str}  # how a year of each basis is called


@dataclass(frozen=True)
class Comparability:
    """Whether two figures may be compared, and if not, why, in words a reader sees."""

    allowed: bool
    reason: str = ""


@dataclass(frozen=True)
class Period:
    """A stretch of time that a figure is about. `start` and `end` are inclusive; either may be unknown."""

    start: date | None
    end: date | None
    basis: str

    def __post_init__(self) -> None:
        if self.basis not in BASES:
            raise ValueError(f"unknown period basis {self.basis!r}; allowed: {', '.join(BASES)}")
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"period starts {self.start} after it ends {self.end}")
        if fault := _basis_fault(self):
            raise ValueError(fault)

    @property
    def stated(self) -> bool:
        """Whether the return said what the period is."""
        return self.basis != "unclear" and (self.start is not None or self.end is not None)

    @property
    def months(self) -> int | None:
        """Length in whole months; None where it is unknown, no whole number of months, or a snapshot."""
        if self.basis == "snapshot" or not (self.start and self.end):
            return None
        after = self.end + timedelta(days=1)
        whole = self.start.day == after.day
        return (after.year - self.start.year) * 12 + after.month - self.start.month if whole else None

    @property
    def label(self) -> str:
        """The period in words, as it follows a figure: "April 2023 to March 2024", "at 31 March 2024"."""
        if not self.stated:
            return "period not stated"
        if self.basis == "snapshot" or self.start == self.end:
            return f"at {say_day(self.end)}"
        if self.start is None:
            return f"up to {say_day(self.end)}"
        if self.end is None:
            return f"from {say_day(self.start)}"
        return self._span()

    def _span(self) -> str:
        if self.months is None:
            return f"{say_day(self.start)} to {say_day(self.end)}"
        if self.months == 1:
            return f"{self.start:%B %Y}"
        start = f"{self.start:%B}" if self.start.year == self.end.year else f"{self.start:%B %Y}"
        return f"{start} to {self.end:%B %Y}"

    @property
    def mid_year(self) -> int | None:
        """The year whose estimate of 30 June is the base of rates: that in which a flow begins (a financial year, a
        calendar year or longer); of a stock, the last 30 June up to its day. None where the period has no day.

        Source: Department for Education, local authority interactive tool: the year to March 2024, and the stock at its
        end, are over mid-2023.
        """
        if self.start and self.basis != "snapshot":
            return self.start.year
        return self.end and self.end.year - ((self.end.month, self.end.day) < (6, 30))

    @property
    def phrase(self) -> str:
        """The label as it stands inside a sentence: "from April 2023 to March 2024", "at 31 March 2024"."""
        if not self.stated:
            return "(period not stated)"
        if self.label.startswith(("at ", "up to ", "from ")):
            return self.label
        return f"in {self.label}" if self.months == 1 else f"from {self.label}"

    @property
    def told(self) -> str:
        """The phrase, of a year by its name: "in 2023-24"."""
        return f"in {YEARS[self.basis](self.start.year)}" if self.basis in YEARS else self.phrase

    @property
    def rough(self) -> str:
        """The phrase; of a period that isn't stated, about which year it was where that is known."""
        known = not self.stated and self.end
        return f"in or about {self.end.year}" if known else self.told

    @property
    def financial_year(self) -> int | None:
        """The calendar year in which the financial year holding the period's last day began."""
        day = self.end or self.start
        return None if day is None else day.year - (day.month < 4)


def ends_month(day: date | None) -> bool:
    """Whether a day is known and the last of its month."""
    return day is not None and (day + timedelta(days=1)).day == 1


def _basis_fault(period: Period) -> str:
    """Return what contradicts the basis that the period claims, or an empty string."""
    expected = MONTHS_OF_BASIS.get(period.basis)
    if expected and period.months != expected:
        length = "an unknown length" if period.months is None else f"{period.months} months"
        return f"a {period.basis} has {expected} months; this period has {length}"
    if period.basis == "financial_year" and period.start.month != 4:
        return f"a financial_year starts in April; this period starts {period.start}"
    if period.basis == "calendar_year" and period.start.month != 1:
        return f"a calendar_year starts in January; this period starts {period.start}"
    if period.basis == "snapshot" and period.end is None:
        return "a snapshot needs the date it was taken as its end"
    return ""


def say_day(day: date) -> str:
    """Return a day in words: "31 March 2024"."""
    return f"{day.day} {day:%B %Y}"


def parse_year(year: object) -> Period:
    """Return the financial year named like `2023-24`.

    Raises CommandError for anything else: a number (a scheduler that drops the quotes makes 2024-25 into
    1999), a span that isn't one year (2023-25), another form (2023/24).
    """
    if not (isinstance(year, str) and is_year(year)):
        raise CommandError(f"unknown year {year!r}; allowed: a financial year as text, like '2023-24'")
    start = int(year[:4])
    return Period(date(start, 4, 1), date(start + 1, 3, 31), "financial_year")


def is_year(name: str) -> bool:
    """Whether a name is that of a financial year, like `2023-24`."""
    found = YEAR_PATTERN.fullmatch(name)
    return bool(found) and (int(found[1]) + 1) % 100 == int(found[2])


def compare_periods(one: Period, other: Period) -> Comparability:
    """Return whether figures of the two periods may be compared: same length in whole months, same basis, the same
    time of the year, no day in both; stocks of the same day of the year."""
    reason = _refusal(one, other)
    return Comparability(not reason, f"not comparable: {reason}" if reason else "")


def _refusal(one: Period, other: Period) -> str:
    if not (one.stated and other.stated):
        return "period not stated"
    if one.months and other.months and one.months != other.months:
        return f"{one.months} months against {other.months}"
    if one.basis != other.basis:
        return f"{_basis(one)} against {_basis(other)}"
    if one.basis == "snapshot":
        return "" if _day_of_year(one) == _day_of_year(other) else f"{one.end:%-d %B} against {other.end:%-d %B}"
    if one.months is None or other.months is None:
        return "no whole number of months"
    if one.months < MONTHS_OF_YEAR and one.start.month != other.start.month:
        return "another time of the year"
    return "the periods overlap" if one != other and overlap(one, other) else ""


def overlap(one: Period, other: Period) -> bool:
    """Whether two flows share a day."""
    return one.start <= other.end and other.start <= one.end


def _day_of_year(period: Period) -> tuple[int, int]:
    """Return month and day of a stock; the last day of a month is the last one in a leap year too."""
    return period.end.month, 31 if ends_month(period.end) else period.end.day


def name_part(period: Period, year_end: date) -> str:
    """Return which part of a year a period is, the same in every year and whatever else was returned: q2 for July to
    September and for a stock of 30 September, h2 for October to March, m04 for April, its days for any other; empty for
    a year or more, and for a stock of the last day of the report's.
    """
    if not (period.stated and period.end):
        return ""
    if period.basis == "snapshot":
        return _part_of_day(period.end, year_end)
    if not period.months or period.months >= MONTHS_OF_YEAR:
        return ""
    if period.months == 1:
        return f"m{period.start:%m}"
    place, odd = divmod((period.start.month - 4) % MONTHS_OF_YEAR, period.months)
    letter = {3: "q", 6: "h"}.get(period.months, "")
    return f"{period.start:%m%d}-{period.end:%m%d}" if odd or not letter else f"{letter}{place + 1}"


def _part_of_day(day: date, year_end: date) -> str:
    if (day.month, day.day) == (year_end.month, year_end.day):
        return ""
    if ends_month(day) and day.month % 3 == 0:
        return f"q{(day.month - 4) % MONTHS_OF_YEAR // 3 + 1}"
    return f"{day:%m%d}"


def _basis(period: Period) -> str:
    return "other period" if period.basis == "other" else period.basis.replace("_", " ")


def is_extended(period: Period) -> bool:
    """Whether a flow covers more than twelve months, so that it must also be shown per month."""
    return period.months is not None and period.months > 12
