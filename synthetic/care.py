"""Looked-after children and care leavers (D19, D20): periods of care, their placements, and what follows."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from synthetic.calendar import draw_days, year_bounds
from synthetic.draws import gamma_days, masked, pick, stream, yes
from synthetic.people import YEAR_DAYS, Children, ages, birthday, child_bands

EPISODE_NEEDS = {"reason_ceased": "episode_end"}


def make_periods(seed: int, settings: Mapping[str, Any], children: Children, episodes: pd.DataFrame) -> pd.DataFrame:
    """Return periods of care: child, start, end, whether the child came to the country alone."""
    entered = episodes[episodes["care_start"].notna()]
    home = pd.DataFrame({"child": entered["child"], "start": entered["care_start"], "end": entered["care_end"]})
    periods = pd.concat([home.assign(uasc=False), _alone(seed, settings["alone"], children)], ignore_index=True)
    return periods.sort_values(["start", "child"], kind="stable", ignore_index=True)


def _alone(seed: int, alone: Mapping[str, Any], children: Children) -> pd.DataFrame:
    """Return the periods of children who came alone; their dates of birth are filled in among the children."""
    rng = stream(seed, "children alone")
    start = draw_days(rng, dict.fromkeys(range(2005, 2024), alone["starts"]), "every_day")
    who = len(children.reach) + np.arange(len(start))
    children.born[who] = start - (rng.uniform(15.6, 17.8, len(start)) * YEAR_DAYS).astype(int)
    children.sex[who] = pick(rng, {"male": 0.93, "female": 0.07}, len(start))
    adult = birthday(children.born[who], 18)
    end = np.where(yes(rng, alone["leaves_early"], len(start)), start + gamma_days(rng, 60, len(start), least=5), adult)
    return pd.DataFrame({"child": who, "start": start, "end": np.minimum(end, adult), "uasc": True})


def make_placements(seed: int, settings: Mapping[str, Any], children: Children, periods: pd.DataFrame) -> pd.DataFrame:
    """Return one row a placement, in the shape of the SSDA903, from the first day of care to the last."""
    rng, care = stream(seed, "placements"), settings["care"]
    frame = _split(rng, care, periods)
    first = ~frame["period"].duplicated().to_numpy()
    last = ~frame["period"].duplicated(keep="last").to_numpy()
    size = len(frame)
    alone, turn = frame["uasc"].to_numpy(bool), frame.groupby("period").cumcount().to_numpy()
    legal = _legal_status(rng, care, frame["period"].to_numpy(), alone, turn)
    place = np.where(alone, pick(rng, care["placement_alone"], size), pick(rng, care["placement"], size))
    local, sought = yes(rng, care["in_borough"], size), stream(seed, "placements sought")
    return frame.assign(
        child_pseudo=children.key[frame["child"].to_numpy()],
        sex=children.sex[frame["child"].to_numpy()],
        ethnicity=children.ethnicity[frame["child"].to_numpy()],
        reason_new=np.where(first, "S", np.where((legal == "C2") & (turn == 1), "B", "P")),
        legal_status=legal,
        need=np.where(alone, "N8", pick(rng, care["need"], size)),
        placement_type=place,
        placement_sought=np.where(yes(sought, 0.14, size), pick(sought, care["placement"], size), place),
        provider_type=np.where(place == "P1", "PR0", np.where(place == "U1", "PR1", pick(rng, care["provider"], size))),
        reason_ceased=np.where(last, _why_ceased(rng, care, frame, children), "X1"),
        postcode_distance=np.round(np.where(local, rng.gamma(2, 1.2, size), 4 + rng.gamma(1.1, 16, size)), 1),
        in_borough=local,
        host_la=np.where(local, "Exampleshire", pick(rng, care["host"], size)),
        cost_week=np.round(_costs(care, place) * rng.lognormal(0, 0.2, size), 0),
        country_band=masked(pick(rng, {f"Group {letter}": 1 for letter in "ABCD"}, size), alone),
    )


def _split(rng: np.random.Generator, care: Mapping[str, Any], periods: pd.DataFrame) -> pd.DataFrame:
    """Return the periods cut into placements at random days."""
    start, end = (periods[name].to_numpy("datetime64[D]") for name in ("start", "end"))
    length = (end - start).astype(int)
    unsettled = rng.gamma(care["sameness"], 1 / care["sameness"], len(periods))
    mean = unsettled * (0.25 + care["moves_a_year"] * np.minimum(length, 1500) / YEAR_DAYS)
    moves = np.minimum(rng.poisson(mean), length // 15)
    places = np.repeat(np.arange(len(periods)), moves)
    cuts = start[places] + 1 + (rng.random(len(places)) * (length[places] - 1)).astype(int)
    begun = pd.DataFrame(
        {"period": np.append(np.arange(len(periods)), places), "episode_start": np.append(start, cuts)}
    )
    begun = begun.drop_duplicates().sort_values(["period", "episode_start"], ignore_index=True)
    following = begun.groupby("period")["episode_start"].shift(-1).to_numpy("datetime64[D]")
    whole = periods.iloc[begun["period"].to_numpy()].reset_index(drop=True)
    begun["episode_end"] = np.where(np.isnat(following), whole["end"].to_numpy("datetime64[D]"), following)
    return begun.assign(
        child=whole["child"], uasc=whole["uasc"], care_start=whole["start"].to_numpy(), care_end=whole["end"].to_numpy()
    )


def _legal_status(rng, care: Mapping[str, Any], period: np.ndarray, alone: np.ndarray, turn: np.ndarray) -> np.ndarray:
    """Return each placement's legal status: interim care orders become full ones after the first placement."""
    of_period = pick(rng, care["legal_status"], period.max() + 1)[period]
    return np.where(alone, "V2", np.where((of_period == "C1") & (turn > 0), "C2", of_period))


