"""The front door and early help, on rows that a practitioner can read. Synthetic."""

from datetime import date

import pytest
from made import table, tallied, whole

from analysis.counting import front_door
from analysis.counting.rows import NotSuppliedError
from analysis.measures.periods import Period


def contact(number: int, **columns) -> dict:
    """Return a contact of the year that the police made by telephone and that led to nothing."""
    return {
        "contact_id": f"c{number}",
        "child_pseudo": f"child{number}",
        "received_at": "2023-06-01 09:00",
        "channel": "phone",
        "source_agency": "6",
        "outcome": "no_further_action",
    } | columns


CONTACTS = {
    "D16.contacts": table(
        "D16.contacts",
        contact(0, child_pseudo="child1", received_at="2023-03-31 23:59"),  # the day before the year: not of it
        contact(1, received_at="2023-04-01 00:00", decided_at="2023-04-04 17:00"),  # Saturday; decided on Tuesday
        contact(2, decided_at="2023-06-02 09:00", domestic_abuse=True),  # Thursday; decided on Friday
        contact(3, channel="portal", source_agency="3A", outcome="social_care"),  # not decided yet
        contact(4, child_pseudo="child3", channel="portal", outcome="early_help", domestic_abuse=False),  # a second
        contact(5, child_pseudo=None, outcome="early_help", source_agency="3B"),  # whose child isn't known
        contact(6, received_at="2024-03-31 23:59:59", outcome="early_help", repeat_12m=True),  # the year's last second
        contact(7, received_at="2024-04-01 00:00"),  # the day after the year: not of it
    )
}


def test_contacts_are_counted_by_channel_source_and_month():
    obs = tallied("contacts", CONTACTS)
    assert obs["", ""] == 6
    assert (obs["channel", "online portal"], obs["channel", "telephone"], obs["channel", "in person"]) == (2, 4, 0)
    assert (obs["source", "police"], obs["source", "health services"], obs["source", "schools"]) == (4, 2, 0)
    months = [obs["month", month] for month in ("2023-04", "2023-05", "2023-06", "2024-03")]
    assert months == [1, 0, 4, 1]  # May had none: nought, not missing


def test_children_are_counted_once_and_not_mixed_with_contacts():
    assert whole("children_contacted", CONTACTS) == 4  # 1, 2, 3 (twice) and 6; 5 has no child
    assert whole("children_referred_to_early_help", CONTACTS) == 2


@pytest.mark.parametrize(
    ("share", "exp"),
    [
        ("contacts_through_portal", (2, 6)),
        ("contacts_to_referral", (1, 6)),
        ("contacts_to_early_help", (3, 6)),
        ("contacts_no_further_action", (2, 6)),
        ("contacts_with_domestic_abuse", (1, 2)),  # four don't say
        ("contact_decisions_in_time", (1, 2)),  # Saturday to Tuesday is two working days
        (front_door.share_repeat_contacts, (3, 5)),  # 1 repeats one before the year, 4 repeats 3, 6 is flagged
    ],
)
def test_shares_of_contacts(share, exp):
    assert whole(share, CONTACTS) == exp


def episode(number: int, **columns) -> dict:
    """Return an episode whose referral came on a Thursday of the year."""
    return {"child_pseudo": f"child{number}", "referral_date": "2023-06-01"} | columns


def test_re_referrals_within_twelve_months_to_the_day():
    records = {
        "D18.episodes": table(
            "D18.episodes",
            episode(1, referral_date="2022-06-01"),  # a year before, to the day: not of the year
            episode(1),  # so this is a re-referral
            episode(2, referral_date="2022-05-31"),  # a year and a day before
            episode(2),  # so this is none
            episode(3, rereferral_12m=True),  # the agency says so: its earlier referral isn't in the records
            episode(4, rereferral_12m=False, referral_nfa=True),
            episode(4, referral_date="2023-06-30", referral_nfa=False),  # the agency's flag is empty, the dates say so
        )
    }
    assert whole("referrals", records) == 5
    assert whole("children_referred", records) == 4
    assert whole(front_door.share_re_referrals, records) == (3, 5)
    assert whole("referrals_no_further_action", records) == (1, 2)


def test_a_referral_on_29_february_has_its_year_end_on_28_february():
    leap = Period(date(2024, 4, 1), date(2025, 3, 31), "financial_year")
    rows = [episode(1, referral_date=day, rereferral_12m=False) for day in ("2024-02-29", "2025-03-01")]
    assert whole(front_door.share_re_referrals, {"D18.episodes": table("D18.episodes", *rows)}, leap) == (0, 1)


