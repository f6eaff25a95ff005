"""Recognising a downloaded file by its columns, whatever it is called."""

import csv
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
from python_calamine import CalamineError

from analysis.errors import CommandError, listed
from analysis.official.definitions import Definitions, Table
from analysis.official.layouts import AREA_COLUMNS, read_csv, rename
from analysis.official.neighbours import read_listing

EES_COLUMNS = {"time_period", "time_identifier", "geographic_level", "country_code"}
HEADER_ROWS = 12


def recognise(path: Path, definitions: Definitions) -> Table | None:
    """Return which table a file is; None for a file of Explore Education Statistics that no comparator uses.

    Raises CommandError, in one line, for any other file.
    """
    headers = read_headers(path)
    for table in definitions.tables.values():
        if any(_has(table, header) for header in headers) and _holds(path, table):
            return table
    if any(set(header) >= EES_COLUMNS for header in headers):
        return None
    titles = listed((table.title for table in definitions.tables.values()), limit=30)
    raise CommandError(f"{path.name}: not a release of official statistics that is known; allowed: {titles}")


def _has(table: Table, header: list[str]) -> bool:
    needed = set(table.requires) | (EES_COLUMNS | set(AREA_COLUMNS.values()) if table.kind == "ees" else set())
    return set(header) | {table.renamed.get(name, name) for name in header} >= needed


def _holds(path: Path, table: Table) -> bool:
    """Return whether the file has one of the cells by which tables of the same columns are told apart."""
    if not table.holds:
        return True
    raw = read_listing(path) if table.kind == "neighbours" else rename(read_csv(path), table)
    return any(column in raw and raw[column].eq(text).any() for column, text in table.holds.items())


def read_headers(path: Path) -> list[list[str]]:
    """Return the rows of a file that may be its header. Raises CommandError for a file that can't be read."""
    try:
        if path.suffix == ".parquet":
            return [pq.read_schema(path).names]
        if path.suffix == ".xlsx":
            return _workbook_headers(path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [next(csv.reader(file), [])]
    except (OSError, ValueError, csv.Error, CalamineError) as error:
        raise CommandError(f"{path.name}: can't be read as CSV, parquet or xlsx") from error


def _workbook_headers(path: Path) -> list[list[str]]:
    sheets = pd.read_excel(path, sheet_name=None, header=None, nrows=HEADER_ROWS, dtype="str", engine="calamine")
    return [list(map(str, row)) for sheet in sheets.values() for row in sheet.itertuples(index=False)]