def _why_ceased(rng: np.random.Generator, care: Mapping[str, Any], frame: pd.DataFrame, children: Children):
    """Return why care ended: by coming of age, or by one of the reasons for the younger."""
    end = frame["episode_end"].to_numpy("datetime64[D]")
    grown = ages(children.born[frame["child"].to_numpy()], end) >= 18
    return np.where(grown, pick(rng, care["ceased_at_18"], len(frame)), pick(rng, care["ceased"], len(frame)))


def _costs(care: Mapping[str, Any], place: np.ndarray) -> np.ndarray:
    return pd.Series(place).map(care["cost_week"]).fillna(care["cost_week"]["other"]).to_numpy(float)


def episodes_in_year(seed: int, settings, children: Children, placements: pd.DataFrame, start: int) -> pd.DataFrame:
    """Return the placements, from the first, of periods of care open in a year, with what is known of the child in it.

    Earlier placements of the same period come along, as stability is counted over more than a year.
    """
    first, last = year_bounds(start)
    begun, ended = (placements[name].to_numpy("datetime64[D]") for name in ("episode_start", "care_end"))
    frame = placements[(begun <= last) & (ended >= first)].reset_index(drop=True)
    who, at = np.unique(frame["child"].to_numpy(), return_inverse=True)
    seen = _child_years(stream(seed, f"looked after {start}"), settings["care"], len(who), first)
    frame = frame.assign(**{name: values[at] for name, values in seen.items()})
    born = children.born[frame["child"].to_numpy()]
    until, end = (np.minimum(frame[name].to_numpy("datetime64[D]"), last) for name in ("episode_end", "care_end"))
    return _where_it_applies(frame, born, end, last).assign(
        age_band=child_bands(born, until),
        placements_12m=_placements(placements, who, first, last)[at],
        search_days=frame["search_days"] * np.where(frame["placement_type"].isin(["K2", "R3"]), 5, 1),
    )


