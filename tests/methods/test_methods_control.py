"""XmR charts against NHSRplotthedots' own published values, and what we refuse where it warns."""

import csv
import json
from datetime import date, timedelta
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.methods.checks import RefusedError
from analysis.methods.control import LIMIT, Rebase, control_chart, moving_range

# NHSRplotthedots (MIT), vignettes/deviations.Rmd: the alternative text of its charts.
ONE_OUTLIER = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]

# NHSRplotthedots (MIT), tests/testthat/_snaps/ptd_spc_standard.md: set.seed(123); rnorm(20).
RNORM20 = [
    -0.56047565, -0.23017749, 1.55870831, 0.07050839, 0.12928774, 1.71506499, 0.46091621, -1.26506123,
    -0.68685285, -0.44566197, 1.2240818, 0.35981383, 0.40077145, 0.11068272, -0.55584113, 1.78691314,
    0.49785048, -1.96661716, 0.7013559, -0.47279141,
]  # fmt: skip

# NHS England A&E waiting times (Open Government Licence v3) in NHSRdatasets::ae_attendances (CC0): breaches
# of the four-hour standard, trust RRK, type 1 departments, April 2016 to March 2018.
RRK = [
    1195, 1843, 1397, 1333, 1771, 1751, 2013, 1759, 2179, 2585, 1654, 1543,
    1632, 1558, 1190, 1357, 1279, 1683, 2190, 1804, 986, 2181, 2048, 2154,
]  # fmt: skip


