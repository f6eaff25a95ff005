"""Tables that hang on the flows: meetings (D05), missing children (D21), pupils (D22), denominators (D45, D46)."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import gamma

from synthetic.calendar import bank_holidays, draw_days, draw_moments, name_of, year_bounds, year_of
from synthetic.draws import level, masked, pick, pseudonyms, stream, yes
from synthetic.people import BLACK, MIXED, Children, ages

SHARE_OF_AGES = {"0-4": 5, "5-9": 5, "10-15": 6, "16-17": 2}


def make_meetings(seed: int, settings: Mapping[str, Any], held: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Return who was invited to operational meetings and came. `held` gives the days of each kind of meeting."""
    parts = []
    for kind, days in held.items():
        said = settings["meetings"][kind]
        rng = stream(seed, f"meetings {kind}")
        parts.append(_attendance(rng, kind, days.dropna().to_numpy("datetime64[D]"), said, seed))
    return pd.concat(parts, ignore_index=True).sort_values(["date", "meeting_id"], kind="stable", ignore_index=True)


def _attendance(rng, kind: str, days: np.ndarray, said: Mapping[str, Any], seed: int) -> pd.DataFrame:
    agencies = list(said["agencies"])
    keys = pseudonyms(seed, f"M{kind[:2].upper()}", len(days))
    meeting, which = np.repeat(np.arange(len(days)), len(agencies)), np.tile(np.arange(len(agencies)), len(days))
    size, quorate, put_off = len(meeting), yes(rng, 0.93, len(days)), yes(rng, 0.04, len(days))
    came = yes(rng, np.array(list(said["agencies"].values()))[which], size)
    notice = np.minimum(rng.poisson(said["notice"], size), 60)
    invited = np.busday_offset(days[meeting], -notice, roll="backward", holidays=bank_holidays())
    report = yes(rng, np.where(came, 0.82, 0.35), size)
    family = yes(stream(seed, f"family at {kind}"), 0.71, len(days))
    return pd.DataFrame(
        {
            "meeting_id": keys[meeting],
            "type": kind,
            "date": days[meeting],
            "child_or_adult": said["about"],
            "agency": np.array(agencies, dtype=object)[which],
            "invited_on": invited,
            "notice_working_days": notice,
            "attended": np.where(came, np.where(yes(rng, 0.5, size), "yes", "virtual"), "no"),
            "report_supplied": report if said["reports"] else None,
            "report_on_time": masked(yes(rng, 0.76, size), report) if said["reports"] else None,
            "quorate": quorate[meeting],
            "postponed": put_off[meeting],
            "family_attended": family[meeting] if said["reports"] else None,
        }
    )


def make_missing(seed: int, settings: Mapping[str, Any], children: Children) -> pd.DataFrame:
    """Return missing episodes; from April 2023 more return interviews are held in time (an improvement planted)."""
    rng, missing = stream(seed, "missing"), settings["missing"]
    days = draw_days(rng, dict.fromkeys(range(2018, 2024), missing["yearly"]), "every_day")
    size = len(days)
    start = draw_moments(rng, days, office=False)
    hours = np.round(np.minimum(rng.lognormal(2.2, 1.1, size), 700), 1)
    return pd.DataFrame(
        {
            "episode_pseudo": pseudonyms(seed, "ME", size),
            "child_pseudo": children.key[children.drawn(rng, days, youngest=10.0)],
            "agency": pick(rng, {"police": 0.8, "childrens_services": 0.2}, size),
            "missing_from": start,
            "found_at": start + (hours * 3600).astype(int).astype("timedelta64[s]"),
            "duration_h": hours,
            "risk_grade": pick(rng, {"high": 0.12, "medium": 0.7, "low": 0.13, "absent": 0.05}, size),
            "rhi_done_72h": yes(rng, level(missing["interview_in_72_hours"], days), size),
        }
    )


def make_pupils(seed: int, settings, children: Children, groups: Mapping[str, np.ndarray], start: int) -> pd.DataFrame:
    """Return three terms of attendance of a sample of pupils of each status, of the same size each year.

    `groups` gives the places of children by status; one in several is in the first.
    """
    rng, school = stream(seed, f"pupils {start}"), settings["school"]
    _, last = year_bounds(start)
    who = _of_school_age(rng, children, groups, school, last)
    terms = who.loc[who.index.repeat(3)].reset_index(drop=True)
    terms["term"] = np.tile(["autumn", "spring", "summer"], len(who))
    size = len(terms)
    possible = terms["term"].map({"autumn": 140, "spring": 120, "summer": 130}).to_numpy(int)
    rate = np.minimum(_evenly(rng, size) * terms["status"].map(school["absence"]).to_numpy(float), 0.98)
    absent = rng.binomial(possible, rate)
    return terms.assign(
        possible=possible,
        absent=absent,
        pa=absent >= possible * 0.1,
        severe=absent >= possible * 0.5,
        suspensions=rng.poisson(terms["status"].map(school["suspensions"]).to_numpy(float)),
        exclusion=yes(rng, 0.001, size),
        ehe=yes(rng, 0.008, size),
        cme=yes(rng, 0.004, size),
    )


