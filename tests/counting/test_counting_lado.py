"""Contacts to the designated officer, on readable rows. Synthetic."""

import pytest
from made import YEAR, table, tallied, whole

from analysis.counting import lado
from analysis.counting.rows import NotSuppliedError


def contact(number: int, **columns) -> dict:
    return {
        "contact_id": f"l{number}",
        "received_on": "2023-06-01",
        "contact_level": "referral",
        "threshold_met": True,
        "employment_sector": "school",
    } | columns


RECORDS = {
    "D23.contacts": table(
        "D23.contacts",
        # decided the next working day; concluded a month later to the day; two meetings
        contact(
            1,
            decision_date="2023-06-02",
            harm_type="physical",
            harm_limb="harmed_child",
            school_phase="primary",
            outcome="substantiated",
            outcome_date="2023-07-01",
            initial_meeting_date="2023-06-05",
            review_meetings=1,
            dismissed=True,
            dbs_ref=True,
        ),
        # decided on the second working day; concluded a day after three months
        contact(
            2,
            decision_date="2023-06-05",
            harm_type="sexual",
            outcome="unfounded",
            outcome_date="2023-09-02",
            dismissed=True,
            employment_sector="faith",
        ),
        # concluded after the year: still open at its end; police
        contact(3, outcome="false", outcome_date="2024-04-01", strand="police", referrer_sector="police"),
        # no outcome: open, at first assessment
        contact(4, outcome="ongoing", strand="none"),
        # below the threshold: a contact, no allegation
        contact(
            5, threshold_met=False, contact_level="consultation", outcome="substantiated", outcome_date="2023-07-01"
        ),
        # carried over from the year before and open
        contact(6, received_on="2023-03-31", strand="internal"),
        # carried over and concluded in the year, after twelve months and a day; dismissal not told to the service
        contact(
            7,
            received_on="2022-05-01",
            outcome="malicious",
            outcome_date="2023-05-02",
            dismissed=True,
            dbs_ref=False,
        ),
    ),
    "D23.settings": table(
        "D23.settings",
        {"concern_id": "s1", "received_on": "2023-06-01", "employment_sector": "school"},
        {"concern_id": "s2", "received_on": "2024-04-01", "employment_sector": "school"},  # after the year
    ),
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("lado_contacts", 5),
        ("lado_decisions_in_time", (1, 2)),
        (lado.count_lado_outcomes, 4),
        (lado.share_lado_substantiated, (1, 5)),  # of all contacts; what was below the threshold can't be substantiated
        (lado.count_lado_open_cases, 3),
        ("lado_days_to_conclude", 93),  # 30, 93 and 366 days
        (lado.count_lado_meetings, 2),
        ("lado_setting_concerns", 1),
        ("lado_dbs_referrals", (1, 3)),  # where nothing is recorded, nothing was told
    ],
)
def test_allegations(count, exp):
    assert whole(count, RECORDS) == exp


def test_contacts_by_threshold_level_and_sector():
    obs = tallied("lado_contacts", RECORDS)
    assert (obs["threshold", "met"], obs["threshold", "not met"]) == (4, 1)
    assert (obs["contact_level", "consultation"], obs["contact_level", "low level"]) == (1, 0)
    assert (obs["employment_sector", "education"], obs["employment_sector", "faith"]) == (4, 1)
    assert (obs["school_phase", "primary"], obs["school_phase", "secondary"]) == (1, 0)  # nobody said of the others
    assert (obs["referrer_sector", "police"], obs["referrer_sector", "not known"]) == (1, 4)


def test_kinds_of_harm_are_shares_of_what_met_the_threshold():
    obs = tallied("lado_threshold_met", RECORDS)
    assert (obs["abuse_type", "physical"], obs["abuse_type", "not recorded"]) == ((1, 4), (2, 4))
    assert (obs["limb", "harmed a child"], obs["limb", "not recorded"]) == ((1, 4), (3, 4))


def test_outcomes_are_those_of_the_year_by_its_end():
    obs = tallied(lado.count_lado_outcomes, RECORDS)
    assert {name: obs["outcome", name] for name in ("substantiated", "unfounded", "false", "open at year end")} == {
        "substantiated": 1,
        "unfounded": 1,
        "false": 0,
        "open at year end": 2,
    }


def test_open_cases_carried_over_are_told_apart_and_have_no_stage():
    obs = tallied(lado.count_lado_open_cases, RECORDS)
    assert (obs["origin", "received in the year"], obs["origin", "previous year"]) == (2, 1)
    assert (obs["stage", "risk assessment"], obs["stage", "police investigation"]) == (1, 1)
    assert obs["stage", "internal investigation"] == 0


def test_allegations_are_concluded_within_one_three_and_twelve_months():
    obs = tallied(lado.share_lado_concluded_in_time, RECORDS)
    assert [obs["within", limit] for limit in ("one month", "three months", "twelve months")] == [
        (1, 3),
        (1, 3),
        (2, 3),
    ]


def test_nobody_is_said_not_to_be_carried_over_where_the_return_tells_of_no_older_case():
    rows = [contact(n, strand=strand, outcome="ongoing") for n, strand in enumerate(("none", "police"))]
    obs = tallied(lado.count_lado_open_cases, {"D23.contacts": table("D23.contacts", *rows)})
    assert ("origin", "previous year") not in obs
    assert obs["stage", "police investigation"] == 1


def test_meetings_that_nobody_gave_a_day_of_are_not_known():
    with pytest.raises(NotSuppliedError):
        lado.count_lado_meetings({"D23.contacts": table("D23.contacts", contact(1), contact(2))}, YEAR)
