"""Drafts in HTML as blocks, tables with the labels of their rows and columns."""

from collections.abc import Iterator

import lxml.html
from lxml import etree

from analysis.drafts.document import Block, put_in_order
from analysis.drafts.tables import join_heads, read_table

SKIPPED = {"script", "style", "svg", "head", "noscript", "template", "nav", "input", "select", "option", "button"}
KINDS = {**{f"h{n}": "heading" for n in range(1, 7)}, "li": "item", "dt": "item", "dd": "item"}
BLOCK_WORDS = """p div section article main body html ul ol dl table blockquote pre figure figcaption header footer
aside details summary address form fieldset br hr caption"""
BLOCKS = {*KINDS, *BLOCK_WORDS.split()}


def read_html(page: bytes) -> list[Block]:
    """Return the blocks of a page."""
    try:
        root = lxml.html.fromstring(
            page.decode("utf-8", errors="replace").encode(), parser=lxml.html.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ValueError("no page") from error
    return put_in_order([block for block in walk(root) if block.text.strip()])


def walk(element: etree._Element) -> Iterator[Block]:
    """Yield the blocks within an element, in reading order: text that stands together is one."""
    if not isinstance(element.tag, str) or element.tag in SKIPPED or is_hidden(element):
        return
    if element.tag == "table":
        yield from read_rows(element)
        return
    kind = KINDS.get(element.tag, "paragraph")
    level = int(element.tag[1]) if kind == "heading" else 0
    text = element.text or ""
    for child in element:
        if is_block(child):
            yield make_block(text, kind, level)
            yield from walk(child)
            text = ""
        else:
            text += read_inline(child)
        text += child.tail or ""
    yield make_block(text, kind, level)


def is_block(element: etree._Element) -> bool:
    """Whether an element stands apart from the text about it, or holds one that does."""
    return isinstance(element.tag, str) and (
        element.tag in BLOCKS or any(c.tag in BLOCKS for c in element.iter() if isinstance(c.tag, str))
    )


def is_hidden(element: etree._Element) -> bool:
    """Whether a reader doesn't see an element."""
    return element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", "")


def read_inline(element: etree._Element) -> str:
    """Return the text of an element that stands in a line."""
    if not isinstance(element.tag, str) or element.tag in SKIPPED or is_hidden(element):
        return ""
    return (element.text or "") + "".join(read_inline(child) + (child.tail or "") for child in element)


def make_block(text: str, kind: str, level: int = 0) -> Block:
    """Return a block of text with its white space closed up."""
    return Block(" ".join(text.split()), kind, level=level)


def read_rows(table: etree._Element) -> list[Block]:
    """Return the cells of a table; cells that span several columns are repeated, rows of headers joined."""
    rows, heads = [], 0
    for row in table.iter("tr"):
        cells = [c for c in row if c.tag in ("td", "th")]
        rows.append(
            [
                " ".join(c.text_content().split())
                for c in cells
                for _ in range(int(c.get("colspan") or 1) if (c.get("colspan") or "1").isdigit() else 1)
            ]
        )
        heads += bool(cells) and heads == len(rows) - 1 and all(c.tag == "th" for c in cells)
    caption = " ".join(" ".join(c.text_content().split()) for c in table.iter("caption"))
    first = [Block(caption, lead="")] if caption else []
    return first + read_table(join_heads(rows, heads), "table", caption)
