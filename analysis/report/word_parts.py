"""Parts of a Word document that python-docx has no function for, each made the accessible way."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Emu, Length
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from analysis.report.rows import plain

TEXT_WIDTH = Cm(17)
PICTURE_WIDTH = Cm(9.5)
LONGEST_BOOKMARK = 40
LOOK = {"firstRow": "1", "lastRow": "0", "firstColumn": "1", "lastColumn": "0", "noHBand": "1", "noVBand": "1"}
Cell = str | tuple[str, str]


@dataclass
class Draft:
    """A document being written, and how many figures, tables and bookmarks it has."""

    document: Document
    counted: Counter = field(default_factory=Counter)

    def number(self, kind: str) -> int:
        """Return the next number of its kind."""
        self.counted[kind] += 1
        return self.counted[kind]

    def paragraph(self, text: str = "", style: str | None = None) -> Paragraph:
        """Add a paragraph of plain text."""
        made = self.document.add_paragraph(plain(text))
        if style:
            made._p.style = self.style_ids[style]
        return made

    @cached_property
    def style_ids(self) -> dict[str, str]:
        """The id of each style by its name: python-docx looks through all of them for every paragraph."""
        return {style.name: style.style_id for style in self.document.styles}

    def heading(self, text: str, level: int, bookmark: str = "") -> Paragraph:
        """Add a heading, bookmarked where the contents lead to it."""
        heading = self.paragraph(text, f"Heading {level}")
        if bookmark:
            add_bookmark(heading, bookmark, self.number("bookmark"))
        return heading

    def bullets(self, texts: Sequence[str]) -> None:
        """Add a list."""
        for text in texts:
            self.paragraph(text, "List Bullet")


def element(tag: str, /, **attributes: str) -> Any:
    """Return an element of WordprocessingML with attributes of the same namespace."""
    made = OxmlElement(f"w:{tag}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_run(paragraph: Paragraph, text: str, style: str | None = None) -> Run:
    """Add a run of plain text."""
    return paragraph.add_run(plain(text), style)


def add_field(paragraph: Paragraph, code: str, shown: str, *, dirty: bool = False) -> None:
    """Add a field that Word works out; `shown` stands until it does, `dirty` asks it to do so on opening."""
    begin = element("fldChar", fldCharType="begin", **({"dirty": "true"} if dirty else {}))
    text = element("instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {code} "
    for part in (begin, text, element("fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(part)
    add_run(paragraph, shown)
    paragraph.add_run()._r.append(element("fldChar", fldCharType="end"))


def name_bookmark(id: str) -> str:
    """Return a bookmark's name for an id: letters, digits and underscores, at most 40, still told apart."""
    name = "s_" + re.sub(r"\W", "_", id, flags=re.ASCII)
    if len(name) <= LONGEST_BOOKMARK and not re.search(r"[^\w.]", id, flags=re.ASCII):
        return name
    return f"{name[:31]}_{sha256(id.encode()).hexdigest()[:8]}"


