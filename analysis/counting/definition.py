"""What a definition is: a named function from records to rows that count, and how those rows are counted.

`@counts` makes of such a function one from records and a period to a tidy frame, and keeps it in DEFINITIONS
under its indicator and measure type. The rows say who and what counts, the method only how.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps

import numpy as np
import pandas as pd

from analysis.counting import tally as ways
from analysis.counting.selection import Rows
from analysis.counting.splits import MONTH, Split, list_months
from analysis.measures.periods import Period

# A table of a dataset ("D26.concerns") to its rows; a definition is given them as `Rows`, which read like a frame.
Records = Mapping[str, pd.DataFrame]
Select = Callable[[Records, Period], pd.DataFrame]
# A method: what it counts by, the measure type that comes of it, the decimals that it is shown with.
METHODS = {
    "events": (ways.count_events, "count", 0),
    "people": (None, "count", 0),
    "total": (ways.sum_values, "count", 0),
    "share": (ways.share_met, "percent", 1),
    "parts": (None, "percent", 1),
    "ratio": (ways.divide_sums, "percent", 1),
    "mean": (ways.average("mean"), "mean", 1),
    "median": (ways.average("median"), "median", 1),
}


@dataclass(frozen=True)
class Definition:
    """How one indicator is counted.

    `needs` are the tables whose records it can't do without. With `at_end` it is a stock at the period's last day
    (and, with `monthly`, at the last day of each month), and its rows are those of that day. `per` is the population
    that its rate is per: children or adults. Without `has_total`, only the categories mean something.
    """

    indicator: str
    method: str
    unit: str
    needs: tuple[str, ...]
    select: Callable
    by: tuple[Split, ...] = ()
    person: str = ""
    at_end: bool = False
    monthly: bool = False
    measure: str = ""
    per: str = ""
    whole_numbers: bool = True
    has_total: bool = True

    @property
    def measure_type(self) -> str:
        """The measure type of its observations."""
        return self.measure or METHODS[self.method][1]

    @property
    def decimals(self) -> int:
        """The decimals that its values are given with."""
        return METHODS[self.method][2]

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The dimensions that it is split by."""
        return (*(split.dimension for split in self.by), *([MONTH] if self.monthly else []))

    @property
    def unsaid(self) -> list[ways.Block]:
        """What stands for a share or a mean of what nobody said; nothing stands for a count."""
        is_count = self.measure_type in ("count", "amount") or not self.has_total or self.method == "parts"
        return [] if is_count else [ways.Block("", ("",), (np.full(1, np.nan),) * 3)]

    def count(self, records: Records, period: Period, *, detail: bool = True) -> pd.DataFrame:
        """Return the tidy frame of the indicator for a period; without `detail`, its whole and its months alone."""
        return ways.to_frame(self.tally(records, period, detail=detail))

    def tally(self, records: Records, period: Period, *, detail: bool = True) -> list[ways.Block]:
        """Return what `count` does, a dimension at a time."""
        tables = {name: Rows.of(frame) for name, frame in records.items()}
        by = self.by if detail else tuple(split for split in self.by if split.dimension == MONTH)
        if not self.at_end:
            return self._tally(self.select(tables, period), by, period)
        tallied = self._tally(self.select(tables, pd.Timestamp(period.end)), by, period)
        return tallied + self._month_ends(tables, period)

    def _tally(self, rows: Rows | pd.DataFrame, by: Sequence[Split], period: Period) -> list[ways.Block]:
        has_total = self.has_total and self.method != "parts"
        method = METHODS[self.method][0]
        if self.method in ("people", "parts"):
            method = ways.count_distinct(self.person) if self.person else ways.share_of(len(rows))
        return ways.list_blocks(rows, by, method, period, has_total=has_total)

    def _month_ends(self, records: Records, period: Period) -> list[ways.Block]:
        if not self.monthly:
            return []
        last = pd.Timestamp(period.end)
        days = [min(pd.Period(month, freq="M").end_time.normalize(), last) for month in list_months(period)]
        wholes = [self._tally(self.select(records, day), (), period)[0].arrays for day in days]
        together = tuple(np.concatenate(values) for values in zip(*wholes, strict=True))
        return [ways.Block(MONTH, list_months(period), together)]


DEFINITIONS: dict[tuple[str, str], Definition] = {}


def counts(
    indicator: str, method: str, *, needs: str | tuple[str, ...], unit: str = "percent", **how
) -> Callable[[Select], Select]:
    """Return the decorator that makes a definition of a function from records and a period (a stock: and a day) to the
    rows that count, and registers it. Raises ValueError where the indicator has one of the measure type."""

    def decorate(select: Select) -> Select:
        tables = (needs,) if isinstance(needs, str) else needs
        definition = Definition(indicator, method, unit, tables, select, **how)
        key = (indicator, definition.measure_type)
        if key in DEFINITIONS:
            raise ValueError(f"{indicator} has two definitions of a {definition.measure_type}")
        DEFINITIONS[key] = definition

        @wraps(select)
        def count(records: Records, period: Period) -> pd.DataFrame:
            return definition.count(records, period)

        count.definition = definition
        return count

    return decorate
