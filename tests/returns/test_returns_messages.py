"""No message repeats what a cell says: in a shifted row any cell may be about a person. All persons are made up."""

import csv
import io
from dataclasses import replace
from functools import partial
from itertools import product

import pytest

from analysis.cli.check import gather_lines
from analysis.errors import DataError
from analysis.local import localise
from analysis.returns.aggregate_rows import COLUMNS, OPTIONAL_COLUMNS
from analysis.returns.checks.year import check_year
from analysis.returns.conform import conform
from analysis.returns.contracts import load_contracts
from analysis.returns.listed import hold_to_lists
from tests.returns.checks.planted import FILES, HERE, write_year

PERSONS = ("Zelandra Quorrick", "943 476 5919", "zelandra_quorrick")
MADE_UP = ("zelandra", "quorrick", "943 476", "9434765919")
TABLES = [(name, table.name) for name, found in load_contracts().items() for table in found.tables]
LISTED = replace(HERE, lists={"locality": ("North", "South")})


def tells(lines):
    """Return what the lines say of the person."""
    return [word for word in MADE_UP if word in "\n".join(lines).casefold()]


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(path, rows):
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")


def in_a_column(rows, person, column):
    return [rows[0], *([*row[:column], person, *row[column + 1 :]] for row in rows[1:])]


def in_each_column_of_some_row(rows, person):
    """Plant one person down the diagonal, so that no fault hides another."""
    lines = [list(rows[1 + place % (len(rows) - 1)]) for place in range(len(rows[0]))]
    return [rows[0], *([*line[:at], person, *line[at + 1 :]] for at, line in enumerate(lines))]


def shifted(rows, person):
    return [rows[0], *([person, *row[:-1]] for row in rows[1:])]


def headless(rows, person):
    return [[person, *row[1:]] for row in rows[1:]]


def in_the_headings(rows, person):
    return [[*rows[0][:-2], person, rows[0][-1]], *rows[1:]]


WAYS = (in_each_column_of_some_row, shifted, headless, in_the_headings)


def check(folder, catalogue):
    try:
        return gather_lines(check_year(folder, "2023-24", LISTED, catalogue)[0])
    except DataError as fault:
        return str(fault).splitlines()


@pytest.fixture(scope="module")
def local(shipped_catalogue):
    return localise(shipped_catalogue, LISTED)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("person", PERSONS)
def test_no_form_of_return_has_its_person_told(tmp_path, local, way, person):
    folder = write_year(tmp_path / "here")
    for file in FILES:
        path = folder / "returns" / file
        write(path, way(read(path), person))
    lines = check(folder, local)
    assert lines and not tells(lines)


@pytest.mark.parametrize("person", PERSONS[:2])
@pytest.mark.parametrize("way", [*WAYS, *(partial(in_a_column, column=at) for at in (1, 2, 3, 5, 6, 10))])
def test_the_register_has_nobody_told(tmp_path, local, way, person):
    folder = write_year(tmp_path / "here")
    path = folder / "returns.csv"
    write(path, way(read(path), person))
    lines = check(folder, local)
    assert lines and not tells(lines)


@pytest.mark.parametrize(("dataset", "name"), TABLES)
def test_no_column_of_any_contract_has_its_value_told(dataset, name):
    table = load_contracts()[dataset].table(name)
    rows = list(product(PERSONS, table.names))  # each person in each column, in a row of its own
    cells = {column: [person if place == column else "" for person, place in rows] for column in table.names}
    records = hold_to_lists(conform(cells, range(2, len(rows) + 2), table, "file.csv"), {"locality": ("North",)})
    assert not tells(map(str, records.problems))


@pytest.mark.parametrize("column", [*COLUMNS, *OPTIONAL_COLUMNS])
def test_no_column_of_counts_has_its_value_told(tmp_path, local, column):
    folder = write_year(tmp_path / "here")
    path = folder / "returns" / "lado.csv"
    rows = [[*row, *OPTIONAL_COLUMNS] if at == 0 else [*row, "", "", ""] for at, row in enumerate(read(path))]
    write(path, in_a_column(rows, PERSONS[0], rows[0].index(column)))
    assert not tells(check(folder, local))
