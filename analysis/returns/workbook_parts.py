"""What the parts of an .xlsx or .ods file tell that calamine doesn't: what is hidden or struck through, percentages and
amounts of money, error values, formulas that were never worked out; and how large a grid it would be."""

import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from analysis.returns.sheet import column_place, refused

LARGEST_GRID = 50_000_000  # cells between first and last
BOOK_PARTS = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
# Elements may carry a prefix (x:c), as exports of other programs write them.
FAR_CELL = re.compile(rb'r="([A-Z]{2,3})\d+"')
ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,9})"([^>]*)')
COLUMNS, FIRST, LAST = (
    re.compile(rb"<(?:\w+:)?col\b[^>]*>"),
    re.compile(rb'min="(\d{1,5})"'),
    re.compile(rb'max="(\d{1,5})"'),
)
OUT_OF_SIGHT = (b'hidden="1"', b'hidden="true"', b' ht="0"')
ERROR = re.compile(rb'<(?:\w+:)?c\b[^>]*\bt="e"[^>]*>')
FORMULA = rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
NO_VALUE = re.compile(rb"(<(?:\w+:)?c\b[^>]*>)" + FORMULA + rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</")
FROM_1904 = re.compile(rb'date1904="(?:1|true|on)"')
PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
REPEATED = re.compile(rb'number-(columns|rows)-repeated="(\d{1,12})"([^>]*)>')
ODS_ROW = re.compile(rb"<table:(table-row)\b([^>]*)>")
ODS_CELL = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)\b([^>]*)>")
ODS_COLUMN = re.compile(rb"<table:table-column\b([^>]*)>")
ODS_STRUCK = re.compile(
    rb'<style:style [^>]*?style:name="([^"]+)"[^>]*>(?:(?!</style:style>).)*?line-through-(?:style|type)="(?!none)',
    re.DOTALL,
)
ODS_TIMES = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')
PERCENTAGE, CURRENCY = b'office:value-type="percentage"', b'office:value-type="currency"'
PERCENT_IDS = (9, 10)  # the built-in formats 0% and 0.00%


@dataclass(frozen=True)
class Part:
    """What calamine doesn't tell of a sheet: rows hidden or struck through (from 1), columns hidden, cells shown as
    percentages or as pounds, cells that are wrong."""

    hidden: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    struck: frozenset[int] = frozenset()
    percent: frozenset[tuple[int, int]] = frozenset()
    pounds: frozenset[tuple[int, int]] = frozenset()
    problems: tuple[tuple[int, str, str, str, str], ...] = ()
    from_1904: bool = False


def read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of a package; nothing where it has none of the name."""
    return package.read(name) if name in package.namelist() else b""


def read_parts(path: Path, package: zipfile.ZipFile) -> dict[int, Part]:
    """Return what the parts of each sheet tell, by its position. Raises DataError for one that is too large a grid."""
    if content := read_part(package, "content.xml"):
        _check_ods(path, content)
        return dict(enumerate(_ods_parts(content), start=1))
    styles = _cell_styles(read_part(package, "xl/styles.xml"))
    from_1904 = bool(FROM_1904.search(read_part(package, BOOK_PARTS[0])))
    return {
        position: _part(path, read_part(package, name), *styles, from_1904=from_1904)
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


def _cell_styles(content: bytes) -> tuple[re.Pattern | None, ...]:
    """Return what finds the cells that are shown as a percentage, as pounds, and those that are struck through."""
    if not content:
        return None, None, None
    root = etree.fromstring(content, PARSER)
    codes = {entry.get("numFmtId"): entry.get("formatCode", "") for entry in root.iterfind("{*}numFmts/{*}numFmt")}
    ids = {*map(str, PERCENT_IDS), *(id for id, code in codes.items() if is_percentage(code))}
    pounds = {id for id, code in codes.items() if is_pounds(code)}
    fonts = enumerate(root.iterfind("{*}fonts/{*}font"))
    struck = {
        str(place)
        for place, font in fonts
        if font.find("{*}strike") is not None and font.find("{*}strike").get("val") != "0"
    }
    return _of_styles(root, "numFmtId", ids), _of_styles(root, "numFmtId", pounds), _of_styles(root, "fontId", struck)


def is_percentage(code: str) -> bool:
    """Whether a format shows a number as a percentage."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", code)


def is_pounds(code: str) -> bool:
    """Whether a format shows a number as an amount of money."""
    return "£" in code


def _of_styles(root: etree._Element, kind: str, ids: Collection[str]) -> re.Pattern | None:
    """Return what finds the cells of the styles that have one of the formats, or of the fonts."""
    styles = [b"%d" % place for place, xf in enumerate(root.iterfind("{*}cellXfs/{*}xf")) if xf.get(kind) in ids]
    return re.compile(rb'<(?:\w+:)?c\b[^>]*\bs="(?:' + b"|".join(styles) + rb')"[^>]*>') if styles else None


