"""Totals that no figure prints by itself: who knows one from elsewhere finds the hidden part of a split."""

from dataclasses import replace

import pytest
from figures import figure, made, share
from test_disclosure_numbers import attack

from analysis.disclosure.apply import gate
from analysis.disclosure.policy import Policy

SCHOOL = "contacts.source.school.count"
SOURCES = [figure("contacts", n, f"source/{name}") for name, n in (("police", 47.0), ("school", 3.0), ("health", 20.0))]
RATE = {"measure_type": "rate", "unit": "per_10000", "decimals": 1}


def spread(name: str, by: str, values: dict) -> list:
    return [figure(name, float(value), f"{by}/{category}") for category, value in values.items()]


@pytest.mark.parametrize(
    "beside",
    [
        spread("contacts", "channel", {"telephone": 40, "email": 30}),
        [share("contacts_to_referral", 30, 70)],
        [figure("contacts", 7.0, numerator=70.0, denominator=100_000.0, **RATE)],
        [figure("contacts", 7.0, denominator=100_000.0, **RATE)],
    ],
    ids=["another split", "the base of a share", "a rate", "a rate without its count"],
)
def test_a_total_that_stands_elsewhere_gives_no_part_of_a_split_away(shipped_catalogue, beside):
    assert attack(shipped_catalogue, [*SOURCES, *beside], "sum", "numerator") == {SCHOOL}


def test_months_of_a_share_add_up_to_the_category_that_counts_the_same(shipped_catalogue):
    numbers = [12, 9, 3, 14, 8, 11, 10, 15, 9, 12, 13, 14]
    months = [f"2023-{month:02}" for month in range(4, 13)] + [f"2024-{month:02}" for month in (1, 2, 3)]
    shares = [share("contacts_to_early_help", n, 70, f"month/{m}") for m, n in zip(months, numbers, strict=True)]
    whole = spread("contacts", "outcome", {"early help": sum(numbers), "no further action": 600})
    found = attack(shipped_catalogue, [*whole, *shares], "sum")
    assert found == {"contacts_to_early_help.month.2023-06.percent"}


def test_a_stock_stands_at_the_end_of_its_last_month(shipped_catalogue):
    abuse = spread("child_protection_plans", "category_of_abuse", {"neglect": 50, "emotional": 23, "physical": 3})
    last = figure("child_protection_plans", 76.0, "month/2024-03")
    assert attack(shipped_catalogue, [*abuse, last], "sum") == {
        "child_protection_plans.category_of_abuse.physical.count"
    }


def test_both_numbers_of_a_share_add_up_over_areas(shipped_catalogue):
    areas = {"North": (14, 30), "South": (15, 40), "West": (2, 20)}
    parts = [replace(share("re_referrals", *sides), geography=place) for place, sides in areas.items()]
    assert attack(shipped_catalogue, [share("re_referrals", 31, 90), *parts], "sum") == {"re_referrals.percent.west"}


def test_areas_add_up_to_a_base(shipped_catalogue):
    areas = [figure("referrals", n, geography=place) for place, n in (("North", 14.0), ("South", 15.0), ("West", 2.0))]
    found = attack(shipped_catalogue, [share("re_referrals", 9, 31), *areas], "sum")
    assert found == {"referrals.count.west"}


@pytest.mark.parametrize(("values", "hidden"), [((7, 0, 0), {"police"}), ((10, 0, 0), set()), ((6, 2, 0), {"health"})])
def test_all_of_a_small_group_are_hidden_though_nothing_prints_how_many_they_are(shipped_catalogue, values, hidden):
    split = spread("lado_contacts", "referrer_sector", dict(zip(("police", "health", "other"), values, strict=True)))
    done = gate(made(shipped_catalogue, *split), [], shipped_catalogue, Policy(), release="shared")
    shown = {s.category: s.symbol for s in done.statistics}
    assert {name for name, symbol in shown.items() if symbol == "[c]"} >= hidden
    assert bool(hidden) == ("[c]" in shown.values())


def test_shares_that_hold_each_other_tell_who_lies_between(shipped_catalogue):
    within = {"one month": 20, "three months": 63, "twelve months": 65}
    shares = [share("lado_concluded_in_time", n, 97, f"within/{name}") for name, n in within.items()]
    done = gate(made(shipped_catalogue, *shares), [], shipped_catalogue, Policy(), release="shared")
    assert [s.category for s in done.statistics if s.symbol == "[c]"] in (["three months"], ["twelve months"])


def test_an_answer_that_joins_two_gives_neither_away(shipped_catalogue):
    answers = {"fully met": 60, "partially met": 3, "fully or partially met": 63, "not met": 30}
    shares = [share("msp_outcomes_met", n, 93, f"msp_outcome/{name}") for name, n in answers.items()]
    # The three who aren't fully met are told by the two figures that hold them, the joined one and the full one.
    assert attack(shipped_catalogue, shares, "sum", "part") == {"msp_outcomes_met.msp_outcome.fully-met.percent"}
