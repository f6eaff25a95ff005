"""The Standard Safeguarding Dataset as the datasets that figures are counted from: D16 to D20, as of a year's end.

Its tables hold all years that the council's system keeps. Only what means the same is carried over; what it doesn't
say (how a contact came, whether it led to early help, plans of before the records, localities, visits by the local
standard, support and health passports of care leavers) stays missing, so that its figures aren't counted.

Source: Data to Insight, Standard Safeguarding Dataset specification.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

import pandas as pd

from analysis.returns.conform import DTYPES
from analysis.returns.contracts import Table, contract

Frames = Mapping[str, pd.DataFrame]
SEX = {"F": "female", "M": "male", "U": "not_known"}
AGES = {"unborn": -1, "0": 0, "1-4": 1, "5-9": 5, "10-15": 10, "16-17": 16, "18+": 18}
ENDED = {"outcomes met": "met", "step-up": "step_up", "step up": "step_up"}
ELIGIBLE = {"relevant": "relevant", "former relevant": "former_relevant", "qualifying": "qualifying"}
SUITABLE = {"1": "suitable", "2": "unsuitable"}
ALONE = "unaccompanied asylum"
REFERRAL = ["child_pseudo", "referral_date"]
YES, NO = ("y", "yes", "1", "true"), ("n", "no", "0", "false")


def derive_dataset(frames: Frames, day: date | None) -> dict[str, pd.DataFrame]:
    """Return the tables that a dataset stands in for, by name (`D18.plans`), with the columns that it can give.

    `frames` are its tables by name (`ssd.person`); `day` is the last of the report's period, without which neither an
    age on it nor care leavers can be told. A table that is lacking leaves out what comes of it.
    """
    tables = {table.name: table for table in contract("ssd").tables}
    held = {name: _whole(table, frames[f"ssd.{name}"]) for name, table in tables.items() if f"ssd.{name}" in frames}
    made = {name: make(held, day) for name, (make, needs) in MAKERS.items() if needs <= held.keys()}
    return {name: rows for name, rows in made.items() if rows is not None}


def _whole(table: Table, frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with every column of its contract; one that a council doesn't fill in is empty."""
    types = {column.name: DTYPES.get(column.type, "str") for column in table.columns if column.keep}
    return frame.reindex(columns=list(types)).astype(types)


def _contacts(held: Frames, day: date | None) -> pd.DataFrame:
    rows = _named(held["contacts"], "contacts")
    rows = _with_child(rows, held, rows["received_at"])
    return rows.assign(repeat_12m=False) if _looks_back(rows["received_at"], day) else rows


def _early_help(held: Frames, day: date | None) -> pd.DataFrame:
    rows = _named(held["early_help_episodes"], "early_help_episodes")
    said = rows["end_reason"].str.strip().str.casefold()
    return rows.assign(end_reason=said.map(ENDED).fillna(said.where(said.isna(), "other")))


def _referrals(held: Frames, day: date | None) -> pd.DataFrame:
    """Return the referrals, of those of a child on one day the last, with the conferences that no enquiry led to."""
    rows = _named(held["cin_episodes"], "cin_episodes").drop_duplicates(REFERRAL, keep="last", ignore_index=True)
    conferences = held.get("initial_cp_conference", pd.DataFrame(columns=["icpc_referral_id", "icpc_s47_enquiry_id"]))
    alone = conferences[conferences["icpc_s47_enquiry_id"].isna()]
    if len(alone):
        own = _named(alone, "initial_cp_conference")
        own = _of_referral(own.assign(icpc_outcome=_outcome(alone).to_numpy(), s47_start=pd.NaT), held)
        own = own.drop(columns="referral").drop_duplicates(REFERRAL, keep="last")
        rows = rows.merge(own, on=REFERRAL, how="left")
    rows = _with_child(rows, held, rows["referral_date"])
    return rows.assign(rereferral_12m=False) if _looks_back(rows["referral_date"], day) else rows


def _looks_back(days: pd.Series, day: date | None) -> bool:
    """Whether rows hold the year before the report's too, so that no flag need tell of a repeat."""
    return day is not None and days.min() <= pd.Timestamp(day) - pd.DateOffset(years=2)


def _of_referral(rows: pd.DataFrame, held: Frames, how: str = "inner") -> pd.DataFrame:
    """Return events with child and day of their referral, which several of one day share. Unless `how` is left, one
    whose referral isn't held is no event of it."""
    known = _named(held["cin_episodes"], "cin_episodes")[["referral", *REFERRAL]].dropna(subset="referral")
    return rows.merge(known.drop_duplicates("referral", keep="last"), on="referral", how=how)


def _assessments(held: Frames, day: date | None) -> pd.DataFrame:
    rows = _named(held["cin_assessments"], "cin_assessments")
    if "assessment_factors" in held:
        found = held["assessment_factors"].drop_duplicates("cinf_assessment_id").set_index("cinf_assessment_id")
        rows["factors"] = rows["id"].map(found["cinf_assessment_factors_json"]).map(_factors, na_action="ignore")
    return _of_referral(rows, held)


