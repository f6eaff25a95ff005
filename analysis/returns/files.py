"""One file of a return, whatever its form: counts, records, a filled template, a statutory return.

What a file is, is told by what it holds; the register's datasets say which tables to look for first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

from lxml import etree

from analysis.errors import DataError, Problem, listed
from analysis.measures.catalogue import Catalogue
from analysis.returns.aggregate import Observation, observe_counts
from analysis.returns.aggregate_rows import AGGREGATE
from analysis.returns.conform import Records
from analysis.returns.contracts import Contract, Table, list_contracts, load_contracts
from analysis.returns.counts import Counts, find_counts
from analysis.returns.headers import Header, Matched, find_header, find_unread, match_tables
from analysis.returns.listed import Lists, hold_areas, hold_to_lists
from analysis.returns.records import find_repeated, read_table
from analysis.returns.register import ReturnEntry, credit, join_versions
from analysis.returns.sheet import SAVE_AS, Sheet, refused
from analysis.returns.statutory.annex_a import list_absent, place_lists
from analysis.returns.statutory.cin_census import read_census
from analysis.returns.statutory.sac import mark_unavailable
from analysis.returns.statutory.ssda903 import read_ssda903_xml
from analysis.returns.tables import csv_head, read_sheets

STATUTORY = ("ssda903", "sac", "ssd", "annex_a")  # tried where no table of the register's datasets is found
LEAST_LISTS = 2  # lists that make a file an Annex A workbook where its line doesn't say that it is one
XML_STARTS = (b"<?xml", b"<message", b"<expssda903", b"<ssda903")


@dataclass(frozen=True)
class Read:
    """What a file holds: observations that came counted, tables of records by name (`D23.contacts`), each on one sheet
    or more, everything that is wrong with it, and the day and the council (by the
    education department's number) that a statutory return is of."""

    file: str
    observations: Sequence[Observation] = ()
    tables: Mapping[str, tuple[Records, ...]] = field(default_factory=dict)
    problems: Sequence[Problem] = ()
    as_at: date | None = None
    council: str = ""

    @property
    def parts(self) -> Iterator[tuple[str, Records]]:
        """The sheets of each table, with its name."""
        return ((name, part) for name, parts in self.tables.items() for part in parts)

    @property
    def rows(self) -> int:
        """How many records there are."""
        return sum(len(part.frame) for _, part in self.parts)

    def with_records(self, other: "Read") -> "Read":
        """Return what this and another reading of the same file hold together."""
        return replace(self, tables=other.tables, problems=[*self.problems, *other.problems])


def read_returns(
    folder: Path, entries: Sequence[ReturnEntry], catalogue: Catalogue, *, with_records: bool = True
) -> dict[str, Read]:
    """Return what each file of a year's register holds, by its name; a file of several entries is read once."""
    by_file: dict[str, list[ReturnEntry]] = {}
    for entry in entries:
        if entry.file:
            by_file.setdefault(entry.file, []).append(entry)
    read = {
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
    return read if catalogue.lists is None else _with_areas(read, catalogue.lists["geography"], folder.name)


def _with_areas(read: Mapping[str, Read], areas: Sequence[str], year: str) -> dict[str, Read]:
    held = hold_areas({file: found.observations for file, found in read.items()}, areas, year)
    return {
        file: replace(found, observations=held[file][0], problems=[*found.problems, *held[file][1]])
        for file, found in read.items()
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

    `agency` and `version` of the definitions are what the register says of figures that came counted. Raises DataError
    for headings of the partnership's own that name no column.
    """
    contracts = list_contracts(catalogue.aliases)
    try:
        if is_xml(path):
            return _read_xml(path) if with_records else Read(path.name)
        if not with_records and not may_hold_counts(path):
            return Read(path.name)
        sheets = read_sheets(path)
        counts = find_counts(sheets)
        said = {"agency": agency, "version": version, "datasets": tuple(dict.fromkeys(datasets))}
        observed = [observe_counts(part, catalogue, **said) for part in counts]
        read = _observed(path, observed, counts)
        others = [sheet for sheet in sheets if sheet.position not in {part.position for part in counts}]
        if with_records and others:
            found = _read_records(path, others, datasets, contracts, catalogue.lists, required=not counts)
            read = read.with_records(_filled(found) if counts else found)
            read = replace(read, problems=[*read.problems, *_list_unread(found, sheets, counts)])
        filled = read.observations or read.tables or read.problems or not with_records
        return read if filled else replace(read, problems=[_empty(path)])
    except DataError as fault:
        problems = fault.problems or (Problem(path.name, None, None, "unreadable_file", "error", str(fault)),)
        return Read(path.name, problems=problems)


def _observed(path: Path, observed: Sequence[tuple], counts: Sequence[Counts]) -> Read:
    observations = [one for found, _ in observed for one in found]
    problems = [problem for _, found in observed for problem in found]
    return Read(path.name, observations, {}, problems)


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
        read = _as_read(path, "cin_census", census.tables)
        return replace(read, problems=census.problems, as_at=census.reference_date, council=census.council)
    if root in ("EXPSSDA903", "SSDA903"):
        return _as_read(path, "ssda903", read_ssda903_xml(path))
    if root == "Workbook":
        raise refused(path, "wrong_kind", "is an XML Spreadsheet 2003", SAVE_AS)
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
    return _made(path, {f"{dataset}.{name}": (records,) for name, records in tables.items()})


def _made(path: Path, tables: Mapping[str, tuple[Records, ...]], more: Sequence[Problem] = ()) -> Read:
    parts = [part for parts in tables.values() for part in parts]
    return Read(path.name, (), tables, [*(problem for part in parts for problem in part.problems), *more])


def _read_records(
    path: Path,
    sheets: Sequence[Sheet],
    datasets: Sequence[str],
    known: Mapping[str, Contract],
    lists: Lists | None,
    *,
    required: bool,
) -> Read:
    """Return the tables of the datasets that the sheets hold, or else those of the statutory form that they have."""
    for named in (datasets, STATUTORY):
        contracts = [known[name] for name in dict.fromkeys(named) if name in known]
        matched = match_tables(sheets, contracts)
        if named is STATUTORY and len(matched) < LEAST_LISTS and {dataset for dataset, _ in matched} == {"annex_a"}:
            continue
        if matched:
            return _made(path, *read_tables(sheets, matched, contracts, lists))
    if not required:
        return Read(path.name)
    other = match_tables(sheets, [found for name, found in known.items() if name not in STATUTORY])
    seems = "".join(f", but one of {dataset} ({table})" for dataset, table in list(other)[:1])
    message = f"no table of {' or '.join(datasets) or 'any dataset'}{seems}"
    raise refused(path, "no_table", message, _expected(datasets))


Tables = dict[str, tuple[Records, ...]]


def read_tables(
    sheets: Sequence[Sheet],
    matched: Mapping[tuple[str, str], Matched],
    contracts: Iterable[Contract],
    lists: Lists | None = None,
) -> tuple[Tables, list[Problem]]:
    """Return the tables that `match_tables` found in a file, by name (`D23.contacts`), each on one sheet or more, held
    to the partnership's lists where there are any to ask; and what is missing as a whole."""
    known = {(one.id, table.name): table for one in contracts for table in one.tables}
    annex = {name: found for (dataset, name), found in matched.items() if dataset == "annex_a"}
    placed = place_lists(sheets, annex) if annex else {}
    matched = {**matched, **{("annex_a", name): found for name, found in placed.items()}}
    tables = {".".join(key): _read_parts(parts, known[key], lists) for key, parts in matched.items()}
    if "sac.values" in tables:
        tables["sac.values"] = tuple(map(mark_unavailable, tables["sac.values"]))
    return tables, list(list_absent(sheets[0].file, placed)) if annex else []


def _read_parts(matched: Sequence[tuple[Sheet, Header]], table: Table, lists: Lists | None) -> tuple[Records, ...]:
    """Return the sheets of one table. A key that stands in two of them is told where it comes again."""
    parts = [read_table(*match, table) for match in matched]
    parts = parts if lists is None else [hold_to_lists(part, lists) for part in parts]
    again = list(find_repeated(parts)) if len(parts) > 1 else []
    return tuple(replace(part, problems=(*part.problems, *(p for p in again if p.file == part.file))) for part in parts)


def _list_unread(found: Read, sheets: Sequence[Sheet], counts: Sequence[Counts]) -> Iterator[Problem]:
    """Give each sheet that looks like a table and was not read: an error where it must be the rest of one that was. A
    workbook of Annex A has sheets of guidance, and says itself which list it lacks."""
    taken = {part.file for part in counts} | {part.file for _, part in found.parts}
    for sheet, whole in find_unread(sheets, taken):
        told = partial(Problem, sheet.label, None, None, "sheet_not_read")
        if sheet.known:
            yield told("error", "no heading of the template is left", "the row of headings, as the template has it")
        elif whole:
            yield told("error", f"as wide as {whole.label}, and without its headings", "the headings on every sheet")
        elif not any(name.startswith("annex_a.") for name in found.tables):
            yield told("warning", "a sheet of rows that is no table", _expected([]))


def _expected(datasets: Sequence[str]) -> str:
    contracts: list[Contract] = [load_contracts()[name] for name in datasets if name in load_contracts()]
    return listed([*(table.title for found in contracts for table in found.tables), "counts"])


def _filled(found: Read) -> Read:
    """Leave out the sheets of a template in which nothing was filled in: an empty sheet is no nil return."""
    kept = {name: parts for name, parts in found.tables.items() if any(len(part.frame) for part in parts)}
    empty = [part.file for name, parts in found.tables.items() if name not in kept for part in parts]
    return replace(found, tables=kept, problems=[p for p in found.problems if p.file not in empty])


def _empty(path: Path) -> Problem:
    message, allowed = "nothing is filled in", "at least one row; or status nil in the register, without a file"
    return Problem(path.name, None, None, "empty_return", "error", message, allowed)
