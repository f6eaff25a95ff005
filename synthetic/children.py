"""Children's front door, children in need and child protection (D16, D18).

A contact becomes early help or a referral; a referral an assessment; some assessments a section 47 enquiry, a
conference, a plan; some children become looked after. The whole course of an episode is drawn when it begins; what
a year's return shows of it is cut off on 31 March (`slices`).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from synthetic.calendar import draw_days, draw_moments, working_days_after, year_bounds, year_of
from synthetic.draws import gamma_days, masked, pick, pseudonyms, ramp, several, stream, yes
from synthetic.people import BLACK, Children, birthday, child_bands

NAT = np.datetime64("NaT", "D")
NO_FACTOR = "21"
EPISODE_NEEDS = {
    "factors": "assessment_end",
    "icpc_15wd": "icpc_date",
    "icpc_outcome": "s47_start",
    "cpp_initial_category": "cpp_start",
    "cpp_latest_category": "cpp_start",
    "previous_cpp": "cpp_start",
    "review_on_time": "cpp_start",
    "visits_on_time": "cpp_start",
    "closure_reason": "closure_date",
    "step_down_plan": "cpp_end",
}
CONTACT_NEEDS = {"decision": "decided_at", "referrer_notified": "decided_at"}


def make_contacts(seed: int, settings: Mapping[str, Any], children: Children) -> pd.DataFrame:
    """Return every contact from 2018-19 on, and before that only those referred to social care, for their history."""
    rng, front = stream(seed, "contacts"), settings["front_door"]
    parts = [_contacts_of(rng, group, settings, children) for group in front["streams"].values()]
    frame = pd.concat(parts, ignore_index=True).sort_values(["received_at", "child"], kind="stable", ignore_index=True)
    frame["contact_id"] = pseudonyms(seed, "CO", len(frame))
    frame["repeat_12m"] = within_a_year(frame["child"], frame["received_at"])
    return frame


def _contacts_of(rng, group: Mapping[str, Any], settings: Mapping[str, Any], children: Children) -> pd.DataFrame:
    front = settings["front_door"]
    days = draw_days(rng, dict.fromkeys(range(2005, 2024), group["yearly"]), group["profile"])
    child = children.drawn(rng, days)
    outcome = _outcomes(rng, front, children.prone[child])
    kept = (year_of(days) >= 2018) | (outcome == "social_care")
    days, child, outcome = days[kept], child[kept], outcome[kept]
    received = draw_moments(rng, days, office=group["profile"] != "every_day")
    return pd.DataFrame(
        {
            "day": days,
            "received_at": received,
            "child": child,
            "source_agency": pick(rng, group["source"], len(days)),
            "channel": pick(rng, group["channel"], len(days)),
            "reason_code": pick(rng, front["reason"], len(days)),
            "outcome": outcome,
            "decided_at": _decided(rng, received, front["decided_next_day"]),
            "referrer_notified": yes(rng, 0.86, len(days)),
        }
    )


def _outcomes(rng: np.random.Generator, front: Mapping[str, Any], prone: np.ndarray) -> np.ndarray:
    """Return what comes of contacts: social care more often for the children prone to need it (so some return)."""
    outcome, chances = front["outcome"], front["social_care"]
    sent = yes(rng, np.where(prone, chances["prone"], chances["others"]), len(prone))
    return np.where(sent, "social_care", pick(rng, outcome, len(prone)))


def _decided(rng: np.random.Generator, received: np.ndarray, in_time: float) -> np.ndarray:
    """Return moments of decision: within one working day for the share given, else up to four more."""
    days = received.astype("datetime64[D]")
    waits = np.where(yes(rng, in_time, len(days)), rng.integers(0, 2, len(days)), rng.integers(2, 6, len(days)))
    decided = working_days_after(days, waits).astype("datetime64[s]") + (rng.integers(9, 19, len(days)) * 3600).astype(
        "timedelta64[s]"
    )
    return np.maximum(decided, received + np.timedelta64(900, "s"))


def within_a_year(who: pd.Series, when: pd.Series) -> np.ndarray:
    """Return whether the same person had an earlier event at most 365 days before (rows in order of time)."""
    before = when.groupby(who, sort=False).shift()
    return ((when - before) <= pd.Timedelta(days=365)).to_numpy()


def describe_contacts(
    seed: int, settings: Mapping[str, Any], contacts: pd.DataFrame, children: Children
) -> pd.DataFrame:
    """Return contacts from 2018-19 on with what is known of the child."""
    shown = contacts[contacts["day"] >= year_bounds(2018)[0]].copy()
    door = pick(stream(seed, "contacts sent on"), settings["front_door"]["sent_on"], len(shown))
    return describe(shown, children, shown["day"]).assign(
        decision=shown["outcome"],
        domestic_abuse=shown["reason_code"] == "domestic_abuse",
        sent_on=masked(door, (shown["outcome"] == "no_further_action").to_numpy()),
    )


def describe(frame: pd.DataFrame, children: Children, days: pd.Series) -> pd.DataFrame:
    """Add what is known of each row's child on the day."""
    who = frame["child"].to_numpy()
    return frame.assign(
        child_pseudo=children.key[who],
        sex=children.sex[who],
        ethnicity=children.ethnicity[who],
        disability=children.disability[who],
        locality=children.locality[who],
        age_band=child_bands(children.born[who], days.to_numpy("datetime64[D]")),
    )


