"""What a number is told of: quarters, targets, other places, complements, pairs, and tables of areas."""

import pytest

from analysis.drafts.names import name_numerals
from analysis.drafts.numerals import find_numerals
from analysis.drafts.periods import find_periods, month_span
from tests.drafts.test_drafts_check import verify

YEARS = """
id|words|dimension|category|value|unit|period|geography
ref|Referrals to the service|||3200|referrals|2023-24|Northmoor
ref.p|Referrals to the service|||3000|referrals|2022-23|Northmoor
"""
QUARTERS = YEARS + "ref.q1|Referrals to the service|||800|referrals|April 2023 to June 2023|Northmoor\n"
CHARGED = """
id|words|dimension|category|value|unit|period|geography
bur|Burglaries charged within 28 days|||41|percent|2023-24|Northmoor
"""
AREAS = """
id|words|dimension|category|value|unit|period|geography
off|Burglary offences|||12500|offences|2023-24|Northmoor
off.p|Burglary offences|||10000|offences|2022-23|Northmoor
off.n|Burglary offences|area|North|7500|offences|2023-24|Northmoor
off.s|Burglary offences|area|South|5000|offences|2023-24|Northmoor
"""
OF_QUARTER = [
    "There were 800 referrals to the service in Q1 2023-24.",
    "In the first quarter of 2023-24 there were 800 referrals to the service.",
    "In Q1 there were 800 referrals to the service.",
    "There were 800 referrals to the service in quarter 1.",
    "## Quarter 1, 2023-24\n\nThere were 800 referrals to the service.",
    "| | Q1 2023-24 |\n|---|---|\n| Referrals to the service | 800 |",
    "| | Q1 |\n|---|---|\n| Referrals to the service | 800 |",
]


@pytest.mark.parametrize("text", OF_QUARTER)
def test_a_quarter_is_held_against_its_own_figure_and_never_against_its_year(text):
    assert verify(text, QUARTERS)[-1] == ("800", "supported", "ref.q1")
    assert verify(text, YEARS)[-1][:2] == ("800", "unsupported")


def test_a_wrong_figure_of_a_quarter_is_told():
    assert verify("In Q1 there were 810 referrals to the service.", QUARTERS) == [("810", "value", "ref.q1")]


@pytest.mark.parametrize(
    "text",
    [
        "In each quarter there were 810 referrals to the service.",
        "Between Q1 and Q2 there were 1,650 referrals to the service.",
        "In the first half of 2023-24 there were 1,650 referrals to the service.",
        "| Quarter | Referrals to the service |\n|---|---|\n| 2 | 850 |",
    ],
)
def test_what_is_told_of_no_quarter_that_is_held_is_unsupported(text):
    assert verify(text, QUARTERS)[-1][1] == "unsupported"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Q4 2023-24", month_span(2024, 1, 3)),
        ("2023-24, third quarter", month_span(2023, 10, 3)),
        ("Q2 2023", month_span(2023, 4, 3)),
    ],
)
def test_a_quarter_beside_its_year_is_one_period_of_three_months(text, span):
    assert [named.span for named in find_periods(text)] == [span]


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("59% of burglaries were not charged within 28 days.", ["supported"]),
        ("41% of burglaries weren't charged within 28 days.", ["ambiguous"]),
        ("The target for burglaries charged within 28 days is 45%.", ["not_a_claim"]),
        ("We aim to have 45% of burglaries charged within 28 days.", ["not_a_claim"]),
        ("45% of burglaries charged within 28 days is expected next year.", ["not_a_claim"]),
        ("Nationally, 52% of burglaries were charged within 28 days.", ["unsupported"]),
        ("We want 45% of burglaries charged within 28 days.", ["not_a_claim"]),
        ("In the average force 36% of burglaries were charged within 28 days.", ["unsupported"]),
        ("Other forces charged 35% of burglaries within 28 days.", ["unsupported"]),
        ("43% of burglaries were charged within 28 days, against a target of 45%.", ["value", "not_a_claim"]),
        ("43% of burglaries were charged within 28 days, above the national average.", ["value"]),
    ],
)
def test_a_target_another_place_and_a_complement_are_no_slips(sentence, found):
    assert [verdict for text, verdict, _ in verify(sentence, CHARGED) if text != "28"] == found


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Burglary offences rose by 25%, or 2,500.", ["supported", "supported"]),
        ("Burglary offences rose by 25% (2,500).", ["supported", "supported"]),
        ("Burglary offences rose by 25% (2,700).", ["supported", "value"]),
        ("Three in five burglary offences were in the North (7,500).", ["supported", "supported"]),
        ("Burglary offences rose from 10,000 to 12,500.", ["supported", "supported"]),
        ("Burglary offences rose from 12,500 to 10,000.", ["year", "year"]),
        ("Burglary offences were 12,500, the North's 7,500 the most.", ["supported", "supported"]),
        ("In the last financial year 13,900 burglary offences were recorded.", ["value"]),
    ],
)
def test_two_numbers_of_one_figure_are_read_together(sentence, found):
    assert [verdict for _, verdict, _ in verify(sentence, AREAS)] == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("the North's 7,500 offences", 0), ("That year 9,999 burglaries", 0), ("that year 140 burglaries", 0),
        ("Year 9 pupils", 1), ("section 47 enquiries", 1), ("week 3", 1),
    ],
)  # fmt: skip
def test_a_count_after_an_everyday_word_is_no_name(text, names):
    assert len(name_numerals(text, find_numerals(text))) == names


def test_a_row_of_an_area_is_never_held_against_all_areas_nor_the_total_against_an_area():
    table = (
        "# Burglary offences\n\nBurglary offences by area:\n\n| Area | 2022-23 | 2023-24 |\n|---|---|---|\n"
        "| North | 6,000 | 7,500 |\n| South | 4,000 | 5,000 |\n| Total | 10,000 | 12,500 |"
    )
    assert verify("In 2022-23 there were 6,000 burglary offences in the North.", AREAS)[0][1] == "ambiguous"
    found = verify(table, AREAS)
    assert [verdict for _, verdict, _ in found] == ["ambiguous", "supported"] * 2 + ["supported"] * 2
    assert [fact for *_, fact in found][-2:] == ["off.p", "off"]
