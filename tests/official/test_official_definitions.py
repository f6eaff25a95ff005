"""comparators.toml is read strictly: what it refers to must be there, and a misspelt key is told."""

import csv
import tomllib

import pytest

from analysis.errors import CommandError, DataError
from analysis.official.definitions import load_definitions
from analysis.settings import get_dictionary_root

SMALL = """
[symbols]
c = "suppressed"
[sources.s]
title = "t"
publisher = "p"
licence = "l"
section = "one"
published = "in {year}"
[tables.t]
source = "s"
title = "t"
kind = "ees"
requires = ["A"]
[comparators.a]
serves = ["a", "b"]
unit = "percent"
basis = "snapshot"
definition = "d"
from = [{table = "t", value = "A"}]
[without]
z = "never counted"
"""


def load(folder, text):
    path = folder / "comparators.toml"
    path.write_text(text)
    return load_definitions(path)


def test_a_comparator_serves_the_indicators_it_names(tmp_path):
    definitions = load(tmp_path, SMALL)
    assert definitions.comparator("b").id == "a"
    assert definitions.comparator("c") is None
    assert [one.id for one, _ in definitions.origins_of("t")] == ["a"]
    with pytest.raises(CommandError, match="unknown table of official statistics 'u'; allowed: t"):
        definitions.table("u")


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ('source = "s"', 'source = "q"', "unknown source 'q'; allowed: s"),
        ('kind = "ees"', 'kind = "pdf"', "unknown kind of table 'pdf'"),
        ('basis = "snapshot"', 'basis = "year"', "unknown period basis 'year'"),
        ('table = "t"', 'table = "u"', "unknown table 'u'"),
        ('from = [{table = "t", value = "A"}]', "from = []", "from is empty"),
        ('definition = "d"', 'defintion = "d"', "unknown key 'defintion'"),
        ('unit = "percent"', 'unit = "percent"\nbase = {count = "q"}', "unknown comparator 'q'"),
    ],
)
def test_what_is_not_there_is_told(tmp_path, right, wrong, message):
    with pytest.raises(DataError, match=message):
        load(tmp_path, SMALL.replace(right, wrong))


def test_units_are_those_of_the_vocabulary():
    with (get_dictionary_root() / "units.csv").open(encoding="utf-8") as file:
        units = {row["unit"] for row in csv.DictReader(file)}
    assert {one.unit for one in load_definitions().comparators.values()} <= units


def test_only_shares_rates_and_scores_rank_councils():
    ranked = {one.id: one.ranked for one in load_definitions().comparators.values()}
    assert not ranked["child_protection_plans"]
    assert ranked["child_protection_plans_rate"]
    assert ranked["looked_after_sdq_score"]


def test_our_indicators_are_served_where_official_statistics_count_the_same():
    definitions = load_definitions()
    for indicator in ("child_protection_plans", "children_looked_after", "section42_enquiries", "marac_cases"):
        assert definitions.comparator(indicator), indicator
    ours = {
        name
        for path in (get_dictionary_root() / "measures").glob("*.toml")
        for name in tomllib.loads(path.read_text(encoding="utf-8"))
    }
    assert set(definitions.without) - {"missing_episodes"} <= ours | {"lado_contacts"}


def test_only_bases_of_other_figures_and_populations_are_kept_out_of_sight():
    comparators = load_definitions().comparators
    bases = {name for one in comparators.values() for name in one.base.values()}
    hidden = {one.id for one in comparators.values() if one.base_only}
    assert hidden - bases == {"population_18_plus"}
    assert "child_protection_plans" in bases - hidden


def test_every_rate_of_a_count_that_is_shown_is_known_as_its_rate():
    definitions = load_definitions().comparators
    rates = {name: one.counts for name, one in definitions.items() if one.unit == "per_10000"}
    alone = {name for name, count in rates.items() if count not in definitions}
    assert rates["section47_rate"] == "section47_enquiries"
    assert alone == {"care_applications_rate"}  # published as a rate alone
