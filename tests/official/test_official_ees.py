"""Files of Explore Education Statistics. The figures here are made up; the column names are the releases' own."""

from pathlib import Path

import pytest

from analysis.errors import DataError
from analysis.official.definitions import load_definitions
from analysis.official.readers import read_figures

DEFINITIONS = load_definitions()
PLACE = "time_period,time_identifier,geographic_level,country_code,region_code,old_la_code,new_la_code,la_name"
ENGLAND = "2024,Reporting year,National,E92000001,,,,"
LONDON = "2024,Reporting year,Regional,E92000001,E12000007,,,"
HILLINGDON = "2024,Reporting year,Local authority,E92000001,E13000002,312,E09000017,Hillingdon"
HEREFORDSHIRE = '2024,Reporting year,Local authority,E92000001,E12000005,884,E06000019,"Herefordshire, County of"'
OLD_NAMES = "Referrals,Referrals_rate,Re_referrals,Re_referrals_percent,No_Further_Action,No_Further_Action_percent"
NEW_NAMES = "referral_count,rereferral_count,rereferral_percent,no_further_action_count,no_further_action_percent"


def write(folder: Path, header: str, *rows: str) -> Path:
    path = folder / "download (3).csv"  # the name says nothing
    path.write_text("\ufeff" + "\n".join([f"{PLACE},{header}", *rows]) + "\n", encoding="utf-8")
    return path


def read(path: Path, table: str):
    return read_figures(path, DEFINITIONS.table(table), DEFINITIONS).set_index(["indicator", "area_code"])


def test_a_share_comes_with_its_base_source_release_and_licence(tmp_path):
    path = write(tmp_path, OLD_NAMES, f"{HILLINGDON},200,26.8,40,20.0,10,5", f"{ENGLAND},1000,500.1,250,25,50,5")
    found = read(path, "c1").loc[("re_referrals", "E09000017")]
    assert (found["value"], found["numerator"], found["denominator"]) == (20, 40, 200)
    assert (found["period_start"], found["period_end"]) == ("2023-04-01", "2024-03-31")
    assert (found["source"], found["release"], found["unit"]) == ("children_in_need", "2024", "percent")
    assert found["licence"].startswith("Open Government Licence")


def test_the_release_of_2025_renamed_its_columns_and_dropped_the_rates(tmp_path):
    old = read(write(tmp_path, OLD_NAMES, f"{HILLINGDON},200,26.8,40,20.0,10,5"), "c1")
    new = read(write(tmp_path, NEW_NAMES, f"{HILLINGDON},200,40,20.0,10,5"), "c1")
    assert set(old.index) - set(new.index) == {("referrals_rate", "E09000017")}
    assert new.loc[("re_referrals", "E09000017")].equals(old.loc[("re_referrals", "E09000017")])


def test_suppressed_cells_stay_suppressed_and_a_true_zero_stays_zero(tmp_path):
    path = write(tmp_path, OLD_NAMES, f"{HILLINGDON},200,26.8,c,c,0,0", f"{HEREFORDSHIRE},x,x,u,u,k,low")
    found = read(path, "c1")
    assert found.loc[("re_referrals", "E09000017"), "symbol"] == "c"
    assert found.loc[("referrals_no_further_action", "E09000017"), "value"] == 0
    assert found["symbol"].xs("E06000019", level="area_code").to_dict() == {
        "referrals": "x",
        "referrals_rate": "x",
        "re_referrals": "u",
        "referrals_no_further_action": "low",
    }


def test_areas_are_joined_on_codes_whatever_their_names(tmp_path):
    renamed = HEREFORDSHIRE.replace('"Herefordshire, County of"', "Herefordshire")
    path = write(tmp_path, OLD_NAMES, f"{renamed},7,1,1,1,1,1", f"{LONDON},8,1,1,1,1,1")
    found = read(path, "c1")
    assert found.loc[("referrals", "E06000019"), "area_name"] == "Herefordshire, County of"
    assert found.loc[("referrals", "E12000007"), ["value", "area_level"]].tolist() == [8, "region"]


