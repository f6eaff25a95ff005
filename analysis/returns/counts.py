"""Sheets of counts: figures that an agency has counted already, as text, wherever they stand.

They come as a file of their own, or as the sheet Counts of a filled template.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.errors import Problem, quoted_slip
from analysis.returns.aggregate_rows import AGGREGATE, GUIDE, NUMBERS, normalise
from analysis.returns.headers import Header, find_header, nearest_columns, split_table
from analysis.returns.records import grid
from analysis.returns.sheet import Sheet, column_place
from analysis.returns.values import tidy


@dataclass(frozen=True)
class Counts:
    """Rows of counts in one form, by their number in the file, with what is wrong."""

    file: str
    rows: dict[int, dict[str, str]]
    problems: tuple[Problem, ...] = ()
    position: int = 0


def find_counts(sheets: Sequence[Sheet]) -> list[Counts]:
    """Return the sheets of counts among others, whatever they are called: no other table has their headings."""
    headed = ((sheet, find_header(sheet, AGGREGATE)) for sheet in sheets)
    return [_read(sheet, part) for sheet, header in headed if header for part in split_table(sheet, AGGREGATE, header)]


def _read(sheet: Sheet, header: Header) -> Counts:
    cells, numbers, problems = grid(sheet, header, AGGREGATE)
    texts = {row: {name: tidy(cells[name][place]) for name in cells} for place, row in enumerate(numbers)}
    unfilled = [row for row, said in texts.items() if _is_unfilled(said)]
    said = {row: _without_guide(said) for row, said in texts.items() if row not in {*unfilled}}
    if unfilled and said:
        message = f"{len(unfilled)} of the {len(texts)} figures that the template asks for aren't filled in"
        problems = [*problems, Problem(sheet.label, None, "value", "not_filled_in", "warning", message, "a number")]
    rows = {row: normalise(texts) for row, texts in said.items()}
    faults = (*sheet.problems, *_columns(sheet, header), *problems)
    return Counts(sheet.label, rows, faults, sheet.position)


def _is_unfilled(said: dict[str, str]) -> bool:
    """Whether a template's row of a figure was left without its number."""
    return bool(said.get(GUIDE[0])) and not any(said.get(name) for name in NUMBERS)


def _without_guide(said: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in said.items() if name not in GUIDE}


def _columns(sheet: Sheet, header: Header) -> Iterator[Problem]:
    """Give the one problem of a header that isn't that of counts. A heading that is a slip of a known one is named, any
    other by its letter."""
    odd = {problem.rule: [] for problem in header.problems}
    near = ""
    for problem in header.problems:
        missing = problem.rule == "missing_column"
        said = "" if missing else tidy(sheet.rows[header.row][column_place(problem.column)])
        near = near or said
        odd[problem.rule].append(said if quoted_slip(said, AGGREGATE.names) else problem.column)
    parts = [
        f"{rule.replace('_', ' ')} {', '.join(map(repr, names))}" for rule, names in sorted(odd.items(), reverse=True)
    ]
    if parts:
        first, allowed = next(iter(odd.values()))[0], nearest_columns(near, AGGREGATE.names, limit=30)
        yield Problem(sheet.label, header.row + 1, first, "columns", "error", "; ".join(parts), allowed)
