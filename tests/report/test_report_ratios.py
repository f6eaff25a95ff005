"""Ratio plots: each group beside all others, with a base that doesn't overlap. Synthetic figures."""

from dataclasses import replace

import pytest
from scipy.stats import beta

from analysis.charts.check import check
from analysis.measures.topics import ChartPlan
from analysis.methods.checks import RefusedError
from analysis.report.drawings import make_charts
from analysis.report.ratios import make_ratio
from tests.examples import a_release, made, seen

PLAN = ChartPlan("r", "ratio", ("lado_contacts/threshold",), "T", base="children")
PEOPLE = {"children": {"threshold": {"met": 8_000.0, "not met": 50_000.0, "other": 2_000.0}}}
HERE = a_release(populations=PEOPLE)
HIDDEN = {"value": None, "display": "[c]", "symbol": "[c]", "status": "suppressed"}


def groups(catalogue, **values):
    (one,) = made(catalogue, seen(dimension="threshold", category="met"))
    return [
        replace(one, category=name.replace("_", " "), label=name, value=value, display=str(value), statistic_id=name)
        for name, value in values.items()
    ]


def test_each_group_stands_beside_all_other_groups(catalogue):
    marks, options, note = make_ratio("children", groups(catalogue, met=160.0, not_met=500.0), HERE)
    # 160 of 8,000 are 20 in a thousand; 500 of 50,000 are 10.
    assert [(mark.value, mark.display) for mark in marks] == [(2.0, "2.00"), (0.5, "0.50")]
    # Clopper-Pearson's limits of 160 in 660 by quantiles of the beta distribution, as odds, over 8,000 to 50,000.
    tails = [beta.ppf(0.025, 160, 501), beta.ppf(0.975, 161, 500)]
    limits = [tail / (1 - tail) * 50_000 / 8_000 for tail in tails]
    assert (marks[0].lower, marks[0].upper) == (pytest.approx(limits[0]), pytest.approx(limits[1]))
    assert options == {"same": "Same rate as all other groups"}
    assert "among children" in note


def test_a_hidden_group_is_left_out_of_both_sides_and_keeps_its_symbol(catalogue):
    shown = groups(catalogue, met=160.0, not_met=500.0)
    hidden = replace(groups(catalogue, other=1.0)[0], **HIDDEN)
    marks, _, _ = make_ratio("children", [*shown, hidden], HERE)
    assert [mark.display for mark in marks] == ["2.00", "0.50", "[c]"]


def test_those_whose_group_is_not_known_are_no_group(catalogue):
    marks, _, _ = make_ratio("children", groups(catalogue, met=160.0, not_met=500.0, not_known=90.0), HERE)
    assert len(marks) == 2


def test_a_group_without_events_has_no_ratio_and_that_is_said(catalogue):
    marks, _, note = make_ratio("children", groups(catalogue, met=160.0, not_met=500.0, other=0.0), HERE)
    assert marks[-1].display == "[z]"
    assert note.endswith("Without events there is no ratio: other.")


def test_the_stage_before_can_be_the_base(catalogue):
    before = [replace(s, indicator="plans") for s in groups(catalogue, met=400.0, not_met=2500.0)]
    release = a_release(statistics=tuple(before))
    marks, _, note = make_ratio("plans/threshold", groups(catalogue, met=160.0, not_met=500.0), release)
    assert [mark.value for mark in marks] == [2.0, 0.5]
    assert "stage before" in note


@pytest.mark.parametrize("people", [{}, {"children": {"threshold": {"met": 8_000.0}}}])
def test_without_a_base_it_is_refused_in_words(catalogue, people):
    figures = groups(catalogue, met=160.0, not_met=500.0)
    release = a_release(statistics=tuple(figures), populations=people)
    with pytest.raises(RefusedError, match="fewer than two groups"):
        make_ratio("children", figures, release)
    charts, (refusal,) = make_charts([PLAN], release)
    assert not charts
    assert refusal.words.startswith("no ratio plot")


def test_the_plot_passes_the_chart_check_and_says_its_interval(catalogue):
    figures = groups(catalogue, met=160.0, not_met=500.0)
    (chart,), _ = make_charts([PLAN], a_release(statistics=tuple(figures), populations=PEOPLE))
    assert check(chart.chart) == []
    assert chart.subtitle.startswith("Ratio of rates, Here")
    assert "met: 2.00 (interval 1.66 to 2.39)" in chart.description
