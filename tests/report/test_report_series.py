"""Charts over time from monthly figures: what is drawn, what is marked, what is refused in words. Synthetic figures."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.measures.topics import ChartPlan
from analysis.methods.checks import RefusedError
from analysis.partnership import Event
from analysis.report.drawings import Drawing, Refusal, make_charts
from analysis.report.series import list_months, list_rebases, make_control
from tests.examples import a_release, made, seen, text_of

STEADY = [20, 24, 21, 25, 22, 23, 20, 24, 21, 25, 22, 23]
PLAN = ChartPlan("by_month", "control", ("lado_contacts/month",), "By month")
MEASURES = {"lado_contacts": text_of(polarity="none")}


def months(catalogue, values, start=date(2023, 4, 1), **changes):
    (one,) = made(catalogue, seen(dimension="threshold", category="met"))
    found = []
    for place, value in enumerate(values):
        year, month = divmod(start.month - 1 + place, 12)
        category = f"{start.year + year}-{month + 1:02d}"
        hidden = {"value": None, "display": "[c]", "symbol": "[c]", "status": "suppressed"}
        shown = {"value": float(value), "display": str(value)} if value is not None else hidden
        names = {"dimension": "month", "category": category, "statistic_id": f"lado.{category}"}
        found.append(replace(one, **names, **shown, **changes))
    return found


def charts_of(statistics, history=(), events=()):
    release = a_release(statistics=statistics, history=history, events=tuple(events), measures=MEASURES)
    return make_charts([PLAN], release)


def test_a_monthly_series_is_drawn_between_its_limits_with_the_years_before(catalogue):
    now, before = months(catalogue, STEADY), months(catalogue, STEADY, date(2022, 4, 1))
    (chart,), refused = charts_of(now, history=before)
    assert not refused
    assert [mark.label for mark in chart.marks][::23] == ["Apr 2022", "Mar 2024"]
    assert chart.subtitle == "Number each month, Here, April 2022 to March 2024"
    # XmR by hand for 12 steady months, twice: mean 22.5; ranges 4 3 4 3 1 3 4 3 4 3 1, a 3 between the years.
    spread = (2 * (4 + 3 + 4 + 3 + 1 + 3 + 4 + 3 + 4 + 3 + 1) + 3) / 23
    assert chart.marks[0].lower == pytest.approx(22.5 - 2.66 * spread)
    assert chart.marks[-1].upper == pytest.approx(22.5 + 2.66 * spread)
    assert "chance alone" in chart.note


def test_a_point_that_breaks_a_rule_is_named_in_words(catalogue):
    (chart,), _ = charts_of(months(catalogue, [*STEADY, 36]))
    assert "Above the upper process limit: Apr 2024" in chart.description
    assert "Points that break a rule: Apr 2024" in chart.alt


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (STEADY[:11], "no control chart: 11 months held; at least 12 are needed"),
        ([*STEADY, None], "no control chart: a month isn't shown"),
    ],
)
def test_a_short_or_hidden_series_is_refused_in_words(catalogue, values, words):
    charts, (refusal,) = charts_of(months(catalogue, values))
    assert not charts
    assert refusal == Refusal("by_month", "By month", words)


def test_a_missing_month_is_refused(catalogue):
    series = months(catalogue, STEADY + STEADY)
    del series[5]
    with pytest.raises(RefusedError, match="not evenly spaced"):
        make_control(series, events=())


def test_months_of_an_older_definition_are_left_out_and_that_is_said(catalogue):
    old = months(catalogue, STEADY, date(2022, 4, 1), definition_version="0")
    series = [*months(catalogue, STEADY), *old]
    assert len(list_months(series)) == 12
    _, _, note = make_control(series, events=())
    assert "Months before Apr 2023 are left out: the definition changed." in note


def test_limits_are_drawn_no_further_than_a_number_of_people_can_fall(catalogue):
    marks, _, _ = make_control(months(catalogue, [0, 9] * 6), events=())
    assert {mark.lower for mark in marks} == {0.0}


def event(day, what="A new form", rebase=False):
    return Event(date.fromisoformat(day), what, ("lado_contacts",), rebase)


def test_declared_events_are_marked_and_those_outside_the_series_are_not(catalogue):
    events = [event("2023-07-15"), event("2019-07-15", "Long ago")]
    (chart,), _ = charts_of(months(catalogue, STEADY), events=events)
    assert "Jul 2023: A new form" in chart.description
    assert "Long ago" not in chart.description


def test_a_declared_rebase_begins_new_limits(catalogue):
    series = months(catalogue, [*STEADY, *(value + 40 for value in STEADY)], date(2022, 4, 1))
    _, options, note = make_control(series, events=[event("2023-04-01", rebase=True)])
    assert options["centre"] == [22.5] * 12 + [62.5] * 12
    assert options["flags"] == {}
    assert "not computed anew" not in note


def test_a_rebase_without_twelve_points_on_each_side_is_only_marked_and_that_is_said(catalogue):
    series = months(catalogue, [*STEADY, *STEADY[:11]], date(2022, 4, 1))
    _, options, note = make_control(series, events=[event("2023-04-09", rebase=True)])
    assert len(set(options["centre"])) == 1
    assert options["events"] == {"Apr 2023": "A new form"}
    assert "Limits are not computed anew from Apr 2023: fewer than 12 points" in note


def test_a_second_rebase_needs_twelve_points_after_the_first():
    dates = [date(2020 + place // 12, place % 12 + 1, 1) for place in range(36)]
    events = [event("2021-01-01", rebase=True), event("2021-06-01", rebase=True), event("2022-01-01", rebase=True)]
    made_anew, left = list_rebases(events, dates)
    assert [one.start for one in made_anew] == [date(2021, 1, 1), date(2022, 1, 1)]
    assert len(left) == 1


def test_a_chart_that_fails_the_chart_check_is_never_shown(catalogue, monkeypatch):
    from analysis.charts.seen import Fault

    monkeypatch.setattr("analysis.report.drawings.check", lambda chart: [Fault("R6", "a turned text")])
    charts, (refusal,) = charts_of(months(catalogue, STEADY))
    assert not charts
    assert refusal.faults == ("R6: a turned text",)
    assert refusal.files("one") == {
        "section": "one",
        "id": "by_month",
        "refused": "it could not be drawn so that everyone can read it; its figures stand in the table",
        "faults": ["R6: a turned text"],
    }
    assert not isinstance(refusal, Drawing)
