"""report.docx: the report as its author starts from it, from the same statistics as the pages.

Findings, a sentence for each key figure, tables with years as columns, and room for the author's words. A sentence
carries the id of its statistic as hidden text and as a bookmark. Charts have their text alternative, tables a header
row that repeats; nothing is told by colour alone. What is too much for a report stands in the workbook.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.figures.display import upper_first
from analysis.figures.model import Statistic
from analysis.release.release import Release
from analysis.report.detail import split_detail
from analysis.report.index import ALL_CAME
from analysis.report.notices import RELEASE_WORDS, list_notices, say_origin
from analysis.report.outline import MOST_TILES, SectionOutline, TopicOutline, outline_sections
from analysis.report.pictures import Picture, is_made, list_official_pictures, list_pictures
from analysis.report.rows import list_outcomes, list_statements, make_legend
from analysis.report.table import make_table
from analysis.report.word_beside import (
    SILENCE,
    add_finding,
    add_follow_up,
    add_official_table,
    add_official_words,
    add_parts,
    add_standing_out,
)
from analysis.report.word_parts import (
    Cell,
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
ELSEWHERE = "On the section's page and in the workbook: the same by {}."
HOW_TO = (
    "Every sentence and figure here was written from the agencies' returns and, where it says so, from official "
    "statistics; none was typed. What is yours to write stands after [Author].",
    "After a sentence stands the id of its statistic as hidden text (Home, then ¶, shows it) and as a bookmark. It is "
    "the same from year to year.",
    "Every figure, definition and return stands in tables.xlsx, and statistics.csv has a sentence for each.",
)
UNCOMPARED = "not compared"
SECTION_ROOM = "what these figures mean for children and adults here, and what was done in the year."
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
    outcomes = [f"{upper_first(outcome)}: {words}" for outcome, words in list_outcomes(release.statistics)]
    if outcomes:
        draft.paragraph("Changes since the year before", "Cover Heading")
        draft.bullets(outcomes)
    draft.paragraph("Where it comes from", "Cover Heading")
    draft.paragraph(release.partnership.credit)
    draft.paragraph(say_origin(release, returns="in tables.xlsx"))


def add_contents_page(draft: Draft, release: Release) -> None:
    """Add the contents on a page of their own."""
    title = draft.paragraph("Contents", "Cover Heading")
    title.paragraph_format.page_break_before = True
    sections = [(plan.name, name_section(plan.id)) for plan in release.sections]
    add_contents(draft, [SUMMARY[::-1], *sections])


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
    add_found(draft, section)
    for topic in section.all_topics:
        add_topic(draft, topic, folder)
    if not section.all_topics:
        draft.paragraph("No figure was returned for this section.")
    if section.officials:
        draft.heading("Official statistics that no return gave", 2)
        add_official_table(draft, section.officials, f"figures that no return gave for section {plan.number}")
        add_official_words(draft, section.officials, tabled=True)
    add_gaps(draft, section)


def add_found(draft: Draft, section: SectionOutline) -> None:
    """Add the section's findings that don't lead the report, each with room for the author; without one, room for what
    its figures show. Silence is told under what isn't here, and where nothing was returned there is no room."""
    for finding in section.findings:
        if not finding.lead and finding.kind != SILENCE:
            add_finding(draft, finding)
    leads = [finding.title for finding in section.findings if finding.lead]
    if leads:
        draft.paragraph(f"Told under “{SUMMARY[1]}”: {'; '.join(leads)}.", "Source")
    if section.all_topics and all(finding.kind == SILENCE for finding in section.findings):
        draft.paragraph(f"[Author] {section.plan.title}: {SECTION_ROOM}", "Author")


def add_summary(draft: Draft, release: Release) -> None:
    """Add what stands out and which agencies sent nothing, before the sections."""
    heading = draft.heading(SUMMARY[1], 1, SUMMARY[0])
    heading.paragraph_format.page_break_before = True
    add_standing_out(draft, release)
    draft.heading("Returns that brought no figure", 2)
    silent = dict.fromkeys(
        f"{entry.agency} (Section {release.numbers[entry.section]})" for entry in release.returns if entry.silent
    )
    draft.bullets(list(silent) or [ALL_CAME])
    add_follow_up(draft, release)


def add_topic(draft: Draft, topic: TopicOutline, folder: Path) -> None:
    """Add one topic: what it is, its key sentences, charts, its tables, caution."""
    plan = topic.plan
    draft.heading(plan.title, 2)
    draft.paragraph(plan.what)
    add_statements(draft, choose_stated(topic))
    for picture in list_pictures(topic, folder):
        add_chart(draft, picture)
    add_figures(draft, topic)
    add_parts(draft, topic.statistics, plan.title)
    if topic.officials:
        add_official_words(draft, topic.officials, tabled=False)
        for picture in list_official_pictures(topic, folder):
            add_chart(draft, picture)
    for caveat in topic.caveats:
        draft.paragraph(f"Caution: {caveat}", "Source")


def choose_stated(topic: TopicOutline) -> Sequence[Statistic]:
    """Return the statistics whose sentences an author starts from: the key figures; without one, the first totals."""
    totals = [s for s in topic.written if not (s.dimension or s.category)] or list(topic.written)
    return [s for s in topic.quoted if s.published] or [s for s in totals if s.published][:MOST_TILES]


def add_statements(draft: Draft, statistics: Sequence[Statistic]) -> None:
    """Add each sentence once as a paragraph, with the ids of its statistics as hidden text and as bookmarks."""
    for sentence in list_statements(statistics):
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
    """Add the topic's table: a figure a row, a year a column. What it has no room for is named."""
    shown, folded = split_detail(topic.whole)
    table = make_table(shown, topic.release, topic.officials)
    left = list(dict.fromkeys(s.dimension.replace("_", " ") or "part" for s in folded))
    if table:
        caption = topic.plan.title + (f" ({table['period']})" if table["period"] else "")
        add_caption(draft, "Table", caption)
        rows = [
            [*make_cells(row, group["title"]), *([row["change"] or UNCOMPARED] if table["compared"] else [])]
            for group in table["groups"]
            for row in group["rows"]
        ]
        heads = ["Figure", *table["years"][:-1], table["years"][-1] if table["years"] else "Value"]
        widths = [8, *(2 for _ in table["years"][:-1]), 3, *([4] if table["compared"] else [])]
        heads += ["Change"] if table["compared"] else []
        numbers = range(1, 2 + len(table["years"][:-1]))
        add_table(draft, heads, rows, widths, summary=caption, numbers=numbers)
    legend = "; ".join(f"{symbol} {words}" for symbol, words in make_legend(shown, table))
    notes = [f"{legend}."] * bool(legend) + [ELSEWHERE.format(", ".join(left))] * bool(left)
    if notes:
        draft.paragraph(" ".join(notes), "Source")


def make_cells(row: Mapping[str, Any], title: str) -> list[Cell]:
    """Return the cells of a row, which says in full what its figure is: no cell is merged or empty."""
    label = f"{title}: {row['label']}" if title else row["label"]
    name = (label, row["period"]) if row["period"] else label
    return [name, *row["earlier"], (row["display"], row["detail"])]


def add_gaps(draft: Draft, section: SectionOutline) -> None:
    """Add which agencies sent no figures, and of which dataset; what the section would show with them stands on its
    page."""
    notices = dict.fromkeys(
        f"{entry.agency}{f' ({entry.dataset})' * bool(entry.dataset)}: {entry.said}" for entry in section.lacking
    )
    if notices:
        draft.heading("What is not here", 2)
    for notice in notices:
        draft.paragraph(notice, "Notice")
