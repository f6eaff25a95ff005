"""Every kind of chart over a wide range of marks: what is refused, how rows are ordered, that all pass the check."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.container import BarContainer

from analysis.charts.chart import Mark
from analysis.charts.check import check
from analysis.charts.kinds import KINDS, draw
from analysis.errors import DataError
from analysis.measures.topics import CHART_KINDS
from tests.chance import MORE

WORDS = {
    "id": "chart",
    "title": "Contacts by sector",
    "subtitle": "Number, the borough, 2023-24",
    "source": "Source: x.",
}
LONG = "Children about whom a multi-agency meeting was held within fifteen working days of a strategy"
ROW_KINDS = ("bars", "ordered_bars", "flow", "dots")


def drawn(kind, marks, **options):
    return draw(kind, marks, **WORDS, **options)


def texts_of(chart):
    return [text.get_text() for axes in chart.figure.axes for text in axes.texts]


def widths_of(chart):
    bars = [bar for bar in chart.figure.axes[0].containers if isinstance(bar, BarContainer)]
    return [patch.get_width() for bar in bars for patch in bar.patches if patch.get_gid() is None]


# --- what is refused


@pytest.mark.parametrize(
    ("kind", "marks", "message"),
    [
        ("pie", [Mark("a", 1, "1"), Mark("b", 2, "2")], "unknown chart kind 'pie'; allowed: "),
        ("bars", [Mark("a", 1, "1")], "has 1 marks; allowed: two or more"),
        ("bars", [Mark("a", 1, "1"), Mark("b", 2, "2%")], "mixes units: %, a count"),
        ("bars", [Mark("a", 1, "£1"), Mark("b", 2, "2%")], "mixes units: %, £"),
        ("bars", [Mark("a", None, "3"), Mark("b", 2, "2")], "display '3' without a value"),
        ("bars", [Mark("a", None, ""), Mark("b", 2, "2")], "display '' without a value"),
        ("bars", [Mark("a", 1, ""), Mark("b", 2, "2")], "no display for its value"),
        ("bars", [Mark("a", float("nan"), "1"), Mark("b", 2, "2")], "no number"),
        ("dots", [Mark("a", None, "3 or so", lower=3), Mark("b", 2, "2")], "display '3 or so' without a value"),
        ("dots", [Mark("a", None, "[c]", lower=3), Mark("b", 2, "2")], "a number behind [c]"),
        ("dots", [Mark("a", None, "[c]", lower=3, upper=4), Mark("b", 2, "2")], "a number behind [c]"),
        ("bars", [Mark("a", 2, "[c]"), Mark("b", 2, "2")], "a number behind [c]"),
        ("dots", [Mark("a", 4, "4", lower=5, upper=3), Mark("b", 2, "2")], "lower bound above the upper"),
        ("bars", [Mark("a", 1, "1", whole=False), Mark("b", 2, "2")], "without a note that says which"),
        ("bars", [Mark(" ", 1, "1"), Mark("b", 2, "2")], "no label"),
        ("bars", [Mark("a", -1, "-1"), Mark("b", 2, "2")], "below zero in bars"),
        ("ratio", [Mark("a", 0, "0"), Mark("b", 2, "2")], "a ratio of zero or less"),
        ("pairs", [Mark("a", 1, "1"), Mark("a", 2, "2")], "no group; allowed in pairs"),
        ("pairs", [Mark("a", 1, "1", "x"), Mark("a", 2, "2", "x")], "two marks for 'a', 'x'"),
        ("trend", [Mark("a", 1, "1", group) for group in "vwxyz"], "5 lines in one chart; allowed: at most 4"),
    ],
)
def test_what_makes_no_honest_chart_is_refused_in_one_line(kind, marks, message):
    with pytest.raises(DataError) as refused:
        drawn(kind, marks)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_label_that_the_marks_do_not_have_is_refused():
    marks = [Mark("a", 1, "1"), Mark("b", 2, "2")]
    for kind, options in (
        ("control", {"centre": 1, "flags": {"c": "rule"}}),
        ("control", {"centre": 1, "events": {"c": "what"}}),
        ("funnel", {"sizes": {"a": 1, "b": 2}, "centre": 1, "limits": {}, "own": "c"}),
        ("neighbours", {"own": "c"}),
    ):
        with pytest.raises(DataError, match="'c'; allowed: (a, b|b, a)"):
            drawn(kind, marks, **options)
    with pytest.raises(DataError, match="no size for 'b'"):
        drawn("funnel", marks, sizes={"a": 1}, centre=1, limits={})


def test_an_option_that_a_kind_lacks_or_misses_is_named():
    marks = [Mark("a", 1, "1"), Mark("b", 2, "2")]
    with pytest.raises(DataError, match="unknown option of bars 'own'; allowed: none"):
        drawn("bars", marks, own="a")
    with pytest.raises(DataError, match="control needs centre"):
        drawn("control", marks)


# --- order


def test_bars_rank_by_value_and_hidden_ones_come_last_in_the_order_given():
    marks = [Mark("hidden b", None, "[c]"), Mark("low", 1, "1"), Mark("hidden a", None, "[c]"), Mark("high", 9, "9")]
    assert [mark.label for mark in drawn("bars", marks).marks] == ["high", "low", "hidden b", "hidden a"]


def test_ordered_bars_keep_their_order():
    marks = [Mark("a", 1, "1"), Mark("b", 9, "9"), Mark("c", 5, "5")]
    assert [mark.label for mark in drawn("ordered_bars", marks).marks] == ["a", "b", "c"]
    assert [mark.label for mark in drawn("bars", marks).marks] == ["b", "c", "a"]


# --- what is drawn


def test_the_length_of_a_bar_is_its_value_and_hidden_and_zero_have_none():
    chart = drawn("bars", [Mark("a", 50, "50"), Mark("b", 100, "100"), Mark("c", 0, "0"), Mark("d", None, "[c]")])
    assert widths_of(chart) == pytest.approx([100, 50])
    assert {"0", "[c] number withheld"} <= set(texts_of(chart))


def test_a_number_too_small_to_see_still_has_a_hairline():
    chart = drawn("bars", [Mark("a", 1, "1"), Mark("b", 1_000_000, "1,000,000")])
    room = chart.figure.axes[0].get_xlim()[1]
    assert 0.001 < min(widths_of(chart)) / room < 0.01


def test_shares_stand_only_where_both_numbers_are_published_exactly():
    marks = [
        Mark("All", 200, "200"),
        Mark("Half", 100, "100"),
        Mark("Few", 1, "1"),  # 0.5 % would round to 0 or 1
        Mark("Fewer", 0.9, "0.9"),
        Mark("About", 50, "about 50"),
        Mark("Hidden", None, "[c]"),
        Mark("Other year", 40, "40", whole=False, note="2022-23"),
    ]
    chart = drawn("flow", marks)
    assert [text for text in texts_of(chart) if text.endswith(("%", "of 200"))] == [
        "share of 200",
        "50%",
        "0%",
        "under 1%",
    ]
    assert "Half: 100 (50% of 200)" in chart.description


def test_no_share_of_a_first_stage_that_is_itself_qualified():
    chart = drawn("flow", [Mark("All", 604, "at least 604"), Mark("Children", 325, "325")])
    assert not [text for text in texts_of(chart) if "%" in text or "share" in text]


def test_another_area_or_period_is_hatched_and_says_which():
    chart = drawn("bars", [Mark("a", 5, "5"), Mark("b", 3, "3", whole=False, note="14 months")])
    hatches = [patch.get_hatch() for bar in chart.figure.axes[0].containers for patch in bar.patches]
    assert hatches == [None, "////"]
    assert "14 months" in texts_of(chart)


@pytest.mark.parametrize(("display", "points"), [("over 5", 1), ("At least 5", 1), ("nearly 5", 0), ("5", 0)])
def test_a_bar_of_at_least_so_many_ends_open(display, points):
    chart = drawn("bars", [Mark("a", 5, display), Mark("b", 3, "3")])
    tips = [patch for patch in chart.figure.axes[0].patches if type(patch).__name__ == "Polygon"]
    assert len(tips) == points


def test_a_line_breaks_at_a_hidden_point_and_beside_another_length_of_time():
    values = [("17", 7, True), ("18", 8, True), ("19", None, True), ("20", 9, False), ("21", 8, True), ("22", 6, True)]
    marks = [
        Mark(year, value, "[c]" if value is None else str(value), whole=whole, note="" if whole else "21 months")
        for year, value, whole in values
    ]
    lines = [list(line.get_xdata()) for line in drawn("trend", marks).figure.axes[0].lines if line.get_marker() == "o"]
    assert lines == [[0, 1], [4, 5], [3]]


def test_limits_are_drawn_a_stretch_at_a_time():
    marks = [Mark(str(i), 5, "5", lower=1 if i < 6 else 2, upper=9) for i in range(12)]
    chart = drawn("control", marks, centre=[5] * 6 + [6] * 6)
    dashed = [list(line.get_xdata()) for line in chart.figure.axes[0].lines if line.get_linestyle() == "--"]
    assert dashed == [[-0.5, 11.5], [-0.5, 5.5], [5.5, 11.5]]


def test_dots_alone_are_seen_from_zero_and_dots_with_intervals_closer():
    alone = drawn("dots", [Mark("a", 96, "96%"), Mark("b", 98, "98%")])
    noisy = drawn("dots", [Mark("a", 96, "96%", lower=94, upper=97), Mark("b", 98, "98%")])
    lows = [chart.figure.axes[0].get_xticks()[0] for chart in (alone, noisy)]
    assert lows[0] == 0 < lows[1]


def test_half_and_double_lie_equally_far_from_one():
    chart = drawn("ratio", [Mark("a", 0.5, "0.50"), Mark("b", 2, "2.00")])
    half, one, double = chart.figure.axes[0].transData.transform([(0.5, 0), (1, 0), (2, 0)])[:, 0]
    assert one - half == pytest.approx(double - one)


# --- all pass the check

labels = st.text("abcdefghijklmnopqrstuvwxyzABC ,&<£$'", min_size=1, max_size=90).filter(lambda text: text.strip())
values = st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 10**7), st.floats(0, 100).map(lambda x: round(x, 1)))
qualifiers = st.sampled_from(["", "", "over ", "at least ", "about ", "nearly "])
symbols = st.sampled_from(["[c]", "[x]", "[z]", "[low]"])


@st.composite
def marks_of(draw, label, group="", unit="", bounded=False):
    value = draw(values)
    if draw(st.integers(0, 5)) == 0:
        return Mark(label, None, draw(symbols), group)
    lower, upper = (value * 0.8, value * 1.3) if bounded and draw(st.booleans()) else (None, None)
    whole = draw(st.integers(0, 5)) > 0
    display = f"{draw(qualifiers)}{value:,}{unit}"
    return Mark(label, value, display, group, lower, upper, "" if whole else "14 months to March 2024", whole)


@st.composite
def rows(draw, kind):
    unit = draw(st.sampled_from(["", "%"]))
    names = [f"{n} {draw(labels)}" for n in range(draw(st.integers(2, 25)))]
    return [draw(marks_of(name, unit=unit, bounded=kind == "dots")) for name in names]


@st.composite
def tables(draw, most_groups=4, most_rows=12, bounded=False):
    unit = draw(st.sampled_from(["", "%"]))
    groups = [f"{n} {draw(labels)}" for n in range(draw(st.integers(2, most_groups)))]
    names = [f"{n} {draw(labels)[:40]}" for n in range(draw(st.integers(1, most_rows)))]
    return [draw(marks_of(name, group, unit, bounded)) for group in groups for name in names]


def assert_sound(chart):
    assert [str(fault) for fault in check(chart)] == []


few = settings(max_examples=6 * MORE)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ROW_KINDS)
def test_rows_of_all_kinds_pass_the_check(kind):
    few(given(marks=rows(kind))(lambda marks: assert_sound(drawn(kind, marks, unit="contacts"))))()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pairs", "trend"])
def test_tables_of_all_kinds_pass_the_check(kind):
    few(given(marks=tables(bounded=kind == "trend"))(lambda marks: assert_sound(drawn(kind, marks))))()


def hidden(kind):
    groups = ("x", "y") if kind == "pairs" else ("",)
    return [Mark(label, None, "[c]", group) for label in ("first", "second") for group in groups]


OPTIONS = {
    "control": {"centre": 5},
    "funnel": {"sizes": {"first": 10, "second": 20}, "centre": 5, "limits": {"99.8% limits": [(10, 1, 9), (20, 3, 7)]}},
    "neighbours": {"own": "first", "references": {"England 5": 5}},
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_with_every_number_hidden_passes_and_shows_none(kind):
    chart = drawn(kind, hidden(kind), **OPTIONS.get(kind, {}))
    assert_sound(chart)
    assert not widths_of(chart)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("pairs", "control", "funnel")])
@pytest.mark.parametrize("value", [0, 0.0001, 7, 10**9])
def test_equal_and_extreme_values_pass(kind, value):
    number = max(value, 0.0001) if kind == "ratio" else value
    marks = [Mark(label, number, f"{number:,}") for label in ("first", LONG)]
    assert_sound(drawn(kind, marks, **OPTIONS.get(kind, {})))


def test_control_charts_pass_with_marks_and_events():
    marks = [Mark(f"Month {i}", 20 + 7 * i % 13, str(20 + 7 * i % 13), lower=8, upper=36.5) for i in range(48)]
    flags = {"Month 5": "outside the limits", "Month 30": LONG, "Month 31": LONG}
    events = {"Month 12": "new form", "Month 13": LONG}
    chart = drawn("control", marks, unit="contacts a month", centre=22.5, flags=flags, events=events)
    assert_sound(chart)
    assert "Points that break a rule: Month 5, Month 30, Month 31." in chart.alt
    assert f"Average: 22.5. outside the limits: Month 5. {LONG}: Month 30, Month 31." in chart.description
    assert f"Month 12: new form; Month 13: {LONG}." in chart.description


def test_funnels_pass_and_name_the_own_and_the_unusual_areas():
    marks = [Mark(f"Area {i}", 20 + i % 9, f"{20 + i % 9}%") for i in range(150)]
    sizes = {mark.label: 100 + 29 * i for i, mark in enumerate(marks)}
    limits = {"99.8% limits": [(100 * i, 24 - 80 / i, 24 + 80 / i) for i in range(1, 46)]}
    options = {"sizes": sizes, "centre": 24, "limits": limits, "own": "Area 60", "unusual": ["Area 149"]}
    chart = drawn("funnel", marks, size_unit="referrals", **options)
    assert_sound(chart)
    assert {"Area 60", "Marked as unusual: Area 149", "Other areas", "referrals"} <= set(texts_of(chart))
    assert "Area 60: 26%." in chart.alt
    assert "Average: 24. The report's own area: Area 60. Marked as unusual: Area 149." in chart.description


def test_neighbours_pass_with_references_close_together():
    marks = [Mark(f"{LONG} {i}", 20.5 + i, f"{20.5 + i}%", lower=19 + i, upper=22 + i) for i in range(11)]
    references = {"England 25.1%": 25.1, "Median of neighbours 25.2%": 25.2}
    assert_sound(drawn("neighbours", marks, own=marks[3].label, references=references))


def test_topics_may_ask_for_the_kinds_that_figures_of_ones_own_can_be_drawn_as():
    assert set(CHART_KINDS) == set(KINDS) - {"funnel", "neighbours"}
