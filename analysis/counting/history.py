"""Records of several years: the last year's are counted, those before it are only looked back to.

What is to be counted of a year is in its own return. Rows of the return before would count an episode again that was
closed, corrected or given another number since; so they stand apart, and `rows.look_back` alone adds them.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.counting.count import name_tables
from analysis.counting.rows import EARLIER
from analysis.returns.contracts import contract


def stack_years(years: Sequence[Mapping]) -> dict[str, pd.DataFrame]:
    """Return the tables (D19.episodes) of the last of several years and, apart, the rows of the years before it.

    Each year's records are named as for `count_all`. A table whose rows carry no date can't be told apart by year, so
    that it has no earlier rows; nor has one that the last year lacks: it stays missing.
    """
    *before, last = [name_tables(year) for year in years]
    earlier = {name: [year[name] for year in before if name in year] for name in last if _is_dated(name)}
    return last | {EARLIER + name: pd.concat(parts, ignore_index=True) for name, parts in earlier.items() if parts}


def _is_dated(name: str) -> bool:
    dataset, _, part = name.partition(".")
    return bool(contract(dataset).table(part).period)