def add_bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Bookmark all that a paragraph holds so far."""
    start = element("bookmarkStart", id=str(number), name=name)
    first = next((child for child in paragraph._p if child.tag != qn("w:pPr")), None)
    if first is None:
        paragraph._p.append(start)
    else:
        first.addprevious(start)
    paragraph._p.append(element("bookmarkEnd", id=str(number)))


def add_caption(draft: Draft, kind: str, text: str) -> Paragraph:
    """Add a caption, "Table 3: ...", with a number that Word keeps right when parts are moved."""
    caption = draft.paragraph(f"{kind} ", "Caption")
    add_field(caption, f"SEQ {kind} \\* ARABIC", str(draft.number(kind)))
    add_run(caption, f": {text}")
    return caption


def add_picture(draft: Draft, picture: Path | BytesIO, alt: str, name: str) -> None:
    """Add a picture, a file or its bytes, with its text alternative."""
    paragraph = draft.paragraph(style="Picture")
    shape = paragraph.add_run().add_picture(
        picture if isinstance(picture, BytesIO) else str(picture), width=PICTURE_WIDTH
    )
    describe(shape._inline.docPr, alt, name)


def describe(properties: Any, alt: str, name: str) -> None:
    """Give a drawing its name and the text that stands for it."""
    properties.set("name", plain(name))
    properties.set("descr", plain(alt))


def add_table(
    draft: Draft,
    header: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Sequence[float],
    *,
    summary: str,
    numbers: Collection[int] = (),
) -> Table:
    """Add a table: a header row repeated on every page, rows that don't break, no merged and no empty cell.

    A cell is a text, or a text and a smaller one under it. `widths` are shares of the text's width. The columns at
    the places in `numbers` end at the right, heads too. `summary` says to a screen reader what the table holds.
    """
    table = draft.document.add_table(rows=1 + len(rows), cols=len(header), style="Report Table")
    table.autofit = False
    sizes = [Emu(int(TEXT_WIDTH * width / sum(widths))) for width in widths]
    # the rows are filled as XML: python-docx looks every cell up anew, which takes a minute for this report
    for row, texts in zip(table._tbl.tr_lst, (header, *rows), strict=True):
        fill_row(row, texts, sizes, style="TableHead" if texts is header else "TableText", numbers=numbers)
    table._tbl.tr_lst[0].get_or_add_trPr().append(element("tblHeader"))
    mark_table(table, sizes, summary)
    return table


def fill_row(row: Any, texts: Sequence[Cell], sizes: Sequence[Length], *, style: str, numbers: Collection[int]) -> None:
    """Write the cells of a row, which stays on one page; those at the places in `numbers` end at the right."""
    row.get_or_add_trPr().append(element("cantSplit"))
    for place, (cell, text, size) in enumerate(zip(row.tc_lst, texts, sizes, strict=True)):
        cell.width = size
        main, detail = text if isinstance(text, tuple) else (text, "")
        fill_paragraph(cell.p_lst[0], main, style)
        if detail:
            fill_paragraph(cell.add_p(), detail, "TableDetail")
        if place in numbers:
            for paragraph in cell.p_lst:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def fill_paragraph(paragraph: Any, text: str, style_id: str) -> None:
    """Write a paragraph's text in a style."""
    paragraph.style = style_id
    paragraph.add_r().text = plain(text)


def mark_table(table: Table, sizes: Sequence[Length], summary: str) -> None:
    """Say which row and column are headers, how wide the columns are and what the table holds."""
    for column, size in zip(table.columns, sizes, strict=True):
        column.width = size
    properties = table._tbl.tblPr
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    properties.append(element("tblLook", val="00A0", **LOOK))
    properties.append(element("tblCaption", val=plain(summary)))


def add_contents(draft: Draft, entries: Sequence[tuple[str, str]]) -> None:
    """Add a table of contents with its entries, text and bookmark, already there, for readers that don't make it.

    Word adds the page numbers on opening.
    """
    block = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
        "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent/></w:sdt>"
    )
    content = block.find(qn("w:sdtContent"))
    paragraphs = [draft.paragraph(style="toc 1") for _ in entries] + [draft.paragraph()]
    paragraphs[0]._p.addprevious(block)
    _open_contents(paragraphs[0])
    for paragraph, (text, bookmark) in zip(paragraphs, entries, strict=False):
        _add_entry(paragraph, text, bookmark)
    paragraphs[-1].add_run()._r.append(element("fldChar", fldCharType="end"))
    for paragraph in paragraphs:
        content.append(paragraph._p)


def _open_contents(paragraph: Paragraph) -> None:
    text = element("instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = ' TOC \\o "1-1" \\h \\z \\u '
    begin = element("fldChar", fldCharType="begin", dirty="true")
    for part in (begin, text, element("fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(part)


def _add_entry(paragraph: Paragraph, text: str, bookmark: str) -> None:
    before = list(paragraph._p)
    add_run(paragraph, text)
    link = element("hyperlink", anchor=bookmark, history="1")
    for run in [child for child in paragraph._p if child not in before]:
        link.append(run)
    paragraph._p.append(link)
