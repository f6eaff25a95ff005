"""What anyone can add and subtract of counted figures."""

from dataclasses import fields, replace

import pytest
from made import YEAR, table

from analysis.counting.count import DEFINITIONS, count_all
from analysis.counting.facts import list_counted_facts
from analysis.returns.aggregate import Observation


def episode(number: int, sex: str) -> dict:
    return {
        "child_pseudo": f"c{number}",
        "referral_date": "2023-05-01",
        "sex": sex,
        "rereferral_12m": False,
        "referral_nfa": number == 1 or None,
    }


@pytest.fixture
def facts(shipped_catalogue) -> dict[str, list]:
    """The facts of four referrals, one of which says that it ended without further action; by name."""
    rows = [episode(number, sex) for number, sex in enumerate(["female", "male", "male", "not_known"])]
    records = {"D18": table("D18.episodes", *rows)}
    counted = count_all(records, YEAR, "Exampleshire", {"D18": "Children's services"}, shipped_catalogue)
    named: dict[str, list] = {}
    for row in (*shipped_catalogue.facts, *list_counted_facts(counted.observations, shipped_catalogue.measures)):
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


def test_a_share_is_tied_to_the_count_that_is_its_base(facts):
    assert roles(facts["base of re_referrals month 2023-05"]) == {
        "whole": ("share", "referrals", "month", "2023-05"),
        "part": ("share", "re_referrals", "month", "2023-05"),
    }


def test_but_not_where_some_are_out_of_its_base(facts):
    assert "base of referrals_no_further_action" not in facts  # one of four says


def test_a_rate_gives_its_count_away(facts):
    assert roles(facts["referrals and its rate"])["part"] == ("numerator", "referrals", "", "")


def test_a_counted_share_is_a_share_of_a_measure_that_counts(shipped_catalogue):
    """Of what its base is called, there are numbers: a count, or what agencies return as one."""
    for name in DEFINITIONS:
        measure = shipped_catalogue.measures[name]
        if measure.measure == "percent" and measure.of:
            assert shipped_catalogue.measures[measure.of].measure in ("count", "percent"), name


def test_every_fact_names_measures_and_has_a_whole_and_a_part(facts, shipped_catalogue):
    for rows in facts.values():
        assert {row.role for row in rows} == {"whole", "part"}
        assert {row.indicator for row in rows} <= set(shipped_catalogue.measures)


def seen(indicator: str, value: float, measure_type: str = "count", **more) -> Observation:
    """An observation of a whole measure."""
    plain = dict.fromkeys(field.name for field in fields(Observation))
    given = {"indicator": indicator, "dimension": "", "category": "", "value": value, "measure_type": measure_type}
    return Observation(**{**plain, **given, **more})


def test_a_share_is_tied_to_the_count_that_is_its_part(shipped_catalogue):
    share = seen("contacts_to_early_help", 25.0, "percent", numerator=3.0, denominator=12.0)
    helped = seen("contacts", 3.0, dimension="outcome", category="early help")
    named = {row.fact: row.kind for row in list_counted_facts([share, helped], shipped_catalogue.measures)}
    assert named == {"part of contacts_to_early_help": "numerator"}
    other = replace(helped, value=4.0)  # a return that counts otherwise
    assert list(list_counted_facts([share, other], shipped_catalogue.measures)) == []


def test_a_share_of_a_month_is_tied_to_the_part_of_that_month(shipped_catalogue):
    may, june = ({"dimension": "month", "category": month} for month in ("2023-05", "2023-06"))
    share = seen("conferences_to_plan", 60.0, "percent", numerator=3.0, denominator=5.0, **may)
    plans = [seen("plans_started", 3.0, **may), seen("plans_started", 3.0, **june)]
    (whole, part) = list_counted_facts([share, *plans], shipped_catalogue.measures)
    assert (whole.kind, whole.indicator, whole.category) == ("numerator", "plans_started", "2023-05")
    assert part.category == "2023-05"


def test_one_number_under_two_names_is_known_as_one(shipped_catalogue):
    alone = seen("uasc_population", 12.0)
    among = seen("children_looked_after", 12.0, dimension="uasc", category="unaccompanied")
    rows = list(list_counted_facts([alone, among], shipped_catalogue.measures))
    assert roles(rows) == {
        "whole": ("sum", "children_looked_after", "uasc", "unaccompanied"),
        "part": ("sum", "uasc_population", "", ""),
    }
