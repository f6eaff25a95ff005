"""The synthetic children's records as a Standard Safeguarding Dataset, made on request: `make_dataset(1, "2023-24")`.

It holds what a council's system knew on 31 March, of all years that the generator makes, as D16 to D20 hold it.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from analysis.measures.periods import parse_year
from analysis.returns.contracts import contract
from synthetic import care, children, early_help
from synthetic.calendar import working_days_after, year_bounds
from synthetic.generate import Events, make_events
from synthetic.people import Children
from synthetic.returns import as_text
from synthetic.settings import load_settings
from synthetic.slices import known_by, typed

SEX = {"female": "F", "male": "M", "not_known": "U"}
FLAGS = {"social_care": "NEW_REFERRAL_FLAG", "no_further_action": "NFA_FLAG", "advice": "ADVICE_FLAG"}
ENDED = {"met": "Outcomes met", "step_up": "Step-up"}
REVIEW_MONTHS = pd.DateOffset(months=3)
Tables = dict[str, pd.DataFrame]


def make_dataset(seed: int, year: str) -> Tables:
    """Return the tables of a dataset by name (`cp_plans`), as of the last day of a year."""
    start, events = parse_year(year).start.year, make_events(seed)
    need = _known(events.episodes, start, "D18", "referral_date", children.EPISODE_NEEDS)
    need = need.assign(referral=_number("R", need))
    placed = care.episodes_in_year(seed, load_settings(), events.children, events.placements, start)
    placed = known_by(placed, start, care.EPISODE_NEEDS, contract("D19").table())
    leavers = care.care_leavers(seed, load_settings(), events.children, events.periods, start)
    made = _contacts(events, start) | _need(need) | _plans(need, start) | _care(placed, start) | _leavers(leavers)
    people = pd.concat([made["contacts"]["cont_person_id"], *(one["child_pseudo"] for one in (need, placed))])
    people = pd.concat([people, made["early_help_episodes"]["earl_person_id"], leavers["person_pseudo"]]).unique()
    made |= _people(people, events.children) | _alone(placed, leavers)
    return {name: typed(frame, contract("ssd").table(name)) for name, frame in made.items()}


def write_dataset(folder: Path, seed: int, year: str) -> list[Path]:
    """Write the tables as the CSV files of a dataset into a folder, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, frame in make_dataset(seed, year).items():
        paths.append(folder / f"ssd_{name}.csv")
        written = as_text(frame, contract("ssd").table(name)).dropna(axis="columns", how="all")
        written.to_csv(paths[-1], index=False, lineterminator="\n")
    return paths


