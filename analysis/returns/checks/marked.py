"""A workbook to send back to an agency: what is wrong, and its own files with the cells marked.

Rows stand where they stand in the file. A marked cell has a colour, a border and a comment, so that none of them is
needed alone. Everything is text: nothing written is a live formula.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.properties import PageSetupProperties

from analysis.errors import DataError, Problem
from analysis.returns.files import is_xml
from analysis.returns.headers import SEARCHED, heading
from analysis.returns.sheet import Sheet, file_of
from analysis.returns.tables import read_sheets
from analysis.returns.values import tidy

LEAD = (
    "This workbook holds your own return. Send it, and keep it, as you do the return itself.",
    "An error has to be put right before the figures can be used; a warning needs your answer.",
    "Cells with a problem are coloured, framed and commented. Please correct your own file, and send that.",
)
HEAD = ("Severity", "File", "Row", "Column", "What is wrong", "What is allowed", "Rule")
WIDTHS = (10, 34, 8, 24, 60, 40, 24)
MARK, THIN = PatternFill("solid", fgColor="FFE699"), Side(style="medium", color="7F6000")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
SHEET_NAME = 31  # characters that a workbook allows
UNFIT = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])  # what a workbook can't hold
COMMENTED = 500  # cells of one sheet that are marked one by one


def write_workbook(path: Path, agency: str, problems: Sequence[Problem], folder: Path) -> None:
    """Write the workbook of one agency: its problems, and each of its files that has any, as far as it can be read."""
    book = Workbook(write_only=True)
    _list_problems(book.create_sheet("Problems"), agency, problems)
    names = {"problems"}
    for file in dict.fromkeys(file_of(problem.file) for problem in problems):
        for sheet in _sheets(folder / file):
            found = [problem for problem in problems if problem.file == sheet.label and problem.row]
            if found:
                _copy(book.create_sheet(_name(sheet, names)), sheet, found)
    book.save(path)


def _sheets(path: Path) -> Iterable[Sheet]:
    """Return a file's grids; none for one that can't be read, of which the list of problems tells."""
    try:
        return () if not path.is_file() or path.name == "returns.csv" or is_xml(path) else read_sheets(path)
    except DataError:
        return ()


def _name(sheet: Sheet, taken: set[str]) -> str:
    """Return a name for the copy of a sheet that no other has, of characters that a workbook allows."""
    position = f" {sheet.position}" if sheet.position else ""
    stem = Path(sheet.file).stem.translate(UNFIT)[: SHEET_NAME - 6].strip() or "file"
    name, number = f"{stem}{position}", 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem[: SHEET_NAME - 9]}{position} {number}"
    taken.add(name.casefold())
    return name


def _list_problems(sheet: WriteOnlyWorksheet, agency: str, problems: Sequence[Problem]) -> None:
    for letter, width in zip("ABCDEFG", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = f"A{len(LEAD) + 4}"
    _fit_to_paper(sheet)
    sheet.append([_cell(sheet, f"Problems with the return of {agency}", bold=True)])
    for line in LEAD:
        sheet.append([_cell(sheet, line)])
    sheet.append([])
    sheet.append([_cell(sheet, name, bold=True) for name in HEAD])
    for one in problems:
        told = (one.severity, one.file, one.row or "", one.column or "", one.message, one.allowed, one.rule)
        sheet.append([_cell(sheet, value, wrap=True) for value in told])


def _fit_to_paper(sheet: WriteOnlyWorksheet) -> None:
    """Print all columns on a page's width, on its long side: what is wrong stands in the last of them."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _cell(sheet: WriteOnlyWorksheet, value: object, *, bold: bool = False, wrap: bool = False) -> Cell:
    """Return a cell that can't be a live formula."""
    cell = WriteOnlyCell(sheet, value.translate(CONTROL) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(vertical="top", wrap_text=wrap)
    return cell


def _copy(sheet: WriteOnlyWorksheet, source: Sheet, problems: Sequence[Problem]) -> None:
    """Write a grid with the cells of its problems marked; a problem of a whole row marks its first cell."""
    places = _columns(source)
    marks: dict[int, dict[int, list[Problem]]] = {}
    for problem in problems[:COMMENTED]:
        for column in (problem.column or "").split(", "):
            marks.setdefault(problem.row, {}).setdefault(_place(column, places), []).append(problem)
    width = 1 + max((place for found in marks.values() for place in found), default=0)
    for number, cells in enumerate(source.rows, start=1):
        row: list[object] = [_cell(sheet, value) for value in (*cells, *[""] * (width - len(cells)))]
        for place, found in marks.get(number, {}).items():
            _mark(row[place], found)
        sheet.append(row)


def _columns(source: Sheet) -> Mapping[str, int]:
    """Return where each heading stands, by how it is compared: the lowest place counts, and the first row."""
    found: dict[str, int] = {}
    for cells in source.rows[:SEARCHED]:
        for place, text in enumerate(cells):
            if tidy(text):
                found.setdefault(heading(text), place)
    return found


def _place(column: str, places: Mapping[str, int]) -> int:
    """Return the place of a column told by its name, or by the letters that a spreadsheet calls it by."""
    if heading(column) in places:
        return places[heading(column)]
    return column_index_from_string(column) - 1 if column.isalpha() and column.isupper() and len(column) < 4 else 0


def _mark(cell: Cell, problems: Sequence[Problem]) -> None:
    cell.fill, cell.border = MARK, FRAME
    said = [
        f"{one.severity}: {one.message}" + (f" (allowed: {one.allowed})" if one.allowed else "") for one in problems
    ]
    cell.comment = Comment("\n".join(said)[:2000], "check")
