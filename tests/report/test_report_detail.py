"""What is folded under a topic, and what a section does with topics that hold nothing."""

from dataclasses import replace

import pytest
from msgspec import structs

from analysis.errors import DataError
from analysis.figures.model import Comparison
from analysis.measures.catalogue import load_catalogue
from analysis.measures.topics import Topic
from analysis.release.release import Owed
from analysis.report.detail import MOST_ROWS, make_detail, split_detail
from analysis.report.rows import NONE_HELD, shorten
from analysis.report.section import Section, say_once
from tests.conftest import FIXTURES
from tests.examples import a_release, made, seen, text_of

AGAINST = Comparison("previous", "April 2022 to March 2023", "100", "7 more", "broadly unchanged", words="Against 100.")


@pytest.fixture
def met(catalogue):
    """A category of a split."""
    return made(catalogue, seen(dimension="threshold", category="met", value=107.0))[0]


def many(one, number, **changes):
    """Return so many figures like one, each of its own category."""
    return [
        replace(one, category=f"c{n}", statistic_id=f"lado_contacts.threshold.c{n}.count", **changes)
        for n in range(number)
    ]


def test_a_short_split_is_shown_and_a_long_one_folded(met):
    assert split_detail(many(met, MOST_ROWS)) == (many(met, MOST_ROWS), [])
    assert split_detail(many(met, MOST_ROWS + 1)) == ([], many(met, MOST_ROWS + 1))


def test_months_are_always_folded_and_totals_never(met, catalogue):
    (total,) = made(catalogue, seen())
    month = replace(met, dimension="month", category="2023-04")
    shown, folded = split_detail([total, *many(met, MOST_ROWS), month])
    assert shown == [total]
    assert folded == [*many(met, MOST_ROWS), month]


def test_what_all_rows_share_is_said_once(met):
    (splits,) = [make_detail(many(met, 3, comparisons=(AGAINST,)), id="x")["splits"]]
    assert (splits["period"], splits["against"]) == (met.period.label, "April 2022 to March 2023")
    assert splits["groups"][0]["id"] == "lado_contacts.threshold.….count"
    assert {row["comparison"] for row in splits["groups"][0]["rows"]} == {"100"}
    assert make_detail([], id="x") == {"id": "x", "legend": [], "splits": None, "months": None}


@pytest.mark.parametrize(
    ("comparison", "words"),
    [
        (AGAINST, "100"),
        (replace(AGAINST, verdict="risen"), "100: 7 more; a clear change"),
        (
            replace(AGAINST, verdict="", refused="not comparable: the definition changed"),
            "100: not comparable: the definition changed",
        ),
        (replace(AGAINST, against=""), NONE_HELD),
    ],
)
def test_a_short_comparison_names_only_a_clear_change(comparison, words):
    assert shorten(comparison) == words


def topic(id, *statistics, title="T", under=""):
    return Topic("one", id, title, "W.", "Y.", headline=(), statistics=statistics, under=under)


@pytest.fixture
def section(catalogue):
    topics = (
        topic("head", "lado_contacts", title="Head"),
        topic("below", "lado_contacts/threshold", title="Below", under="head"),
        topic("empty", "plans", title="Nothing came"),
    )
    figures = made(catalogue, seen(), seen(dimension="threshold", category="met", value=107.0))
    measures = {"lado_contacts": text_of()}
    return Section("one", a_release(topics=topics, statistics=tuple(figures), measures=measures))


def test_topics_under_a_topic_are_shown_after_it(section):
    html = section.topic("head").show().html
    assert html.index(">Head</h2>") < html.index(">Below</h2>")


def test_a_topic_without_a_figure_takes_no_room_and_is_listed(section):
    empty = section.topic("empty").show()
    assert empty.html == ""
    assert "no figure was returned" in empty.text
    gaps = section.gaps().html
    assert "1 more topic</summary>" in gaps
    assert "<li>Nothing came</li>" in gaps


def test_where_all_records_came_no_topic_is_listed_as_not_here(section):
    release = section.outline.release
    counted = [replace(s, source="Counted from the records of D23.contacts") for s in release.statistics]
    plans = [structs.replace(plan, owes=(Owed("Contacts", ("D23",)),)) for plan in release.sections]
    held = structs.replace(release, statistics=tuple(counted), sections=tuple(plans))
    assert "Nothing came" not in Section("one", held).gaps().html
    assert "Nothing that this section needs is missing." in Section("one", held).gaps().html
    assert "Nothing came" in Section("one", structs.replace(held, statistics=release.statistics)).gaps().html


def test_a_definition_isnt_said_twice():
    definition = "Episodes in time, of those of the period."
    text = text_of(definition=definition, numerator="Episodes in time", denominator="Those of the period")
    assert say_once(text) == text_of(definition=definition)
    other = structs.replace(text, denominator="All episodes")
    assert say_once(other) == other


def test_a_topic_under_one_that_isnt_there_is_refused(tmp_path):
    for path in FIXTURES.joinpath("dictionary").rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(FIXTURES / "dictionary")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    lost = """
[one.b]
under = "nowhere"
title = "B"
what = ""
why = ""
headline = []
statistics = []
"""
    with (tmp_path / "topics.toml").open("a", encoding="utf-8") as file:
        file.write(lost)
    with pytest.raises(DataError, match="one.b: unknown under 'nowhere'"):
        load_catalogue(tmp_path)