def _known(frame: pd.DataFrame, start: int, dataset: str, day: str, needs: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows begun by the end of the year, as they stood then."""
    last = pd.Timestamp(year_bounds(start)[1]) + pd.Timedelta(days=1)
    rows = frame[pd.to_datetime(frame[day]) < last].copy()
    return known_by(rows, start, needs, contract(dataset).tables[0]).reset_index(drop=True)


def _number(letter: str, rows: pd.DataFrame) -> list[str]:
    return [f"{letter}{number:07}" for number in range(len(rows))]


def _rows(prefix: str, rows: pd.DataFrame, **columns: Any) -> pd.DataFrame:
    """Return a table of columns under their names with a prefix; a name of a column of `rows` is that column."""
    made = {
        f"{prefix}_{name}": rows[of].to_numpy() if isinstance(of, str) and of in rows else of
        for name, of in columns.items()
    }
    return pd.DataFrame(made, index=range(len(rows)))


def _json(flags: Sequence[str], names: Sequence[str]) -> list[str]:
    return [json.dumps({name: "Y" if name == flag else "N" for name in names}) for flag in flags]


def _contacts(events: Events, start: int) -> Tables:
    rows = _known(events.contacts, start, "D16", "received_at", children.CONTACT_NEEDS)
    names = ("NEW_REFERRAL_FLAG", "NFA_FLAG", "ADVICE_FLAG", "OTHER_OUTCOMES_EXIST_FLAG")
    flags = rows["outcome"].map(FLAGS).fillna(names[-1])
    helped = _known(events.early_help, start, "D17", "start", early_help.NEEDS)
    return {
        "contacts": _rows(
            "cont",
            rows,
            contact_id="contact_id",
            person_id="child_pseudo",
            contact_date=rows["received_at"].to_numpy("datetime64[D]"),
            contact_source_code="source_agency",
            contact_outcome_json=_json(flags, names),
        ),
        "early_help_episodes": _rows(
            "earl",
            helped,
            episode_id=_number("E", helped),
            person_id="child_pseudo",
            episode_start_date="start",
            episode_end_date="end",
            episode_end_reason=helped["end_reason"].map(lambda said: ENDED.get(said, "NFA"), na_action="ignore").array,
        ),
    }


def _need(need: pd.DataFrame) -> Tables:
    assessed = need[need["assessment_start"].notna()].reset_index(drop=True)
    enquired = need[need["s47_start"].notna()].reset_index(drop=True)
    return {
        "cin_episodes": _rows(
            "cine",
            need,
            referral_id="referral",
            person_id="child_pseudo",
            referral_date="referral_date",
            cin_primary_need_code="need_code",
            referral_source_code="source",
            referral_nfa="referral_nfa",
            close_reason="closure_reason",
            close_date="closure_date",
        ),
        "cin_assessments": _rows(
            "cina",
            assessed,
            assessment_id=_number("A", assessed),
            person_id="child_pseudo",
            referral_id="referral",
            assessment_start_date="assessment_start",
            assessment_auth_date="assessment_end",
        ),
        "assessment_factors": _rows(
            "cinf",
            assessed,
            table_id=_number("F", assessed),
            assessment_id=_number("A", assessed),
            assessment_factors_json=[
                json.dumps(said.split(";")) if isinstance(said, str) else None for said in assessed["factors"]
            ],
        ),
        "s47_enquiry": _rows(
            "s47e",
            enquired,
            s47_enquiry_id=_number("S", enquired),
            referral_id="referral",
            person_id="child_pseudo",
            s47_start_date="s47_start",
            s47_outcome_json=[
                json.dumps({"CP_CONFERENCE_FLAG": "N" if said == "not_required" else "Y"})
                for said in enquired["icpc_outcome"]
            ],
        ),
        "initial_cp_conference": _conferences(enquired.assign(enquiry=_number("S", enquired))),
    }


def _conferences(enquired: pd.DataFrame) -> pd.DataFrame:
    rows = enquired[enquired["icpc_date"].notna()].reset_index(drop=True)
    return _rows(
        "icpc",
        rows,
        icpc_id=_number("I", rows),
        s47_enquiry_id="enquiry",
        person_id="child_pseudo",
        cp_plan_id=[f"P{referral}" for referral in rows["referral"]],
        referral_id="referral",
        icpc_target_date=working_days_after(rows["s47_start"].to_numpy("datetime64[D]"), np.full(len(rows), 15)),
        icpc_date="icpc_date",
        icpc_outcome_cp_flag=(rows["icpc_outcome"] == "plan").to_numpy(),
    )


def _plans(need: pd.DataFrame, start: int) -> Tables:
    """Return the plans, and of each that is three months old the review that tells whether all were in time."""
    rows = need[need["cpp_start"].notna()].reset_index(drop=True)
    rows = rows.assign(plan="P" + rows["referral"], due=pd.to_datetime(rows["cpp_start"]) + REVIEW_MONTHS)
    due = rows[rows["due"] <= pd.Timestamp(year_bounds(start)[1])].reset_index(drop=True)
    late = pd.to_timedelta(np.where(due["review_on_time"].astype(bool), -1, 9), unit="D")
    return {
        "cp_plans": _rows(
            "cppl",
            rows,
            cp_plan_id="plan",
            referral_id="referral",
            person_id="child_pseudo",
            cp_plan_start_date="cpp_start",
            cp_plan_end_date="cpp_end",
            cp_plan_initial_category="cpp_initial_category",
            cp_plan_latest_category="cpp_latest_category",
            cp_plan_ola=False,
        ),
        "cp_reviews": _rows(
            "cppr",
            due,
            cp_review_id=_number("V", due),
            person_id="child_pseudo",
            cp_plan_id="plan",
            cp_review_due="due",
            cp_review_date=(due["due"] + late).to_numpy(),
        ),
    }


def _care(placed: pd.DataFrame, start: int) -> Tables:
    rows = placed.reset_index(drop=True).assign(place=_number("L", placed))
    gone = rows[rows["missing"].astype(bool)].drop_duplicates("child_pseudo").reset_index(drop=True)
    return {
        "cla_episodes": _rows(
            "clae",
            rows,
            cla_episode_id=_number("C", rows),
            person_id="child_pseudo",
            cla_episode_start_date="episode_start",
            cla_episode_start_reason="reason_new",
            cla_primary_need_code="need",
            cla_episode_ceased_date="episode_end",
            cla_episode_ceased_reason="reason_ceased",
            cla_id="child_pseudo",
            cla_placement_id="place",
        ),
        "cla_placement": _rows(
            "clap",
            rows,
            cla_placement_id="place",
            cla_placement_start_date="episode_start",
            cla_placement_type="placement_type",
            cla_placement_distance="postcode_distance",
            cla_id="child_pseudo",
            cla_placement_provider="provider_type",
            person_id="child_pseudo",
        ),
        "legal_status": _rows(
            "lega",
            rows,
            legal_status_id=_number("G", rows),
            person_id="child_pseudo",
            legal_status="legal_status",
            legal_status_start_date="episode_start",
        ),
        "missing": _rows(
            "miss",
            gone,
            table_id=_number("M", gone),
            person_id="child_pseudo",
            missing_episode_start_date=year_bounds(start)[0] + 1,
        ),
    }


def _leavers(leavers: pd.DataFrame) -> Tables:
    suited = {"suitable": "1", "unsuitable": "2"}
    return {
        "care_leavers": _rows(
            "clea",
            leavers,
            table_id=_number("K", leavers),
            person_id="person_pseudo",
            care_leaver_eligibility=leavers["eligibility"].str.replace("_", " ").str.title().array,
            care_leaver_in_touch="in_touch",
            care_leaver_activity="eet",
            care_leaver_accom_suitable=leavers["accommodation_suitability"].map(suited).array,
        )
    }


def _alone(placed: pd.DataFrame, leavers: pd.DataFrame) -> Tables:
    who = pd.concat([placed.loc[placed["uasc"], "child_pseudo"], leavers.loc[leavers["uasc"], "person_pseudo"]])
    rows = pd.DataFrame({"who": who.unique()})
    said = "Unaccompanied Asylum Seeking Child"
    made = _rows("immi", rows, person_id="who", immigration_status_id=_number("U", rows), immigration_status=said)
    return {"immigration_status": made}


def _people(keys: np.ndarray, every: Children) -> Tables:
    place = pd.Series(range(len(every.key)), index=every.key)[keys].to_numpy()
    rows = pd.DataFrame({"who": keys, "born": every.born[place], "ethnicity": every.ethnicity[place]})
    disabled = every.disability[place].astype(bool)
    return {
        "person": _rows(
            "pers",
            rows,
            person_id="who",
            sex=pd.Series(every.sex[place]).map(SEX).array,
            ethnicity="ethnicity",
            dob="born",
        ),
        "disability": _rows(
            "disa", rows, person_id="who", table_id=_number("D", rows), disability_code=np.where(disabled, "LD", "NONE")
        ),
    }
