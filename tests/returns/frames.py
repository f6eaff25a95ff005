"""A frame held against the contract of its table, as a file of it would be."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.errors import Problem, listed
from analysis.returns.conform import Records, conform
from analysis.returns.contracts import Contract, Table
from analysis.returns.files import read_tables
from analysis.returns.headers import heading, headings, match_tables, missing_columns
from analysis.returns.sheet import cell_text
from analysis.returns.tables import read_sheets


def read_return(path: Path, contract: Contract) -> dict[str, Records]:
    """Return the tables of a dataset that a file holds, by name, of several sheets the first; what is missing as a
    whole is a problem of the first table."""
    sheets = read_sheets(path)
    tables, absent = read_tables(sheets, match_tables(sheets, [contract]), [contract])
    found = {name.partition(".")[2]: parts[0] for name, parts in tables.items()}
    return {
        name: replace(one, problems=(*(absent if not place else ()), *one.problems))
        for place, (name, one) in enumerate(found.items())
    }


def check_table(frame: pd.DataFrame, table: Table, file: str) -> list[Problem]:
    """Return every problem of a frame against its contract: columns unknown or missing, values missing or
    of the wrong type, codes unknown, numbers out of range, keys twice. Rows are named by the frame's
    index."""
    known = headings(table)
    names = [known.get(heading(str(name)), "") for name in frame.columns]
    message, allowed = "a column isn't one of the table's", listed(table.names)
    unknown = [Problem(file, None, None, "unknown_column", "error", message, allowed)] * names.count("")
    faults = [*unknown, *missing_columns(table, names, file)]
    kept = frame.loc[:, [bool(name) for name in names]].set_axis([name for name in names if name], axis=1)
    text = kept.astype(object).where(kept.notna(), "").map(cell_text)
    return [*faults, *conform(text.to_dict("list"), frame.index, table, file).problems]