def _enquiries(held: Frames, day: date | None) -> pd.DataFrame:
    rows = _named(held["s47_enquiry"], "s47_enquiry")
    asked = rows.pop("said").map(lambda text: _flag(text, "CP_CONFERENCE_FLAG"), na_action="ignore")
    none_needed = pd.Series("not_required", rows.index).where(asked.eq(False))
    if "initial_cp_conference" not in held:
        return _of_referral(rows.assign(icpc_outcome=none_needed), held)
    conferences = held["initial_cp_conference"].dropna(subset="icpc_s47_enquiry_id")
    conferences = conferences.drop_duplicates("icpc_s47_enquiry_id", keep="last").set_index("icpc_s47_enquiry_id")
    known = {
        "icpc_date": rows["id"].map(conferences["icpc_icpc_date"]),
        "icpc_15wd": rows["id"].map(is_in_time(conferences["icpc_icpc_date"], conferences["icpc_icpc_target_date"])),
        "icpc_outcome": rows["id"].map(_outcome(conferences)).fillna(none_needed),
    }
    return _of_referral(rows.assign(**known), held)


def is_in_time(days: pd.Series, targets: pd.Series) -> pd.Series:
    """Return whether each day is no later than its target; missing where either is."""
    return (days <= targets).astype("boolean").mask(days.isna() | targets.isna())


def _outcome(conferences: pd.DataFrame) -> pd.Series:
    """Return what came of each conference that was held."""
    held = conferences["icpc_icpc_date"].notna()
    return conferences["icpc_icpc_outcome_cp_flag"].map({True: "plan", False: "no_plan"}).where(held)


def _plans(held: Frames, day: date | None) -> pd.DataFrame:
    """Return the council's own plans, each child's even where no referral is held; another council's are that one's."""
    own = held["cp_plans"][~held["cp_plans"]["cppl_cp_plan_ola"].fillna(False).astype(bool)]
    rows = _named(own, "cp_plans")
    if day and "cp_reviews" in held:
        reviews = held["cp_reviews"]
        ends = reviews["cppr_cp_plan_id"].map(rows.drop_duplicates("id", keep="last").set_index("id")["cpp_end"])
        was_due = reviews["cppr_cp_review_due"] <= ends.fillna(pd.Timestamp(day)).clip(upper=pd.Timestamp(day))
        in_time = (reviews["cppr_cp_review_date"] <= reviews["cppr_cp_review_due"])[was_due]
        rows["review_on_time"] = rows["id"].map(in_time.groupby(reviews["cppr_cp_plan_id"]).all()).astype("boolean")
    rows = _of_referral(rows, held, "left")
    return rows.assign(child_pseudo=rows["child_pseudo"].fillna(rows["who"]))


def _care(held: Frames, day: date | None) -> pd.DataFrame:
    rows = _named(held["cla_episodes"], "cla_episodes")
    places = held["cla_placement"].drop_duplicates("clap_cla_placement_id").set_index("clap_cla_placement_id")
    known = {
        "placement_type": rows["placement"].map(places["clap_cla_placement_type"]),
        "provider_type": rows["placement"].map(places["clap_cla_placement_provider"]),
        "postcode_distance": rows["placement"].map(places["clap_cla_placement_distance"]).replace(999.9, None),
        "legal_status": _legal_status(rows, held["legal_status"]),
        "uasc": _came_alone(rows["child_pseudo"], held),
    }
    if day and "missing" in held:
        begun = held["missing"]["miss_missing_episode_start_date"]
        since = pd.Timestamp(day) - pd.DateOffset(years=1)
        gone = held["missing"].loc[(begun > since) & (begun <= pd.Timestamp(day) + pd.Timedelta(days=1))]
        known["missing"] = rows["child_pseudo"].isin(gone["miss_person_id"]).astype("boolean")
    rows = rows.assign(**known)
    until = rows["episode_end"].fillna(pd.Timestamp(day)).clip(upper=pd.Timestamp(day)) if day else None
    return _with_child(rows, held, until)


def _legal_status(rows: pd.DataFrame, statuses: pd.DataFrame) -> pd.Series:
    """Return each episode's legal status: the latest that had begun by its first day."""
    begun = statuses.dropna(subset="lega_legal_status_start_date").sort_values("lega_legal_status_start_date")
    found = pd.merge_asof(
        rows.reset_index().sort_values("episode_start"),
        begun[["lega_person_id", "lega_legal_status_start_date", "lega_legal_status"]],
        left_on="episode_start",
        right_on="lega_legal_status_start_date",
        left_by="child_pseudo",
        right_by="lega_person_id",
    )
    return found.set_index("index")["lega_legal_status"].reindex(rows.index)


