"""What is planted by hand: the recommendations that the partnership follows by name, of which two had their effect
measured (one worked, one didn't), and an agency that stops coming."""

import csv
from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from analysis.scrutiny.recommendations import FILE, OUTSIDE
from synthetic.calendar import year_bounds, year_of
from synthetic.settings import FOLDER, list_agencies

Bookings = Callable[[int], pd.DataFrame]
MADE, ACTED = 2022, 2023
STOPPED, LAST_CAME = "voluntary", "2023-09-30"
INTERVIEWS, CANCELLATION = "RC-01", "RC-02"
SOURCES = {"committee": "scrutiny", "scrutineer": "scrutiny", "last_report": "other", "peer_review": "other"}
MEASURES = {
    INTERVIEWS: "Return interviews within 72 hours, per cent",
    CANCELLATION: "Bookings lost to late cancellation or absence, per cent",
}


def leave_finished(recommendations: pd.DataFrame) -> pd.DataFrame:
    """Return the recommendations drawn at random that were completed before the last year: from then on all are those
    that the partnership follows by name, so that both ways of counting agree."""
    return recommendations[recommendations["completed_on"] <= pd.Timestamp(year_bounds(MADE)[1])]


def plant_recommendations(found: dict, missing: pd.DataFrame, bookings: Bookings, start: int) -> dict:
    """Add the recommendations followed by name to the years that they were made in and acted on, in place of those
    drawn that weren't completed.

    `bookings` gives the training bookings of a year.
    """
    if start not in (MADE, ACTED):
        return found
    last, years = pd.Timestamp(year_bounds(start)[1]), range(MADE, start + 1)
    before_after = {
        INTERVIEWS: _measured(_interviews(missing), years),
        CANCELLATION: _measured(lambda year: _lost(bookings(year)), years),
    }
    rows = [_state(row, last) | before_after.get(row["id"], {}) for row in read_followed()]
    began = pd.Timestamp(year_bounds(start)[0])
    known = [row for row in rows if row["made_on"] <= last and not row["completed_on"] < began]
    table = found["D08"]["recommendations"]
    found["D08"]["recommendations"] = pd.concat([table, pd.DataFrame(known)], ignore_index=True)
    return found


def read_followed() -> list[dict[str, str]]:
    """Return the rows that the partnership follows by name and that one of its agencies is to act on."""
    with (FOLDER / "tracked" / "2023-24" / FILE).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["agency"] != OUTSIDE]


def _state(row: Mapping[str, str], last: pd.Timestamp) -> dict[str, object]:
    """Return a recommendation as an agency returns it on the last day of a year."""
    due, done = pd.Timestamp(row["due"] or pd.NaT), pd.Timestamp(row["done"] or pd.NaT)
    finished = done <= last
    return {
        "rec_id": row["id"],
        "source_type": SOURCES.get(row["source"], row["source"]),
        "text_short": row["recommendation"],
        "agency": list_agencies()[row["agency"]],
        "accepted": "yes",
        "made_on": pd.Timestamp(row["made"]),
        "due_date": due,
        "status": row["status"] if finished else "overdue" if due <= last else "under_way",
        "completed_on": done if finished else pd.NaT,
        "evidence_link": row["evidence"] if finished else None,
        "verified_by": "Quality lead" if row["tested"] and pd.Timestamp(row["tested"]) <= last else None,
        "impact_measure": MEASURES.get(row["id"], "Test of cases" if row["retest"] else ""),
        "re_audit_due": pd.Timestamp(row["retest"] or pd.NaT),
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
