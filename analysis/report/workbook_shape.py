"""How the workbook looks: widths, heights, alignment, and how it prints."""

from collections.abc import Mapping
from copy import deepcopy
from math import ceil
from typing import Any

from gptables import Cover, GPTable, Theme, gptheme

LINE_HEIGHT, HIGHEST_ROW = 16, 400  # points; Excel allows 409
COVER_WIDTH = 90  # characters
WIDTHS = {
    "Topic": 24, "Figure": 40, "Shown as": 16, "Value": 12, "Unit": 14, "Period": 24, "Area": 18, "Numerator": 12,
    "Denominator": 14, "Lower limit": 10, "Upper limit": 10, "Compared with": 40, "Statement": 60, "Agency": 26,
    "Statistic id": 44, "Sheet name": 31, "Table description": 70, "Note": 90, "About": 34, "Indicator": 36,
    "Definition": 90, "Source of the definition": 50, "Source of the figure": 50, "Returned by": 36, "Section": 10,
    "State": 20, "Data as at": 14,
}  # fmt: skip


def make_theme() -> Theme:
    """Return gptables' theme with every cell's text at its top, so that a row reads across."""
    theme = deepcopy(gptheme)
    for cells in (theme.index_1_format, theme.index_2_format, theme.data_format):
        cells["valign"] = "top"
    return theme


def set_cover_heights(sheet: Any, cover: Cover) -> None:
    """Make each row of the cover as high as its wrapped text: not every program does so on opening."""
    texts = [cover.title, "", *cover.intro, "", *cover.about]
    for place, text in enumerate(texts):
        lines = ceil(1.2 * len(text) / COVER_WIDTH)
        if lines > 1:
            sheet.set_row(place, LINE_HEIGHT * lines)


def shape_sheets(book: Any, sheets: Mapping[str, GPTable]) -> None:
    """Set columns as wide as their matter, and pages that print across with the header row repeated."""
    for sheet in book.worksheets():
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&RPage &P of &N")
        heads = list(sheets[sheet.name].table.columns) if sheet.name in sheets else []
        if sheet.name == "Contents":
            heads = ["Sheet name", "Table description"]
        for place, head in enumerate(heads):
            sheet.set_column(place, place, WIDTHS.get(head, 20))
        if sheet.name in sheets:
            sheet.set_landscape()
            set_heights(sheet, sheets[sheet.name])


def set_heights(sheet: Any, made: GPTable) -> None:
    """Keep the header row in sight, and each row as high as its longest wrapped text: not every program does so."""
    first = made.data_range[0]
    sheet.repeat_rows(first)
    sheet.freeze_panes(first + 1, 0)
    heads = list(made.table.columns)
    for place, values in enumerate(made.table.itertuples(index=False), start=first + 1):
        lines = max(ceil(1.2 * len(str(v)) / WIDTHS.get(h, 20)) for h, v in zip(heads, values, strict=True))
        sheet.set_row(place, min(LINE_HEIGHT * max(lines, 1), HIGHEST_ROW))
