"""Rounding as a policy of everything printed: nothing beside a rounded count gives it back."""

from dataclasses import replace

import pytest

from analysis.attacker.attack import attack
from analysis.disclosure.apply import gate
from analysis.disclosure.earlier import recall
from analysis.disclosure.policy import Policy, Waiver
from analysis.disclosure.rounding import round_figure
from analysis.release.stages import prepare
from analysis.runs.files import write_statistics
from tests.examples import made, seen

BASE = Policy(rounding_base=5)
MET = {"dimension": "threshold", "category": "met"}
SHARE = {"measure_type": "percent", "unit": "percent", "decimals": 1}


def rounded(catalogue, *observations, policy=BASE):
    return gate(made(catalogue, *observations), [], catalogue, policy, release="shared").statistics


def test_a_share_is_that_of_its_rounded_numbers_and_so_is_its_interval(catalogue):
    (share,) = rounded(catalogue, seen(**SHARE, **MET, value=42.3, numerator=107.0, denominator=253.0))
    (of_those,) = made(catalogue, seen(**SHARE, **MET, value=41.2, numerator=105.0, denominator=255.0))
    assert (share.value, share.display, share.base) == (41.2, "41.2%", "105 of 255")
    assert (share.lower, share.upper, share.method) == (of_those.lower, of_those.upper, of_those.method)


def test_a_rate_is_that_of_its_rounded_count_and_the_published_population(catalogue):
    rate = {"measure_type": "rate", "unit": "per_10000", "decimals": 2}
    count, per_head = rounded(
        catalogue, seen(value=33.0), seen(**rate, value=1.36, numerator=33.0, denominator=243_123.0)
    )
    assert (count.value, count.display) == (35.0, "35")
    assert (per_head.value, per_head.base) == (1.44, "35 in a population of 243,123")


def test_a_share_that_gives_no_numbers_is_made_of_the_rounded_whole(catalogue):
    whole, part = rounded(catalogue, seen(value=33.0), seen(**SHARE, **MET, value=42.4))
    assert (whole.value, part.value, part.base) == (35.0, 42.9, "base not given")  # 15 of 35, not 14 of 33


@pytest.mark.parametrize(
    ("qualifier", "value", "shown"),
    [("exact", 33.0, 35.0), ("about", 33.0, 35.0), ("at_least", 33.0, 30.0), ("under", 31.0, 35.0)],
)
def test_a_vague_count_stays_true(catalogue, qualifier, value, shown):
    assert rounded(catalogue, seen(value=value, qualifier=qualifier))[0].value == shown


@pytest.mark.parametrize(("of", "shown"), [(9.0, "8 days"), (12.0, "8.3 days"), (120.0, "8.25 days")])
def test_a_mean_says_no_more_digits_than_its_rounded_base_allows(catalogue, of, shown):
    (mean,) = rounded(catalogue, seen(measure_type="mean", unit="days", value=8.254, decimals=2, denominator=of))
    assert mean.display == shown
    assert mean.denominator % 5 == 0


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({"measure_type": "change_absolute", "value": -9.0}, -5.0),
        ({"measure_type": "change_percent", "unit": "percent", "value": -24.3, "decimals": 1}, -28.6),
    ],
)
def test_a_returned_change_is_that_of_the_rounded_figures(catalogue, change, shown):
    (figure,) = made(catalogue, seen(**change))
    counts = {figure.statistic_id: (28.0, 37.0) if "absolute" in change["measure_type"] else (25.0, 33.0)}
    assert round_figure(figure, 5, counts, catalogue).value == shown


def test_a_returned_change_without_its_figures_is_rounded(catalogue):
    (figure,) = made(catalogue, seen(measure_type="change_absolute", value=-13.0))
    assert round_figure(figure, 5, {}, catalogue).value == -15.0


def test_a_waived_figure_stays(catalogue):
    policy = replace(BASE, waivers=(Waiver("lado_contacts.count", "public already", "board"),))
    assert rounded(catalogue, seen(value=33.0), policy=policy)[0].value == 33.0


def test_what_was_printed_rounded_and_is_still_is_no_revision(catalogue):
    (before,) = rounded(catalogue, seen(**SHARE, value=42.3, numerator=107.0, denominator=253.0))
    (now,) = rounded(catalogue, seen(**SHARE, value=42.1, numerator=106.0, denominator=252.0))
    assert now.value != before.value
    assert recall([now], [before], lambda s: s).revisions == {now.statistic_id: 5.0}


@pytest.mark.slow
def test_a_rounded_report_gives_no_exact_number_back(hillingdon, tmp_path):
    text = (hillingdon / "partnership.toml").read_text(encoding="utf-8")
    (hillingdon / "partnership.toml").write_text(
        text.replace("[disclosure]\n", "[disclosure]\nrounding_base = 5\n"), encoding="utf-8"
    )
    release = prepare("hillingdon", "2023-24", "shared").release
    people = [s for s in release.printed if s.protects == "people" and s.published]
    assert all(s.value % 5 == 0 for s in people if s.measure_type == "count")
    assert all((n or 0) % 5 == 0 for s in people if s.measure_type == "percent" for n in (s.numerator, s.denominator))
    write_statistics(release.statistics, tmp_path)
    assert attack(tmp_path).openings == ()
