"""From a downloaded file to the figures beside one of ours. The figures here are made up."""

import shutil
from datetime import date

import pandas as pd
import pytest

from analysis.errors import CommandError, DataError
from analysis.measures.periods import Period
from analysis.official import add, comparators_for, open_store
from analysis.official.caveats import read_caveats
from analysis.official.definitions import load_definitions
from analysis.official.tidy import KEY, latest

HEADER = (
    "time_period,time_identifier,geographic_level,country_code,region_code,old_la_code,new_la_code,la_name,"
    "Referrals,Referrals_rate,Re_referrals,Re_referrals_percent,No_Further_Action,No_Further_Action_percent"
)
COUNCILS = {"312": "E09000017", "313": "E09000018", "317": "E09000026", "320": "E09000031"}
YEARS = {year: Period(date(year - 1, 4, 1), date(year, 3, 31), "financial_year") for year in range(2019, 2028)}


def line(year, number, share, base=200, count=""):
    return (
        f"{year},Reporting year,Local authority,E92000001,E13000002,{number},{COUNCILS[number]},a name,"
        f"{base},1.0,{count or share},{share},0,0"
    )


def release(folder, *lines, name="c1.csv"):
    path = folder / name
    england = "2024,Reporting year,National,E92000001,,,,,1000,500,250,25.0,1,1"
    path.write_text("\n".join([HEADER, england, *lines]) + "\n")
    return path


def neighbours(folder):
    header = ["old_la_code", "la_name", "region_ind", *(f"SN_{n}{p}" for n in range(1, 11) for p in ("", "P"))]
    others = ["313", "317", "320", "874", "307", "852", "310", "870", "871", "331"]
    path = folder / "n.csv"
    path.write_text(",".join(header) + "\n312,Hillingdon,3," + ",".join(f"{other},Close" for other in others) + "\n")
    return path


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    """What the downloads of this file's tests are made into, once."""
    downloads = tmp_path_factory.mktemp("downloads")
    lines = [line(2024, "312", 20.0), line(2024, "313", 10.0), line(2024, "317", "c"), line(2024, "320", 30.0)]
    lines += [line(2023, "312", 18.0), line(2022, "312", 16.0)]
    add([release(downloads, *lines), neighbours(downloads)], downloads / "kept")
    return downloads / "kept"


@pytest.fixture
def folder(added, tmp_path):
    return shutil.copytree(added, tmp_path / "kept")


def test_own_figure_neighbours_median_and_places(folder):
    found = comparators_for("re_referrals", "E09000017", YEARS[2024], folder=folder, polarity="lower_is_better")
    assert (found.own.value, found.own.numerator, found.own.denominator) == (20, 20, 200)
    assert [(one.area_name, one.value, one.symbol) for one in found.neighbours] == [
        ("Hounslow", 10, ""),
        ("Redbridge", None, "c"),
        ("Waltham Forest", 30, ""),
    ]
    assert len(found.neighbours_without) == 7
    assert found.neighbour_median == 20
    assert found.neighbour_rank.words == "2nd of 3, lowest first"
    assert found.place.words == "2nd of 3, lowest first"
    assert found.quarter_words == "in the second lowest quarter of 3 councils in England"
    assert (found.national.area_name, found.national.value, found.lag) == ("England", 25, "")


def test_previous_years_come_oldest_first(folder):
    found = comparators_for("re_referrals", "E09000017", YEARS[2024], folder=folder)
    assert [(one.period.end.year, one.value) for one in found.previous] == [(2022, 16), (2023, 18)]
    assert [median for _, median in found.neighbour_medians] == [None, None]


def test_where_the_year_is_not_out_yet_the_newest_one_is_shown_and_the_lag_said(folder):
    found = comparators_for("re_referrals", "E09000017", YEARS[2025], folder=folder)
    assert found.own.period == YEARS[2024]
    assert found.lag.startswith("Published figures are for April 2023 to March 2024")


