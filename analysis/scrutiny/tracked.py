"""Files that a partnership keeps beside its returns, read strictly: a row each for what it tracks."""

import csv
import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from analysis.disclosure.notes import Screen
from analysis.errors import DataError, Problem, listed
from analysis.measures.measure import Measure
from analysis.measures.relations import name_parts, parse
from analysis.measures.strict import read_rows
from analysis.settings import get_dictionary_root

Tracked = TypeVar("Tracked", bound=msgspec.Struct)
UNAPPROVED = "words not approved for sharing"
FIRST_ROW = 2
FOLLOWS = (("started", "due"), ("made", "due"), ("made", "done"))  # days that never come before another
SELECTORS = ("measure", "beside")
HAPPENED = ("made", "done", "tested", "day")  # days of what has been
IDENTIFIER = re.compile(r"[A-Z]{1,4}-?\d{1,4}(-\d{1,4})?")


def read_tracked(
    path: Path,
    kind: type[Tracked],
    allowed: Mapping[str, Collection[str]],
    made: Collection[str],
    measures: Mapping[str, Measure] | None = None,
) -> tuple[Tracked, ...]:
    """Return a file's rows as `kind`; none where there is no file. Columns are its fields but those that are `made`;
    `allowed` are the words of a column, `measures` what selectors may name.

    Raises DataError with the row and the column of a fault, and never with a cell.
    """
    if not path.is_file():
        return ()
    known = [field for field in msgspec.structs.fields(kind) if field.name not in made]
    needed = [field.name for field in known if field.required]
    rows = read_rows(path, needed, [field.name for field in known if not field.required])
    read = tuple(_read(row, kind, allowed, path, number) for number, row in enumerate(rows, start=FIRST_ROW))
    for number, row in enumerate(rows, start=FIRST_ROW):
        _check_names(row, measures or {}, path, number)
    ids = [one.id for one in read]
    odd = next((place for place, id in enumerate(ids) if not IDENTIFIER.fullmatch(id)), None)
    if odd is not None:
        raise DataError(
            tell_fault(path, odd + FIRST_ROW, "id", "it isn't an id", "capital letters and a number: PR-01")
        )
    if twice := next((place for place, id in enumerate(ids) if id in ids[:place]), None):
        raise DataError(tell_fault(path, twice + FIRST_ROW, "id", "an id stands twice", "once"))
    return read


def _read(
    row: Mapping[str, str], kind: type[Tracked], allowed: Mapping[str, Collection[str]], path: Path, number: int
) -> Tracked:
    given = {name: cell for name, cell in row.items() if cell}
    for name, words in allowed.items():
        if given.get(name, "") not in words:
            raise DataError(tell_fault(path, number, name, "the word isn't known", listed(words, given.get(name, ""))))
    if lacking := [field.name for field in msgspec.structs.fields(kind) if field.required and field.name not in given]:
        raise DataError(tell_fault(path, number, lacking[0], "empty", "a value"))
    try:
        made = msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        column = str(error).rpartition("$.")[2].rstrip("`")
        raise DataError(
            tell_fault(path, number, column, "can't be read", "a day like 2024-03-31, or a number")
        ) from error
    for first, then in FOLLOWS:
        days = getattr(made, first, None), getattr(made, then, None)
        if all(days) and days[1] < days[0]:
            raise DataError(tell_fault(path, number, then, f"is before {first}", f"on or after {first}"))
    if ahead := next((name for name in HAPPENED if (getattr(made, name, None) or date.min) > date.today()), ""):
        raise DataError(tell_fault(path, number, ahead, "lies ahead", "a day up to today"))
    return made


def _check_names(row: Mapping[str, str], measures: Mapping[str, Measure], path: Path, number: int) -> None:
    """Raise DataError for a selector of no figure, and for points that the register of questions doesn't have."""
    for column in (name for name in SELECTORS if row.get(name)):
        for _, name, known in name_parts(row[column], measures):
            if name not in known:
                raise DataError(tell_fault(path, number, column, "it selects no figure", listed(known, name, limit=5)))
    points = list_points() if row.get("answers") else ()
    for point in row["answers"].split(";") if points else ():
        if point.partition(".")[0] not in points:
            raise DataError(
                tell_fault(path, number, "answers", "a point isn't in the register", listed(points, point, limit=5))
            )


@cache
def list_points() -> tuple[str, ...]:
    """Return the ids of the points that scrutineers raised: `questions.csv` of the dictionary."""
    with (get_dictionary_root() / "questions.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["id"] for row in csv.DictReader(file))


def tell_fault(path: Path, row: int, column: str, message: str, allowed: str) -> Problem:
    """Return the problem of a row of a file that is tracked."""
    return Problem(path.name, row, column, "tracked", "error", message, allowed)


def screen_tracked(
    tracked: Collection[Tracked], words: Collection[str], screen: Screen, name: str
) -> tuple[tuple[Tracked, ...], list[str]]:
    """Return what is tracked as a shared release may show it, those of its `words` that may not be said left out, and
    what the analyst must know."""
    shown, waiting = [], []
    for one in tracked:
        about = [name for name, *_ in [parse(getattr(one, "measure", ""))] if name]
        refused = {word: why for word in words if (why := screen.refuse(getattr(one, word), *about))}
        waiting += [f"{name}, {one.id}, {word} is not shown: {why}" for word, why in refused.items()]
        shown.append(msgspec.structs.replace(one, **dict.fromkeys(refused, UNAPPROVED)))
    return tuple(shown), waiting
