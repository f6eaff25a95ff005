"""Numbers as people write them, and those that are no claim."""

import pytest

from analysis.drafts.names import name_numerals
from analysis.drafts.numerals import find_numerals


def read(text: str) -> list[tuple[str, float, str]]:
    return [(n.text, round(n.value, 1), n.form) for n in find_numerals(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("13,886 reports", [("13,886", 13886, "number")]),
        ("80 % of teams", [("80 %", 80, "percent")]),
        ("70 per cent", [("70 per cent", 70, "percent")]),
        ("3.5 percentage points", [("3.5 percentage points", 3.5, "points")]),
        ("£1.2 million", [("£1.2 million", 1_200_000, "money")]),
        ("two hundred and five cases", [("two hundred and five", 205, "number")]),
        ("nearly two thirds", [("two thirds", 66.7, "fraction")]),
        ("one in five pupils", [("one in five", 20, "fraction")]),
        ("just under half of triages", [("half", 50, "fraction")]),
        ("a half-term meeting of the third sector", []),
        ("numbers doubled", [("doubled", 100, "times")]),
        ("there were none", [("none", 0, "none")]),
        ("in 2023/24", [("2023/24", 2023, "number")]),
    ],
)
def test_numbers_are_read_in_every_form(text, found):
    assert read(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Section 11 of the Children Act 2004",
        "aged 12-17",
        "16- and 17-year-olds",
        "on 31 March 2024",
        "within 15 working days",
        "call 01632 960 411",
        "the 0-19 service and COVID-19",
        "TN12 6AB",
        "see page 17",
        "version 2.1",
        "24 hours a day",
        "per 10,000 children",
        "16 Days of Activism",
        "children_looked_after.count.y-1",
    ],
)
def test_what_is_no_claim_is_told_apart(text):
    numerals = find_numerals(text)
    assert numerals and set(name_numerals(text, numerals)) == set(numerals)


@pytest.mark.parametrize(
    "text", ["2000 people came", "there were 412 days lost", "45 children left", "Over 60% of cases"]
)
def test_what_counts_something_is_a_claim(text):
    assert name_numerals(text, find_numerals(text)) == {}
