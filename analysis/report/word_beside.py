"""What Word shows beside the returns' own figures: what stands out, and the official statistics of each topic."""

from collections.abc import Sequence
from io import BytesIO

from analysis.figures.model import Statistic
from analysis.figures.published import Official
from analysis.findings.finding import Finding
from analysis.measures.periods import say_day
from analysis.release.release import Release
from analysis.report.detail import make_parts
from analysis.report.leads import list_cards, list_others, list_reported, say_how_sure
from analysis.report.official import list_columns, list_sentences, list_symbols, make_row
from analysis.report.word_parts import Draft, add_caption, add_picture, add_run, add_table

ROOM = "[Author] {about}: what the partners did about it, what difference that made, what comes next, by whom and when."
SILENCE, OVERDUE = "silence", "Overdue"
UNSIGNED = "Nobody is recorded as having signed this report off: take it for a draft."
LISTED = (
    "Of those that the partnership lists by name, from whatever source. Section 5 counts all that agencies returned, "
    "so that the two don't add up."
)
NOT_RETURNS = "Published official statistics, not the agencies' returns."


def add_standing_out(draft: Draft, release: Release) -> None:
    """Add the findings of the whole report: those that lead it with their charts, then the others."""
    for card in list_cards(release):
        finding, chart = card["finding"], card["chart"]
        draft.heading(finding.title, 2)
        add_finding(draft, finding)
        if chart:
            add_caption(draft, "Figure", finding.title)
            draft.paragraph(chart.subtitle, "Chart Subtitle")
            add_picture(draft, BytesIO(chart.png()), chart.alt, f"Chart: {finding.title}")
            draft.paragraph(chart.source, "Source")
    draft.paragraph(say_how_sure(release))
    others = [f"{one.words} {one.sure} (Section {release.numbers[one.section]})" for one in list_others(release)]
    add_bullets(draft, "Also worth asking about", others)
    reported = [f"{s.statement} (Section {release.numbers[s.section]})" for s in list_reported(release.statistics)]
    add_bullets(draft, "Changes as agencies reported them", reported)


def add_finding(draft: Draft, finding: Finding) -> None:
    """Add a finding: its words, its question, how sure it is and its caution, and room for the author's words."""
    draft.paragraph(finding.words, "Finding")
    add_run(draft.paragraph(), finding.ask).bold = True
    draft.paragraph(" ".join(filter(None, (finding.sure, finding.caution))), "Source")
    add_room(draft, finding.title)


def add_room(draft: Draft, title: str) -> None:
    """Add the place for the author's words about something, and what to write there."""
    draft.paragraph(ROOM.format(about=title), "Author")


def add_follow_up(draft: Draft, release: Release) -> None:
    """Add what was expected to change and did, recommendations that are overdue, and the sign-off."""
    add_bullets(draft, "Priorities", [f"{one.priority}: {one.verdict}. {one.words}" for one in release.priorities])
    found = [one for one in release.recommendations if one.state == OVERDUE]
    add_bullets(
        draft,
        f"Recommendations overdue: {len(found)} of {len(release.recommendations)}",
        [f"{one.id}, {one.agency}: {one.recommendation}. {one.words}." for one in found],
    )
    if found:
        draft.paragraph(LISTED, "Source")
    steps = [f"{say_day(one.day)}: {one.step.replace('_', ' ')}, {one.body}." for one in release.sign_off]
    add_bullets(draft, "Sign-off", steps or [UNSIGNED])


def add_bullets(draft: Draft, title: str, lines: Sequence[str]) -> None:
    """Add lines under a title; nothing where there are none."""
    if lines:
        draft.heading(title, 2)
        draft.bullets(lines)


def add_official_table(draft: Draft, officials: Sequence[Official], title: str) -> None:
    """Add a table of official figures that no return gave, an area a column."""
    columns = list_columns(officials)
    caption = f"Official statistics: {title}"
    add_caption(draft, "Table", caption)
    rows = [make_row(official, columns) for official in officials]
    cells = [[row["title"], *row["cells"], row["period"]] for row in rows]
    header, widths = ["Figure", *columns, "Period"], [5, *(2.4 for _ in columns), 3]
    add_table(draft, header, cells, widths, summary=caption, numbers=range(1, len(columns) + 1))


def add_official_words(draft: Draft, officials: Sequence[Official], *, tabled: bool) -> None:
    """Add what may be said of official figures, their symbols, sources and cautions; `tabled` where a table is
    theirs alone."""
    draft.bullets([f"{one['title']}. {one['text']}" for one in list_sentences(officials)])
    symbols = "; ".join(f"{symbol} {words}" for symbol, words in list_symbols(officials, tabled=tabled))
    sources = ". ".join(dict.fromkeys(official.source.rstrip(".") for official in officials))
    draft.paragraph(f"{symbols}{'. ' if symbols else ''}{NOT_RETURNS} {sources}.", "Source")
    for words in dict.fromkeys(words for official in officials for words in official.cautions):
        draft.paragraph(words, "Source")


def add_parts(draft: Draft, statistics: Sequence[Statistic], title: str) -> None:
    """Add the table of the year and its parts, where figures of parts were returned."""
    if table := make_parts(statistics):
        caption = f"The year and its parts: {title[:1].lower()}{title[1:]}"
        add_caption(draft, "Table", caption)
        header, rows = ["Figure", *table["names"]], [[label, *cells] for label, cells in table["rows"]]
        widths = [5, *(2.4 for _ in table["names"])]
        add_table(draft, header, rows, widths, summary=caption, numbers=range(1, len(header)))
