"""What the lists of an inspection (Annex A) tell: figures of the six months to their day, a period of its own."""

from datetime import date

import pandas as pd

from analysis.counting.count import count_all
from analysis.counting.year import Year
from analysis.measures.catalogue import Catalogue
from analysis.measures.periods import Period, ends_month
from analysis.returns.aggregate import Observation
from analysis.returns.statutory.annex_a import derive_lists

MONTHS = 6
COUNTED = (
    "contacts", "referrals", "children_referred", "referrals_no_further_action", "assessments_completed",
    "section47_enquiries", "section47_to_conference", "initial_conferences", "conferences_to_plan",
)  # fmt: skip


def count_half_year(year: Year, geography: str, catalogue: Catalogue) -> list[Observation]:
    """Return what the lists of a year's returns count over the six months to the last day of their period.

    Lists whose line of the register gives no last day, or one that ends no month, are not counted.
    """
    lists = {name: frame for name, frame in year.records.items() if name.startswith("annex_a.")}
    lines = [entry for entry in year.entries if "annex_a" in entry.datasets]
    period = _period_to(max((line.period_end for line in lines if line.period_end), default=None)) if lists else None
    tables = derive_lists(lists) if period else {}
    if not tables:
        return []
    agencies = dict.fromkeys(("D16", "D18"), year.agencies["annex_a"])
    found = count_all(tables, period, geography, agencies, catalogue, detail=False).observations
    return [one for one in found if _is_told(one)]


def _period_to(last: date | None) -> Period | None:
    if not ends_month(last):
        return None
    first = pd.Timestamp(last) + pd.Timedelta(days=1) - pd.DateOffset(months=MONTHS)
    return Period(first.date(), last, "other")


def _is_told(one: Observation) -> bool:
    return one.indicator in COUNTED and one.measure_type != "rate" and not one.dimension and one.value is not None
