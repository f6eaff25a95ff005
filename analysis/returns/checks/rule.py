"""What a rule is, the year that rules look at, and the register of them.

An error is what can't be what it claims to be: a build stops. A warning is a figure or a record that is read and used:
the exit status stays 0. It is a question, which needs the agency's answer, or only noted, where the return says itself
what it is and the report shows it so. A message never holds a value of a record, nor a
small figure about people.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from typing import NamedTuple

import pandas as pd

from analysis.errors import Problem
from analysis.measures.catalogue import Catalogue
from analysis.measures.periods import Period
from analysis.measures.strict import read_rows
from analysis.partnership import Partnership
from analysis.returns.aggregate import Observation
from analysis.returns.conform import Records
from analysis.returns.contracts import Table
from analysis.returns.files import Read
from analysis.returns.register import SET_ASIDE, ReturnEntry
from analysis.returns.sheet import file_of
from analysis.settings import get_dictionary_root

REGISTER_FILE = "returns.csv"
FIRST_ROW = 2  # of the register's lines: the header is row 1
SHOWN = 200  # rows of one rule in one file that are told one by one
SAFE = 10  # a figure below it isn't repeated in a message


@dataclass(frozen=True)
class Case:
    """A year as rules see it: what the register says, what the files hold, and what there is to compare with.

    `faults` are what is wrong with the register, `before` is the latest year before this one, `counted` the figures
    counted here from this year's records, `same` the files of the year before that this year's equal; `with_records`
    says whether records were read.
    """

    partnership: Partnership
    period: Period
    catalogue: Catalogue
    entries: Sequence[ReturnEntry]
    read: Mapping[str, Read]
    faults: Sequence[Problem] = ()
    before: "Case | None" = None
    counted: Sequence[Observation] = ()
    same: Mapping[str, str] = field(default_factory=dict)
    with_records: bool = True
    year: str = ""

    def without(self, files: Collection[str]) -> "Case":
        """Return the year as it is where files are set aside: as if they hadn't come, and their lines say so."""
        entries = [replace(e, file="", status=SET_ASIDE) if e.file in files else e for e in self.entries]
        return replace(
            self, entries=entries, read={file: read for file, read in self.read.items() if file not in files}
        )

    @property
    def lines(self) -> Iterator[tuple[int, ReturnEntry]]:
        """The register's lines with their rows."""
        return enumerate(self.entries, start=FIRST_ROW)

    @property
    def figures(self) -> list[Observation]:
        """Every figure that came counted."""
        return [one for found in self.read.values() for one in found.observations]

    @property
    def earlier(self) -> list[Observation]:
        """The figures that came counted for the year before."""
        return self.before.figures if self.before else []

    @property
    def parts(self) -> Iterator[tuple[str, Records]]:
        """Each sheet of records with its table's name, file by file."""
        return (part for read in self.read.values() for part in read.parts)

    @cached_property  # several rules ask for it
    def tables(self) -> dict[tuple[str, str], tuple[str, Table, pd.DataFrame]]:
        """Each table of records by agency and name, with its first file: all of its rows."""
        agencies = {entry.file: entry.agency for entry in reversed(self.entries)}
        found: dict[tuple[str, str], tuple[str, Table, list[pd.DataFrame]]] = {}
        for file, read in self.read.items():
            for name, part in read.parts:
                found.setdefault((agencies.get(file, ""), name), (part.file, part.table, []))[2].append(part.frame)
        return {key: (file, table, pd.concat(rows)) for key, (file, table, rows) in found.items()}

    @cached_property
    def tables_of_year(self) -> dict[tuple[str, str], tuple[str, Table, pd.DataFrame]]:
        """Each table of records with the rows that their day puts into the year."""
        return {
            key: (file, table, _of_period(rows, table.period, self.period))
            for key, (file, table, rows) in self.tables.items()
        }

    def period_of(self, file: str) -> Period:
        """Return the period of a file or a sheet of one: its lines', where that is a part of the report's."""
        lines = [entry for entry in self.entries if entry.file == file_of(file)]
        stated = {entry.stated_period for entry in lines}
        own = next(iter(stated), None) if len(stated) == 1 else None
        bounds = own and own.months and self.period.start and self.period.end
        return own if bounds and self.period.start <= own.start and own.end <= self.period.end else self.period

    def entry_of(self, file: str) -> ReturnEntry:
        """Return the first entry of a file."""
        return next(entry for entry in self.entries if entry.file == file)


