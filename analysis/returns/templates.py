"""Workbooks to send to the agencies: one an agency, with a guidance sheet and a sheet for each table it returns.

A sheet has its title in row 1, an example in row 2, its header in row 3 and room for records beneath. The example
stands above the header, where reading never looks for records. Sheets take all they say from the contracts, so that
a filled template reads back by the same contract. Nothing written is a live formula.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from analysis.measures.periods import parse_year
from analysis.returns.aggregate_rows import AGGREGATE, COLUMNS, DATES, NUMBERS
from analysis.returns.contracts import EVERY_AGENCY, Column, Contract, Table, list_agencies
from analysis.returns.plan import Asked
from analysis.returns.template_parts import (
    AGGREGATE_SAID,
    GUIDANCE,
    READ_THIS,
    aggregate_lists,
    example,
    example_count,
    rule_of,
)

TITLE_ROW, EXAMPLE_ROW, HEADER_ROW = 1, 2, 3
ROOM = 5000  # rows that carry drop-downs and formats; more may be filled in
LISTS = "lists"
SHEET_NAME = 31  # characters that a workbook allows
GREY, HEAD = PatternFill("solid", fgColor="EEEEEE"), PatternFill("solid", fgColor="D9E2EC")
Lists = dict[tuple[str, ...], int]  # the options of each drop-down, and the column of the hidden sheet that holds them
# As text a number stays as it was typed: 11.86% is no 0.1186.
FORMATS_OF_COUNTS = dict.fromkeys(NUMBERS, "@") | dict.fromkeys(DATES, "yyyy-mm-dd")
FORMATS = {"date": "dd/mm/yyyy", "moment": "dd/mm/yyyy hh:mm", "integer": "0", "number": "General"}


def write_templates(
    contracts: Iterable[Contract], folder: Path, *, partnership: str, year: str, catalogue: Mapping | None = None
) -> list[Path]:
    """Write a workbook for each agency that returns any of the contracts; return their paths, by agency.

    `catalogue` maps the names of indicators to their dimensions' categories, for the drop-downs of the sheet of
    counts; without one those cells are free. Raises CommandError for an ill-formed year.
    """
    labels = list_agencies()
    asked = [
        Asked(agency, labels.get(agency, agency), tuple(found), catalogue or {})
        for agency, found in sorted(by_agency(list(contracts)).items())
    ]
    return write_planned(asked, folder, partnership=partnership, year=year)


def write_planned(asked: Iterable[Asked], folder: Path, *, partnership: str, year: str) -> list[Path]:
    """Write a workbook for each agency of a plan; return their paths. Raises CommandError for an ill-formed year."""
    parse_year(year)
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder, one, partnership, year) for one in asked]


def by_agency(contracts: Sequence[Contract]) -> dict[str, list[Contract]]:
    """Return the contracts that each agency returns. What every agency returns goes to each that returns anything,
    and to all agencies where nothing else is asked for."""
    named = {agency for found in contracts for agency in found.agencies} - {EVERY_AGENCY}
    agencies = named or set(list_agencies())
    wanted = {agency: [c for c in contracts if {agency, EVERY_AGENCY} & {*c.agencies}] for agency in agencies}
    return {agency: found for agency, found in wanted.items() if found}


def _write(folder: Path, asked: Asked, partnership: str, year: str) -> Path:
    book = Workbook()
    names = sheet_names(asked.contracts)
    _guidance(book.active, asked, names, partnership, year)
    lists: Lists = {}
    for found in asked.contracts:
        for table in found.tables:
            _table_sheet(book.create_sheet(names[found.id, table.name]), found, table, lists, year)
    _aggregate_sheet(book.create_sheet(AGGREGATE.title), lists, year, asked.figures)
    _write_lists(book.create_sheet(LISTS), lists)
    path = folder / f"{partnership}_{year}_{asked.code}.xlsx"
    book.save(path)
    return path


def sheet_names(contracts: Sequence[Contract]) -> dict[tuple[str, str], str]:
    """Return the name of each table's sheet, by dataset and table: `D23 contacts`, cut to what a workbook allows."""
    return {
        (found.id, table.name): f"{found.id} {table.name}"[:SHEET_NAME] for found in contracts for table in found.tables
    }


def _guidance(sheet: Worksheet, asked: Asked, names: Mapping, partnership: str, year: str) -> None:
    sheet.title, contracts = GUIDANCE, asked.contracts
    _put(sheet, 1, [f"Return to the safeguarding partnership: {asked.name}, {year}"], bold=True)
    lines = [[f"Partnership: {partnership}"], *([line] for line in READ_THIS)]
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


def _aggregate_sheet(sheet: Worksheet, lists: Lists, year: str, catalogue: Mapping[str, Collection[str]]) -> None:
    """Write the sheet for an agency that returns counts only: the columns of aggregate returns."""
    _put(sheet, TITLE_ROW, [AGGREGATE_SAID], bold=True)
    _put(sheet, EXAMPLE_ROW, example_count(year), fill=GREY)
    _put(sheet, HEADER_ROW, COLUMNS, bold=True, fill=HEAD)
    for name, options in aggregate_lists(catalogue).items():
        if options:
            letter = get_column_letter(COLUMNS.index(name) + 1)
            choice = _choice(options, lists)
            sheet.add_data_validation(choice)
            choice.add(f"{letter}{HEADER_ROW + 1}:{letter}{HEADER_ROW + ROOM}")
    for place, name in enumerate(COLUMNS, start=1):
        dimensions = sheet.column_dimensions[get_column_letter(place)]
        dimensions.width, dimensions.number_format = max(12, len(name) + 4), FORMATS_OF_COUNTS.get(name, "General")
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 1)


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
