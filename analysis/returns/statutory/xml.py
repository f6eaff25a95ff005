"""XML read as a stream, one element of a kind at a time: entities off, network off, no document type."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from analysis.returns.tables import LARGEST_FILE, refused

SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_blank_text": True}
PROLOGUE = 65536  # bytes among which a document type would stand
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", b"<\x00!\x00D\x00O\x00C", b"\x00<\x00!\x00D\x00O\x00C")


def iterate_elements(path: Path, tag: str) -> Iterator[etree._Element]:
    """Give each element called `tag`, and clear it afterwards, so that memory doesn't grow with the file; the last
    element given is the root. Raises DataError for a file that can't be read, or is no sound XML from some line on.
    """
    _refuse_document_type(path)
    try:
        stream = etree.iterparse(str(path), tag=f"{{*}}{tag}", **SAFE)
        for _, element in stream:
            yield element
            _forget(element)
        yield stream.root
    except etree.XMLSyntaxError as fault:
        raise refused(path, "broken_xml", "is no sound XML from here on", row=fault.lineno or None) from None
    except OSError as fault:
        raise refused(path, "unreadable_file", "can't be read") from fault


def _forget(element: etree._Element) -> None:
    element.clear(keep_tail=False)
    while element.getprevious() is not None:
        del element.getparent()[0]


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
