"""A frame of text as typed records of a contract, with all that is wrong.

The index of a frame of records is the row in the file, so that any later finding can name it. A column that didn't come
isn't in the frame; one that came without a value is empty. Types: `date` and
`moment` are datetime64[s], `integer` Int64, `number` float64, `yes_no` boolean, all others str. A missing value is
missing, and where a symbol stood for it `marks` says what the symbol means.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.errors import Problem
from analysis.returns.contracts import Column, Table
from analysis.returns.moments import judge_days
from analysis.returns.values import DECIMAL, Reading, is_nhs_number, read_value

DTYPES = {
    "date": "datetime64[s]",
    "moment": "datetime64[s]",
    "integer": "Int64",
    "number": "float64",
    "yes_no": "boolean",
}
SHIFTED, SOME = 4, 1 / 3  # cells that don't fit their columns, and of those with a type, that make a row a shifted one
RARE = 0.1  # of a column's keys that are unlike the others, at most: of more, the column is so
ENOUGH, JUDGED = 5, 100  # different keys by which a column of them is judged
SHOWN = 1000  # problems of one kind in one column that are told row by row
ODD_DECIMAL = ("wrong_type", "error", "a number with decimals, and the column's other keys have none", "a key")
ODD_WORD = ("odd_key", "warning", "a key without a digit, where the column's others have one", "a key like the others")
DIGIT = re.compile(r"\d")
SHIFTED_ALLOWED = "each cell under its heading, a row a line"
CASES = ("the same key as another but for capital letters or noughts before it", "one spelling for one thing")
MARK_COLUMNS = ("row", "column", "mark")


class Known(NamedTuple):
    """What each different cell of a kind of column was read as, and which of them are more than a plain value."""

    readings: dict[str, Reading]
    noted: set[str]


Memory = dict[tuple, Known]


class Numbered(NamedTuple):
    """A column of text as the number of each cell's text among `words`; zero is an empty cell."""

    numbers: np.ndarray
    words: np.ndarray


@dataclass(frozen=True)
class Records:
    """One table as read. `marks` has the columns row, column and mark; `file` is what messages call its sheet."""

    table: Table
    frame: pd.DataFrame
    marks: pd.DataFrame
    problems: tuple[Problem, ...] = ()
    file: str = ""


def conform(
    cells: Mapping[str, Sequence[str] | Numbered],
    index: Sequence[int],
    table: Table,
    file: str,
    memory: Memory | None = None,
) -> Records:
    """Return columns of text, called as the table's, as typed records; `index` holds the row of each in the file.

    Tables read with one `memory` read each different cell once among them.
    """
    rows = pd.Index(index, dtype="int64")
    memory = {} if memory is None else memory
    columns = [_read_column(cells.get(column.name), rows, column, file, memory) for column in table.columns]
    frame = pd.DataFrame({part.name: part.values for part in columns if part.values is not None}, index=rows)
    marks = [(row, part.name, mark) for part in columns for row, mark in part.marks]
    return Records(
        table,
        frame,
        pd.DataFrame(sorted(marks), columns=list(MARK_COLUMNS)),
        (
            *fold_shifted([p for part in columns for p in part.problems], _count_typed(cells, table), len(rows)),
            *_duplicates(frame, table, file),
            *_cases(frame, table, file),
        ),
        file,
    )


def fold_shifted(problems: Sequence[Problem], typed: int, rows: int) -> list[Problem]:
    """Return the problems, those of each row that has many in place of its own as one: its cells are shifted, or it is
    broken across two lines. A column of which no cell fits is at fault itself; `typed` is how many have a type."""
    by_column = Counter(problem.column for problem in problems if problem.row)
    of_rows = [p for p in problems if p.row and p.severity == "error" and (by_column[p.column] < rows or rows == 1)]
    by_row = Counter(problem.row for problem in of_rows)
    shifted = {row: None for row, times in sorted(by_row.items()) if times >= max(SHIFTED, SOME * typed)}
    kept = [problem for problem in problems if problem.row not in shifted]
    said = "most cells don't fit their headings: the row is shifted, or broken across lines"
    file = problems[0].file if problems else ""
    return [*kept, *(Problem(file, row, None, "shifted_row", "error", said, SHIFTED_ALLOWED) for row in shifted)]


