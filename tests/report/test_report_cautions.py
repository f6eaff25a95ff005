"""A caution stands where the figures that its topic shows make it true, and nowhere else."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.measures.periods import Period
from analysis.measures.topics import CONDITIONS, Caveat
from analysis.report.cautions import OF_FIGURES, holds, list_cautions
from tests.examples import made, seen

CALENDAR = Period(date(2023, 1, 1), date(2023, 12, 31), "calendar_year")
LONG = Period(date(2023, 2, 1), date(2024, 3, 31), "other")
UNDATED = Period(None, None, "unclear")
SHARE = {"measure_type": "percent", "unit": "percent", "value": 50.0}


@pytest.fixture
def figure(catalogue):
    return made(catalogue, seen())[0]


@pytest.fixture
def share(catalogue):
    return made(catalogue, seen(**SHARE, numerator=20.0, denominator=40.0))[0]


@pytest.mark.parametrize(
    ("when", "change"),
    [
        ("no_period", {"period": UNDATED}),
        ("calendar_year", {"period": CALENDAR}),
        ("long_period", {"period": LONG}),
        ("hidden", {"status": "suppressed"}),
        ("inexact", {"qualifier": "over"}),
        ("next_year", {"offset": 1}),
        ("zero", {"value": 0.0}),
        ("other_area", {"own_geography": False, "geography": "The force"}),
        ("no_area", {"own_geography": False, "geography": "unclear"}),
        ("change", {"measure_type": "change_percent"}),
        ("returned lado_contacts", {"is_counted": False}),
    ],
)
def test_a_condition_of_single_figures_is_true_of_one_that_is_so(figure, when, change):
    plain = replace(figure, is_counted=True)
    assert not holds(when, [plain], [plain])
    assert holds(when, [plain, replace(plain, **change)], [])


@pytest.mark.parametrize(("base", "few", "missing"), [(19.0, True, False), (20.0, False, False), (None, False, True)])
def test_a_base_is_missing_or_of_few(share, base, few, missing):
    shown = [replace(share, denominator=base)]
    assert (holds("few", shown, []), holds("no_base", shown, [])) == (few, missing)


def test_a_list_holds_no_share_and_a_measure_is_lacking_where_the_report_has_none(figure, share):
    assert holds("no_share lado_contacts", [figure], [])
    assert not holds("no_share lado_contacts", [figure, share], [])
    assert not holds("no_share lado_contacts", [], [])
    assert holds("lacks lado_contacts", [], [replace(figure, status="unavailable")])
    assert not holds("lacks lado_contacts", [], [figure])
    assert holds("shows lado_contacts", [figure], []) and not holds("shows lado_contacts", [], [figure])


@pytest.mark.parametrize(("events", "repeated"), [(631.0, False), (754.0, False), (755.0, True)])  # by 604 people
def test_few_have_most_of_the_events_where_there_are_many_for_each_person(figure, events, repeated):
    pair = [replace(figure, indicator="events", value=events), replace(figure, indicator="people", value=604.0)]
    assert holds("repeats events people", pair, []) == repeated
    assert not holds("repeats events people", pair[:1], [])


def test_a_caution_without_a_condition_always_stands(figure):
    caveats = (Caveat("Contacts, not people."), Caveat("A base is missing.", "no_base"))
    assert list_cautions(caveats, [figure], []) == ["Contacts, not people."]


def test_every_condition_that_a_topic_may_name_can_be_judged():
    assert {*OF_FIGURES, "lacks", "no_share", "repeats"} == set(CONDITIONS)
