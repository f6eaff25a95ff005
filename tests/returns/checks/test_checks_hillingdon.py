"""The real figures of Hillingdon: every finding of arithmetic is one that was judged by hand (docs/checks.md)."""

from collections import Counter

import pytest

from analysis.cli.check import find_problems
from analysis.returns.checks.document import list_rules
from analysis.returns.checks.rule import level_of
from analysis.settings import REPOSITORY

ARITHMETIC = {
    "parts_against_whole",
    "part_exceeds_whole",
    "shares_over_100",
    "percent_against_numbers",
    "impossible_percentage",
    "implausible_jump",
    "change_against_figures",
    "fact_differs",
    "figure_repeated",
}
JUDGED = {
    "2018-19": set(),
    "2019-20": {("safeguarding_officers.csv", 9, "implausible_jump")},
    "2022-23": set(),
    "2023-24": {
        ("lado.csv", 22, "impossible_percentage"),
        ("independent_scrutineer.csv", 5, "figure_repeated"),
        ("independent_scrutineer.csv", 6, "figure_repeated"),
        ("lado.csv", 23, "figure_repeated"),
        ("lado.csv", 27, "figure_repeated"),
    },
}


@pytest.mark.parametrize("year", JUDGED)
def test_findings_of_arithmetic_are_those_that_were_judged(hillingdon, year):
    problems, _ = find_problems("hillingdon", year)
    assert {problem.severity for problem in problems} == {"warning"}
    assert {(one.file, one.row, one.rule) for one in problems if one.rule in ARITHMETIC} == JUDGED[year]


ASKED = {  # of exampleshire's last year; the named recommendations are of other sources than before
    ("partnership_team_D08_recommendations.csv", None, "split_moved"),
    ("adult_services.csv", 3, "count_against_records"),
    ("lado_D23_contacts.csv", None, "split_moved"),
}
PLANTED = {  # names in place of pseudonyms, two in each column of keys
    ("adult_services_D26_concerns.csv", "contact_id"): 2,
    ("childrens_services_D16.csv", "contact_id"): 2,
    ("lado_D23_contacts.csv", "setting_pseudo"): 2,
    ("police_D32.csv", "offence_pseudo"): 2,
}


def test_questions_about_the_synthetic_year_are_those_that_were_planted(exampleshire_problems):
    asked = [one for one in exampleshire_problems if level_of(one) != "noted" and one.file != "partnership.toml"]
    assert {(one.file, one.row, one.rule) for one in asked if one.rule != "odd_key"} == ASKED
    assert Counter((one.file, one.column) for one in asked if one.rule == "odd_key") == PLANTED


def test_the_documented_table_is_that_of_the_register():
    assert list_rules() in (REPOSITORY / "docs" / "checks.md").read_text(encoding="utf-8")