def _count_typed(cells: Mapping[str, object], table: Table) -> int:
    return sum(column.name in cells and column.is_typed for column in table.columns)


@dataclass(frozen=True)
class _Part:
    name: str
    values: object
    marks: Sequence[tuple[int, str]] = ()
    problems: Sequence[Problem] = ()


def _read_column(
    cells: Sequence[str] | Numbered | None, rows: pd.Index, column: Column, file: str, memory: Memory
) -> _Part:
    if cells is None and len(rows) and not column.required:
        return _Part(column.name, None)  # absent, which isn't empty
    if cells is None or not (column.required or _any(cells)):
        return _Part(column.name, _nothing(rows, column) if column.keep else None)
    if not column.keep:
        return _Part(column.name, None)
    places, different = _factorized(cells)
    kind = (column.type, column.codes, column.minimum, column.maximum, bool(column.born))
    known = memory.setdefault(kind, Known({}, set()))
    if column.type in ("date", "moment") and (unsure := judge_days(different)):
        fault = Problem(file, None, column.name, "month_first", "error", f"{unsure}: none is sure", "dd/mm/yyyy")
        return _Part(column.name, _nothing(rows, column), problems=[fault])
    readings = _readings(different, column, known)
    values = pd.Series([reading.value for reading in readings], dtype=DTYPES.get(column.type, "str")).array.take(places)
    numbers = list(_health_numbers(different, column, file))
    numbers += _odd_keys(readings, places, rows, column, file) if column.is_key else ()
    if known.noted.isdisjoint(different):
        return _Part(column.name, values, problems=numbers)
    marks = [reading.mark for reading in readings]
    return _Part(
        column.name,
        values,
        [(row, mark) for mark, found in _rows_of(marks, places, rows).items() for row in found],
        [*numbers, *_faults(readings, places, rows, column, file)],
    )


def _nothing(rows: pd.Index, column: Column) -> pd.Series:
    return pd.Series(None, index=rows, dtype=DTYPES.get(column.type, "str"))


def _any(cells: Sequence[str] | Numbered) -> bool:
    return bool(cells.numbers.any()) if isinstance(cells, Numbered) else any(cells)


def _factorized(cells: Sequence[str] | Numbered) -> tuple[np.ndarray, np.ndarray]:
    """Return which of the different texts each cell has, and the different texts."""
    if not isinstance(cells, Numbered):
        return pd.factorize(np.asarray(cells, dtype=object))
    places, different = pd.factorize(cells.numbers)
    return places, cells.words[different]


def _health_numbers(different: Sequence[str], column: Column, file: str) -> Iterable[Problem]:
    """Tell a column of pseudonyms whose first keys are mostly NHS numbers; one in eleven of any ten digits passes."""
    keys = different[:JUDGED]
    if column.type == "pseudonym" and len(keys) >= ENOUGH and sum(map(is_nhs_number, keys)) * 2 > len(keys):
        message = "most keys of this column are NHS numbers"
        yield Problem(file, None, column.name, "real_identifier", "error", message, "pseudonyms")


def _odd_keys(
    readings: Sequence[Reading], places: np.ndarray, rows: pd.Index, column: Column, file: str
) -> Iterable[Problem]:
    """Tell keys that are unlike the others of their column: with decimals, a number stands where a key belongs; without
    a digit, and of another length, perhaps a name."""
    keys = [reading.value if reading.value and not reading.mark else "" for reading in readings]
    lengths = {len(key) for key in keys if DIGIT.search(key)}
    for odd, told in (
        ([place for place, reading in enumerate(readings) if reading.change == DECIMAL], ODD_DECIMAL),
        ([place for place, key in enumerate(keys) if key and _is_odd(key, lengths)], ODD_WORD),
    ):
        if odd and len(odd) <= RARE * len(readings):
            for row in rows[np.isin(places, odd)]:
                yield Problem(file, int(row), column.name, *told)


