"""A census counts as D18, an SSDA903 set as D19; what they don't say isn't counted. All children are synthetic."""

from datetime import date

import pandas as pd
import pytest

from analysis.counting.year import count_records, read_year
from analysis.measures.periods import Period
from analysis.returns.register import ReturnEntry
from analysis.returns.statutory.derived import derive

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31), "financial_year")
CHILD = """<Child><ChildIdentifiers><LAchildID>{id}</LAchildID><PersonBirthDate>2015-03-27</PersonBirthDate><Sex>F</Sex>
</ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity>
<Disabilities><Disability>{disability}</Disability></Disabilities></ChildCharacteristics>
<CINdetails><CINreferralDate>2023-10-06</CINreferralDate><ReferralSource>1A</ReferralSource>
<PrimaryNeedCode>N1</PrimaryNeedCode>
<Assessments><AssessmentActualStartDate>2023-10-06</AssessmentActualStartDate></Assessments>
<Assessments><AssessmentActualStartDate>2023-11-06</AssessmentActualStartDate></Assessments>
<Section47><S47ActualStartDate>2023-11-02</S47ActualStartDate><InitialCPCtarget>2023-11-23</InitialCPCtarget>
<DateOfInitialCPC>{held}</DateOfInitialCPC><ICPCnotRequired>0</ICPCnotRequired></Section47>
<ReferralNFA>0</ReferralNFA>
<ChildProtectionPlans><CPPstartDate>2023-11-17</CPPstartDate><InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse>
<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse><NumberOfPreviousCPP>1</NumberOfPreviousCPP></ChildProtectionPlans>
</CINdetails></Child>"""
CENSUS = """<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2024</Year>
<ReferenceDate>2024-03-31</ReferenceDate></CollectionDetails></Header><Children>{}</Children></Message>"""


def entry(file, dataset):
    known = {"agency": "Children", "dataset": dataset, "file": file, "status": "received"}
    return ReturnEntry(**known)


def read(tmp_path, catalogue, dataset, **files):
    (tmp_path / "returns").mkdir()
    for name, text in files.items():
        (tmp_path / "returns" / name).write_text(text, encoding="utf-8")
    return read_year(tmp_path, [entry(name, dataset) for name in files], catalogue)


@pytest.fixture
def census(tmp_path, shipped_catalogue):
    children = [
        CHILD.format(id="SYN1", disability="NONE", held="2023-11-17"),
        CHILD.format(id="SYN2", disability="HAND", held="2023-12-01"),
    ]
    return read(tmp_path, shipped_catalogue, "D18", census=CENSUS.format("".join(children)))


def test_a_census_is_a_row_a_referral_and_a_row_each_assessment_enquiry_and_plan(census):
    rows, enquiries = census.records["D18.episodes"], census.records["D18.enquiries"]
    assert rows["child_pseudo"].tolist() == ["SYN1", "SYN2"]
    starts = census.records["D18.assessments"]["assessment_start"].dt.strftime("%Y-%m-%d")
    assert starts.tolist() == ["2023-10-06", "2023-11-06"] * 2
    assert enquiries["icpc_date"].tolist() == [pd.Timestamp("2023-11-17"), pd.Timestamp("2023-12-01")]
    assert enquiries["icpc_15wd"].tolist() == [True, False], "held by its target, and after it"
    assert census.records["D18.plans"]["cpp_latest_category"].tolist() == ["NEG", "NEG"]
    assert rows["disability"].tolist() == [False, True]
    assert set(rows["sex"]) == {"female"}
    assert not {"age_band", "locality", "rereferral_12m"} & set(rows), "a census doesn't say"


def test_figures_are_counted_from_it_and_those_it_cannot_tell_are_not(census, shipped_catalogue):
    found = {
        one.indicator: one for one in count_records([census], YEAR, "Here", shipped_catalogue) if not one.dimension
    }
    assert (found["referrals"].value, found["referrals"].agency) == (2.0, "Children")
    assert found["child_protection_plans"].value == 2.0
    assert (found["re_referrals"].value, found["re_referrals"].symbol) == (None, "[x]")


def test_an_agencys_own_records_come_before_what_its_census_gives(tmp_path, shipped_catalogue):
    own = "child_pseudo,referral_date\nSYN9,2023-05-01\n"
    text = CENSUS.format(CHILD.format(id="SYN1", disability="NONE", held="2023-11-17"))
    year = read(tmp_path, shipped_catalogue, "D18", own=own, census=text)
    assert year.records["D18.episodes"]["child_pseudo"].tolist() == ["SYN9"]


def test_a_set_of_the_looked_after_return_is_one_row_an_episode(tmp_path, shipped_catalogue):
    year = read(
        tmp_path,
        shipped_catalogue,
        "ssda903",
        header="CHILD,SEX,DOB,ETHNIC\nSYN1,1,27/03/2008,WBRI\nSYN2,2,27/03/2009,WBRI\n",
        episodes="CHILD,DECOM,RNE,LS,CIN,PLACE,DEC\n"
        "SYN1,01/05/2023,S,C2,N1,U6,\nSYN2,01/06/2023,S,C2,N1,U6,01/07/2023\n",
        uasc="CHILD,SEX,DOB,DUC\nSYN2,2,27/03/2009,\n",
    )
    rows = year.records["D19.episodes"]
    assert rows["child_pseudo"].tolist() == ["SYN1", "SYN2"]
    assert rows["uasc"].tolist() == [False, True]
    assert rows["sex"].tolist() == ["male", "female"]
    assert rows["episode_end"].tolist() == [pd.NaT, pd.Timestamp("2023-07-01")]
    assert "age_band" not in rows
    found = {one.indicator: one for one in count_records([year], YEAR, "Here", shipped_catalogue) if not one.dimension}
    assert found["children_looked_after"].value == 1.0


def test_half_a_set_stands_in_for_nothing():
    assert derive({"ssda903.episodes": pd.DataFrame()}) == {}
