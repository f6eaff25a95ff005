"""How a noun reads of one."""

import pytest

from analysis.measures.terms import Unit, list_singulars
from analysis.measures.words import name_one

SINGULARS = list_singulars(
    [Unit("children", "child", "children", "people"), Unit("safe_plans", "safety plan", "safety plans", "count")]
)


@pytest.mark.parametrize(
    ("noun", "one"),
    [
        ("children with a plan", "child with a plan"),
        ("different children who were seen", "child who was seen"),
        ("plans that were made and were kept", "plan that was made and was kept"),
        ("plans and children led by us", "plan or child led by us"),  # one of two things is the one or the other
        ("plans of children", "plan of children"),  # the first is what is counted
        ("staff trained", "staff trained"),  # no unit says how one of them is called
    ],
)
def test_the_thing_counted_is_put_in_the_singular(noun, one):
    assert name_one(noun, SINGULARS) == one