def _child_years(rng: np.random.Generator, care: Mapping[str, Any], size: int, first: np.datetime64) -> dict:
    return {
        "missing": yes(rng, care["missing"], size),
        "health_assess_date": first + rng.integers(0, 365, size),
        "no_health": ~yes(rng, care["health_assessed"], size),
        "dental": yes(rng, care["dental"], size),
        "imms": yes(rng, care["immunised"], size),
        "sdq_score": np.clip(np.rint(rng.normal(13.8, 6.2, size)), 0, 40),
        "sdq_reason_missing": pick(rng, {"": care["sdq_given"], "SDQ2": 0.06, "SDQ3": 0.05, "SDQ4": 0.08}, size),
        "review_participation_code": pick(rng, care["review_code"], size),
        "school_moves": rng.poisson(0.22, size),
        "visits_on_time": yes(rng, care["visits_on_time"], size),
        "search_days": rng.poisson(care["search_days"], size),
    }


def _where_it_applies(frame: pd.DataFrame, born: np.ndarray, until: np.ndarray, last: np.datetime64) -> pd.DataFrame:
    """Empty what only some children have: a score at 5 to 16 after a year in care, a code of zero under four."""
    care_start, care_end = (frame[name].to_numpy("datetime64[D]") for name in ("care_start", "care_end"))
    age, settled = ages(born, until), (care_end > last) & (care_start <= last - 365)
    scored = settled & (age >= 5) & (age <= 16)
    given = scored & frame["sdq_reason_missing"].isna().to_numpy()
    health = frame["health_assess_date"].to_numpy("datetime64[D]")
    known = ~frame["no_health"].to_numpy(bool) & (health >= care_start) & (health <= until)
    return frame.assign(
        sdq_score=masked(frame["sdq_score"], given),
        sdq_reason_missing=frame["sdq_reason_missing"].where(scored),
        health_assess_date=np.where(known | settled & ~frame["no_health"], health, np.datetime64("NaT", "D")),
        review_participation_code=np.where(age < 4, "PN0", frame["review_participation_code"]),
        school_moves=masked(frame["school_moves"], age >= 5),
    )


def _placements(placements: pd.DataFrame, who: np.ndarray, first: np.datetime64, last: np.datetime64) -> np.ndarray:
    """Return how many placements each child was in at some time of the year."""
    begun, ended = (placements[name].to_numpy("datetime64[D]") for name in ("episode_start", "episode_end"))
    count = placements.loc[(begun <= last) & (ended > first), "child"].value_counts()
    return np.maximum(count.reindex(who).fillna(1).to_numpy(int), 1)


def care_leavers(seed: int, settings, children: Children, periods: pd.DataFrame, start: int) -> pd.DataFrame:
    """Return those aged 16 to 24 on 31 March who left care at 16 or older, one row a person."""
    _, last = year_bounds(start)
    rng, leavers = stream(seed, f"care leavers {start}"), settings["care_leavers"]
    end = periods["end"].to_numpy("datetime64[D]")
    born = children.born[periods["child"].to_numpy()]
    age, age_at_end = ages(born, np.full(len(born), last)), ages(born, end)
    kept = (end <= last) & (age_at_end >= 16) & (age <= 24)
    left = periods[kept].assign(age=age[kept]).drop_duplicates("child", keep="last")
    still = periods.loc[(periods["start"] <= last) & (end > last), "child"]
    left = left[~left["child"].isin(still)].reset_index(drop=True)
    size, young = len(left), left["age"].to_numpy() < 18
    touch = pick(rng, leavers["in_touch"], size)
    reached = touch == "YES"
    return pd.DataFrame(
        {
            "person_pseudo": children.key[left["child"].to_numpy()],
            "age": left["age"],
            "eligibility": np.where(young, "relevant", pick(rng, leavers["eligibility"], size)),
            "supported_flag": yes(rng, 0.93, size),
            "uasc": left["uasc"].astype(bool),
            "eet": np.where(reached, pick(rng, leavers["activity"], size), "0"),
            "accommodation_suitability": np.where(reached, pick(rng, leavers["accommodation"], size), "not_known"),
            "in_touch": touch,
            "pathway_plan_date": last - rng.integers(5, 330, size),
            "health_passport": yes(rng, 0.84, size),
            "offer_known": yes(stream(seed, f"offer to care leavers {start}"), 0.71, size),
            "as_at": last,
        }
    )
