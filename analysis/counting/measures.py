"""Tables that hold counts already made, often a row a measure a day: their sums, and shares of two measures.

A measure that the agency left out of a table that came is not zero: what is made of it is not counted.
"""

import pandas as pd

from analysis.counting.rows import NotSuppliedError, supplied, within
from analysis.measures.periods import Period

MEASURE, DAY = "measure", "as_at"


def summed(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return the rows with a column as what is summed. Raises NotSuppliedError where no row has a value: not zero."""
    return supplied(rows, column).assign(value=rows[column])


def measured(table: pd.DataFrame, period: Period, measure: str) -> pd.DataFrame:
    """Return the period's rows of one measure. Raises NotSuppliedError where the period has rows, and none of it."""
    rows = within(table, DAY, period)
    found = rows[rows[MEASURE] == measure]
    if len(rows) and found["value"].isna().all():
        raise NotSuppliedError(f"value ({measure})")
    return found


def year_to(day: pd.Timestamp) -> Period:
    """Return the year that ends on a day: a stock is looked for in it."""
    return Period((day - pd.DateOffset(years=1) + pd.DateOffset(days=1)).date(), day.date(), "other")


def part_of_whole(rows: pd.DataFrame, part: str, whole: str) -> pd.DataFrame:
    """Return the rows of two measures, as numerator and denominator of the day on which both were counted."""
    days = rows.pivot_table(index=DAY, columns=MEASURE, values="value", aggfunc="first")
    days = days.reindex(columns=[part, whole]).reset_index()
    return days.rename(columns={part: "numerator", whole: "denominator"})
