"""Days, months and times of day as spreadsheets and people write them; a form that could mean two days is a fault."""

import re
from calendar import month_abbr, month_name
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from analysis.returns.contracts import Column
from analysis.returns.reading import Reading, fault, wrong_type

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
FIRST_SERIAL, LAST_SERIAL = 7306, 73050  # 1 January 1920 to 31 December 2099
SERIAL_ZERO = datetime(1899, 12, 30)
MONTHS = {name.casefold(): month for month, name in enumerate(month_name) if name}
MONTHS |= {name.casefold(): month for month, name in enumerate(month_abbr) if name} | {"sept": 9}
TIME = r"(?:[T ](?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?(?P<half> ?[AaPp][Mm])?Z?)?"
ISO = re.compile(r"(?P<year>\d{4})([/-])(?P<month>\d{2})\2(?P<day>\d{2})" + TIME, re.ASCII)
BASIC = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})", re.ASCII)
BRITISH = re.compile(r"(?P<day>\d{1,2})([/.-])(?P<month>\d{1,2})\2(?P<year>\d{4})" + TIME, re.ASCII)
NAMED = re.compile(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[ -](?P<month>[A-Za-z]{3,9})[ -](?P<year>\d{4})" + TIME, re.ASCII)
NAMED_FIRST = re.compile(
    r"(?P<month>[A-Za-z]{3,9}) (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})" + TIME, re.ASCII
)
WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? ", re.IGNORECASE)
FORMS = ((ISO, ""), (BRITISH, "date_form"), (NAMED, "date_form"), (BASIC, "date_form"), (NAMED_FIRST, "date_form"))
EMPTY_DAYS = (date(1900, 1, 1), date(1901, 1, 1), date(1970, 1, 1))  # what programs write where there is no day
ENOUGH = 5  # dates of each kind that tell
MONTH = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})", re.ASCII)
MONTH_BRITISH = re.compile(r"(?P<month>\d{1,2})/(?P<year>\d{4})", re.ASCII)
MONTH_NAMED = re.compile(r"(?P<month>[A-Za-z]{3,9})[ -](?P<year>\d{4})", re.ASCII)
SERIAL = re.compile(r"\d{4,5}(?:\.\d+)?", re.ASCII)


def read_moment(said: str, column: Column) -> Reading:
    """Return the day and time that the text names; none for a day that programs write where they hold none."""
    found = _read_moment(said, column)
    if found.value is None or column.born or found.value.date() not in EMPTY_DAYS:
        return found
    return fault("impossible_date", "a day that programs write where there is none", "the day, or an empty cell")


def _read_moment(said: str, column: Column) -> Reading:
    for pattern, change in FORMS:
        if found := pattern.fullmatch(said):
            return _moment(found.groupdict(), change if "/" not in said else "date_form")
    if weekday := WEEKDAY.match(said):
        return _read_moment(said[weekday.end() :], column)
    if SERIAL.fullmatch(said) and FIRST_SERIAL <= float(said) <= LAST_SERIAL:
        return Reading(_whole_seconds(SERIAL_ZERO + timedelta(days=float(said))), "serial_date")
    return wrong_type("date", "dd/mm/yyyy or yyyy-mm-dd, with a year of four digits")


def _whole_seconds(moment: datetime) -> datetime:
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)


def _moment(parts: Mapping[str, str | None], change: str) -> Reading:
    month = parts["month"]
    number = int(month) if month.isdigit() else MONTHS.get(month.casefold(), 0)
    clock = [int(parts.get(name) or 0) for name in ("hour", "minute", "second")]
    if half := (parts.get("half") or "").strip().casefold():
        clock[0] = clock[0] % 12 + 12 * (half == "pm") if 1 <= clock[0] <= 12 else 24  # no such hour
    try:
        moment = datetime(int(parts["year"]), number, int(parts["day"]), *clock)
    except ValueError:
        return wrong_type("date of the calendar", "a day that exists")
    if not FIRST_DAY <= moment.date() <= LAST_DAY:
        return fault("impossible_date", "before 1900 or after 2100", f"{FIRST_DAY} to {LAST_DAY}")
    return Reading(moment, change)


def judge_days(cells: Iterable[str]) -> str:
    """Return why no day of a column is sure, or nothing: its months stand first, as settings of the United States write
    them, or a spreadsheet of such settings has turned those days round that it could take for months."""
    found = [match for cell in cells if (match := BRITISH.fullmatch(cell))]
    first, second = ([int(match[part]) for match in found] for part in ("day", "month"))
    if any(number > 12 for number in second) and max(first) <= 12:
        return "dates with the month first (mm/dd/yyyy)"
    true = [int(match["day"]) for cell in cells if (match := ISO.fullmatch(cell))]
    turned = min(len(first), len(true)) >= ENOUGH and min(first) > 12 and max(true) <= 12
    return "dates of which a spreadsheet has exchanged day and month where it could" if turned else ""


def read_date(said: str, column: Column) -> Reading:
    """Return the day that the text names, at midnight; a time of day is dropped and named as a change."""
    found = read_moment(said, column)
    if found.value is None:
        return found
    day = found.value.replace(hour=0, minute=0, second=0)
    return Reading(day, found.change if day == found.value else "time_dropped")


def read_month(said: str, column: Column) -> Reading:
    """Return the month that the text names, as 2024-03; a day is dropped and named as a change."""
    for pattern, change in ((MONTH, ""), (MONTH_BRITISH, "month_form"), (MONTH_NAMED, "month_form")):
        if found := pattern.fullmatch(said):
            return _as_month(_moment({**found.groupdict(), "day": "1"}, change), change)
    found = read_date(said, column)
    return _as_month(found, "day_dropped") if found.value else wrong_type("month", "yyyy-mm")


def _as_month(found: Reading, change: str) -> Reading:
    return found if found.value is None else Reading(f"{found.value:%Y-%m}", change)
