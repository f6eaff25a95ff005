"""The lists of children that Ofsted asks for at an inspection (Annex A): a workbook of eleven lists.

Lists and columns are matched by name, then by position. Lists 1 to 5 hold the six months before the inspection, so
that a workbook can't stand for a year: `counting.half_year` counts them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.errors import DataError, Problem
from analysis.returns.conform import Change, Records
from analysis.returns.contracts import Table, contract
from analysis.returns.headers import Header, find_header, match_sheets
from analysis.returns.records import read_table
from analysis.returns.sheet import Sheet, column_letter
from analysis.returns.tables import read_sheets
from analysis.returns.values import tidy


def read_annex_a(path: Path) -> dict[str, Records]:
    """Return the lists of a workbook by name (`list_1` to `list_11`).

    Raises DataError where no list is found. A list that isn't there is a problem of the first one found.
    """
    sheets, definition = read_sheets(path), contract("annex_a")
    found = {name: matched[0] for name, matched in match_sheets(sheets, definition).items()}
    found |= _by_position(sheets, found, definition.tables)
    if not found:
        raise DataError(Problem(path.name, None, None, "no_table", "error", "holds no list of Annex A"))
    lists = {table.name: _read(*found[table.name], table) for table in definition.tables if table.name in found}
    absent = [table.title for table in definition.tables if table.name not in found]
    first = next(iter(lists))
    faults = tuple(Problem(path.name, None, None, "missing_list", "error", f"{title} is missing") for title in absent)
    return lists | {first: replace(lists[first], problems=(*faults, *lists[first].problems))}


TABLES = {
    "list_1": ("D16.contacts", {"date_of_contact": "received_at", "contact_source": "source_agency"}),
    "list_3": (
        "D18.episodes",
        {"date_of_referral": "referral_date", "referral_source": "source", "referral_nfa": "referral_nfa"},
    ),
    "list_4": ("D18.assessments", {"start_date": "assessment_start", "authorised": "assessment_end"}),
    "list_5": ("D18.enquiries", {"strategy_discussion": "s47_start", "icpc_date": "icpc_date"}),
}


def derive_lists(lists: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Return the lists (`annex_a.list_3`) as the tables of D16 and D18 that their rows are counted from.

    A list doesn't say which referral an assessment or an enquiry is of: each counts by itself. Nothing of D18 is told
    without the list of referrals.
    """
    held = {name: lists[f"annex_a.{name}"] for name in TABLES if f"annex_a.{name}" in lists}
    made = {TABLES[name][0]: _as_table(rows, TABLES[name][1]) for name, rows in held.items()}
    return made if "list_3" in held else {name: rows for name, rows in made.items() if name.startswith("D16")}


def _as_table(rows: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    made = rows[[*names]].rename(columns=names).assign(child_pseudo=rows["child"])
    if "s47_start" in made:
        outcome = rows["icpc_plan"].map({True: "plan", False: "no_plan"}).where(rows["icpc_date"].notna())
        made["icpc_outcome"] = outcome.fillna(pd.Series("not_required", rows.index).where(rows["icpc_unnecessary"]))
    if "s47_start" in made or "assessment_start" in made:
        made["referral_date"] = pd.NaT
    return made


def _by_position(sheets: Sequence[Sheet], found: dict, tables: Sequence[Table]) -> dict[str, tuple[Sheet, Header]]:
    """Return the lists not found by name that stand where their number puts them, beside those that were."""
    if not found:
        return {}
    numbers = {table.name: number for number, table in enumerate(tables)}
    offsets = {sheet.position - numbers[name] for name, (sheet, _) in found.items()}
    at = {sheet.position: sheet for sheet in sheets}
    taken = {sheet.position for sheet, _ in found.values()}
    placed = {}
    for table in tables:
        position = numbers[table.name] + min(offsets)
        free = len(offsets) == 1 and table.name not in found and position not in taken and position in at
        if free and (header := _header_by_width(at[position], table)):
            placed[table.name] = (at[position], header)
    return placed


def _header_by_width(sheet: Sheet, table: Table) -> Header | None:
    """Return the first row as wide as the table as its header, all its columns taken by position."""
    if header := find_header(sheet, table):
        return header
    for row, cells in enumerate(sheet.rows):
        if sum(1 for cell in cells if tidy(cell)) == len(table.columns):
            return Header(row, table.names)
    return None


def _read(sheet: Sheet, header: Header, table: Table) -> Records:
    placed, names = _place_columns(header, table)
    records = read_table(sheet, placed, table)
    changes = tuple(Change(sheet.label, name, "by_position", ()) for name in names)
    return replace(records, changes=(*changes, *records.changes))


def _place_columns(header: Header, table: Table) -> tuple[Header, list[str]]:
    """Take a column with an unknown heading by its position, where most columns stand in their own places."""
    at_home = sum(1 for name, own in zip(header.columns, table.names, strict=False) if name == own)
    if at_home * 2 < len(table.columns) or len(header.columns) != len(table.columns):
        return header, []
    pairs = zip(header.columns, table.names, strict=True)
    columns = tuple(name or (own if own not in header.columns else "") for name, own in pairs)
    placed = [own for own, before in zip(columns, header.columns, strict=True) if own and not before]
    letters = {column_letter(columns.index(name)) for name in placed}
    kept = tuple(fault for fault in header.problems if fault.column not in letters | set(placed))
    return Header(header.row, columns, kept), placed