@pytest.mark.parametrize(
    ("period", "why"),
    [
        (Period(date(2021, 4, 1), date(2022, 12, 31), "other"), "not comparable: 12 months against 21"),
        (Period(date(2023, 1, 1), date(2023, 12, 31), "calendar_year"), "financial year against calendar year"),
        (Period(date(2024, 3, 31), date(2024, 3, 31), "snapshot"), "financial year against snapshot"),
        (Period(None, None, "unclear"), "period not stated"),
        (YEARS[2019], "the first published figures are for the year to 2022-03-31"),
    ],
)
def test_periods_of_another_kind_are_refused_in_words(folder, period, why):
    found = comparators_for("re_referrals", "E09000017", period, folder=folder)
    assert why in found.missing
    assert found.own is None
    assert found.neighbours == ()


def test_counts_are_shown_but_councils_are_not_ranked_by_them(folder):
    found = comparators_for("referrals", "E09000017", YEARS[2024], folder=folder)
    assert found.own.value == 200
    assert (found.place, found.neighbour_rank, found.neighbour_median, found.quarter) == (None, None, None, "")
    assert "not ranked" in found.unranked


def test_what_has_no_comparator_says_why(folder):
    assert "front door" in comparators_for("contacts", "E09000017", YEARS[2024], folder=folder).missing
    assert "none of the releases" in comparators_for("lado_posts", "E09000017", YEARS[2024], folder=folder).missing
    assert (
        "no release that holds it"
        in comparators_for("section42_enquiries", "E09000017", YEARS[2024], folder=folder).missing
    )


def test_a_hidden_figure_of_our_own_is_shown_as_hidden_and_has_no_place(folder):
    found = comparators_for("re_referrals", "E09000026", YEARS[2024], folder=folder)
    assert (found.own.value, found.own.symbol) == (None, "c")
    assert (found.place, found.quarter) == (None, "")
    assert found.unranked == "the council's own figure is not published"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"area_code": "Hillingdon"}, "unknown area code 'Hillingdon'"),
        ({"polarity": "good"}, "unknown polarity 'good'"),
        ({"model": "2007"}, "unknown model of statistical neighbours '2007'"),
    ],
)
def test_what_is_not_known_is_an_error(folder, change, message):
    asked = {"area_code": "E09000017", **change}
    with pytest.raises(CommandError, match=message):
        comparators_for("re_referrals", asked.pop("area_code"), YEARS[2024], folder=folder, **asked)


def test_a_newer_release_replaces_the_older_and_the_revision_is_told(folder, tmp_path):
    newer = [line(2025, "312", 22.0), line(2024, "312", 21.0), line(2024, "313", 10.0)]
    add([release(tmp_path, *newer, name="again.csv")], folder)
    found = comparators_for("re_referrals", "E09000017", YEARS[2024], folder=folder)
    assert (found.own.value, found.own.release, found.own.revised) == (21, "2025", "20 in release 2024")
    assert [one.area_name for one in found.neighbours] == ["Hounslow"]  # never an older release beside a newer one


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("together", [True, False])
def test_the_later_edition_revises_the_earlier_whatever_the_order_of_files(tmp_path, order, together):
    editions = [
        release(tmp_path, line(2024, "312", 20.0), line(2024, "313", 10.0), name="first.csv"),
        release(tmp_path, line(2025, "312", 22.0), line(2024, "312", 21.0), name="second.csv"),
    ]
    files = [editions[place] for place in order]
    for batch in [files] if together else [[file] for file in files]:
        add(batch, tmp_path / "kept")
    rows = open_store(tmp_path / "kept").rows["re_referrals"].set_index(["area_code", "period_end"])
    assert rows["value"].to_dict() == {
        ("E09000017", "2024-03-31"): 21,  # of the second edition: 20 in the first
        ("E09000017", "2025-03-31"): 22,
        ("E92000001", "2024-03-31"): 25,  # in both editions alike, so nothing was revised
    }  # Hounslow's 10 isn't in the second edition: the editions are never mixed
    assert rows["revised"].tolist() == ["20 in release 2024", "", ""]


