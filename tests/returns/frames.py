"""A frame held against the contract of its table, as a file of it would be."""

import pandas as pd

from analysis.errors import Problem, listed
from analysis.returns.conform import conform
from analysis.returns.contracts import Table
from analysis.returns.headers import heading, headings, missing_columns
from analysis.returns.sheet import cell_text


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
