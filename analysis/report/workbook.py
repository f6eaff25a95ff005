"""tables.xlsx: every figure to the Analysis Function's guidance on spreadsheets, made with gptables.

A cover, contents, notes, definitions, then one table a sheet; no merged and no empty cell; no formula anywhere.
"""

import re
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
from gptables import Cover, GPTable, produce_workbook

from analysis.figures.model import Statistic
from analysis.figures.published import Point
from analysis.release.release import Release
from analysis.report.notices import RELEASE_WORDS, list_notices, say_origin
from analysis.report.official import get_line
from analysis.report.outline import list_all_definitions, list_register, outline_sections
from analysis.report.rows import NOT_HELD, full_label, make_legend, plain
from analysis.report.table import find_older, name_offset
from analysis.report.workbook_shape import COVER_WIDTH, make_theme, set_cover_heights, shape_sheets

FILE = "tables.xlsx"
LONGEST_CELL = 32_000  # a cell holds 32,767 characters; a longer text would be left out without a word
LONGEST_NAME = 31
NOT_APPLICABLE = "[z]"
IN_GAPS = {
    NOT_HELD: "not available, or of a year not held",
    NOT_APPLICABLE: "not applicable: the figure has no such part",
}
INERT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(folder: Path, release: Release) -> Path:
    """Write tables.xlsx into a release's folder and return its path."""
    path = folder / FILE
    sheets = {**make_annexes(release), **make_sheets(release)}
    with warnings.catch_warnings():
        # the notes have a sheet of their own kind, and pandas' plans for its next version are gptables' matter
        warnings.simplefilter("ignore")
        book = produce_workbook(
            str(path),
            sheets,
            theme=make_theme(),
            cover=make_cover(release),
            workbook_options=INERT,
            auto_width=False,
            gridlines="hide_all",
        )
        set_cover_heights(book.get_worksheet_by_name("Cover"), make_cover(release))
        shape_sheets(book, sheets)
        book.set_properties({"title": inert(release.name), "author": inert(release.partnership.name)})
        book.close()
    return path


def make_cover(release: Release) -> Cover:
    """Return the cover: whose report, which period, what it is and isn't, where it comes from."""
    return Cover(
        title=inert(release.name),
        intro=[inert(text) for text in (release.period.label, RELEASE_WORDS[release.kind], *list_notices(release))],
        about=[inert(release.partnership.credit), inert(say_origin(release, returns="on the index page"))],
        width=COVER_WIDTH,
    )


def make_annexes(release: Release) -> dict[str, GPTable]:
    """Return the sheets of notes, definitions and returns."""
    definitions = [
        {
            "Indicator": one.text.title,
            "Definition": one.text.definition,
            "Source of the definition": one.text.source,
            "Returned by": one.returned,
        }
        for one in list_all_definitions(release)
    ]
    tables = {
        "Notes": ("Notes: symbols and caution", list_notes(release)),
        "Definitions": ("Definitions of the figures", definitions),
        "Returns": ("Returns register: what each agency sent", list_register(release)),
        "Official statistics": ("Official statistics about the area, which no agency returned", list_official(release)),
    }
    return {name: make_table(f"{name.lower()}_table", title, rows) for name, (title, rows) in tables.items() if rows}


def list_notes(release: Release) -> list[dict[str, str]]:
    """Return the meaning of each symbol, then the caution that each topic asks for."""
    hidden = release.disclosure
    symbols = dict(make_legend(release.statistics)) | IN_GAPS
    notes = [{"About": f"Symbol {symbol}", "Note": words} for symbol, words in symbols.items()]
    if release.shared:
        notes.append({"About": "Protection", "Note": f"{hidden.hidden} of {hidden.of} figures are not shown"})
    topics = [topic for section in outline_sections(release) for topic in section.all_topics]
    return notes + [
        {"About": f"{release.numbers[topic.plan.section]} {topic.plan.title}", "Note": caveat}
        for topic in topics
        for caveat in topic.caveats
    ]


def list_official(release: Release) -> list[dict[str, Any]]:
    """Return the official statistics as rows, one an area: the value, or its publisher's symbol and its meaning; where
    the years before are drawn, their values too."""
    lines = [(one, place, get_line(place, one)) for one in release.official for place in one.places]
    years = sorted({year for one, _, line in lines for year in line if year < one.year})
    return [
        {
            "Section": release.numbers[official.section],
            "Figure": official.title,
            "Area": place.name,
            "Value": place.display if place.value is None else place.value,
            "Unit": official.unit.strip().replace("%", "percent") or "number",
            "Period": place.period or official.period,
            **{year: value_of(line.get(year)) for year in years},
            "Note": place.reason or "none",
            "Source of the figure": official.source,
        }
        for official, place, line in lines
    ]


