"""Drafts in Word as blocks: body, tables, text boxes, notes, headers and footers; what was struck out is left out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from analysis.drafts.document import Block, put_in_order
from analysis.drafts.tables import join_heads

P, TBL, R, T = qn("w:p"), qn("w:tbl"), qn("w:r"), qn("w:t")
BOX, FALLBACK = qn("w:txbxContent"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), BOX, FALLBACK, qn("w:instrText"), qn("w:delText")}
NOTES = {"footnotes": "footnote", "endnotes": "endnote", "header": "header", "footer": "footer", "comments": ""}


@dataclass
class Runs:
    """Where a block's text stands in the file: its paragraph, the part that holds it, and its runs by their place."""

    paragraph: etree._Element
    part: str
    runs: list[tuple[int, int, etree._Element]] = field(default_factory=list)


def open_document(path: Path):
    """Return a Word file as python-docx has it. Raises ValueError for another file."""
    try:
        return Document(str(path))
    except (BadZipFile, PackageNotFoundError, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError("no Word file") from error


def read_docx(path: Path) -> list[Block]:
    """Return the blocks of a Word file."""
    return read_document(open_document(path))


def read_document(document) -> list[Block]:
    """Return the blocks of an opened document: its body in order, then notes, headers and footers."""
    names = {style.style_id: style.name for style in document.styles}
    blocks = list(read_body(document.element.body, "body", names))
    put_in_order(blocks)
    for part in sorted(document.part.package.iter_parts(), key=lambda p: str(p.partname)):
        kind = next((k for k in NOTES if str(part.partname).removeprefix("/word/").startswith(k)), "")
        if kind and NOTES[kind]:
            root = part.element if hasattr(part, "element") else etree.fromstring(part.blob)
            blocks += [block for block in read_body(root, NOTES[kind], names) if block.text.strip()]
    return [block for block in blocks if block.text.strip()]


def read_body(root: etree._Element, part: str, names: dict[str, str]) -> Iterator[Block]:
    """Yield the blocks of one part, in order; a text box after the paragraph that holds it."""
    for element in iterate_blocks(root):
        if element.tag == P:
            yield make_paragraph(element, part, names)
            for box in element.iter(BOX):
                if not any(a.tag == FALLBACK for a in box.iterancestors()):
                    yield from read_body(box, "text box", names)
        else:
            yield from read_cells(element, part)


def iterate_blocks(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraphs and tables of a part, those of content controls and notes too."""
    for child in root:
        if child.tag in (P, TBL):
            yield child
        elif child.tag not in LEFT_OUT and isinstance(child.tag, str):
            yield from iterate_blocks(child)


def read_runs(paragraph: etree._Element, part: str) -> tuple[str, Runs]:
    """Return a paragraph's text as it reads with every tracked change accepted, and where each piece stands."""
    text, runs = "", Runs(paragraph, part)
    for run in iterate_runs(paragraph):
        piece = "".join(
            t.text or "" if t.tag == T else "\t" if t.tag == qn("w:tab") else " "
            for t in run
            if t.tag in (T, qn("w:tab"), qn("w:br"), qn("w:cr"))
        )
        piece = piece.replace("\u00a0", " ").replace("\u2011", "-")
        if piece:
            runs.runs.append((len(text), len(text) + len(piece), run))
            text += piece
    return text, runs


def iterate_runs(element: etree._Element) -> Iterator[etree._Element]:
    """Yield the runs of a paragraph in order, without those struck out or in text boxes."""
    for child in element:
        if child.tag == R:
            yield child
        elif isinstance(child.tag, str) and child.tag not in LEFT_OUT and child.tag != P:
            yield from iterate_runs(child)


def make_paragraph(element: etree._Element, part: str, names: dict[str, str]) -> Block:
    """Return a paragraph as a block: a heading, an item of a list or a paragraph, by its style."""
    text, runs = read_runs(element, part)
    style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    name = names.get(style.get(qn("w:val")), style.get(qn("w:val"))) if style is not None else ""
    level = name_level(name or "", element)
    listed = (name or "").lower().startswith("list") or element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") is not None
    kind = "heading" if level else "item" if listed else "paragraph" if part in ("body", "text box") else part
    return Block(text, kind, level=level, place=part, source=runs)


def name_level(name: str, element: etree._Element) -> int:
    """Return the level of a heading; 0 for another paragraph."""
    if name.lower() in ("title", "subtitle"):
        return 1
    if name.lower().startswith("heading") and name[-1:].isdigit():
        return int(name[-1])
    outline = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    return int(outline.get(qn("w:val"))) + 1 if outline is not None and outline.get(qn("w:val")) < "9" else 0


def read_cells(table: etree._Element, part: str) -> list[Block]:
    """Return the cells of a table with the labels of their rows and columns; those of a table within it follow."""
    lines = [row for row in table.iter(qn("w:tr")) if next(row.iterancestors(TBL)) is table]
    rows = [[c for c in row.iter(qn("w:tc")) if next(c.iterancestors(qn("w:tr"))) is row] for row in lines]
    marked = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in lines]
    heads = next((n for n, is_head in enumerate(marked) if not is_head), len(marked)) or 1
    texts = [[text for cell in row for text in [cell_text(cell)] * span_of(cell)] for row in rows]
    header = join_heads(texts, heads)[0] if texts else []
    blocks = []
    for number, row in enumerate(rows):
        at = 0
        for cell in row:
            for paragraph in cell.iter(P):
                text, runs = read_runs(paragraph, part)
                column = header[at] if at and at < len(header) and number >= heads else ""
                beside = {"row": texts[number][0] if at else "", "column": column}
                blocks.append(
                    Block(text, "cell", **beside, sentence=" | ".join(texts[number]), place="table", source=runs)
                )
            at += span_of(cell)
    return blocks


def cell_text(cell: etree._Element) -> str:
    """Return the text of a cell."""
    return " ".join(read_runs(p, "")[0].strip() for p in cell.iter(P)).strip()


def span_of(cell: etree._Element) -> int:
    """Return how many columns a cell spans."""
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return int(span.get(qn("w:val"))) if span is not None else 1
