"""What is planted by hand: two recommendations whose effect was measured, one that worked and one that didn't."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pandas as pd

from synthetic.calendar import year_of
from synthetic.draws import as_day

Bookings = Callable[[int], pd.DataFrame]
MADE, ACTED = 2022, 2023
STOPPED, LAST_CAME = "voluntary", "2023-09-30"
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


def plant_recommendations(found: dict, missing: pd.DataFrame, bookings: Bookings, start: int) -> dict:
    """Add the two recommendations to the year they were made in and the year they were acted on.

    `bookings` gives the training bookings of a year.
    """
    if start not in (MADE, ACTED):
        return found
    years = range(MADE, start + 1)
    rows = [
        {**RETURN_INTERVIEWS, **_state(start), **_measured(_interviews(missing), years)},
        {**LATE_CANCELLATION, **_state(start), **_measured(lambda year: _lost(bookings(year)), years)},
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


def _measured(share: Callable[[int], float], years: Iterable[int]) -> dict[str, float]:
    """Return the measure before and, once there is one, the measure after."""
    return dict(zip(("baseline", "after"), (round(share(year) * 100, 1) for year in years), strict=False))


def _interviews(missing: pd.DataFrame) -> Callable[[int], float]:
    """Return the share of return interviews held in time, by year."""
    years = year_of(missing["missing_from"].to_numpy("datetime64[D]"))
    return missing["rhi_done_72h"].groupby(years).mean().__getitem__


def _lost(bookings: pd.DataFrame) -> float:
    """Return the share of bookings lost to late cancellation or absence, of those not cancelled in good time."""
    kept = bookings[bookings["status"] != "cancelled"]
    return kept["status"].isin(["late_cancel", "no_show"]).mean()


def plant_absence(found: dict, start: int) -> dict:
    """Let one agency stop coming to boards and subgroups in the middle of the last year."""
    if start == ACTED:
        table = found["D04"]["attendance"]
        gone = (table["agency"] == STOPPED) & (table["date"] > pd.Timestamp(LAST_CAME))
        found["D04"]["attendance"] = table.assign(attended=table["attended"].mask(gone, "no"))
    return found
