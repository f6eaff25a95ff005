"""Rules about a file as a whole: is it this year's, is it all of it, is it real.

Reading finds nothing wrong with last year's file, with half a list or with one that was pasted twice.
"""

import re
from collections.abc import Iterator

import pandas as pd

from analysis.measures.periods import Period, say_day
from analysis.returns.checks.rule import Case, Spot, stops, told, warns
from analysis.returns.conform import Records
from analysis.returns.contracts import Column

DATES, KEYS = ("date", "moment"), ("pseudonym", "identifier")
AHEAD = ("due", "target", "expected", "planned", "deadline")  # words in the names of days that lie ahead
ALL_YEARS = ("ssd.contacts", "ssd.cin_episodes")  # of a dataset of all years, the tables that every year adds to
FEW = 5  # rows of which all may well be older than the period
CARRIED = 0.1  # of the rows of a table of cases that began before have another day in the year
MOST = 0.5  # of the figures of a file say which period they are of
TWICE, TWICE_ALIKE, WIDE, ENOUGH, NEARLY_ALL = 0.05, 0.2, 5, 20, 0.9
THING = "record|case|child|adult|person|client|patient|pupil|contact|referral|course|session|event|entry|data"
TEST = re.compile(
    rf"(zz+[ _-]?)?(test|dummy|sample|xxx+)([ _-]?({THING}))?([ _-]?\d+)?"
    rf"|(test|dummy) ({THING})\b.*|.*\b(do not (use|count)|please ignore|to be deleted)\b.*",
    re.IGNORECASE,
)
SAYS_TEST = "test|dummy|sample|xxx|do not|ignore|deleted"  # what all of these say
VAGUE = ("other", "not_known", "unknown", "not_recorded")


def is_ahead(name: str) -> bool:
    """Whether a column, by its name, holds days that lie ahead."""
    return any(word in AHEAD for word in name.casefold().split("_"))


def _list_days(records: Records) -> list[str]:
    """Return the columns of days on which something had happened."""
    past = (column for column in records.table.columns if column.type in DATES and not is_ahead(column.name))
    return [column.name for column in past if column.name in records.frame and not column.born]


def list_dated(case: Case) -> Iterator[tuple[Records, pd.Series]]:
    """Give each part of a table that its contract dates, with the days by which it does."""
    for table, records in case.parts:
        name = records.table.period
        if table.startswith("ssd.") and table not in ALL_YEARS:
            continue
        if name in _list_days(records) and records.frame[name].notna().any():
            yield records, records.frame[name].dropna()


def _list_outside(case: Case) -> Iterator[tuple[Records, bool, Period]]:
    """Give each table none of whose rows is of a day of the year, or of its line's part of it; whether rows of before
    may have been carried over: more than hardly one has another day in it; and its period."""
    for records, _ in list_dated(case) if case.period.start and case.period.end else ():
        period = case.period_of(records.file) if records.table.within else case.period
        first, last = pd.Timestamp(period.start), pd.Timestamp(period.end) + pd.Timedelta(days=1)
        days = records.frame[_list_days(records)]
        inside = (days >= first) & (days < last)
        if not inside[records.table.period].any():
            yield records, inside.any(axis=1).mean() >= CARRIED and not records.table.within, period


def _no_row(records: Records, period: Period, case: Case) -> Spot:
    where = "report's year" if period == case.period else "period of its line"
    return Spot(records.file, None, records.table.period, f"no row lies in the {where}", period.label)


@stops("wrong_year", "nothing in a file is of the report's year", "the file of the report's year")
def check_year(case: Case) -> Iterator[Spot]:
    """Give each file of counts most of which state a period, and each table of more than a few records, all of which
    lie outside the report's."""
    if not (case.period.start and case.period.end):
        return
    dated = {spot.file for spot in check_census(case)}  # by its header: told there
    for records, is_carried, period in _list_outside(case):
        if len(records.frame) >= FEW and not is_carried and records.file not in dated:
            yield _no_row(records, period, case)
    for file, read in case.read.items():
        stated = [one.period for one in read.observations if one.period.stated and one.period.end]
        enough = max(FEW, MOST * len(read.observations))
        if len(stated) >= enough and all(_is_apart(p, case.period) for p in stated):
            yield Spot(file, None, "period_end", "no figure is of the report's year", case.period.label)


def _is_apart(period: Period, report: Period) -> bool:
    if not (period.stated and period.end):
        return False
    return period.end < report.start or (period.start or period.end) > report.end


@warns("nothing_in_period", "no row of a table lies in the report's year", "the file of the report's year")
def check_few(case: Case) -> Iterator[Spot]:
    """Give each table of a few records, or of many that the year before may have left, all outside the period."""
    for records, is_carried, period in _list_outside(case):
        if len(records.frame) >= ENOUGH if is_carried else len(records.frame) < FEW:
            yield _no_row(records, period, case)


