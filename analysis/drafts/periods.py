"""Periods as a text or a table names them, and how well one fits another."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

MONTH_WORDS = "January February March April May June July August September October November December"
MONTHS = MONTH_WORDS.split()
MONTH = "|".join(f"{m}|{m[:3]}" for m in MONTHS)
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 2)}
SPAN = re.compile(
    rf"(?P<fy>\b(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)\b(?![-/]\d))"
    rf"|\b(?:year|twelve months|12 months) (?:to|ending|ended)(?: the)?(?: end of)?(?: \d\d?)? "
    rf"(?P<ym>{MONTH})\w* (?P<yy>(?:19|20)\d\d)"
    rf"|\b(?P<m1>{MONTH})(?: (?P<y1>(?:19|20)\d\d))? (?:to|[-–]|and) (?:\d\d? )?(?P<m2>{MONTH}) (?P<y2>(?:19|20)\d\d)"
    rf"|\b(?P<d>\d\d?)(?:st|nd|rd|th)?(?: of)? (?P<dm>{MONTH})\w*,? (?P<dy>(?:19|20)\d\d)"
    rf"|\b(?P<em>{MONTH})\w*,? (?P<ey>(?:19|20)\d\d)"
    rf"|(?P<iso>\b(?:19|20)\d\d-\d\d-\d\d\b)"
    rf"|(?P<my>\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])\b)"
    rf"|\bmid[- ](?P<mid>(?:19|20)\d\d)\b"
    rf"|\b(?P<season>spring|summer|autumn|winter)(?: term)? (?P<sy>(?:19|20)\d\d)"
    rf"|(?P<y>(?<![\d,.£/-])\b(?:19[89]\d|20[0-4]\d)\b(?![,.]\d|%|[-/]\d))",
    re.IGNORECASE,
)
QUARTERS = {"one": 1, "two": 2, "three": 3, "four": 4, "first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
QUARTERS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
ANY_QUARTER = 9  # "each quarter", "last quarter": the words tell no one of the four
QUARTER = re.compile(
    r"\b(?:Q ?(?P<n>[1-4])|quarter (?P<word>one|two|three|four|[1-4])|(?P<rank>first|second|third|fourth|1st|2nd|3rd|"
    r"4th|final|last|previous|this|each|every|per|(?:in|over|during|for) the) quarter|quarters [1-4]|"
    r"(?P<months>first|last) three months|"
    r"(?:first|second|last) half(?= of (?:the |this )?(?:year|financial|20))|(?:first|last) six months)\b",
    re.IGNORECASE,
)
BESIDE = 9  # letters between a quarter and its year: "first quarter of the 2023-24"
EARLIER = re.compile(
    r"\b(?:(?:the )?(?:same|corresponding|equivalent) (?:point|time|period|quarter|month|day|week) "
    r"(?:last year|(?:of|in) the (?:previous|preceding|prior) year|(?:a|one) year (?:ago|earlier|before|previously))|"
    r"(?:this time|the end of) last year|"
    r"(?:the |a |one )?(?:previous|preceding|prior) (?:financial |reporting |school |academic "
    r")?(?:year|period)(?:['’]s)?|(?:the |a |one )?year (?:before|earlier|previously|ago)|"
    r"(?:twelve|12) months (?:before|earlier|ago|previously)|(?:compared (?:to|with)|than|from|against|"
    r"up on|down on|since) last year|previously|the year before)\b",
    re.IGNORECASE,
)
JOIN = re.compile(r" ?(?:and|to|until|[-–]) ?(?:the )?")
YEARS_AGO = re.compile(
    r"\b(?P<years>two|three|four|five|six|[2-6]) years (?:before|earlier|previously|ago)\b", re.IGNORECASE
)
LAST_YEAR = re.compile(r"(?<!the )(?<!than )(?<!with )(?<!to )(?<!from )(?<!on )\blast year\b", re.IGNORECASE)
LOOSE = -9  # the offset of "last year", which is the draft's own or the one before


@dataclass(frozen=True)
class Span:
    """A stretch of days, both ends included. `offset` is -1 for "the year before", whose days hang on the draft's; so
    do those of a `quarter` whose year isn't told."""

    start: date | None
    end: date | None
    offset: int = 0
    quarter: int = 0

    @property
    def days(self) -> int:
        """Its length."""
        return (self.end - self.start).days + 1

    @property
    def is_quarter(self) -> bool:
        """Whether it is three months, or a quarter whose days aren't known."""
        return bool(self.quarter) or self.start is not None and 85 <= self.days <= 95

    def within(self, year: "Span | None") -> "Span":
        """Return the days of a quarter of a year; the span itself where it is no quarter of the four, or no year."""
        if not 1 <= self.quarter <= 4 or year is None or not 360 < year.days < 370:
            return self
        month = year.start.month - 1 + 3 * (self.quarter - 1)
        return month_span(year.start.year + month // 12, month % 12 + 1, 3)

    def shift(self, years: int) -> "Span":
        """Return the same stretch of another year."""
        return Span(_move(self.start, years), _move(self.end, years))


@dataclass(frozen=True)
class Named:
    """A period where a text names it."""

    start: int
    end: int
    span: Span
    is_quarter: bool = False


def _move(day: date, years: int) -> date:
    leap = day.month == 2 and day.day >= 28
    return date(day.year + years, 3, 1) - timedelta(days=1) if leap else day.replace(year=day.year + years)


@lru_cache(maxsize=20_000)
def find_periods(text: str) -> list[Named]:
    """Return the periods that a text names, in order: years, quarters, months, days, and "the year before"."""
    named = [Named(f.start(), f.end(), span) for f in SPAN.finditer(text) if (span := read_match(f))]
    named = add_quarters(text, join_days(text, named))
    earlier = [Named(f.start(), f.end(), Span(None, None, -1)) for f in EARLIER.finditer(text)]
    earlier += [Named(f.start(), f.end(), Span(None, None, LOOSE)) for f in LAST_YEAR.finditer(text)]
    earlier += [Named(f.start(), f.end(), Span(None, None, -read_years(f["years"]))) for f in YEARS_AGO.finditer(text)]
    earlier = [e for e in earlier if not any(n.start < e.end and e.start < n.end for n in named)]
    return sorted([*named, *earlier], key=lambda n: n.start)


def join_days(text: str, named: list[Named]) -> list[Named]:
    """Return the periods with two days of a stretch as one: 'between 1 April 2023 and 31 March 2024'."""
    joined: list[Named] = []
    for day in named:
        last = joined[-1] if joined else None
        both = last is not None and day.span.days == last.span.days == 1 and last.span.end < day.span.end
        between = both and re.search(r"\b(?:between|from) $", text[: last.start])
        if between and JOIN.fullmatch(text[last.end : day.start]):
            joined[-1] = Named(last.start, day.end, Span(last.span.start, day.span.end))
        else:
            joined.append(day)
    return joined


def read_years(words: str) -> int:
    """Return a small number of years in digits or words."""
    return int(words) if words.isdigit() else ["two", "three", "four", "five", "six"].index(words.lower()) + 2


def strip_periods(text: str) -> str:
    """Return a text without the periods that it names."""
    for named in find_periods(text)[::-1]:
        text = text[: named.start] + text[named.end :]
    return text


def add_quarters(text: str, named: list[Named]) -> list[Named]:
    """Return the periods with the quarters of a text, each of the nearest year, as one with a year beside it."""
    years = [n for n in named if n.span.days > 360]
    quarters, used = [], []
    for found in QUARTER.finditer(text):
        near = min(years, key=lambda y: max(y.start - found.end(), found.start() - y.end), default=None)
        span = Span(None, None, quarter=read_quarter(found)).within(near and near.span)
        is_beside = near is not None and max(near.start - found.end(), found.start() - near.end) <= BESIDE
        used += [near] if is_beside else []
        edges = [(found.start(), found.end()), *([(near.start, near.end)] if is_beside else [])]
        quarters.append(Named(min(e[0] for e in edges), max(e[1] for e in edges), span, is_quarter=True))
    return [*(n for n in named if n not in used), *quarters]


def read_quarter(found: re.Match) -> int:
    """Return which of the four a match of QUARTER names."""
    word = (found["n"] or found["word"] or found["rank"] or found["months"] or "").lower()
    return int(word) if word.isdigit() else QUARTERS.get(word, ANY_QUARTER)


def read_match(found: re.Match) -> Span | None:
    """Return the days that a match of SPAN names; None where they are no days of the calendar."""
    try:
        return next(span for read in READERS if (span := read(found)) is not None)
    except (ValueError, StopIteration):
        return None


def _month(name: str) -> int:
    return next(n for n, m in enumerate(MONTHS, 1) if m.lower().startswith(name[:3].lower()))


def month_span(year: int, month: int, months: int = 1) -> Span:
    """Return so many months from the first of one."""
    after = date(year + (month + months - 1) // 12, (month + months - 1) % 12 + 1, 1)
    return Span(date(year, month, 1), after - timedelta(days=1))


def _read_year_span(f: re.Match) -> Span | None:
    if not f["fy"]:
        return None
    first, second = re.split(r"\s?[-–/]\s?", f["fy"])
    later = int(first[:2] + second) if len(second) == 2 else int(second)
    if len(second) == 2 and later <= int(first) and 1 <= int(second) <= 12:
        return month_span(int(first), int(second))  # '2023-09' is a month, '2009-10' a year
    if later - int(first) != 1:
        return Span(date(int(first), 4, 1), date(later, 3, 31)) if later > int(first) else None
    return month_span(int(first), 4, 12)


def _read_year_to(f: re.Match) -> Span | None:
    return None if not f["ym"] else month_span(int(f["yy"]) - (_month(f["ym"]) != 12), _month(f["ym"]) % 12 + 1, 12)


def _read_months(f: re.Match) -> Span | None:
    if not f["m1"]:
        return None
    later = int(f["y2"])
    first = int(f["y1"]) if f["y1"] else later - (_month(f["m1"]) > _month(f["m2"]))
    months = (later - first) * 12 + _month(f["m2"]) - _month(f["m1"]) + 1
    return month_span(first, _month(f["m1"]), months) if months > 0 else None


def _read_day(f: re.Match) -> Span | None:
    if not f["d"]:
        return None
    day = date(int(f["dy"]), _month(f["dm"]), int(f["d"]))
    return Span(day, day)


def _read_iso(f: re.Match) -> Span | None:
    return Span(date.fromisoformat(f["iso"]), date.fromisoformat(f["iso"])) if f["iso"] else None


READERS = (
    _read_year_span,
    _read_year_to,
    _read_months,
    _read_day,
    lambda f: month_span(int(f["ey"]), _month(f["em"])) if f["em"] else None,
    _read_iso,
    lambda f: month_span(int(f["my"][:4]), int(f["my"][5:])) if f["my"] else None,
    lambda f: month_span(int(f["sy"]), SEASONS[f["season"].lower()][0], 3) if f["season"] else None,
    lambda f: Span(date(int(f["mid"]), 6, 30), date(int(f["mid"]), 6, 30)) if f["mid"] else None,
    lambda f: month_span(int(f["y"]), 1, 12) if f["y"] else None,
)


def read_period(text: str) -> Span | None:
    """Return the one period that a table's cell names; None where it names none."""
    named = [n.span for n in find_periods(text) if n.span.start]
    if len(named) == 2 and re.search(r"\bto\b|[-–]", text):
        return Span(named[0].start, named[1].end)
    return named[0] if named else None


def fit_periods(asked: Span, held: Span | None) -> float:
    """Return how well a held period answers the one that a text asks for: 1 the same, 0 another one.

    A stock at the end of the year asked for answers it; so does a year's figure told "at" its last day.
    """
    if held is None:
        return 0.8
    if (asked.start, asked.end) == (held.start, held.end):
        return 1.0
    if held.start >= asked.start and held.end <= asked.end:  # held lies within what is asked for
        return 0.95 if held.days <= 31 and held.end == asked.end else 0.9 if held.days == 1 else 0.7
    if asked.start >= held.start and asked.end <= held.end:
        if asked.end == held.end and asked.days <= 31:
            return 0.85
        return 0.75 if held.days < 400 and asked.days > 300 else 0.3
    overlap = (min(asked.end, held.end) - max(asked.start, held.start)).days + 1
    return 0.6 if overlap >= 0.7 * max(asked.days, held.days) else 0.0