def _find_cells(shown: re.Pattern | None, content: bytes) -> frozenset[tuple[int, int]]:
    """Return the places, from 0, of the cells of some styles."""
    places = map(_place, shown.findall(content)) if shown else ()
    return frozenset((row - 1, column_place(column)) for row, column in places)


def _hidden_columns(content: bytes) -> Iterator[int]:
    """Give the columns, from 0, that are out of sight: they are told before the first row."""
    for tag in COLUMNS.findall(content[: content.find(b"sheetData")]):
        ends = [FIRST.search(tag), LAST.search(tag)]
        if any(sign in tag for sign in OUT_OF_SIGHT) and all(ends):
            yield from range(int(ends[0][1]) - 1, int(ends[1][1]))


def _part(path: Path, content: bytes, *styles: re.Pattern | None, from_1904: bool) -> Part:
    column = 1 + max((column_place(one.decode()) for one in set(FAR_CELL.findall(content))), default=25)
    rows = ROW.findall(content)
    if max((int(row) for row, _ in rows), default=0) * column > LARGEST_GRID:
        raise refused(path, "too_large", "a stray cell makes a sheet too large", "fewer than 50 million cells")
    hidden = frozenset(int(row) for row, rest in rows if any(sign in rest for sign in OUT_OF_SIGHT))
    percent, pounds, struck = (_find_cells(style, content) for style in styles)
    rows = frozenset(row + 1 for row, _ in struck)
    return Part(hidden, frozenset(_hidden_columns(content)), rows, percent, pounds, tuple(_faults(content)), from_1904)


def _place(tag: bytes) -> tuple[int, str]:
    found = PLACE.search(tag)
    return (int(found[2]), found[1].decode()) if found else (1, "A")


def _faults(content: bytes) -> Iterator[tuple[int, str, str, str, str]]:
    for sign, pattern, rule, message in (
        (b't="e"', ERROR, "error_value", "an error value of a spreadsheet"),
        (b"f>", NO_VALUE, "formula_without_value", "a formula that was never worked out"),
    ):
        for tag in pattern.findall(content) if sign in content else ():
            row, column = _place(tag)
            yield row, column, rule, "error", message


def _check_ods(path: Path, content: bytes) -> None:
    repeated = REPEATED.findall(content)
    columns = [int(times) for kind, times, rest in repeated if kind == b"columns" and rest[-1:] != b"/"]
    rows = [int(times) for kind, times, _ in repeated if kind == b"rows"]
    if max(columns, default=1) > 16384 or max(rows, default=1) > 1_048_576:
        raise refused(path, "too_large", "a repeated cell makes a sheet too large", "fewer than 50 million cells")
    if max(columns, default=1) * content.count(b"<table:table-row") > LARGEST_GRID:
        raise refused(path, "too_large", "a repeated cell makes a sheet too large", "fewer than 50 million cells")


def _ods_parts(content: bytes) -> Iterator[Part]:
    """Give what is out of sight, struck through, a percentage or money in each sheet of an open document: a row, a
    column and a cell may each stand for many."""
    strikes = [b'style-name="%s"' % name for name in ODS_STRUCK.findall(content)]
    for sheet in content.split(b"<table:table ")[1:]:
        signs = [sign for sign in (PERCENTAGE, CURRENCY) if sign in sheet]
        with_cells = bool(signs) or any(name in sheet for name in strikes)  # else rows alone: cells are many
        row, last, column, hidden, struck = 0, 0, 0, set(), set()
        shown: dict[bytes, set[tuple[int, int]]] = {PERCENTAGE: set(), CURRENCY: set()}
        for kind, attributes in (ODS_CELL if with_cells else ODS_ROW).findall(sheet):
            times = _times(attributes)
            if kind == b"table-row":
                row, last, column = last, last + times, 0
                if b"visibility=" in attributes:  # collapse or filter; rows that are seen say nothing
                    hidden |= set(range(row + 1, last + 1))
                continue
            for sign in signs:
                if sign in attributes:
                    shown[sign] |= {(at, column + place) for at in range(row, last) for place in range(times)}
            if any(name in attributes for name in strikes):
                struck |= set(range(row + 1, last + 1))
            column += times
        columns = frozenset(_ods_hidden_columns(sheet))
        yield Part(frozenset(hidden), columns, frozenset(struck), *map(frozenset, shown.values()))


def _ods_hidden_columns(sheet: bytes) -> Iterator[int]:
    first = 0
    for attributes in ODS_COLUMN.findall(sheet):
        if b"visibility=" in attributes:
            yield from range(first, first + _times(attributes))
        first += _times(attributes)


def _times(attributes: bytes) -> int:
    repeated = ODS_TIMES.search(attributes)
    return int(repeated[1]) if repeated else 1
