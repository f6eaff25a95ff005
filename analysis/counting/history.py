"""Records of several years as one: what is counted may look back (a repeat within twelve months, years in care)."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.counting.count import name_tables
from analysis.returns.contracts import contract


def stack_years(years: Sequence[Mapping]) -> dict[str, pd.DataFrame]:
    """Return the tables (D19.episodes) of several years, oldest first, as the last year's with the earlier rows added.

    Each year's records are named as for `count_all`.

    Of rows with one key the newest return's stands. A table whose rows carry no date can't be told apart by year, so
    that only the last year's is returned; so is one that the last year lacks: it stays missing.
    """
    tables = [name_tables(year) for year in years]
    return {name: _stack(name, [year[name] for year in tables if name in year]) for name in tables[-1]}


def _stack(name: str, frames: list[pd.DataFrame]) -> pd.DataFrame:
    dataset, _, part = name.partition(".")
    table = contract(dataset).table(part)
    if not table.period:
        return frames[-1]
    together = pd.concat(frames, ignore_index=True)
    return together.drop_duplicates(list(table.key), keep="last", ignore_index=True)
