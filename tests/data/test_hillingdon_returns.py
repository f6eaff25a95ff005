"""The figures that ship for Hillingdon: none missing, none altered, none that could name a person."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from analysis.measures.strict import read_rows

REPOSITORY = Path(__file__).resolve().parents[2]
HILLINGDON = REPOSITORY / "data" / "hillingdon"
PUBLISHED = REPOSITORY.parent / "shared" / "domain" / "published_figures.csv"
MEASURES = {"count", "percent", "rate", "mean", "amount", "change_percent", "change_absolute"}
REPORT, MINUTES = "hillingdon-2023-24", "hillingdon-2019-20-minutes"
KEPT = (
    "indicator",
    "dimension",
    "category",
    "measure_type",
    "value",
    "qualifier",
    "unit",
    "period_start",
    "period_end",
    "period_basis",
    "geography",
)
FACT = (*KEPT[:4], *KEPT[7:])  # what a figure is about: all but its value, qualifier and unit
COLUMNS = (*KEPT[:7], "numerator", "denominator", *KEPT[7:], "note")
YEARS = ("2018-19", "2019-20", "2022-23", "2023-24")
SUPPLIED_NOTHING = {"London Fire Brigade", "The Churchill Clementine Hospital"}


def read_returns(year: str) -> dict[str, list[dict[str, str]]]:
    """Return a year's rows by file."""
    folder = HILLINGDON / year / "returns"
    return {path.name: read_rows(path, COLUMNS, ("definition_version",)) for path in sorted(folder.glob("*.csv"))}


def figures(year: str, measures: set[str] = MEASURES) -> list[dict[str, str]]:
    """Return a year's rows of these measure types, of all files together."""
    return [row for rows in read_returns(year).values() for row in rows if row["measure_type"] in measures]


def kept(rows: list[dict[str, str]]) -> Counter:
    """Return the rows as published: everything but numerator, denominator and note, counted."""
    return Counter(tuple(row[column] for column in KEPT) for row in rows)


def read_published(document: str) -> list[dict[str, str]]:
    """Return the published figures of one document, an unstated place as the returns have it."""
    if not PUBLISHED.is_file():
        pytest.skip("the folder of real inputs isn't beside the checkout")
    with PUBLISHED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["document"] == document]
    return [row | {"geography": row["geography"] or "unclear"} for row in rows]


@pytest.mark.shared
def test_every_substantive_figure_is_there_and_unaltered():
    exp = [row for row in read_published(REPORT) if row["measure_type"] in MEASURES]
    assert len(exp) == 251
    assert kept(figures("2023-24")) == kept(exp)


@pytest.mark.shared
def test_each_agency_has_its_own_file_and_only_its_own_figures():
    obs = Counter(len(rows) for rows in map(_substantive, read_returns("2023-24").values()))
    exp = Counter(row["agency"] for row in read_published(REPORT) if row["measure_type"] in MEASURES)
    assert obs == Counter(exp.values())


def _substantive(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in rows if row["measure_type"] in MEASURES]


@pytest.mark.shared
def test_earlier_years_hold_only_published_figures():
    exp = kept(read_published(REPORT)) + kept(read_published(MINUTES))
    for year in YEARS[:-1]:
        assert not set(kept(figures(year))) - set(exp), year


@pytest.mark.shared
def test_every_figure_of_the_minutes_is_in_its_year():
    exp = [row for row in read_published(MINUTES) if row["measure_type"] in MEASURES]
    assert not kept(exp) - kept(figures("2019-20"))


@pytest.mark.shared
def test_targets_thresholds_and_durations_are_those_published():
    others = {"target", "threshold", "duration"}
    exp = kept(read_published(REPORT)) + kept(read_published(MINUTES))
    obs = sum((kept(figures(year, others)) for year in YEARS), Counter())
    assert obs
    assert not set(obs) - set(exp)


def test_the_report_has_251_substantive_figures_of_246_keys():
    rows = figures("2023-24")
    keys = {tuple(row[c] for c in ("indicator", "dimension", "category", "qualifier", "value")) for row in rows}
    assert (len(rows), len(keys)) == (251, 246)


@pytest.mark.parametrize(("year", "count"), [("2018-19", 1), ("2019-20", 20), ("2022-23", 8)])
def test_earlier_years_have_their_figures(year, count):
    assert len(figures(year)) == count


def test_a_fact_in_two_years_folders_is_the_same():
    seen: dict[tuple, dict[str, str]] = {}
    for year in YEARS:
        for row in figures(year):
            if row["qualifier"] in ("at_least", "up_to"):  # the two bounds of a range are two facts
                continue
            fact = tuple(row[column] for column in FACT)
            assert seen.setdefault(fact, row) | {"note": ""} == row | {"note": ""}, (year, fact)


@pytest.mark.parametrize(
    ("indicator", "numerator", "denominator", "value"),
    [
        ("lado_substantiated_rate", "30", "253", "11.86"),
        ("lado_open_cases", "7", "7", "100"),
        ("care_leavers_supported", "", "765", "49"),
        ("lado_threshold_met", "", "107", "50"),
    ],
)
def test_only_a_base_that_the_report_prints_is_given(indicator, numerator, denominator, value):
    based = {row["indicator"]: row for row in figures("2023-24") if row["denominator"]}
    assert len(based) == 4
    obs = [based[indicator][column] for column in ("numerator", "denominator", "value")]
    assert obs == [numerator, denominator, value]


def test_no_age_of_a_person_and_no_date_of_a_case_is_held():
    indicators = {row["indicator"] for year in YEARS for rows in read_returns(year).values() for row in rows}
    assert not {name for name in indicators if name.endswith(("_age", "_date"))}


def test_the_register_says_who_sent_no_figure_and_whose_figures_hold_no_local_activity():
    path = HILLINGDON / "2023-24" / "returns.csv"
    with path.open(encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    obs = {entry["agency"] for entry in entries if entry["status"] == "narrative_only"}
    assert obs == SUPPLIED_NOTHING
    no_activity = {entry["section"] for entry in entries if entry["note"].startswith("no local activity")}
    assert no_activity >= {
        "10_integrated_care_board",
        "12_1_mental_health_trust",
        "12_4_acute_hospital",
        "12_5_domestic_abuse",
        "12_8_probation",
    }
