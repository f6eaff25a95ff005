"""The returns register: what each agency was asked for, what came, and what didn't. It is read by its contract, D00."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from pathlib import Path

from analysis.errors import CommandError, DataError, Problem, listed, quoted_slip, unknown
from analysis.measures.completion import NOT_LISTED
from analysis.measures.periods import Period, is_year, parse_year
from analysis.measures.strict import AGE, read_rows
from analysis.partnership import Partnership
from analysis.returns.contracts import Column, contract, load_contracts
from analysis.returns.reading import VERSIONS, Reading, is_version
from analysis.returns.values import read_value

FILE = "returns.csv"
FIRST_ROW = 2  # of its lines: the header is row 1
STATUS_WORDS = {
    "received": "Received",
    "late": "Received late",
    "nil": "Nil return: the agency says there was nothing to count",
    "missing": "Missing",
    "narrative_only": "Narrative only: no figure was supplied",
    "set_aside": "Set aside: what came is faulty, and counts as not received",
}
STATUS_MEANS = {"nil": "nothing to count", "missing": "nothing came", "narrative_only": "words, no figure"}
SET_ASIDE = "set_aside"  # said of a return by a build that was asked to, never by the register
RULED = ("status", "period_basis")  # columns of codes that have a rule of their own
WITH_FILE = ("received", "late")
STANDS_IN = {
    "cin_census": ("D18",),
    "ssda903": ("D19",),
    "ssd": ("D16", "D17", "D18", "D19", "D20"),
}


@dataclass(frozen=True)
class ReturnEntry:
    """One line of the register. A day or a number that isn't given is None, a text that isn't is empty."""

    return_id: str = ""
    agency: str = ""
    section: str = ""
    dataset: str = ""
    version: int | None = None
    status: str = ""
    file: str = ""
    period_start: date | None = None
    period_end: date | None = None
    period_basis: str = ""
    geography: str = ""
    as_at: date | None = None
    due_date: date | None = None
    received_date: date | None = None
    extracted_on: date | None = None
    written_on: date | None = None
    source_system: str = ""
    definition_version: str = ""
    break_in_series: bool = False
    break_date: date | None = None
    break_reason: str = ""
    completeness_pct: float | None = None
    signed_off_by: str = ""
    sensitivity: str = ""
    note: str = ""

    @property
    def datasets(self) -> tuple[str, ...]:
        """The datasets that the return is of."""
        return tuple(name for part in self.dataset.split(";") if (name := part.strip()))

    @property
    def answered(self) -> tuple[str, ...]:
        """The datasets that the return answers for: its own, and those that a statutory return stands in for."""
        return (*self.datasets, *(other for name in self.datasets for other in STANDS_IN.get(name, ())))

    @property
    def broke_on(self) -> date | None:
        """The day from which its figures are of a new series; None where its series doesn't break."""
        return (self.break_date or self.period_start or self.period_end) if self.break_in_series else None

    @property
    def period(self) -> Period:
        """The period that it covers. ValueError where its dates and its basis contradict each other."""
        return Period(self.period_start, self.period_end, self.period_basis or "unclear")

    @property
    def stated_period(self) -> Period | None:
        """The period that it covers; None where it isn't stated, or can't be."""
        try:
            return self.period if self.period.stated and self.period.end else None
        except ValueError:
            return None


COLUMNS = tuple(field.name for field in fields(ReturnEntry))


def list_set_aside(entries: Iterable[ReturnEntry]) -> list[ReturnEntry]:
    """Return the lines whose returns a build has set aside."""
    return [entry for entry in entries if entry.status == SET_ASIDE]


def credit(agencies: Iterable[str]) -> str:
    """Return whose a figure is, in words: every agency that it came from, or how many there are."""
    names = list(dict.fromkeys(agencies))
    return " and ".join(names) if len(names) < 3 else f"{names[0]} and {len(names) - 1} other agencies"


def join_versions(entries: Iterable[ReturnEntry]) -> str:
    """Return the versions of the definitions that lines of the register give: one, where they agree."""
    return "; ".join(dict.fromkeys(entry.definition_version for entry in entries if entry.definition_version))


def list_years(folder: Path) -> list[str]:
    """Return the years of a partnership's folder that hold a register, oldest first."""
    return sorted(path.parent.name for path in folder.glob("*/returns.csv") if is_year(path.parent.name))


