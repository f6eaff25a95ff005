"""What a definition is: a named function from records to rows that count, beside the record of its measure.

`@counts` keeps such a function in NAMED, with the measure that it counts. The rows
say who and what counts, the method only how; unit, splits, rate and whether it is a stock are the record's. Where rows
of one table are simply chosen, the record says that too, and there is no function (`definitions`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from inspect import getdoc

import numpy as np
import pandas as pd

from analysis.counting import tally as ways
from analysis.counting.selection import Rows
from analysis.counting.splits import MONTH, Grouping, group_by, list_months
from analysis.errors import DataError, unknown
from analysis.measures.catalogue import get_catalogue
from analysis.measures.measure import Measure
from analysis.measures.periods import Period

# A table of a dataset ("D26.concerns") to its rows; a definition is given them as `Rows`, which read like a frame.
Records = Mapping[str, pd.DataFrame]
Select = Callable[[Records, Period], pd.DataFrame]
# A method: what it counts by, the decimals that it is shown with.
METHODS = {
    "events": (ways.count_events, 0),
    "people": (None, 0),
    "total": (ways.sum_values, 0),
    "share": (ways.share_met, 1),
    "parts": (None, 1),
    "ratio": (ways.divide_sums, 1),
    "mean": (ways.average("mean"), 1),
    "median": (ways.average("median"), 1),
}


@dataclass(frozen=True)
class Definition:
    """How one measure is counted.

    `needs` are the tables whose records it can't do without, `columns` the columns that hold a dimension where they are
    called otherwise. A stock is counted on the period's last day (and, split by month, on the last day of each month):
    its rows are those of that day.
    """

    indicator: str
    method: str
    needs: tuple[str, ...]
    select: Callable
    person: str = ""
    whole_numbers: bool = True
    columns: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def record(self) -> Measure:
        """The measure's record in the catalogue. Raises DataError where it has none."""
        measures = get_catalogue().measures
        if self.indicator not in measures:
            raise DataError(f"@counts in {self.select.__module__}: {unknown('measure', self.indicator, measures)}")
        return measures[self.indicator]

    @property
    def words(self) -> str:
        """How it is counted, in words: the docstring of its function, or what its record says."""
        given = self.record.count.words if self.record.count else getdoc(self.select) or ""
        return " ".join(given.split())

    @property
    def measure_type(self) -> str:
        """The measure type of its observations."""
        return self.record.measure

    @property
    def decimals(self) -> int:
        """The decimals that its values are given with."""
        return METHODS[self.method][1]

    @cached_property
    def by(self) -> tuple[Grouping, ...]:
        """How its rows are grouped, a dimension at a time; a dimension that only returned figures have is left out."""
        splits = (split for split in self.record.by.values() if split.is_counted)
        groupings = (group_by(split, self.columns.get(split.dimension, split.dimension)) for split in splits)
        return tuple(one for one in groupings if not (self.record.stock and one.dimension == MONTH))

    @property
    def is_monthly(self) -> bool:
        """Whether it is a stock that is counted at the end of each month."""
        return self.record.stock and MONTH in self.record.by

    @property
    def unsaid(self) -> list[ways.Block]:
        """What stands for a share or a mean of what nobody said; nothing stands for a count."""
        is_count = self.measure_type in ("count", "amount") or not self.record.total
        return [] if is_count else [ways.Block("", ("",), (np.full(1, np.nan),) * 3)]

    def list_rows(self, records: Records, period: Period) -> pd.DataFrame:
        """Return the rows that count in a period, of a stock those of its last day."""
        tables = {name: Rows.of(frame) for name, frame in records.items()}
        rows = self.select(tables, pd.Timestamp(period.end) if self.record.stock else period)
        return Rows.of(rows).to_frame()

    def tally(self, records: Records, period: Period, *, detail: bool = True) -> list[ways.Block]:
        """Return the measure for a period, a dimension at a time; without `detail`, its whole and its months alone."""
        tables = {name: Rows.of(frame) for name, frame in records.items()}
        by = self.by if detail else tuple(grouping for grouping in self.by if grouping.dimension == MONTH)
        if not self.record.stock:
            return self._tally(self.select(tables, period), by, period)
        tallied = self._tally(self.select(tables, pd.Timestamp(period.end)), by, period)
        return tallied + self._month_ends(tables, period)

    def _tally(self, rows: Rows | pd.DataFrame, by: Sequence[Grouping], period: Period) -> list[ways.Block]:
        method = METHODS[self.method][0]
        if self.method in ("people", "parts"):
            method = ways.count_distinct(self.person) if self.person else ways.share_of(len(rows))
        return ways.list_blocks(rows, by, method, period, has_total=self.record.total)

    def _month_ends(self, records: Records, period: Period) -> list[ways.Block]:
        if not self.is_monthly:
            return []
        last = pd.Timestamp(period.end)
        days = [min(pd.Period(month, freq="M").end_time.normalize(), last) for month in list_months(period)]
        wholes = [self._tally(self.select(records, day), (), period)[0].arrays for day in days]
        together = tuple(np.concatenate(values) for values in zip(*wholes, strict=True))
        return [ways.Block(MONTH, list_months(period), together)]


NAMED: dict[str, Definition] = {}  # those of functions, by measure


def counts(indicator: str, method: str, *, needs: str | tuple[str, ...], **how) -> Callable[[Select], Select]:
    """Return the decorator that makes a definition of a function from records and a period (a stock: and a day) to the
    rows that count, and registers it. Raises ValueError where the measure has one."""

    def decorate(select: Select) -> Select:
        tables = (needs,) if isinstance(needs, str) else needs
        if indicator in NAMED:
            raise ValueError(f"{indicator} has two definitions")
        select.definition = NAMED[indicator] = Definition(indicator, method, tables, select, **how)
        return select

    return decorate
