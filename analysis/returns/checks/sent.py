"""Rules about what was sent, when, and for which period: the register's lines, and what the plan needs."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from operator import itemgetter

from analysis.measures.catalogue import Catalogue
from analysis.measures.periods import Period, compare_periods, ends_month
from analysis.partnership import ask_for_approval
from analysis.returns.checks.rule import REGISTER_FILE, Case, Spot, notes, warns
from analysis.returns.contracts import load_contracts
from analysis.returns.files import Read
from analysis.returns.plan import find_sections, list_needed, name_senders
from analysis.returns.register import WITH_FILE, credit

CAME, NO_FIGURE = "received, late, nil or narrative_only", "words came and no figure"


def _spot(row: int, column: str, message: str, allowed: str = "") -> Spot:
    return Spot(REGISTER_FILE, row, column, message, allowed)


def _of_status(case: Case, status: str, words: str) -> Iterator[Spot]:
    """Give each line of a status, so that somebody asks what lies behind it."""
    for row, entry in case.lines:
        if entry.status == status:
            yield _spot(row, "status", f"{entry.agency}: {status}, {words}, of {entry.dataset or 'its return'}")


for id, status, what, words, allowed in (
    ("missing_return", "missing", "a return that was asked for hasn't come", "nothing came", CAME),
    ("narrative_only", "narrative_only", "a return came as words without a figure", NO_FIGURE, "figures or records"),
    ("nil_return", "nil", "a return says that there was nothing to count", "there was nothing to count", ""),
):
    notes(id, what, allowed)(partial(_of_status, status=status, words=words))


@warns("gap_without_reason", "a nil, missing or narrative return doesn't say why", "a note")
def check_reason(case: Case) -> Iterator[Spot]:
    """Give each line without a file and without a note, but what is missing and has no day on which it was due."""
    for row, entry in case.lines:
        is_awaited = entry.status == "missing" and entry.due_date is None
        if entry.status not in WITH_FILE and not (entry.note or is_awaited):
            yield _spot(row, "note", f"{entry.agency}: no reason is given")


@notes("late_return", "a return came after the day on which it was due", "on or before the due date")
def check_late(case: Case) -> Iterator[Spot]:
    """Give each return received after its due date, or said to be late."""
    for row, entry in case.lines:
        days = _days(entry.due_date, entry.received_date)
        if days is not None and days > 0:
            yield _spot(row, "received_date", f"{entry.agency}: came {days} days after it was due")
        elif entry.status == "late" and days is None:
            yield _spot(row, "status", f"{entry.agency}: came late; by how much isn't said")


@warns("status_against_dates", "the status says something else than the dates", "late only after the due date")
def check_status_dates(case: Case) -> Iterator[Spot]:
    """Give each line that is late by status or by dates, but not by both."""
    for row, entry in case.lines:
        days = _days(entry.due_date, entry.received_date)
        if days is not None and entry.status in WITH_FILE and (entry.status == "late") != (days > 0):
            yield _spot(row, "status", f"the status is {entry.status}, the dates say otherwise")


def _days(first: date | None, last: date | None) -> int | None:
    """Return the days between two dates of the register; None where either isn't given."""
    return None if first is None or last is None else (last - first).days


PRECEDES = ("extracted_on", "written_on", "as_at", "period_end")


@warns("as_at_after_received", "data are said to be of a day after they were sent", "on or before the day received")
def check_as_at(case: Case) -> Iterator[Spot]:
    """Give each date of a return's making that lies after its receipt."""
    for row, entry in case.lines:
        for first in PRECEDES:
            days = _days(getattr(entry, first), entry.received_date)
            if days is not None and days < 0 and entry.status in WITH_FILE:
                yield _spot(row, first, f"{first.replace('_', ' ')} is after the day it was received")


@warns("extracted_before_as_at", "data were extracted before the day that they describe", "on or after that day")
def check_extracted(case: Case) -> Iterator[Spot]:
    """Give each return that was extracted before its as-at day, so that its last days are missing."""
    for row, entry in case.lines:
        days = _days(entry.as_at, entry.extracted_on)
        if days is not None and days < 0:
            yield _spot(row, "extracted_on", "extracted before the day that the data are said to be of")


@notes("return_period", "a return covers another period than the report", "the report's period")
def check_period(case: Case) -> Iterator[Spot]:
    """Give each return whose period isn't that of the report; a snapshot needs a day in it."""
    for row, entry in case.lines:
        period = entry.stated_period
        if period is None or entry.status not in WITH_FILE or _is_reports(period, case.period):
            continue
        words = compare_periods(period, case.period).reason.removeprefix("not comparable: ")
        yield _spot(row, "period_start", f"covers {period.label}{f' ({words})' if words else ''}", case.period.label)


def _is_reports(period: Period, report: Period) -> bool:
    if period.basis == "snapshot":
        return overlaps(period, report)
    return (period.start, period.end) == (report.start, report.end)


def overlaps(one: Period, other: Period) -> bool:
    """Whether two periods share a day; an end that isn't known is open."""
    start, end = one.start or one.end, one.end or one.start
    if one.basis == "snapshot":
        start = end
    return (start or date.min) <= (other.end or date.max) and (end or date.max) >= (other.start or date.min)


@notes("return_period_unclear", "a return doesn't say which period it covers", "a start, an end and a basis")
def check_period_stated(case: Case) -> Iterator[Spot]:
    """Give each return whose period basis is unclear."""
    for row, entry in case.lines:
        if entry.status in WITH_FILE and entry.period_basis in ("", "unclear"):
            yield _spot(row, "period_basis", f"{entry.agency}: the period isn't stated")


