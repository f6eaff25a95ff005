"""The chart check, a rule at a time: one figure that breaks it, one beside it that doesn't; and stock plots fail."""

from dataclasses import replace
from importlib import import_module

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.charts.chart import Mark
from analysis.charts.check import Fault, check
from analysis.charts.kinds import draw

ALT = "Bar chart: contacts by sector. Education: 60; health: 20."
DARK, MID = "#12436D", "#28A197"


def sns():
    """Return seaborn, which takes a second to load, where it is drawn with."""
    return import_module("seaborn")


@pytest.fixture(autouse=True)
def stock_settings():
    with mpl.rc_context(mpl.rcParamsDefault | {"backend": "agg"}):
        yield


def figure_with(**axes_options):
    figure = Figure(figsize=(6, 4))
    return figure, figure.add_subplot(**axes_options)


def rules(figure, alt=ALT):
    return {fault.rule for fault in check(figure, alt=alt)}


def test_an_honest_plain_chart_passes():
    figure, axes = figure_with()
    axes.bar(["a", "b"], [3, 5], color=DARK)
    assert check(figure, alt=ALT) == []


# R1


@pytest.mark.parametrize(("colour", "edge", "broken"), [("#BFBFBF", None, True), ("#BFBFBF", "#333333", False)])
def test_pale_bars_need_an_edge(colour, edge, broken):
    figure, axes = figure_with()
    axes.bar(["a", "b"], [3, 5], color=colour, edgecolor=edge)
    assert ("R1" in rules(figure)) is broken


def test_transparency_counts_as_the_paler_colour_it_makes():
    figure, axes = figure_with()
    axes.bar(["a", "b"], [3, 5], color=DARK, alpha=0.2)
    assert "R1" in rules(figure)


def test_decoration_is_no_mark():
    figure, axes = figure_with()
    axes.bar(["a", "b"], [3, 5], color=DARK)
    axes.axhspan(1, 2, color="#EEEEEE", zorder=0, gid="decoration")
    assert check(figure, alt=ALT) == []


# R2, R3


@pytest.mark.parametrize(
    ("second", "broken"),
    [({}, True), ({"linestyle": "--"}, False), ({"dashes": (1, 3)}, False), ({"marker": "s"}, False)],
)
def test_lines_of_one_tone_need_a_second_difference(second, broken):
    figure, axes = figure_with()
    axes.plot([1, 2, 3], color=DARK)
    axes.plot([3, 2, 1], color="#801650", **second)  # the same tone as DARK in grey
    assert ("R2" in rules(figure)) is broken


def test_two_kinds_of_dashes_are_a_difference_though_matplotlib_calls_both_the_same():
    figure, axes = figure_with()
    axes.plot([1, 2, 3], color=DARK, dashes=(4, 2))
    axes.plot([3, 2, 1], color="#801650", dashes=(1, 1))
    assert "R2" not in rules(figure)


def test_lines_named_at_their_ends_are_told_apart():
    figure, axes = figure_with()
    axes.plot([1, 2, 3], color=DARK)
    axes.plot([3, 2, 1], color="#801650")
    axes.set_xlim(0, 4)
    axes.text(2.05, 3, "Up", va="center")
    assert "R2" in rules(figure)
    axes.text(2.05, 1, "Down", va="center")
    assert "R2" not in rules(figure)


def test_hatching_tells_bars_apart():
    figure, axes = figure_with()
    axes.bar([0], [3], color=DARK)
    axes.bar([2], [3], facecolor="#801650", hatch="//", edgecolor="white")
    assert "R2" not in rules(figure)


def test_red_and_green_of_different_tones_are_told_apart_only_by_some_eyes():
    figure, axes = figure_with()
    axes.scatter([1, 2], [1, 2], color="#AA3300")
    axes.scatter([1, 2], [2, 1], color="#336600")
    faults = [fault for fault in check(figure, alt=ALT) if fault.rule == "R3"]
    assert len(faults) == 1
    assert "anomaly" in faults[0].message


# R4


@pytest.mark.parametrize(("edge", "broken"), [("none", True), ("white", True), ("black", False)])
def test_touching_parts_need_contrast_or_an_edge_that_stands_out_from_both(edge, broken):
    figure, axes = figure_with()
    axes.barh([0], [3], color="#F46A25", edgecolor=edge)  # 3.03:1 on white, so a white edge does for one
    axes.barh([0], [3], left=3, color="#8FBC8F", edgecolor=edge)  # 2.1:1 on white
    assert ("R4" in rules(figure)) is broken


def test_cells_need_their_numbers():
    figure, axes = figure_with()
    axes.pcolormesh(np.array([[0, 1]]), cmap="Greys")
    assert "R4" in rules(figure)
    axes.text(0.5, 0.5, "0", ha="center")
    axes.text(1.5, 0.5, "1", ha="center", color="white")
    assert check(figure, alt=ALT) == []


# R5


@pytest.mark.parametrize(
    ("colour", "box", "broken"),
    [("white", None, False), ("#888888", None, True), ("black", None, True), ("black", {"facecolor": "white"}, False)],
)
def test_text_stands_out_from_the_bar_under_it(colour, box, broken):
    figure, axes = figure_with()
    axes.bar(["a", "b"], [3, 5], color=DARK)
    axes.text(0, 1, "3", color=colour, ha="center", bbox=box)
    assert ("R5" in rules(figure)) is broken