def _evenly(rng: np.random.Generator, size: int) -> np.ndarray:
    """Return multiples of a mean rate, skewed as absence is, with every part of the distribution drawn as often as it
    should be: pupils differ more than years do."""
    return gamma.ppf((rng.permutation(size) + 0.5) / size, 0.9) / 0.9


def _of_school_age(rng, children: Children, groups: Mapping[str, np.ndarray], school, last: np.datetime64):
    placed = pd.concat([pd.DataFrame({"child": np.unique(who), "status": name}) for name, who in groups.items()])
    others = np.unique(children.drawn(rng, np.full(6000, last), oldest=15.9, youngest=5.0))
    extra = pd.DataFrame({"child": others, "status": np.where(np.arange(len(others)) % 10 < 7, "none", "ehcp")})
    who = pd.concat([placed, extra], ignore_index=True).drop_duplicates("child", ignore_index=True)
    age = ages(children.born[who["child"].to_numpy()], np.full(len(who), last))
    who = who.assign(age=age)[(age >= 5) & (age <= 15)].sample(frac=1, random_state=rng)
    who = who[who.groupby("status").cumcount() < who["status"].map(school["sample"])].reset_index(drop=True)
    older = who["age"].to_numpy() >= 11
    kind = pick(rng, school["type"], len(who))
    return who.assign(
        pupil_pseudo=children.key[who["child"].to_numpy()],
        phase=np.where(kind == "special", "special", np.where(older, "secondary", "primary")),
        school_type=kind,
    )


def make_denominators(settings: Mapping[str, Any], start: int) -> pd.DataFrame:
    """Return the mid-year population of the year: children by age, sex and ethnic group, and adults by age."""
    people = settings["population"]
    rows = [("0-17", "all", name, people["children"] * share) for name, share in ethnic_shares(settings).items()]
    rows += [("0-17", "all", "all", people["children"])]
    rows += [(band, "all", "all", people["children"] * width / 18) for band, width in SHARE_OF_AGES.items()]
    rows += [("0-17", sex, "all", people["children"] * share) for sex, share in (("female", 0.488), ("male", 0.512))]
    adults = settings["adult_population"]
    rows += [
        (band, "all", "all", people["adults"] * share) for band, share in {"18+": 1.0, **adults["age_band"]}.items()
    ]
    rows += [("18+", "all", name, people["adults"] * share) for name, share in adults["ethnicity"].items()]
    parts = [("0-17", "all", "all", people["children"] * share, name) for name, share in people["localities"].items()]
    columns = ["age_band", "sex", "ethnicity", "value", "area"]
    whole = [(*row, "Exampleshire") for row in rows]
    frame = pd.DataFrame([*whole, *parts], columns=columns).assign(measure="population")
    poor = [(*row[:3], row[3] * people["low_income"][row[4]], row[4]) for row in parts]
    need = pd.DataFrame(poor, columns=columns).assign(measure="low_income")
    frame = pd.concat([frame, need], ignore_index=True)
    return frame.assign(year=start, value=frame["value"].round())


def ethnic_shares(settings: Mapping[str, Any]) -> dict[str, float]:
    """Return the share of each ethnic group among children, from those of the detailed codes."""
    found = dict.fromkeys(("white", "mixed", "asian", "black", "other"), 0.0)
    for code, share in settings["population"]["ethnicity"].items():
        group = {"W": "white", "A": "asian", "C": "asian", "O": "other"}.get(code[0], "")
        found["mixed" if code in MIXED else "black" if code in BLACK else group] += share
    return {name: share / sum(found.values()) for name, share in found.items()}


def make_benchmarks(settings: Mapping[str, Any], start: int) -> pd.DataFrame:
    """Return published rates for England of the year, each with its source."""
    rows = pd.DataFrame(settings["benchmarks"]["rows"], columns=["year", "indicator_id", "value", "source"])
    rows = rows[rows["year"] == start].drop(columns="year")
    source = "Department for Education, Children in need 2024, " + rows["source"]
    return rows.assign(area="England", period=name_of(start), source=source)


def meetings_held(episodes: pd.DataFrame, enquiries: pd.DataFrame, lado: pd.DataFrame, marac: pd.DataFrame):
    """Return the days of each kind of operational meeting, from the flows that they belong to."""
    plans = episodes[episodes["cpp_start"].notna()]
    reviews = plans["cpp_start"] + pd.Timedelta(days=85)
    section_42 = enquiries.loc[enquiries["s42_type"] == "section_42", "enquiry_start"]
    held = {
        "strategy": episodes["s47_start"],
        "icpc": episodes["icpc_date"],
        "rcpc": reviews[reviews < plans["cpp_end"]],
        "adult_planning": section_42.iloc[::3] + pd.Timedelta(days=6),
        "lado": lado["initial_meeting_date"],
        "marac": marac["marac_date"].drop_duplicates(),
    }
    return {kind: recent(days) for kind, days in held.items()}


def recent(days: pd.Series) -> pd.Series:
    """Return the days from 2018-19 on, in order."""
    dated = pd.Series(pd.to_datetime(days).dropna().to_numpy("datetime64[D]"))
    return dated[year_of(dated.to_numpy("datetime64[D]")) >= 2018].sort_values(ignore_index=True)
