"""Any file that an agency may send, as grids of text: CSV in its dialects, .xlsx, .xls and .ods.

What a file is, is read from its first bytes, not from its name. Cells become text: dates in ISO form, whole
numbers without a point. Which row is the header, and what the cells mean, is for `headers` and `values` to
say.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from analysis.errors import Problem
from analysis.returns.sheet import READABLE, SAVE_AS, Sheet, refused
from analysis.returns.workbooks import read_workbook

DELIMITERS = ",;\t|"
SAMPLE = 200  # rows that tell which delimiter a file uses
HEAD = 16_384  # bytes among which a header stands
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
LARGEST_FILE = 2**30
WEB = (b"<html", b"<!doctype html", b"<table", b"<meta", b"<style")
OTHER_KINDS = (
    (WEB, "is a web page saved under another ending", SAVE_AS),
    ((b"<?xml", b"<message", b"<workbook"), "is XML; only statutory returns come as XML", SAVE_AS),
    ((b"mime-version:",), "is a web archive saved under another ending", SAVE_AS),
    ((b"%pdf", b"{\\rtf"), "is a document, not a table", READABLE),
)
BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_sheets(path: Path) -> tuple[Sheet, ...]:
    """Return every sheet of a file that holds anything; a CSV file has one, called as the file.

    Raises DataError, naming the file and what is allowed, for a file that is none of the kinds read.
    """
    head = _head(path)
    if head.startswith(WORKBOOKS):
        return read_workbook(path)
    return (read_csv(path),)


def _head(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as fault:
        raise refused(path, "unreadable_file", f"can't be opened ({fault.strerror})") from fault
    if size == 0:
        raise refused(path, "empty_file", "the file is empty")
    if size > LARGEST_FILE:
        raise refused(path, "too_large", "the file is too large", "up to 1 GB")
    _refuse_other_kinds(path, head)
    return head


def _refuse_other_kinds(path: Path, head: bytes) -> None:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for beginnings, what, allowed in OTHER_KINDS:
        if start.startswith(beginnings):
            raise refused(path, "wrong_kind", what, allowed)


def read_csv(path: Path) -> Sheet:
    """Return a text file as a grid. UTF-8 with or without a mark, UTF-16 with one, or else Windows-1252; the
    delimiter is the one of comma, semicolon, tab and bar that gives most rows the same number of cells."""
    text = decode(path)
    delimiter = find_delimiter(text)
    rows = list(_csv_rows(path, text, delimiter))
    problems = (*_cut(path, text, rows), *_split_otherwise(path, rows, delimiter))
    return Sheet(path.name, path.stem, 0, rows, problems=problems)


def _split_otherwise(path: Path, rows: Sequence[Sequence[str]], delimiter: str) -> Iterable[Problem]:
    """Give each row of one cell that another delimiter splits as wide as the others: two files pasted together."""
    between = max(map(len, rows), default=0) - 1
    others = DELIMITERS.replace(delimiter, "")
    for row, cells in enumerate(rows, start=1):
        if len(cells) == 1 and between > 2 and any(cells[0].count(other) == between for other in others):
            message = "its cells are parted by another sign than those of other rows"
            yield Problem(path.name, row, None, "ragged_row", "error", message, "one sign in the whole file")


def _cut(path: Path, text: str, rows: Sequence[Sequence[str]]) -> Iterable[Problem]:
    """Give the last row where it breaks off: the line has no end, and is shorter than all others, which are alike."""
    widths = {len(row) for row in rows[:-1]}
    if text[-1:] not in "\r\n" and len(rows) > 2 and len(widths) == 1 and _is_broken_off(rows[-1], max(widths)):
        message, allowed = "the file ends in the middle of this row", "the file exported again, whole"
        yield Problem(path.name, len(rows), None, "cut_file", "error", message, allowed)


def _is_broken_off(last: Sequence[str], width: int) -> bool:
    """Whether a row is less than one, and no note: of one cell without a space."""
    return len(last) < width and (len(last) > 1 or bool(last) and width > 2 and not re.search(r"\s", last[0]))


def csv_head(path: Path) -> Sheet | None:
    """Return the first rows of a text file as a grid, without reading the rest; None for a workbook."""
    head = _head(path)
    if head.startswith(WORKBOOKS):
        return None
    with path.open("rb") as file:
        text = file.read(HEAD).decode("utf-8-sig", errors="replace")
    if "\x00" in text:
        return read_csv(path)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=find_delimiter(text))
    try:
        return Sheet(path.name, path.stem, 0, list(rows))
    except csv.Error:
        return read_csv(path)


def decode(path: Path) -> str:
    """Return the text of a file. Raises DataError where no encoding read here gives text."""
    held = path.read_bytes()
    for encoding in _encodings(held):
        try:
            text = held.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    if b"\x00" in held:
        message = "holds empty (NUL) bytes, as an export that was cut off leaves; rows may be lost"
        raise refused(path, "unknown_encoding", message, "the file exported again")
    raise refused(path, "unknown_encoding", "not a text file", "UTF-8 or Windows-1252")


def _encodings(held: bytes) -> Sequence[str]:
    """Return the encodings to try: the one marked; UTF-16 where every other byte is empty, though none is marked."""
    if marked := next((name for mark, name in BYTE_ORDER_MARKS if held.startswith(mark)), ""):
        return (marked,)
    wide = len(held[:HEAD]) // 2
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if wide and held[start:HEAD:2].count(0) * 10 > wide * 9:
            return (name,)
    return ("utf-8", "cp1252")


def find_delimiter(text: str) -> str:
    """Return the delimiter that splits the first rows most evenly; a comma where none does."""
    sample = "".join(text.splitlines(keepends=True)[:SAMPLE])
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> tuple[int, int]:
    try:
        widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=delimiter) if row)
    except csv.Error:
        return (0, 0)
    cells = {width: width * rows for width, rows in widths.items() if width > 1}
    return (max(cells.values(), default=0), -len(widths))


def _csv_rows(path: Path, text: str, delimiter: str) -> Iterable[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):  # noqa: B007
            yield cells
    except csv.Error as fault:
        message = "quotation marks are out of order from here on"
        raise refused(path, "broken_quotes", message, row=row + 1) from fault
