"""The published figures that ship: real values, as their publishers print them, of a small selection of areas."""

from datetime import date

import pandas as pd
import pytest

from analysis.measures.periods import Period
from analysis.official import comparators_for, load_definitions, open_store
from analysis.official.areas import COLUMNS, read_areas
from analysis.official.store import STORED
from tools.shipped import FOLDER

HILLINGDON = "E09000017"
YEAR = Period(date(2023, 4, 1), date(2024, 3, 31), "financial_year")
MARCH = Period(date(2024, 3, 31), date(2024, 3, 31), "snapshot")


def beside(indicator, **options):
    basis = load_definitions().comparator(indicator).basis
    return comparators_for(indicator, HILLINGDON, MARCH if basis == "snapshot" else YEAR, folder=FOLDER, **options)


@pytest.mark.parametrize(
    ("indicator", "own", "england"),
    [
        # Department for Education: children in need, release of 2024
        ("child_protection_plans", 252, 49_900),
        ("re_referrals", 19.5, 22.4),
        # the same, in the interactive tool: 1,240 enquiries for 74,488 children at mid-2023 are 166.5
        ("section47_rate", 166.5, 186.2),
        # Department for Education: children looked after, release of 2025
        ("children_looked_after", 318, 83_530),
        ("children_looked_after_rate", 43, 69),
        ("care_leavers_in_eet", 54, 54),
        # Department of Health and Social Care: ASCOF 2024-25, table 4B
        ("risk_reduced_or_removed", 84.9, 91.2),
    ],
)
def test_the_council_and_england_as_published(indicator, own, england):
    found = beside(indicator)
    assert (found.own.value, found.national.value, found.lag) == (own, england, "")


def test_a_rate_stands_on_the_population_of_the_summer_before():
    own = beside("section47_rate").own
    assert (own.numerator, own.denominator) == (1_240, 74_488)


def test_a_share_of_the_tool_takes_its_base_from_the_departments_bands():
    own = beside("assessments_within_45_days").own  # 3,597 of 3,913 are 91.9 per cent
    assert (own.value, own.numerator, own.denominator) == (91.9, 3_597, 3_913)
    hidden = beside("initial_conferences_within_15_days").own  # a band on either side is suppressed
    assert (hidden.value, hidden.numerator) == (92.2, None)


def test_adults_national_headlines_stand_beside_a_council_without_one_of_its_own():
    found = beside("section42_enquiries")
    assert (found.own, found.national.value) == (None, 176_560)
    assert beside("safeguarding_concerns").national.value == 615_530


def test_the_newest_national_marac_year_lies_a_year_behind():
    found = beside("marac_cases")
    assert (found.national.value, found.national.area_name) == (118_140, "United Kingdom")
    assert found.lag.startswith("Published figures are for April 2022 to March 2023")


def test_the_ten_neighbours_of_both_models():
    names = {
        model: [one.area_name for one in beside("re_referrals", model=model).neighbours] for model in ("2021", "2025")
    }
    assert names["2025"] == [
        "Hounslow", "Redbridge", "Waltham Forest", "Peterborough", "Ealing",
        "Southampton", "Harrow", "Reading", "Slough", "Coventry",
    ]  # fmt: skip
    assert len(names["2021"]) == 10
    assert names["2021"] != names["2025"]


def test_places_and_quarters_are_of_all_english_councils():
    found = beside("re_referrals", polarity="lower_is_better")
    assert found.quarter_words == "in the second lowest quarter of 149 councils in England"
    assert found.place.of == 149
    assert found.neighbour_rank.words == "5th of 11, lowest first"


@pytest.mark.parametrize("indicator", sorted(load_definitions().comparators))
def test_every_comparator_has_figures_of_the_shipped_council_or_of_the_nation(indicator):
    store = open_store(FOLDER)
    assert {HILLINGDON, "E92000001", "K02000001"} & set(store.rows[indicator]["area_code"])


def test_every_council_is_shipped_and_the_files_are_small():
    store, councils = open_store(FOLDER), set(read_areas().codes("local_authority"))
    assert councils <= set(store.rows["children_looked_after_rate"]["area_code"])
    assert councils <= {code for model, code in store.neighbours if model == "2025"}
    assert sum(file.stat().st_size for file in FOLDER.glob("*.csv")) < 12_000_000


def test_a_funnel_is_of_all_councils():
    found = beside("child_protection_plans_rate")
    assert len(found.councils) == 153
    assert sum(one.numerator is not None for one in found.councils) >= 140
    assert beside("re_referrals").councils == ()


def test_every_figure_names_its_source_release_and_licence():
    for rows in open_store(FOLDER).rows.values():
        assert not rows[["source", "release", "licence"]].isin(["", None]).any(axis=None)


def test_known_errors_are_told():
    found = comparators_for(
        "risk_reduced_or_removed",
        "E08000023",
        Period(date(2024, 4, 1), date(2025, 3, 31), "financial_year"),
        folder=FOLDER,
    )
    assert found.own.value is None  # South Tyneside's counts contradict each other
    assert "contradict each other" in " ".join(caveat.words for caveat in found.caveats)
    assert any("Devon" in caveat.words for caveat in open_store(FOLDER).caveats)
    revised = beside("section47_rate").caveats
    assert any(caveat.kind == "revision" and "population" in caveat.words for caveat in revised)


def test_the_register_holds_the_153_councils_and_each_code_once():
    areas = read_areas()
    assert len(areas.codes("local_authority")) == 153
    assert len(areas.codes("region")) == 9
    others = [code for area in areas.by_code.values() for code in area.other_codes.split()]
    assert not set(others) & set(areas.by_code)
    assert areas.get("E08000020").name == "Gateshead"  # its code until 2012
    raw = pd.read_csv(FOLDER / "areas.csv", dtype="str")
    assert tuple(raw) == COLUMNS
    assert raw["code"].is_unique


def test_what_is_written_is_what_is_read():
    assert list(pd.read_csv(FOLDER / "lait.csv", nrows=1)) == list(STORED)


def test_an_indicator_has_a_comparator_or_a_reason_never_both():
    definitions = load_definitions()
    served = [name for one in definitions.comparators.values() for name in one.serves or (one.id,)]
    assert len(served) == len(set(served))
    assert not set(served) & set(definitions.without)


@pytest.mark.parametrize("comparator", load_definitions().comparators.values(), ids=lambda one: one.id)
def test_a_percent_or_a_rate_says_what_it_is_a_share_of(comparator):
    assert comparator.definition.endswith(".")
    if comparator.unit in ("percent", "per_10000"):
        assert comparator.denominator
