"""One file of a return, whatever its form: counts, records, a filled template, a statutory return.

What a file is, is told by what it holds; the register's datasets say which tables to look for first.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from analysis.errors import DataError, Problem, listed
from analysis.measures.catalogue import Catalogue
from analysis.returns.aggregate import Observation, observe_counts
from analysis.returns.aggregate_rows import AGGREGATE
from analysis.returns.conform import Change, Records
from analysis.returns.contracts import Contract, load_contracts
from analysis.returns.counts import Counts, find_counts
from analysis.returns.headers import find_header, heading, match_tables
from analysis.returns.records import read_table
from analysis.returns.register import ReturnEntry, credit, join_versions
from analysis.returns.sheet import Sheet, refused
from analysis.returns.statutory.annex_a import read_annex_a
from analysis.returns.statutory.cin_census import read_census
from analysis.returns.statutory.sac import read_sac
from analysis.returns.statutory.ssda903 import read_ssda903_xml
from analysis.returns.tables import csv_head, read_sheets

STATUTORY = ("ssda903", "sac", "ssd", "annex_a")  # tried where no table of the register's datasets is found
XML_STARTS = (b"<?xml", b"<message", b"<expssda903", b"<ssda903")


@dataclass(frozen=True)
class Read:
    """What a file holds: observations that came counted, tables of records by name (`D23.contacts`), what reading
    changed, and everything that is wrong with it."""

    file: str
    observations: Sequence[Observation] = ()
    tables: Mapping[str, Records] = field(default_factory=dict)
    changes: Sequence[Change] = ()
    problems: Sequence[Problem] = ()


def read_returns(
    folder: Path, entries: Sequence[ReturnEntry], catalogue: Catalogue, *, with_records: bool = True
) -> dict[str, Read]:
    """Return what each file of a year's register holds, by its name; a file of several entries is read once."""
    by_file: dict[str, list[ReturnEntry]] = {}
    for entry in entries:
        if entry.file:
            by_file.setdefault(entry.file, []).append(entry)
    return {
        file: read_file(
            folder / "returns" / file,
            [dataset for entry in found for dataset in entry.datasets],
            catalogue,
            agency=credit(entry.agency for entry in found),
            version=join_versions(found),
            with_records=with_records,
        )
        for file, found in by_file.items()
    }


def read_file(
    path: Path,
    datasets: Sequence[str],
    catalogue: Catalogue,
    *,
    agency: str,
    version: str = "",
    with_records: bool = True,
) -> Read:
    """Return what a file holds. A file that can't be read is its problem; nothing is raised.

    `agency` and `version` of the definitions are what the register says of figures that came counted.
    """
    try:
        if is_xml(path):
            return _read_xml(path) if with_records else Read(path.name)
        if not with_records and not may_hold_counts(path):
            return Read(path.name)
        sheets = read_sheets(path)
        counts = find_counts(sheets)
        found = observe_counts(counts, catalogue, agency=agency, version=version) if counts else ([], [])
        return _read_sheets(path, sheets, datasets, counts, *found, with_records=with_records)
    except DataError as fault:
        problems = fault.problems or (Problem(path.name, None, None, "unreadable_file", "error", str(fault)),)
        return Read(path.name, problems=problems)


def is_xml(path: Path) -> bool:
    """Whether a file begins as XML does."""
    try:
        with path.open("rb") as file:
            start = file.read(200)
    except OSError as fault:
        raise refused(path, "unreadable_file", f"can't be opened ({fault.strerror})") from fault
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(XML_STARTS)


def may_hold_counts(path: Path) -> bool:
    """Whether a file may hold counts: any workbook, and a text file with the header of counts near its start."""
    head = csv_head(path)
    return head is None or find_header(head, AGGREGATE) is not None


def _read_xml(path: Path) -> Read:
    root = _root_of(path)
    if root == "Message":
        census = read_census(path)
        tables = {f"cin_census.{name}": found for name, found in census.tables.items()}
        return Read(path.name, tables=tables, changes=_changes(tables), problems=census.problems)
    if root in ("EXPSSDA903", "SSDA903"):
        return _as_read(path, "ssda903", read_ssda903_xml(path))
    allowed = "a children in need census, or an SSDA903 return"
    raise refused(path, "wrong_kind", "is XML, but no statutory return that is read here", allowed)


