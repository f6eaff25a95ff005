"""Workbooks to send to the agencies: one an agency, with a guidance sheet and a sheet for each table it returns.

A sheet has its title in row 1, an example in row 2, its header in row 3 and room for records beneath. The example
stands above the header, where reading never looks for records. Sheets take all they say from the contracts, so that
a filled template reads back by the same contract. Nothing written is a live formula.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analysis.errors import CommandError, listed
from analysis.measures.periods import Period, parse_year
from analysis.returns.aggregate_rows import AGGREGATE, DATES, NUMBERS
from analysis.returns.contracts import Column, Contract, Table
from analysis.returns.plan import Asked
from analysis.returns.sheet import name_sheet
from analysis.returns.template_counts import (
    GUIDANCE,
    LAYOUT,
    Row,
    count_lists,
    example,
    example_count,
    get_words,
    list_rows,
    rule_of,
)

TITLE_ROW, EXAMPLE_ROW, HEADER_ROW = 1, 2, 3
ROOM = 5000  # rows that carry drop-downs and formats; more may be filled in
LISTS = "lists"
GREY, HEAD = PatternFill("solid", fgColor="EEEEEE"), PatternFill("solid", fgColor="D9E2EC")
Lists = dict[tuple[str, ...], int]  # the options of each drop-down, and the column of the hidden sheet that holds them
# As text a number stays as it was typed: 11.86% is no 0.1186.
FORMATS_OF_COUNTS = dict.fromkeys(NUMBERS, "@") | dict.fromkeys(DATES, "yyyy-mm-dd")
WIDTHS_OF_COUNTS = {"title": 50, "indicator": 30, "meaning": 70}
FORMATS = {"date": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm", "integer": "0", "number": "General"}


def write_planned(
    asked: Iterable[Asked],
    folder: Path,
    *,
    partnership: str,
    year: str,
    period: Period | None = None,
    geography: str = "",
    meanings: Mapping[str, str] | None = None,
    force: bool = False,
) -> list[Path]:
    """Write a workbook for each agency of a plan; return their paths.

    `period` and `geography` are what the figures asked for are of, `meanings` tell what each measure is. Raises
    CommandError for an ill-formed year and, unless `force`, before anything is written, where a workbook is there that
    is filled in.
    """
    period = period or parse_year(year)
    folder.mkdir(parents=True, exist_ok=True)
    books = {
        folder / f"{partnership}_{year}_{one.code}.xlsx": _book(
            one, partnership, year, list(list_rows(one.figures, meanings or {}, one.last, period, geography))
        )
        for one in asked
    }
    filled = [path.name for path in books if not force and path.exists() and is_filled(path)]
    if filled:
        raise CommandError(f"filled in already: {listed(filled, limit=5)}; allowed: --force, or another --output")
    for path, book in books.items():
        book.save(path)
    return list(books)


def is_filled(path: Path) -> bool:
    """Whether something stands beneath the headings of a workbook that a template leaves empty; anything that is no
    workbook of ours counts as filled."""
    try:
        book = load_workbook(path, read_only=True)
    except (OSError, ValueError, KeyError, BadZipFile):
        return True
    given = {place for place, name in enumerate(LAYOUT) if name not in (*NUMBERS, "note")}
    return any(
        cell not in (None, "") and not (sheet.title == AGGREGATE.title and place in given)
        for sheet in book
        if sheet.title not in (GUIDANCE, LISTS)
        for row in sheet.iter_rows(min_row=HEADER_ROW + 1, values_only=True)
        for place, cell in enumerate(row)
    )


def _book(asked: Asked, partnership: str, year: str, rows: Sequence[Row]) -> Workbook:
    book = Workbook()
    names = sheet_names(asked.contracts)
    _guidance(book.active, asked, names, partnership, year)
    lists: Lists = {}
    for found in asked.contracts:
        for table in found.tables:
            _table_sheet(book.create_sheet(names[found.id, table.name]), found, table, lists, year)
    _counts_sheet(book.create_sheet(AGGREGATE.title), lists, year, rows)
    _write_lists(book.create_sheet(LISTS), lists)
    return book


def sheet_names(contracts: Sequence[Contract]) -> dict[tuple[str, str], str]:
    """Return the name of each table's sheet, by dataset and table: `D23 contacts`, cut to what a workbook allows."""
    return {(found.id, table.name): name_sheet(found.id, table.name) for found in contracts for table in found.tables}


