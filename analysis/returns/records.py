"""Returns of records: a file read as the tables of its contract."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice, zip_longest

import pandas as pd

from analysis.errors import Problem
from analysis.returns.conform import Records, conform, fold_keys
from analysis.returns.contracts import Column, Table
from analysis.returns.headers import Header, split_table
from analysis.returns.moments import SERIAL
from analysis.returns.reading import tidy
from analysis.returns.sheet import Sheet
from analysis.returns.values import read_value

Cells = dict[str, list[str]]
TOTALS = ("total", "totals", "grand total", "sum")
PART_OF_TOTAL = re.compile(
    r"((sub|grand|running)[ -]?)?totals?\b|of which\b|(sum|number|count) of\b|average\b|overall\b"
)
ADDS_UP = re.compile(r"\W*(?:sub|grand|running|total|of|sum|number|count|average|overall)", re.IGNORECASE)
KEY = re.compile(r"[^\s:]*\d[^\s:]*")
NOT_RECORDS = {
    "note_row": "a note and no record: it isn't read",
    "total_row": "a total and no record: it isn't read",
    "unit_row": "a row of descriptions beneath the header and no record: it isn't read",
}
BROKE_OFF = re.compile(
    r"\W*(?:(?:fatal|unhandled)? ?(?:error|exception)\b|traceback|ora-\d|msg \d+, level)"
    r"|.*\b(?:time-?out|timed out|connection .*(?:lost|closed|reset)|out of memory)\b",
    re.IGNORECASE,
)


def read_table(sheet: Sheet, header: Header, table: Table) -> Records:
    """Return the rows under the header, and under those that repeat it further down, as records of the table."""
    headers = split_table(sheet, table, header)
    parts = [_read_part(sheet, part, table) for part in headers]
    if len(parts) == 1:
        return replace(parts[0], problems=(*sheet.problems, *parts[0].problems))
    frames = [part.frame for part in parts if len(part.frame)] or [parts[0].frame]
    return Records(
        table,
        pd.concat(frames),
        pd.concat([part.marks for part in parts], ignore_index=True),
        (*sheet.problems, *(problem for part in parts for problem in part.problems), *find_repeated(parts)),
        sheet.label,
    )


def find_repeated(parts: Sequence[Records]) -> Iterator[Problem]:
    """Give each row of a part of a table whose key stands in a part before it."""
    seen: dict[tuple, str] = {}
    for part in parts:
        key = [name for name in part.table.key if name in part.frame]
        rows = part.frame[key].dropna() if key else part.frame[:0]
        keys = list(zip(rows.index, rows.apply(fold_keys).itertuples(index=False, name=None), strict=True))
        for row, values in keys:
            if values in seen:
                message = f"the same key as {seen[values]}"
                yield Problem(part.file, row, ", ".join(key), "duplicate_key", "error", message, "once")
        seen |= {values: f"row {row}, {part.file}" for row, values in reversed(keys)}


def _read_part(sheet: Sheet, header: Header, table: Table) -> Records:
    cells, rows, problems = grid(sheet, header, table)
    records = conform(cells, rows, table, sheet.label)
    unsure = _counted_from_1904(sheet, cells, rows, table) if sheet.from_1904 else ()
    return replace(records, problems=(*header.problems, *problems, *records.problems, *unsure), file=sheet.label)


def _counted_from_1904(sheet: Sheet, cells: Cells, rows: Sequence[int], table: Table) -> Iterator[Problem]:
    """Give the first number that stands for a day in each column, where a workbook counts its days from 1904."""
    message, allowed = "a number for a day, in a workbook that counts its days from 1904", "cells formatted as dates"
    for name in (column.name for column in table.columns if column.type in ("date", "moment")):
        serial = (row for row, cell in zip(rows, cells.get(name, ()), strict=False) if SERIAL.fullmatch(tidy(cell)))
        for row in islice(serial, 1):
            yield Problem(sheet.label, row, name, "wrong_type", "error", message, allowed)


def grid(sheet: Sheet, header: Header, table: Table) -> tuple[Cells, list[int], list[Problem]]:
    """Return the rows under the header, column by column, and their numbers, without what is no record."""
    width = len(header.columns)
    rows = dict(enumerate(sheet.rows[header.row + 1 : header.end], start=header.row + 2))
    rows = _fill_merged(sheet, header, rows)
    kinds = {row: kind for row, cells in rows.items() if (kind := _not_a_record(cells, sheet, header, row))}
    first = next((row for row in rows if row not in kinds), 0)
    if len(rows) - len(kinds) > 1 and _is_description(rows[first], header, table):
        kinds[first] = "unit_row"
    blank = max((row for row, kind in kinds.items() if kind == "blank_row"), default=max(rows, default=0))
    kinds |= {
        row: "note_row" for row in rows if row > blank and row not in kinds and _is_note(rows[row], header, table)
    }
    kept = {row: cells for row, cells in rows.items() if row not in kinds}
    problems = [
        Problem(sheet.label, row, None, "ragged_row", "error", "more cells than the header has columns")
        for row, cells in kept.items()
        if len(cells) > width and any(map(tidy, cells[width:]))
    ]
    columns = zip_longest(header.columns, *kept.values(), fillvalue="")
    named = {name: cells for name, *cells in columns if name}
    noted = [*_left_out(sheet, kinds, rows), *_hidden(sheet, header, kept)]
    return named, list(kept), [*problems, *noted]


def _left_out(sheet: Sheet, kinds: dict[int, str], rows: dict[int, Sequence[str]]) -> Iterator[Problem]:
    for row, kind in kinds.items():
        if kind == "note_row" and BROKE_OFF.match(" ".join(rows[row])):
            message, allowed = "the program that wrote the file says here that it failed", "the file exported again"
            yield Problem(sheet.label, row, None, "cut_file", "error", message, allowed)
        elif kind in NOT_RECORDS:
            yield Problem(sheet.label, row, None, "not_a_record", "warning", NOT_RECORDS[kind], "records alone")


def _hidden(sheet: Sheet, header: Header, kept: dict[int, Sequence[str]]) -> Iterator[Problem]:
    told = partial(Problem, sheet.label)
    for rows, rule, how in (
        (sheet.hidden, "hidden_rows", "out of sight, perhaps by a filter,"),
        (sheet.struck, "struck_out", "struck through,"),
    ):
        if found := [row for row in kept if row in rows]:
            message = f"{len(found)} rows are {how} and are read all the same"
            yield told(found[0], None, rule, "warning", message, "only rows that count")
    for place in sorted(sheet.hidden_columns) if kept else ():
        if place < len(header.columns) and header.columns[place]:
            name = header.columns[place]
            yield told(None, name, "hidden_rows", "warning", "the column is hidden, and is read all the same")
    if sheet.is_hidden and kept:
        message = "the sheet is hidden, and is read all the same"
        yield told(None, None, "hidden_rows", "warning", message, "only sheets that count")


def _is_description(cells: Sequence[str], header: Header, table: Table) -> bool:
    """Whether a row tells what each column holds ("dd/mm/yyyy", "Y/N"): no typed column has a value of its type."""
    said = _list_typed(cells, header, table)
    return len(said) > 1 and all(_is_no_value(cell, column) for column, cell in said)


def _is_note(cells: Sequence[str], header: Header, table: Table) -> bool:
    """Whether a row beneath the last empty one is words in a few cells, none of them a value of its column's type."""
    said = _list_typed(cells, header, table)
    return sum(map(bool, cells)) * 2 <= header.matched and all(_is_no_value(cell, column) for column, cell in said)


