"""The returns register: what each agency was asked for, what came, and what didn't."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import CommandError, DataError, Problem, listed, unknown
from analysis.partnership import Partnership
from analysis.periods import parse_year
from analysis.strict import make, read_rows

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
    path = folder / "returns.csv"
    entries = [make(ReturnEntry, row, path, row["return_id"]) for row in read_rows(path, COLUMNS)]
    problems = [
        problem
        for number, entry in enumerate(entries, start=2)
        for problem in check_entry(entry, number, folder, partnership)
    ]
    problems += _unregistered(entries, folder) + _repeated_ids(entries)
    if problems:
        raise DataError(problems)
    return entries


def check_entry(entry: ReturnEntry, number: int, folder: Path, partnership: Partnership) -> list[Problem]:
    """Return what is wrong with one line of the register."""

    def problem(column: str, message: str, allowed: Iterable[str] = ()) -> Problem:
        return Problem("returns.csv", number, column, "register", "error", message, listed(allowed))

    sections = [section.id for section in partnership.sections]
    found = []
    if entry.status not in STATUSES:
        found.append(problem("status", f"unknown status {entry.status!r}", STATUSES))
    if entry.section not in sections:
        found.append(problem("section", f"unknown section {entry.section!r}", sections))
    if entry.status in WITH_FILE and not entry.file:
        found.append(problem("file", f"a return that is {entry.status} needs its file"))
    if entry.status in STATUSES and entry.status not in WITH_FILE and entry.file:
        found.append(problem("file", f"a return that is {entry.status} has no file"))
    if entry.file and Path(entry.file).name != entry.file:
        found.append(problem("file", f"{entry.file!r} isn't the name of a file in returns/"))
    elif entry.file and not (folder / "returns" / entry.file).is_file():
        found.append(problem("file", f"there is no file {entry.file!r} in returns/"))
    return found


def _unregistered(entries: list[ReturnEntry], folder: Path) -> list[Problem]:
    """Return a problem for each file that came but stands in no line of the register."""
    listed_files = {entry.file for entry in entries}
    return [
        Problem(path.name, None, None, "register", "error", "this file isn't in the register returns.csv")
        for path in sorted((folder / "returns").glob("*"))
        if path.is_file() and not path.name.startswith(".") and path.name not in listed_files
    ]


def _repeated_ids(entries: list[ReturnEntry]) -> list[Problem]:
    ids = [entry.return_id for entry in entries]
    return [
        Problem("returns.csv", number, "return_id", "register", "error", f"{id!r} stands twice")
        for number, id in enumerate(ids, start=2)
        if ids.index(id) != number - 2
    ]
