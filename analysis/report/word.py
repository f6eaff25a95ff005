"""report.docx: the report as its author works in it, from the same statistics as the pages.

Every sentence carries the id of its statistic, as small text and as a bookmark. Charts have their text
alternative, tables a header row that repeats; nothing is told by colour alone.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.figures.model import Statistic
from analysis.release.release import MeasureText, Release, Return
from analysis.report.detail import MONTH
from analysis.report.notices import RELEASE_WORDS, list_notices, say_origin
from analysis.report.outline import SectionOutline, TopicOutline, list_all_definitions, list_register, outline_sections
from analysis.report.pictures import Picture, is_made, list_official_pictures, list_pictures
from analysis.report.rows import NONE_HELD, full_label, list_facts, list_statements, make_legend, make_row
from analysis.report.word_beside import add_finding, add_official, add_parts, add_standing_out
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


def write_word(folder: Path, release: Release) -> Path:
    """Write report.docx into a release's folder and return its path.

    Reads the charts of that folder. Raises DataError for a chart without its words.
    """
    draft = Draft(make_document(release))
    add_cover(draft, release)
    add_contents_page(draft, release)
    add_summary(draft, release)
    for place, section in enumerate(outline_sections(release)):
        add_section(draft, section, folder, first=place == 0)
    add_returns(draft, release)
    add_definitions(draft, release)
    path = folder / FILE
    draft.document.save(str(path))
    return path


def add_cover(draft: Draft, release: Release) -> None:
    """Add the cover: whose report, which period, what it is and isn't, the symbols, how to use it."""
    draft.paragraph(release.name, "Title")
    draft.paragraph(release.period.label, "Subtitle")
    for notice in (RELEASE_WORDS[release.kind], *list_notices(release)):
        draft.paragraph(notice, "Notice")
    draft.paragraph("How to use this document", "Cover Heading")
    draft.bullets(HOW_TO)
    legend = make_legend(release.statistics)
    if legend:
        draft.paragraph("Symbols", "Cover Heading")
        draft.bullets([f"{symbol} {words}" for symbol, words in legend])
    draft.paragraph("Where it comes from", "Cover Heading")
    draft.paragraph(release.partnership.credit)
    draft.paragraph(say_origin(release, returns="in Annex A"))


def add_contents_page(draft: Draft, release: Release) -> None:
    """Add the contents on a page of their own."""
    title = draft.paragraph("Contents", "Cover Heading")
    title.paragraph_format.page_break_before = True
    sections = [(plan.name, name_section(plan.id)) for plan in release.sections]
    add_contents(draft, [SUMMARY[::-1], *sections, *((title, name) for name, title in ANNEXES.items())])


def name_section(id: str) -> str:
    """Return the bookmark of a section's heading."""
    return name_bookmark(f"section.{id}")


def add_section(draft: Draft, section: SectionOutline, folder: Path, *, first: bool) -> None:
    """Add one section: what it tells, its topics, what isn't here. The first begins a page."""
    plan = section.plan
    heading = draft.heading(plan.name, 1, name_section(plan.id))
    heading.paragraph_format.page_break_before = first
    if plan.about:
        draft.paragraph(plan.about)
    if not is_made(plan.id, folder):
        draft.paragraph(FAILED, "Notice")
    for finding in section.findings:
        add_finding(draft, finding)
    for topic in section.all_topics:
        add_topic(draft, topic, folder)
    if not section.all_topics:
        draft.paragraph("No figure was returned for this section.")
    if section.officials:
        draft.heading("Official statistics that no return gave", 2)
    add_official(draft, section.officials, (), f"figures that no return gave for section {plan.number}", add_chart)
    add_gaps(draft, section)


def add_summary(draft: Draft, release: Release) -> None:
    """Add what stands out and which agencies sent nothing, before the sections."""
    heading = draft.heading(SUMMARY[1], 1, SUMMARY[0])
    heading.paragraph_format.page_break_before = True
    add_standing_out(draft, release)
    draft.heading("Returns that brought no figure", 2)
    silent = dict.fromkeys(f"{entry.agency}: {join_words(entry)}." for entry in release.returns if entry.silent)
    draft.bullets(list(silent) or ["Every agency that was asked sent figures."])