def test_two_files_of_one_edition_that_differ_are_refused_before_anything_is_kept(tmp_path):
    files = [release(tmp_path, line(2024, "312", share), name=f"{share}.csv") for share in (20.0, 21.0)]
    with pytest.raises(DataError, match="two of the files differ in one figure .re_referrals, E09000017, 2024-03-31"):
        add(files, tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_a_file_given_twice_counts_its_councils_once(tmp_path):
    files = [
        release(tmp_path, line(2024, "312", 20.0), line(2024, "313", 10.0), name=name) for name in ("a.csv", "b.csv")
    ]
    add(files, tmp_path / "kept")
    quartiles = pd.read_csv(tmp_path / "kept" / "spread.csv").set_index("indicator").loc["re_referrals"]
    assert (quartiles["councils"], quartiles["median"]) == (2, 15)


def test_a_symbol_that_became_a_number_is_told_as_it_was():
    cells = [("2023", None, "c"), ("2024", 1_234_567.0, ""), ("2025", 1_234_568.0, "")]
    rows = pd.DataFrame(
        [("population", "E09000017", "2023-06-30", "snapshot", "ons", *cell) for cell in reversed(cells)],
        columns=[*KEY, "value", "symbol"],
    )
    assert latest(rows)["revised"].tolist() == ["1,234,567 in release 2024"]
    assert latest(rows[rows["release"] < "2025"])["revised"].tolist() == ["c in release 2023"]
    assert latest(rows[rows["release"] == "2025"])["revised"].tolist() == [""]


def test_adding_twice_changes_nothing(folder, tmp_path):
    before = {file.name: file.read_text() for file in folder.iterdir()}
    add([release(tmp_path, line(2024, "312", 20.0), line(2023, "312", 18.0))], folder)
    assert {file.name for file in folder.iterdir()} == set(before)
    assert (folder / "children_in_need.csv").read_text() == before["children_in_need.csv"]


def test_a_selection_keeps_its_areas_and_the_quartiles_of_all(tmp_path):
    lines = [line(2024, "312", 20.0), line(2024, "313", 10.0), line(2024, "320", 30.0), line(2021, "312", 5.0)]
    (told,) = add([release(tmp_path, *lines)], tmp_path / "kept", areas=["E09000017"], since="2022-01-01")
    kept = pd.read_csv(tmp_path / "kept" / "children_in_need.csv")
    assert set(kept["area_code"]) == {"E09000017"}
    assert set(kept["period_end"]) == {"2024-03-31"}
    assert told.rows == len(kept)
    found = comparators_for("re_referrals", "E09000017", YEARS[2024], folder=tmp_path / "kept")
    assert found.quarter == "second lowest"  # the quartiles of all three councils: 15, 20, 25
    assert found.place is None  # the others' figures are not kept


def test_a_rate_carries_the_count_and_population_that_reproduce_it(tmp_path):
    rate = tmp_path / "long.parquet"
    columns = ["Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region"]
    rows = [
        ("CPP_Total_Rateper10,000", "", "2024", "", value, number, "")
        for number, value in ((312.0, "50"), (313.0, "60"))
    ]
    pd.DataFrame(rows, columns=columns).to_parquet(rate)
    looked_after = tmp_path / "cla.csv"
    place = "time_period,time_identifier,geographic_level,country_code,region_code,old_la_code,new_la_code,la_name"
    cells = "Children looked after on 31 March each year,40000,1,1"
    looked_after.write_text(
        f"{place},population_type,population_estimate,children_count,rate_per_10000\n"
        + "".join(
            f"2024,Reporting year,Local authority,E92000001,E13000002,{n},{COUNCILS[n]},a name,{cells}\n"
            for n in ("312", "313")
        )
    )
    add([release(tmp_path, line(2024, "312", 1.0), line(2024, "313", 1.0)), rate, looked_after], tmp_path / "kept")
    own = comparators_for("referrals_rate", "E09000017", YEARS[2024], folder=tmp_path / "kept").own
    assert (own.numerator, own.denominator) == (200, 40_000)  # 200 of 40,000 is 50.0 for every ten thousand
    other = comparators_for("referrals_rate", "E09000018", YEARS[2024], folder=tmp_path / "kept").own
    assert (other.value, other.numerator, other.denominator) == (60, None, None)  # 50.0 isn't the 60 published


def test_half_a_step_may_have_been_rounded_either_way(tmp_path):
    columns = ["Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region"]
    place = "time_period,time_identifier,geographic_level,country_code,region_code,old_la_code,new_la_code,la_name"
    council = "2024,Reporting year,Local authority,E92000001,E13000002,312,E09000017,a name"
    looked_after = tmp_path / "cla.csv"
    looked_after.write_text(
        f"{place},population_type,population_estimate,children_count,rate_per_10000\n"
        f"{council},Children looked after on 31 March each year,200000,1,1\n"
    )
    for published, numerator in (("50.1", 1_001), ("50", 1_001), ("50.2", None)):  # 1,001 of 200,000 are 50.05
        tool = tmp_path / "long.parquet"
        row = ("CPP_Total_Rateper10,000", "", "2024", "", published, 312.0, "")
        pd.DataFrame([row], columns=columns).to_parquet(tool)
        add([tool, looked_after, release(tmp_path, line(2024, "312", 1.0, base=1_001))], tmp_path / published)
        own = comparators_for("referrals_rate", "E09000017", YEARS[2024], folder=tmp_path / published).own
        assert own.numerator == numerator


def test_a_reason_stated_by_one_source_is_used_where_another_gives_none(tmp_path):
    columns = ["Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region"]
    tool = tmp_path / "long.parquet"
    pd.DataFrame([("CPP_Total_Rateper10,000", "", "2024", "", "-", 312.0, "")], columns=columns).to_parquet(tool)
    table = release(tmp_path, line(2024, "312", 1.0).replace(",1.0,", ",c,", 1))
    add([tool, table], tmp_path / "kept")
    own = comparators_for("referrals_rate", "E09000017", YEARS[2024], folder=tmp_path / "kept").own
    assert (own.source, own.symbol) == ("lait", "c")


def test_a_reason_that_a_source_states_itself_stays(tmp_path):
    columns = ["Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region"]
    tool = tmp_path / "long.parquet"
    pd.DataFrame([("CPP_Total_Rateper10,000", "", "2024", "", "x", 312.0, "")], columns=columns).to_parquet(tool)
    add([tool, release(tmp_path, line(2024, "312", 1.0).replace(",1.0,", ",c,", 1))], tmp_path / "kept")
    own = comparators_for("referrals_rate", "E09000017", YEARS[2024], folder=tmp_path / "kept").own
    assert (own.source, own.symbol) == ("lait", "x")


CAVEATS = "id,source,indicator,area_code,first_end,last_end,kind,words,evidence\n"


def test_a_caveat_shows_where_it_touches_a_figure_and_nowhere_else(folder):
    (folder / "caveats.csv").write_text(
        CAVEATS
        + "a,children_in_need,re_referrals,E92000001,2024-03-31,2024-03-31,error,England is wrong.,seen\n"
        + "b,children_in_need,referrals,,,,error,Another indicator.,seen\n"
        + "c,children_in_need,,E06000001,,,error,Another area.,seen\n"
        + "d,children_in_need,,,2025-03-31,,break,Another year.,seen\n"
    )
    found = comparators_for("re_referrals", "E09000017", YEARS[2024], folder=folder)
    assert [caveat.words for caveat in found.caveats] == ["England is wrong."]


def test_a_caveat_of_an_unknown_kind_or_source_is_refused(tmp_path):
    path = tmp_path / "caveats.csv"
    for row, message in (("a,children_in_need,,,,,oops,w,e", "oops"), ("a,nobody,,,,,error,w,e", "nobody")):
        path.write_text(CAVEATS + row + "\n")
        with pytest.raises(DataError, match=message):
            read_caveats(path, load_definitions())
