"""A hidden quarter can't be found from its year and the quarters beside it."""

from datetime import date

import pytest

from analysis.disclosure.apply import gate
from analysis.disclosure.cells import Fact
from analysis.disclosure.numbers import Numbers, list_numbers
from analysis.disclosure.policy import Policy
from analysis.disclosure.spans import DAY, tie_parts
from analysis.measures.periods import Period
from tests.examples import THIS, made, seen
from tests.figures.test_figures_parts import quarter


def figures(catalogue, whole, *values, **said):
    year = [seen(value=whole, period=THIS, **said)]
    return made(catalogue, *year, *(seen(value=v, period=quarter(n), **said) for n, v in enumerate(values, start=1)))


def hidden(catalogue, statistics):
    gated = gate(statistics, [], catalogue, Policy(), release="shared")
    assert gated.audit.passed
    return {s.statistic_id.rpartition(".")[2] for s in gated.statistics if not s.published}


def test_a_second_quarter_is_hidden_with_a_small_one(catalogue):
    found = hidden(catalogue, figures(catalogue, 103.0, 3.0, 40.0, 30.0, 30.0))
    assert "q1" in found and len(found) == 2


def test_a_small_quarter_alone_stays_hidden_where_one_did_not_come(catalogue):
    assert hidden(catalogue, figures(catalogue, 103.0, 3.0, 40.0, 30.0)) == {"q1"}


@pytest.mark.parametrize(("whole", "kind"), [(100.0, "sum"), (90.0, "part")])
def test_people_of_several_quarters_are_held_by_the_year_and_add_up_only_where_they_do(catalogue, whole, kind):
    statistics = figures(catalogue, whole, 10.0, 20.0, 30.0, 40.0)
    exp = Fact(kind, "lado_contacts.count", tuple(f"lado_contacts.count.q{n}" for n in (1, 2, 3, 4)))
    assert list(tie_parts(statistics, Numbers())) == [exp]


HALF = Period(date(2023, 4, 1), date(2023, 9, 30), "other")
WINTER = [Period(date(2024, n, 1), date(2024, n + 1, 1) - DAY, "month") for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("parts", "small"),
    [
        ([(HALF, 3.0), (quarter(3), 50.0), (quarter(4), 50.0)], "h1"),
        ([(HALF, 50.0), (quarter(3), 3.0), *zip(WINTER, (10.0, 20.0, 20.0), strict=True)], "q3"),
        ([(HALF, 40.0), (quarter(1), 20.0), (quarter(2), 20.0), (quarter(3), 60.0), (quarter(4), 3.0)], "q4"),
    ],
    ids=["half and quarters", "half, quarter and months", "half of its own quarters"],
)
def test_parts_of_several_lengths_give_no_small_one_away(catalogue, parts, small):
    whole = 103.0
    found = hidden(catalogue, made(catalogue, seen(value=whole), *(seen(value=v, period=p) for p, v in parts)))
    assert small in found and len(found) > 1


def test_every_way_to_fill_a_year_is_a_sum_but_those_that_follow_from_others(catalogue):
    given = [(HALF, 40.0), (quarter(1), 20.0), (quarter(2), 20.0), (quarter(3), 30.0), (quarter(4), 30.0)]
    year = made(catalogue, seen(value=100.0), *(seen(value=v, period=p) for p, v in given))
    short = [(f.kind, *(id.rpartition(".")[2] for id in (f.whole, *f.parts))) for f in tie_parts(year, Numbers())]
    assert short == [("sum", "h1", "q1", "q2"), ("sum", "count", "h1", "q3", "q4"), ("part", "count", "q1", "q2")]


@pytest.mark.parametrize(("ways", "sums"), [(100, 2), (1, 1)])
def test_ways_are_bounded_those_of_fewest_parts_first(catalogue, monkeypatch, ways, sums):
    monkeypatch.setattr("analysis.disclosure.spans.WAYS", ways)
    later = Period(date(2023, 10, 1), date(2024, 3, 31), "other")
    given = [(HALF, 40.0), (later, 60.0), *((quarter(n), 25.0) for n in (1, 2, 3, 4))]
    facts = tie_parts(made(catalogue, seen(value=100.0), *(seen(value=v, period=p) for p, v in given)), Numbers())
    found = [len(fact.parts) for fact in facts if fact.kind == "sum" and fact.whole == "lado_contacts.count"]
    assert found == [2, 4][:sums]


def test_the_numbers_beside_shares_of_quarters_add_up(catalogue):
    share = {"measure_type": "percent", "unit": "percent"}
    year = seen(**share, value=50.0, numerator=50.0, denominator=100.0, period=THIS)
    parts = [
        seen(**share, value=v, numerator=n, denominator=25.0, period=quarter(place))
        for place, (v, n) in enumerate([(40.0, 10.0), (40.0, 10.0), (60.0, 15.0), (60.0, 15.0)], start=1)
    ]
    statistics = made(catalogue, year, *parts)
    numbers = list_numbers(statistics, catalogue.measures)
    assert [fact.kind for fact in tie_parts(statistics, numbers)] == ["sum", "sum"]
