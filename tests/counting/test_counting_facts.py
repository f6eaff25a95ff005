"""What anyone can add and subtract of counted figures."""

import pytest

from analysis.counting.definitions import get_definitions


@pytest.fixture
def facts(shipped_catalogue) -> dict[str, list]:
    """The facts of the catalogue by name."""
    named: dict[str, list] = {}
    for row in shipped_catalogue.facts:
        named.setdefault(row.fact, []).append(row)
    return named


def roles(rows) -> dict:
    return {row.role: (row.kind, row.indicator, row.dimension, row.category) for row in rows}


def test_a_total_is_the_sum_of_its_categories(facts):
    assert roles(facts["referrals by sex"]) == {
        "whole": ("sum", "referrals", "", ""),
        "part": ("sum", "referrals", "sex", ""),
    }
    assert roles(facts["referrals by month"])["part"] == ("sum", "referrals", "month", "")


def test_where_one_row_or_person_may_be_in_several_categories_each_is_only_contained(facts):
    assert roles(facts["safeguarding_concerns by abuse_type"])["whole"][0] == "part"
    assert roles(facts["looked_after_started by month"])["whole"][0] == "part"


def test_a_rate_gives_its_count_away(facts):
    assert roles(facts["referrals and its rate"])["part"] == ("numerator", "referrals", "", "")


def test_a_counted_share_is_a_share_of_a_measure_that_counts(shipped_catalogue):
    """Of what its base is called, there are numbers: a count, or what agencies return as one."""
    for name in get_definitions():
        measure = shipped_catalogue.measures[name]
        if measure.measure == "percent" and measure.of:
            assert shipped_catalogue.measures[measure.of].measure in ("count", "percent"), name


def test_every_fact_names_measures_and_has_a_whole_and_a_part(facts, shipped_catalogue):
    for rows in facts.values():
        assert {row.role for row in rows} == {"whole", "part"}
        assert {row.indicator for row in rows} <= set(shipped_catalogue.measures)
