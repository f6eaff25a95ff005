"""Faults of returns of records, made from the contracts: what each column allows says what to plant in it."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import NamedTuple

from analysis.returns.checks.tables import is_ahead
from analysis.returns.contracts import Column, Contract, Table
from tests.returns.faults.clean import Grid, clean_grid

AT = 5  # the row of the file in which most faults are planted


class Planted(NamedTuple):
    """A file with a fault: what was planted, the file's rows, and where it must be told."""

    name: str
    grid: Grid
    row: int | None
    column: str | None


def _set(grid: Grid, place: int, value: str, row: int = AT) -> Grid:
    """Return the grid with a cell changed."""
    changed = deepcopy(grid)
    changed[row - 1][place] = value
    return changed


def _all(grid: Grid, place: int, change: Callable[[str], str]) -> Grid:
    changed = deepcopy(grid)
    for row in changed[1:]:
        row[place] = change(row[place])
    return changed


def _american(day: str) -> str:
    year, month, rest = day.split("-")
    return f"{month}/{rest[:2]}/{year}"


VALUES = {
    "date": {
        "no date": "soon", "a day that isn't": "31/02/2024", "two digits of a year": "1/4/23", "1066": "14/10/1066",
        "a year too far": "2231-01-01", "a month alone": "April 2023", "a year alone": "2023-24",
        "zero date": "00/00/0000",
    },
    "moment": {"no moment": "noon", "hour 25": "2023-05-01 25:00", "two digits of a year": "1/4/23 10:00"},
    "month": {"no month": "spring", "month 13": "2023-13"},
    "integer": {
        "words": "some", "a half": "1.5", "decimal comma": "1,5", "two numbers": "3 or 4", "a dash behind": "3-",
    },
    "number": {"words": "lots", "decimal comma": "1,5", "unit beside": "3 hours"},
    "code": {"no code": "zqxjv", "two codes": "zq;xj", "a number for a code": "987654"},
    "codes": {"no code": "zqxjv", "one code of two": "zq;xj"},
    "yes_no": {"neither": "perhaps", "a number": "7"},
    "pseudonym": {
        "a key lost": "1.2E+11", "a name": "Xyz Abcde", "an address": "zqxjv@example.org", "a postcode": "ZE1 0AA",
        "National Insurance": "AB123456C", "none yet": "TBC", "a birth": "01/02/2010", "two keys": "SYN5, SYN7",
    },
    "identifier": {"a key lost": "1.23457E+17"},
}  # fmt: skip
EVERY = {"an error value": "#REF!"}


def of_cells(table: Table, grid: Grid) -> Iterator[Planted]:
    """Give each fault of one cell that the columns of a table allow to be planted."""
    for place, name in enumerate(grid[0]):
        column = table.column(name)
        for what, value in (VALUES.get(column.type, {}) | EVERY).items():
            yield Planted(f"{name}: {what}", _set(grid, place, value), AT, name)
        yield from _of_ranges(column, grid, place)
        if column.required:
            yield Planted(f"{name}: no value", _set(grid, place, ""), AT, name)
            yield Planted(f"{name}: withheld", _set(grid, place, "[c]"), AT, name)
        if column.type == "date" and not column.born:
            yield Planted(f"{name}: month first", _all(grid, place, _american), None, name)
            if name == table.period and not is_ahead(name):
                yield Planted(f"{name}: in the future", _set(grid, place, "2031-01-01"), AT, name)
        if column.not_before in grid[0] and column.not_before and not table.column(column.not_before).born:
            yield Planted(f"{name}: before {column.not_before}", _set(grid, place, "2023-04-02", AT + 3), AT + 3, name)


def _of_ranges(column: Column, grid: Grid, place: int) -> Iterator[Planted]:
    if column.type in ("integer", "number"):
        if column.minimum is not None:
            yield Planted(f"{column.name}: too low", _set(grid, place, str(column.minimum - 1)), AT, column.name)
        if column.maximum is not None:
            yield Planted(f"{column.name}: too high", _set(grid, place, str(column.maximum + 1)), AT, column.name)
        if column.at_most in grid[0] and column.at_most:
            yield Planted(f"{column.name}: more than its whole", _set(grid, place, "99"), AT, column.name)
    if column.born:
        yield Planted(f"{column.name}: born too late", _set(grid, place, "2024-03-31", 2), 2, column.name)
        yield Planted(f"{column.name}: too old", _set(grid, place, "1901-01-01"), AT, column.name)


def of_shape(table: Table, grid: Grid) -> Iterator[Planted]:
    """Give the faults of a table's shape: its header, its rows, its keys."""
    needed = [name for name in grid[0] if table.column(name).required]
    first, last = grid[0].index(needed[0]), grid[0].index(needed[-1])
    heads = [*grid[0]]
    if len(needed) > 2:
        yield Planted("a needed column missing", [[*row[:last], *row[last + 1 :]] for row in grid], 1, needed[-1])
        renamed = [[*heads[:last], "zqxjv", *heads[last + 1 :]], *grid[1:]]
        yield Planted("a needed column renamed", renamed, 1, needed[-1])
    yield Planted("a column unknown", [[*row, "zqxjv" if n else "worker"] for n, row in enumerate(grid)], 1, None)
    yield Planted("a heading twice", [[*row, row[first]] for row in grid], 1, None)
    ragged = deepcopy(grid)
    ragged[AT - 1].append("zqxjv")
    yield Planted("a cell too many", ragged, AT, None)
    again = deepcopy(grid)
    if table.key:
        for name in table.key:
            again[AT - 1][heads.index(name)] = grid[1][heads.index(name)]
    else:
        again[AT - 1] = grid[1]
    yield Planted("a key twice", again, AT, None)
    yield Planted("heading alone", grid[:1], None, None)
    years = {place for place, name in enumerate(heads) if table.column(name).type in ("date", "moment")}
    if table.period and not is_ahead(table.period) and table.column(table.period).type in ("date", "moment"):
        old = [[cell.replace("2023-", "2021-").replace("2024-", "2022-") if place in years else cell
                for place, cell in enumerate(row)] for row in grid]  # fmt: skip
        yield Planted("the file of another year", old, None, None)


def of_contract(contract: Contract) -> Iterator[tuple[Table, Planted]]:
    """Give every fault that can be planted in the first table of a contract."""
    table = contract.tables[0]
    grid = clean_grid(table)
    yield from ((table, planted) for planted in (*of_cells(table, grid), *of_shape(table, grid)))
