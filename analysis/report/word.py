"""report.docx: the report as its author works in it, from the same statistics as the pages.

Every sentence carries the id of its statistic, as small text and as a bookmark. Charts have their text
alternative, tables a header row that repeats; nothing is told by colour alone.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.figures.model import Statistic
from analysis.report.outline import Picture, Topic, is_made, list_definitions, list_topics, list_unreturned
from analysis.report.owed import split_owed
from analysis.report.rows import NONE_HELD, make_legend, make_row
from analysis.report.section import NOTHING_SENT, RELEASE_WORDS, notices, provenance, report_name
from analysis.report.topics import full_label, list_statements
from analysis.report.word_beside import add_official, add_standing_out
from analysis.report.word_parts import (
    Draft,
    add_bookmark,
    add_caption,
    add_contents,
    add_picture,
    add_run,
    add_table,
    name_bookmark,
)
from analysis.report.word_style import make_document

FILE = "report.docx"
MONTHS_ELSEWHERE = "Month by month, its figures stand in the workbook and on the section's page."
ANNEXES = {
    "annex_returns": "Annex A: What each agency sent",
    "annex_definitions": "Annex B: Definitions and sources",
}
HOW_TO = (
    "Every sentence and figure here was written from the agencies' returns; none was typed.",
    "The small grey text after a sentence is the id of its statistic. It stays the same from year to year, and "
    "each is a bookmark, so that you can find the sentence again after you have moved it.",
    "The same figures are in tables.xlsx, statistics.csv and on the report's pages.",
)
SUMMARY = ("standing_out", "What stands out, and what is missing")
FAILED = "This section's page could not be made in the last run, so its charts are left out. Its figures stand."


def write_word(folder: Path, store: Mapping[str, Any]) -> Path:
    """Write report.docx into a release's folder and return its path.

    Reads the charts of that folder. Raises DataError for a chart without its words.
    """
    draft = Draft(make_document(store))
    add_cover(draft, store)
    add_contents_page(draft, store)
    add_summary(draft, store)
    for section in store["sections"]:
        add_section(draft, section, store, folder)
    add_returns(draft, store)
    add_definitions(draft, store)
    path = folder / FILE
    draft.document.save(str(path))
    return path


def add_cover(draft: Draft, store: Mapping[str, Any]) -> None:
    """Add the cover: whose report, which period, what it is and isn't, the symbols, how to use it."""
    draft.paragraph(report_name(store), "Title")
    draft.paragraph(store["period"], "Subtitle")
    for notice in (RELEASE_WORDS[store["release"]], *notices(store)):
        draft.paragraph(notice, "Notice")
    draft.paragraph("How to use this document", "Cover Heading")
    draft.bullets(HOW_TO)
    legend = make_legend(store["statistics"])
    if legend:
        draft.paragraph("Symbols", "Cover Heading")
        draft.bullets([f"{symbol} {words}" for symbol, words in legend])
    draft.paragraph("Where it comes from", "Cover Heading")
    draft.paragraph(store["partnership"]["credit"])
    draft.paragraph(provenance(store).replace("on the index page", "in Annex A"))


def add_contents_page(draft: Draft, store: Mapping[str, Any]) -> None:
    """Add the contents on a page of their own."""
    title = draft.paragraph("Contents", "Cover Heading")
    title.paragraph_format.page_break_before = True
    sections = [(f"{section['number']} {section['title']}", name_section(section)) for section in store["sections"]]
    add_contents(draft, [SUMMARY[::-1], *sections, *((title, name) for name, title in ANNEXES.items())])


def name_section(section: Mapping[str, Any]) -> str:
    """Return the bookmark of a section's heading."""
    return name_bookmark(f"section.{section['id']}")


def add_section(draft: Draft, section: Mapping[str, Any], store: Mapping[str, Any], folder: Path) -> None:
    """Add one section: what it tells, its topics, what isn't here."""
    heading = draft.heading(f"{section['number']} {section['title']}", 1, name_section(section))
    heading.paragraph_format.page_break_before = section is store["sections"][0]
    if section["about"]:
        draft.paragraph(section["about"])
    if not is_made(section["id"], folder):
        draft.paragraph(FAILED, "Notice")
    topics = list_topics(section["id"], store, folder)
    for topic in topics:
        add_topic(draft, topic)
    if not topics:
        draft.paragraph("No figure was returned for this section.")
    unreturned = list_unreturned(section["id"], store)
    if unreturned:
        draft.heading("Official statistics that no return gave", 2)
    add_official(draft, unreturned, (), f"figures that no return gave for section {section['number']}", add_chart)
    add_gaps(draft, section, store)


def add_summary(draft: Draft, store: Mapping[str, Any]) -> None:
    """Add what stands out and which agencies sent nothing, before the sections."""
    heading = draft.heading(SUMMARY[1], 1, SUMMARY[0])
    heading.paragraph_format.page_break_before = True
    add_standing_out(draft, store)
    missing = [entry for entry in store["returns"] if entry["status"] in NOTHING_SENT]
    draft.heading("Returns that brought no figure", 2)
    silent = dict.fromkeys(f"{entry['agency']}: {join_words(entry)}." for entry in missing)
    draft.bullets(list(silent) or ["Every agency that was asked sent figures."])


def add_topic(draft: Draft, topic: Topic) -> None:
    """Add one topic: what it is and why it matters, statements, charts, its table, caution."""
    draft.heading(topic.title, 2)
    draft.paragraph(topic.what)
    why = draft.paragraph()
    add_run(why, "Why it matters. ").bold = True
    add_run(why, topic.why)
    own = [s for s in topic.headline if s in topic.statistics]
    add_statements(draft, "Statements to quote", own)
    for picture in topic.pictures:
        add_chart(draft, picture)
    add_figures(draft, topic)
    if topic.officials:
        draft.heading("Beside official statistics", 3)
    add_official(draft, topic.officials, topic.beside, topic.title, add_chart)
    add_statements(draft, "More statements" if own else "Statements to quote", topic.others)
    if topic.caveats:
        draft.heading("Caution", 3)
        draft.bullets(topic.caveats)


