"""What earlier years give a trend: wholes and months alone, and under which definitions they were returned."""

import pytest
from made import YEAR, at_random

from analysis.counting.count import count_all
from analysis.counting.year import Year, name_series

AGENCY = {"D18": "Children's services"}


@pytest.fixture(scope="module")
def episodes():
    return at_random(3, 40, ["D18.episodes"])


def counted(records, dictionary, **how):
    return count_all(records, YEAR, "Exampleshire", AGENCY, dictionary, **how).observations


def test_without_detail_wholes_and_months_are_counted_and_are_the_same(episodes, shipped_dictionary):
    full, slim = (counted(episodes, shipped_dictionary, detail=detail) for detail in (True, False))
    assert {o.dimension for o in slim} == {"", "month"}
    assert slim == [o for o in full if o.dimension in ("", "month")]
    assert len(slim) < len(full)


def test_figures_carry_the_version_that_the_register_says(episodes, shipped_dictionary):
    said = counted(episodes, shipped_dictionary, versions={"D18": "2022-23"}, detail=False)
    assert {o.definition_version for o in said} == {"2022-23"}
    unsaid = counted(episodes, shipped_dictionary, detail=False)
    assert {o.definition_version for o in unsaid} == {
        shipped_dictionary.indicators[o.indicator].definition_version for o in unsaid
    }


def year(version, **breaks):
    return Year([], {}, {}, {"D23": version, "D16": version}, breaks)


def test_a_break_begins_a_series_and_the_years_after_it_go_on_with_it():
    years = [year("1"), year("1", D23="2022-04-01"), year("1")]
    series = [name_series(years[: place + 1])["D23"] for place in range(3)]
    assert series == ["1", "1, series from 2022-04-01", "1, series from 2022-04-01"]
    assert [name_series(years[: place + 1])["D16"] for place in range(3)] == ["1", "1", "1"]
