"""Contacts to the designated officer (D23), with a planted break: low-level concerns are recorded from April 2023."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from analysis.returns.contracts import contract
from synthetic.calendar import draw_days, name_of, working_days_after, year_bounds, year_of
from synthetic.draws import gamma_days, masked, pick, pseudonyms, stream, yes
from synthetic.slices import in_year, known_by

NAT = np.datetime64("NaT", "D")
YEARS = range(2017, 2024)
NEEDS = {
    "dismissed": "outcome_date",
    "dbs_ref": "outcome_date",
    "regulator_ref": "outcome_date",
    "training_gap_flag": "outcome_date",
    "learning_code": "outcome_date",
}


def make_contacts(seed: int, settings: Mapping[str, Any]) -> pd.DataFrame:
    """Return every contact from 2017-18 on; those that met the threshold with the whole course of the case."""
    rng, lado = stream(seed, "lado"), settings["lado"]
    parts = []
    for name, yearly in lado["yearly"].items():
        begins = lado["begins"].get(name, 2017)
        days = draw_days(rng, {year: yearly for year in YEARS if year >= begins}, "office")
        parts.append(pd.DataFrame({"received_on": days, "contact_level": name}))
    frame = pd.concat(parts, ignore_index=True).sort_values("received_on", kind="stable", ignore_index=True)
    frame["contact_id"] = pseudonyms(seed, "LA", len(frame))
    return _with_limb(stream(seed, "lado limb"), lado, _with_outcome(rng, lado, _described(rng, lado, frame, seed)))


def _with_limb(rng: np.random.Generator, lado: Mapping[str, Any], frame: pd.DataFrame) -> pd.DataFrame:
    """Add the part of the harm test that a case met, and the phase of the school that the adult works in."""
    met, at_school = frame["threshold_met"].to_numpy(bool), (frame["employment_sector"] == "school").to_numpy()
    drawn = {name: pick(rng, lado[name], len(frame)) for name in ("harm_limb", "school_phase")}
    return frame.assign(
        harm_limb=masked(drawn["harm_limb"], met), school_phase=masked(drawn["school_phase"], at_school)
    )


def _described(rng: np.random.Generator, lado: Mapping[str, Any], frame: pd.DataFrame, seed: int) -> pd.DataFrame:
    size, days = len(frame), frame["received_on"].to_numpy("datetime64[D]")
    sector = pick(rng, lado["sector"], size)
    chance = frame["contact_level"].map(lado["threshold_met"]).to_numpy(float)
    return frame.assign(
        form_type=pick(rng, {"online": 0.8, "email": 0.12, "phone": 0.08}, size),
        threshold_met=yes(rng, chance, size),
        decision_date=working_days_after(days, np.minimum(rng.geometric(0.7, size) - 1, 6)),
        harm_type=pick(rng, lado["harm"], size),
        employment_sector=sector,
        role_type=pd.Series(sector).map(lado["role_of_sector"]).to_numpy(object),
        contract=np.where(sector == "foster_care", "carer", pick(rng, lado["contract"], size)),
        referrer_sector=np.where(yes(rng, 0.7, size), sector, pick(rng, lado["sector"], size)),
        setting_pseudo=pseudonyms(seed, "ST", 160)[rng.integers(0, 160, size)],
    )


def _with_outcome(rng: np.random.Generator, lado: Mapping[str, Any], frame: pd.DataFrame) -> pd.DataFrame:
    size, met = len(frame), frame["threshold_met"].to_numpy(bool)
    received = frame["received_on"].to_numpy("datetime64[D]")
    ends = working_days_after(received + gamma_days(rng, lado["days"], size, shape=1.4, least=8), 0)
    ends = np.where(met, ends, frame["decision_date"].to_numpy("datetime64[D]"))
    outcome = np.where(met, pick(rng, lado["outcome"], size), "no_further_action")
    proved = met & (outcome == "substantiated")
    return frame.assign(
        initial_meeting_date=np.where(met, working_days_after(received, rng.integers(2, 12, size)), NAT),
        review_meetings=masked(rng.poisson(0.7, size), met),
        strand=np.where(met, pick(rng, lado["strand"], size), "none"),
        outcome=outcome,
        outcome_date=np.maximum(ends, frame["decision_date"].to_numpy("datetime64[D]")),
        dismissed=masked(proved & yes(rng, 0.55, size), met),
        dbs_ref=masked(proved & yes(rng, 0.6, size), met),
        regulator_ref=masked(proved & yes(rng, 0.2, size), met),
        restraint_flag=(frame["harm_type"] == "physical").to_numpy() & yes(rng, 0.35, size),
        training_gap_flag=masked(yes(rng, 0.25, size), met),
        grooming_flag=masked((frame["harm_type"] == "sexual").to_numpy() & (np.arange(size) % 5 < 3), met),
        learning_code=masked(pick(rng, lado["learning"], size), met),
    )


def contacts_in_year(frame: pd.DataFrame, start: int) -> pd.DataFrame:
    """Return a year's contacts and the cases still open from earlier years, as they stood on 31 March."""
    _, last = year_bounds(start)
    rows = in_year(frame, start, "received_on", "outcome_date")
    began = year_of(rows["received_on"].to_numpy("datetime64[D]"))
    rows = rows[(began == start) | rows["threshold_met"].to_numpy(bool)]
    began = year_of(rows["received_on"].to_numpy("datetime64[D]"))
    rows["carried_over_from"] = masked([name_of(year) for year in began], began < start)
    rows = known_by(rows, start, NEEDS, contract("D23").table("contacts"))
    rows["outcome"] = rows["outcome"].where(rows["outcome_date"].notna(), "ongoing")
    until = rows["outcome_date"].fillna(pd.Timestamp(last)).to_numpy("datetime64[D]")
    rows["days_open"] = (until - rows["received_on"].to_numpy("datetime64[D]")).astype(int)
    return rows


def make_settings_concerns(seed: int, settings: Mapping[str, Any]) -> pd.DataFrame:
    """Return the concerns about a setting, apart from contacts about a person."""
    rng, lado = stream(seed, "lado settings"), settings["lado"]
    days = draw_days(rng, dict.fromkeys(YEARS, lado["settings"]), "office")
    return pd.DataFrame(
        {
            "concern_id": pseudonyms(seed, "LS", len(days)),
            "received_on": days,
            "employment_sector": pick(rng, lado["sector"], len(days)),
            "setting_pseudo": pseudonyms(seed, "ST", 160)[rng.integers(0, 160, len(days))],
            "outcome": pick(rng, {"advice": 0.4, "improvement_plan": 0.3, "no_action": 0.2, "ongoing": 0.1}, len(days)),
        }
    )
