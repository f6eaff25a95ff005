"""Workbooks (.xlsx, .xls, .ods) as grids of text, read by calamine.

calamine reserves memory for every cell between the first and the last one, so that one stray cell in the last
column ends the process: the parts of an .xlsx or .ods file are measured before it is let in. What it doesn't tell is
read from the parts too: hidden rows, percentages, error values, formulas that were never worked out.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lxml import etree
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from analysis.errors import Problem
from analysis.returns.contracts import load_contracts
from analysis.returns.sheet import READABLE, Sheet, cell_text, label_sheet, name_sheet, refused

LARGEST_CONTENT = 2 * 2**30  # bytes, unpacked
LARGEST_RATIO = 1000  # unpacked against packed: a spreadsheet packs about 10 to 1
LARGEST_GRID = 50_000_000  # cells between first and last
BOOK_PARTS = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream of a protected .xlsx, whose package is another kind's
# Elements may carry a prefix (x:c), as exports of other programs write them.
FAR_CELL = re.compile(rb'r="([A-Z]{2,3})\d+"')
ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,9})"([^>]*)')
OUT_OF_SIGHT = (b'hidden="1"', b'hidden="true"', b' ht="0"')
ERROR = re.compile(rb'<(?:\w+:)?c\b[^>]*\bt="e"[^>]*>')
FORMULA = rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
NO_VALUE = re.compile(rb"(<(?:\w+:)?c\b[^>]*>)" + FORMULA + rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</")
FROM_1904 = re.compile(rb'date1904="(?:1|true|on)"')
PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
REPEATED = re.compile(rb'number-(columns|rows)-repeated="(\d{1,12})"([^>]*)>')
ODS_ROW = re.compile(rb"<table:(table-row)\b([^>]*)>")
ODS_CELL = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)\b([^>]*)>")
ODS_TIMES = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')
PERCENTAGE = b'office:value-type="percentage"'
PERCENT_IDS = (9, 10)  # the built-in formats 0% and 0.00%


@dataclass(frozen=True)
class Part:
    """What calamine doesn't tell of a sheet: rows hidden (from 1), cells shown as percentages, cells that are wrong."""

    hidden: frozenset[int] = frozenset()
    percent: frozenset[tuple[int, int]] = frozenset()
    problems: tuple[tuple[int, str, str, str, str], ...] = ()
    from_1904: bool = False


def read_workbook(path: Path) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook that hold anything, hidden ones too, in order.

    Raises DataError for a workbook that is damaged, protected by a password, or too large to be one.
    """
    parts = _check_package(path) if zipfile.is_zipfile(path) else _check_protected(path)
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:
            return tuple(_sheets(path, book, parts))
    except PasswordError as fault:
        raise _protected(path) from fault
    except (CalamineError, OSError, ValueError, KeyError, OverflowError) as fault:
        raise _damaged(path) from fault
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":  # calamine's own; it derives from BaseException
            raise
        raise _damaged(path) from None


def _damaged(path: Path):
    return refused(path, "damaged_file", "is damaged, or no workbook", READABLE)


def _protected(path: Path):
    return refused(path, "protected_file", "is protected by a password", "a file without one")


def _check_protected(path: Path) -> dict[int, Part]:
    if ENCRYPTED in path.read_bytes():
        raise _protected(path)
    return {}


def _sheets(path: Path, book: CalamineWorkbook, parts: dict[int, Part]) -> Iterator[Sheet]:
    for position, meta in enumerate(book.sheets_metadata, start=1):
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(meta.name)
        if sheet.height:
            is_hidden = meta.visible != SheetVisibleEnum.Visible
            yield _sheet(path, sheet, position, parts.get(position, Part()), is_hidden=is_hidden)


def _sheet(path: Path, sheet: CalamineSheet, position: int, part: Part, *, is_hidden: bool) -> Sheet:
    values = sheet.to_python(skip_empty_area=False)
    rows = [[cell_text(cell) for cell in row] for row in values]
    for row, place in part.percent:
        if row < len(values) and place < len(values[row]) and isinstance(values[row][place], float):
            rows[row][place] = f"{cell_text(round(values[row][place] * 100, 2))}%"
    merged = tuple((*start, *end) for start, end in sheet.merged_cell_ranges or ())
    known = sheet.name in _template_names()
    label = label_sheet(path.name, position, sheet.name if known else "")
    problems = tuple(Problem(label, *said, "a value") for said in part.problems)
    return Sheet(path.name, sheet.name, position, rows, merged, problems, part.hidden, is_hidden, part.from_1904, known)


@cache
def _template_names() -> frozenset[str]:
    """Return what the sheets of templates are called."""
    contracts = load_contracts().values()
    return frozenset({"Counts", *(name_sheet(found.id, table.name) for found in contracts for table in found.tables)})


def _check_package(path: Path) -> dict[int, Part]:
    """Refuse a package that unpacks to too much; return what its parts tell, by the position of the sheet."""
    try:
        with zipfile.ZipFile(path) as package:
            _check_size(path, package)
            return _read_parts(path, package)
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
    if any(part.flag_bits & 1 for part in parts) or b"encryption-data" in _read(package, "META-INF/manifest.xml"):
        raise _protected(path)
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > LARGEST_CONTENT or unpacked > LARGEST_RATIO * max(packed, 2**14):
        raise refused(path, "too_large", "unpacks to more than a workbook holds", "up to 2 GB")


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    return package.read(name) if name in package.namelist() else b""


def _read_parts(path: Path, package: zipfile.ZipFile) -> dict[int, Part]:
    if content := _read(package, "content.xml"):
        _check_ods(path, content)
        return dict(enumerate(_ods_parts(content), start=1))
    percent = _percent_styles(_read(package, "xl/styles.xml"))
    from_1904 = bool(FROM_1904.search(_read(package, BOOK_PARTS[0])))
    return {
        position: _part(path, _read(package, name), percent, from_1904=from_1904)
        for position, name in enumerate(_sheet_parts(package), start=1)
    }


def _sheet_parts(package: zipfile.ZipFile) -> list[str]:
    """Return the names of the sheets' parts in the workbook's order; every sheet part where it doesn't
    say."""
    parts = [name for name in package.namelist() if SHEET_PART.fullmatch(name)]
    try:
        book, links = (etree.fromstring(package.read(name), PARSER) for name in BOOK_PARTS)
    except (KeyError, etree.XMLSyntaxError):
        return parts
    targets = {link.get("Id"): "xl/" + link.get("Target", "").removeprefix("/xl/") for link in links}
    ordered = [targets.get(_link_of(sheet), "") for sheet in book.iter("{*}sheet")]
    return ordered if sorted(filter(None, ordered)) == sorted(parts) else parts


def _link_of(sheet: etree._Element) -> str:
    """Return the id of a sheet's link, whose namespace differs between the two kinds of Open XML."""
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")


