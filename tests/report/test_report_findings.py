"""What a title may say: only what is shown, exact and beyond chance; its numbers are held to the marks. Synthetic."""

from dataclasses import replace

import pytest

from analysis.charts.chart import Mark
from analysis.charts.check import check
from analysis.charts.kinds import draw
from analysis.errors import DataError
from analysis.figures.model import Comparison
from analysis.measures.topics import ChartPlan
from analysis.report.drawings import SKIPPED, make_charts
from analysis.report.findings import tell_apart, tell_change, tell_highest, tell_months, tell_share
from analysis.settings import REPOSITORY
from analysis.statements.titles import load_titles
from tests.examples import a_release, made, seen

PHRASES = load_titles(REPOSITORY / "data" / "dictionary")
SPLIT = {"dimension": "threshold", "category": "met"}


def marks(*values, **changes):
    return [Mark(f"Group {place}", value, f"{value:g}", **changes) for place, value in enumerate(values, start=1)]


def split(catalogue, **changes):
    return made(catalogue, seen(**SPLIT, **changes))


def test_the_highest_is_named_where_chance_could_not_give_it(catalogue):
    assert tell_highest(marks(100.0, 200.0), split(catalogue), PHRASES) == "highest for Group 2 (200)"


@pytest.mark.parametrize(
    "drawn",
    [
        marks(190.0, 200.0),
        marks(200.0, 200.0),
        [*marks(100.0, 200.0), Mark("Hidden", None, "[c]")],
        [*marks(100.0), Mark("Some", 200.0, "over 200")],
        [*marks(100.0), Mark("Elsewhere", 200.0, "200", whole=False, note="West")],
    ],
)
def test_within_chance_hidden_qualified_or_foreign_nothing_is_the_highest(catalogue, drawn):
    assert tell_highest(drawn, split(catalogue), PHRASES) == ""


@pytest.mark.parametrize(("lower", "said"), [(31.0, "highest for B (40%)"), (29.0, "")])
def test_percentages_need_intervals_that_lie_apart(catalogue, lower, said):
    drawn = [Mark("A", 20.0, "20%", lower=12.0, upper=30.0), Mark("B", 40.0, "40%", lower=lower, upper=50.0)]
    percents = split(catalogue, measure_type="percent", unit="percent", value=40.0)
    assert tell_highest(drawn, percents, PHRASES) == said
    bare = [replace(mark, lower=None, upper=None) for mark in drawn]
    assert tell_highest(bare, percents, PHRASES) == ""


def test_different_indicators_have_no_highest(catalogue):
    assert tell_highest(marks(100.0, 200.0), made(catalogue, seen()), PHRASES) == ""


def test_the_share_of_the_first_stage_is_told_only_where_both_are_exact():
    drawn = [Mark("Contacts", 240.0, "240"), Mark("Threshold met", 96.0, "96")]
    assert tell_share(drawn, PHRASES) == "Threshold met, 96 of 240 (40%)"
    assert tell_share([Mark("Contacts", 240.0, "over 240"), drawn[1]], PHRASES) == ""


def compared(catalogue, verdict, **changes):
    (one,) = made(catalogue, seen(**changes))
    return replace(one, comparisons=(Comparison("previous", "2022-23", other="202", verdict=verdict),))


@pytest.mark.parametrize(
    ("verdict", "said"),
    [
        ("risen", "rose to 253 from 202"),
        ("fallen", "fell to 253 from 202"),
        ("broadly unchanged", "no clear change, at 253"),
        ("too few to say", ""),
        ("", ""),
    ],
)
def test_a_change_is_told_by_its_verdict(catalogue, verdict, said):
    assert tell_change([compared(catalogue, verdict)], PHRASES) == said


def test_of_several_series_the_only_one_that_moved_is_named(catalogue):
    still, moved = compared(catalogue, "broadly unchanged"), compared(catalogue, "risen", **SPLIT)
    assert tell_change([still, moved], PHRASES) == "Met rose to 253 from 202"
    assert tell_change([compared(catalogue, "fallen"), moved], PHRASES) == ""


