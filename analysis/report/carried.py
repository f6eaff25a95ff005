"""What a notebook's cells show, as a page carries it: our own blocks as they stand, an analyst's made accessible."""

import io
import re
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode

from analysis.errors import CommandError, DataError
from analysis.report.blocks import OWN_MIME, Block, render_part

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MIXED = (
    "the page is of a shared release and a cell shows an internal one: open the same release in every cell, with the "
    "notebook's own parameters"
)
PICTURE = "A picture of the notebook is left out here: it has no words for readers who can't see it."
OWN_TABLE = "Table of the analyst's own"
ID = re.compile(r'\bid="([^"]+)"')
SHOWN = ("display_data", "execute_result")


def carry(notebook: NotebookNode) -> None:
    """Put into each output of a notebook the HTML that its page shows.

    Raises DataError for a notebook that failed, and for one that mixes a shared release with an internal one.
    """
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    check_outputs(outputs)
    ids: set[str] = set()
    for output in outputs:
        if output.output_type in SHOWN:
            output.data = {"text/html": tell_apart(show_output(output), ids)}


def check_outputs(outputs: Iterable[NotebookNode]) -> None:
    """Raise DataError where a cell failed, or where outputs are of both kinds of release."""
    kinds = set()
    for output in outputs:
        if output.output_type == "error":
            raise DataError(f"the notebook failed with {output.ename}; a page is made only of what succeeded")
        kinds.add(output.get("data", {}).get(OWN_MIME, {}).get("release"))
    if {"shared", "internal"} <= kinds:
        raise DataError(MIXED)


def show_output(output: NotebookNode) -> str:
    """Return the HTML of one output: of our own as it is, else made anew from its words and escaped."""
    data = output.data
    own = data.get(OWN_MIME)
    if own and not own.get("frame"):
        return data.get("text/html", "")
    if "text/html" in data:
        return show_foreign(BeautifulSoup(data["text/html"], "lxml"))
    if any(kind.startswith("image/") for kind in data):
        return render_part("note_of", PICTURE)
    words = "".join(data.get("text/markdown") or data.get("text/plain", "")).strip("'")
    return "" if words.startswith("<") else render_part("text_of", words)


def show_foreign(body: BeautifulSoup) -> str:
    """Return the tables of a foreign output as ours, or its words where it has none."""
    tables = body.find_all("table")
    if tables:
        return "".join(render_part("own_table_of", *read_table(table)) for table in tables)
    pictures = render_part("note_of", PICTURE) if body.find(["img", "svg", "canvas"]) else ""
    for tag in body.find_all(["script", "style"]):
        tag.decompose()
    return pictures + render_part("text_of", body.get_text(" ", strip=True))


def read_table(table: Tag) -> tuple[str, list[str], list[list[str]]]:
    """Return a table's caption, heads and rows as words; an index that only counts the rows is left out."""
    rows = [_read_row(row) for row in table.find_all("tr")]
    above = max(1, len(table.thead.find_all("tr")) if table.thead else 1)
    width = max((len(row) for row in rows), default=0)
    whole = [[""] * (width - len(row)) + row for row in rows]
    heads = [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*whole[:above], strict=True)]
    body = [row for row in whole[above:] if any(row)]
    if heads and not heads[0] and [row[0] for row in body] == [str(place) for place in range(len(body))]:
        heads, body = heads[1:], [row[1:] for row in body]
    caption = table.caption.get_text(" ", strip=True) if table.caption else OWN_TABLE
    return caption, [head or "Row" for head in heads], body


def _read_row(row: Tag) -> list[str]:
    """Return the words of a row's cells, a cell that spans columns once for each."""
    cells = [(cell.get_text(" ", strip=True), int(cell.get("colspan", 1))) for cell in row.find_all(["th", "td"])]
    return [words for words, columns in cells for _ in range(columns)]


def tell_apart(html: str, ids: set[str]) -> str:
    """Return HTML whose ids none of those before has, so that a part may be shown twice; add them to `ids`."""
    mine = set(ID.findall(html))
    again, body = mine & ids, None
    if again:
        body = BeautifulSoup(html, "lxml").body
        for tag in body.find_all(True):
            for name, id in [pair for pair in _name_ids(tag) if pair[1] in again]:
                tag[name] = f"{'#' if name == 'href' else ''}{_next(id, ids)}"
        mine = {tag["id"] for tag in body.find_all(id=True)}
    ids |= mine
    return "".join(map(str, body.children)) if body else html


def _name_ids(tag: Tag) -> Iterator[tuple[str, str]]:
    for name in ("id", "aria-labelledby", "aria-describedby", "href"):
        if name in tag.attrs and (name != "href" or tag["href"].startswith("#")):
            yield name, tag[name].lstrip("#")


def _next(id: str, ids: set[str]) -> str:
    return next(f"{id}-{number}" for number in range(2, len(ids) + 3) if f"{id}-{number}" not in ids)


def describe(figure: "Figure", *, title: str, alt: str, source: str) -> Block:
    """Return a matplotlib figure of one's own as a page can carry it: with a title, words that stand for it, a source.

    Raises CommandError for empty words.
    """
    for name, words in (("title", title), ("alt", alt), ("source", source)):
        if not words.strip():
            raise CommandError(f"describe: {name} is empty; allowed: words for readers")
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    if "matplotlib.pyplot" in sys.modules:  # which would show the figure again, without its words
        sys.modules["matplotlib.pyplot"].close(figure)
    return Block(render_part("picture_of", title, alt, source, drawn.getvalue()), f"{title}\n{alt}")
