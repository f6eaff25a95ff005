"""The gate as the report uses it: what it hides is gone everywhere, and nothing beside it gives it back."""

from dataclasses import replace

import pytest

from analysis.dictionary import FactRow
from analysis.disclosure.apply import gate, make_facts, without_bases_beside_hidden
from analysis.disclosure.policy import Policy
from tests.examples import made, seen

PERCENT = {"measure_type": "percent", "unit": "percent", "dimension": "threshold"}


def shares(dictionary):
    return made(
        dictionary,
        seen(**PERCENT, category="met", value=97.0, numerator=97.0, denominator=100.0),
        seen(**PERCENT, category="not met", value=50.0, numerator=60.0, denominator=120.0),
    )


def test_a_share_beside_a_hidden_one_loses_its_base_and_interval(dictionary):
    met, other = shares(dictionary)
    hidden = replace(met, value=None, status="suppressed", symbol="[c]", numerator=None, denominator=None)
    kept = without_bases_beside_hidden([hidden, other])[1]
    assert (kept.numerator, kept.denominator, kept.lower, kept.upper) == (None, None, None, None)
    assert (kept.value, kept.base) == (50.0, "base not shown, to protect people")


def test_a_share_beside_shown_ones_keeps_its_base(dictionary):
    statistics = shares(dictionary)
    assert without_bases_beside_hidden(statistics) == statistics


@pytest.mark.parametrize(("value", "shown"), [(0.0, True), (1.0, False), (4.0, False), (5.0, True), (6.0, True)])
def test_the_threshold_is_held_on_its_boundary(dictionary, value, shown):
    gated = gate(made(dictionary, seen(value=value)), [], dictionary, [], Policy(), release="shared")
    assert gated.statistics[0].published == shown
    assert gated.audit.passed


def test_an_internal_release_shows_everything(dictionary):
    statistics = made(dictionary, seen(value=1.0))
    assert gate(statistics, [], dictionary, [], Policy(), release="internal").statistics == statistics


def test_a_hidden_part_is_never_the_only_one_beside_its_total(dictionary):
    statistics = made(
        dictionary,
        seen(value=253.0),
        seen(dimension="threshold", category="met", value=3.0),
        seen(dimension="threshold", category="not met", value=250.0),
    )
    gated = gate(statistics, [], dictionary, dictionary.facts, Policy(), release="shared")
    assert sum(not s.published for s in gated.statistics) >= 2


def test_a_pseudonym_is_replaced_in_category_label_and_id(dictionary):
    lesson = seen(indicator="subgroups", dimension="sar", category="A Pseudonym", value=7.0)
    (found,) = gate(made(dictionary, lesson), [], dictionary, [], Policy(), release="shared").statistics
    assert (found.category, found.label) == ("a published review", "A published review")
    assert "pseudonym" not in found.statistic_id


def test_a_sum_stays_a_sum_where_the_returned_figures_do_not_add_up(dictionary):
    statistics = made(
        dictionary,
        seen(value=250.0),
        seen(dimension="threshold", category="met", value=107.0),
        seen(dimension="threshold", category="not met", value=146.0),
    )
    (fact,) = make_facts(statistics, dictionary.facts)
    assert (fact.kind, fact.whole, len(fact.parts)) == ("sum", "lado_contacts.count", 2)


def test_a_share_is_tied_to_its_base_and_a_rate_to_its_count(dictionary):
    statistics = made(
        dictionary,
        seen(value=250.0),
        seen(measure_type="rate", unit="per_week", value=5.0),
        seen(**PERCENT, category="met", value=40.0),
    )
    rows = [
        FactRow("base", "share", "whole", "lado_contacts", "", ""),
        FactRow("base", "share", "part", "lado_contacts", "threshold", ""),
        FactRow("rate", "numerator", "whole", "lado_contacts", "", ""),
        FactRow("rate", "numerator", "part", "lado_contacts", "", ""),
    ]
    found = {fact.kind: fact.parts for fact in make_facts(statistics, rows)}
    assert found == {"share": ("lado_contacts.threshold.met.percent",), "numerator": ("lado_contacts.rate",)}
