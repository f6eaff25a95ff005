"""What the columns of a publisher's table hold: known by their names, else by a word of them and by what they hold."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence

from analysis.drafts.periods import find_periods
from analysis.drafts.vocabulary import read_words
from analysis.errors import DataError, listed

NEEDED = ("id", "words", "value")
CODE = re.compile(r"[\w./-]*\d[\w./-]*|")
LEAST_ALIKE = 0.2  # of a table's rows: what the known columns must leave alike for others to be needed


def find_columns(rows: Sequence[dict], name: str) -> dict[str, list[str]]:
    """Return the columns that hold each field, the likeliest first. Raises DataError where a needed one is missing."""
    cells = {column: [str(row.get(column) or "").strip() for row in rows] for column in (rows[0] if rows else ())}
    known = read_words()["columns"]
    columns = {key: [n for n in names if n in cells] for key, names in known.items()}
    taken = {n for names in columns.values() for n in names}
    for key, word in read_words()["guessed_columns"].items():  # what others call them: financial_year, trust_area
        fits = FITS.get(key, any)
        named = [n for n in cells if n not in taken and re.search(word, n)]
        columns[key] = columns[key] or [n for n in named if fits(cells[n])][:1]
        taken.update(columns[key])
    if not columns["id"]:  # an "indicator_id" that is each row's own
        columns["id"], columns["indicator"] = columns["indicator"][:1], []
    if "group" in columns["category"] and len(columns["category"]) > 1:  # beside a subgroup, a group is the split
        columns["category"].remove("group")
        columns["dimension"] = columns["dimension"] or ["group"]
    missing = [key for key in NEEDED if not columns[key]]
    if missing:
        allowed = "; ".join(f"{key} ({listed(known[key])})" for key in missing)
        raise DataError(f"{name}: no column for {', '.join(missing)}; allowed: {allowed}")
    return columns | {"splits": find_splits(cells, columns)}


def find_splits(cells: dict[str, list[str]], columns: dict[str, list[str]]) -> list[str]:
    """Return the columns of no known field that tell apart rows which those known leave alike: sex, age, type."""
    known = [
        n for key in ("indicator", "words", "dimension", "category", "period", "end", "place") for n in columns[key]
    ]
    taken = {n for names in columns.values() for n in names}
    free = [n for n in cells if n not in taken and 2 * len(set(cells[n])) <= len(cells[n]) and not is_code(cells[n])]
    rows: dict[tuple, list[int]] = defaultdict(list)
    for at, row in enumerate(zip(*(cells[n] for n in known), strict=True)):
        rows[row].append(at)
    alike = [places for places in rows.values() if len(places) > 1]
    if sum(map(len, alike)) < LEAST_ALIKE * sum(map(len, rows.values())):
        return []
    return [n for n in free if any(len({cells[n][at] for at in places}) > 1 for places in alike)]


def is_own(values: Sequence[str]) -> bool:
    """Whether each row has a value of its own."""
    return len(set(values)) == len(values)


def is_code(values: Sequence[str]) -> bool:
    """Whether a column holds codes or numbers alone."""
    return all(map(CODE.fullmatch, values))


FITS: dict[str, Callable[[Sequence[str]], bool]] = {
    "id": is_own,
    "words": lambda values: not is_code(values),
    "place": lambda values: any(values) and not is_code(values),
    "period": lambda values: any(map(find_periods, values)),
}