def make_episodes(seed: int, settings: Mapping[str, Any], children: Children, contacts: pd.DataFrame) -> pd.DataFrame:
    """Return every episode of need since 2005: one for each referral of a child whose case isn't open already."""
    rng, need = stream(seed, "episodes"), settings["need"]
    sent = contacts[contacts["outcome"] == "social_care"]
    frame = pd.DataFrame(
        {
            "child": sent["child"].to_numpy(),
            "referral_date": sent["decided_at"].to_numpy("datetime64[D]"),
            "source": sent["source_agency"].to_numpy(),
        }
    )
    frame = frame.sort_values(["referral_date", "child"], kind="stable", ignore_index=True)
    frame = frame.drop_duplicates(["child", "referral_date"], ignore_index=True)
    frame = _with_assessment(rng, need, frame)
    frame = _with_enquiry(rng, need, frame, children)
    frame = _with_plan(rng, need, frame)
    frame = _with_care(rng, settings["care"], frame, children)
    frame = _with_closure(rng, need, frame)
    frame = frame[_is_new(frame)].reset_index(drop=True)
    return _with_history(rng, need, describe(frame, children, frame["referral_date"]))


def _with_assessment(rng: np.random.Generator, need: Mapping[str, Any], frame: pd.DataFrame) -> pd.DataFrame:
    days, size = frame["referral_date"].to_numpy("datetime64[D]"), len(frame)
    nfa = yes(rng, need["referral_nfa"], size)
    on_time = yes(rng, ramp(need["assessed_in_45_working_days"], days), size)
    bands = pick(rng, need["working_days_to_assess"], size)
    low, high = np.array([band.split("-") for band in bands], dtype=int).T
    waits = np.where(on_time, rng.integers(low, high + 1), rng.integers(46, 85, size))
    end = working_days_after(days, waits)
    factors = several(rng, need["factors"], size)
    return frame.assign(
        need_code=pick(rng, need["need_code"], size),
        referral_nfa=nfa,
        assessment_start=np.where(nfa, NAT, days),
        assessment_end=np.where(nfa, NAT, end),
        factors=masked(np.where(factors == "", NO_FACTOR, factors), ~nfa),
        in_need=~nfa & ~yes(rng, need["assessed_not_in_need"], size),
        worker_fte_case_count=np.round(rng.normal(17, 3, size), 1),
    )


def _with_enquiry(rng, need: Mapping[str, Any], frame: pd.DataFrame, children: Children) -> pd.DataFrame:
    """Add section 47 enquiries and conferences; Black children are likelier to have one (a planted signal)."""
    size, days = len(frame), frame["referral_date"].to_numpy("datetime64[D]")
    black = np.isin(children.ethnicity[frame["child"].to_numpy()], BLACK)
    chance = need["section_47"] * np.where(black, need["section_47_black"], 1.0)
    enquiry = frame["in_need"].to_numpy() & yes(rng, chance, size)
    start = working_days_after(days, gamma_days(rng, 3, size))
    start = np.minimum(start, frame["assessment_end"].to_numpy("datetime64[D]"))
    held = enquiry & yes(rng, need["conference"], size)
    in_time = yes(rng, need["conference_in_15_working_days"], size)
    waits = np.where(in_time, 15 - np.minimum(rng.geometric(0.45, size) - 1, 12), rng.integers(16, 36, size))
    conference = working_days_after(np.where(np.isnat(start), days, start), waits)
    plan = held & yes(rng, need["plan"], size)
    return frame.assign(
        s47_start=np.where(enquiry, start, NAT),
        icpc_date=np.where(held, conference, NAT),
        icpc_15wd=masked(in_time, held),
        icpc_outcome=masked(np.where(plan, "plan", np.where(held, "no_plan", "not_required")), enquiry),
        has_plan=plan,
    )


