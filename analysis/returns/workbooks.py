"""Workbooks (.xlsx, .xls, .ods) as grids of text, read by calamine.

calamine reserves memory for every cell between the first and the last one, so that one stray cell in the last
column ends the process. The parts of an .xlsx or .ods file are measured before it is let in.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from analysis.errors import Problem
from analysis.returns.sheet import READABLE, Sheet, cell_text, refused

LARGEST_CONTENT = 2 * 2**30  # bytes, unpacked
LARGEST_RATIO = 1000  # unpacked against packed: a spreadsheet packs about 10 to 1
LARGEST_GRID = 50_000_000  # cells between first and last
BOOK_PARTS = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
FAR_CELL = re.compile(rb'r="([A-Z]{2,3})\d+"')
CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*\bt="e"')
NO_VALUE = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^>]*>(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)(?:<v\s*/>|<v></v>)?</c>')
ROW = re.compile(rb'<row [^>]*?\br="(\d{1,9})"')
REPEATED = re.compile(rb'number-(columns|rows)-repeated="(\d{1,12})"([^>]*)>')


def read_workbook(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook that hold anything, hidden ones too, in order.

    Raises DataError for a workbook that is damaged, protected by a password, or too large to be one.
    """
    problems = _check_package(path) if zipfile.is_zipfile(path) else {}
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            return tuple(_sheets(path, book, problems))
    except PasswordError as fault:
        raise refused(path, "protected_file", "is protected by a password", "a file without one") from fault
    except (CalamineError, OSError, ValueError, KeyError, OverflowError) as fault:
        raise _damaged(path) from fault
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # calamine's own; it derives from BaseException
            raise
        raise _damaged(path) from None


def _damaged(path: Path):
    return refused(path, "damaged_file", "is damaged, or no workbook", READABLE)


def _sheets(path: Path, book: CalamineWorkbook, problems: dict) -> Iterator[Sheet]:
    for position, meta in enumerate(book.sheets_metadata, start=1):
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        if sheet.height:
            yield _sheet(path, sheet, position, problems.get(position, ()))


def _sheet(path: Path, sheet: CalamineSheet, position: int, problems: tuple[Problem, ...]) -> Sheet:
    rows = [[cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    merged = tuple((*start, *end) for start, end in sheet.merged_cell_ranges or ())
    return Sheet(path.name, sheet.name, position, rows, merged, problems)


def _check_package(path: Path) -> dict[int, tuple[Problem, ...]]:
    """Refuse a package that unpacks to too much; return the problems of its cells by sheet position."""
    try:
        with zipfile.ZipFile(path) as package:
            _check_size(path, package)
            return _check_parts(path, package)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, ValueError, KeyError) as fault:
        raise _damaged(path) from fault
    except (NotImplementedError, RuntimeError) as fault:  # packed in a way that spreadsheets don't use
        raise _damaged(path) from fault
    except Exception as fault:
        if type(fault).__module__ != "zlib":
            raise
        raise _damaged(path) from fault


def _check_size(path: Path, package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > LARGEST_CONTENT or unpacked > LARGEST_RATIO * max(packed, 2**14):
        raise refused(path, "too_large", "unpacks to more than a workbook holds", "up to 2 GB")


def _check_parts(path: Path, package: zipfile.ZipFile) -> dict[int, tuple[Problem, ...]]:
    names = package.namelist()
    if "content.xml" in names:
        _check_ods(path, package.read("content.xml"))
        return {}
    found = {}
    for position, name in enumerate(_sheet_parts(package), start=1):
        content = package.read(name)
        _check_grid(path, content)
        found[position] = tuple(_cell_problems(path, content))
    return found


def _sheet_parts(package: zipfile.ZipFile) -> list[str]:
    """Return the names of the sheets' parts in the workbook's order; every sheet part where it doesn't
    say."""
    parts = [name for name in package.namelist() if SHEET_PART.fullmatch(name)]
    try:
        book, links = (etree.fromstring(package.read(name), PARSER) for name in BOOK_PARTS)
    except (KeyError, etree.XMLSyntaxError):
        return parts
    targets = {link.get("Id"): "xl/" + link.get("Target", "").removeprefix("/xl/") for link in links}
    ordered = [targets.get(sheet.get(LINK), "") for sheet in book.iter("{*}sheet")]
    return ordered if sorted(ordered) == sorted(parts) else parts


def _check_grid(path: Path, content: bytes) -> None:
    column = max(map(_column_number, set(FAR_CELL.findall(content))), default=26)
    row = max(map(int, ROW.findall(content)), default=0)
    if row * column > LARGEST_GRID:
        raise refused(path, "too_large", "a stray cell makes a sheet too large", "fewer than 50 million cells")


def _check_ods(path: Path, content: bytes) -> None:
    repeated = REPEATED.findall(content)
    columns = [int(times) for kind, times, rest in repeated if kind == b"columns" and rest[-1:] != b"/"]
    rows = [int(times) for kind, times, _ in repeated if kind == b"rows"]
    if max(columns, default=1) > 16384 or max(rows, default=1) > 1_048_576:
        raise refused(path, "too_large", "a repeated cell makes a sheet too large", "fewer than 50 million cells")
    if max(columns, default=1) * content.count(b"<table:table-row") > LARGEST_GRID:
        raise refused(path, "too_large", "a repeated cell makes a sheet too large", "fewer than 50 million cells")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cell_problems(path: Path, content: bytes) -> Iterator[Problem]:
    for pattern, rule, message in (
        (CELL, "error_value", "an error value of a spreadsheet"),
        (NO_VALUE, "formula_without_value", "a formula that was never worked out"),
    ):
        for column, row in pattern.findall(content):
            yield Problem(path.name, int(row), column.decode(), rule, "error", message, "a value")
