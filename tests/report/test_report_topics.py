"""What a topic shows: key figures, table, statements, warnings; hostile words are inert."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.measures.periods import Period
from analysis.measures.topics import Caveat, ChartPlan, Topic
from analysis.report.cautions import warn
from analysis.report.drawings import choose, make_marks
from analysis.report.outline import TopicOutline, choose_headline
from analysis.report.parts import show_more, show_topic
from analysis.report.rows import list_statements
from analysis.report.table import make_table
from tests.examples import LAST, THIS, YEAR_AGO, a_release, made, plans, seen

TOPIC = Topic(
    section="one",
    id="flow",
    title="From contact to threshold",
    what="What it is.",
    why="Why.",
    headline=("lado_contacts", "lado_contacts/threshold/met"),
    statistics=(),
    caveats=(Caveat("Recording changed."),),
)
PERIOD = THIS.label
PERCENT = {"measure_type": "percent", "unit": "percent", "dimension": "threshold", "category": "met"}


def show(statistics, **changes):
    release = a_release(statistics=tuple(statistics))
    return show_topic(TopicOutline(replace(TOPIC, **changes), release.statistics, release))


def test_a_key_figure_is_of_the_reports_year_and_a_figure_before_a_change(catalogue):
    statistics = made(
        catalogue,
        seen(measure_type="change_percent", unit="percent", value=25.0),
        seen(period=LAST, value=202.0),
        seen(),
    )
    assert [s.display for s in choose_headline(TOPIC.headline, statistics)] == ["253"]


def test_hostile_words_are_escaped(catalogue):
    (statistic,) = made(catalogue, seen())
    hostile = replace(statistic, label="<script>alert(1)</script>", statement='"><img src=x onerror=1>')
    html = show([hostile], title="<b>bold</b>").html
    assert "<script>" not in html
    assert "<img src=x" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


def test_a_topic_without_a_figure_says_so():
    block = show([])
    assert "No figure for this topic was returned." in block.html
    assert "<table" not in block.html


def test_both_ends_of_a_range_are_one_row_one_sentence_and_one_mark(catalogue):
    ends = made(
        catalogue,
        seen(**PERCENT, value=5.0, qualifier="at_least"),
        seen(**PERCENT, value=6.0, qualifier="up_to"),
    )
    (group,) = make_table(ends, a_release(statistics=tuple(ends)))["groups"]
    assert [row["display"] for row in group["rows"]] == ["5% to 6%"]
    (sentence,) = list_statements([replace(s, statement="5% to 6% of them.") for s in ends])
    assert sentence["id"] == "lado_contacts.threshold.met.percent.lower, lado_contacts.threshold.met.percent.upper"
    plan = ChartPlan("c", "dots", ("lado_contacts/threshold",), "T", measure="percent")
    (mark,) = make_marks(plan, choose(plan, ends))
    assert (mark.lower, mark.upper, mark.value, mark.display) == (5.0, 6.0, None, "5% to 6%")


def test_a_hidden_end_of_a_range_is_the_symbol(catalogue):
    ends = [
        replace(s, value=None, display="[c]", symbol="[c]", status="suppressed")
        for s in made(
            catalogue,
            seen(**PERCENT, value=1.0, qualifier="at_least"),
            seen(**PERCENT, value=2.0, qualifier="up_to"),
        )
    ]
    (group,) = make_table(ends, a_release(statistics=tuple(ends)))["groups"]
    assert [row["display"] for row in group["rows"]] == ["[c]"]


def test_another_period_or_area_is_warned_of(catalogue):
    calendar = Period(date(2023, 1, 1), date(2023, 12, 31), "calendar_year")
    statistics = made(catalogue, seen(period=calendar), seen(geography="West Area BCU"), seen(period=LAST))
    assert warn(statistics, PERIOD) == [
        f"Some figures are for January to December 2023, not for the report's own period ({PERIOD}).",
        "Some figures are for West Area BCU, not for the partnership's own area.",
    ]
    assert warn(made(catalogue, plans()), PERIOD) == []


def test_a_chart_about_time_has_every_year_and_any_other_the_reports_own(catalogue):
    statistics = made(catalogue, plans(value=329.0), plans(value=364.0, period=YEAR_AGO))
    plan = ChartPlan("c", "pairs", ("plans",), "T")
    assert [s.value for s in choose(plan, statistics)] == [364.0, 329.0]
    assert [s.value for s in choose(replace(plan, kind="bars"), statistics)] == [329.0]


@pytest.mark.parametrize(("drawn", "count"), [([107.0, 146.0], 1), ([107.0, None], 0)])
def test_a_chart_needs_two_figures_that_can_be_shown(catalogue, drawn, count):
    statistics = made(
        catalogue,
        *(
            seen(dimension="threshold", category=name, value=value, symbol="" if value else "[c]")
            for name, value in zip(("met", "not met"), drawn, strict=True)
        ),
    )
    plan = ChartPlan("by_threshold", "bars", ("lado_contacts/threshold",), "Contacts by threshold")
    block = show(statistics, charts=(plan,))
    assert len(block.charts) == count
    assert block.html.count("<img ") == count
    bundle = block._repr_mimebundle_()
    assert ("application/vnd.safeguarding.charts+json" in bundle) == bool(count)


def test_what_no_topic_shows_is_folded_months_in_one_table(catalogue):
    total, met = made(catalogue, seen(), seen(dimension="threshold", category="met", value=107.0))
    months = [
        replace(met, dimension="month", category=f"2023-{month:02d}", title="Contacts by month", display=str(month))
        for month in (5, 4)
    ]
    release = a_release()
    total = replace(total, statement="There were 253 contacts.")
    html = show_more(TopicOutline(TOPIC, (total, met, *months), release)).html
    places = [html.index(words) for words in ("other totals", "Contacts by harm threshold", "Month by month")]
    assert places == sorted(places)
    assert html.index("Apr 2023") < html.index("May 2023")
    assert total.statistic_id in html
    assert html.count("<details>") == 2
