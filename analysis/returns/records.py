"""Returns of records: a file read as the tables of its contract."""

from collections.abc import Sequence
from itertools import islice, zip_longest
from pathlib import Path

from analysis.errors import DataError, Problem, listed
from analysis.returns.conform import Change, Records, conform
from analysis.returns.contracts import Contract, Table
from analysis.returns.headers import Header, match_sheets
from analysis.returns.sheet import Sheet
from analysis.returns.tables import read_sheets
from analysis.returns.values import tidy

Cells = dict[str, list[str]]
TOTALS = ("total", "totals", "grand total", "sum")


def read_return(path: Path, contract: Contract) -> dict[str, Records]:
    """Return the tables of a dataset that a file holds, by name.

    Raises DataError for a file that can't be read, or in which no table of the dataset is found.
    """
    found = match_sheets(read_sheets(path), contract)
    if not found:
        allowed = listed(table.title for table in contract.tables)
        raise DataError(Problem(path.name, None, None, "no_table", "error", f"no table of {contract.id}", allowed))
    return {name: read_table(sheet, contract.table(name), header) for name, (sheet, header) in found.items()}


def read_files(paths: Sequence[Path], contract: Contract) -> tuple[dict[str, Records], list[Problem]]:
    """Return the tables of a dataset that comes as a set of files, and the problems of the set: a file that is no
    table of it or can't be read, a table that came twice (the first counts)."""
    tables: dict[str, Records] = {}
    problems: list[Problem] = []
    for path in sorted(paths):
        try:
            found = read_return(path, contract)
        except DataError as fault:
            problems += fault.problems
            continue
        for name in found.keys() & tables.keys():
            message = f"the table {name} came in another file of the set too"
            problems.append(Problem(path.name, None, None, "table_twice", "error", message, "one file a table"))
        tables = found | tables
    return {table.name: tables[table.name] for table in contract.tables if table.name in tables}, problems


def read_table(sheet: Sheet, table: Table, header: Header) -> Records:
    """Return the rows under the header as records of the table."""
    cells, rows, changes, problems = grid(sheet, header)
    records = conform(cells, rows, table, sheet.label)
    return Records(
        table,
        records.frame,
        records.marks,
        (*changes, *records.changes),
        (*sheet.problems, *header.problems, *problems, *records.problems),
        sheet.label,
    )


def grid(sheet: Sheet, header: Header) -> tuple[Cells, list[int], list[Change], list[Problem]]:
    """Return the rows under the header, column by column, and their numbers, without what is no record."""
    width = len(header.columns)
    rows = dict(enumerate(sheet.rows[header.row + 1 :], start=header.row + 2))
    rows, filled = _fill_merged(sheet, header, rows)
    kinds = {row: kind for row, cells in rows.items() if (kind := _not_a_record(cells, sheet, header, row))}
    kept = {row: cells for row, cells in rows.items() if row not in kinds}
    problems = [
        Problem(sheet.label, row, None, "ragged_row", "error", "more cells than the header has columns")
        for row, cells in kept.items()
        if len(cells) > width and any(map(tidy, cells[width:]))
    ]
    columns = zip_longest(header.columns, *kept.values(), fillvalue="")
    named = {name: cells for name, *cells in columns if name}
    return named, list(kept), [*filled, *_dropped(sheet, kinds)], problems


def _dropped(sheet: Sheet, kinds: dict[int, str]) -> list[Change]:
    return [
        Change(sheet.label, "", kind, tuple(row for row, found in kinds.items() if found == kind))
        for kind in sorted(set(kinds.values()))
    ]


def _not_a_record(cells: Sequence[str], sheet: Sheet, header: Header, row: int) -> str:
    """Return why a row under the header is no record, or an empty string."""
    filled = list(islice((cell for cell in cells if cell and not cell.isspace()), 2))
    if not filled:
        return "blank_row"
    if len(filled) == 1 and len(header.columns) > 2 and _is_banner(sheet, row):
        return "banner_row"
    if filled[0].strip().casefold() in TOTALS:
        return "total_row"
    return "repeated_header" if cells == sheet.rows[header.row] else ""


def _is_banner(sheet: Sheet, row: int) -> bool:
    return any(top == row - 1 == bottom and right - left > 1 for top, left, bottom, right in sheet.merged)


def _fill_merged(
    sheet: Sheet, header: Header, rows: dict[int, Sequence[str]]
) -> tuple[dict[int, Sequence[str]], list[Change]]:
    """Return the rows with each value that is merged downwards written into every cell that it spans."""
    filled: dict[int, list[str]] = {}
    changed: dict[str, list[int]] = {}
    for top, left, bottom, right in sheet.merged:
        if left != right or left >= len(header.columns) or not header.columns[left]:
            continue
        for row in range(max(top + 2, header.row + 3), bottom + 2):
            cells = filled.setdefault(row, list(rows.get(row, ())))
            if left < len(cells) and top > header.row:
                cells[left] = sheet.rows[top][left]
                changed.setdefault(header.columns[left], []).append(row)
    changes = [Change(sheet.label, name, "merged_cells", tuple(at)) for name, at in changed.items()]
    return {row: filled.get(row, cells) for row, cells in rows.items()}, changes
