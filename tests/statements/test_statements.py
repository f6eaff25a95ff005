"""Statements: the sentence a reader would quote, in every state a figure can be in."""

from dataclasses import replace

import pytest

from analysis.figures.model import Comparison
from analysis.measures.periods import Period
from analysis.statements.statements import load_phrases, state
from tests.examples import FIXTURE_PHRASES, made, plans, seen


@pytest.fixture(scope="module")
def phrases():
    return load_phrases(FIXTURE_PHRASES)


def said(catalogue, phrases, observation, **changes):
    (statistic,) = made(catalogue, observation)
    return state(replace(statistic, **changes), catalogue, phrases)


PERCENT = {"measure_type": "percent", "unit": "percent", "dimension": "threshold", "category": "met"}
NO_PERIOD = Period(None, None, "unclear")


@pytest.mark.parametrize(
    ("observation", "sentence"),
    [
        (seen(), "There were 253 contacts to the LADO from April 2023 to March 2024."),
        (seen(value=1.0), "There was 1 contact to the LADO from April 2023 to March 2024."),
        (seen(value=0.0), "There were no contacts to the LADO from April 2023 to March 2024."),
        (
            seen(value=250.0, qualifier="over"),
            "There were over 250 contacts to the LADO from April 2023 to March 2024.",
        ),
        (
            seen(dimension="threshold", category="met", value=107.0),
            "There were 107 contacts where the harm threshold was met from April 2023 to March 2024.",
        ),
        (
            seen(**PERCENT, value=60.0, qualifier="about"),
            "About 60% of contacts had a harm threshold that was met from April 2023 to March 2024 (base not given).",
        ),
        (
            seen(measure_type="rate", unit="per_week", value=250.0, qualifier="about", period=NO_PERIOD),
            "There were about 250 contacts to the LADO a week (period not stated).",
        ),
        (
            seen(geography="West Area BCU"),
            "There were 253 contacts to the LADO (West Area BCU) from April 2023 to March 2024.",
        ),
        (
            seen(value=None, symbol="[x]"),
            "The number of contacts to the LADO from April 2023 to March 2024 is not available.",
        ),
        (plans(value=254.0), "There were 254 children with a child protection plan at 31 March 2024."),
    ],
)
def test_a_sentence_fits_the_figure(catalogue, phrases, observation, sentence):
    assert said(catalogue, phrases, observation) == sentence


def test_a_suppressed_figure_gives_a_sentence_without_the_number(catalogue, phrases):
    hidden = {"value": None, "display": "[c]", "symbol": "[c]", "status": "suppressed"}
    text = said(catalogue, phrases, seen(value=3.0), **hidden)
    assert text == "The number of contacts to the LADO from April 2023 to March 2024 is not shown, to protect people."
    text = said(catalogue, phrases, seen(**PERCENT, value=2.0), **hidden, base="")
    assert "the percentage" in text
    assert "2%" not in text


def test_a_comparison_follows_the_figure(catalogue, phrases):
    against = Comparison("previous", "April 2022", words="Against 202 from April 2022: 51 more, risen.")
    assert said(catalogue, phrases, seen(), comparisons=(against,)).endswith(against.words)


def test_no_comparison_is_not_said_in_the_sentence(catalogue, phrases):
    none = Comparison("previous", "", words="No earlier figure is held.")
    assert "earlier" not in said(catalogue, phrases, seen(), comparisons=(none,))