def _root_of(path: Path) -> str:
    """Return the name of the first element. What the reader of its form refuses is for that reader to say."""
    try:
        with path.open("rb") as file:
            for _, element in etree.iterparse(file, events=("start",), resolve_entities=False, no_network=True):
                return etree.QName(element).localname
    except etree.XMLSyntaxError as fault:
        raise refused(path, "broken_xml", "is no sound XML from here on", row=fault.lineno or None) from None
    return ""


def _as_read(path: Path, dataset: str, tables: Mapping[str, Records]) -> Read:
    named = {f"{dataset}.{name}": found for name, found in tables.items()}
    problems = tuple(problem for found in named.values() for problem in found.problems)
    return Read(path.name, tables=named, changes=_changes(named), problems=problems)


def _changes(tables: Mapping[str, Records]) -> tuple[Change, ...]:
    return tuple(change for found in tables.values() for change in found.changes)


SPECIAL: Mapping[str, Callable[[Path], Mapping[str, Records]]] = {
    "annex_a": read_annex_a,
    "sac": lambda path: {"values": read_sac(path)},
}


def _read_sheets(
    path: Path,
    sheets: Sequence[Sheet],
    datasets: Sequence[str],
    counts: Counts | None,
    observations: Sequence[Observation],
    problems: Sequence[Problem],
    *,
    with_records: bool,
) -> Read:
    changes = counts.changes if counts else ()
    if not with_records or (counts and len(sheets) == 1):
        return Read(path.name, observations, {}, changes, problems)
    found = _read_records(path, sheets, datasets, required=counts is None)
    if counts:
        found = _filled(found)
    empty = () if counts is None or counts.rows or found.tables or problems else (_empty(path),)
    return Read(path.name, observations, found.tables, (*changes, *found.changes), (*problems, *found.problems, *empty))


def _read_records(path: Path, sheets: Sequence[Sheet], datasets: Sequence[str], *, required: bool) -> Read:
    """Return the tables of the datasets that the sheets hold, or else those of the statutory form that they have."""
    for named in (datasets, STATUTORY):
        contracts = [load_contracts()[name] for name in dict.fromkeys(named) if name in load_contracts()]
        records = [sheet for sheet in sheets if heading(sheet.name) != AGGREGATE.name or len(sheets) == 1]
        matched = match_tables(records, contracts)
        if form := next((dataset for dataset, _ in matched if dataset in SPECIAL), ""):
            return _as_read(path, form, SPECIAL[form](path))
        if matched:
            tables = {f"{d}.{t}": read_table(sheet, _table(d, t), head) for (d, t), (sheet, head) in matched.items()}
            problems = tuple(problem for found in tables.values() for problem in found.problems)
            return Read(path.name, tables=tables, changes=_changes(tables), problems=problems)
    if not required:
        return Read(path.name)
    raise refused(path, "no_table", f"no table of {' or '.join(datasets) or 'any dataset'}", _expected(datasets))


def _table(dataset: str, name: str):
    return load_contracts()[dataset].table(name)


def _expected(datasets: Sequence[str]) -> str:
    contracts: list[Contract] = [load_contracts()[name] for name in datasets if name in load_contracts()]
    return listed([*(table.title for found in contracts for table in found.tables), "counts"])


def _filled(found: Read) -> Read:
    """Leave out the sheets of a template in which nothing was filled in: an empty sheet is no nil return."""
    tables = {name: records for name, records in found.tables.items() if len(records.frame)}
    kept = {records.table.name for records in tables.values()}
    empty = [records for name, records in found.tables.items() if name not in tables]
    silent = {problem for records in empty if records.table.name not in kept for problem in records.problems}
    return Read(found.file, (), tables, found.changes, tuple(p for p in found.problems if p not in silent))


def _empty(path: Path) -> Problem:
    message, allowed = "nothing is filled in", "at least one row; or status nil in the register, without a file"
    return Problem(path.name, None, None, "empty_return", "warning", message, allowed)