def _percent_styles(content: bytes) -> frozenset[bytes]:
    """Return the numbers of the cell styles that show a number as a percentage."""
    if not content:
        return frozenset()
    root = etree.fromstring(content, PARSER)
    codes = {entry.get("numFmtId"): entry.get("formatCode", "") for entry in root.iterfind("{*}numFmts/{*}numFmt")}
    ids = {*map(str, PERCENT_IDS), *(id for id, code in codes.items() if "%" in re.sub(r'"[^"]*"|\\.', "", code))}
    styles = root.iterfind("{*}cellXfs/{*}xf")
    return frozenset(str(place).encode() for place, style in enumerate(styles) if style.get("numFmtId") in ids)


def _part(path: Path, content: bytes, percent: frozenset[bytes], *, from_1904: bool) -> Part:
    column = max(map(_column_number, set(FAR_CELL.findall(content))), default=26)
    rows = ROW.findall(content)
    if max((int(row) for row, _ in rows), default=0) * column > LARGEST_GRID:
        raise refused(path, "too_large", "a stray cell makes a sheet too large", "fewer than 50 million cells")
    hidden = frozenset(int(row) for row, rest in rows if any(sign in rest for sign in OUT_OF_SIGHT))
    shown = re.compile(rb'<(?:\w+:)?c\b[^>]*\bs="(?:' + b"|".join(percent) + rb')"[^>]*>') if percent else None
    cells = {_place(tag) for tag in shown.findall(content)} if shown else ()
    places = frozenset((row - 1, _column_number(column) - 1) for row, column in cells)
    return Part(hidden, places, tuple(_faults(content)), from_1904)


def _place(tag: bytes) -> tuple[int, bytes]:
    found = PLACE.search(tag)
    return (int(found[2]), found[1]) if found else (1, b"A")


def _faults(content: bytes) -> Iterator[tuple[int, str, str, str, str]]:
    for sign, pattern, rule, message in (
        (b't="e"', ERROR, "error_value", "an error value of a spreadsheet"),
        (b"f>", NO_VALUE, "formula_without_value", "a formula that was never worked out"),
    ):
        for tag in pattern.findall(content) if sign in content else ():
            row, column = _place(tag)
            yield row, column.decode(), rule, "error", message


def _check_ods(path: Path, content: bytes) -> None:
    repeated = REPEATED.findall(content)
    columns = [int(times) for kind, times, rest in repeated if kind == b"columns" and rest[-1:] != b"/"]
    rows = [int(times) for kind, times, _ in repeated if kind == b"rows"]
    if max(columns, default=1) > 16384 or max(rows, default=1) > 1_048_576:
        raise refused(path, "too_large", "a repeated cell makes a sheet too large", "fewer than 50 million cells")
    if max(columns, default=1) * content.count(b"<table:table-row") > LARGEST_GRID:
        raise refused(path, "too_large", "a repeated cell makes a sheet too large", "fewer than 50 million cells")


def _ods_parts(content: bytes) -> Iterator[Part]:
    """Give the hidden rows and the percentages of each sheet of an open document, where a row may stand for many."""
    for sheet in content.split(b"<table:table ")[1:]:
        with_cells = PERCENTAGE in sheet  # else rows alone are looked at: cells are many
        row, last, column, hidden, percent = 0, 0, 0, set(), set()
        for kind, attributes in (ODS_CELL if with_cells else ODS_ROW).findall(sheet):
            repeated = ODS_TIMES.search(attributes)
            times = int(repeated[1]) if repeated else 1
            if kind == b"table-row":
                row, last, column = last, last + times, 0
                if b"visibility=" in attributes:  # collapse or filter; rows that are seen say nothing
                    hidden |= set(range(row + 1, last + 1))
                continue
            if PERCENTAGE in attributes:
                percent |= {(at, column + place) for at in range(row, last) for place in range(times)}
            column += times
        yield Part(frozenset(hidden), frozenset(percent))


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
