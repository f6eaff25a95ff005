"""Forms of a return that mean the same: nobody is to be asked about any of them."""

import re
from collections.abc import Callable
from datetime import date

from tests.returns.faults.clean import as_csv
from tests.returns.faults.forms import book
from tests.returns.faults.years import Rows

ISO = re.compile(r"\d{4}-\d\d-\d\d")


def _grid(rows: Rows) -> list[list[str]]:
    return [[*rows[0]], *([*row.values()] for row in rows)]


def _text(rows: Rows, delimiter: str = ",") -> str:
    return as_csv(_grid(rows), delimiter)


def _cells(rows: Rows, change: Callable[[str], str]) -> str:
    return _text([{name: change(value) for name, value in row.items()} for row in rows])


def _headed(rows: Rows, change: Callable[[str], str]) -> str:
    return as_csv([[change(name) for name in rows[0]], *_grid(rows)[1:]])


def _days(form: str) -> Callable[[str], str]:
    return lambda text: date.fromisoformat(text).strftime(form) if ISO.fullmatch(text) else text


def _lines(rows: Rows, change: Callable[[list[str]], list[str]]) -> str:
    return "\n".join(change(_text(rows).splitlines())) + "\n"


def _serial(text: str) -> str:
    return str((date.fromisoformat(text) - date(1899, 12, 30)).days) if ISO.fullmatch(text) else text


def _yes(text: str) -> str:
    return {"yes": "Y", "no": "N"}.get(text, text)


def _thousands(row: dict[str, str]) -> dict[str, str]:
    return {name: f"{int(row[name]):,}" for name in ("value", "denominator") if row.get(name, "").isdecimal()}


def _typed(text: str) -> object:
    return date.fromisoformat(text) if ISO.fullmatch(text) else int(text) if text.isdecimal() else text


def _parts(rows: Rows) -> list[Rows]:
    size = -(-len(rows) // 4)
    return [rows[start : start + size] for start in range(0, len(rows), size)]


VARIANTS: dict[str, Callable[[Rows], str | bytes]] = {
    "columns in another order": lambda rows: _text([dict(reversed(row.items())) for row in rows]),
    "headings in capitals": lambda rows: _headed(rows, str.upper),
    "headings with spaces": lambda rows: _headed(rows, lambda name: name.replace("_", " ").capitalize()),
    "headings with hyphens": lambda rows: _headed(rows, lambda name: f" {name.replace('_', '-')} "),
    "a mark of UTF-8": lambda rows: _text(rows).encode("utf-8-sig"),
    "UTF-16": lambda rows: _text(rows).encode("utf-16"),
    "Windows": lambda rows: _text(rows).replace("\n", "\r\n").encode("cp1252"),
    "semicolons": lambda rows: _text(rows, ";"),
    "tabs": lambda rows: _text(rows, "\t"),
    "bars": lambda rows: _text(rows, "|"),
    "British days": lambda rows: _cells(rows, _days("%d/%m/%Y")),
    "days in words": lambda rows: _cells(rows, _days("%d %B %Y")),
    "days as numbers": lambda rows: _cells(rows, _serial),
    "Y and N": lambda rows: _cells(rows, _yes),
    "words in capitals": lambda rows: _cells(
        rows, lambda text: text.upper() if text in ("yes", "no", "count") else text
    ),
    "stray spaces": lambda rows: _cells(rows, lambda text: f"{text} " if text else text),
    "blank rows within": lambda rows: _lines(rows, lambda lines: [*lines[:20], "", "", *lines[20:]]),
    "blank rows at the end": lambda rows: _text(rows) + ",,,\n" * 30,
    "titles above": lambda rows: "Return of the officer\nPrepared in May\n\n" + _text(rows),
    "an empty column": lambda rows: _lines(rows, lambda lines: [f"{line}," for line in lines]),
    "no end of the last line": lambda rows: _text(rows).rstrip("\n"),
    "rows in another order": lambda rows: _text(rows[::-1]),
    "everything in quotes": lambda rows: "\n".join(",".join(f'"{cell}"' for cell in row) for row in _grid(rows)),
    "a workbook": lambda rows: book(("Sheet1", _grid(rows))),
    "no-break spaces": lambda rows: _cells(rows, lambda text: f"{text}\u00a0" if text else text),
    "leading apostrophes": lambda rows: _cells(rows, lambda text: f"'{text}" if ISO.fullmatch(text) else text),
    "commas at the end of lines": lambda rows: _lines(rows, lambda lines: [f"{line},,," for line in lines]),
    "thousands": lambda rows: _text([row | _thousands(row) for row in rows]),
    "real days and numbers": lambda rows: book(("Sheet1", [[_typed(cell) for cell in row] for row in _grid(rows)])),
    "a sheet a quarter": lambda rows: book(*((f"Q{n}", _grid(part)) for n, part in enumerate(_parts(rows), start=1))),
    "a workbook with notes": lambda rows: book(("Notes", [["Sent in May."]]), ("Data", _grid(rows))),
}
