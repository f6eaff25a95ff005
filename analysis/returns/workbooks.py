"""Workbooks (.xlsx, .xls, .ods) as grids of text, read by calamine.

calamine reserves memory for every cell between the first and the last one, so that one stray cell in the last
column ends the process: the parts of an .xlsx or .ods file are measured before it is let in. What it doesn't tell is
read from the parts too (`workbook_parts`).
"""

import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

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
from analysis.returns.workbook_parts import Part, read_part, read_parts

LARGEST_CONTENT = 2 * 2**30  # bytes, unpacked
LARGEST_RATIO = 1000  # unpacked against packed: a spreadsheet packs about 10 to 1
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream of a protected .xlsx, whose package is another kind's


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
    from analysis.returns.xls_parts import read_xls_parts  # the older form is seldom sent

    return read_xls_parts(path)


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
    for shown, say in ((part.percent, _say_percent), (part.pounds, _say_pounds)):
        for row, place in shown:
            if row < len(values) and place < len(values[row]) and isinstance(values[row][place], float):
                rows[row][place] = say(values[row][place])
    merged = tuple((*start, *end) for start, end in sheet.merged_cell_ranges or ())
    known = sheet.name in _template_names()
    label = label_sheet(path.name, position, sheet.name if known else "")
    problems = tuple(Problem(label, *said, "a value") for said in part.problems)
    told = {"hidden": part.hidden, "hidden_columns": part.hidden_columns, "struck": part.struck}
    return Sheet(
        path.name,
        sheet.name,
        position,
        rows,
        merged,
        problems,
        **told,
        is_hidden=is_hidden,
        from_1904=part.from_1904,
        known=known,
    )


def _say_percent(value: float) -> str:
    return f"{cell_text(round(value * 100, 2))}%"


def _say_pounds(value: float) -> str:
    return f"£{cell_text(value)}"


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
            return read_parts(path, package)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, ValueError, KeyError, SyntaxError) as fault:
        raise _damaged(path) from fault  # a part that is no sound XML is a kind of SyntaxError
    except (NotImplementedError, RuntimeError) as fault:  # packed in a way that spreadsheets don't use
        raise _damaged(path) from fault
    except Exception as fault:
        if type(fault).__module__ != "zlib":
            raise
        raise _damaged(path) from fault


def _check_size(path: Path, package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts) or b"encryption-data" in read_part(package, "META-INF/manifest.xml"):
        raise _protected(path)
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if unpacked > LARGEST_CONTENT or unpacked > LARGEST_RATIO * max(packed, 2**14):
        raise refused(path, "too_large", "unpacks to more than a workbook holds", "up to 2 GB")
