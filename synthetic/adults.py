"""Adult safeguarding (D26): concerns, and the enquiries that follow some of them, in the collection's shape."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from synthetic.calendar import draw_days, draw_moments, working_days_after
from synthetic.children import within_a_year
from synthetic.draws import gamma_days, masked, pick, pseudonyms, stream, yes
from synthetic.people import Adults

NAT = np.datetime64("NaT", "D")
YEARS = range(2018, 2024)
TRIAGED = ("triage_outcome", "reason_not_progressed", "consent_declined", "sent_to")
CONCLUDED = (
    "risk_identified",
    "risk_result",
    "lacks_capacity",
    "advocate",
    "msp_asked",
    "msp_expressed",
    "msp_outcome",
)
CONCERN_NEEDS = dict.fromkeys(TRIAGED, "triaged_at")
ENQUIRY_NEEDS = dict.fromkeys(CONCLUDED, "enquiry_end")


def make_concerns(seed: int, settings: Mapping[str, Any], adults: Adults) -> pd.DataFrame:
    """Return every concern from 2018-19 on, with what triage decided."""
    rng, numbers = stream(seed, "concerns"), settings["adults"]
    days = draw_days(rng, dict.fromkeys(YEARS, numbers["concerns"]), "office")
    received, size = draw_moments(rng, days), len(days)
    frame = pd.DataFrame({"received_at": received, "adult": adults.drawn(rng, size)}).sort_values(
        ["received_at", "adult"], kind="stable", ignore_index=True
    )
    frame["repeat_12m"] = within_a_year(frame["adult"], frame["received_at"])
    frame = frame.assign(concern_id=pseudonyms(seed, "SC", size), contact_id=pseudonyms(seed, "AC", size))
    frame = _triaged(rng, numbers, _described(rng, numbers, frame, adults))
    service = pick(stream(seed, "concerns sent on"), numbers["sent_to"], size)
    return frame.assign(sent_to=masked(service, (frame["triage_outcome"] == "no_enquiry").to_numpy()))


def _described(rng: np.random.Generator, numbers: Mapping[str, Any], frame: pd.DataFrame, adults: Adults):
    size, who = len(frame), frame["adult"].to_numpy()
    location, source = pick(rng, numbers["location"], size), pick(rng, numbers["source"], size)
    care_home = np.isin(location, ["care_home_nursing", "care_home_residential"])
    risk = np.where(
        care_home, pick(rng, numbers["source_of_risk_care"], size), pick(rng, numbers["source_of_risk"], size)
    )
    related = np.where(risk == "known", pick(rng, numbers["relationship"], size), "professional")
    return frame.assign(
        person_pseudo=adults.key[who],
        source=source,
        referrer_agency=pd.Series(source).map(numbers["agency_of_source"]).to_numpy(object),
        abuse_types=_abuse_types(rng, numbers["abuse"], size),
        location=location,
        source_of_risk=risk,
        relationship=np.where(risk == "unknown", "stranger", related),
        setting=pick(rng, numbers["setting"], size),
        age_band=adults.age_band[who],
        sex=adults.sex[who],
        ethnicity=adults.ethnicity[who],
        primary_support=adults.support[who],
        ward=adults.ward[who],
        police_crime_ref_flag=yes(rng, 0.11, size),
    )


def _abuse_types(rng: np.random.Generator, shares: Mapping[str, float], size: int) -> np.ndarray:
    """Return one kind of abuse, and for three in ten a second one, joined in the order of the list."""
    names = np.array(list(shares), dtype=object)
    place = {name: number for number, name in enumerate(shares)}
    first, second = pick(rng, shares, size), pick(rng, shares, size)
    two = yes(rng, 0.3, size) & (first != second)
    low = np.array([place[name] for name in first])
    high = np.array([place[name] for name in second])
    pair = (
        np.array(names, dtype=object)[np.minimum(low, high)]
        + ";"
        + np.array(names, dtype=object)[np.maximum(low, high)]
    )
    return np.where(two, pair, first)


def _triaged(rng: np.random.Generator, numbers: Mapping[str, Any], frame: pd.DataFrame) -> pd.DataFrame:
    size, received = len(frame), frame["received_at"].to_numpy("datetime64[s]")
    day = working_days_after(received.astype("datetime64[D]"), np.minimum(rng.geometric(0.45, size) - 1, 12))
    triaged = day.astype("datetime64[s]") + (rng.integers(9, 18, size) * 3600).astype("timedelta64[s]")
    outcome = pick(rng, numbers["triage"], size)
    stopped = outcome == "no_enquiry"
    reason = pick(rng, numbers["reason_not_progressed"], size)
    return frame.assign(
        triaged_at=np.maximum(triaged, received + np.timedelta64(1800, "s")),
        triage_outcome=outcome,
        reason_not_progressed=masked(reason, stopped),
        consent_declined=stopped & (reason == "declined"),
    )


def make_enquiries(seed: int, settings: Mapping[str, Any], concerns: pd.DataFrame) -> pd.DataFrame:
    """Return an enquiry for each concern that triage passed on, with its conclusion."""
    rng, numbers = stream(seed, "enquiries"), settings["adults"]
    passed = concerns[concerns["triage_outcome"] != "no_enquiry"].reset_index(drop=True)
    size, start = len(passed), passed["triaged_at"].to_numpy("datetime64[D]")
    found = pick(rng, numbers["risk_assessment"], size)
    lacks, asked = pick(rng, numbers["lacks_capacity"], size), pick(rng, numbers["msp_asked"], size)
    expressed = yes(rng, numbers["msp_expressed"], size)
    return passed[["concern_id", "person_pseudo", "abuse_types", "location", "source_of_risk"]].assign(
        enquiry_id=pseudonyms(seed, "SE", size),
        s42_type=np.where(passed["triage_outcome"] == "section_42", "section_42", "other"),
        enquiry_start=start,
        enquiry_end=start + gamma_days(rng, numbers["enquiry_days"], size, shape=1.6, least=4),
        risk_identified=found,
        risk_result=masked(pick(rng, numbers["risk_result"], size), np.isin(found, ["risk_action", "risk_no_action"])),
        lacks_capacity=lacks,
        advocate=masked(yes(rng, numbers["advocate"], size), lacks == "yes"),
        msp_asked=asked,
        msp_expressed=masked(expressed, asked == "yes"),
        msp_outcome=masked(pick(rng, numbers["msp_outcome"], size), (asked == "yes") & expressed),
    )
