"""The sheet of counts in a filled template: aggregate returns that came in a workbook."""

from pathlib import Path

from analysis.returns.headers import find_header, heading
from analysis.returns.records import grid
from analysis.returns.tables import read_sheets
from analysis.returns.template_parts import AGGREGATE
from analysis.returns.values import tidy


def read_counts(path: Path) -> dict[int, dict[str, str]] | None:
    """Return the rows of the sheet of counts in a filled template as text, by row number; None where there is none.

    The columns are those of aggregate returns, whose own reader says what is wrong with them.
    """
    for sheet in read_sheets(path):
        if heading(sheet.name) == AGGREGATE.name and (header := find_header(sheet, AGGREGATE)):
            cells, rows, _, _ = grid(sheet, header)
            return {row: {name: tidy(cells[name][place]) for name in cells} for place, row in enumerate(rows)}
    return None
