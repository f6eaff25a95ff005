"""The other places where a release prints its figures, workbook and pages: they should tell what its table tells."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

COLUMNS = {"Value": "value", "Numerator": "numerator", "Denominator": "denominator"}
MARKUP = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", re.S)
SHORT = 40  # characters; shorter sentences than this are told of many figures
NUMBER = re.compile(r"\d[\d,.]*")


def read_workbook(path: Path) -> dict[str, dict[str, str]]:
    """The numbers of each figure in a release's workbook, by the figure's id; none where there is no workbook."""
    if not path.is_file():
        return {}
    from openpyxl import load_workbook

    figures = {}
    for sheet in load_workbook(path, read_only=True):
        head: dict[str, int] = {}
        for row in sheet.iter_rows(values_only=True):
            if "Statistic id" in row:
                head = {name: row.index(name) for name in (*COLUMNS, "Statistic id") if name in row}
            elif head and len(row) > head["Statistic id"] and row[head["Statistic id"]]:
                numbers = {COLUMNS[name]: row[place] for name, place in head.items() if name in COLUMNS}
                figures[row[head["Statistic id"]]] = {
                    name: str(value) for name, value in numbers.items() if isinstance(value, int | float)
                }
    return figures


def differ(row: dict[str, str], copy: dict[str, str]) -> bool:
    """Whether a published figure stands in the workbook with other numbers."""
    return any(row[name] and float(row[name]) != float(value) for name, value in copy.items())


def find_other_sentences(folder: Path, rows: list[dict[str, str]]) -> Iterator[tuple[str, str]]:
    """Sentences of pages that the table has with other numbers, after their page's name."""
    told = {sentence for row in rows for sentence in split_sentences(f"{row['statement']} {row['comparison']}")}
    forms = {NUMBER.sub("#", sentence) for sentence in told if NUMBER.search(sentence)}
    for page in sorted(folder.glob("sections/*.html")):
        text = html.unescape(MARKUP.sub("\n", page.read_text(encoding="utf-8")))
        for sentence in sorted({one for line in text.split("\n") for one in split_sentences(line)} - told):
            if len(sentence) > SHORT and NUMBER.sub("#", sentence) in forms:
                yield page.name, sentence


def split_sentences(text: str) -> list[str]:
    return [sentence.strip() for sentence in re.split(r"(?<=[.]) (?=[A-Z0-9])", text) if sentence.strip()]
