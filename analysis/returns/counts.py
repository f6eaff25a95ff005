"""Sheets of counts: figures that an agency has counted already, as text, wherever they stand.

They come as a file of their own, or as the sheet Counts of a filled template.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.errors import Problem, listed
from analysis.returns.aggregate_rows import AGGREGATE, normalise
from analysis.returns.conform import Change
from analysis.returns.headers import Header, column_place, find_header, heading
from analysis.returns.records import grid
from analysis.returns.sheet import Sheet
from analysis.returns.values import tidy


@dataclass(frozen=True)
class Counts:
    """Rows of counts in one form, by their number in the file, with what was changed and what is wrong."""

    file: str
    rows: dict[int, dict[str, str]]
    changes: tuple[Change, ...] = ()
    problems: tuple[Problem, ...] = ()


def find_counts(sheets: Sequence[Sheet]) -> Counts | None:
    """Return the rows of the sheet of counts: the one called so, or the only one there is; None where there is none."""
    for sheet in sheets:
        called = heading(sheet.name) == AGGREGATE.name or len(sheets) == 1
        if called and (header := find_header(sheet, AGGREGATE)):
            return _read(sheet, header)
    return None


def _read(sheet: Sheet, header: Header) -> Counts:
    cells, numbers, changes, problems = grid(sheet, header)
    said = {row: {name: tidy(cells[name][place]) for name in cells} for place, row in enumerate(numbers)}
    rows = {row: normalise(texts) for row, texts in said.items()}
    changed = [
        Change(sheet.label, name, "form", found)
        for name in cells
        if (found := tuple(row for row in rows if rows[row][name] != said[row][name]))
    ]
    return Counts(sheet.label, rows, (*changes, *changed), (*sheet.problems, *_columns(sheet, header), *problems))


def _columns(sheet: Sheet, header: Header) -> Iterator[Problem]:
    """Give the one problem of a header that isn't that of counts. Enough of it is known for its headings to be no
    person's data, so that they are named."""
    said = [tidy(cell)[:40] for cell in sheet.rows[header.row]]
    odd = {problem.rule: [] for problem in header.problems}
    for problem in header.problems:
        missing = problem.rule == "missing_column"
        odd[problem.rule].append(problem.column if missing else said[column_place(problem.column)])
    parts = [
        f"{rule.replace('_', ' ')} {', '.join(map(repr, names))}" for rule, names in sorted(odd.items(), reverse=True)
    ]
    if parts:
        first, allowed = next(iter(odd.values()))[0], listed(AGGREGATE.names, limit=30)
        yield Problem(sheet.label, header.row + 1, first, "columns", "error", "; ".join(parts), allowed)
