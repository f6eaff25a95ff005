"""Statements: the sentence a reader would quote, in every state a figure can be in."""

from dataclasses import replace

import pytest

from analysis.disclosure.patterns import find_births
from analysis.figures.model import Comparison
from analysis.measures.catalogue import get_catalogue
from analysis.measures.periods import Period
from analysis.methods.change import CHANCE, FALLEN, RISEN, TOO_FEW, UNCHANGED
from analysis.settings import get_dictionary_root
from analysis.statements.statements import load_phrases, state
from tests.examples import made, plans, seen


@pytest.fixture(scope="module")
def phrases():
    return load_phrases(get_dictionary_root())


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
    assert text == (
        "What percentage of contacts had a harm threshold that was met from April 2023 to March 2024 is not shown, "
        "to protect people."
    )


AGAINST = {"kind": "previous", "against": "April 2022 to March 2023", "earlier": "from April 2022 to March 2023"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"difference": "51 more (25%)", "verdict": RISEN}, "that is 51 more (25%): a rise beyond chance."),
        ({"difference": "51 fewer (25%)", "verdict": FALLEN}, "that is 51 fewer (25%): a fall beyond chance."),
        ({"difference": "1 more (under 1%)", "verdict": UNCHANGED}, "that is 1 more (under 1%): broadly unchanged."),
        ({"difference": "9 more (4%)", "verdict": CHANCE}, "that is 9 more (4%), which chance alone could give."),
        ({"difference": "2 more", "verdict": TOO_FEW}, "that is 2 more: too few to tell from chance."),
        ({"difference": "9 more (4%)", "untested": "no base"}, "that is 9 more (4%), not tested against chance."),
    ],
)
def test_a_change_follows_the_figure_with_what_chance_could_do(catalogue, phrases, changes, sentence):
    text = said(catalogue, phrases, seen(), comparisons=(Comparison(**AGAINST, other="202", **changes),))
    assert text.endswith(f" Against 202 from April 2022 to March 2023, {sentence}")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"difference": "the same number", "verdict": TOO_FEW},
            "The figure was the same from April 2022 to March 2023.",
        ),
        (
            {"refused": "not comparable: 14 months against 12", "other": "202"},
            "It can't be compared with 202 from April 2022 to March 2023: 14 months against 12.",
        ),
    ],
)
def test_a_figure_that_is_the_same_or_cant_be_compared_says_so(catalogue, phrases, changes, sentence):
    text = said(catalogue, phrases, seen(), comparisons=(Comparison(**AGAINST, **changes),))
    assert text.endswith(f"March 2024. {sentence}")


@pytest.mark.parametrize(
    "comparison",
    [
        Comparison("previous", "", words="No earlier figure is held."),
        Comparison(**AGAINST, other="[c]", refused="not compared: a figure isn't shown", hidden=True),
    ],
)
def test_what_is_not_held_or_not_shown_is_not_said_in_the_sentence(catalogue, phrases, comparison):
    text = said(catalogue, phrases, seen(), comparisons=(comparison,))
    assert text == "There were 253 contacts to the LADO from April 2023 to March 2024."


SHIPPED = get_catalogue()


@pytest.mark.parametrize("measure", SHIPPED.measures.values(), ids=lambda one: one.id)
def test_no_category_stands_in_a_sentence_under_the_name_of_its_split(measure):
    for split in measure.by.values():
        for word in ["share"] if measure.measure == "percent" else ["noun", "share"]:
            for category in split.categories or ("x",):
                text = split.fill(measure.words(split, word), category)
                assert ": " not in text, text
                assert "{" not in text, text


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        ("contacts/source/individual", "contacts to the children's front door from individuals"),
        ("contacts/source/not known", "contacts to the children's front door for which the source was not known"),
        ("children_looked_after/sex/male", "children looked after who were male"),
        ("safeguarding_concerns/sex/male", "adult safeguarding concerns about adults who were male"),
        ("section47_enquiries/age_band/1 to 4", "section 47 enquiries about children aged 1 to 4"),
        ("children_looked_after/age_band/not known", "children looked after whose age band was not known"),
        ("contacts/month/2023-05", "contacts to the children's front door"),
    ],
)
def test_a_category_reads_as_part_of_what_is_counted(selector, words):
    assert SHIPPED.name(selector) == words


@pytest.mark.parametrize("measure", SHIPPED.measures.values(), ids=lambda one: one.id)
def test_no_category_before_a_period_reads_as_a_date_of_birth(measure):
    for split in measure.by.values():
        for category in split.categories:
            text = split.fill(measure.words(split, "noun"), category)
            assert list(find_births(f"There were 19 {text} at 31 March 2024.")) == []