def _with_plan(rng: np.random.Generator, need: Mapping[str, Any], frame: pd.DataFrame) -> pd.DataFrame:
    plan, size = frame["has_plan"].to_numpy(), len(frame)
    start = frame["icpc_date"].to_numpy("datetime64[D]")
    first = pick(rng, need["abuse_category"], size)
    latest = np.where(yes(rng, 0.07, size), pick(rng, need["abuse_category"], size), first)
    return frame.assign(
        cpp_start=np.where(plan, start, NAT),
        cpp_end=np.where(plan, start + gamma_days(rng, need["plan_days"], size, shape=1.3, least=30), NAT),
        cpp_initial_category=masked(first, plan),
        cpp_latest_category=masked(latest, plan),
        review_on_time=masked(yes(rng, need["reviews_on_time"], size), plan),
        visits_on_time=masked(yes(rng, need["visits_on_time"], size), plan),
        step_down_plan=masked(yes(rng, 0.87, size), plan),
    )


def _with_care(rng, care: Mapping[str, Any], frame: pd.DataFrame, children: Children) -> pd.DataFrame:
    """Add when a child starts to be looked after and stops: on the eighteenth birthday at the latest."""
    size, days = len(frame), frame["referral_date"].to_numpy("datetime64[D]")
    adult = birthday(children.born[frame["child"].to_numpy()], 18)
    born = children.born[frame["child"].to_numpy()]
    start = np.maximum(days + gamma_days(rng, 60, size, least=1), born + 1)
    enters = frame["in_need"].to_numpy() & yes(rng, care["from_referral"], size) & (adult > start + 30)
    end = np.minimum(start + gamma_days(rng, care["days"], size, shape=0.7, least=3), adult)
    return frame.assign(care_start=np.where(enters, start, NAT), care_end=np.where(enters, end, NAT))


def _with_closure(rng: np.random.Generator, need: Mapping[str, Any], frame: pd.DataFrame) -> pd.DataFrame:
    """Add when and why the case closes: after the assessment, the plan, or care, whichever comes last."""
    size = len(frame)
    open_days = gamma_days(rng, need["open_days"], size, shape=0.8, least=5)
    assessed = frame["assessment_end"].to_numpy("datetime64[D]")
    closes = np.where(frame["in_need"], assessed + open_days, assessed)
    closes = np.where(frame["referral_nfa"], frame["referral_date"].to_numpy("datetime64[D]"), closes)
    for name, more in (("icpc_date", 10), ("cpp_end", 60), ("care_end", 20)):
        closes = np.fmax(closes, frame[name].to_numpy("datetime64[D]") + more)
    reason = np.where(frame["in_need"], pick(rng, need["closure_reason"], size), "RC8")
    reason = np.where(~frame["in_need"] & yes(rng, 0.25, size), "RC9", reason)
    return frame.assign(closure_date=closes, closure_reason=np.where(frame["referral_nfa"], "RC8", reason))


def _is_new(frame: pd.DataFrame) -> np.ndarray:
    """Return which rows open a case: those that come after the child's earlier case has closed."""
    order = frame.groupby("child", sort=False).cumcount().to_numpy()
    child = frame["child"].to_numpy()
    referred, closed = (frame[name].to_numpy("datetime64[D]") for name in ("referral_date", "closure_date"))
    open_until = np.full(child.max() + 1, np.datetime64("1900-01-01", "D"))
    kept = np.zeros(len(frame), dtype=bool)
    for turn in range(order.max() + 1):
        rows = np.flatnonzero(order == turn)
        new = rows[referred[rows] > open_until[child[rows]]]
        kept[new] = True
        open_until[child[new]] = closed[new]
    return kept


def _with_history(rng: np.random.Generator, need: Mapping[str, Any], frame: pd.DataFrame) -> pd.DataFrame:
    """Add re-referrals and earlier plans. Plans of before the records are drawn so that the share stays level."""
    plan = frame["has_plan"]
    own = (plan.groupby(frame["child"], sort=False).cumsum() - plan).to_numpy()
    years = year_of(frame["cpp_start"].fillna(frame["referral_date"]).to_numpy("datetime64[D]"))
    known = pd.Series(own > 0).where(plan).groupby(years).transform("mean").fillna(0).to_numpy(float)
    chance = np.clip(1 - (1 - need["second_plan"]) / (1 - known), 0, 1)
    earlier = own + np.where(yes(rng, chance, len(frame)), 1 + (rng.random(len(frame)) < 0.2), 0)
    return frame.assign(
        rereferral_12m=within_a_year(frame["child"], frame["referral_date"]),
        previous_cpp=masked(earlier, plan.to_numpy()),
    )
