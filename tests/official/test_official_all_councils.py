"""With the real releases: all 153 councils get their comparators, and recomputed values agree with published ones."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from analysis.measures.periods import Period
from analysis.official import comparators_for, load_definitions, open_store
from analysis.official.areas import read_areas
from analysis.official.store import read_values
from tools import backtest

RELEASES = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "published"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(not RELEASES.is_dir(), reason="no folder `shared` with the releases beside the checkout"),
]
YEAR = Period(date(2023, 4, 1), date(2024, 3, 31), "financial_year")
SOURCES = ("ons_population", "children_in_need")
MARCH = Period(date(2024, 3, 31), date(2024, 3, 31), "snapshot")


@pytest.fixture(scope="module")
def folder(published):
    return published


def test_every_council_has_its_own_figure_ten_neighbours_and_a_place(folder):
    for code in read_areas().codes("local_authority"):
        found = comparators_for("children_looked_after_rate", code, MARCH, folder=folder)
        assert found.own is not None, code
        assert len(found.neighbours) == 10, code
        assert found.own.value is None or found.place.of == 152, code


def test_a_council_no_one_tuned_to_has_every_comparator(folder):
    herefordshire = "E06000019"
    for name, comparator in load_definitions().comparators.items():
        if comparator.day == "03-31" and comparator.origins[0].table not in ("sac", "marac"):
            period = MARCH if comparator.basis == "snapshot" else YEAR
            found = comparators_for(name, herefordshire, period, folder=folder)
            assert (found.missing, found.lag, found.own.area_name) == ("", "", "Herefordshire, County of"), name


def test_a_newly_formed_council_is_not_taken_for_the_county_it_came_from(folder):
    before = Period(date(2021, 4, 1), date(2022, 3, 31), "financial_year")
    found = comparators_for("referrals", "E06000063", before, folder=folder)  # Cumberland, formed in April 2023
    assert (found.own.value, found.own.symbol) == (None, "-")


def test_the_single_years_of_age_give_the_population_that_the_department_uses(folder):
    ons, *department = (read_values(folder, source, load_definitions(), read_areas()) for source in SOURCES)
    editions = {edition: rows for rows in department for edition, rows in rows.groupby("release")}
    same, revised = (_equal_councils(ons, editions[edition]) for edition in ("2023", "2024"))
    assert same > 0.99  # the workbook is of the estimates that were first published for the middle of 2023
    assert revised < 0.01  # a year later they were revised for nearly every council


def _equal_councils(ons: pd.DataFrame, department: pd.DataFrame) -> float:
    """Return the share of councils whose population of mid-2023 is the same in both."""
    both = pd.concat([ons, department])
    mid = both[both["indicator"].eq("population_0_17") & both["period_end"].eq("2023-06-30")]
    values = mid.pivot(index="area_code", columns="source", values="value")
    councils = values.loc[read_areas().codes("local_authority")].dropna()
    assert len(councils) >= 150
    return (councils["ons_population"] == councils["children_in_need"]).mean()


def test_of_two_editions_the_later_one_is_shown_and_the_earlier_told(folder):
    rows = open_store(folder).rows["population_0_17"]
    mid = rows[rows["period_end"].eq("2023-06-30")].pivot(
        index="area_code", columns="source", values=["release", "revised"]
    )
    assert set(mid["release", "children_in_need"].dropna()) == {"2024"}
    assert mid["revised", "children_in_need"].str.endswith(" in release 2023").mean() > 0.95


def test_a_rates_base_is_found_for_nearly_every_council(folder):
    found = [
        comparators_for("section47_rate", code, YEAR, folder=folder).own
        for code in read_areas().codes("local_authority")
    ]
    shown = [one for one in found if one.value is not None]
    assert len(shown) >= 150
    assert all(one.numerator and one.denominator for one in shown)


def test_the_back_test_agrees_and_names_every_difference(capsys):
    assert backtest.main([str(RELEASES)]) == 0
    last = capsys.readouterr().out.strip().splitlines()[-1]
    agree, of = (int(word.replace(",", "")) for word in (last.split()[0], last.split()[2]))
    assert last.endswith("agree")
    assert of > 19_000
    assert agree / of >= 0.995


def test_named_differences_follow_from_the_counts_they_name():
    for row in backtest._known_differences():
        if row["denominator"]:
            given = 100 * int(row["tool_numerator"]) / int(row["denominator"])
            table = 100 * int(row["table_numerator"]) / int(row["denominator"])
            assert abs(given - table) < 1
            assert round(given, 1) != round(table, 1)


def test_every_adults_percentage_lies_within_what_its_counts_allow():
    known = load_definitions()
    files = backtest.find_tables(RELEASES, known)
    assert backtest.describe_ascof(files, known).startswith("ASCOF 4B: 320 of 320 ")
