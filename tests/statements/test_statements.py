"""Statements: the sentence a reader would quote, in every state a figure can be in."""

import re
from dataclasses import replace

import pytest

from analysis.disclosure.patterns import find_births
from analysis.figures.model import Comparison
from analysis.measures.catalogue import get_catalogue
from analysis.measures.periods import Period
from analysis.measures.words import add_article
from analysis.methods.change import AMONG, CHANCE, FALLEN, RISEN, TOO_FEW, UNCHANGED
from analysis.settings import get_dictionary_root
from analysis.statements.statements import load_phrases, state
from analysis.statements.words import RATIO, Telling
from tests.examples import made, plans, seen


@pytest.fixture(scope="module")
def phrases():
    return load_phrases(get_dictionary_root())


def said(catalogue, phrases, observation, **changes):
    (statistic,) = made(catalogue, observation)
    return state(replace(statistic, **changes), Telling(catalogue, phrases))


PERCENT = {"measure_type": "percent", "unit": "percent", "dimension": "threshold", "category": "met"}
NO_PERIOD = Period(None, None, "unclear")


@pytest.mark.parametrize(
    ("observation", "sentence"),
    [
        (seen(), "There were 253 contacts to the LADO in 2023-24."),
        (seen(value=1.0), "There was one contact to the LADO in 2023-24."),
        (seen(value=0.0), "There were no contacts to the LADO in 2023-24."),
        (
            seen(**PERCENT, value=60.0, qualifier="about", geography="unclear"),
            "About 60% of contacts had a harm threshold that was met in 2023-24 (area and number not stated).",
        ),
        (
            seen(**PERCENT, value=60.0, geography="unclear", period=NO_PERIOD),
            "60% of contacts had a harm threshold that was met (area, number and period not stated).",
        ),
        (
            seen(value=250.0, qualifier="over"),
            "There were more than 250 contacts to the LADO in 2023-24.",
        ),
        (
            seen(dimension="threshold", category="met", value=107.0),
            "There were 107 contacts where the harm threshold was met in 2023-24.",
        ),
        (
            seen(**PERCENT, value=60.0, qualifier="about"),
            "About 60% of contacts had a harm threshold that was met in 2023-24 (number not stated).",
        ),
        (
            seen(measure_type="rate", unit="per_week", value=250.0, qualifier="about", period=NO_PERIOD),
            "There were about 250 contacts to the LADO a week (period not stated).",
        ),
        (
            seen(geography="West Area BCU"),
            "In West Area BCU, there were 253 contacts to the LADO in 2023-24.",
        ),
        (
            seen(value=None, symbol="[x]"),
            "The number of contacts to the LADO in 2023-24 is not available.",
        ),
        (plans(value=254.0), "There were 254 children with a child protection plan at 31 March 2024."),
    ],
)
def test_a_sentence_fits_the_figure(catalogue, phrases, observation, sentence):
    assert said(catalogue, phrases, observation) == sentence


def test_a_suppressed_figure_gives_a_sentence_without_the_number(catalogue, phrases):
    hidden = {"value": None, "display": "[c]", "symbol": "[c]", "status": "suppressed"}
    text = said(catalogue, phrases, seen(value=3.0), **hidden)
    assert text == "The number of contacts to the LADO in 2023-24 is not shown, to protect people."
    text = said(catalogue, phrases, seen(**PERCENT, value=2.0), **hidden, base="")
    assert text == (
        "To protect people, it is not shown what percentage of contacts had a harm threshold that was met in 2023-24."
    )


