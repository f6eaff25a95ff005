"""Training (D12, D13, D14): sessions, bookings of them, and forms filled in by those who came."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from synthetic.calendar import day_weights, year_bounds
from synthetic.draws import as_day, masked, pick, pseudonyms, stream, yes


def make_training(seed: int, settings: Mapping[str, Any], start: int) -> dict[str, pd.DataFrame]:
    """Return a year's sessions, bookings and feedback. Bookings open on 1 April."""
    rng, training = stream(seed, f"training {start}"), settings["training"]
    sessions = _sessions(rng, training, start)
    bookings = _bookings(rng, training, sessions, seed, start)
    return {"D12": sessions, "D13": bookings, "D14": _feedback(rng, training, bookings, seed, start)}


def _sessions(rng: np.random.Generator, training: Mapping[str, Any], start: int) -> pd.DataFrame:
    days, shares = day_weights(start, "meeting")
    size = training["sessions"]
    days = np.maximum(days[np.searchsorted(shares, np.sort(rng.random(size)), side="right")], year_bounds(start)[0] + 9)
    courses = pd.DataFrame(training["courses"])
    chosen = courses.iloc[rng.choice(len(courses), size, p=courses["share"] / courses["share"].sum())]
    return pd.DataFrame(
        {
            "session_id": [f"S{start % 100:02d}-{number:03d}" for number in range(1, size + 1)],
            "course": chosen["course"].to_numpy(),
            "title": chosen["course"].to_numpy(),
            "theme": chosen["theme"].to_numpy(),
            "mode": pick(rng, training["mode"], size),
            "date": days,
            "minutes": chosen["minutes"].to_numpy(),
            "trainer": pick(rng, training["trainer"], size),
            "capacity": 30,
            "cost": rng.choice([0, 0, 0, 350, 600], size),
            "provider": "Partnership team",
            "cancelled_flag": yes(rng, 0.04, size),
        }
    )


def _bookings(rng, training: Mapping[str, Any], sessions: pd.DataFrame, seed: int, start: int) -> pd.DataFrame:
    """Return bookings; the charge for coming late or not at all, from April 2023, changes nothing (planted)."""
    held = np.repeat(np.arange(len(sessions)), rng.poisson(training["bookings"] / training["sessions"], len(sessions)))
    session = sessions.iloc[held].reset_index(drop=True)
    size, days = len(session), session["date"].to_numpy("datetime64[D]")
    people, staff = pseudonyms(seed, "TP", 9000), stream(seed, "staff")
    agency = pick(staff, training["agency"], len(people))
    role = pick(staff, training["role"], len(people))
    who = rng.integers(0, len(people), size)
    status = pick(rng, training["status"], size)
    lost = np.isin(status, ["late_cancel", "no_show"])
    charged = lost & (days >= as_day(training["charge_from"])) & yes(rng, 0.85, size)
    status = np.where(session["cancelled_flag"], "cancelled", status)
    frame = pd.DataFrame(
        {
            "session_id": session["session_id"],
            "person_pseudo_id": people[who],
            "agency": agency[who],
            "sector": pd.Series(agency[who]).map(training["sector_of_agency"]).to_numpy(object),
            "role": role[who],
            "new_account": yes(rng, 0.16, size),
            "booked_on": np.maximum(days - 1 - np.rint(rng.gamma(2, 12, size)).astype(int), year_bounds(start)[0]),
            "status": status,
            "charge_applied": charged & ~session["cancelled_flag"].to_numpy(bool),
        }
    )
    return frame.drop_duplicates(["session_id", "person_pseudo_id"], ignore_index=True)


def _feedback(rng, training: Mapping[str, Any], bookings: pd.DataFrame, seed: int, start: int) -> pd.DataFrame:
    """Return forms of about half of those who came, and for a quarter of these a second one after three months."""
    came = bookings[bookings["status"].isin(["attended", "partial"]).to_numpy() & yes(rng, 0.52, len(bookings))]
    size = len(came)
    before = np.clip(np.rint(rng.normal(5.8, 1.6, size)), 0, 10)
    later = yes(rng, 0.25, size)
    return pd.DataFrame(
        {
            "session_id": came["session_id"].to_numpy(),
            "response_id": pseudonyms(seed, f"F{start % 100}", size),
            "agency": came["agency"].to_numpy(),
            "pre_score": before,
            "post_score": np.clip(before + np.rint(rng.normal(2.1, 1.1, size)), 0, 10),
            "quality": pick(rng, training["quality"], size),
            "can_apply": pick(rng, {"yes": 0.9, "partly": 0.08, "no": 0.02}, size),
            "followup_3m_applied": masked(pick(rng, {"yes": 0.62, "partly": 0.28, "no": 0.1}, size), later),
            "comment_theme": pick(rng, {"": 0.6, "practical": 0.2, "more time": 0.1, "case examples": 0.1}, size),
        }
    )
