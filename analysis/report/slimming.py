"""A chart's SVG as a page carries it: drawn the same, in about half the bytes."""

import re
from collections import Counter
from collections.abc import Iterable

from lxml import etree

DECIMALS = 2  # of a point: a twentieth of what the finest printer lays down
NUMBER = re.compile(r"-?\d+\.\d{3,}")
COMMAND = re.compile(r" ?([A-Za-z]) ?")
WORDED = ("text", "title", "desc", "style")
REFERENCE = re.compile(r"url\(#([^)]+)\)")
DEFAULTS = {("text-anchor", "start"), ("stroke-linecap", "butt"), ("font-weight", "400"), ("font-style", "normal")}
NO_TURN = re.compile(r"rotate\(-?0(\.0+)?[ )]")


def slim(svg: str) -> str:
    """Return an SVG of matplotlib's without what no reader of a page sees: long decimals, unused ids, empty groups, its
    title and description, which nothing reads within an <img>: the picture's words are its `alt`."""
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    etree.strip_elements(root, "{*}title", "{*}desc", with_tail=False)
    used = set(list_references(root))
    family = hoist_family(root)
    for element in list(root.iter(etree.Element)):
        slim_attributes(element, used, family)
        drop_space(element)
    for group in reversed(list(root.iter("{*}g"))):
        if not len(group) or not group.attrib:
            unwrap(group)
    share_styles(root)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def list_references(root: etree._Element) -> Iterable[str]:
    """Return the ids that something in the picture refers to."""
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            yield from REFERENCE.findall(value)
            if name.endswith("href"):
                yield value.lstrip("#")


def hoist_family(root: etree._Element) -> str:
    """Set the first text's typeface on the whole picture and return it; nothing where there is no text."""
    styles = (read_style(text.get("style", "")) for text in root.iter("{*}text"))
    family = next((style["font-family"] for style in styles if "font-family" in style), "")
    if family:
        root.set("font-family", family)
    return family


def slim_attributes(element: etree._Element, used: set[str], family: str) -> None:
    """Shorten an element's attributes in place."""
    if element.get("id") not in used:
        element.attrib.pop("id", None)
    if NO_TURN.match(element.get("transform", "")):
        del element.attrib["transform"]
    for name, value in element.attrib.items():
        element.set(name, shorten(value) if name != "font-family" else value)
    if "d" in element.attrib:
        element.set("d", COMMAND.sub(r"\1", element.get("d")))
    style = read_style(element.get("style", ""))
    kept = {key: v for key, v in style.items() if (key, v) not in DEFAULTS and (key, v) != ("font-family", family)}
    if style:
        element.set("style", ";".join(f"{key}:{v}" for key, v in kept.items()))


def read_style(text: str) -> dict[str, str]:
    """Return the properties of a style attribute by name."""
    pairs = (part.split(":", 1) for part in text.split(";") if ":" in part)
    return {name.strip(): value.strip() for name, value in pairs}


def shorten(value: str) -> str:
    """Return an attribute with its numbers rounded and runs of white space made one space."""
    rounded = NUMBER.sub(lambda found: f"{float(found[0]):.{DECIMALS}f}".rstrip("0").rstrip("."), value)
    return " ".join(rounded.split())


def drop_space(element: etree._Element) -> None:
    """Drop the white space between elements; inside text it stays."""
    name = etree.QName(element).localname
    if name not in WORDED and not (element.text or "").strip():
        element.text = None
    if name != "tspan" and not (element.tail or "").strip():
        element.tail = None


def unwrap(group: etree._Element) -> None:
    """Put what a group holds, if anything, in the group's place."""
    for child in list(group):
        group.addprevious(child)
    group.getparent().remove(group)


def share_styles(root: etree._Element) -> None:
    """Make a class of each style that several elements have."""
    sheet = root.find(".//{*}style")
    if sheet is None:
        return
    counts = Counter(element.get("style", "") for element in root.iter(etree.Element))
    shared = [style for style, count in counts.items() if style and count > 1]
    classes = {style: f"c{place}" for place, style in enumerate(shared)}
    for element in root.iter(etree.Element):
        if element.get("style") in classes:
            element.set("class", classes[element.attrib.pop("style")])
    sheet.text = (sheet.text or "") + "".join(f".{name}{{{style}}}" for style, name in classes.items())
