"""Annex A gives figures of six months, a period of its own that nothing of a year is compared with. Synthetic."""

from datetime import date

import pandas as pd
import pytest

from analysis.counting.half_year import count_half_year
from analysis.counting.year import Year
from analysis.figures.build import make_statistics
from analysis.figures.compare import compare_with_previous
from analysis.measures.periods import parse_year
from analysis.partnership import Partnership, Section
from analysis.returns.contracts import contract
from analysis.returns.register import ReturnEntry
from synthetic.slices import typed
from tests.examples import seen

HERE = Partnership("here", "Here", "E09000000", "Here", (Section("08_children_social_care", "8", "Eight", "A"),))
LISTS = {
    "list_1": {"child": ["a", "a", "b"], "date_of_contact": ["2023-09-30", "2023-10-01", "2024-03-31"]},
    "list_3": {"child": ["a", "b"], "date_of_referral": ["2023-10-01", "2023-11-01"], "referral_nfa": [True, False]},
    "list_4": {"child": ["a", "b"], "start_date": ["2023-10-02", "2023-12-01"], "authorised": ["2023-11-02", None]},
    "list_5": {
        "child": ["a", "b", "b"],
        "strategy_discussion": ["2023-10-05", "2023-11-05", "2023-09-05"],  # the last was held in the half-year alone
        "icpc_unnecessary": [True, False, False],
        "icpc_date": [None, "2023-11-20", "2023-10-10"],
        "icpc_plan": [None, True, False],
    },
}


def year(last=date(2024, 3, 31), names=tuple(LISTS)):
    tables = {f"annex_a.{n}": typed(pd.DataFrame(LISTS[n]), contract("annex_a").table(n)) for n in names}
    return Year([], tables, {"annex_a": "A"}, [ReturnEntry(dataset="annex_a", period_end=last)])


def figures(*arguments, catalogue, **named):
    found = count_half_year(year(*arguments, **named), "Here", catalogue)
    return {one.indicator: (one.value, one.numerator, one.denominator) for one in found}


def test_events_of_the_six_months_are_counted_by_the_definitions_of_the_year(shipped_catalogue):
    assert figures(catalogue=shipped_catalogue) == {
        "contacts": (2, None, None),  # one of 30 September is of the half-year before
        "referrals": (2, None, None),
        "children_referred": (2, None, None),
        "referrals_no_further_action": (50, 1, 2),
        "assessments_completed": (1, None, None),
        "section47_enquiries": (2, None, None),
        "section47_to_conference": (50, 1, 2),
        "initial_conferences": (2, None, None),
        "conferences_to_plan": (50, 1, 2),
    }


@pytest.mark.parametrize("last", [None, date(2024, 3, 15)])
def test_without_the_last_day_of_a_month_nothing_is_counted(shipped_catalogue, last):
    assert figures(last, catalogue=shipped_catalogue) == {}


def test_what_a_missing_column_would_tell_is_not_counted(shipped_catalogue):
    lacking = year()
    for name, column in (("list_4", "authorised"), ("list_5", "icpc_date")):
        lacking.records[f"annex_a.{name}"] = lacking.records[f"annex_a.{name}"].drop(columns=column)
    told = {one.indicator for one in count_half_year(lacking, "Here", shipped_catalogue)}
    assert told == {"contacts", "referrals", "children_referred", "referrals_no_further_action", "section47_enquiries"}


def test_without_the_list_of_referrals_contacts_alone_are(shipped_catalogue):
    assert set(figures(catalogue=shipped_catalogue, names=("list_1", "list_5"))) == {"contacts"}


def test_it_is_a_half_year_beside_nothing_of_a_year(shipped_catalogue):
    half = count_half_year(year(), "Here", shipped_catalogue)
    before = [seen(indicator="referrals", unit="referrals", value=9.0, period=parse_year("2022-23"))]
    made = make_statistics(half, shipped_catalogue, HERE, "2023-24")
    history = make_statistics(before, shipped_catalogue, HERE, "2023-24")
    (referrals,) = [s for s in compare_with_previous(made, history) if s.indicator == "referrals"]
    assert (referrals.statistic_id, referrals.current) == ("referrals.count.h2", False)
    assert referrals.period.label == "October 2023 to March 2024"
    assert referrals.comparisons[0].words == "No earlier figure is held."
