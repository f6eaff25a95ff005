"""The looked-after children return (SSDA903) as one XML file; the CSV files of a set are read as any table is."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from analysis.returns.conform import Records, conform
from analysis.returns.contracts import contract
from analysis.returns.sheet import refused
from analysis.returns.statutory.xml import iterate_elements, local_name

# Groups of the XML layout beneath a CHILD, and beneath its HEADER: the table that each is. In that layout the header
# also holds the single values of four other tables, each told by one of its columns.
GROUPS = {
    "EPISODE": "episodes",
    "AREVIEW": "reviews",
    "OC2": "oc2",
    "AD_PLACED": "placed_adoption",
    "MISSING": "missing",
}
TOLD_BY = {"uasc": "DUC", "oc3": "IN_TOUCH", "ad1": "DATE_MATCH", "prev_perm": "PREV_PERM"}
ROOTS = ("EXPSSDA903", "SSDA903")
RENAMED = {"CHILDID": "CHILD", "PL": "PLACE"}


def read_ssda903_xml(path: Path) -> dict[str, Records]:
    """Return the tables of an SSDA903 file in XML, streamed; rows are lines of the file.

    Raises DataError for a file that is no such return or no sound XML. The layout read is that of the expanded
    return (root EXPSSDA903), as public tools write it; the guides themselves were not at hand.
    """
    tables = {table.name: table for table in contract("ssda903").tables}
    rows: dict[str, list[tuple[int, dict[str, str]]]] = {name: [] for name in tables}
    root = None
    for root in iterate_elements(path, "CHILD", *ROOTS):
        if local_name(root) == "CHILD":
            for table, line, values in _records(root):
                rows[table].append((line, values))
    if root is None or local_name(root) not in ROOTS:
        raise refused(path, "no_return", "is no SSDA903 return", "XML whose root is EXPSSDA903")
    return {name: _conformed(rows[name], tables[name], path) for name in tables if rows[name]}


def _records(child: etree._Element) -> Iterator[tuple[str, int, dict[str, str]]]:
    header = child.find("{*}HEADER")
    own = _values(header if header is not None else ())
    keys = {name: own[name] for name in ("CHILD", "DOB", "SEX") if name in own}
    yield "header", child.sourceline, own
    for table, column in TOLD_BY.items():
        if own.get(column):
            yield table, child.sourceline, own
    for group in (*child, *(header if header is not None else ())):
        if local_name(group) in GROUPS and len(group):
            yield GROUPS[local_name(group)], group.sourceline, keys | _values(group)


def _values(group: Iterable[etree._Element]) -> dict[str, str]:
    named = ((local_name(part), part) for part in group)
    return {RENAMED.get(name, name): part.text or "" for name, part in named if not len(part)}


def _conformed(rows: list[tuple[int, dict[str, str]]], table, path: Path) -> Records:
    cells = {name: [values.get(name, "") for _, values in rows] for name in table.names}
    return conform(cells, [line for line, _ in rows], table, path.name)