def test_an_area_with_two_codes_in_a_year_keeps_the_row_with_figures(tmp_path):
    former = "2020,Reporting year,Local authority,E92000001,E12000008,825,E10000002,Buckinghamshire"
    current = "2020,Reporting year,Local authority,E92000001,E12000008,825,E06000060,Buckinghamshire"
    found = read(write(tmp_path, OLD_NAMES, f"{former},500,1,1,1,1,1", f"{current},z,z,z,z,z,z"), "c1")
    assert found.loc[("referrals", "E06000060"), "value"] == 500
    assert found.index.is_unique


def test_an_area_where_neither_row_has_figures_keeps_its_symbol(tmp_path):
    former = "2020,Reporting year,Local authority,E92000001,E12000008,825,E10000002,Buckinghamshire"
    current = former.replace("E10000002", "E06000060")
    found = read(write(tmp_path, OLD_NAMES, f"{former},x,x,x,x,x,x", f"{current},z,z,z,z,z,z"), "c1")
    assert found.loc[("referrals", "E06000060"), "symbol"] == "x"


@pytest.mark.parametrize("header", ["care_leaver_age,breakdown,care_leaver_count,care_leaver_percent",
                                    "age,activity,number,percentage"])  # fmt: skip
def test_care_leavers_take_their_base_from_the_row_of_the_whole_group(tmp_path, header):
    rows = [
        f"{HILLINGDON},19 to 21 years,{breakdown},{cells}"
        for breakdown, cells in [
            ('"Total in education, employment or training"', "197,54"),
            ("Total information not known", "23,6"),
            ("Total", "362,100"),
        ]
    ]
    found = read(write(tmp_path, header, *rows), "care_leavers_activity").loc[("care_leavers_in_eet", "E09000017")]
    assert (found["value"], found["numerator"], found["denominator"]) == (54, 197, 362)


def test_the_population_under_looked_after_rates_is_that_of_the_summer_before(tmp_path):
    header = "population_count,population_estimate,number,rate_per_10000"  # the names before 2025
    path = write(tmp_path, header, f"{HILLINGDON},Children looked after on 31 March each year,74488,318,43")
    found = read(path, "looked_after")
    assert found.loc[("population_0_17", "E09000017"), "period_end"] == "2023-06-30"
    assert found.loc[("children_looked_after", "E09000017"), ["period_start", "period_end"]].tolist() == [
        "2024-03-31",
        "2024-03-31",
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("Local authority", "Ward"), "unknown geographic level 'Ward'"),
        (("E09000017", "E09999999"), "E09999999"),
        (("Reporting year", "Academic year"), "Academic year"),
    ],
)
def test_what_is_not_known_is_refused(tmp_path, change, message):
    path = write(tmp_path, OLD_NAMES, f"{HILLINGDON.replace(*change)},1,1,1,1,1,1")
    with pytest.raises(DataError, match=message):
        read(path, "c1")


BANDS = "Section47,ICPC,Duration_0-10_days,Duration_11-15_days,Duration_16-20_days,Duration_21+_days"


@pytest.mark.parametrize(
    ("bands", "value", "symbol"),
    [
        ("100,10,70,15,5", 80, ""),
        ("100,c,70,15,5", 80, ""),  # the bands beyond leave 80 of 100
        ("100,c,70,c,5", None, "c"),
        ("c,c,70,15,5", None, "c"),
        ("100,10,70,c,c", 80, ""),
    ],
)
def test_a_sum_of_bands_is_given_only_where_it_follows_exactly(tmp_path, bands, value, symbol):
    found = read(write(tmp_path, BANDS, f"{HILLINGDON},300,{bands}"), "c4")
    row = found.loc[("initial_conferences_in_time", "E09000017")]
    assert (None if row["value"] != row["value"] else row["value"], row["symbol"]) == (value, symbol)
