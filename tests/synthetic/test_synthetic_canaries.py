"""Planted strings that look like a person's details: enough, of all kinds, in the records, and nobody's."""

import re

import pytest

from synthetic.canaries import Canary, list_canaries, nhs_check
from synthetic.generate import YEARS

KINDS = {
    "name",
    "nhs_number",
    "upn",
    "postcode",
    "email",
    "date_of_birth",
    "phone",
    "national_insurance",
    "nhs_number_as_key",
    "name_as_key",
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def canaries(seed) -> list[Canary]:
    return list_canaries(seed)


def of_kind(canaries, kind: str) -> list[str]:
    return [canary.text for canary in canaries if canary.kind == kind]


def test_there_are_enough_of_every_kind_and_no_two_alike(canaries):
    assert len(canaries) >= 200
    assert len({canary.text for canary in canaries}) == len(canaries)
    assert {canary.kind for canary in canaries} == KINDS


def test_the_list_is_the_same_for_a_seed_and_another_for_another(canaries, seed):
    assert list_canaries(seed) == canaries
    assert {canary.text for canary in list_canaries(seed + 1)} != {canary.text for canary in canaries}


@pytest.mark.parametrize("year", YEARS)
def test_every_canary_stands_in_its_column_in_every_year(canaries, records, year):
    for canary in canaries:
        held = records[year][canary.dataset][canary.table][canary.column].dropna()
        assert held.str.contains(canary.text, regex=False).any(), canary


def test_some_stand_in_text_and_some_in_keys(canaries, records):
    whole = [
        canary
        for canary in canaries
        if (records["2023-24"][canary.dataset][canary.table][canary.column] == canary.text).any()
    ]
    assert {canary.kind for canary in whole} == {"nhs_number_as_key", "name_as_key"}


def test_nhs_numbers_pass_their_check_and_are_of_the_range_never_issued(canaries):
    for text in of_kind(canaries, "nhs_number") + of_kind(canaries, "nhs_number_as_key"):
        digits = text.replace(" ", "")
        assert re.fullmatch(r"999\d{7}", digits)
        assert nhs_check(digits[:9]) == int(digits[9])


def test_the_check_digit_is_that_of_the_data_dictionary():
    assert nhs_check("943476591") == 9  # 943 476 5919, the worked example of the NHS Data Catalogue
    assert nhs_check("987654431") != 10
    assert nhs_check("000000000") == 0


def test_pupil_numbers_pass_their_check_letter(canaries):
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    for text in of_kind(canaries, "upn"):
        total = sum(int(digit) * weight for digit, weight in zip(text[1:], range(2, 14), strict=True))
        assert letters[total % 23] == text[0]
        assert text[1:4] == "000"  # no authority has the number


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("phone", r"07700 900\d{3}"),  # set aside for drama by Ofcom
        ("email", r"[a-z.]+@post\.example"),
        ("postcode", r"QX\d\d \d[A-Z]{2}"),  # no area is called QX
        ("national_insurance", r"TN\d{6}[A-D]"),  # TN is never given out
        ("date_of_birth", r"\d\d/\d\d/(19|20)\d\d"),
    ],
)
def test_the_others_have_the_form_of_the_real_and_are_nobodys(canaries, kind, pattern):
    assert all(re.fullmatch(pattern, text) for text in of_kind(canaries, kind))
