"""Verdicts on changes: years that vary more than chance make a rise no news, whatever some of them lack."""

import pytest

from analysis.figures.verdicts import judge_changes
from analysis.measures.periods import parse_year, year_name
from analysis.methods.change import VARIED
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
