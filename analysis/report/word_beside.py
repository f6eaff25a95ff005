"""What Word shows beside the returns' own figures: what stands out, and the official statistics of each topic."""

from collections.abc import Callable, Sequence

from analysis.figures.model import Statistic
from analysis.figures.published import Official
from analysis.release.release import Release
from analysis.report.detail import make_parts
from analysis.report.moves import BETTER, BROKEN, MOVED, WORRYING, list_moves, list_reported, say_how_sure
from analysis.report.official import list_columns, list_sentences, list_symbols, make_row
from analysis.report.pictures import Picture
from analysis.report.word_parts import Draft, add_caption, add_table

TITLES = {
    WORRYING: "Worth asking about",
    BETTER: "Moved the right way",
    MOVED: "Moved, which is neither good nor bad in itself",
    BROKEN: "No longer comparable with earlier figures",
}
NOT_RETURNS = "Published official statistics, not the agencies' returns."


def add_standing_out(draft: Draft, release: Release) -> None:
    """Add what stands out in the whole report, with the section that each belongs to."""
    draft.paragraph(say_how_sure(release.heads))
    for bearing, findings in list_moves(release.findings).items():
        add_moves(draft, TITLES[bearing], [(one.words, one.chance, one.section) for one in findings], release)
    reported = [(one["words"], "", one["section"]) for one in list_reported(release.statistics)]
    add_moves(draft, "As agencies reported it", reported, release)


def add_moves(draft: Draft, title: str, moves: Sequence[tuple[str, str, str]], release: Release) -> None:
    """Add what moved under a title: words, how rare that would be by chance, and the section of each."""
    if moves:
        draft.heading(title, 2)
    draft.bullets(
        [" ".join(filter(None, (words, chance, f"(Section {release.numbers[id]})"))) for words, chance, id in moves]
    )


def add_official(
    draft: Draft,
    officials: Sequence[Official],
    pictures: Sequence[Picture],
    title: str,
    add_chart: Callable[[Draft, Picture], None],
) -> None:
    """Add official statistics: a table of areas, what may be said of each figure, charts, sources and caution."""
    if not officials:
        return
    columns = list_columns(officials)
    rows = [make_row(official, columns) for official in officials]
    caption = f"Official statistics: {title[:1].lower()}{title[1:]}"
    add_caption(draft, "Table", caption)
    cells = [[row["title"], *row["cells"], row["period"]] for row in rows]
    header, widths = ["Figure", *columns, "Period"], [5, *(2.4 for _ in columns), 3]
    add_table(draft, header, cells, widths, summary=caption, numbers=range(1, len(columns) + 1))
    draft.paragraph(say_symbols(officials), "Source")
    draft.bullets([f"{one['title']}. {one['text']}" for one in list_sentences(officials)])
    for picture in pictures:
        add_chart(draft, picture)
    for words in dict.fromkeys(words for official in officials for words in official.cautions):
        draft.paragraph(words, "Source")


def say_symbols(officials: Sequence[Official]) -> str:
    """Return what the symbols of a table mean, and where its figures come from."""
    symbols = "; ".join(f"{symbol} {words}" for symbol, words in list_symbols(officials))
    sources = dict.fromkeys(official.source.rstrip(".") for official in officials)
    return f"{symbols}{'. ' if symbols else ''}{NOT_RETURNS} {'. '.join(sources)}."


def add_parts(draft: Draft, statistics: Sequence[Statistic], title: str) -> None:
    """Add the table of the year and its parts, where figures of parts were returned."""
    if table := make_parts(statistics):
        caption = f"The year and its parts: {title[:1].lower()}{title[1:]}"
        add_caption(draft, "Table", caption)
        header, rows = ["Figure", *table["names"]], [[label, *cells] for label, cells in table["rows"]]
        widths = [5, *(2.4 for _ in table["names"])]
        add_table(draft, header, rows, widths, summary=caption, numbers=range(1, len(header)))
