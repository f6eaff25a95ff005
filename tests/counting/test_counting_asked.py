"""Measures that committees asked for, each on rows that a practitioner can read. Synthetic."""

import pytest
from made import table, tallied, whole

from analysis.counting import learning, meetings


def search(number: int, day: str, place: str, **columns) -> dict:
    return {"search_pseudo": f"s{number}", "searched_on": day, "place": place} | columns


def case(number: int, **columns) -> dict:
    about = {"offence_pseudo": f"o{number}", "team": "cait", "recorded_on": "2023-06-01", "offence_group": "physical"}
    return about | columns


def allegation(number: int, **columns) -> dict:
    about = {"contact_id": f"l{number}", "received_on": "2023-06-01", "contact_level": "referral"}
    return about | {"threshold_met": True, "employment_sector": "school"} | columns


def seat(member: str | None, group: str, date: str = "2023-06-01") -> dict:
    about = {"meeting_id": f"{group}{date}{member}", "group_id": group, "agency": "police", "attended": "yes"}
    return about | {"date": date, "member_pseudo": member}


def looked_after(number: int, code: str | None) -> dict:
    return {"child_pseudo": f"c{number}", "episode_start": "2022-01-01", "legal_status": "C2"} | {
        "review_participation_code": code
    }


FRAMES = {
    "D58.searches": table(
        "D58.searches",
        search(1, "2023-04-01", "school", ethnicity="BCRB", adult_present=False),
        search(2, "2024-03-31", "street", ethnicity="WBRI", adult_present=True),
        search(3, "2023-06-01", "street"),  # nobody says whether an adult was there
        search(4, "2024-04-01", "school", adult_present=True),  # after the year
    ),
    "D32.offences": table(
        "D32.offences",
        case(1, supervised_on_time=True, outcome_on="2023-07-01", outcome_code="evidential"),
        case(2, supervised_on_time=False, outcome_on="2024-03-31", outcome_code="charged"),
        case(3, outcome_on="2024-04-01", outcome_code="victim_does_not_support"),  # ended after the year; nobody says
        case(4, team="ocsae", supervised_on_time=True),  # another team
    ),
    "D23.contacts": table(
        "D23.contacts",
        allegation(1, restraint_flag=True, training_gap_flag=True, outcome="unfounded", outcome_date="2023-07-01"),
        allegation(2, restraint_flag=False, training_gap_flag=False),  # still open: not among those concluded
        allegation(3, outcome="unfounded", outcome_date="2023-08-01", training_gap_flag=False),  # not said of restraint
        allegation(4, threshold_met=False, restraint_flag=True),  # below the threshold
    ),
    "D04.attendance": table(
        "D04.attendance",
        *(seat("m1", group) for group in "abc"),  # on three
        *(seat("m2", group) for group in "ab"),  # on two
        *(seat("m3", "a", date) for date in ("2023-06-01", "2023-09-01", "2023-12-01")),  # one group, three meetings
        seat(None, "d"),  # nobody came
        seat("m2", "c", "2024-04-01"),  # after the year
    ),
    "D07.reviews": table(
        "D07.reviews",
        {"review_ref": "r1", "type": "lcspr", "notified_on": "2023-05-02", "cross_borough_flag": True},
        {"review_ref": "r2", "type": "sar", "notified_on": "2023-05-02"},  # nobody says
    ),
    "earlier D07.reviews": table(
        "D07.reviews",
        {"review_ref": "r3", "type": "sar", "notified_on": "2019-04-01", "cross_borough_flag": False},  # the first day
        {"review_ref": "r4", "type": "sar", "notified_on": "2019-03-31", "cross_borough_flag": True},  # before it
    ),
    "D35.totals": table(
        "D35.totals",
        {"measure": "staff_wte", "as_at": "2023-06-30", "value": 10.0},
        {"measure": "staff_wte", "as_at": "2024-03-31", "value": 7.0},
        {"measure": "staff_wte", "as_at": "2023-03-31", "value": 99.0},  # before the year
        {"measure": "mash_checks", "as_at": "2024-03-31", "value": 500.0},
    ),
    "D19.episodes": table(
        "D19.episodes", *(looked_after(n, code) for n, code in enumerate(("PN0", "PN1", "PN7", None)))
    ),
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("child_searches", 3),
        ("child_searches_with_adult", (1, 2)),
        ("cait_supervised_in_time", (1, 2)),
        ("cait_discontinued", (1, 2)),
        ("lado_restraint", (1, 2)),
        ("lado_training_gap", (1, 2)),
        (meetings.share_members_on_many_groups, (1, 3)),
        (learning.share_reviews_across_areas, (1, 2)),
        ("trust_hub_posts", 8.5),
    ],
    ids=lambda value: value if isinstance(value, str) else getattr(value, "__name__", ""),
)
def test_whole(count, exp):
    assert whole(count, FRAMES) == exp


def test_searches_stand_by_place_and_ethnicity():
    parts = tallied("child_searches", FRAMES)
    assert (parts["place", "a school"], parts["place", "the street"]) == (1, 2)
    assert tallied("child_searches_with_adult", FRAMES)["place", "a school"] == (0, 1)
    assert (parts["ethnicity", "Black"], parts["ethnicity", "not known"]) == (1, 1)


def test_how_children_took_part_is_of_those_old_enough_whose_record_says():
    parts = tallied("review_means", FRAMES)
    assert (parts["means", "coming and speaking"], parts["means", "not coming or giving views"]) == ((1, 2), (1, 2))
