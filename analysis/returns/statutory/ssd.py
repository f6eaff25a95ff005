"""The Standard Safeguarding Dataset (Data to Insight): a set of CSV files, one a table."""

from collections.abc import Sequence
from pathlib import Path

from analysis.errors import Problem
from analysis.returns.conform import Records
from analysis.returns.contracts import contract
from analysis.returns.records import read_files


def read_ssd(paths: Sequence[Path]) -> tuple[dict[str, Records], list[Problem]]:
    """Return the tables of a set of files by name (`contacts`, `cp_plans`), and the problems of the set."""
    tables, problems = read_files(paths, contract("ssd"))
    if tables and "person" not in tables:
        message = "no file of the set holds the table person"
        problems = [*problems, Problem("SSD", None, None, "missing_table", "error", message)]
    return tables, problems
