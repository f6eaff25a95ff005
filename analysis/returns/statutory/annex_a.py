"""The lists of children that Ofsted asks for at an inspection (Annex A): a workbook of eleven lists.

Lists and columns are matched by name, then by position. Lists 1 to 5 hold the six months before the inspection, so
that a workbook can't stand for a year: `counting.half_year` counts them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analysis.errors import Problem
from analysis.returns.contracts import Table, contract
from analysis.returns.headers import Header, Matched, find_header
from analysis.returns.reading import tidy
from analysis.returns.sheet import Sheet, column_letter

BY_PLACE = "the heading isn't known, and the column is read by its place"


def place_lists(sheets: Sequence[Sheet], found: Mapping[str, Matched]) -> dict[str, Matched]:
    """Return the lists found by name, those that stand where their number puts them too, and their columns by place."""
    tables = contract("annex_a").tables
    held = {**found, **_by_position(sheets, found, tables)}
    return {t.name: [(s, _place_columns(s, h, t)) for s, h in held[t.name]] for t in tables if t.name in held}


def list_absent(file: str, found: Mapping[str, Matched]) -> Iterator[Problem]:
    """Give the problem of each list that a workbook lacks."""
    for table in contract("annex_a").tables:
        if table.name not in found:
            yield Problem(file, None, None, "missing_list", "error", f"{table.title} is missing", "lists 1 to 11")


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
    made = rows[[name for name in names if name in rows]].rename(columns=names).assign(child_pseudo=rows["child"])
    if "s47_start" in made and {"icpc_date", "icpc_plan", "icpc_unnecessary"} <= {*rows}:
        outcome = rows["icpc_plan"].map({True: "plan", False: "no_plan"}).where(rows["icpc_date"].notna())
        made["icpc_outcome"] = outcome.fillna(pd.Series("not_required", rows.index).where(rows["icpc_unnecessary"]))
    if "s47_start" in made or "assessment_start" in made:
        made["referral_date"] = pd.NaT
    return made


def _by_position(sheets: Sequence[Sheet], found: Mapping[str, Matched], tables: Sequence[Table]) -> dict[str, Matched]:
    """Return the lists not found by name that stand where their number puts them, beside those that were."""
    numbers = {table.name: number for number, table in enumerate(tables)}
    offsets = {sheet.position - numbers[name] for name, matched in found.items() for sheet, _ in matched[:1]}
    at = {sheet.position: sheet for sheet in sheets}
    taken = {sheet.position for matched in found.values() for sheet, _ in matched}
    placed: dict[str, Matched] = {}
    for table in tables if len(offsets) == 1 else ():
        position = numbers[table.name] + min(offsets)
        free = table.name not in found and position not in taken and position in at
        if free and (header := _header_by_width(at[position], table)):
            placed[table.name] = [(at[position], header)]
    return placed


def _header_by_width(sheet: Sheet, table: Table) -> Header | None:
    """Return the first row as wide as the table as its header, all its columns taken by position."""
    if header := find_header(sheet, table):
        return header
    for row, cells in enumerate(sheet.rows):
        if sum(1 for cell in cells if tidy(cell)) == len(table.columns):
            return Header(row, table.names, (_tell(sheet, row, None, "the headings of Annex A"),))
    return None


def _place_columns(sheet: Sheet, header: Header, table: Table) -> Header:
    """Take a column with an unknown heading by its position, where most columns stand in their own places."""
    at_home = sum(1 for name, own in zip(header.columns, table.names, strict=False) if name == own)
    if at_home * 2 < len(table.columns) or len(header.columns) != len(table.columns):
        return header
    pairs = list(zip(header.columns, table.names, strict=True))
    columns = tuple(name or (own if own not in header.columns else "") for name, own in pairs)
    placed = {own: column_letter(place) for place, own in enumerate(columns) if own and not header.columns[place]}
    kept = (fault for fault in header.problems if fault.column not in {*placed, *placed.values()})
    told = (_tell(sheet, header.row, own, own) for own in placed)
    return replace(header, columns=columns, problems=(*kept, *told))


def _tell(sheet: Sheet, row: int, column: str | None, allowed: str) -> Problem:
    return Problem(sheet.label, row + 1, column, "column_by_place", "warning", BY_PLACE, allowed)