def _of_period(frame: pd.DataFrame, column: str, period: Period) -> pd.DataFrame:
    """Return the rows that a column of days puts into a period; all of them where it holds no day."""
    if column not in frame or frame[column].dtype.kind != "M" or period.start is None or period.end is None:
        return frame
    first, last = pd.Timestamp(period.start), pd.Timestamp(period.end) + pd.Timedelta(days=1)
    return frame[(frame[column] >= first) & (frame[column] < last)]


class Spot(NamedTuple):
    """Where a rule is broken, and how."""

    file: str
    row: int | None
    column: str | None
    message: str
    allowed: str = ""


Check = Callable[[Case], Iterable[Spot]]


@dataclass(frozen=True)
class Rule:
    """One rule: its id, what it checks, how grave a breach is, what is allowed, whether a breach is only noted. Rules
    without a check are those that reading itself holds to: `data/dictionary/rules.csv`."""

    id: str
    what: str
    severity: str
    allowed: str = ""
    check: Check | None = None
    noted: bool = False

    @property
    def level(self) -> str:
        """How a breach is told: error, question or noted."""
        return "error" if self.severity == "error" else "noted" if self.noted else "question"


REGISTER: dict[str, Rule] = {}


def add(rule: Rule) -> None:
    """Enter a rule. ValueError where its id is taken."""
    if rule.id in REGISTER:
        raise ValueError(f"rule {rule.id!r} is there already")
    REGISTER[rule.id] = rule


def warns(
    id: str, what: str, allowed: str = "", *, severity: str = "warning", noted: bool = False
) -> Callable[[Check], Check]:
    """Enter the function as a rule whose breach is a question."""

    def enter(check: Check) -> Check:
        add(Rule(id, what, severity, allowed, check, noted))
        return check

    return enter


stops = partial(warns, severity="error")
notes = partial(warns, noted=True)


def get_rules() -> Mapping[str, Rule]:
    """Return every rule by its id: those that are functions, and those that reading holds to."""
    return REGISTER | _rules_of_reading()


@cache
def _rules_of_reading() -> dict[str, Rule]:
    found = {}
    for row in read_rows(get_dictionary_root() / "rules.csv", ("id", "level", "what", "allowed")):
        level = row.pop("level")
        found[row["id"]] = Rule(**row, severity="error" if level == "error" else "warning", noted=level == "noted")
    return found


def level_of(problem: Problem) -> str:
    """Return how a problem is told: error, question or noted. A rule may be grave in one place and not in another."""
    rule = get_rules().get(problem.rule)
    return "error" if problem.severity == "error" else "noted" if rule and rule.noted else "question"


def apply(rule: Rule, case: Case) -> list[Problem]:
    """Return the problems that a rule finds in a year; past some number in one file, how many more there are."""
    spots = list(rule.check(case)) if rule.check else []
    by_file: dict[str, list[Spot]] = {}
    for spot in spots:
        by_file.setdefault(spot.file, []).append(spot)
    return [problem for found in by_file.values() for problem in _problems(rule, found)]


def _problems(rule: Rule, spots: Sequence[Spot]) -> Iterator[Problem]:
    for spot in spots[:SHOWN]:
        allowed = spot.allowed or rule.allowed
        yield Problem(spot.file, spot.row, spot.column, rule.id, rule.severity, spot.message, allowed)
    if len(spots) > SHOWN:
        spot, more = spots[SHOWN], len(spots) - SHOWN
        yield Problem(spot.file, spot.row, spot.column, rule.id, rule.severity, f"{more} more rows break this rule")


def told(value: float) -> str:
    """Return a figure as a message may hold it: a small one is not repeated."""
    return f"{value:.10g}" if abs(value) >= SAFE else "a small number"
