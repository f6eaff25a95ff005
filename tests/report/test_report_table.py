"""The table of a topic: a figure a row, a year a column, the change beside them."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from analysis.figures.model import Comparison
from analysis.figures.published import Moved, Place, Point
from analysis.measures.periods import Period
from analysis.measures.topics import Topic
from analysis.report.outline import TopicOutline
from analysis.report.parts import show_topic
from analysis.report.table import make_table
from tests.examples import LAST, THIS, a_release, made, official, seen

PREVIOUS = Comparison(
    "previous",
    LAST.label,
    "202",
    "51 more (25%)",
    "risen",
    words="Against 202: more.",
    figure="lado_contacts.count.y-1",
)
TOPIC = Topic(
    section="one", id="flow", title="Flow", what="What it is.", why="Why it is asked.", headline=(), statistics=()
)


@pytest.fixture
def years(catalogue):
    """A figure and that of the year before, which it is compared with."""
    now, before = made(catalogue, seen(), seen(period=LAST, value=202.0))
    return replace(now, comparisons=(PREVIOUS,)), before


def rows_of(statistics, *history):
    table = make_table(statistics, a_release(statistics=tuple(statistics), history=history))
    return table, [row for group in table["groups"] for row in group["rows"]]


def test_without_an_earlier_year_there_is_one_column_and_none_for_changes(catalogue):
    table, rows = rows_of(made(catalogue, seen(), seen(dimension="threshold", category="met", value=107.0)))
    assert (table["period"], table["years"], table["compared"], table["symbols"]) == (THIS.label, [], False, set())
    assert [group["title"] for group in table["groups"]] == ["", "Contacts by harm threshold"]
    assert [(row["earlier"], row["display"], row["change"]) for row in rows] == [([], "253", ""), ([], "107", "")]


def test_the_year_before_has_a_column_whether_a_topic_shows_it_or_a_chart_knows_it(years):
    now, before = years
    for table, rows in (rows_of([now, before]), rows_of([now], before)):
        assert table["years"] == ["2022-23", "2023-24"]
        assert [(row["earlier"], row["display"], row["change"]) for row in rows] == [
            (["202"], "253", "51 more (25%); a clear change")
        ]


def test_a_figure_without_an_earlier_one_says_so_beside_one_with(years, catalogue):
    (other,) = made(catalogue, seen(dimension="threshold", category="met", value=107.0))
    table, rows = rows_of([years[0], other], years[1])
    assert [row["earlier"] for row in rows] == [["202"], ["[x]"]]
    assert table["symbols"] == {"[x]"}


REFERRALS = "not comparable: it counted referrals"


@pytest.mark.parametrize(
    ("period", "cell"),
    [
        (LAST, "202 (not comparable)"),
        (Period(date(2022, 10, 1), date(2023, 3, 31), "other"), "202 (October 2022 to March 2023)"),
    ],
)
def test_an_earlier_figure_that_is_not_comparable_says_so_in_its_years_column(years, period, cell):
    now, before = years
    refused = replace(PREVIOUS, refused=REFERRALS, broken=True, words="Not comparable.")
    earlier = replace(before, period=period), replace(before, statistic_id="x.y-2", offset=-2)
    table, rows = rows_of([replace(now, comparisons=(refused,)), earlier[0]], earlier[1])
    assert table["years"] == ["2022-23", "2023-24"]
    assert [(row["earlier"], row["display"], row["change"]) for row in rows] == [([cell], "253", REFERRALS)]


def test_a_column_holds_what_is_held_where_one_of_two_figures_is_hidden(years):
    hidden = replace(PREVIOUS, refused="not compared: a figure isn't shown", hidden=True, words="Earlier figure: 202.")
    now, before = years
    for one, other in (("[c]", "202"), ("253", "[c]")):
        table, rows = rows_of([replace(now, display=one, comparisons=(hidden,))], replace(before, display=other))
        assert table["symbols"] == {other} - {"202"}
        assert [(row["earlier"], row["display"], row["change"]) for row in rows] == [([other], one, "")]


def test_an_earlier_figure_that_no_column_holds_stands_in_words(years):
    named = replace(
        PREVIOUS, figure="renamed.count.y-1", refused=REFERRALS, words="Earlier figure: 202; not comparable."
    )
    _, rows = rows_of([replace(years[0], comparisons=(named,))], years[1])
    assert [(row["earlier"], row["change"]) for row in rows] == [([], "Earlier figure: 202; not comparable.")]


def test_an_earlier_year_of_another_definition_or_length_is_not_set_beside(years, catalogue):
    now, before = years
    older = replace(before, statistic_id="x.y-2", offset=-2, display="180")
    short = Period(date(2021, 10, 1), date(2022, 3, 31), "other")
    table, _ = rows_of([now], before, older)
    assert table["years"] == ["2021-22", "2022-23", "2023-24"]
    for other in (replace(older, definition_version="old"), replace(older, period=short)):
        assert rows_of([now], before, other)[0]["years"] == ["2022-23", "2023-24"]


def test_half_of_an_earlier_range_is_not_set_beside_a_range(catalogue):
    percent = {"measure_type": "percent", "unit": "percent"}
    now = made(
        catalogue, seen(**percent, value=5.0, qualifier="at_least"), seen(**percent, value=6.0, qualifier="up_to")
    )
    before = [replace(s, statistic_id=f"{s.statistic_id}.y-1", offset=-1, period=LAST) for s in now]
    compared = [replace(s, comparisons=(replace(PREVIOUS, figure=f"{s.statistic_id}.y-1"),)) for s in now]
    table, rows = rows_of([*compared, *before])
    assert table["years"] == ["2022-23", "2023-24"]
    assert [(*row["earlier"], row["display"]) for row in rows] == [("[x]", "5% to 6%"), ("5% to 6%", "[x]")]


def test_the_unit_of_a_rate_stands_by_its_name(years):
    now, before = (replace(s, measure_type="rate", display=f"{s.display} per 10,000 children") for s in years)
    _, rows = rows_of([now], before)
    assert rows[0]["label"].endswith("(per 10,000 children)")
    assert (rows[0]["earlier"], rows[0]["display"]) == (["202"], "253")


def test_at_most_five_years_have_a_column(years):
    now, before = years
    history = [replace(before, statistic_id=f"x.y-{n}", offset=-n, display=str(n)) for n in range(2, 8)]
    table, rows = rows_of([now], before, *history)
    assert table["years"] == ["2019-20", "2020-21", "2021-22", "2022-23", "2023-24"]
    assert rows[0]["earlier"] == ["4", "3", "2", "202"]


def test_a_page_says_each_fact_once_before_its_folds(years):
    now, before = years
    now = replace(now, statement="There were 253 contacts. Against 202: more.")
    release = a_release(statistics=(now,), history=(before,))
    topic = TopicOutline(replace(TOPIC, headline=("lado_contacts",)), (now,), release)
    page = BeautifulSoup(show_topic(topic).html, "lxml")
    quoted = page.select_one("details .statements li")
    assert now.statistic_id in quoted.get_text()
    assert now.statement in quoted.get_text()
    assert "Why it is asked." in page.select_one("details").get_text()
    for fold in page.select("details"):
        fold.extract()
    words = page.get_text(" ").split()
    assert "What it is. There were 253 contacts." in " ".join(words)
    assert (words.count("253"), words.count("202"), words.count("more")) == (2, 1, 1)
    assert now.statistic_id not in " ".join(words)


def places(*pairs):
    return tuple(Place(name, display, float(display), "") for name, display in pairs)


def tabled(officials, statistics, *history):
    held = tuple(statistics)
    table = make_table(held, a_release(statistics=held, history=history), officials)
    group = next(group for group in table["groups"] if group["title"].startswith("Official"))
    return group["title"], [(row["label"], *row["earlier"], row["display"], row["change"]) for row in group["rows"]]


def test_official_figures_stand_in_the_years_of_the_table(years):
    now, before = years
    points = (
        Point("Here", "2019", 52.4, "52.4"),
        Point("Here", "2023", 34.3, "34.3"),
        Point("Here", "2024", 33.8, "33.8"),
    )
    rate = official(
        title="Plans", unit=" per 10,000 children", decimals=1, period="at 31 March 2024", year="2023-24",
        places=places(("Here", "33.8"), ("England", "41.4")), years=points,
        moved=Moved("fallen", "52.4", "2019", "33.8"),
    )  # fmt: skip
    assert tabled([rate], [now], before) == (
        "Official statistics: Plans (per 10,000 children; at 31 March 2024)",
        [("Here", "34.3", "33.8", "0.5 lower; since 2019 (52.4): a clear change"), ("England", "[x]", "41.4", "")],
    )


def test_a_school_year_counts_by_the_financial_year_that_it_falls_in(years):
    points = (Point("Here", "2022", 5.0, "5%"), Point("Here", "2023", 6.0, "6%"))
    share = official(period="at 30 September 2023", year="2023-24", places=places(("Here", "6")), years=points)
    assert tabled([share], years[:1], years[1])[1] == [("Here", "5%", "6%", "1 percentage point higher")]


def test_an_official_figure_of_a_year_without_a_column_stands_in_the_last_with_its_period(catalogue):
    late = official(period="April 2021 to March 2022", year="2021-22", places=places(("Here", "7")))
    title, rows = tabled([late], made(catalogue, seen()))
    assert (title, rows) == ("Official statistics: Contacts (April 2021 to March 2022)", [("Here", "7%", "")])


def test_of_a_count_the_council_alone_is_shown(catalogue):
    count = official(unit="", period="at 31 March 2024", places=places(("Here", "252"), ("England", "49900")))
    assert tabled([count], made(catalogue, seen()))[1] == [("Here", "252", "")]


def test_columns_of_calendar_years_are_called_by_these(catalogue):
    years = {
        offset: Period(date(2023 + offset, 1, 1), date(2023 + offset, 12, 31), "calendar_year") for offset in (0, -1)
    }
    now, before = made(catalogue, *(seen(period=period, value=202.0 - offset) for offset, period in years.items()))
    now = replace(now, comparisons=(replace(PREVIOUS, figure=before.statistic_id),))
    table, rows = rows_of([now], before)
    assert (table["years"], table["period"]) == (["2022", "2023"], "January to December 2023")
    assert (rows[0]["earlier"], rows[0]["period"]) == ([before.display], "")


def test_a_figure_of_an_earlier_year_alone_stands_in_its_column(catalogue):
    now, before = made(catalogue, seen(), seen(period=LAST, value=202.0, dimension="threshold", category="met"))
    table, rows = rows_of([now, before])
    assert table["years"] == ["2022-23", "2023-24"]
    assert [(*row["earlier"], row["display"], row["period"]) for row in rows] == [
        ("[x]", "253", ""),
        ("202", "[x]", ""),
    ]


def test_a_state_is_told_at_its_day_and_a_period_that_is_not_stated_in_one_word(catalogue):
    (state,) = made(catalogue, seen())
    table, rows = rows_of([replace(state, time="at 31 March 2024")])
    assert (table["period"], rows[0]["period"]) == ("at 31 March 2024", "")
    undated = replace(state, period=Period(None, None, "unclear"), offset=None)
    assert rows_of([undated])[0]["period"] == "undated"


@pytest.mark.parametrize(
    ("label", "category", "name"),
    [
        ("Red and about a child", "red", "Red: of these, about a child"),
        ("Adults who declined, and about whom another concern came", "", None),
        ("Conferences compared with,", "", "Conferences compared with"),
        ("Contacts: rate", "", "Contacts"),
        ("Red", "red", "Red"),
    ],
)
def test_a_row_is_called_by_what_it_is_a_part_of_and_without_stray_signs(catalogue, label, category, name):
    (one,) = made(catalogue, seen())
    assert rows_of([replace(one, label=label, category=category)])[1][0]["label"] == (name or label)
