"""Reading definitions strictly: a key that is misspelt or missing is told with its file and place."""

import csv
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, fields
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import msgspec

from analysis.errors import DataError, Problem, listed, quoted_slip, unknown

Made = TypeVar("Made")
TYPE, EXPECTED = re.compile(r"`([a-z]+)[^`]*`"), re.compile(r"Expected (.*), got (.*)")
KINDS = {  # what types are called in words
    "str": "text in quotes",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false, without quotes",
    "date": "a date without quotes, like 2023-04-01",
    "array": "a list",
    "object": "a table",
}
AGE = range(1990, date.today().year + 6)  # in which every day that a configuration names lies


def read_toml(path: Path) -> dict[str, Any]:
    """Return a TOML file's tables. Raises DataError where it can't be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(fault(path, f"cannot be read: {_cause(error)}")) from error


def read_rows(path: Path, columns: Collection[str], optional: Collection[str] = ()) -> list[dict[str, str]]:
    """Return the rows of a UTF-8 CSV file whose header is exactly `columns` (and any of `optional`), stripped.

    Raises DataError naming the file, the row and the column for an unreadable file, a column that is
    unknown or missing, and a row with more or fewer cells than the header.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [line for line in csv.reader(file, strict=True) if any(cell.strip() for cell in line)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(fault(path, f"cannot be read: {_cause(error)}")) from error
    header = [cell.strip() for cell in lines[0]] if lines else []
    check_header(path, header, columns, optional)
    check_widths(path, lines)
    return [dict(zip(header, map(str.strip, line), strict=True)) for line in lines[1:]]


def check_header(path: Path, header: list[str], columns: Collection[str], optional: Collection[str]) -> None:
    """Raise DataError where a header misses a column, repeats one, or has one that isn't known: that by its place where
    it is no slip of one, since in a file without a header it is somebody's."""
    known = list(dict.fromkeys((*columns, *optional)))
    missing = [name for name in columns if name not in header]
    places = [(name, str(place)) for place, name in enumerate(header, start=1) if name not in known]
    strange = [name if quoted_slip(name, known) else place for name, place in places]
    repeated = sorted({name for name in header if name in known and header.count(name) > 1})
    parts = [
        f"{words} {', '.join(map(repr, names))}"
        for words, names in (("unknown column", strange), ("missing column", missing), ("repeated column", repeated))
        if names
    ]
    if parts:
        column = (strange or missing or repeated)[0]
        allowed = listed(known, places[0][0] if places else column)
        raise DataError(Problem(path.name, 1, column, "columns", "error", "; ".join(parts), allowed))


def check_widths(path: Path, lines: list[list[str]]) -> None:
    """Raise DataError for every row that hasn't as many cells as the header."""
    problems = [
        Problem(path.name, number, None, "cells", "error", f"{len(line)} cells", str(len(lines[0])))
        for number, line in enumerate(lines[1:], start=2)
        if len(line) != len(lines[0])
    ]
    if problems:
        raise DataError(problems)


def make(kind: type[Made], table: Mapping[str, Any], path: Path, place: str, **known: Any) -> Made:
    """Return `kind` (a dataclass or a struct) made from a table whose keys must be its fields, each of its type.

    Raises DataError for a key that is unknown or missing, and for a value of another type.
    """
    needed = {name: need for name, need in _list_fields(kind).items() if name not in known}
    for key in table:
        if key not in needed:
            raise DataError(fault(path, f"{place}: {unknown('key', key, needed)}"))
    missing = [name for name, is_needed in needed.items() if is_needed and name not in table]
    if missing:
        raise DataError(fault(path, f"{place}: missing {', '.join(missing)}"))
    types = _get_types(kind)
    return kind(**{key: _convert(value, types[key], path, f"{place}, {key}") for key, value in table.items()}, **known)


def _list_fields(kind: type) -> dict[str, bool]:
    """Return the fields of a dataclass or a struct, and whether each must be given."""
    if issubclass(kind, msgspec.Struct):
        return {field.encode_name: field.required for field in msgspec.structs.fields(kind)}
    return {field.name: field.default is MISSING and field.default_factory is MISSING for field in fields(kind)}


@cache
def _get_types(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _convert(value: Any, kind: Any, path: Path, place: str) -> Any:
    try:
        return msgspec.convert(value, kind, builtin_types=(date, datetime))
    except msgspec.ValidationError as error:
        given = f" {value!r}" if isinstance(value, str | int | float | date) else ""
        said = TYPE.sub(lambda found: KINDS.get(found[1], found[1]), str(error).partition(" - at ")[0])
        words = EXPECTED.sub(r"is \2; allowed: \1", said)
        raise DataError(fault(path, f"{place}{given}: {words}")) from error


def list_odd_values(value: Any, place: str = "") -> Iterator[str]:
    """Give what says nothing, stands twice in its list, or is a day of another age, at any depth of the file."""
    if isinstance(value, Mapping):
        for key, one in value.items():
            yield from list_odd_values(one, f"{place}, {key}" if place else str(key))
    elif isinstance(value, list | tuple):
        folded = [one.casefold() if isinstance(one, str) else one for one in value]
        for number, one in enumerate(value, start=1):
            yield from list_odd_values(one, f"{place} {number}")
            if folded.index(folded[number - 1]) < number - 1:
                yield f"{place} {number}: the same as an entry before; allowed: once"
    elif isinstance(value, str) and not value.strip():
        yield f"{place}: is empty; allowed: words, or no such line"
    elif isinstance(value, date) and value.year not in AGE:
        yield f"{place}: {value}; allowed: a day from {AGE[0]} to {AGE[-1]}"


def fault(path: Path, message: str) -> Problem:
    """Return the problem of a definition file."""
    return Problem(path.name, None, None, "definition", "error", message)


def _cause(error: Exception) -> str:
    """Return why a file can't be read, without the path of the machine that an OSError carries."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, OSError):
        return (error.strerror or "it can't be opened").lower()
    if isinstance(error, UnicodeDecodeError):
        return f"it isn't UTF-8 text (byte {error.start})"
    return " ".join(str(error).split())