def test_assessments_in_45_working_days_and_not_46():
    records = {
        "D18.episodes": table(
            "D18.episodes",
            episode(1, assessment_end="2023-08-03", factors="16A;4B"),  # working day 45 after Thursday 1 June
            episode(2, assessment_end="2023-08-04", factors="4A;4B;21", closure_reason="RC8"),  # working day 46
            episode(3, assessment_end="2023-06-01", factors="21"),  # the same day: working day 0; no factor found
            episode(4, referral_date="2022-12-01", assessment_end="2023-04-03"),  # over Christmas, no factors recorded
            episode(5),  # not assessed yet
        )
    }
    assert whole("assessments_completed", records) == 4
    assert whole(front_door.share_assessments_in_time, records) == (2, 4)
    assert whole("assessments_not_in_need", records) == (1, 4)
    factors = tallied("assessment_factors", records)
    assert factors["factor", "mental health"] == (2, 2)  # two codes of one heading count once
    assert factors["factor", "neglect"] == (1, 2)
    assert factors["factor", "gangs"] == (0, 2)
    assert ("", "") not in factors


def test_children_open_are_those_of_the_day_and_of_each_month_end():
    records = {
        "D18.episodes": table(
            "D18.episodes",
            episode(1, referral_date="2021-01-01", disability=True),  # open throughout
            episode(1, referral_date="2023-09-01"),  # the same child again: once
            episode(2, referral_date="2024-03-31", disability=False),  # came on the last day: open on it
            episode(3, closure_date="2024-03-31"),  # closed on the last day: no longer open
            episode(4, referral_nfa=True),  # nothing was opened
            episode(5, referral_date="2024-04-01"),  # came after
        )
    }
    obs = tallied(front_door.count_children_open, records)
    assert obs["", ""] == 2
    assert [obs["month", month] for month in ("2023-05", "2023-06", "2024-02", "2024-03")] == [1, 2, 2, 2]


def followed(child: str, end: str, reason: str, back: bool, care: bool) -> dict:
    about = {"child_pseudo": child, "start": "2022-01-01", "end": end, "end_reason": reason}
    return about | {"re_entry_12m": back, "sc_involvement_12m": care}


EARLY_HELP = {
    "D17.episodes": table(
        "D17.episodes",
        {"child_pseudo": "a", "start": "2023-04-01", "end": "2024-03-31", "end_reason": "met", "re_entry_12m": False}
        | {"outcome_score_start": 3, "outcome_score_end": 7, "sc_involvement_12m": False},
        {
            "child_pseudo": "b",
            "start": "2023-04-01",
            "end": "2023-09-01",
            "end_reason": "step_up",
            "re_entry_12m": True,
            "outcome_score_start": 4,
            "outcome_score_end": 3,
            "sc_involvement_12m": True,
        },
        {"child_pseudo": "b", "start": "2023-10-01", "lead_agency": "school"},  # back again, and open at the end
        {
            "child_pseudo": "d",
            "start": "2023-05-01",
            "end": "2023-06-01",
            "end_reason": "met",
        },  # nobody says if it came back
        {"child_pseudo": "c", "start": "2023-03-31", "end": "2023-12-01"},  # begun before the year; no reason given
        # ended in the year before, so that twelve months have passed: its first and last day; of one nobody says
        followed("e", "2022-04-01", "met", False, False),
        followed("f", "2023-03-31", "step_up", True, True),
        {"child_pseudo": "g", "start": "2022-01-01", "end": "2022-09-01"},
        followed("h", "2022-03-31", "met", True, True),  # ended a day earlier
    )
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("early_help_episodes_started", 4),
        ("early_help_episodes_ended", 4),
        ("children_in_early_help", 1),
        ("early_help_needs_met", (2, 3)),
        ("early_help_stepped_up", (1, 3)),
        ("early_help_re_entry", (1, 2)),
        ("early_help_score_change", 1.5),  # four up and one down; the others have no score at both ends
        ("early_help_social_care_after", (1, 2)),
    ],
)
def test_early_help(count, exp):
    assert whole(count, EARLY_HELP) == exp


def test_social_care_afterwards_stands_by_the_reason_of_the_end():
    obs = tallied("early_help_social_care_after", EARLY_HELP)
    assert (obs["end_reason", "with needs met"], obs["end_reason", "with a step up"]) == ((0, 1), (1, 1))


def test_a_column_that_nobody_filled_is_not_supplied():
    records = {"D16.contacts": table("D16.contacts", contact(1, child_pseudo=None))}
    with pytest.raises(NotSuppliedError, match="child_pseudo"):
        whole("children_contacted", records)
