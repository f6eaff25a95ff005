"""Child protection teams, family group decision-making and information shared, on readable rows. Synthetic."""

import pytest
from made import table, tallied, whole

from analysis.counting import wellbeing_act as act
from analysis.counting.selection import NotSuppliedError


def posts(discipline: str, as_at: str, filled: float, team: str = "t1") -> dict:
    return {"team": team, "discipline": discipline, "as_at": as_at, "posts": 4.0, "filled": filled}


def request(number: int, agency: str, asked: str, **columns) -> dict:
    return {"request_pseudo": f"q{number}", "agency": agency, "asked_on": asked} | columns


def family(number: int, letter: str, **columns) -> dict:
    return {"family_pseudo": f"f{number}", "letter_on": letter, "offered": True} | columns


FRAMES = {
    "D55.posts": table(
        "D55.posts",
        posts("health", "2023-06-30", 4.0),  # an earlier day: the last one counts
        posts("health", "2024-03-31", 1.5),
        posts("police", "2024-03-31", 4.0),
        posts("police", "2024-03-31", 2.0, team="t2"),  # each team with its own posts
        posts("police", "2024-04-01", 0.0),  # after the year
    ),
    "D55.enquiries": table(
        "D55.enquiries",
        {"enquiry_pseudo": "e1", "started_on": "2023-04-01", "took_part": "police;health;education;social_worker"},
        {"enquiry_pseudo": "e2", "started_on": "2024-03-31", "took_part": "social_worker;police"},
        {"enquiry_pseudo": "e3", "started_on": "2023-05-01"},  # nobody recorded
        {"enquiry_pseudo": "e4", "started_on": "2024-04-01", "took_part": "police"},  # after the year
    ),
    "D56.families": table(
        "D56.families",
        family(1, "2023-04-01", held_on="2023-05-01", outcome="plan_safe", application_on="2023-05-02"),
        family(2, "2023-04-01", held_on="2023-05-02", outcome="no_plan", application_on="2023-05-02"),  # not before
        family(3, "2024-03-31", held_on="2024-04-01", outcome="plan_safe"),  # held after the year
        family(4, "2023-06-01", offered=False, application_on="2023-07-01"),  # never met
        family(5, "2023-03-31", held_on="2023-04-20", outcome="plan_safe"),  # letter of the year before
    ),
    "D57.requests": table(
        "D57.requests",
        request(1, "police", "2023-04-01", due_on="2023-04-11", answered_on="2023-04-11", answer="shared"),  # its day
        request(2, "police", "2023-04-01", due_on="2023-04-11", answered_on="2023-04-12", answer="withheld"),
        request(3, "housing", "2023-04-01", due_on="2023-04-11"),  # never answered
        request(4, "housing", "2024-03-30", due_on="2024-04-09"),  # not due yet
        request(5, "housing", "2023-06-01", answered_on="2023-06-02", answer="nothing_held"),  # no day set
        request(6, "police", "2023-03-31", due_on="2023-04-10", answered_on="2023-04-01"),  # asked before the year
    ),
    "D57.identifiers": table(
        "D57.identifiers",
        {"agency": "police", "as_at": "2023-06-30", "records": 10, "with_identifier": 10},  # an earlier day
        {"agency": "police", "as_at": "2024-03-31", "records": 20, "with_identifier": 5},
        {"agency": "icb", "as_at": "2024-03-31", "records": 5, "with_identifier": 5},
    ),
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("child_protection_team_posts_filled", (7.5, 12)),
        ("team_enquiries", 3),
        (act.share_team_enquiries_with_all, (1, 3)),
        ("family_meetings_offered", (3, 4)),
        (act.count_family_meetings_held, 2),
        (act.share_family_meetings_before, (1, 3)),
        ("information_requests", 5),
        ("information_answered", (3, 5)),
        (act.share_information_in_time, (1, 3)),
        ("information_withheld", (1, 5)),
        ("records_with_identifier", (10, 25)),
    ],
    ids=lambda value: value if isinstance(value, str) else getattr(value, "__name__", ""),
)
def test_whole(count, exp):
    assert whole(count, FRAMES) == exp


def test_parts():
    assert tallied("child_protection_team_posts_filled", FRAMES)["discipline", "health"] == (1.5, 4)
    parts = tallied("team_enquiries", FRAMES)
    assert [parts["discipline", name] for name in ("social work", "police", "health", "not recorded")] == [2, 2, 1, 1]
    assert tallied(act.count_family_meetings_held, FRAMES)["outcome", "plan of the family agreed as safe"] == 1
    assert tallied(act.share_information_in_time, FRAMES)["agency", "housing"] == (0, 1)
    assert tallied("records_with_identifier", FRAMES)["agency", "icb"] == (5, 5)


def test_what_a_column_that_was_not_returned_would_decide_is_not_counted():
    silent = {"D57.requests": table("D57.requests", request(1, "police", "2023-04-01"))}
    for count in ("information_answered", act.share_information_in_time, "information_withheld"):
        with pytest.raises(NotSuppliedError):
            whole(count, silent)
    with pytest.raises(NotSuppliedError, match="held_on"):
        whole(act.count_family_meetings_held, {"D56.families": table("D56.families", family(1, "2023-04-01"))})