def add_statements(draft: Draft, title: str, statistics: Sequence[Statistic]) -> None:
    """Add each sentence once as a paragraph, with the ids of its statistics as small text and as bookmarks."""
    sentences = list_statements(statistics)
    if sentences:
        draft.heading(title, 3)
    for sentence in sentences:
        paragraph = draft.paragraph(sentence["text"], "Statement")
        add_run(paragraph, f"  {sentence['id']}", "Reference")
        for id in sentence["id"].split(", "):
            add_bookmark(paragraph, name_bookmark(id), draft.number("bookmark"))


def add_chart(draft: Draft, picture: Picture) -> None:
    """Add a chart: caption, what it measures, the picture with its text alternative, its source."""
    add_caption(draft, "Figure", picture.title)
    draft.paragraph(picture.subtitle, "Chart Subtitle")
    add_picture(draft, picture.path, picture.alt, f"Chart: {picture.title}")
    draft.paragraph(picture.source, "Source")


def add_figures(draft: Draft, topic: Topic) -> None:
    """Add the topic's table. A period that all rows share stands in the caption."""
    if not topic.written:
        draft.paragraph(MONTHS_ELSEWHERE, "Source")
        return
    periods = {s.period.label for s in topic.written}
    compared = any(c.against for s in topic.written for c in s.comparisons)
    shared = f" ({next(iter(periods))})" if len(periods) == 1 else ""
    columns = ["label", "value"] + ["period"] * (len(periods) > 1) + ["comparison"] * compared
    heads = {"label": "Figure", "value": "Value", "period": "Period", "comparison": "Compared with"}
    widths = {"label": 6, "value": 4, "period": 3, "comparison": 5}
    rows = [make_cells(fact) for fact in topic.facts]
    caption = f"Figures: {topic.title[:1].lower() + topic.title[1:]}{shared}"
    add_caption(draft, "Table", caption)
    add_table(
        draft,
        [heads[name] for name in columns],
        [[row[name] for name in columns] for row in rows],
        [widths[name] for name in columns],
        summary=caption,
        numbers=[columns.index("value")],
    )
    legend = "; ".join(f"{symbol} {words}" for symbol, words in make_legend(topic.written))
    if legend:
        draft.paragraph(f"{legend}.", "Source")
    if len(topic.written) < len(topic.statistics):
        draft.paragraph(MONTHS_ELSEWHERE, "Source")


def make_cells(fact: Sequence[Statistic]) -> dict[str, Any]:
    """Return the cells of a fact's row by name. A row says in full what its figure is: no cell is merged."""
    row = make_row(fact)
    return {
        "label": full_label(fact[0]),
        "value": (row["display"], row["detail"]),
        "period": row["period"],
        "comparison": row["comparison"] or NONE_HELD,
    }


def add_gaps(draft: Draft, section: Mapping[str, Any], store: Mapping[str, Any]) -> None:
    """Add what the section doesn't hold: agencies that sent no figures, and what it would show with them."""
    missing = [entry for entry in store["returns"] if entry["section"] == section["id"]]
    missing = [entry for entry in missing if entry["status"] in NOTHING_SENT]
    lacking, _ = split_owed(section["owes"], store["statistics"], store["returns"])
    if not (missing or lacking):
        return
    draft.heading("What is not here", 2)
    for entry in missing:
        draft.paragraph(f"{entry['agency']}: {join_words(entry)}.", "Notice")
    if lacking:
        draft.paragraph("With further returns, this section would show:").paragraph_format.keep_with_next = True
        draft.bullets([owed["what"] for owed in lacking])


def join_words(entry: Mapping[str, str]) -> str:
    """Return the state of a return and its note as one phrase, without a full stop."""
    return ". ".join(text.rstrip(".") for text in (entry["words"], entry["note"]) if text)


def add_returns(draft: Draft, store: Mapping[str, Any]) -> None:
    """Add the returns register as a table."""
    draft.heading(ANNEXES["annex_returns"], 1, "annex_returns")
    numbers = {section["id"]: section["number"] for section in store["sections"]}
    rows = [
        [
            entry["agency"],
            numbers[entry["section"]],
            entry["words"],
            entry["as_at"] or "not stated",
            entry["note"] or "none",
        ]
        for entry in store["returns"]
    ]
    add_caption(draft, "Table", "Returns register")
    header = ["Agency", "Section", "State", "Data as at", "Note"]
    add_table(draft, header, rows, [5, 2, 4, 3, 7], summary="What each agency sent")


def add_definitions(draft: Draft, store: Mapping[str, Any]) -> None:
    """Add the definition of every indicator that has a figure."""
    draft.heading(ANNEXES["annex_definitions"], 1, "annex_definitions")
    rows = [
        [entry["title"], describe_definition(entry), f"{entry['source']}. Returned by: {entry['returned']}"]
        for entry in list_definitions(store)
    ]
    add_caption(draft, "Table", "Definitions of the figures")
    header = ["Indicator", "Definition", "Source of the definition, and who returned it"]
    add_table(draft, header, rows, [4, 7, 5], summary="The definition of every figure in this report")


def describe_definition(entry: Mapping[str, str]) -> str:
    """Return a definition with its numerator, denominator and how to read it."""
    parts = [entry["definition"]]
    parts += [f"{name.capitalize()}: {entry[name]}." for name in ("numerator", "denominator") if entry[name]]
    return " ".join([*parts, entry["interpretation"]]).strip()
