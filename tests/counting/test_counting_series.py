"""What earlier years give a trend: wholes and months alone, and under which definitions they were returned."""

from dataclasses import replace
from datetime import date

import pytest
from made import YEAR, at_random

from analysis.counting.count import count_all
from analysis.measures.periods import Period, parse_year
from analysis.returns.register import ReturnEntry
from analysis.returns.series import find_break, list_breaks, name_series, say_difference
from tests.examples import seen

AGENCY = {"D18": "Children's services"}


@pytest.fixture(scope="module")
def episodes():
    return at_random(3, 40, ["D18.episodes"])


def counted(records, catalogue, **how):
    return count_all(records, YEAR, "Exampleshire", AGENCY, catalogue, **how).observations


def test_without_detail_wholes_and_months_are_counted_and_are_the_same(episodes, shipped_catalogue):
    full, slim = (counted(episodes, shipped_catalogue, detail=detail) for detail in (True, False))
    assert {o.dimension for o in slim} == {"", "month"}
    assert slim == [o for o in full if o.dimension in ("", "month")]
    assert len(slim) < len(full)


def test_figures_carry_the_version_that_the_register_says(episodes, shipped_catalogue):
    said = counted(episodes, shipped_catalogue, versions={"D18": "2022-23"}, detail=False)
    assert {o.definition_version for o in said} == {"2022-23"}
    unsaid = counted(episodes, shipped_catalogue, detail=False)
    assert {o.definition_version for o in unsaid} == {
        shipped_catalogue.measures[o.indicator].definition_version for o in unsaid
    }


APRIL = date(2022, 4, 1)
NAMES = ("2021-22", "2022-23", "2023-24")


def line(agency="LADO", dataset="D23", file="lado.csv", **said):
    return ReturnEntry(agency=agency, dataset=dataset, file=file, **said)


def series(one, *lines, breaks=None):
    """Return the name of the series of one figure of a year whose register has these lines."""
    (named,) = name_series([one], lines, list_breaks(breaks or lines))
    return named.definition_version


BROKEN = line(break_in_series=True, break_date=APRIL)
COUNTED = seen(file="counted from the records of D23.contacts", row=0, datasets=("D23",))


@pytest.mark.parametrize("one", [seen(), COUNTED], ids=["returned", "counted here"])
def test_a_break_begins_a_series_and_the_years_after_it_go_on_with_it(one):
    """What an agency counted and what is counted here from its records are of one series."""
    figures = [replace(one, period=parse_year(name)) for name in NAMES]
    lines = {"2021-22": line(), "2022-23": BROKEN, "2023-24": line()}
    named = [series(f, lines[n], breaks=lines.values()) for f, n in zip(figures, NAMES, strict=True)]
    assert named == ["1", "1, series from 2022-04-01", "1, series from 2022-04-01"]


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        (date(2022, 3, 1), date(2022, 3, 31), "1"),  # ends on the day before
        (date(2022, 4, 1), date(2022, 4, 30), "1, series from 2022-04-01"),
        (date(2022, 1, 1), date(2022, 12, 31), "1, series broken on 2022-04-01"),  # mixes both
        (None, date(2022, 4, 1), "1, series from 2022-04-01"),
        (date(2022, 4, 1), None, "1"),  # never compared
    ],
)
def test_a_break_is_of_the_figures_that_reach_its_day(start, end, name):
    assert series(seen(period=Period(start, end, "other")), BROKEN) == name


def test_the_last_of_several_breaks_names_the_series():
    again = line(break_in_series=True, break_date=date(2023, 4, 1))
    assert series(seen(), BROKEN, again) == "1, series from 2023-04-01"


def test_the_break_of_one_agency_is_not_that_of_another_that_returns_the_same_dataset():
    other = line(agency="Police", file="police.csv")
    assert series(seen(file="police.csv"), BROKEN, other) == "1"
    assert series(COUNTED, BROKEN, other) == "1, series from 2022-04-01"  # counted from both
    assert series(seen(file="lado.csv"), BROKEN, other) == "1, series from 2022-04-01"
    assert series(replace(COUNTED, datasets=("D24",)), BROKEN, other) == "1"


def test_the_break_of_a_census_is_one_of_the_figures_counted_from_it():
    census = line(dataset="cin_census", file="census.xml", break_in_series=True, break_date=APRIL)
    need = replace(COUNTED, datasets=("D18",))
    assert series(need, census) == "1, series from 2022-04-01"
    assert series(need, line(dataset="ssda903", break_in_series=True, break_date=APRIL)) == "1"


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        ("2", "1", "the definition changed"),
        ("1, series from 2023-04-01", "1", "how it is counted changed on 1 April 2023"),
        ("2, series from 2023-04-01", "1", "how it is counted changed on 1 April 2023"),
        ("1, series from 2023-04-01", "1, series broken on 2023-04-01", "how it is counted changed on 1 April 2023"),
        ("2, series from 2023-04-01", "1, series from 2023-04-01", "the definition changed"),
    ],
)
def test_what_parts_two_series_is_said(now, before, words):
    assert say_difference(now, before) == words
    assert find_break(now) == (None if now == "2" else date(2023, 4, 1))
