"""Training and attendance at meetings, on readable rows. Synthetic."""

import pytest
from made import table, tallied, whole

from analysis.counting import meetings, training


def booking(session: str, person: str, status: str, **columns) -> dict:
    return {"session_id": session, "person_pseudo_id": person, "agency": "police", "status": status} | columns


def form(number: int, session: str = "s1", **columns) -> dict:
    return {"response_id": f"r{number}", "session_id": session} | columns


TRAINING = {
    "D12.sessions": table(
        "D12.sessions",
        {"session_id": "s1", "course": "Neglect", "mode": "webinar", "date": "2023-05-01", "capacity": 4},
        {"session_id": "s2", "course": "Neglect", "mode": "face_to_face", "date": "2024-03-31"},  # places not stated
        {"session_id": "s3", "course": "Neglect", "mode": "webinar", "date": "2023-06-01", "cancelled_flag": True},
        {"session_id": "s4", "course": "Neglect", "mode": "webinar", "date": "2024-04-01"},  # after the year
    ),
    "D13.bookings": table(
        "D13.bookings",
        booking("s1", "a", "attended", sector="police"),
        booking("s1", "b", "partial", agency="school"),
        booking("s1", "c", "no_show"),
        booking("s1", "d", "cancelled"),  # in good time: out of the base of places not used
        booking("s2", "a", "attended", sector="police"),  # the same person again: two attendances, one person
        booking("s2", "e", "late_cancel"),
        booking("s3", "f", "attended"),  # of a session that was cancelled
        booking("s4", "g", "attended"),  # of a session after the year
    ),
    "D14.feedback": table(
        "D14.feedback",
        form(1, quality="excellent", can_apply="yes", pre_score=4, post_score=8, followup_3m_applied="partly"),
        form(2, quality="fair", can_apply="partly", pre_score=6, post_score=7, followup_3m_applied="no"),
        form(3, pre_score=6),  # no answer but the first: out of every base
        form(4, session="s4", quality="poor"),  # of a session after the year
    ),
    "D15.compliance": table(
        "D15.compliance",
        *(
            {"agency": agency, "service": "x", "staff_group": "y", "level": "3", "as_at": day}
            | {"eligible_n": eligible, "compliant_n": compliant}
            for agency, day, eligible, compliant in [
                ("police", "2023-06-30", 50, 10),  # superseded by the next
                ("police", "2024-03-31", 50, 40),
                ("icb", "2023-06-30", 10, 10),  # its latest
                ("school", "2023-03-31", 10, 0),  # before the year
            ]
        ),
    ),
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("training_sessions_held", 2),
        ("training_sessions_cancelled", 1),
        ("training_bookings", 6),
        ("training_attendances", 3),
        ("people_trained", 2),
        ("training_non_attendance", (2, 5)),
        (training.rate_training_places_filled, (2, 4)),
        (training.rate_training_feedback, (3, 3)),
        ("training_confidence_change", 2.5),
        ("training_applied_after_three_months", (1, 2)),
        ("training_compliance", (50, 60)),
    ],
)
def test_training(count, exp):
    assert whole(count, TRAINING) == exp


def test_feedback_is_told_by_question_alone():
    obs = tallied(training.share_training_feedback_positive, TRAINING)
    assert obs == {("question", "quality good or excellent"): (1, 2), ("question", "can apply learning"): (1, 2)}


def test_an_agency_that_returned_nothing_is_not_nought():
    obs = tallied("training_compliance", TRAINING)
    assert [key[1] for key in obs if key[0] == "agency"] == ["icb", "police"]
    assert obs["level", "level three"] == (50, 60)