@warns("return_area", "records are said to be of another area than the report's", "the records of the report's area")
def check_return_area(case: Case) -> Iterator[Spot]:
    """Give each line with records whose area isn't the partnership's: they are counted as its own."""
    for row, entry in case.lines:
        is_other = entry.geography not in ("", case.partnership.geography)
        if is_other and entry.file in case.read and case.read[entry.file].rows:
            yield _spot(row, "geography", f"{entry.agency}: its records are counted as those of the report's area")


@warns("half_year_unclear", "lists of an inspection have no last day, and aren't counted", "a period that ends a month")
def check_half_year(case: Case) -> Iterator[Spot]:
    """Give each line of Annex A that doesn't say to which month's end its six months go."""
    for row, entry in case.lines:
        if "annex_a" in entry.datasets and entry.file in case.read and not ends_month(entry.period_end):
            yield _spot(
                row, "period_end", f"{entry.agency}: the six months of its lists aren't known: nothing is counted"
            )


@warns("break_unexplained", "a break in a series has no date or no reason", "a date and a reason")
def check_break(case: Case) -> Iterator[Spot]:
    """Give each break that the register doesn't explain."""
    for row, entry in case.lines:
        if entry.break_in_series:
            for column in ("break_date", "break_reason"):
                if not getattr(entry, column):
                    yield _spot(row, column, "a break in the series without its " + column.removeprefix("break_"))


@notes("words_not_approved", "words wait for approval, so that a shared report won't say them", "an approval")
def check_approved(case: Case) -> Iterator[Spot]:
    """Give each text of the register and of the partnership's file that no named person approved, once."""
    said = [(row, column, getattr(e, column)) for row, e in case.lines for column in ("note", "break_reason")]
    waiting = {text: (row, column) for row, column, text in reversed(said) if not case.partnership.has_approved(text)}
    for text, (row, column) in sorted(waiting.items(), key=itemgetter(1)):
        yield _spot(row, column, "the words wait for approval", ask_for_approval(text))
    for place, text, _ in case.partnership.words:
        if not case.partnership.has_approved(text):
            message = f"the words of the {place} wait for approval"
            yield Spot("partnership.toml", None, None, message, ask_for_approval(text))


@warns("agency_without_return", "an agency of the partnership has no line in the register", "a line for each agency")
def check_every_agency(case: Case) -> Iterator[Spot]:
    """Give the agencies that feed a section and that the register doesn't mention, all at once."""
    mentioned = {entry.agency for entry in case.entries}
    here = case.partnership
    absent = [one.name for one in here.agencies if here.fed_by(one) and one.name not in mentioned]
    if absent:
        yield Spot(REGISTER_FILE, None, "agency", f"no line in the register: {', '.join(absent)}")


@notes("dataset_not_returned", "a dataset that a section of the plan needs is in no line", "a line for each dataset")
def check_every_dataset(case: Case) -> Iterator[Spot]:
    """Give what each agency owes: the datasets that sections need and the register doesn't mention."""
    mentioned = {dataset for entry in case.entries for dataset in entry.answered}
    numbers = {section.id: section.number for section in case.partnership.sections}
    owed: dict[str, list[str]] = {}
    for dataset, sections in list_needed(case.partnership, case.catalogue).items():
        if dataset not in mentioned:
            needed = ", ".join(numbers[id] for id in numbers if id in sections)
            owed.setdefault(credit(name_senders(dataset, case.partnership, case.catalogue)), []).append(
                f"{dataset} (for section {needed})"
            )
    for agency, said in owed.items():
        message = f"{agency}: neither returned nor said to be missing: {'; '.join(said)}"
        yield Spot(REGISTER_FILE, None, "dataset", message)


@warns("dataset_not_in_file", "a line names a dataset of which its file holds nothing", "only what the file holds")
def check_datasets_in_files(case: Case) -> Iterator[Spot]:
    """Give each dataset of a line whose file holds none of its tables, or counts of none of the sections that need it.
    What came in a statutory format isn't asked for its datasets."""
    for row, entry in case.lines:
        if entry.file in case.read:
            for dataset in entry.datasets:
                if not _holds(case.read[entry.file], dataset, case.catalogue):
                    yield _spot(row, "dataset", f"{entry.agency}: the file holds nothing of {dataset}")


def _holds(read: Read, dataset: str, catalogue: Catalogue) -> bool:
    held = {name.partition(".")[0] for name in read.tables}
    if not all(name.startswith("D") for name in held) or dataset in held:
        return True
    told = {section for one in read.observations for section in catalogue.measures[one.indicator].sections}
    if not told:
        return not held
    needed = find_sections(dataset, catalogue)
    return not needed or bool(told & needed)


@notes("table_not_returned", "a dataset came without one of its tables", "every table of the dataset")
def check_every_table(case: Case) -> Iterator[Spot]:
    """Give each table that is missing from a dataset of which records came."""
    came = {name: file for file, read in case.read.items() for name in read.tables}
    for dataset in dict.fromkeys(name.partition(".")[0] for name in came):
        file = next(file for name, file in came.items() if name.startswith(f"{dataset}."))
        for table in load_contracts()[dataset].tables:
            if f"{dataset}.{table.name}" not in came and dataset.startswith("D") and not table.beside:
                yield Spot(file, None, None, f"{dataset} came without its table {table.name}")


@warns("no_rows", "a file or a sheet holds no row", "a row; or status nil in the register, without a file")
def check_rows(case: Case) -> Iterator[Spot]:
    """Give each table without a row, which counts as zero; a census names none that it doesn't hold."""
    for name, records in case.parts:
        if records.frame.empty and not records.problems and not name.startswith("cin_census."):
            yield Spot(records.file, None, None, f"{name} holds no row, and counts as zero")
