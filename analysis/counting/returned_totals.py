"""Counts that agencies return ready made: those of adult social care (D28), by client group. Others of the kind are
counted by their records alone."""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.measures import summed, year_to
from analysis.counting.rows import NotSuppliedError, latest, within
from analysis.measures.periods import Period
from analysis.returns.contracts import column_of

ADULTS = "D28.totals"
WHOLE = "all"


def client_groups(records: Records, period: Period, column: str) -> pd.DataFrame:
    """Return each client group's row of the last day counted in the period, with a column as `value`; the row of all
    groups where one of them lacks it, so that no part is taken for the whole and nobody is counted twice."""
    rows = latest(within(records[ADULTS], "as_at", period), "client_group", "as_at")
    rows = rows[rows["as_at"] == rows["as_at"].max()]
    apart, whole = rows[rows["client_group"] != WHOLE], rows[rows["client_group"] == WHOLE]
    chosen = apart if len(apart) and apart[column].notna().all() else whole
    if len(rows) and not len(chosen):
        raise NotSuppliedError(column)
    labels = {code.code: code.label.lower() for code in column_of(ADULTS, "client_group").codes}
    return summed(chosen, column).assign(client_group=chosen["client_group"].map(labels))


@counts("adult_social_care_clients", "total", needs=ADULTS)
def count_clients(records: Records, day: pd.Timestamp) -> pd.DataFrame:
    """Adults supported in each client group at the latest count in the year up to the day."""
    return client_groups(records, year_to(day), "clients")


@counts("adult_social_care_spending", "total", needs=ADULTS)
def sum_spending(records: Records, period: Period) -> pd.DataFrame:
    """Spending on adult social care by client group, as stated on the last day counted in the period."""
    return client_groups(records, period, "actual")


@counts("adult_social_care_budget", "total", needs=ADULTS)
def sum_budget(records: Records, period: Period) -> pd.DataFrame:
    """The budget of adult social care by client group, as stated on the last day counted in the period."""
    return client_groups(records, period, "budget")