def add_topic(draft: Draft, topic: TopicOutline, folder: Path) -> None:
    """Add one topic: what it is and why it matters, statements, charts, its table, caution."""
    plan = topic.plan
    draft.heading(plan.title, 2)
    draft.paragraph(plan.what)
    why = draft.paragraph()
    add_run(why, "Why it matters. ").bold = True
    add_run(why, plan.why)
    add_statements(draft, "Statements to quote", topic.quoted)
    for picture in list_pictures(topic, folder):
        add_chart(draft, picture)
    add_figures(draft, topic)
    add_parts(draft, topic.statistics, plan.title)
    if topic.officials:
        draft.heading("Beside official statistics", 3)
    add_official(draft, topic.officials, list_official_pictures(topic, folder), plan.title, add_chart)
    others = [s for s in topic.written if s not in topic.headline]
    add_statements(draft, "More statements" if topic.quoted else "Statements to quote", others)
    add_statements(draft, "Statements on parts of the year", topic.parts)
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


def add_figures(draft: Draft, topic: TopicOutline) -> None:
    """Add the topic's table. A period that all rows share stands in the caption."""
    months = any(s.dimension == MONTH for s in topic.statistics)
    if not topic.written:
        if months:
            draft.paragraph(MONTHS_ELSEWHERE, "Source")
        return
    periods = {s.period.label for s in topic.written}
    compared = any(c.against for s in topic.written for c in s.comparisons)
    shared = f" ({next(iter(periods))})" if len(periods) == 1 else ""
    columns = ["label", "value"] + ["period"] * (len(periods) > 1) + ["comparison"] * compared
    heads = {"label": "Figure", "value": "Value", "period": "Period", "comparison": "Compared with"}
    widths = {"label": 6, "value": 4, "period": 3, "comparison": 5}
    rows = [make_cells(fact) for fact in list_facts(topic.written)]
    caption = f"Figures: {topic.plan.title[:1].lower() + topic.plan.title[1:]}{shared}"
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
    if months:
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


def add_gaps(draft: Draft, section: SectionOutline) -> None:
    """Add what the section doesn't hold: agencies that sent no figures, and what it would show with them."""
    lacking, _ = section.owed
    if not (section.missing or lacking):
        return
    draft.heading("What is not here", 2)
    for entry in section.missing:
        draft.paragraph(f"{entry.agency}: {join_words(entry)}.", "Notice")
    if lacking:
        draft.paragraph("With further returns, this section would show:").paragraph_format.keep_with_next = True
        draft.bullets([owed.what for owed in lacking])


def join_words(entry: Return) -> str:
    """Return the state of a return and its note as one phrase, without a full stop."""
    return ". ".join(text.rstrip(".") for text in (entry.words, entry.note) if text)


def add_returns(draft: Draft, release: Release) -> None:
    """Add the returns register as a table."""
    draft.heading(ANNEXES["annex_returns"], 1, "annex_returns")
    rows = [list(row.values()) for row in list_register(release)]
    add_caption(draft, "Table", "Returns register")
    header = ["Agency", "Section", "State", "Data as at", "Note"]
    add_table(draft, header, rows, [5, 2, 4, 3, 7], summary="What each agency sent")


def add_definitions(draft: Draft, release: Release) -> None:
    """Add the definition of every indicator that has a figure."""
    draft.heading(ANNEXES["annex_definitions"], 1, "annex_definitions")
    rows = [
        [one.text.title, describe_definition(one.text), f"{one.text.source}. Returned by: {one.returned}"]
        for one in list_all_definitions(release)
    ]
    add_caption(draft, "Table", "Definitions of the figures")
    header = ["Indicator", "Definition", "Source of the definition, and who returned it"]
    add_table(draft, header, rows, [4, 7, 5], summary="The definition of every figure in this report")


def describe_definition(text: MeasureText) -> str:
    """Return a definition with its numerator, denominator and how to read it."""
    sides = (("Numerator", text.numerator), ("Denominator", text.denominator))
    parts = [text.definition, *(f"{name}: {words}." for name, words in sides if words)]
    standard = [f"Standard: {text.standard}."] if text.standard else []
    return " ".join([*parts, *standard, text.interpretation]).strip()
