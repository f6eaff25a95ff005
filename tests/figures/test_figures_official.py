"""Official statistics beside ours: both values side by side, verdicts in words, nothing joined by guess."""

from datetime import date

import pytest

from analysis.charts.check import check as check_chart
from analysis.figures.official import describe_all, home_of, list_beside
from analysis.measures.periods import Period, parse_year
from analysis.official import comparators_for
from analysis.partnership import load_partnership
from analysis.report.official import list_columns, make_row, show_official
from analysis.report.official_charts import draw_officials
from analysis.settings import REPOSITORY
from analysis.statements.titles import load_titles
from tests.examples import made, plans

HILLINGDON = load_partnership("hillingdon", REPOSITORY / "data")
PUBLISHED = REPOSITORY / "data" / "published"
YEAR = parse_year("2023-24")
SNAPSHOT = Period(date(2024, 3, 31), date(2024, 3, 31), "snapshot")


@pytest.fixture(scope="module")
def found(shipped_catalogue):
    from dataclasses import replace

    from analysis.measures.catalogue import load_catalogue
    from tests.examples import FIXTURE_PHRASES

    (plan,) = made(load_catalogue(FIXTURE_PHRASES), plans(value=254.0, period=SNAPSHOT))
    ours = replace(plan, indicator="child_protection_plans", own_geography=True, offset=0)
    beside = list_beside([ours], HILLINGDON, shipped_catalogue, YEAR, PUBLISHED)
    return {one.comparator: one for one in describe_all(beside, shipped_catalogue, HILLINGDON)}


def test_the_return_and_the_publisher_stand_side_by_side_with_a_reason(found):
    (sentence,) = found["child_protection_plans"].sentences
    assert sentence.startswith(
        "The return gives 254 at 31 March 2024; the published figure for Hillingdon is 252 at 31 March 2024. "
        "A possible reason: "
    )


def test_a_rate_is_told_against_region_country_and_neighbours(found):
    rate = found["child_protection_plans_rate"]
    assert rate.returned
    assert rate.notable
    assert [(place.name, place.display) for place in rate.places] == [
        ("Hillingdon", "33.8"),
        ("London", "40.2"),
        ("England", "41.4"),
        ("Neighbours' median", "45.6"),
    ]
    assert rate.sentences == (
        "Hillingdon has 33.8 per 10,000 children: lower than London (40.2) and England (41.4); 2nd lowest of 11 "
        "with its statistical neighbours; in the lowest quarter of 151 councils in England.",
    )
    assert len(rate.neighbours) == 10


def test_without_what_a_verdict_needs_there_is_none_and_the_reason_is_given(found):
    (sentence,) = found["referrals_rate"].sentences
    assert (
        "no verdict against London (552.9) and England (515.7), since a child may be counted more than once" in sentence
    )


def test_what_no_return_gave_is_found_too_and_said_to_be_so(found):
    assert not found["looked_after_dental_checks"].returned
    assert found["looked_after_dental_checks"].section == "08_children_social_care"
    assert len([one for one in found.values() if not one.returned]) >= 20


def test_a_symbol_of_the_publisher_is_shown_with_its_meaning(found):
    hidden = [place for one in found.values() for place in (*one.places, *one.neighbours) if place.value is None]
    assert hidden
    assert all(place.display.startswith("[") and place.reason for place in hidden)


def test_adults_have_their_outcome_and_the_national_headlines(found):
    outcome = found["risk_reduced_or_removed"]
    assert outcome.section == "09_adult_social_care"
    assert outcome.period == "April 2023 to March 2024"
    assert outcome.places[0].name == "Hillingdon"
    national = found["safeguarding_concerns"]
    assert [(place.name, place.display) for place in national.places] == [("England", "615,530")]


def test_what_is_only_a_base_is_not_shown(found):
    assert not {"population_0_17", "population_18_plus", "initial_conferences_in_time"} & set(found)


@pytest.mark.shared
@pytest.mark.slow
def test_a_council_that_nobody_tuned_to_has_its_comparators_by_configuration_alone(published, shipped_catalogue):
    from analysis.partnership import Partnership, Section

    homes = ("08_children_social_care", "09_adult_social_care", "12_5_domestic_abuse")  # where official figures stand
    sections = tuple(Section(id, str(number), id, "Council") for number, id in enumerate(homes, start=1))
    leeds = Partnership("leeds", "Leeds Safeguarding", "E08000035", "Leeds", sections=sections)
    beside = list_beside([], leeds, shipped_catalogue, YEAR, published)
    found = {one.comparator: one for one in describe_all(beside, shipped_catalogue, leeds)}
    rate = found["child_protection_plans_rate"]
    assert [place.name for place in rate.places] == [
        "Leeds",
        "Yorkshire and The Humber",
        "England",
        "Neighbours' median",
    ]
    assert len(rate.neighbours) == 10
    assert len(found) >= 35


def test_every_figure_names_its_source_release_and_licence(found):
    assert all("release" in one.source and ("icence" in one.source or "credit" in one.source) for one in found.values())


def test_a_row_has_a_cell_for_every_column(found):
    officials = [found["child_protection_plans"], found["child_protection_plans_rate"]]
    columns = list_columns(officials)
    assert columns == ["Hillingdon", "London", "England", "Neighbours' median"]
    assert make_row(officials[0], columns)["cells"] == ["252", "7,690", "49,900", "[z]"]
    assert make_row(found["re_referrals"], columns)["cells"][0] == "19.5%"


def test_the_charts_pass_the_chart_check(found):
    charts, refused = draw_officials(
        [found["child_protection_plans_rate"]], load_titles(REPOSITORY / "data" / "dictionary")
    )
    assert not refused
    assert [chart.id for chart in charts] == [
        "child_protection_plans_rate_trend",
        "child_protection_plans_rate_neighbours",
        "child_protection_plans_rate_funnel",
    ]
    assert [chart.title.partition("(rate) ")[2] for chart in charts] == [
        "over the years: Hillingdon fell to 33.8 from 52.4 in 2019",
        "beside statistical neighbours: Hillingdon lower than England",
        "among all councils: Hillingdon differs from England no more than many councils do",
    ]
    for chart in charts:
        assert check_chart(chart.chart) == []
        assert "Hillingdon" in chart.alt


def test_a_comparator_stands_in_its_indicators_section_else_in_its_sources(shipped_catalogue):
    from dataclasses import replace

    from msgspec import structs

    plans = shipped_catalogue.measures["child_protection_plans"]
    moved = {
        **shipped_catalogue.measures,
        "child_protection_plans": structs.replace(plans, sections=("absent", "13_next_priorities")),
    }
    other = replace(shipped_catalogue, measures=moved)
    assert home_of("child_protection_plans_rate", other, HILLINGDON) == "13_next_priorities"
    without = replace(HILLINGDON, sections=())
    assert home_of("child_protection_plans_rate", other, without) == "08_children_social_care"
    assert home_of("risk_reduced_or_removed", other, without) == "09_adult_social_care"


def test_nothing_official_gives_nothing():
    assert show_official([], id="x", title="T", section="s", drawn=True, titles={}).html == ""


@pytest.mark.parametrize(("ours", "says"), [(2700.0, False), (2650.0, True)])
def test_a_reason_fits_the_direction_of_the_difference(ours, says):
    need = comparators_for("children_in_need", "E09000017", SNAPSHOT, folder=PUBLISHED)
    assert ("leave out care leavers" in need.list_reasons(ours)) == says
    assert "another day" in need.list_reasons(ours)