def list_odd_folders(folder: Path) -> list[Problem]:
    """Return a problem for each folder that holds a register and isn't called as a year: a copy, another form."""
    odd = sorted(path.parent.name for path in folder.glob("*/returns.csv") if not is_year(path.parent.name))
    said = ("year_folder", "error", "this folder holds a register, and isn't called as a year", "a name like 2023-24")
    return [Problem(name, None, None, *said) for name in odd]


def get_year_folder(partnership: Partnership, year: str, data_root: Path) -> Path:
    """Return the folder of one year. Raises CommandError for a year that is ill-formed or holds no register."""
    parse_year(year)
    folder, years = data_root / partnership.id, list_years(data_root / partnership.id)
    if year not in years:
        held = "holds no" if (folder / year).is_dir() else "isn't in the data folder, and would hold a"
        raise CommandError(f"{unknown('year', year, years)}; {folder.name}/{year} {held} {FILE}, the register")
    return folder / year


def read_register(folder: Path, partnership: Partnership) -> list[ReturnEntry]:
    """Return a year's register. Raises DataError with every problem: a status, section or file that can't be."""
    entries, problems = load_register(folder, partnership)
    if errors := [problem for problem in problems if problem.severity == "error"]:
        raise DataError(errors)
    return entries


def load_register(folder: Path, partnership: Partnership) -> tuple[list[ReturnEntry], list[Problem]]:
    """Return a year's register and what is wrong with it. Raises DataError where it can't be read at all."""
    columns = contract("D00").table().columns
    needed = [column.name for column in columns if column.required]
    rows = read_rows(folder / FILE, needed, [column.name for column in columns])
    entries, problems = [], []
    for number, row in enumerate(rows, start=FIRST_ROW):
        entry, faults = _read_entry(row, columns)
        words = list(_unknown_words(entry, partnership))
        faults = faults or [*words, *_file_faults(entry, folder), *_date_faults(entry)]
        entries.append(replace(entry, **dict.fromkeys((column for column, *_ in words), "")))
        problems += [
            Problem(FILE, number, column, rule, "error", message, allowed) for column, rule, message, allowed in faults
        ]
    problems += [*_unregistered(entries, folder), *_repeated_ids(entries)]
    entries, unlisted = _hold_agencies(entries, partnership.list_agencies())
    return entries, [*problems, *unlisted]


def _hold_agencies(entries: Sequence[ReturnEntry], names: Sequence[str]) -> tuple[list[ReturnEntry], list[Problem]]:
    """Return the entries, each agency as the partnership's list writes it, in whatever case it stands, one that isn't
    listed called by a number, and a problem for each of these; all of them as they are where nothing is listed."""
    written = {name.casefold(): name for name in names}
    entries = [replace(entry, agency=written.get(entry.agency.casefold(), entry.agency)) for entry in entries]
    unlisted = dict.fromkeys(entry.agency for entry in entries if names and entry.agency and entry.agency not in names)
    called = {name: f"agency {number} {NOT_LISTED}" for number, name in enumerate(unlisted, start=1)}
    message = "not on the partnership's list of agencies: called by a number"
    return [replace(entry, agency=called.get(entry.agency, entry.agency)) for entry in entries], [
        Problem(FILE, row, "agency", "unknown_agency", "warning", message, listed(names, entry.agency, limit=5))
        for row, entry in enumerate(entries, start=FIRST_ROW)
        if entry.agency in called
    ]


def _read_entry(row: Mapping[str, str], columns: Sequence[Column]) -> tuple[ReturnEntry, list["Fault"]]:
    """Return a line, without the values that are wrong, and what is wrong with them."""
    read = {column: read_value(row.get(column.name, ""), column) for column in columns}
    faults = [fault for column, found in read.items() if (fault := _fault(column, row.get(column.name, ""), found))]
    values = {
        column.name: found.value.date() if isinstance(found.value, datetime) else found.value
        for column, found in read.items()
        if found.value is not None and column.name in COLUMNS
    }
    return ReturnEntry(**values), faults


