"""What is planted by hand: two recommendations whose effect was measured, one that worked and one that didn't."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from analysis.exampleshire.calendar import year_of
from analysis.exampleshire.draws import as_day

MADE, ACTED = 2022, 2023
RETURN_INTERVIEWS = {
    "rec_id": "RC-22-901",
    "source_type": "audit",
    "text_short": "Hold return interviews within 72 hours",
    "agency": "childrens_services",
    "impact_measure": "Return interviews within 72 hours, per cent",
}
LATE_CANCELLATION = {
    "rec_id": "RC-22-902",
    "source_type": "scrutiny",
    "text_short": "Charge for late cancellation of training",
    "agency": "partnership_team",
    "impact_measure": "Bookings lost to late cancellation or absence, per cent",
}


def plant_recommendations(found: dict, missing: pd.DataFrame, start: int) -> dict:
    """Add the two recommendations to the year they were made in and the year they were acted on."""
    if start not in (MADE, ACTED):
        return found
    rows = [
        {**RETURN_INTERVIEWS, **_state(start), **_interviews(missing, start)},
        {**LATE_CANCELLATION, **_state(start), **_lost(found["D13"]["bookings"], start)},
    ]
    table = found["D08"]["recommendations"]
    found["D08"]["recommendations"] = pd.concat([table, pd.DataFrame(rows)], ignore_index=True)
    return found


def _state(start: int) -> Mapping[str, object]:
    done = start == ACTED
    return {
        "accepted": "yes",
        "made_on": as_day("2022-11-15"),
        "due_date": as_day("2023-04-30"),
        "status": "done" if done else "under_way",
        "completed_on": as_day("2023-04-03") if done else np.datetime64("NaT", "D"),
        "verified_by": "Quality lead" if done else None,
        "re_audit_due": as_day("2024-04-30"),
        "escalation": False,
    }


def _interviews(missing: pd.DataFrame, start: int) -> dict[str, float]:
    """Return the share of return interviews held in time, of the year before and of the year after."""
    years = year_of(missing["missing_from"].to_numpy("datetime64[D]"))
    share = missing["rhi_done_72h"].groupby(years).mean() * 100
    before = {"baseline": round(share[MADE], 1)}
    return before | ({"after": round(share[ACTED], 1)} if start == ACTED else {})


def _lost(bookings: pd.DataFrame, start: int) -> dict[str, float]:
    kept = bookings[bookings["status"] != "cancelled"]
    share = round(kept["status"].isin(["late_cancel", "no_show"]).mean() * 100, 1)
    return {"after": share} if start == ACTED else {"baseline": share}
