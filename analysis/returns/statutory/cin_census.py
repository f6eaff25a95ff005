"""The children in need census: one XML file a year, read as a stream, one child at a time.

Layouts 2021-22 to 2025-26 (Department for Education guides): `GenderCurrent` became `Sex` with codes F, M and U in
2024-25. The contract `cin_census` names what is kept; the pupil numbers are not. Rows are lines of the file.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from analysis.errors import Problem
from analysis.returns.conform import Memory, Records, conform
from analysis.returns.contracts import Contract, contract
from analysis.returns.statutory.cin_rows import CensusReader
from analysis.returns.statutory.cin_tables import Rows, make_tables


@dataclass(frozen=True)
class Census:
    """A census file: its year (that in which it ends), its reference date, the education department's number of the
    council that made it, its tables, and what is wrong."""

    year: int | None
    reference_date: date | None
    council: str
    tables: dict[str, Records]
    problems: tuple[Problem, ...]


def read_census(path: Path) -> Census:
    """Return the tables of a census file. Raises DataError for a file that is no census or no sound XML."""
    definition = contract("cin_census")
    reader = CensusReader(path, definition)
    with without_collector():
        header = reader.read()
        found, misplaced = make_tables(reader)
        tables = _conformed(found, definition, path.name)
    year, reference, faults = _header(header, path.name)
    problems = [*faults, *misplaced, *(problem for table in tables.values() for problem in table.problems)]
    return Census(year, reference, header.get("LEA", ""), tables, tuple(problems))


def _conformed(found: dict[str, Rows], definition: Contract, file: str) -> dict[str, Records]:
    memory: Memory = {}
    return {
        table.name: conform(found[table.name].cells, found[table.name].lines, table, file, memory)
        for table in definition.tables
    }


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep Python's cyclic collector off: it would walk millions of cells again and again, and texts form no cycle."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _header(header: dict[str, str], file: str) -> tuple[int | None, date | None, list[Problem]]:
    """Return the year and the reference date of a header, and what is wrong with them (rule 100 of the guide)."""
    year = int(header["Year"]) if header.get("Year", "").isdecimal() else None
    try:
        reference = date.fromisoformat(header.get("ReferenceDate", ""))
    except ValueError:
        reference = None
    faults = []
    if header.get("Collection", "CIN") != "CIN":
        faults.append(("Collection", "the collection isn't CIN", "CIN"))
    if reference is None or (reference.month, reference.day) != (3, 31):
        faults.append(("ReferenceDate", "the reference date isn't a 31 March", "31 March of the year"))
    if year is None or (reference and reference.year != year):
        faults.append(("Year", "the year isn't that of the reference date", "the year in which the census ends"))
    return year, reference, [Problem(file, None, name, "header", "error", *said) for name, *said in faults]
