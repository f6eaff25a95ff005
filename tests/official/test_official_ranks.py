"""Places among others: the boundaries that a reader would dispute."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import CommandError
from analysis.measures.periods import Period
from analysis.official.definitions import Source
from analysis.official.ranks import middle, ordinal, place_words, quarter, quarter_words, rank
from analysis.official.sets import describe_lag


@pytest.mark.parametrize(
    ("polarity", "words"),
    [
        ("higher_is_better", "2nd of 4, highest first"),
        ("none", "2nd of 4, highest first"),
        ("lower_is_better", "3rd of 4, lowest first"),
    ],
)
def test_first_is_the_best_and_without_polarity_the_highest(polarity, words):
    assert rank(20.0, [10.0, 15.0, 30.0], polarity).words == words


def test_a_tie_is_shared_and_hidden_values_have_no_place():
    assert rank(20.0, [20.0, None, 10.0], "none").words == "joint 1st of 3, highest first"
    assert rank(None, [20.0], "none") is None
    assert rank(20.0, [None], "none") is None


def test_a_polarity_that_is_not_known_is_refused():
    with pytest.raises(CommandError, match="unknown polarity 'up'"):
        rank(1.0, [2.0], "up")


@pytest.mark.parametrize(
    ("value", "name"),
    [(10, "lowest"), (10.1, "second lowest"), (20, "second lowest"), (30, "second highest"), (30.1, "highest")],
)
def test_a_value_on_a_quartile_belongs_to_the_quarter_below(value, name):
    assert quarter(value, (10, 20, 30)) == name


def test_only_the_outer_quarters_are_called_best_or_worst_and_only_with_polarity():
    assert quarter_words("highest", 150, "lower_is_better").endswith("in England (the worst quarter)")
    assert quarter_words("lowest", 150, "lower_is_better").endswith("(the best quarter)")
    assert quarter_words("highest", 150, "none") == "in the highest quarter of 150 councils in England"
    assert "best" not in quarter_words("second highest", 150, "higher_is_better")
    assert quarter_words("", 0, "none") == ""


@pytest.mark.parametrize(
    ("number", "text"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (112, "112th"), (121, "121st")]
)
def test_ordinals(number, text):
    assert ordinal(number) == text


def test_the_median_is_of_what_is_shown():
    assert middle([1.0, None, 4.0, 2.0]) == 2.0
    assert middle([1.0, 2.0]) == 1.5
    assert middle([None]) is None


@given(st.lists(st.floats(0, 100), min_size=1, max_size=20), st.floats(0, 100))
def test_places_counted_from_both_ends_meet(others, own):
    best, worst = rank(own, others, "higher_is_better"), rank(own, others, "lower_is_better")
    assert best.place + worst.place + others.count(own) == best.of + 1


YEAR = Period(date(2023, 4, 1), date(2024, 3, 31), "financial_year")
BEFORE = Period(date(2022, 4, 1), date(2023, 3, 31), "financial_year")
SOURCE = Source("s", "t", "p", published="in October or November {year}", section="one")


def test_the_lag_is_said_in_words_and_nothing_where_there_is_none():
    assert describe_lag(YEAR, YEAR, SOURCE) == ""
    assert describe_lag(BEFORE, YEAR, SOURCE) == (
        "Published figures are for April 2022 to March 2023; "
        "those for April 2023 to March 2024 usually come out in October or November 2024."
    )


def test_the_lag_of_a_snapshot_names_its_day():
    stock = [Period(date(year, 3, 31), date(year, 3, 31), "snapshot") for year in (2023, 2024)]
    assert describe_lag(*stock, SOURCE).startswith("Published figures are for 31 March 2023; those for 31 March 2024")


@pytest.mark.parametrize(
    ("own", "others", "words"),
    [
        (30.0, [10.0, 20.0], "the highest of 3"),
        (5.0, [10.0, 20.0], "the lowest of 3"),
        (15.0, [10.0, 20.0], "2nd highest of 3"),
        (20.0, [20.0, 10.0], "joint highest of 3"),
        (15.0, [20.0, 15.0, 10.0], "joint 2nd highest of 4"),
    ],
)
def test_a_place_in_a_sentence(own, others, words):
    assert place_words(rank(own, others, "none")) == words


def test_where_low_is_good_the_other_end_is_the_highest():
    assert place_words(rank(30.0, [10.0, 20.0], "lower_is_better")) == "the highest of 3"
