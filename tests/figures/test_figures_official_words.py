"""What is said of an official figure, and its years: hidden and revised are said, intervals only where they hold."""

from dataclasses import replace
from datetime import date

import pytest
from msgspec import structs

from analysis.figures.official import unit_words
from analysis.figures.official_words import make_sentences
from analysis.figures.official_years import Moved, make_years, measure_move
from analysis.measures.periods import Period
from analysis.official import ComparatorSet, Published, change_of, limits_of

ASKED = Period(date(2024, 3, 31), date(2024, 3, 31), "snapshot")


def figure(year=2024, value=33.8, symbol="", numerator=252.0, denominator=74_500.0, **changes):
    day = date(year, 3, 31)
    one = Published(
        "child_protection_plans_rate", "E09000017", "Hillingdon", "local_authority", Period(day, day, "snapshot"),
        value, symbol, numerator, denominator, "per_10000", "lait", "2025", "OGL",
    )  # fmt: skip
    return structs.replace(one, **changes)


def figures(**changes):
    found = ComparatorSet(
        "child_protection_plans_rate", "E09000017", ASKED, "child_protection_plans_rate", period=ASKED,
        unit="per_10000", decimals=1, own=figure(),
    )  # fmt: skip
    return replace(found, **changes)


def test_a_rate_has_the_limits_of_its_count():
    # Byar's limits of 252 events are 221.9 and 285.1 (its formula by hand), for 74,500 children.
    found = limits_of(figure())
    assert found.lower == pytest.approx(29.78, abs=0.01)
    assert found.upper == pytest.approx(38.27, abs=0.01)


def test_a_share_has_wilsons_limits():
    # Newcombe 1998, table I: 81 of 263 is 0.2553 to 0.3662.
    found = limits_of(figure(indicator="re_referrals", unit="percent", value=30.8, numerator=81.0, denominator=263.0))
    assert (round(found.lower, 2), round(found.upper, 2)) == (25.53, 36.62)


@pytest.mark.parametrize(
    "one",
    [
        None,
        figure(value=None, symbol="c"),
        figure(numerator=None),
        figure(denominator=0.0),
        figure(indicator="referrals_rate"),
        figure(unit="children"),
    ],
)
def test_there_is_no_interval_without_a_base_or_where_events_recur(one):
    assert limits_of(one) is None


def test_a_hidden_figure_of_the_council_is_said_to_be_hidden_and_why():
    (sentence,) = make_sentences(figures(own=figure(value=None, symbol="c")), None, " per 10,000 children")
    assert sentence == (
        "The published figure for Hillingdon at 31 March 2024 is not shown: "
        "suppressed by the publisher so that no one can be recognised."
    )


def test_a_revision_is_said():
    said = make_sentences(figures(own=figure(revised="34.1 in release 2024")), None, " per 10,000 children")
    assert "The publisher has revised its figure: it was 34.1 in release 2024." in said


def test_of_how_many_neighbours_the_median_is():
    near = tuple(figure(value=value, symbol="" if value else "c") for value in (10.0, 20.0, None))
    said = make_sentences(figures(neighbours=near, neighbours_without=("Slough",)), None, " per 10,000 children")
    assert "The neighbours' median is of the 2 of 4 whose figures are shown." in said


def test_a_rate_of_adults_is_not_said_to_be_of_children():
    from analysis.official import load_definitions

    definitions = load_definitions().comparators
    assert unit_words("per_10000", definitions["marac_cases_rate"]) == " per 10,000 adult women"
    assert unit_words("per_10000", definitions["referrals_rate"]) == " per 10,000 children"
    assert unit_words("enquiries", definitions["section42_enquiries"]) == ""


PREVIOUS = tuple(figure(year, 30.0 + year - 2020) for year in (2021, 2022, 2023))


def test_the_years_have_the_councils_interval_and_the_neighbours_range():
    shown = (ASKED, (20.0, 25.0, 30.0, 35.0, 40.0))
    points = make_years(figures(previous=PREVIOUS, neighbour_years=(shown,)))
    assert [point.year for point in points] == ["2021", "2022", "2023", "2024", "2024"]
    assert points[3].lower == pytest.approx(29.78, abs=0.01)
    assert (points[-1].series, points[-1].display) == ("Neighbours' range", "20.0 to 40.0")


def test_a_range_over_fewer_than_five_neighbours_is_not_drawn():
    points = make_years(figures(previous=PREVIOUS, neighbour_years=((ASKED, (20.0, 25.0, 30.0, 35.0)),)))
    assert {point.series for point in points} == {"Hillingdon"}


def test_a_year_that_the_council_lacks_keeps_its_place():
    national = {"national": tuple(structs.replace(one, area_name="England") for one in PREVIOUS)}
    points = make_years(figures(previous=PREVIOUS[:1] + PREVIOUS[2:], history=national))
    assert [(point.year, point.display) for point in points[:4]] == [
        ("2021", "31.0"),
        ("2022", "[x]"),
        ("2023", "33.0"),
        ("2024", "33.8"),
    ]


def test_two_years_of_the_council_are_no_trend():
    assert make_years(figures(previous=PREVIOUS[:1])) == ()


def test_a_change_is_measured_within_one_source_alone():
    assert change_of(figure(2019, numerator=380.0), figure()).verdict == "fallen"
    assert change_of(figure(2019, numerator=251.0), figure()).verdict == "chance alone could give that"
    assert change_of(figure(2019, numerator=380.0, source="children_in_need"), figure()) is None
    assert change_of(figure(2019, numerator=None), figure()) is None


def test_how_the_council_moved_since_the_first_year_shown():
    before = (figure(2020, None, symbol="c"), figure(2021, 51.0, numerator=380.0), *PREVIOUS[1:])
    assert measure_move(figures(previous=before)) == Moved("fallen", "51.0", "2021", "33.8")
    assert measure_move(figures(previous=())) is None