def _guidance(sheet: Worksheet, asked: Asked, names: Mapping, partnership: str, year: str) -> None:
    sheet.title, contracts = GUIDANCE, asked.contracts
    _put(sheet, 1, [f"Return to the safeguarding partnership: {asked.name}, {year}"], bold=True)
    lines = [[f"Partnership: {partnership}"], *([line] for line in get_words()["guidance"])]
    for row, line in enumerate(lines, start=2):
        _put(sheet, row, line)
    _put(sheet, len(lines) + 3, ["Sheet", "Column", "Needed", "What it holds", "What is allowed"], bold=True)
    rows = [
        [names[found.id, table.name], column.name, "yes" if column.required else "", column.meaning, rule_of(column)]
        for found in contracts
        for table in found.tables
        for column in table.columns
        if column.keep
    ]
    for row, cells in enumerate([*_headings(contracts, names), *rows], start=len(lines) + 4):
        _put(sheet, row, cells)
    for letter, width in zip("ABCDE", (30, 28, 8, 60, 80), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = sheet.cell(len(lines) + 4, 1)


def _headings(contracts: Sequence[Contract], names: Mapping) -> list[list[str]]:
    """Return a line for each sheet: what it is, how often it is returned, how long it is kept and why."""
    return [
        [
            names[found.id, table.name],
            "(whole sheet)",
            "",
            f"{found.title}: {table.grain}. Returned: {found.frequency.replace('_', ' ')}.",
            f"Kept: {found.retention.keep}. Held under: {found.retention.basis}",
        ]
        for found in contracts
        for table in found.tables
    ]


def _table_sheet(sheet: Worksheet, found: Contract, table: Table, lists: Lists, year: str) -> None:
    columns = [column for column in table.columns if column.keep]
    said = f"{found.title}: {table.grain}. The grey row is an example. Fill in from row {HEADER_ROW + 1}."
    _put(sheet, TITLE_ROW, [said], bold=True)
    _put(sheet, EXAMPLE_ROW, [example(column, year) for column in columns], fill=GREY)
    _put(sheet, HEADER_ROW, [column.name for column in columns], bold=True, fill=HEAD)
    for place, column in enumerate(columns, start=1):
        _prepare(sheet, place, column, lists)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 1)


def _prepare(sheet: Worksheet, place: int, column: Column, lists: Lists) -> None:
    """Give a column its comment, its width, its format and its validation."""
    letter = get_column_letter(place)
    needed = " Needed in every row." if column.required else ""
    sheet.cell(HEADER_ROW, place).comment = Comment(f"{column.meaning}.{needed} {rule_of(column)}", "template")
    sheet.column_dimensions[letter].width = max(12, min(40, len(column.name) + 4))
    cells = f"{letter}{HEADER_ROW + 1}:{letter}{HEADER_ROW + ROOM}"
    if validation := _validation(column, lists):
        sheet.add_data_validation(validation)
        validation.add(cells)
    sheet.column_dimensions[letter].number_format = FORMATS.get(column.type, "@")


def _validation(column: Column, lists: Lists) -> DataValidation | None:
    if column.type == "code":
        return _choice([shown(code.code, code.label) for code in column.codes], lists)
    if column.type == "yes_no":
        return DataValidation(type="list", formula1='"yes,no"', allow_blank=True)
    if column.type in ("date", "moment"):
        return DataValidation(type="date", operator="greaterThan", formula1="1", allow_blank=True)
    if column.type in ("integer", "number"):
        return _within(column)
    return None


def _within(column: Column) -> DataValidation:
    low = -1e9 if column.minimum is None else column.minimum
    high = 1e12 if column.maximum is None else column.maximum
    kind = "whole" if column.type == "integer" else "decimal"
    # A warning and not a stop, so that a symbol such as [c] can be typed.
    ends = {"formula1": f"{low:.0f}", "formula2": f"{high:.0f}"}
    return DataValidation(type=kind, operator="between", errorStyle="warning", allow_blank=True, **ends)


