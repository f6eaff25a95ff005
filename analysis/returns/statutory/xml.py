"""XML read as a stream, one element of a kind at a time: entities off, network off, no document type."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from analysis.returns.sheet import refused
from analysis.returns.tables import LARGEST_FILE

SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_blank_text": True}
CHUNK = 262144  # bytes read at a time
PROLOGUE = 65536  # bytes among which a document type would stand
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", b"<\x00!\x00D\x00O\x00C", b"\x00<\x00!\x00D\x00O\x00C")


def iterate_elements(path: Path, tag: str, *within: str) -> Iterator[etree._Element]:
    """Give each element called `tag` that stands directly in one called as `within` says, then those left elsewhere,
    at last the root. An element is dropped after it was given, so that memory doesn't grow with the file.

    Raises DataError for a file that can't be read, or is no sound XML from some line on.
    """
    _refuse_document_type(path)
    # Only the elements around are waited for: lxml takes a third longer when it has to look at the end of each.
    parser = etree.XMLPullParser(events=("start",), tag=[f"{{*}}{name}" for name in within], **SAFE)
    try:
        with path.open("rb") as file:
            around: list[etree._Element] = []
            while read := file.read(CHUNK):
                parser.feed(read)
                around += [element for _, element in parser.read_events()]
                for element in around:
                    yield from _given(element, tag, slice(0, -1))  # the last one may still be growing
        root = parser.close()
    except etree.XMLSyntaxError as fault:
        raise refused(path, "broken_xml", "is no sound XML from here on", row=fault.lineno or None) from None
    except OSError as fault:
        raise refused(path, "unreadable_file", "can't be read") from fault
    for element in around:
        yield from _given(element, tag, slice(None))
    yield from list(root.iter(f"{{*}}{tag}"))
    yield root


def _given(around: etree._Element, tag: str, part: slice) -> Iterator[etree._Element]:
    """Give the elements of a name in a part of the one around them (one within another thing too); drop that part."""
    for element in around[part]:
        yield from (element,) if local_name(element) == tag else list(element.iter(f"{{*}}{tag}"))
    del around[part]


def _refuse_document_type(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(PROLOGUE)
        size = path.stat().st_size
    except OSError as fault:
        raise refused(path, "unreadable_file", f"can't be opened ({fault.strerror})") from fault
    if any(declaration in head for declaration in DECLARATIONS):
        raise refused(path, "document_type", "declares a document type", "a return has none")
    if size > LARGEST_FILE:
        raise refused(path, "too_large", "the file is too large", "up to 1 GB")


def local_name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; nothing for a comment or an instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