def _list_typed(cells: Sequence[str], header: Header, table: Table) -> list[tuple[Column, str]]:
    known = {column.name: column for column in table.columns if column.is_typed}
    pairs = zip(header.columns, cells, strict=False)
    return [(known[name], cell) for name, cell in pairs if name in known and cell and not cell.isspace()]


def _is_no_value(cell: str, column: Column) -> bool:
    reading = read_value(cell, column)
    return reading.value is None and not reading.mark and reading.rule not in ("error_value", "out_of_range")


def _not_a_record(cells: Sequence[str], sheet: Sheet, header: Header, row: int) -> str:
    """Return why a row under the header is no record, or an empty string."""
    if (
        cells[1:] and cells[0].strip() and cells[1].strip() and not ADDS_UP.match(cells[0])
    ):  # quick: most rows pass here
        return ""
    filled = list(islice((cell for cell in cells if cell and not cell.isspace()), 2))
    if not filled:
        return "blank_row"
    if len(filled) == 1 and len(header.columns) > 2:
        if _is_banner(sheet, row):
            return "banner_row"
        if not KEY.fullmatch(tidy(filled[0])):
            return "note_row"
    return "total_row" if _is_total(tidy(filled[0]).casefold(), cells, header) else ""


def _is_total(label: str, cells: Sequence[str], header: Header) -> bool:
    """Whether a row adds others up: it says so, and leaves most columns empty where it doesn't say so alone."""
    if label in TOTALS:
        return True
    return bool(PART_OF_TOTAL.match(label)) and sum(map(bool, cells)) * 2 <= header.matched


def _is_banner(sheet: Sheet, row: int) -> bool:
    return any(top == row - 1 == bottom and right - left > 1 for top, left, bottom, right in sheet.merged)


def _fill_merged(sheet: Sheet, header: Header, rows: dict[int, Sequence[str]]) -> dict[int, Sequence[str]]:
    """Return the rows with each value that is merged downwards written into every cell that it spans."""
    filled: dict[int, list[str]] = {}
    for top, left, bottom, right in sheet.merged:
        if left != right or left >= len(header.columns) or not header.columns[left]:
            continue
        for row in range(max(top + 2, header.row + 3), bottom + 2):
            cells = filled.setdefault(row, list(rows.get(row, ())))
            if left < len(cells) and top > header.row and row in rows:
                cells[left] = sheet.rows[top][left]
    return {row: filled.get(row, cells) for row, cells in rows.items()}