def shown(code: str, label: str) -> str:
    """Return a code as a drop-down shows it: alone where it is a word, else with its label."""
    word = code.replace("_", " ").casefold()
    return code if word == label.casefold() or (code.islower() and len(code) > 3) else f"{code}: {label}"


def _choice(options: Sequence[str], lists: Lists) -> DataValidation:
    """Return a drop-down of the options, which stand in a column of the hidden sheet, once however often used."""
    letter = get_column_letter(lists.setdefault(tuple(options), len(lists) + 1))
    where = f"{quote_sheetname(LISTS)}!${letter}$1:${letter}${len(options)}"
    return DataValidation(type="list", formula1=where, allow_blank=True)


def _write_lists(sheet: Worksheet, lists: Lists) -> None:
    for options, place in lists.items():
        for row, option in enumerate(options, start=1):
            _write_text(sheet, row, place, option)
    sheet.sheet_state = "hidden"


def _counts_sheet(sheet: Worksheet, lists: Lists, year: str, rows: Sequence[Row]) -> None:
    """Write the sheet of counts: a row for each figure asked for, and room beneath for others."""
    _put(sheet, TITLE_ROW, [get_words()["counts"]], bold=True)
    _put(sheet, EXAMPLE_ROW, [example_count(year).get(name, "") for name in LAYOUT], fill=GREY)
    _put(sheet, HEADER_ROW, LAYOUT, bold=True, fill=HEAD)
    for number, row in enumerate(rows, start=HEADER_ROW + 1):
        for place, name in enumerate(LAYOUT, start=1):
            _write_text(sheet, number, place, row.cells.get(name)).number_format = FORMATS_OF_COUNTS.get(
                name, "General"
            )
    _offer(sheet, lists, "category", _runs([row.categories for row in rows]))
    for name, options in count_lists(row.cells for row in rows).items():
        _offer(sheet, lists, name, {options: [(0, ROOM)]} if options else {})
    for place, name in enumerate(LAYOUT, start=1):
        dimensions = sheet.column_dimensions[get_column_letter(place)]
        dimensions.width = WIDTHS_OF_COUNTS.get(name, max(12, len(name) + 4))
        dimensions.number_format = FORMATS_OF_COUNTS.get(name, "General")
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 2)


def _runs(options: Sequence[tuple[str, ...]]) -> dict[tuple[str, ...], list[tuple[int, int]]]:
    """Return the first and last place of each run of rows with the same options, by the options."""
    found: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for chosen, run in groupby(enumerate(options), key=itemgetter(1)):
        places = [place for place, _ in run]
        if chosen:
            found.setdefault(chosen, []).append((places[0], places[-1]))
    return found


def _offer(sheet: Worksheet, lists: Lists, name: str, runs: Mapping[tuple[str, ...], list[tuple[int, int]]]) -> None:
    """Give the cells of a column a list to choose from."""
    letter = get_column_letter(LAYOUT.index(name) + 1)
    for options, places in runs.items():
        choice = _choice(options, lists)
        sheet.add_data_validation(choice)
        for first, last in places:
            choice.add(f"{letter}{HEADER_ROW + 1 + first}:{letter}{HEADER_ROW + 1 + last}")


def _put(
    sheet: Worksheet, row: int, cells: Sequence[object], *, bold: bool = False, fill: PatternFill | None = None
) -> None:
    for place, value in enumerate(cells, start=1):
        cell = _write_text(sheet, row, place, value)
        cell.font = Font(bold=bold, italic=fill is GREY)
        cell.alignment = Alignment(vertical="top")
        if fill:
            cell.fill = fill


def _write_text(sheet: Worksheet, row: int, place: int, value: object):
    """Write a value so that it can never be a live formula, and return its cell."""
    cell = sheet.cell(row, place, value)
    if isinstance(value, str):
        cell.data_type = "s"
    return cell