def _is_odd(key: str, lengths: Collection[int]) -> bool:
    return len(key) not in lengths and not DIGIT.search(key)


def _readings(different: Sequence[str], column: Column, known: Known) -> list[Reading]:
    for cell in different:
        if cell not in known.readings:
            reading = known.readings[cell] = read_value(cell, column)
            if reading.value is None:
                known.noted.add(cell)
    return [known.readings[cell] for cell in different]


def _rows_of(said: Sequence[str], places: np.ndarray, rows: pd.Index) -> dict[str, tuple[int, ...]]:
    """Return the rows at which each thing was said, by what was said; `places` tells which one each row has."""
    kinds = sorted(set(said) - {""})
    return {kind: tuple(rows[np.array([one == kind for one in said])[places]].tolist()) for kind in kinds}


def _faults(
    readings: Sequence[Reading], places: np.ndarray, rows: pd.Index, column: Column, file: str
) -> Iterable[Problem]:
    if not any(reading.fault or (column.required and reading.value is None) for reading in readings):
        return
    bad = [_bad(reading, column) for reading in readings]
    at = np.flatnonzero(np.array([reading is not None for reading in bad], dtype=bool)[places])
    for place in at[:SHOWN]:
        reading = bad[places[place]]
        yield Problem(file, int(rows[place]), column.name, reading.rule, "error", reading.fault, reading.allowed)
    if len(at) > SHOWN:
        message = f"{len(at) - SHOWN} more rows of this column have a problem"
        yield Problem(file, int(rows[at[SHOWN]]), column.name, "more_rows", "error", message)


def _bad(reading: Reading, column: Column) -> Reading | None:
    """Return what is wrong with a cell of the column, if anything."""
    if reading.fault:
        return reading
    return _gap(reading) if column.required and reading.value is None else None


def _gap(reading: Reading) -> Reading:
    fault = f"a value is needed; the symbol means {reading.mark.replace('_', ' ')}" if reading.mark else "no value"
    return Reading(rule="missing_value", fault=fault, allowed="a value in every row")


def _duplicates(frame: pd.DataFrame, table: Table, file: str) -> Iterable[Problem]:
    """Tell the rows whose key stood before; in a table without a key, the rows that stood before as a whole."""
    key = [name for name in table.key if name in frame] or list(frame.columns)
    if not key or not frame.duplicated(key).any():
        return
    whole = frame[key].notna().all(axis=1) if table.key else frame.notna().any(axis=1)
    first_of = frame.groupby(key, sort=False, dropna=False).ngroup()
    seen: dict[int, int] = {}
    for row, group, counts in zip(frame.index, first_of, whole, strict=True):
        before = seen.setdefault(group, row)
        if counts and before != row:
            message = f"the same {'key' if table.key else 'values'} as row {before}"
            yield Problem(file, row, ", ".join(table.key) or None, "duplicate_key", "error", message, "once")


def fold_keys(keys: pd.Series) -> pd.Series:
    """Return keys as they are compared: without capitals, and without noughts before them, which a sheet drops."""
    return keys.str.casefold().str.lstrip("0") if keys.dtype == "str" else keys


def _cases(frame: pd.DataFrame, table: Table, file: str) -> Iterable[Problem]:
    """Tell keys written in capitals here and in small letters there, or with noughts: one would count as two."""
    for column in table.columns:
        if column.is_key and column.name in frame:
            keys = pd.Series(frame[column.name].dropna().unique())
            twice = keys[fold_keys(keys).duplicated()]
            severity = "error" if table.key == (column.name,) else "warning"
            for row in frame.index[frame[column.name].isin(twice)] if len(twice) else ():
                yield Problem(file, int(row), column.name, "key_in_two_cases", severity, *CASES)