@pytest.mark.parametrize(
    ("months", "said"),
    [
        ([], "no single month stands out from chance"),
        (["Aug 2023"], "Aug 2023 stands out from chance"),
        (["Aug 2023", "Jan 2024"], "Aug 2023 and Jan 2024 stand out from chance"),
        (["a", "b", "c", "d"], "several months stand out from chance"),
    ],
)
def test_months_that_break_a_rule_are_named(months, said):
    assert tell_months(months, PHRASES) == said


def test_the_group_farthest_from_one_is_named_where_its_interval_leaves_one_out():
    near = Mark("A", 0.8, "0.80", lower=0.7, upper=0.9)
    far = Mark("B", 1.8, "1.80", lower=1.5, upper=2.1)
    wide = Mark("C", 4.0, "4.00", lower=0.9, upper=9.0)
    assert tell_apart([near, far, wide], 400, PHRASES) == "B 1.80 times the rate of all other groups"
    assert tell_apart([wide], 400, PHRASES) == ""
    assert tell_apart([near, far], 19, PHRASES) == ""


def test_stages_without_their_first_are_refused_in_words(catalogue):
    plan = ChartPlan("f", "flow", ("lado_contacts", "lado_contacts/threshold"), "T")
    two = [replace(split(catalogue)[0], statistic_id=name, category=name, label=name) for name in ("met", "not met")]
    charts, (refusal,) = make_charts([plan], a_release(statistics=tuple(two)))
    assert (charts, refusal.words) == ([], "the number that its stages are shares of wasn't returned")


@pytest.mark.parametrize(
    ("select", "note"),
    [
        (["lado_contacts/", "lado_contacts", "lado_contacts/threshold/met"], ""),  # the same whole under another name
        (["contacts", "lado_contacts", "lado_contacts/threshold/met"], SKIPPED),
    ],
)
def test_stages_are_drawn_from_the_first_whole_that_is_held(catalogue, select, note):
    part = replace(split(catalogue)[0], statistic_id="met", category="met", label="met", value=100.0, display="100")
    whole = replace(part, statistic_id="all", dimension="", category="", label="all", value=253.0, display="253")
    plan = ChartPlan("f", "flow", tuple(select), "T")
    (chart,), refused = make_charts([plan], a_release(statistics=(whole, part)))
    assert ([mark.display for mark in chart.chart.marks], chart.note, refused) == (["253", "100"], note, [])


def test_a_category_may_be_the_whole_that_a_flow_begins_with(catalogue):
    """The allegations that met the threshold are a category of contacts, and the whole of what was found."""
    part = replace(split(catalogue)[0], statistic_id="met", category="met", label="met", value=100.0, display="100")
    found = replace(part, statistic_id="s", indicator="lado_outcomes", category="s", value=30.0, display="30")
    select = ["lado_contacts/threshold/met", f"lado_outcomes/{part.dimension}"]
    plan = ChartPlan("f", "flow", tuple(select), "T")
    (chart,), refused = make_charts([plan], a_release(statistics=(part, found)))
    assert ([mark.display for mark in chart.chart.marks], refused) == (["100", "30"], [])


def test_a_number_in_a_title_that_no_mark_holds_fails_the_chart_check():
    words = {"id": "c", "title": "Section 47 enquiries", "subtitle": "Number", "source": "S"}
    assert check(draw("bars", marks(100.0, 200.0), finding="highest for Group 2 (200)", **words)) == []
    (fault,) = check(draw("bars", marks(100.0, 200.0), finding="highest for Group 2 (201)", **words))
    assert (fault.rule, fault.message) == ("R10", "201 stands in the words and not in the marks")


def test_a_missing_phrase_is_told(tmp_path):
    (tmp_path / "titles.toml").write_text('[split]\nhighest = "x"\n', encoding="utf-8")
    with pytest.raises(DataError, match=r"\[stages\] lacks share"):
        load_titles(tmp_path)
