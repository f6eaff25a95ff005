"""What an .xls file tells that calamine doesn't: what is hidden or struck through, percentages, pounds; by xlrd."""

import io
from collections.abc import Iterator
from pathlib import Path

import xlrd
from xlrd.sheet import Sheet

from analysis.returns.workbook_parts import Part, is_percentage, is_pounds


def read_xls_parts(path: Path) -> dict[int, Part]:
    """Return what each sheet of an .xls file tells beside its values, by its position; nothing of a file that xlrd
    can't read: whether it is damaged, calamine says."""
    try:
        book = xlrd.open_workbook(path, formatting_info=True, logfile=io.StringIO())
    except Exception:  # noqa: BLE001  xlrd raises whatever a damaged file makes its parts raise
        return {}
    styles = list(enumerate(book.xf_list))
    codes = {place: book.format_map[xf.format_key].format_str for place, xf in styles}
    percent, pounds = ({place for place, code in codes.items() if shows(code)} for shows in (is_percentage, is_pounds))
    struck = {place for place, xf in styles if book.font_list[xf.font_index].struck_out}
    return {
        position: Part(
            frozenset(row + 1 for row, about in sheet.rowinfo_map.items() if about.hidden),
            frozenset(column for column, about in sheet.colinfo_map.items() if about.hidden),
            frozenset(row + 1 for row, _ in _find_cells(sheet, struck)),
            frozenset(_find_cells(sheet, percent)),
            frozenset(_find_cells(sheet, pounds)),
            from_1904=bool(book.datemode),
        )
        for position, sheet in enumerate(book.sheets(), start=1)
    }


def _find_cells(sheet: Sheet, styles: set[int]) -> Iterator[tuple[int, int]]:
    """Give the row and the column, from 0, of each cell that holds anything in one of some styles."""
    for row in range(sheet.nrows) if styles else ():
        for column, style in enumerate(sheet._cell_xf_indexes[row]):
            if style in styles and sheet.cell_type(row, column) not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                yield row, column
