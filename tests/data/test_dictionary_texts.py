"""The dictionary that ships: words that are safe to repeat, figures each in one place, facts that hold."""

import re
from collections import Counter
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from analysis.counting.year import read_year
from analysis.figures.build import make_statistics
from analysis.figures.model import Statistic
from analysis.figures.select import select
from analysis.local import load_local
from analysis.measures.catalogue import Catalogue
from analysis.measures.measure import Measure
from analysis.partnership import Partnership, load_partnership
from analysis.returns.register import list_years, read_register

DATA = Path(__file__).resolve().parents[2] / "data"
LAW = re.compile(r"\b[Ss]ections? \d+[A-Z]?(\(\d+\))?")
BAND = re.compile(r"^\d+ to \d+$|\baged \d+ (or|to) (\d+|under)\b|\bof \d+ to \d+\b|\bturned \d+\b")
LIMIT = re.compile(r"\b\d+(?: (?:to|or) \d+)? (?:working )?(?:hour|day|week|month|year|mile)s?\b")
LOADED = re.compile(r"\b(this year|last year|next month|significant(?! harm)|because of this|thanks to)\b")
PEOPLE = {"children", "young people", "adults", "individuals", "residents", "winners", "deaths"}
NOT_ABOUT_PEOPLE = {"your_choice_annual_target"}  # a target says nothing of anyone


@cache
def catalogue() -> Catalogue:
    """The shared definitions and what the partnership that ships adds to them."""
    return load_local(hillingdon())


@cache
def hillingdon() -> Partnership:
    return load_partnership("hillingdon", DATA)


@cache
def statistics(year: str) -> tuple[Statistic, ...]:
    folder = DATA / "hillingdon" / year
    entries = read_register(folder, hillingdon())
    observations = read_year(folder, entries, catalogue()).counted
    return tuple(make_statistics(observations, catalogue(), hillingdon(), year))


def words_of(entry: Measure) -> list[str]:
    """Return the texts of an indicator that a sentence or a table may repeat."""
    splits = [
        text
        for split in entry.by.values()
        for text in (split.title, split.noun, split.noun_one, split.share, *split.words.values())
    ]
    return [entry.title, entry.noun, entry.noun_one, entry.share, entry.interpretation, *splits]


def texts() -> list[tuple[str, str]]:
    """Return every text of the dictionary that readers see, with where it stands."""
    found = [(entry.id, text) for entry in catalogue().measures.values() for text in words_of(entry)]
    for topic in catalogue().topics:
        place = f"{topic.section}/{topic.id}"
        titles = [chart.title for chart in topic.charts]
        found += [
            (place, text) for text in (topic.title, topic.what, topic.why, *(one.say for one in topic.caveats), *titles)
        ]
    found += [(section.id, section.about) for section in catalogue().sections.values()]
    return found


def test_no_text_holds_a_figure():
    """A section of an Act is no figure, nor is an age band, a time or a distance that a measure is defined by;
    any other digit is one that nothing keeps up to date."""
    told = [(place, LIMIT.sub("", BAND.sub("", LAW.sub("", text)))) for place, text in texts()]
    assert [found for found in told if re.search(r"\d", found[1])] == []


def test_no_text_claims_a_cause_a_test_or_a_moving_year():
    assert [found for found in texts() if LOADED.search(found[1].lower())] == []


def test_every_noun_has_its_singular():
    assert [entry.id for entry in catalogue().measures.values() if not (entry.noun and entry.noun_one)] == []


def test_a_category_in_a_phrase_is_the_only_thing_left_open():
    blanks = {blank for _, text in texts() for blank in re.findall(r"\{(.*?)\}", text)}
    assert blanks == {"category", "group", "part", "small"}


def test_terms_are_told_apart_from_terms_that_exist():
    terms = catalogue().vocabulary.terms
    confused = {code for term in terms.values() for code in term.not_to_be_confused_with.split(";") if code}
    assert confused <= set(terms)


def test_numbers_of_people_go_through_disclosure_control():
    open_to_all = {
        entry.id for entry in catalogue().measures.values() if entry.protects == "none" and PEOPLE & set(entry.units)
    }
    assert open_to_all == NOT_ABOUT_PEOPLE


def test_a_pseudonym_has_public_words():
    """Safeguarding adults reviews are known by a name: the dimension may never reach a shared release as it is."""
    splits = [split for entry in catalogue().measures.values() for split in entry.by.values()]
    named = [split for split in splits if split.dimension == "sar"]
    assert named
    assert all(split.public_category and set(split.words) >= set(split.categories) for split in named)


def test_every_section_of_the_report_has_its_words():
    assert set(catalogue().sections) >= {section.id for section in hillingdon().sections}


def test_a_section_owes_at_most_ten_things():
    assert [id for id, section in catalogue().sections.items() if not 1 <= len(section.owes) <= 10] == []


@pytest.mark.parametrize("year", list_years(DATA / "hillingdon"))
def test_every_statistic_stands_in_one_topic_of_its_section(year):
    shown = Counter(
        (topic.section, id)
        for topic in catalogue().topics
        for id in {s.statistic_id for name in topic.statistics for s in select(statistics(year), name)}
    )
    assert shown == Counter((s.section, s.statistic_id) for s in statistics(year))


def figures(names: tuple[str, ...]) -> set[str]:
    """Return the ids of the figures of 2023-24 that selectors name."""
    return {s.statistic_id for name in names for s in select(statistics("2023-24"), name)}


@cache
def figures_of(section: str) -> set[str]:
    """Return the ids of the figures of 2023-24 that a section shows."""
    return {id for topic in catalogue().topics if topic.section == section for id in figures(topic.statistics)}


def test_headlines_are_figures_of_their_section():
    for topic in catalogue().topics:
        heads = figures(topic.headline)
        assert heads <= figures_of(topic.section), topic.id
        assert bool(heads) == bool(figures(topic.statistics)), topic.id


def test_every_chart_compares_figures_of_its_section():
    for topic in catalogue().topics:
        for chart in topic.charts:
            drawn = figures(chart.select)
            assert drawn <= figures_of(topic.section), chart.id
            assert len(drawn) != 1, chart.id


def test_sums_that_came_whole_add_up():
    """Of the sums in totals.csv, those whose every part came exact add up to their whole."""
    facts = groupby(sorted(catalogue().facts, key=lambda row: row.fact), key=lambda row: row.fact)
    for fact, rows in facts:
        rows = list(rows)
        if rows[0].kind != "sum":
            continue
        parts = [s for row in rows if row.role == "part" for s in find(row)]
        wholes = [s for row in rows if row.role == "whole" for s in find(row)]
        parts = [s for s in parts if s not in wholes]
        if wholes and parts and all(s.qualifier == "exact" for s in (*wholes, *parts)):
            assert [s.value for s in wholes] == [sum(s.value for s in parts)], fact


def find(row) -> list[Statistic]:
    """Return the counts of the report's own year that a fact's row names."""
    return [
        s
        for s in statistics("2023-24")
        if (s.indicator, s.dimension, s.measure_type) == (row.indicator, row.dimension, "count")
        and (s.category == row.category or (row.dimension and not row.category))
        and s.offset in (0, None)
    ]
