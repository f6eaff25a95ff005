"""The returns register: what each agency was asked for, what came, and what didn't."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.errors import CommandError, DataError, Problem, listed, unknown
from analysis.measures.periods import BASES, Period, parse_year
from analysis.measures.strict import make, read_rows
from analysis.partnership import Partnership
from analysis.returns.contracts import load_contracts

STATUSES = ("received", "late", "nil", "missing", "narrative_only")
WITH_FILE = ("received", "late")
COLUMNS = (
    "return_id",
    "agency",
    "section",
    "dataset",
    "version",
    "status",
    "file",
    "period_start",
    "period_end",
    "period_basis",
    "geography",
    "as_at",
    "due_date",
    "received_date",
    "extracted_on",
    "written_on",
    "source_system",
    "definition_version",
    "break_in_series",
    "break_date",
    "break_reason",
    "completeness_pct",
    "signed_off_by",
    "sensitivity",
    "note",
)
DATES = (
    "period_start",
    "period_end",
    "as_at",
    "due_date",
    "received_date",
    "extracted_on",
    "written_on",
    "break_date",
)
STATUS_WORDS = {
    "received": "Received",
    "late": "Received late",
    "nil": "Nil return: the agency says there was nothing to count",
    "missing": "Missing",
    "narrative_only": "Narrative only: no figure was supplied",
}


@dataclass(frozen=True)
class ReturnEntry:
    """One line of the register. Dates and lengths are text as the register gives them."""

    return_id: str
    agency: str
    section: str
    dataset: str
    version: str
    status: str
    file: str
    period_start: str
    period_end: str
    period_basis: str
    geography: str
    as_at: str
    due_date: str
    received_date: str
    extracted_on: str
    written_on: str
    source_system: str
    definition_version: str
    break_in_series: str
    break_date: str
    break_reason: str
    completeness_pct: str
    signed_off_by: str
    sensitivity: str
    note: str

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets that the return is of."""
        return tuple(name for part in self.dataset.split(";") if (name := part.strip()))


def list_years(folder: Path) -> list[str]:
    """Return the years of a partnership's folder that hold a register, oldest first."""
    return sorted(path.parent.name for path in folder.glob("*/returns.csv"))


def get_year_folder(partnership: Partnership, year: str, data_root: Path) -> Path:
    """Return the folder of one year. Raises CommandError for a year that is ill-formed or holds no register."""
    parse_year(year)
    folder = data_root / partnership.id
    if year not in list_years(folder):
        raise CommandError(unknown("year", year, list_years(folder)))
    return folder / year


def read_register(folder: Path, partnership: Partnership) -> list[ReturnEntry]:
    """Return a year's register. Raises DataError with every problem: a status, section or file that can't be."""
    entries, problems = load_register(folder, partnership)
    if problems:
        raise DataError(problems)
    return entries


def load_register(folder: Path, partnership: Partnership) -> tuple[list[ReturnEntry], list[Problem]]:
    """Return a year's register and what is wrong with it. Raises DataError where it can't be read at all."""
    path = folder / "returns.csv"
    entries = [make(ReturnEntry, row, path, row["return_id"]) for row in read_rows(path, COLUMNS)]
    found = [
        problem
        for number, entry in enumerate(entries, start=2)
        for problem in check_entry(entry, number, folder, partnership)
    ]
    return entries, [*found, *_unregistered(entries, folder), *_repeated_ids(entries)]


def check_entry(entry: ReturnEntry, number: int, folder: Path, partnership: Partnership) -> list[Problem]:
    """Return what is wrong with one line of the register."""
    faults = (*_unknown_words(entry, partnership), *_file_faults(entry, folder), *_date_faults(entry))
    return [
        Problem("returns.csv", number, column, rule, "error", message, allowed)
        for column, rule, message, allowed in faults
    ]


Fault = tuple[str, str, str, str]  # column, rule, message, what is allowed


def _unknown_words(entry: ReturnEntry, partnership: Partnership) -> Iterator[Fault]:
    for column, said, allowed in (
        ("status", (entry.status,), STATUSES),
        ("section", (entry.section,), [section.id for section in partnership.sections]),
        ("dataset", entry.datasets, load_contracts()),
        ("period_basis", (entry.period_basis,), ("", *BASES)),
    ):
        for word in said:
            if word not in allowed:
                yield (
                    column,
                    f"register_{column}",
                    f"unknown {column.replace('_', ' ')} {word!r}",
                    listed(allowed, word),
                )


def _file_faults(entry: ReturnEntry, folder: Path) -> Iterator[Fault]:
    if entry.status in WITH_FILE and not entry.file:
        yield "file", "status_without_file", f"a return that is {entry.status} needs its file", "a file in returns/"
    if entry.status in STATUSES and entry.status not in WITH_FILE and entry.file:
        yield "file", "file_without_status", f"a return that is {entry.status} has no file", ", ".join(WITH_FILE)
    if entry.file and Path(entry.file).name != entry.file:
        yield "file", "file_name", f"{entry.file!r} isn't the name of a file in returns/", "a name without a folder"
    elif entry.file and not (folder / "returns" / entry.file).is_file():
        yield "file", "file_absent", f"there is no file {entry.file!r} in returns/", "a file in returns/"


def _date_faults(entry: ReturnEntry) -> Iterator[Fault]:
    bad = [name for name in DATES if getattr(entry, name) and not _is_day(getattr(entry, name))]
    for name in bad:
        yield name, "register_date", "not a date", "yyyy-mm-dd"
    if not bad and entry.period_basis in BASES:
        try:
            period_of(entry)
        except ValueError as fault:
            yield "period_start", "register_period", str(fault), "dates that agree with the basis"


def period_of(entry: ReturnEntry) -> Period:
    """Return the period of a line. ValueError where its dates and its basis contradict each other."""
    days = (date.fromisoformat(text) if text else None for text in (entry.period_start, entry.period_end))
    return Period(*days, entry.period_basis)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _unregistered(entries: list[ReturnEntry], folder: Path) -> list[Problem]:
    """Return a problem for each file that came but stands in no line of the register."""
    listed_files = {entry.file for entry in entries}
    message, allowed = "this file isn't in the register returns.csv", "a line of the register for each file"
    return [
        Problem(path.name, None, None, "unregistered_file", "error", message, allowed)
        for path in sorted((folder / "returns").glob("*"))
        if path.is_file() and not path.name.startswith(".") and path.name not in listed_files
    ]


def _repeated_ids(entries: list[ReturnEntry]) -> list[Problem]:
    ids = [entry.return_id for entry in entries]
    return [
        Problem("returns.csv", number, "return_id", "repeated_return", "error", f"{id!r} stands twice", "once")
        for number, id in enumerate(ids, start=2)
        if ids.index(id) != number - 2
    ]