AGAINST = {"kind": "previous", "against": "April 2022 to March 2023", "earlier": "in 2022-23"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"difference": "51 more (25%)", "verdict": RISEN}, "that is 51 more (25%): a clear change."),
        ({"difference": "51 fewer (25%)", "verdict": FALLEN}, "that is 51 fewer (25%): a clear change."),
        ({"difference": "51 fewer (25%)", "verdict": AMONG}, "that is 51 fewer (25%): a possible change."),
        ({"difference": "1 more (under 1%)", "verdict": UNCHANGED}, "that is 1 more: no clear change."),
        ({"difference": "9 more (4%)", "verdict": CHANCE}, "that is 9 more (4%): no clear change."),
        ({"difference": "9 more (4%)", "untested": "no base"}, "that is 9 more (4%)."),
    ],
)
def test_a_change_follows_the_figure_with_what_chance_could_do(catalogue, phrases, changes, sentence):
    text = said(catalogue, phrases, seen(), comparisons=(Comparison(**AGAINST, other="202", **changes),))
    assert text.endswith(f" Against 202 in 2022-23, {sentence}")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"difference": "the same number"},
            "There were 253 contacts to the LADO in 2023-24, as in 2022-23.",
        ),
        (
            {"verdict": TOO_FEW, "difference": "2 more", "other": "251"},
            "There were 253 contacts to the LADO in 2023-24. The numbers are too small to compare with 2022-23.",
        ),
        (
            {"refused": "not comparable: 14 months against 12", "other": "202"},
            "There were 253 contacts to the LADO in 2023-24. This can't be compared with the figure for 2022-23: 14"
            " months against 12.",
        ),
    ],
)
def test_a_figure_that_is_the_same_or_cant_be_compared_says_so(catalogue, phrases, changes, sentence):
    text = said(catalogue, phrases, seen(), comparisons=(Comparison(**AGAINST, **changes),))
    assert text == sentence


@pytest.mark.parametrize(
    "comparison",
    [
        Comparison("previous", "", words="No earlier figure is held."),
        Comparison(**AGAINST, other="[c]", refused="not compared: a figure isn't shown", hidden=True),
    ],
)
def test_what_is_not_held_or_not_shown_is_not_said_in_the_sentence(catalogue, phrases, comparison):
    text = said(catalogue, phrases, seen(), comparisons=(comparison,))
    assert text == "There were 253 contacts to the LADO in 2023-24."


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
        ("children_looked_after/sex/male", "boys looked after"),
        ("safeguarding_concerns/sex/male", "adult safeguarding concerns about men"),
        ("section47_enquiries/age_band/1 to 4", "section 47 enquiries about children aged 1 to 4"),
        ("child_protection_plans/ethnicity/Asian", "children of Asian ethnicity with a child protection plan"),
        ("children_looked_after/age_band/not known", "children looked after whose age was not known"),
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


def of_share(catalogue, phrases, value, numerator, denominator, **changes):
    changes = {"base": f"{numerator} of {denominator}", "decimals": 1, **changes}
    return said(
        catalogue, phrases, seen(**PERCENT, value=value, numerator=numerator, denominator=denominator), **changes
    )


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "sentence"),
    [
        (0.0, 0, 253, "None of the 253 contacts had a harm threshold that was met in 2023-24."),
        (100.0, 253, 253, "All 253 contacts had a harm threshold that was met in 2023-24."),
        (100.0, 2, 2, "Both contacts had a harm threshold that was met in 2023-24."),
        (100.0, 1, 1, "The one contact had a harm threshold that was met in 2023-24."),
        (100.0, 2.5, 2.5, "100% of contacts had"),  # of 2.5 posts nobody says "all 2.5"
        (100.0, 2999, 3000, "100.0% of contacts had"),  # 99.97 rounds to it, and isn't all
        (50.0, 1, 2, "1 of 2 contacts had a harm threshold that was met in 2023-24."),
        (5.0, 1, 20, "5% of contacts had a harm threshold that was met in 2023-24 (1 of 20)."),
        (5.3, 1, 19, "1 of 19 contacts had a harm threshold that was met in 2023-24."),
        (1.0, 1, 99, "1% of contacts had"),
        (1.0, 1, 100, "1.0% of contacts had"),
        (0.0, 0, 2, "Neither of the 2 contacts had"),
    ],
)
def test_a_share_of_none_and_of_all_is_said_in_words(catalogue, phrases, value, numerator, denominator, sentence):
    changes = {"display": f"{value}%"}
    assert of_share(catalogue, phrases, value, numerator, denominator, **changes).startswith(sentence)


