"""Verdicts on changes: years that vary more than chance make a rise no news, whatever some of them lack."""

from dataclasses import replace

import pytest

from analysis.figures.verdicts import judge_changes
from analysis.measures.periods import parse_year, year_name
from analysis.methods.change import AMONG, RISEN, VARIED
from tests.examples import made, seen

SHARES = ((400.0, 1000.0), (300.0, 1000.0), (400.0, 1000.0), (200.0, 1000.0), (400.0, 1000.0))


def course(catalogue, measure_type, unit, *sides):
    said = {"measure_type": measure_type, "unit": unit, "value": 30.0}
    return [
        made(catalogue, seen(**said, numerator=met, denominator=base, period=parse_year(year_name(2023 - n))))[0]
        for n, (met, base) in enumerate(sides)
    ]


@pytest.mark.parametrize("unsaid", [(), ((None, None),), ((300.0, None),), ((None, 1000.0),), ((0.0, 0.0),)])
@pytest.mark.parametrize(("measure_type", "unit"), [("percent", "percent"), ("rate", "per_10000")])
def test_a_year_without_its_base_leaves_the_spread_of_the_others(catalogue, measure_type, unit, unsaid):
    figures = course(catalogue, measure_type, unit, *SHARES[:3], *unsaid, *SHARES[3:])
    assert judge_changes({0: figures}, catalogue.measures)[0].verdict == VARIED


def test_the_noise_of_many_parts_hides_no_total(catalogue):
    rise = course(catalogue, "percent", "percent", (348.0, 600.0), (276.0, 600.0))
    nearly = course(catalogue, "percent", "percent", (347.0, 600.0), (276.0, 600.0))
    part = [replace(s, dimension="area", category="North") for s in nearly]
    still = [
        replace(s, dimension="area", category="South")
        for s in course(catalogue, "percent", "percent", *[(300.0, 600.0)] * 2)
    ]
    verdicts = judge_changes({0: rise, 1: part, **dict.fromkeys(range(2, 1000), still)}, catalogue.measures)
    assert (verdicts[0].verdict, verdicts[1].verdict) == (RISEN, AMONG)


def test_a_part_that_is_all_of_its_total_has_the_total_s_verdict(catalogue):
    rise = course(catalogue, "percent", "percent", (348.0, 600.0), (276.0, 600.0))
    part = [replace(s, dimension="area", category="North") for s in rise]
    still = [
        replace(s, dimension="area", category="South")
        for s in course(catalogue, "percent", "percent", *[(300.0, 600.0)] * 2)
    ]
    verdicts = judge_changes({0: part, 1: rise, **dict.fromkeys(range(2, 1000), still)}, catalogue.measures)
    assert (verdicts[0].verdict, verdicts[1].verdict) == (RISEN, RISEN)
