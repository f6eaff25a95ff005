"""A frame of text as typed records of a contract, with all that was changed and all that is wrong.

The index of a frame of records is the row in the file, so that any later finding can name it. Types: `date` and
`moment` are datetime64[s], `integer` Int64, `number` float64, `yes_no` boolean, all others str. A missing value is
missing, and where a symbol stood for it `marks` says what the symbol means.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.errors import Problem, listed
from analysis.returns.contracts import Column, Table
from analysis.returns.headers import heading, headings, missing_columns
from analysis.returns.tables import cell_text
from analysis.returns.values import BLANK, Reading, read_value

DTYPES = {
    "date": "datetime64[s]",
    "moment": "datetime64[s]",
    "integer": "Int64",
    "number": "float64",
    "yes_no": "boolean",
}
SHOWN = 1000  # problems of one kind in one column that are told row by row
MARK_COLUMNS = ("row", "column", "mark")


@dataclass(frozen=True)
class Change:
    """What reading changed: the file, the column, the kind of change, and the rows. Never a value."""

    file: str
    column: str
    kind: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Records:
    """One table as read. `marks` has the columns row, column and mark."""

    table: Table
    frame: pd.DataFrame
    marks: pd.DataFrame
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


def check_table(frame: pd.DataFrame, table: Table, file: str) -> list[Problem]:
    """Return every problem of a frame against its contract: columns unknown or missing, values missing or
    of the wrong type, codes unknown, numbers out of range, keys twice. Rows are named by the frame's
    index."""
    known = headings(table)
    names = [known.get(heading(str(name)), "") for name in frame.columns]
    message, allowed = "a column isn't one of the table's", listed(table.names)
    unknown = [Problem(file, None, None, "unknown_column", "error", message, allowed)] * names.count("")
    faults = [*unknown, *missing_columns(table, names, file)]
    kept = frame.loc[:, [bool(name) for name in names]].set_axis([name for name in names if name], axis=1)
    text = kept.astype(object).where(kept.notna(), "").map(cell_text)
    return [*faults, *conform(text, table, file).problems]


def conform(text: pd.DataFrame, table: Table, file: str) -> Records:
    """Return a frame of text, its columns named as the table's, as typed records."""
    columns = [_read_column(text, column, file) for column in table.columns]
    kept = {part.name: part.values for part in columns if part.values is not None}
    frame = pd.DataFrame(kept, index=text.index)
    marks = [(row, part.name, mark) for part in columns for row, mark in part.marks]
    return Records(
        table,
        frame,
        pd.DataFrame(marks, columns=list(MARK_COLUMNS)),
        tuple(change for part in columns for change in part.changes),
        (*(problem for part in columns for problem in part.problems), *_duplicates(frame, table, file)),
    )


@dataclass(frozen=True)
class _Part:
    name: str
    values: pd.Series | None
    marks: Sequence[tuple[int, str]] = ()
    changes: Sequence[Change] = ()
    problems: Sequence[Problem] = ()


def _read_column(text: pd.DataFrame, column: Column, file: str) -> _Part:
    if column.name not in text:
        empty = pd.Series(None, index=text.index, dtype=DTYPES.get(column.type, "str"))
        return _Part(column.name, empty if column.keep else None)
    if not column.keep:
        return _Part(column.name, None, changes=[Change(file, column.name, "not_kept", tuple(text.index))])
    cells = text[column.name].tolist()
    readings = {cell: read_value(cell, column) for cell in set(cells)}
    values = _typed([readings[cell].value for cell in cells], column, text.index)
    noted = [cell for cell, reading in readings.items() if reading.change or reading.mark or reading.fault]
    return _Part(
        column.name,
        values,
        *_notes(cells, text.index, {cell: readings[cell] for cell in noted}, column, file),
        [*_faults(cells, text.index, readings, column, file)],
    )


def _typed(values: list, column: Column, index: pd.Index) -> pd.Series:
    return pd.Series(values, index=index, dtype=DTYPES.get(column.type, "str"))


def _notes(
    cells: list[str], index: Iterable[int], noted: dict[str, Reading], column: Column, file: str
) -> tuple[list[tuple[int, str]], list[Change]]:
    """Return the marks and the changes of a column."""
    if not noted:
        return [], []
    marks, rows = [], {}
    for row, cell in zip(index, cells, strict=True):
        reading = noted.get(cell, BLANK)
        if reading.mark:
            marks.append((row, reading.mark))
        if reading.change:
            rows.setdefault(reading.change, []).append(row)
    return marks, [Change(file, column.name, kind, tuple(found)) for kind, found in rows.items()]


def _faults(
    cells: list[str], index: Iterable[int], readings: dict[str, Reading], column: Column, file: str
) -> Iterable[Problem]:
    bad = {cell: reading for cell, reading in readings.items() if reading.fault}
    if column.required:
        gaps = {cell for cell, reading in readings.items() if reading.value is None and not reading.fault}
        bad |= {cell: _gap(readings[cell]) for cell in gaps}
    if not bad:
        return
    at = [(row, bad[cell]) for row, cell in zip(index, cells, strict=True) if cell in bad]
    for row, reading in at[:SHOWN]:
        yield Problem(file, row, column.name, reading.rule, "error", reading.fault, reading.allowed)
    if len(at) > SHOWN:
        message = f"{len(at) - SHOWN} more rows of this column have a problem"
        yield Problem(file, at[SHOWN][0], column.name, "more_rows", "error", message)


def _gap(reading: Reading) -> Reading:
    fault = f"a value is needed; the symbol means {reading.mark.replace('_', ' ')}" if reading.mark else "no value"
    return Reading(rule="missing_value", fault=fault, allowed="a value in every row")


def _duplicates(frame: pd.DataFrame, table: Table, file: str) -> Iterable[Problem]:
    """Tell the rows whose key stood before; in a table without a key, the rows that stood before as a whole."""
    key = [name for name in table.key if name in frame] or list(frame.columns)
    if not key or not len(frame):
        return
    whole = frame[key].notna().all(axis=1) if table.key else frame.notna().any(axis=1)
    first_of = frame.groupby(key, sort=False, dropna=False).ngroup()
    seen: dict[int, int] = {}
    for row, group, counts in zip(frame.index, first_of, whole, strict=True):
        before = seen.setdefault(group, row)
        if counts and before != row:
            message = f"the same {'key' if table.key else 'values'} as row {before}"
            yield Problem(file, row, ", ".join(table.key) or None, "duplicate_key", "error", message, "once")