@pytest.mark.parametrize(
    ("qualifier", "denominator", "sentence"),
    [
        ("about", 107.0, "About half of the 107 contacts had"),
        ("over", None, "More than half of contacts had"),
        ("just_under", None, "Just under half of contacts had"),
        ("up_to", None, "Up to 50% of contacts had"),
    ],
)
def test_half_is_said_where_a_return_said_no_more(catalogue, phrases, qualifier, denominator, sentence):
    text = said(catalogue, phrases, seen(**PERCENT, value=50.0, qualifier=qualifier, denominator=denominator))
    assert text.startswith(sentence)


def test_one_of_several_was(phrases):
    words = {"measure_type": "percent", "unit": "percent", "indicator": "recommendations_overdue"}
    for value, numerator, denominator, sentence in (
        (25.0, 1, 4, "1 of 4 open recommendations was overdue"),
        (75.0, 3, 4, "3 of 4 open recommendations were overdue"),
        (0.0, 0, 2, "Neither of the 2 open recommendations was overdue"),
    ):
        (one,) = made(SHIPPED, seen(**words, value=value, numerator=numerator, denominator=denominator))
        assert state(one, Telling(SHIPPED, phrases)).startswith(sentence)


def test_a_standing_fact_is_said_as_such():
    phrases = load_phrases(get_dictionary_root())
    for measure, value, unit, sentence in (
        ("homecare_referral_kpi", 48.0, "hours", "Homecare should start within 48 hours of the referral."),
        ("webinar_length", 90.0, "minutes", "Webinars lasted 90 minutes each."),
        ("care_governance_board_frequency", 12.0, "per_year", "The care governance board meets once a month."),
    ):
        kind = SHIPPED.measures[measure].measure
        (one,) = made(SHIPPED, seen(indicator=measure, measure_type=kind, unit=unit, value=value, period=NO_PERIOD))
        assert state(one, Telling(SHIPPED, phrases)) == sentence


def test_what_is_known_of_everybody_is_told_by_the_name_of_all(catalogue, phrases):
    of_none = {"category": "not recorded", "dimension": "threshold"}
    text = said(catalogue, phrases, seen(value=0.0), **of_none)
    assert text == "Threshold was recorded for every contact to the LADO in 2023-24."
    (statistic,) = made(catalogue, seen(value=0.0))
    text = state(replace(statistic, **of_none), Telling(catalogue, phrases), some_unknown=True)
    assert text == "There were no contacts where the harm threshold was not recorded in 2023-24."


def test_two_noughts_of_which_the_series_broke_are_not_said_to_be_past_comparing(catalogue, phrases):
    broken = Comparison(**AGAINST, other="0", refused="not comparable: the series breaks")
    assert said(catalogue, phrases, seen(value=0.0), comparisons=(broken,)).count(".") == 1


@pytest.mark.parametrize(
    "measure", [one for one in SHIPPED.measures.values() if one.measure == "percent"], ids=lambda m: m.id
)
def test_a_share_s_words_say_of_what_it_is(measure):
    """Every share begins with what it is of, and with each category that narrows it; what its record adds stands in the
    words or behind the number."""
    for split in (None, *measure.by.values()):
        share = measure.words(split, "share")
        if share:
            assert share.startswith("of ") or RATIO.fullmatch(share), share


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("police", "the police"),
        ("acute hospital", "the acute hospital"),
        ("voluntary sector", "the voluntary sector"),
        ("probation", "probation"),
        ("people in the voluntary sector", "people in the voluntary sector"),
        ("a mental health hospital", "a mental health hospital"),
    ],
)
def test_an_agency_has_its_article_inside_a_sentence(name, words):
    assert add_article(name) == words


@pytest.mark.parametrize("measure", SHIPPED.measures.values(), ids=lambda one: one.id)
def test_no_words_of_a_category_double_an_article(measure):
    for split in measure.by.values():
        for category in split.categories or ("police", "acute hospital", "voluntary sector"):
            for word in ("noun", "share"):
                text = split.fill(measure.words(split, word), category)
                assert not re.search(r"\b(the|an?) (the|an?)\b|\b(\w+) \3\b|  ", text), text