def _leavers(held: Frames, day: date | None) -> pd.DataFrame | None:
    if day is None:
        return None
    written = held["care_leavers"]["clea_pathway_plan_review_date"]
    rows = _named(held["care_leavers"], "care_leavers").assign(pathway_plan_date=written.to_numpy())
    said = rows["eligibility"].str.replace("_", " ").str.strip().str.casefold()
    born = _of_person(rows["person_pseudo"], held, "pers_dob")
    rows = rows.assign(
        eligibility=said.map(ELIGIBLE),
        accommodation_suitability=rows["accommodation_suitability"].str[:1].map(SUITABLE).fillna("not_known"),
        eet=rows["eet"].str.split(r"[ -]", n=1).str[0],
        in_touch=rows["in_touch"].str.split(r"[ -]", n=1).str[0].str.upper(),
        uasc=_came_alone(rows["person_pseudo"], held),
        age=_ages(born, pd.Series(pd.Timestamp(day), rows.index)).astype("Int64"),
        as_at=pd.Timestamp(day),
    )
    return rows[rows["eligibility"].notna() & rows["age"].between(16, 25)]


def _named(rows: pd.DataFrame, table: str) -> pd.DataFrame:
    """Return the columns of a table that its contract says stand for others, under their names."""
    names = names_of("ssd", table)
    return rows[list(names)].rename(columns=names).reset_index(drop=True)


def names_of(dataset: str, *tables: str) -> dict[str, str]:
    """Return what the columns of a statutory return, or of some of its tables, stand for."""
    held = (table for table in contract(dataset).tables if table.name in tables or not tables)
    return {column.name: column.stands_for for table in held for column in table.columns if column.stands_for}


def _with_child(rows: pd.DataFrame, held: Frames, days: pd.Series | None) -> pd.DataFrame:
    """Return rows with what is known of each child, and the age on a day of each row."""
    if "person" not in held:
        return rows
    who = rows["child_pseudo"]
    known = {
        "sex": _of_person(who, held, "pers_sex").map(SEX),
        "ethnicity": _of_person(who, held, "pers_ethnicity"),
    }
    if days is not None:
        known["age_band"] = _bands(_of_person(who, held, "pers_dob"), days)
    if "disability" in held:
        codes = held["disability"]
        disabled = (codes["disa_disability_code"] != "NONE").groupby(codes["disa_person_id"]).any()
        known["disability"] = who.map(disabled).astype("boolean")
    return rows.assign(**known)


def _of_person(who: pd.Series, held: Frames, column: str) -> pd.Series:
    people = held["person"].drop_duplicates("pers_person_id").set_index("pers_person_id")
    return who.map(people[column])


def _came_alone(who: pd.Series, held: Frames) -> pd.Series:
    """Return whether each person was ever recorded as an unaccompanied asylum-seeking child; missing without the
    table."""
    if "immigration_status" not in held:
        return pd.Series(pd.NA, who.index, dtype="boolean")
    statuses = held["immigration_status"]
    alone = statuses["immi_immigration_status"].str.casefold().str.contains(ALONE, na=False)
    return who.isin(statuses.loc[alone, "immi_person_id"]).astype("boolean")


def _ages(born: pd.Series, days: pd.Series) -> pd.Series:
    """Return ages in whole years on each day; below zero before birth."""
    years = days.dt.year - born.dt.year
    return years - ((days.dt.month * 100 + days.dt.day) < (born.dt.month * 100 + born.dt.day))


def _bands(born: pd.Series, days: pd.Series) -> pd.Series:
    lower = [*AGES.values(), 200]
    bands = pd.cut(_ages(born, days.dt.normalize()), [low - 0.5 for low in lower], labels=list(AGES))
    return bands.astype(object)


@lru_cache(maxsize=10_000)  # texts are few, and rows many
def _flag(text: str, name: str) -> bool | None:
    """Return what a flag of an outcome says; None where it says nothing, or the outcome can't be read."""
    try:
        said = str(json.loads(text).get(name)).strip().casefold()
    except (ValueError, AttributeError):
        return None
    return said in YES if said in (*YES, *NO) else None


@lru_cache(maxsize=10_000)
def _factors(text: str) -> str | None:
    """Return the codes of factors, separated by semicolons: of a list, one text, or those said to be present."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    if isinstance(found, dict):
        found = [code for code, said in found.items() if str(said).casefold() in YES]
    codes = [found] if isinstance(found, str) else found
    return ";".join(str(code) for code in codes if code is not None) or None if isinstance(codes, list) else None


Maker = Callable[[Frames, date | None], pd.DataFrame | None]
MAKERS: Mapping[str, tuple[Maker, set[str]]] = {
    "D16.contacts": (_contacts, {"contacts"}),
    "D17.episodes": (_early_help, {"early_help_episodes"}),
    "D18.episodes": (_referrals, {"cin_episodes"}),
    "D18.assessments": (_assessments, {"cin_episodes", "cin_assessments"}),
    "D18.enquiries": (_enquiries, {"cin_episodes", "s47_enquiry"}),
    "D18.plans": (_plans, {"cin_episodes", "cp_plans"}),
    "D19.episodes": (_care, {"cla_episodes", "cla_placement", "legal_status"}),
    "D20.people": (_leavers, {"care_leavers", "person"}),
}
