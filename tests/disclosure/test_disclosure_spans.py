"""A hidden quarter can't be found from its year and the quarters beside it."""

import pytest

from analysis.disclosure.apply import gate
from analysis.disclosure.cells import Fact
from analysis.disclosure.numbers import Numbers, list_numbers
from analysis.disclosure.policy import Policy
from analysis.disclosure.spans import tie_parts
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