def _fault(column: Column, text: str, found: Reading) -> "Fault | None":
    """Return what is wrong with a cell, without its words: in a shifted row they may be about a person."""
    name, codes = column.name.replace("_", " "), [code.code for code in column.codes]
    rule = f"register_{column.name if column.name in RULED else 'date' if column.type == 'date' else 'value'}"
    if column.required and not text:
        return column.name, rule, f"a line without its {name}", listed(codes) or "a value"
    if not found.fault:
        return None
    if column.name == "status":
        told = ", ".join(f"{code} ({STATUS_MEANS[code]})" if code in STATUS_MEANS else code for code in codes)
        return column.name, rule, f"unknown {name}{quoted_slip(text, codes)}", told
    if codes:
        return column.name, rule, f"unknown {name}{quoted_slip(text, codes)}", listed(codes, text)
    return column.name, rule, found.fault, found.allowed


Fault = tuple[str, str, str, str]  # column, rule, message, what is allowed


def _unknown_words(entry: ReturnEntry, partnership: Partnership) -> Iterator[Fault]:
    """Give each word that reaches pages and isn't on its list: it may be anything, and the entry goes without it."""
    for column, words, allowed in (
        ("section", (entry.section,), [section.id for section in partnership.sections]),
        ("dataset", entry.datasets, load_contracts()),
    ):
        if len(set(words)) < len(words):
            yield column, f"register_{column}", f"a {column} stands twice", "once"
        for word in words:
            if word not in allowed:
                apart = ", several parted by semicolons" if "," in word else ""
                message = f"unknown {column}{quoted_slip(word, allowed)}"
                yield column, f"register_{column}", message, f"{listed(allowed, word)}{apart}"
    if not is_version(entry.definition_version):
        yield "definition_version", "register_value", "not the name of a version", VERSIONS


def _file_faults(entry: ReturnEntry, folder: Path) -> Iterator[Fault]:
    if entry.status in WITH_FILE and not entry.file:
        yield "file", "status_without_file", f"a return that is {entry.status} needs its file", "a file in returns/"
    if entry.status not in WITH_FILE and entry.file:
        yield "file", "file_without_status", f"a return that is {entry.status} has no file", ", ".join(WITH_FILE)
    if entry.file and Path(entry.file).name != entry.file:
        yield "file", "file_name", "not the name of a file in returns/", "a name without a folder"
    elif entry.file and not (folder / "returns" / entry.file).is_file():
        yield "file", "file_absent", "there is no such file in returns/", _nearest_files(entry.file, folder)


def _nearest_files(name: str, folder: Path) -> str:
    files = sorted(path.name for path in (folder / "returns").glob("*") if not path.name.startswith("."))
    return listed(files, name) or "a file in returns/"


def _date_faults(entry: ReturnEntry) -> Iterator[Fault]:
    for name in COLUMNS:
        day = getattr(entry, name)
        if isinstance(day, date) and day.year not in AGE:
            yield name, "register_date", "a day of another age", f"{AGE[0]} to {AGE[-1]}"
    try:
        entry.period  # noqa: B018  it is made to see whether it can be
    except ValueError as fault:
        yield "period_start", "register_period", str(fault), "dates that agree with the basis"
    if entry.break_in_series and entry.broke_on is None:
        yield (
            "break_date",
            "register_break",
            "a break in the series on no day",
            "its day, or the period's first",
        )
    if entry.break_date and not entry.break_in_series:
        yield "break_in_series", "register_break", "a break has a day and isn't said to be one", "yes"


def _unregistered(entries: list[ReturnEntry], folder: Path) -> list[Problem]:
    """Return a problem for each file that came but stands in no line of the register, or in a folder of its own."""
    held, registered = folder / "returns", {entry.file for entry in entries}
    paths = [path.relative_to(held) for path in sorted(held.rglob("*")) if path.is_file()]
    seen = [path for path in paths if not any(part.startswith(".") for part in path.parts)]
    told = ("this file isn't in the register returns.csv", "a line of the register for each file")
    inner = ("this file lies in a folder of its own, and is never read", "a file in returns/ itself, with a line")
    return [
        Problem(path.as_posix(), None, None, "unregistered_file", "error", *(told if path.name == f"{path}" else inner))
        for path in seen
        if f"{path}" not in registered
    ]


def _repeated_ids(entries: list[ReturnEntry]) -> list[Problem]:
    ids = [entry.return_id for entry in entries]
    return [
        Problem(FILE, number, "return_id", "repeated_return", "error", "the same id as another line", "once")
        for number, id in enumerate(ids, start=FIRST_ROW)
        if ids.index(id) != number - FIRST_ROW
    ]