@stops("census_year", "a statutory return is of another year than the report", "the return of the report's year")
def check_census(case: Case) -> Iterator[Spot]:
    """Give each statutory return whose header names a day outside the period."""
    for file, read in case.read.items():
        if read.as_at and case.period.start and not case.period.start < read.as_at <= case.period.end:
            yield Spot(file, None, "ReferenceDate", f"is of the year to {say_day(read.as_at)}", case.period.label)


@stops(
    "nothing_returned", "a file that was received holds nothing", "a row; or status nil in the register, without a file"
)
def check_filled(case: Case) -> Iterator[Spot]:
    """Give each file that was received and in which nothing stands beneath its headings."""
    for file, read in case.read.items():
        if case.with_records and not (read.rows or read.observations or read.problems):
            yield Spot(file, None, None, "holds headings alone, which is no nil return")


@warns("last_years_file", "a file is the same as one of the year before", "this year's file")
def check_repeated(case: Case) -> Iterator[Spot]:
    """Give each file that a file of the year before equals byte for byte."""
    for file, before in case.same.items():
        yield Spot(file, None, None, f"is the same, byte for byte, as {before} of the year before")


@stops("wrong_agency", "no figure of a file is one that its sender is asked for", "the file of the line's section")
def check_sender(case: Case) -> Iterator[Spot]:
    """Give each file of counts none of whose figures belongs to a section of its lines, or to one that its agency
    feeds: it would be read, and shown as another's."""
    feeds = {agency.name: agency.sections for agency in case.partnership.agencies}
    for file, read in case.read.items():
        lines = [entry for entry in case.entries if entry.file == file]
        asked = {section for line in lines for section in (line.section, *feeds.get(line.agency, ()))}
        held = {section for one in read.observations for section in case.catalogue.measures[one.indicator].sections}
        if lines and held and not held & asked:
            yield Spot(file, None, "indicator", "none of its figures is one that this agency is asked for")


@warns(
    "days_never_given", "a column of days came, and no row has one", "the days; or no such column, where none is known"
)
def check_days(case: Case) -> Iterator[Spot]:
    """Give each table with days that follow a row's own of which none is given: what they date isn't known."""
    for name, records in case.parts:
        frame, table = records.frame[_list_days(records)], records.table
        follows = (column for column in frame if table.column(column).not_before == table.period != "")
        empty = [column for column in follows if frame[column].isna().all()]
        if name.startswith("D") and len(frame) >= ENOUGH and empty and not records.problems:
            yield Spot(records.file, None, ", ".join(empty), "no row has a day here: what it dates isn't counted")


@warns("rows_twice", "many rows are the same but for their key", "each thing once")
def check_twice(case: Case) -> Iterator[Spot]:
    """Give each table of which a twentieth of the rows repeat another in all but the key that each has alone; a fifth,
    and of five columns, where no person or case tells one thing from another."""
    for _, records in case.parts:
        own = [records.table.column(name) for name in records.frame if name not in records.table.key]
        names = [column.name for column in own]
        who, when = ([c.name for c in own if c.type in types] for types in (("pseudonym",), DATES))
        if not when or len(records.table.key) != 1 or not (who or len(own) >= WIDE):
            continue
        held = records.frame.notna()
        tells = held[when].any(axis=1) & (held[who].any(axis=1) if who else True)
        again = sum(records.frame.duplicated(names) & tells)
        least = FEW if who and len(own) >= WIDE else ENOUGH  # alike in so much, hardly by chance
        if again >= max(least, (TWICE if who else TWICE_ALIKE) * len(records.frame)):
            yield Spot(records.file, None, None, f"{told(again)} rows repeat another under another key")


@warns("test_records", "a record is called a test", "records of real people and events alone")
def check_tests(case: Case) -> Iterator[Spot]:
    """Give each row with a key or a text that says test or dummy and hardly more."""
    for _, records in case.parts:
        for column in _texts(records):
            values = records.frame[column.name]
            some = values[values.str.contains(SAYS_TEST, case=False, na=False)]  # quick: most keys are no words
            named = [value for value in some.unique() if TEST.fullmatch(value.strip())]
            for row in records.frame.index[values.isin(named)] if named else ():
                yield Spot(records.file, int(row), column.name, "is called a test")


def _texts(records: Records) -> list[Column]:
    return [c for c in records.table.columns if c.type in (*KEYS, "text") and c.name in records.frame]


@warns("all_unspecific", "nearly all rows of a column say other or not known", "what each row is of")
def check_codes(case: Case) -> Iterator[Spot]:
    """Give each column of codes of which nine tenths of the rows have the one that says least."""
    for _, records in case.parts:
        for column in records.table.columns:
            if column.type == "code" and column.name in records.frame and len(records.frame) >= ENOUGH:
                share = records.frame[column.name].isin(VAGUE).mean()
                if column.required and share >= NEARLY_ALL:
                    yield Spot(records.file, None, column.name, "nearly all rows say other or not known")