def months(count: int, step: int = 1) -> list[date]:
    """Return the first days of `count` months from April 2016, `step` months apart."""
    return [date(2016 + (3 + i * step) // 12, (3 + i * step) % 12 + 1, 1) for i in range(count)]


def chart_of(values, **options):
    return control_chart(values, months(len(values)), **options)


def marked_in(chart):
    return [(point.value, point.rule) for point in chart.points if point.rule]


def limits_of(values, **options):
    found = chart_of(values, **options).stretches[-1]
    return found.mean, found.lower, found.upper


def test_one_outlier_is_screened_out_of_the_limits_and_is_alone_special_cause():
    assert [round(limit, 2) for limit in limits_of(ONE_OUTLIER)] == [1.94, -0.72, 4.60]
    assert marked_in(chart_of(ONE_OUTLIER)) == [(10, "outside limits")]


def test_the_published_snapshot_of_twenty_random_values():
    assert limits_of(RNORM20) == pytest.approx((0.1416238, -3.01138, 3.294627), abs=5e-6)
    assert marked_in(chart_of(RNORM20)) == []


def test_the_published_snapshot_with_an_outlier():
    values = [*RNORM20[:14], 10, *RNORM20[15:]]
    assert limits_of(values) == pytest.approx((0.6694159, -2.383666, 3.722497), abs=5e-7)


@pytest.mark.parametrize(
    ("values", "expected"),
    # NHSRplotthedots, tests/testthat/_snaps/ptd_spc.md: two facets of ten points, too few for a chart here.
    [(RNORM20[:10], (0.0746, -2.60, 2.75)), (RNORM20[10:], (0.209, -3.28, 3.70))],
)
def test_the_published_snapshot_of_two_facets(values, expected):
    mean, reach = fmean(values), LIMIT * moving_range(values)
    assert (mean, mean - reach, mean + reach) == pytest.approx(expected, abs=5e-3)
    with pytest.raises(RefusedError, match="10 points; at least 12 are needed"):
        chart_of(values)


def test_rrk_shows_eight_points_below_the_mean():
    # NHSRplotthedots, vignettes/NHSRplotthedots.Rmd.
    chart = chart_of(RRK)
    assert limits_of(RRK) == pytest.approx((1711.875, 849.793182, 2573.956818), abs=1e-6)
    shift = [point for point in chart.points if point.rule == "shift"]
    assert [point.date for point in shift] == months(24)[10:18]
    assert {point.side for point in shift} == {"low"}
    assert chart.points[-1].rule == ""


@pytest.mark.shared
def test_rrk_in_the_whole_file(shared):
    with (shared / "data" / "methods" / "ae_attendances.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if (row["org_code"], row["type"]) == ("RRK", "1")]
    found = sorted((row["period"], int(row["breaches"])) for row in rows if row["period"] <= "2018-03-01")
    assert [breaches for _, breaches in found] == RRK
    assert [date.fromisoformat(period) for period, _ in found] == months(24)


@pytest.mark.shared
def test_the_reference_file_holds_the_examples_above(shared):
    examples = json.loads((shared / "data" / "methods" / "xmr_reference_examples.json").read_text())
    assert examples["tiny_with_outlier"]["values"] == ONE_OUTLIER
    assert examples["rnorm20_seed123"]["values"] == RNORM20
    rrk = examples["ae_RRK_type1_breaches_to_2018_03"]
    expected = [rrk[f"computed_{name}"] for name in ("mean", "lpl_screened", "upl_screened")]
    assert limits_of(RRK) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(("jump", "kept"), [(4, 15 / 12), (4.13, 1)])
def test_steps_from_3_267_times_the_mean_on_are_screened_out(jump, kept):
    # Eleven steps of 1 and a jump: 4 is 3.20 times the mean step, 4.13 is 3.276 times.
    values = [i % 2 for i in range(12)]
    assert moving_range([*values, values[-1] + jump]) == pytest.approx(kept)


def test_near_limits_lie_two_thirds_of_the_way():
    found = chart_of(RRK).stretches[0]
    assert (found.near_upper - found.mean) / (found.upper - found.mean) == pytest.approx(2 / 3)
    assert (found.mean - found.near_lower) / (found.mean - found.lower) == pytest.approx(2 / 3)


def test_values_all_alike_have_limits_on_the_mean_and_nothing_unusual():
    # The floating-point mean of twelve times 0.006 is not 0.006.
    chart = chart_of([0.006] * 12)
    assert limits_of([0.006] * 12) == (0.006, 0.006, 0.006)
    assert marked_in(chart) == []


def test_a_rebase_starts_new_limits_and_keeps_its_reason():
    values, when = [*RRK[:12], *(value + 3000 for value in RRK[12:])], months(24)[12]
    chart = chart_of(values, rebases=[Rebase(when, "a second front door opened")])
    before, after = chart.stretches
    assert (before.points, before.mean, before.reason) == (12, fmean(RRK[:12]), "")
    assert (after.start, after.mean, after.reason) == (when, fmean(RRK[12:]) + 3000, "a second front door opened")
    assert [point.stretch for point in chart.points] == [0] * 12 + [1] * 12


def test_runs_are_never_shared_across_a_rebase():
    # Six low points end the first stretch and six begin the second: twelve in a row, and no run of seven.
    half = [9, 16, 9, 16, 9, 16, 2, 6, 2, 6, 2, 6]
    values = [*half, *reversed(half)]
    assert [point.rule for point in chart_of(values).points] == [""] * 6 + ["shift"] * 12 + [""] * 6
    rebased = chart_of(values, rebases=[Rebase(months(24)[12], "new recording system")])
    assert marked_in(rebased) == []


@pytest.mark.parametrize("count", [2, 11])
def test_under_twelve_points_are_refused(count):
    with pytest.raises(RefusedError, match=f"^no control chart: {count} points; at least 12 are needed$"):
        chart_of(RRK[:count])


def test_twelve_points_are_enough():
    assert len(chart_of(RRK[:12]).points) == 12


@pytest.mark.parametrize("at", [11, 13])
def test_a_stretch_under_twelve_points_is_refused(at):
    with pytest.raises(RefusedError, match="11 points.*at least 12 are needed"):
        chart_of(RRK, rebases=[Rebase(months(24)[at], "new recording system")])


@pytest.mark.parametrize("step", [12, 24])
def test_yearly_values_are_refused(step):
    with pytest.raises(RefusedError, match="^no control chart: yearly values; monthly or quarterly"):
        control_chart(RRK, months(24, step))


@pytest.mark.parametrize("step", [1, 3, 6])
def test_months_quarters_and_half_years_are_charted(step):
    assert len(control_chart(RRK, months(24, step)).points) == 24


def test_weeks_are_charted():
    weeks = [date(2024, 1, 1) + timedelta(weeks=i) for i in range(24)]
    assert len(control_chart(RRK, weeks).points) == 24


def test_month_ends_are_evenly_spaced():
    ends = [start - timedelta(days=1) for start in months(25)[1:]]
    assert len(control_chart(RRK, ends).points) == 24


def test_a_missing_month_is_refused():
    gap = [*months(25)[:7], *months(25)[8:]]
    with pytest.raises(RefusedError, match="not evenly spaced"):
        control_chart(RRK, gap)


@pytest.mark.parametrize(
    ("rebases", "said"),
    [
        ([Rebase(date(2017, 4, 2), "why")], "rebase at 2017-04-02; allowed"),
        ([Rebase(date(2016, 4, 1), "why")], "rebase at 2016-04-01; allowed"),
        ([Rebase(date(2017, 4, 1), "  ")], "rebase at 2017-04-01 gives no reason"),
        ([Rebase(date(2017, 4, 1), "why")] * 2, "two rebases have the same date"),
    ],
)
def test_a_rebase_must_be_declared_well(rebases, said):
    with pytest.raises(ValueError, match=said):
        chart_of(RRK, rebases=rebases)


def test_dates_must_rise_and_match_the_values():
    with pytest.raises(ValueError, match="dates don't rise"):
        control_chart(RRK, [*months(23), months(23)[-1]])
    with pytest.raises(ValueError, match="lengths are values 24, dates 23"):
        control_chart(RRK, months(23))
    with pytest.raises(ValueError, match="value is nan"):
        chart_of([float("nan"), *RRK[1:]])


series = st.lists(st.integers(0, 400), min_size=12, max_size=40)


@given(series, st.integers(-50, 50), st.integers(2, 9))
def test_shifting_and_scaling_the_values_does_so_to_the_chart(values, shift, times):
    moved = [value * times + shift for value in values]
    one, other = limits_of(values), limits_of(moved)
    assert other == pytest.approx([limit * times + shift for limit in one], abs=1e-6)


@given(series, series)
def test_a_rebase_gives_the_two_charts_that_its_stretches_give_alone(before, after):
    whole = chart_of([*before, *after], rebases=[Rebase(months(len(before) + 1)[-1], "new system")])
    alone = [(p.rule, p.side) for part in (before, after) for p in chart_of(part).points]
    assert [(point.rule, point.side) for point in whole.points] == alone
