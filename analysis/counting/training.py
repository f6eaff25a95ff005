"""Multi-agency training: sessions (D12), bookings (D13), feedback (D14), and agencies' own compliance (D15).

Sessions, bookings, attendances and people are four different counts. A booking belongs to the period of its session.
"""

import pandas as pd

from analysis.counting.definition import Records, counts
from analysis.counting.rows import look_up, within
from analysis.counting.selection import Rows, once
from analysis.measures.periods import Period

SESSIONS, BOOKINGS, FEEDBACK = "D12.sessions", "D13.bookings", "D14.feedback"
CAME = ("attended", "partial")


@once(SESSIONS)
def sessions_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the sessions held in the period."""
    rows = within(records[SESSIONS], "date", period)
    return rows[~rows.filled("cancelled_flag", False).astype(bool)]


@once(BOOKINGS, SESSIONS)
def bookings_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the bookings for sessions held in the period, with the date, mode and course of each."""
    held = sessions_of(records, period)[["session_id", "date", "mode", "course"]]
    return Rows.of(records[BOOKINGS].merge(held, on="session_id"))


@once(BOOKINGS, SESSIONS)
def attendances_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the bookings of the period whose person came, wholly or in part."""
    rows = bookings_of(records, period)
    return rows[rows["status"].isin(CAME)]


@once(FEEDBACK, SESSIONS)
def feedback_of(records: Records, period: Period) -> pd.DataFrame:
    """Return the feedback forms on sessions held in the period."""
    return Rows.of(records[FEEDBACK].merge(sessions_of(records, period)[["session_id"]], on="session_id"))


@counts("training_places_filled", "ratio", needs=(SESSIONS, BOOKINGS))
def rate_training_places_filled(records: Records, period: Period) -> pd.DataFrame:
    """Attendances over places, of sessions held in the period that state their places."""
    held = sessions_of(records, period)
    held = held[held["capacity"].notna()]
    came = attendances_of(records, period)["session_id"].value_counts()
    return held.assign(numerator=look_up(held["session_id"], came).fillna(0), denominator=held["capacity"])


@counts("training_feedback_rate", "ratio", needs=(FEEDBACK, BOOKINGS, SESSIONS))
def rate_training_feedback(records: Records, period: Period) -> pd.DataFrame:
    """Feedback forms over attendances of the period."""
    forms, came = feedback_of(records, period), attendances_of(records, period)
    return pd.DataFrame({"numerator": [float(len(forms))], "denominator": [float(len(came))]})


@counts("training_feedback_positive", "share", needs=(FEEDBACK, SESSIONS))
def share_training_feedback_positive(records: Records, period: Period) -> pd.DataFrame:
    """Answers of good or excellent quality, and answers that the learning can be applied, of those given."""
    rows = feedback_of(records, period)
    quality = rows["quality"].isin(["excellent", "good"]).astype("boolean").mask(rows["quality"].isna())
    apply = (rows["can_apply"] == "yes").astype("boolean").mask(rows["can_apply"].isna())
    answers = {"quality": quality, "apply": apply}
    return pd.concat([pd.DataFrame({"question": name, "met": met}) for name, met in answers.items()])
