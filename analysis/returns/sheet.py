"""One grid of text, whatever kind of file it was read from, and the refusal of a file that gives none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from pathlib import Path

from analysis.errors import DataError, Problem

READABLE = "CSV, .xlsx, .xls or .ods"
SHEET_NAME = 31  # characters that a workbook allows
SAVE_AS = "open it in a spreadsheet and save it as .xlsx"


@dataclass(frozen=True)
class Sheet:
    """One grid of text. `rows[0]` is row 1 of the file; `merged` holds (top, left, bottom, right), from 0; `hidden` the
    rows, from 1, that are out of sight, `struck` those with a cell struck through; `hidden_columns` columns, from 0.
    With `from_1904` numbers that stand for days count them from 1904.

    `name` is the sheet's own, which may hold anything, so that messages speak of its `position` (from 1), and name it
    only where it is called as in a template (`known`).
    """

    file: str
    name: str
    position: int
    rows: Sequence[Sequence[str]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    problems: tuple[Problem, ...] = ()
    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    is_hidden: bool = False
    from_1904: bool = False
    known: bool = False

    @property
    def label(self) -> str:
        """How messages call the sheet: the file, and which sheet of it where it has more than one."""
        return label_sheet(self.file, self.position, self.name if self.known else "")


def name_sheet(dataset: str, table: str) -> str:
    """Return what a template calls the sheet of a table: `D23 contacts`, cut to what a workbook allows."""
    return f"{dataset} {table}"[:SHEET_NAME]


def label_sheet(file: str, position: int, name: str = "") -> str:
    """Return how messages call a sheet: a text file, at place 0, is its only one."""
    return f"{file}, sheet {name or position}" if position else file


def file_of(label: str) -> str:
    """Return the file of a sheet, by what messages call the sheet."""
    return label.partition(", sheet ")[0]


def column_letter(place: int) -> str:
    """Return the letters by which a spreadsheet calls the column at `place`, from 0."""
    return (column_letter(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)


def column_place(letters: str) -> int:
    """Return the place, from 0, of the column that a spreadsheet calls by these letters."""
    return reduce(lambda place, letter: place * 26 + ord(letter) - 64, letters, 0) - 1


def refused(path: Path, rule: str, message: str, allowed: str = "", row: int | None = None) -> DataError:
    """Return the error for a file that can't be read as a whole."""
    return DataError(Problem(path.name, row, None, rule, "error", message, allowed))


def cell_text(value: object) -> str:
    """Return a cell of a workbook as text: ISO dates, whole numbers without a point."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        whole = value.time() == time()
        return value.date().isoformat() if whole else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return _hours(value) if isinstance(value, timedelta) else str(value)


def _hours(length: timedelta) -> str:
    return repr(round(length.total_seconds() / 3600, 4))
