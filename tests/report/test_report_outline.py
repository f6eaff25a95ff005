"""The outline of a section: what could be told of its changes, and what couldn't."""

from dataclasses import replace

from analysis.figures.model import Comparison
from analysis.methods.change import CHANCE, RISEN, TOO_FEW
from analysis.report.outline import outline_section
from tests.examples import a_release, made, seen


def test_what_was_tested_in_vain_and_what_can_not_be_tested_are_two_lists(catalogue):
    (figure,) = made(catalogue, seen())
    shown = {
        "a": Comparison("previous", "last year", difference="4 more", verdict=CHANCE),
        "b": Comparison("previous", "last year", untested="no base was given"),
        "c": Comparison("previous", "last year", refused="not comparable: 14 months against 12"),
        "d": Comparison("previous", "last year", difference="90 more", verdict=RISEN),
        "e": Comparison("previous", "last year", difference="1 more", verdict=TOO_FEW),
    }
    statistics = tuple(replace(figure, section="one", title=name, comparisons=(one,)) for name, one in shown.items())
    outline = outline_section(a_release(statistics=statistics), "one")
    assert outline.untold == ["a"]
    assert outline.untested == {
        "no base was given": ["b"],
        "not comparable: 14 months against 12": ["c"],
        "too small to compare": ["e"],
    }