def test_text_half_on_a_bar_is_judged_by_its_worse_half():
    figure, axes = figure_with()
    axes.bar(["a", "b"], [3, 5], color=DARK)
    axes.text(0.4, 1, "label", ha="center", color="white")
    assert "R5" in rules(figure)


# R6, R7, R8


def test_turned_text_is_found():
    figure, axes = figure_with()
    axes.plot([1, 2], color=DARK)
    axes.set_ylabel("contacts")
    assert [str(fault) for fault in check(figure, alt=ALT)] == ["R6: 'contacts' is turned by 90 degrees"]


def test_text_and_marks_cut_off_are_found():
    figure, axes = figure_with()
    axes.bar(["a", "b"], [3, 5], color=DARK)
    axes.text(1.4, 1, "a label that runs out of the figure")
    assert check(figure, alt=ALT) == [Fault("R7", "'a label that runs out of the figure' is cut off")]
    figure, axes = figure_with()
    axes.bar(["a", "b"], [3, 5], color=DARK)
    axes.set_ylim(0, 4)
    assert check(figure, alt=ALT) == [Fault("R7", "area #12436d is cut off")]


def test_text_on_text_is_found():
    figure, axes = figure_with()
    axes.plot([1, 2], color=DARK)
    axes.text(0.5, 1.1, "first label")
    axes.text(0.52, 1.11, "second label")
    assert rules(figure) == {"R8"}


def test_text_across_a_line_or_a_point_is_found_unless_on_paper_of_its_own():
    figure, axes = figure_with()
    axes.plot([1, 1], color=DARK)
    axes.text(0.5, 1, "label", va="center", bbox={"facecolor": "white"})
    assert rules(figure) == set()
    axes.text(0.2, 1, "label", va="center")
    assert rules(figure) == {"R8"}


# R9


@pytest.mark.parametrize(
    ("bottom", "scale", "broken"), [(0, "linear", False), (2, "linear", True), (0, "symlog", True)]
)
def test_bars_start_at_zero_on_an_even_scale(bottom, scale, broken):
    figure, axes = figure_with()
    axes.bar(["a", "b"], [3, 5], color=DARK)
    axes.set_yscale(scale)
    axes.set_ylim(bottom, 6)
    assert ("R9" in rules(figure)) is broken


def test_bars_that_hang_in_the_air_are_found_and_stacks_are_not():
    figure, axes = figure_with()
    axes.barh(["a"], [3], color=DARK)
    axes.barh(["a"], [3], left=3, color=MID)
    assert "R9" not in rules(figure)
    axes.barh(["b"], [3], left=3, color=MID)
    assert "R9" in rules(figure)


def test_lines_need_no_zero():
    figure, axes = figure_with()
    axes.plot([11, 12, 13], color=DARK)
    assert check(figure, alt=ALT) == []


# R10


@pytest.mark.parametrize(
    "alt",
    [None, " ", "chart", "lado_outcomes.png shown here", "No description has been provided for this image"],
)
def test_words_that_say_nothing_are_no_alternative(alt):
    figure, axes = figure_with()
    axes.plot([1, 2], color=DARK)
    assert rules(figure, alt) == {"R10"}


def test_a_number_from_elsewhere_in_the_words_of_our_own_chart_is_found():
    chart = draw("bars", [Mark("a", 1, "1"), Mark("b", 2, "2")], id="x", title="T", subtitle="s", source="s")
    wrong = replace(chart, alt=chart.alt.replace("b: 2", "b: 3"))
    assert [str(fault) for fault in check(wrong)] == ["R10: 3 stands in the words and not in the marks"]


def test_a_chart_of_ours_brings_its_own_words_and_settings():
    chart = draw("bars", [Mark("a", 1, "1"), Mark("b", 2, "2")], id="x", title="T", subtitle="s", source="s")
    assert check(chart) == []


# stock plots

WIDE = pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 3, 4, 5], "c": [4, 3, 2, 5]}, index=list("wxyz"))
LONG = WIDE.reset_index().melt("index")
GRID = np.arange(20).reshape(4, 5)

STOCK = {
    "pandas lines": lambda axes: WIDE.plot(ax=axes),
    "pandas bars": lambda axes: WIDE.plot.bar(ax=axes),
    "pandas stack": lambda axes: WIDE.plot.barh(stacked=True, ax=axes),
    "pandas area": lambda axes: WIDE.plot.area(ax=axes),
    "seaborn lines": lambda axes: sns().lineplot(WIDE, ax=axes),
    "seaborn bars": lambda axes: sns().barplot(LONG, x="index", y="value", hue="variable", ax=axes),
    "seaborn colorblind": lambda axes: sns().barplot(
        LONG, x="index", y="value", hue="variable", palette="colorblind", ax=axes
    ),
    "seaborn points": lambda axes: sns().scatterplot(LONG, x="index", y="value", hue="variable", ax=axes),
    "seaborn heat map": lambda axes: sns().heatmap(GRID, annot=True, cmap="viridis", ax=axes),
    "seaborn bare heat map": lambda axes: sns().heatmap(GRID, ax=axes),
}


@pytest.mark.parametrize("name", STOCK)
def test_stock_plots_fail_for_more_than_turned_text(name):
    figure, axes = figure_with()
    STOCK[name](axes)
    assert rules(figure) - {"R6", "R10"}
