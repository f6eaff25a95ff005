"""The records behind figures: about people, internal, never shared."""

import os
from collections.abc import Collection, Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd
from pandas.api.types import is_datetime64_any_dtype

from analysis.counting.definitions import get_definitions
from analysis.counting.history import stack_years
from analysis.counting.selection import NotSuppliedError
from analysis.counting.year import Year, read_year
from analysis.errors import CommandError, unknown
from analysis.local import load_local
from analysis.partnership import load_partnership
from analysis.release.generators import make_returns
from analysis.release.keys import key_of
from analysis.release.opening import STORE_VARIABLE
from analysis.release.store import read_store
from analysis.report.frames import Frame, InternalFrame
from analysis.returns.register import get_year_folder, list_years, read_register
from analysis.settings import get_data_root

READS_KEPT = 8  # in memory, each of a year's returns of some datasets


def list_rows(measure: str, partnership: str, year: str) -> Frame:
    """Return the rows of records that are behind a measure counted here.

    Raises CommandError naming the nearest for a measure that isn't counted from records, and naming what its rows need
    that wasn't returned.
    """
    definitions = get_definitions()
    if measure not in definitions:
        raise CommandError(unknown("measure counted from records", measure, definitions))
    period = load_partnership(partnership, get_data_root()).period_of(year)
    asked = {table.partition(".")[0] for table in definitions[measure].needs}
    held = stack_years([one.records for one in read_years(partnership, year, asked, back=1)])
    missing = [table for table in definitions[measure].needs if table not in held]
    if missing:
        raise CommandError(f"{measure} is counted from {', '.join(missing)}, which this year doesn't hold")
    try:
        return InternalFrame(definitions[measure].list_rows(held, period))
    except NotSuppliedError as gap:
        raise CommandError(f"{measure} is counted from {gap}, which nobody supplied for this year") from gap


def list_records(table: str, partnership: str, year: str) -> Frame:
    """Return the records of one table. Raises CommandError naming the nearest for one that the year doesn't hold."""
    held = read_years(partnership, year, {table.partition(".")[0]})[-1].records
    if table not in held:
        raise CommandError(unknown("table of records", table, read_years(partnership, year)[-1].records))
    return InternalFrame(held[table])


def list_stages(table: str, stages: Sequence[str], partnership: str, year: str) -> Frame:
    """Return how far the rows of a table came that began in the year: for each stage (a column of days) how many came
    to it, the quartiles of the days since the first, and the median of those since the stage before it. Raises
    CommandError for a column that isn't one of days."""
    held = list_records(table, partnership, year)
    period = load_partnership(partnership, get_data_root()).period_of(year)
    days = [name for name in held if is_datetime64_any_dtype(held[name])]
    for stage in stages:
        if stage not in days:
            raise CommandError(unknown("column of days", stage, days))
    began = held[held[stages[0]].dt.normalize().between(str(period.start), str(period.end))]
    since = {stage: (began[stage].dt.normalize() - began[stages[0]].dt.normalize()).dt.days for stage in stages}
    told = {stage: [days.count(), *days.quantile([0.25, 0.5, 0.75])] for stage, days in since.items()}
    for stage, before in zip(stages, (stages[0], *stages), strict=False):
        told[stage].append((since[stage] - since[before]).median())
    whole = [f"{name} of days since {stages[0]}" for name in ("lower quartile", "median", "upper quartile")]
    columns = ["reached", *whole, "median of days since the stage before"]
    return InternalFrame(pd.DataFrame.from_dict(told, orient="index", columns=columns).rename_axis("stage"))


def read_years(partnership: str, year: str, datasets: Collection[str] = (), *, back: int = 0) -> Sequence[Year]:
    """Return what a year's returns of some datasets hold (of all, where none is named), last, and before it as many
    years as are looked back to and held.

    Raises CommandError in the run of a shared release: what is counted of records by hand bears no mark of its own.
    """
    run = os.environ.get(STORE_VARIABLE)
    if run and read_store(Path(run)).shared:
        raise CommandError("records are internal, and this run makes shared pages: show figures of the release instead")
    home = load_partnership(partnership, get_data_root())
    make_returns(home, get_data_root(), year)
    folder = get_year_folder(home, year, get_data_root())
    names = [one for one in list_years(folder.parent) if one <= year][-1 - back :]
    mark = key_of(home)
    return [_read(partnership, one, frozenset(datasets), mark) for one in names]


@lru_cache(maxsize=READS_KEPT)
def _read(partnership: str, year: str, datasets: frozenset[str], mark: str) -> Year:
    """Return what the returns of a year hold; read once, until something that they are read by has another mark."""
    home = load_partnership(partnership, get_data_root())
    folder = get_year_folder(home, year, get_data_root())
    entries = read_register(folder, home)
    asked = [entry for entry in entries if not datasets or not datasets.isdisjoint(entry.answered)]
    return read_year(folder, asked, load_local(home))
