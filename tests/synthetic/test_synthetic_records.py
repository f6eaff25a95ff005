"""The records hang together: contracts, dates in order, nothing known before it happens, flows that meet."""

import hashlib

import pandas as pd
import pytest

from analysis.errors import CommandError
from analysis.measures.periods import parse_year
from analysis.returns.contracts import contract, load_contracts
from synthetic.generate import YEARS, generate
from synthetic.slices import PLANNED
from tests.returns.frames import check_table

DAY = pd.Timedelta(days=1)
FURTHER = {"D18": {"assessments", "enquiries", "plans"}}  # beyond a referral's first: one of each is drawn
NOT_MADE = {"D00", "D01"}  # the register is a file of its own; the terms are the dictionary's

pytestmark = pytest.mark.slow


def bounds(year: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first day of a year, and the first day after it."""
    period = parse_year(year)
    return pd.Timestamp(period.start), pd.Timestamp(period.end) + DAY


def within(days: pd.Series, year: str) -> pd.Series:
    """Return whether each day lies in the year."""
    first, after = bounds(year)
    return (days >= first) & (days < after)


def every_table(records):
    """Give every table of every year with its contract."""
    for year, datasets in records.items():
        for dataset, tables in datasets.items():
            for name, frame in tables.items():
                yield year, dataset, contract(dataset).table(name), frame


def digest(datasets: dict) -> dict[str, str]:
    """Return a hash of the bytes of each table of a year."""
    return {
        f"{dataset}.{name}": hashlib.sha256(frame.to_csv(index=False).encode()).hexdigest()
        for dataset, tables in datasets.items()
        for name, frame in tables.items()
    }


def episodes(records, year: str) -> pd.DataFrame:
    return records[year]["D18"]["episodes"]


def test_the_same_seed_gives_the_same_bytes_whatever_years_are_asked_for(records, seed):
    again = generate(seed, ["2023-24"])
    assert list(again) == ["2023-24"]
    assert digest(again["2023-24"]) == digest(records["2023-24"])


@pytest.mark.parametrize("year", ["2018-19", "2024-25"])
def test_a_year_that_isnt_made_is_refused_by_name(year):
    with pytest.raises(CommandError, match=f"{year}.*allowed: .*2019-20"):
        generate(1, [year])


def test_every_dataset_of_the_annex_is_made_in_every_year(records):
    wanted = {name for name in load_contracts() if name.startswith("D")} - NOT_MADE
    assert list(records) == list(YEARS)
    assert all(set(datasets) == wanted for datasets in records.values())
    for dataset in wanted:
        made, asked = set(records["2023-24"][dataset]), {table.name for table in contract(dataset).tables}
        assert made == asked - FURTHER.get(dataset, set()), dataset


def test_every_table_of_the_last_year_keeps_its_contract(records):
    problems = [
        f"{dataset}.{name}: {problem}"
        for dataset, tables in records["2023-24"].items()
        for name, frame in tables.items()
        for problem in check_table(frame, contract(dataset).table(name), name)
        if problem.rule != "odd_key"  # names are planted in place of some pseudonyms
    ]
    assert problems == []


def test_every_year_has_the_columns_and_rows_of_the_contract(records):
    for year, dataset, table, frame in every_table(records):
        assert tuple(frame.columns) == table.names, (year, dataset)
        assert len(frame), (year, dataset, table.name)
        assert not frame.duplicated(list(table.key)).any(), (year, dataset, table.name)


def test_no_date_comes_before_the_one_that_it_follows(records):
    for year, dataset, table, frame in every_table(records):
        for column in table.columns:
            if column.not_before:
                first, then = frame[column.not_before].dt.normalize(), frame[column.name].dt.normalize()
                assert not (then < first).any(), (year, dataset, column.name)


def test_a_return_knows_nothing_of_what_comes_after_the_year(records):
    for year, dataset, table, frame in every_table(records):
        for column in table.columns:
            if column.type in ("date", "moment") and column.name not in PLANNED:
                assert not (frame[column.name] >= bounds(year)[1]).any(), (year, dataset, column.name)


def test_every_conference_has_its_enquiry_and_every_plan_its_conference(records):
    for year in YEARS:
        need = episodes(records, year)
        assert need.loc[need["icpc_date"].notna(), "s47_start"].notna().all()
        assert (need.loc[need["icpc_date"].notna(), "icpc_outcome"] != "not_required").all()
        plans = need[need["cpp_start"].notna()]
        assert (plans["cpp_start"] == plans["icpc_date"]).all()
        assert (plans["icpc_outcome"] == "plan").all()
        assert need.loc[need["cpp_start"].isna(), "cpp_latest_category"].isna().all()


def test_every_referral_follows_a_contact_passed_to_social_care(records):
    for earlier, year in zip((None, *YEARS), YEARS, strict=False):
        contacts = pd.concat([records[name]["D16"]["contacts"] for name in (earlier, year) if name])
        sent = contacts[(contacts["outcome"] == "social_care") & contacts["decided_at"].notna()]
        known = set(zip(sent["child_pseudo"], sent["decided_at"].dt.normalize(), strict=True))
        need = episodes(records, year)
        need = need[within(need["referral_date"], year) & (need["referral_date"] > bounds(year)[0] + 10 * DAY)]
        assert set(zip(need["child_pseudo"], need["referral_date"], strict=True)) <= known


def test_no_child_has_two_cases_open_at_once(records):
    need = episodes(records, "2023-24").sort_values(["child_pseudo", "referral_date"])
    before = need.groupby("child_pseudo")["closure_date"].shift()
    repeated = need["child_pseudo"].duplicated()
    assert before[repeated].notna().all()
    assert (need.loc[repeated, "referral_date"] > before[repeated]).all()


def test_a_case_open_at_the_end_of_a_year_is_in_the_next_years_return(records):
    for year, following in zip(YEARS, YEARS[1:], strict=False):
        still = episodes(records, year)
        still = still[still["closure_date"].isna()]
        keys = ["child_pseudo", "referral_date"]
        later = still[keys].merge(episodes(records, following)[keys], how="left", indicator=True)
        assert (later["_merge"] == "both").all()


def test_re_referrals_are_what_a_count_of_earlier_referrals_gives(records):
    seen = pd.concat([episodes(records, year) for year in YEARS]).drop_duplicates(["child_pseudo", "referral_date"])
    seen = seen.sort_values(["child_pseudo", "referral_date"])
    gap = seen.groupby("child_pseudo")["referral_date"].diff()
    recent = seen["referral_date"] >= "2020-04-01"
    assert (seen.loc[recent, "rereferral_12m"] == (gap[recent] <= 365 * DAY)).all()


def test_earlier_plans_are_at_least_those_in_the_records(records):
    plans = pd.concat([episodes(records, year) for year in YEARS]).dropna(subset=["cpp_start"])
    plans = plans.drop_duplicates(["child_pseudo", "cpp_start"], keep="last").sort_values(["child_pseudo", "cpp_start"])
    assert (plans["previous_cpp"] >= plans.groupby("child_pseudo").cumcount()).all()


def test_placements_follow_one_another_and_end_by_eighteen(records):
    placed = records["2023-24"]["D19"]["episodes"].sort_values(["child_pseudo", "episode_start"])
    before = placed.groupby("child_pseudo")["episode_end"].shift()
    again = placed["child_pseudo"].duplicated()
    assert (placed.loc[again, "episode_start"] >= before[again]).all()
    assert (placed.loc[again & (placed["reason_new"] != "S"), "episode_start"] == before[again]).all()
    here = placed[placed["episode_end"].isna()]
    assert not (here["age_band"] == "18+").any()
    assert not here["child_pseudo"].duplicated().any()


def test_those_who_left_care_grown_up_become_care_leavers(records):
    ceased = records["2022-23"]["D19"]["episodes"]
    grown = set(ceased.loc[ceased["reason_ceased"].isin(["E5", "E17", "E6", "E7"]), "child_pseudo"])
    assert grown
    assert grown <= set(records["2023-24"]["D20"]["people"]["person_pseudo"])


def test_every_enquiry_follows_a_concern_that_triage_passed_on(records):
    concerns = pd.concat([records[year]["D26"]["concerns"] for year in YEARS]).set_index("concern_id")
    for year in YEARS:
        enquiries = records[year]["D26"]["enquiries"]
        begun = enquiries[enquiries["enquiry_start"] >= bounds(year)[0] + 30 * DAY]
        of = concerns.loc[begun["concern_id"]]
        expected = of["triage_outcome"].map({"section_42": "section_42", "other_enquiry": "other", "pending": None})
        known = expected.notna().to_numpy()
        assert (expected[known].to_numpy() == begun.loc[known, "s42_type"].to_numpy()).all()
        assert (of["person_pseudo"].to_numpy() == begun["person_pseudo"].to_numpy()).all()


def test_cases_of_the_designated_officer_are_carried_over_until_they_end(records):
    for year, following in zip(YEARS, YEARS[1:], strict=False):
        contacts, later = (records[name]["D23"]["contacts"] for name in (year, following))
        still = contacts.loc[contacts["threshold_met"] & (contacts["outcome"] == "ongoing"), "contact_id"]
        carried = later.loc[later["carried_over_from"].notna(), "contact_id"]
        assert set(still) == set(carried)


def test_bookings_and_forms_belong_to_sessions(records):
    for year in YEARS:
        sessions, bookings = records[year]["D12"]["sessions"], records[year]["D13"]["bookings"]
        dated = bookings.merge(sessions, on="session_id", validate="many_to_one")
        assert len(dated) == len(bookings)
        assert (dated["booked_on"] < dated["date"]).all()
        assert set(records[year]["D14"]["feedback"]["session_id"]) <= set(bookings["session_id"])


def test_conference_meetings_are_held_on_the_days_of_conferences(records):
    for year in YEARS:
        need, meetings = episodes(records, year), records[year]["D05"]["attendance"]
        days = need.loc[within(need["icpc_date"], year), "icpc_date"].sort_values()
        held = meetings[(meetings["type"] == "icpc") & (meetings["agency"] == "childrens_services")][
            "date"
        ].sort_values()
        assert days.tolist() == held.tolist()


def test_pseudonyms_of_people_mean_nothing(records):
    keys = records["2023-24"]["D16"]["contacts"]["child_pseudo"]
    assert keys.str.fullmatch(r"CH-[0-9a-f]{7}").all()
    assert 10_000 < keys.nunique() < 20_000
