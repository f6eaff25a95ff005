"""What a definition is: a named function from records to rows that count, and how those rows are counted.

`@counts` makes of such a function one from records and a period to a tidy frame, and keeps it in DEFINITIONS
under its indicator and measure type. The rows say who and what counts, the method only how.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps

import pandas as pd

from analysis.counting import tally as ways
from analysis.counting.splits import MONTH, Split
from analysis.periods import Period

Records = Mapping[str, pd.DataFrame]  # a table of a dataset ("D26.concerns") to its rows
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

    def count(self, records: Records, period: Period, *, detail: bool = True) -> pd.DataFrame:
        """Return the tidy frame of the indicator for a period; without `detail`, its whole and its months alone."""
        by = self.by if detail else tuple(split for split in self.by if split.dimension == MONTH)
        if not self.at_end:
            return self._tally(self.select(records, period), by, period)
        tallied = self._tally(self.select(records, pd.Timestamp(period.end)), by, period)
        return pd.concat([tallied, *self._month_ends(records, period)], ignore_index=True)

    def _tally(self, rows: pd.DataFrame, by: Sequence[Split], period: Period) -> pd.DataFrame:
        if not by and (self.method == "parts" or not self.has_total):
            return pd.DataFrame(columns=list(ways.COLUMNS))
        if self.method == "parts":
            return ways.tally_parts(rows, by, period)
        method = ways.count_distinct(self.person) if self.method == "people" else METHODS[self.method][0]
        tallied = ways.tally(rows, by, method, period)
        return tallied if self.has_total else tallied[tallied["dimension"] != ""].reset_index(drop=True)

    def _month_ends(self, records: Records, period: Period) -> list[pd.DataFrame]:
        if not self.monthly:
            return []
        months = pd.period_range(period.start, period.end, freq="M")
        days = [min(month.end_time.normalize(), pd.Timestamp(period.end)) for month in months]
        return [
            self._tally(self.select(records, day), (), period).assign(dimension=MONTH, category=str(month))
            for month, day in zip(months, days, strict=True)
        ]


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
