"""Columns whose values come from the partnership's own lists: a locality, a team, a committee.

What isn't on the list may be anything, an address or a person: it is counted as just that, and its words go no further.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from analysis.errors import Problem, listed
from analysis.measures.completion import NOT_LISTED
from analysis.returns.aggregate import Observation
from analysis.returns.conform import SHOWN, Records
from analysis.returns.contracts import Column
from analysis.returns.values import plain

Lists = Mapping[str, Sequence[str]]


def hold_to_lists(records: Records, lists: Lists) -> Records:
    """Return records whose listed columns hold what is on the lists, in the lists' spelling, and `NOT_LISTED` else."""
    columns = [column for column in records.table.columns if column.listed and column.name in records.frame]
    held = {column: _hold(records.frame[column.name], lists.get(column.listed, ())) for column in columns}
    frame = records.frame.assign(**{column.name: values for column, values in held.items()})
    problems = (p for column, values in held.items() for p in _tell(records, column, values, lists))
    return replace(records, frame=frame, problems=(*records.problems, *problems))


def hold_areas(
    figures: Mapping[str, Sequence[Observation]], areas: Sequence[str], year: str
) -> dict[str, tuple[list[Observation], list[Problem]]]:
    """Return the figures of each file, and a problem for each whose area isn't on the list and is called by a number:
    one name for one area within the year, and none by which a figure of another year would be compared."""
    unlisted = dict.fromkeys(o.geography for found in figures.values() for o in found if o.geography not in areas)
    names = {area: f"area {number} {NOT_LISTED}, {year}" for number, area in enumerate(unlisted, start=1)}
    return {file: _name_areas(found, names, areas) for file, found in figures.items()}


def _name_areas(
    figures: Sequence[Observation], names: Mapping[str, str], areas: Sequence[str]
) -> tuple[list[Observation], list[Problem]]:
    named = [replace(o, geography=names.get(o.geography, o.geography)) for o in figures]
    message = "not on the partnership's list of areas: called by a number"
    return named, [
        Problem(o.file, o.row, "geography", "not_listed", "warning", message, listed(areas, o.geography))
        for o in figures
        if o.geography in names
    ]


def _hold(values: pd.Series, names: Sequence[str]) -> pd.Series:
    known = {plain(name): name for name in names}
    said = {text: known.get(plain(text), NOT_LISTED) for text in values.dropna().unique()}
    return values.map(said).astype(values.dtype)


def _tell(records: Records, column: Column, held: pd.Series, lists: Lists) -> Iterator[Problem]:
    rows = held.index[held == NOT_LISTED]
    if len(rows) and not lists.get(column.listed):
        message = f"partnership.toml has no list of these: each is counted as {NOT_LISTED!r}"
        yield Problem(
            records.file, None, column.name, "not_listed", "warning", message, f'[lists] {column.listed} = ["…"]'
        )
        return
    message = f"not on the partnership's list: counted as {NOT_LISTED!r}"
    for row in rows[:SHOWN]:
        allowed = listed(lists[column.listed], records.frame.loc[row, column.name])
        yield Problem(records.file, row, column.name, "not_listed", "warning", message, allowed)
