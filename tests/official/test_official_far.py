"""Counts of another size than the council's own official figure are asked about."""

from dataclasses import replace
from datetime import date

import pytest

from analysis.measures.periods import Period
from analysis.official.far import find_far
from tests.examples import seen
from tests.returns.checks.planted import HERE

HILLINGDON = replace(HERE, area_code="E09000017")
DAY = Period(date(2024, 3, 31), date(2024, 3, 31), "snapshot")  # 252 children had a plan: Department for Education
PLANS = {"indicator": "child_protection_plans", "unit": "children", "period": DAY, "geography": "Here"}


@pytest.mark.parametrize(
    ("value", "changes", "words"),
    [
        (2520, {}, "child_protection_plans is 10 times the council's own official figure of at 31 March 2024"),
        (756, {}, "is 3 times"),
        (755, {}, ""),
        (254, {}, ""),
        (84, {}, "is a part (1 in 3) of"),
        (85, {}, ""),
        (2520, {"geography": "Elsewhere"}, ""),
        (2520, {"dimension": "sex", "category": "boys"}, ""),
        (2520, {"qualifier": "about"}, ""),
        (2520, {"unit": "plans"}, ""),
        (2520, {"indicator": "lado_contacts"}, ""),
    ],
)
def test_a_count_far_from_the_councils_official_figure_is_a_question(value, changes, words):
    found = list(find_far([seen(**PLANS | {"value": float(value)} | changes)], HILLINGDON))
    assert len(found) == bool(words)
    assert all(words in problem.message and problem.severity == "warning" for problem in found)
