"""The gate as the report uses it: what it hides is gone everywhere, and nothing beside it gives it back."""

from dataclasses import replace

import pytest

from analysis.disclosure.apply import attack, gate, list_known
from analysis.disclosure.facts import make_facts
from analysis.disclosure.policy import Policy
from analysis.disclosure.showing import GAP_WITHHELD
from analysis.measures.relations import FactRow
from tests.examples import made, seen

PERCENT = {"measure_type": "percent", "unit": "percent", "dimension": "threshold"}


@pytest.mark.parametrize(("value", "shown"), [(0.0, True), (1.0, False), (4.0, False), (5.0, True), (6.0, True)])
def test_the_threshold_is_held_on_its_boundary(catalogue, value, shown):
    gated = gate(made(catalogue, seen(value=value)), [], catalogue, Policy(), release="shared")
    assert gated.statistics[0].published == shown
    assert gated.audit.passed


def test_an_internal_release_shows_everything(catalogue):
    statistics = made(catalogue, seen(value=1.0))
    assert gate(statistics, [], catalogue, Policy(), release="internal").statistics == statistics


def test_a_hidden_part_is_never_the_only_one_beside_its_total(catalogue):
    statistics = made(
        catalogue,
        seen(value=253.0),
        seen(dimension="threshold", category="met", value=3.0),
        seen(dimension="threshold", category="not met", value=250.0),
    )
    gated = gate(statistics, [], catalogue, Policy(), release="shared")
    assert sum(not s.published for s in gated.statistics) >= 2


def test_a_pseudonym_is_replaced_in_category_label_and_id(catalogue):
    lesson = seen(indicator="subgroups", dimension="sar", category="A Pseudonym", value=7.0)
    (found,) = gate(made(catalogue, lesson), [], catalogue, Policy(), release="shared").statistics
    assert (found.category, found.label) == ("a published review", "A published review")
    assert "pseudonym" not in found.statistic_id


def test_a_sum_stays_a_sum_where_the_returned_figures_do_not_add_up(catalogue):
    statistics = made(
        catalogue,
        seen(value=250.0),
        seen(dimension="threshold", category="met", value=107.0),
        seen(dimension="threshold", category="not met", value=146.0),
    )
    (fact,) = make_facts(statistics, catalogue.facts)
    assert (fact.kind, fact.whole, len(fact.parts)) == ("sum", "lado_contacts.count", 2)


def test_a_share_is_tied_to_its_base_and_a_rate_to_its_count(catalogue):
    statistics = made(
        catalogue,
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


def test_the_numbers_beside_percentages_of_a_split_are_added_up(catalogue):
    # 3 of 30 is hidden: the whole's 103 of 230, less the 100 of 200, would give it back.
    share = {"measure_type": "percent", "unit": "percent", "decimals": 1}
    statistics = made(
        catalogue,
        seen(value=230.0),
        seen(dimension="threshold", category="met", value=30.0),
        seen(dimension="threshold", category="not met", value=200.0),
        seen(**share, value=44.8, numerator=103.0, denominator=230.0),
        seen(**share, dimension="threshold", category="met", value=10.0, numerator=3.0, denominator=30.0),
        seen(**share, dimension="threshold", category="not met", value=50.0, numerator=100.0, denominator=200.0),
    )
    gated = gate(statistics, [], catalogue, Policy(), release="shared")
    assert gated.audit.passed
    percents = {s.category: s for s in gated.statistics if s.measure_type == "percent"}
    assert [percents[name].published for name in ("met", "not met")] == [False, False]
    cells, facts, *_ = list_known(statistics, catalogue)
    alone = {s.statistic_id for s in statistics if s.measure_type == "percent" and s.category == "met"}
    found = attack(cells, facts, Policy(), alone, {})
    assert list(found.exposed) == list(alone)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("the agency's own count agrees with its records", "the agency's own count agrees with its records"),
        ("the agency's own count is 104: 4 more than its records give", GAP_WITHHELD),
        ("the agency's own count is 4: 96 fewer than its records give", GAP_WITHHELD),
        (
            "the agency's own count is 1,105: 1,005 more than its records give",
            "the agency's own count is 1,105: 1,005 more than its records give",
        ),
        (
            "the agency's own count is 105: 5 more than its records give",
            "the agency's own count is 105: 5 more than its records give",
        ),
        ("", ""),
    ],
)
def test_a_difference_of_few_people_between_two_ways_of_counting_is_not_printed(catalogue, said, shown):
    told = [replace(one, reconciled=said) for one in made(catalogue, seen(value=100.0))]
    assert gate(told, [], catalogue, Policy(), release="shared").statistics[0].reconciled == shown
    assert gate(told, [], catalogue, Policy(), release="internal").statistics[0].reconciled == said


def test_a_shared_figure_names_agency_dataset_and_period_and_never_the_file(catalogue):
    returned = replace(seen(value=20.0), file="Zelandra Quorrick.csv", row=7, datasets=("D23", "D24"))
    told = made(catalogue, returned)
    (shared,) = gate(told, [], catalogue, Policy(), release="shared").statistics
    assert shared.source == f"{returned.agency}: return of D23, D24, {returned.period.label}"
    (internal,) = gate(told, [], catalogue, Policy(), release="internal").statistics
    assert internal.source == f"{returned.agency}: Zelandra Quorrick.csv, row 7"


WITHIN = [
    FactRow("held", "within", "whole", "lado_contacts", "threshold", "met"),
    FactRow("held", "within", "whole", "lado_contacts", "threshold", "not met"),
    FactRow("held", "within", "part", "lado_contacts", "", ""),
]


@pytest.mark.parametrize("categories", [("met", "not met"), ("met",)])
def test_a_part_within_several_wholes_is_known_where_all_of_them_are(catalogue, categories):
    found = made(
        catalogue, seen(value=20.0), *(seen(value=15.0, dimension="threshold", category=c) for c in categories)
    )
    facts = make_facts(found, WITHIN)
    assert [(fact.kind, len(fact.parts)) for fact in facts] == ([("within", 2)] if len(categories) == 2 else [])


def test_an_own_count_of_a_category_is_not_printed_however_far_off(catalogue):
    said = "the agency's own count is 105: 45 more than its records give"
    told = [
        replace(one, reconciled=said)
        for one in made(catalogue, seen(value=60.0, dimension="threshold", category="met"))
    ]
    assert gate(told, [], catalogue, Policy(), release="shared").statistics[0].reconciled == GAP_WITHHELD