def value_of(point: Point | None) -> Any:
    """Return the value of a year of an official figure, or the symbol in its place."""
    if point is None:
        return NOT_HELD
    return point.display if point.value is None else point.value


def make_sheets(release: Release) -> dict[str, GPTable]:
    """Return one table a section that has a figure, named after it."""
    sheets: dict[str, GPTable] = {}
    for section in outline_sections(release):
        shown = [(topic.plan.title, s) for topic in section.all_topics for s in topic.statistics]
        rows = [
            make_row(topic, s, earlier) for (topic, s), earlier in zip(shown, list_earlier(shown, release), strict=True)
        ]
        if rows:
            name, id = name_sheet(section.plan.name, taken=sheets), f"figures_{section.plan.id}"
            sheets[name] = make_table(id, section.plan.name, rows, release.period.label)
    return sheets


def list_earlier(shown: Sequence[tuple[str, Statistic]], release: Release) -> list[dict[str, Any]]:
    """Return, for each of a sheet's figures, the values of the years before by the name of the year."""
    older = [find_older(s, release) for _, s in shown]
    years = sorted({offset for found in older for offset in found})
    return [{name_offset(release, y): cell_of(found[y]) if y in found else NOT_HELD for y in years} for found in older]


def cell_of(s: Statistic) -> Any:
    """Return a statistic's value, or the symbol of one that is hidden."""
    return s.value if s.published else s.symbol


def make_row(topic: str, s: Statistic, earlier: Mapping[str, Any]) -> dict[str, Any]:
    """Return a statistic as a row, with the values of years before. A part that a figure hasn't is [z]."""
    return {
        "Topic": topic,
        "Figure": full_label(s),
        "Shown as": s.display,
        "Value": cell_of(s),
        **earlier,
        "Unit": s.unit.replace("_", " "),
        "Period": s.when,
        "Area": s.place,
        **{head: part(s, name) for head, name in PARTS.items()},
        "Compared with": " ".join(c.words for c in s.comparisons) or NOT_APPLICABLE,
        "Statement": s.statement,
        "Agency": s.agency,
        "Statistic id": s.statistic_id,
    }


PARTS = {"Numerator": "numerator", "Denominator": "denominator", "Lower limit": "lower", "Upper limit": "upper"}


def part(s: Statistic, name: str) -> Any:
    """Return one part of a figure: its number, the figure's symbol where it is hidden, [z] where there is none."""
    value = getattr(s, name)
    return value if value is not None else (s.symbol or NOT_APPLICABLE)


def make_table(name: str, title: str, rows: Sequence[Mapping[str, Any]], period: str = "") -> GPTable:
    """Return a table of gptables. Columns in which no row has anything to say are left out."""
    table = pd.DataFrame([{key: inert(value) for key, value in row.items()} for row in rows], dtype=object)
    empty = [head for head in PARTS if head in table and (table[head] == NOT_APPLICABLE).all()]
    return GPTable(
        table=table.drop(columns=empty),
        table_name=re.sub(r"\W", "_", name),
        title=inert(title),
        subtitles=[inert(f"Figures returned for the report of {period}")] if period else [],
        instructions="This worksheet contains one table. Symbols are explained on the worksheet Notes.",
        index_columns={1: 0},
    )


def inert(value: Any) -> Any:
    """Return a text that gptables writes as it stands: no link, no note, nothing that a cell can't hold.

    gptables makes links of "[words](address)" and notes of "$$name$$"; a space takes their meaning away.
    """
    if not isinstance(value, str):
        return int(value) if isinstance(value, float) and value.is_integer() else value
    text = plain(value).replace("](", "] (").replace("$$", "$ $")
    text = re.sub(r"^\W+$", lambda found: f"(text without letters: {found[0]})", text, flags=re.ASCII)
    return f"{text[:LONGEST_CELL]} (cut: too long for a cell)" if len(text) > LONGEST_CELL else text or "not stated"


def name_sheet(title: str, taken: Mapping[str, Any]) -> str:
    """Return a sheet's name: at most 31 characters, none that Excel refuses, not yet taken."""
    words = re.sub(r"[\[\]:*?/\\']", "", plain(title)).split()
    name = ""
    for word in words:
        if len(f"{name} {word}".strip()) > LONGEST_NAME:
            break
        name = f"{name} {word}".strip()
    name = name or "".join(words)[:LONGEST_NAME]
    used = {other.casefold() for other in taken}
    return name if name.casefold() not in used else f"{name[:27]} {len(used)}"