BOARDS = {
    "D04.attendance": table(
        "D04.attendance",
        *(
            {"meeting_id": meeting, "group_id": "g", "date": day, "agency": agency, "attended": attended}
            for meeting, day, agency, attended in [
                ("m1", "2023-05-01", "police", "yes"),
                ("m1", "2023-05-01", "icb", "deputy"),
                ("m2", "2023-06-01", "police", "no"),
                ("m2", "2023-06-01", "icb", "apologies"),
                ("m3", "2024-04-01", "police", "yes"),  # after the year
            ]
        ),
    )
}


def test_attendance_at_boards():
    assert whole("board_meetings_held", BOARDS) == 2
    assert whole("board_attendance", BOARDS) == (2, 4)
    assert whole("board_attendance_by_member", BOARDS) == (1, 4)
    assert tallied("board_attendance", BOARDS)["agency", "icb"] == (1, 2)


def seats(*rows):
    names = ("agency", "date", "attended", "paper_returned")
    said = (dict(zip(names, row, strict=False)) for row in rows)
    return {
        "D04.attendance": table(
            "D04.attendance", *({"meeting_id": f"m{n}", "group_id": "g", **row} for n, row in enumerate(said))
        )
    }


def test_meetings_missed_in_a_row_are_those_after_the_last_that_an_agency_came_to():
    held = seats(
        ("police", "2023-05-01", "no"),  # missed, and came later
        ("police", "2023-06-01", "deputy"),
        ("police", "2023-06-01", "no"),  # missed on a day on which it came to another
        ("police", "2023-07-01", "apologies"),
        ("police", "2024-02-01", "no"),
        ("icb", "2023-07-01", "yes"),  # missed none
        ("fire", "2023-07-01", "no"),  # never came
        ("fire", "2024-04-01", "yes"),  # after the period
    )
    obs = tallied(meetings.count_board_meetings_missed, held)
    assert (obs["agency", "police"], obs["agency", "fire"]) == (2, 1)
    assert ("agency", "icb") not in obs


def test_papers_in_time_are_a_share_of_the_seats_that_say():
    held = seats(
        ("police", "2023-05-01", "yes", True), ("icb", "2023-05-01", "no", False), ("fire", "2023-05-01", "no")
    )
    assert whole("board_papers_in_time", held) == (1, 2)


def invited(meeting: str, kind: str, agency: str, attended: str = "yes", **columns) -> dict:
    about = {"meeting_id": meeting, "type": kind, "date": "2023-05-02", "child_or_adult": "child"}
    return about | {"agency": agency, "attended": attended} | columns


OPERATIONAL = {
    "D05.attendance": table(
        "D05.attendance",
        # police, health and social care were all there, one by video
        invited("m1", "strategy", "police", notice_working_days=0),
        invited("m1", "strategy", "gp", "virtual", notice_working_days=1),
        invited("m1", "strategy", "childrens_services", notice_working_days=2),
        # health was asked and didn't come
        invited("m2", "strategy", "police"),
        invited("m2", "strategy", "icb", "no"),
        invited("m2", "strategy", "childrens_services"),
        # put off: not held
        invited("m3", "strategy", "police", "no", postponed=True),
        # a quorate conference with one report of two, in time
        invited("m4", "icpc", "police", report_supplied=True, report_on_time=True, quorate=True)
        | {"family_attended": True},
        invited("m4", "icpc", "school", "no", report_supplied=False, quorate=True),
        # a conference that wasn't, its report late
        invited("m5", "rcpc", "police", report_supplied=True, report_on_time=False, quorate=False),
    )
}


@pytest.mark.parametrize(
    ("count", "exp"),
    [
        ("meeting_attendance", (7, 9)),
        ("meeting_reports_supplied", (2, 3)),
        ("meeting_reports_on_time", (1, 2)),
        ("conferences_quorate", (1, 2)),
        ("conferences_with_family", (1, 1)),  # of the other nobody says
        (meetings.share_strategy_discussions_with_core_agencies, (1, 2)),
        ("meeting_notice_working_days", 1),
    ],
)
def test_operational_meetings(count, exp):
    assert whole(count, OPERATIONAL) == exp
