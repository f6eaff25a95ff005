"""What holds of every topic's table and cautions, in both reports."""

import pytest

from analysis.figures.model import NOT_TESTED, SYMBOL_WORDS
from analysis.methods.change import CLEAR, FEW, POSSIBLE, UNCLEAR
from analysis.report.cautions import holds
from analysis.report.detail import split_detail
from analysis.report.outline import outline_sections
from analysis.report.table import make_table

pytestmark = pytest.mark.slow
OUTCOMES = (CLEAR, POSSIBLE, UNCLEAR, FEW, NOT_TESTED)


@pytest.fixture(scope="module", params=["exampleshire", "hillingdon"])
def topics(request, stores):
    return [topic for section in outline_sections(stores[request.param]) for topic in section.all_topics]


@pytest.fixture(scope="module")
def tables(topics):
    made = [make_table(split_detail(topic.whole)[0], topic.release, topic.officials) for topic in topics]
    return [table for table in made if table]


def rows_of(tables):
    return [row for table in tables for group in table["groups"] for row in group["rows"]]


def test_a_change_ends_in_one_of_five_outcomes_or_says_why_there_is_none(tables):
    told = [row["change"].split("; ")[-1] for row in rows_of(tables) if any(c.isdigit() for c in row["change"])]
    bare = [one for one in told if one not in OUTCOMES and not one.startswith(("not comparable", "since "))]
    assert [one for one in bare if not one.endswith((" higher", " lower", " more", " fewer", "."))] == []


def test_the_outcome_of_a_change_is_what_its_words_end_in(topics):
    compared = [c for topic in topics for s in topic.statistics for c in s.comparisons if c.outcome]
    assert compared
    assert {c.outcome for c in compared} <= set(OUTCOMES)
    assert [c.words for c in compared if not c.words.endswith(f"; {c.outcome}.")] == []


def test_every_row_has_a_cell_a_year_and_no_row_is_called_by_raw_words(tables):
    for table in tables:
        for row in (row for group in table["groups"] for row in group["rows"]):
            assert len(row["earlier"]) == max(0, len(table["years"]) - 1)
            assert {row["display"], *row["earlier"]} != {"[x]"}
            assert not row["label"].rstrip().endswith((",", ": rate", " by raised by", " by referred by"))


def test_a_period_that_is_not_stated_is_never_spelt_out_in_a_row(tables):
    assert [row["label"] for row in rows_of(tables) if row["period"] == "period not stated"] == []


def test_no_number_has_a_minus_before_zero(tables):
    cells = [cell for row in rows_of(tables) for cell in (*row["earlier"], row["display"], row["change"])]
    assert [cell for cell in cells if "-0" in cell.replace("20-0", "")] == []


def test_a_symbol_of_a_table_has_its_meaning(tables):
    for table in tables:
        cells = {cell for group in table["groups"] for row in group["rows"] for cell in row["earlier"]}
        assert {cell for cell in cells if cell.startswith("[")} <= set(SYMBOL_WORDS)


def test_a_caution_stands_where_its_condition_is_true_and_nowhere_else(topics):
    for topic in topics:
        for one in topic.plan.caveats:
            true = not one.when or holds(one.when, topic.statistics, topic.release.statistics)
            assert (one.say in topic.caveats) == true


def test_of_two_sources_that_differ_both_places_give_both_numbers(topics):
    places = [topic for topic in topics for one in topic.release.contradictions if one.differs]
    for topic in places:
        shown = {s.statistic_id: s for s in topic.statistics}
        for one in topic.release.contradictions:
            if one.differs and not shown.keys().isdisjoint(one.figures):
                told = {s.statistic_id: s for s in topic.release.printed if s.statistic_id in one.figures}
                (caution,) = [words for words in topic.caveats if words == one.caution]
                assert all(s.display in caution for s in told.values())
