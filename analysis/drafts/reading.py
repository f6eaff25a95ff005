"""Drafts of every form as blocks: Word, Markdown, HTML, plain text, PDF."""

import re
from pathlib import Path

from analysis.drafts.document import Block, put_in_order
from analysis.drafts.tables import make_cell, read_table
from analysis.errors import CommandError, DataError

FORMS = (".docx", ".md", ".html", ".htm", ".txt", ".pdf")
HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
ITEM = re.compile(r"^\s*(?:[-*+•★]\s+|\(?\d{1,2}[.)]\s+)")
RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")


def read_draft(path: Path) -> list[Block]:
    """Return the blocks of a draft. Raises CommandError for a form that isn't read, DataError for one that can't be."""
    form = path.suffix.lower()
    if form not in FORMS:
        raise CommandError(f"unknown form of draft {path.suffix!r}; allowed: {', '.join(FORMS)}")
    if not path.is_file():
        raise CommandError(f"no draft {path.name!r}; allowed: a file that exists")
    try:
        return READERS[form](path)
    except (OSError, ValueError, KeyError, SyntaxError) as error:
        raise DataError(
            f"{path.name}: no draft that can be read ({type(error).__name__}); allowed: {', '.join(FORMS)}"
        ) from error


def read_text(text: str) -> list[Block]:
    """Return the blocks of plain text or Markdown: paragraphs end at an empty line, headings begin with #."""
    blocks: list[Block] = []
    for number, part in enumerate(split_parts(text), 1):
        lines = part.split("\n")
        if len(lines) > 1 and (RULE.match(lines[1]) or all("|" in line for line in lines)):
            blocks += read_table([split_row(line) for line in lines if not RULE.match(line)], f"table at part {number}")
        else:
            blocks += read_lines(lines, f"part {number}")
    return put_in_order(blocks)


def split_parts(text: str) -> list[str]:
    """Return the parts of a text between empty lines."""
    return [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n")) if part.strip()]


def read_lines(lines: list[str], place: str) -> list[Block]:
    """Return the blocks of lines that follow each other: headings, items, rows with tabs, a paragraph of the rest."""
    blocks: list[Block] = []
    for line in map(strip_marks, lines):
        if heading := HEADING.match(line):
            blocks.append(Block(heading[2], "heading", level=len(heading[1]), place=place))
        elif "\t" in line.strip() and len(line) < 200:
            cells = [c.strip() for c in line.split("\t")]
            blocks += [make_cell(cells, n, "", place) for n in range(1, len(cells))]
        elif ITEM.match(line):
            blocks.append(Block(line, "item", place=place))
        elif blocks and blocks[-1].kind in ("paragraph", "item"):
            blocks[-1].text += " " + line.strip()
        elif line.strip():
            blocks.append(Block(line.strip(), place=place))
    return blocks


def strip_marks(line: str) -> str:
    """Return a line without the marks of emphasis, links and tags, which say nothing."""
    line = re.sub(r"!?\[([^\]\[]*)\]\([^()\s]*\)", r"\1", line)
    line = re.sub(r"</?(?:ul|li|b|i|em|strong|sup|sub|br|span|p|u|a)\b[^<>]*>", " " if "li" in line else "", line)
    return re.sub(r"\*\*|(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)|`", "", line)


def split_row(line: str) -> list[str]:
    """Return the cells of a row of Markdown."""
    return [strip_marks(cell.strip()) for cell in line.strip().strip("|").split("|")]


def read_plain(path: Path) -> list[Block]:
    """Return the blocks of a text file."""
    return read_text(path.read_text(encoding="utf-8-sig", errors="replace"))


def read_word(path: Path) -> list[Block]:
    """Return the blocks of a Word file."""
    from analysis.drafts.word import read_docx

    return read_docx(path)


def read_page(path: Path) -> list[Block]:
    """Return the blocks of a page of HTML."""
    from analysis.drafts.page import read_html

    return read_html(path.read_bytes())


def read_pdf(path: Path) -> list[Block]:
    """Return the blocks of a PDF that holds text. Raises DataError for one that holds pictures alone."""
    from pypdf import PdfReader  # loaded for a PDF alone
    from pypdf.errors import PyPdfError

    try:
        pages = [page.extract_text() for page in PdfReader(path).pages]
    except PyPdfError as error:
        raise ValueError("no PDF") from error
    if not "".join(pages).strip():
        raise DataError(f"{path.name}: no text in it; allowed: a PDF with text, not pictures of pages")
    return read_text("\n\n".join(mend_lines(page) for page in pages))


def mend_lines(page: str) -> str:
    """Return a page's text with its paragraphs apart: one ends where a line stops short, or a heading stands."""
    lines = [line.strip() for line in page.split("\n")]
    longest = max(map(len, lines), default=0)
    mended = []
    for line in lines:
        if re.match(r"^\d+(?:\.\d+)*\.? [A-Z][^.]{2,70}$", line):
            mended.append(f"\n## {line}\n")
        else:
            mended.append(line + ("\n" if len(line) < 0.75 * longest and (not line or line[-1] in ".:?!") else ""))
    return "\n".join(mended)


READERS = {
    ".md": read_plain,
    ".txt": read_plain,
    ".docx": read_word,
    ".html": read_page,
    ".htm": read_page,
    ".pdf": read_pdf,
}
