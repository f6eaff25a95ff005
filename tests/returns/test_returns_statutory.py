"""Statutory formats read into the tables of their contracts. All children here are synthetic."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from analysis.errors import DataError
from analysis.returns.contracts import contract
from analysis.returns.files import read_file
from analysis.returns.statutory.cin_census import read_census
from analysis.returns.statutory.ssda903 import read_ssda903_xml
from analysis.returns.statutory.xml import iterate_elements
from tests.returns.frames import read_return

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "records"
IDENTIFIERS = "<LAchildID>SYN1</LAchildID><PersonBirthDate>2015-03-27</PersonBirthDate><Sex>F</Sex>"
CHARACTERISTICS = (
    "<Ethnicity>WBRI</Ethnicity><Disabilities><Disability>HAND</Disability><Disability>HEAR</Disability></Disabilities>"
)
MISPLACED = "<CINPlanStartDate>2023-01-01</CINPlanStartDate><CPPstartDate>"
REFERRAL = """<CINdetails><CINreferralDate>2023-10-06</CINreferralDate><ReferralSource>1A</ReferralSource>
<DateOfInitialCPC>2023-12-06</DateOfInitialCPC>
<Assessments><AssessmentActualStartDate>2023-10-06</AssessmentActualStartDate><FactorsIdentifiedAtAssessment>
<AssessmentFactors>4B</AssessmentFactors><AssessmentFactors>3B</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>
<Assessments><AssessmentActualStartDate>2023-11-06</AssessmentActualStartDate></Assessments>
<Section47><S47ActualStartDate>2023-11-02</S47ActualStartDate><DateOfInitialCPC>2023-11-17</DateOfInitialCPC>
<ICPCnotRequired>false</ICPCnotRequired></Section47>
<ReferralNFA>0</ReferralNFA>
<ChildProtectionPlans><CPPstartDate>2023-11-17</CPPstartDate><InitialCategoryOfAbuse>PHY</InitialCategoryOfAbuse>
<LatestCategoryOfAbuse>NEG</LatestCategoryOfAbuse><NumberOfPreviousCPP>1</NumberOfPreviousCPP>
<Reviews><CPPreviewDate>2024-02-15</CPPreviewDate><CPPreviewDate>2024-03-15</CPPreviewDate></Reviews>
</ChildProtectionPlans></CINdetails>"""
SECOND_CONFERENCE = "<DateOfInitialCPC>2023-12-07</DateOfInitialCPC>"
LONE_REVIEW = "<CPPreviewDate>2024-01-07</CPPreviewDate>"


def census(
    folder,
    identifiers=IDENTIFIERS,
    details=REFERRAL,
    year="2024",
    reference="2024-03-31",
    start="<Message>",
    name="census.xml",
):
    path = folder / name
    path.write_text(
        f"{start}<Header><CollectionDetails><Collection>CIN</Collection><Year>{year}</Year>"
        f"<ReferenceDate>{reference}</ReferenceDate></CollectionDetails></Header><Children><Child>"
        f"<ChildIdentifiers>{identifiers}</ChildIdentifiers>"
        f"<ChildCharacteristics>{CHARACTERISTICS}</ChildCharacteristics>{details}</Child></Children></Message>",
        encoding="utf-8",
    )
    return path


def rules(problems):
    return [(problem.rule, problem.column) for problem in problems]


def rows(records, *names):
    return records.frame[list(names)].values.tolist()


def test_a_census_becomes_one_table_a_kind_of_event(tmp_path):
    found = read_census(census(tmp_path))
    assert {name: len(records.frame) for name, records in found.tables.items()} == {
        "children": 1,
        "referrals": 1,
        "assessments": 2,
        "plans": 0,
        "section_47": 1,
        "protection_plans": 1,
        "reviews": 2,
    }
    assert rules(found.problems) == []


def test_the_group_that_came_in_2026_is_passed_over_with_all_that_it_holds(tmp_path):
    group = "<PreProceedingsandFGDM><PPStartDate>2026-01-09</PPStartDate><FGDM><Offer>1</Offer></FGDM>"
    details = REFERRAL.replace("</CINdetails>", f"{group}</PreProceedingsandFGDM><Odd/></CINdetails>")
    found = read_census(census(tmp_path, details=details, year="2026", reference="2026-03-31"))
    assert len(found.tables["referrals"].frame) == 1
    assert rules(found.problems) == [("unknown_element", None)], "another element that isn't known is an error"


def test_events_know_their_child_and_their_place(tmp_path):
    tables = read_census(census(tmp_path)).tables
    assert rows(tables["assessments"], "LAchildID", "referral", "number") == [["SYN1", 1, 1], ["SYN1", 1, 2]]
    assert rows(tables["reviews"], "LAchildID", "number", "review") == [["SYN1", 1, 1], ["SYN1", 1, 2]]


def test_a_second_referral_begins_to_count_again(tmp_path):
    tables = read_census(census(tmp_path, details=REFERRAL + REFERRAL.replace("2023-10-06", "2023-12-24"))).tables
    assert rows(tables["assessments"], "referral", "number") == [[1, 1], [1, 2], [2, 1], [2, 2]]


def test_reviews_are_numbered_within_their_plan_and_plans_within_their_referral(tmp_path):
    plan = REFERRAL[REFERRAL.index("<ChildProtectionPlans>") : REFERRAL.index("</CINdetails>")]
    twice = REFERRAL.replace("</CINdetails>", plan.replace("2023-11-17", "2024-02-17") + "</CINdetails>")
    tables = read_census(census(tmp_path, details=twice + REFERRAL)).tables
    assert rows(tables["reviews"], "referral", "number", "review") == [
        *([1, 1, 1], [1, 1, 2]),
        *([1, 2, 1], [1, 2, 2]),
        *([2, 1, 1], [2, 1, 2]),
    ]


def test_rows_are_numbered_by_their_lines(tmp_path):
    tables = read_census(census(tmp_path, details=REFERRAL.replace("<CPPreviewDate>", "\n<CPPreviewDate>"))).tables
    assert {name: list(records.frame.index) for name, records in tables.items()} == {
        "children": [1],
        "referrals": [1],
        "assessments": [3, 5],
        "plans": [],
        "section_47": [6],
        "protection_plans": [9],
        "reviews": [12, 13],
    }


def test_a_census_without_a_child_is_read_as_empty_tables(tmp_path):
    path = tmp_path / "census.xml"
    path.write_text("<Message><Header/><Children/></Message>")
    assert {len(records.frame) for records in read_census(path).tables.values()} == {0}


def test_codes_that_stand_several_times_are_one_list(tmp_path):
    tables = read_census(census(tmp_path)).tables
    assert tables["children"].frame["Disabilities"].tolist() == ["HAND;HEAR"]
    assert tables["assessments"].frame["AssessmentFactors"].iloc[0] == "3B;4B"


def test_a_conference_belongs_to_the_element_around_it(tmp_path):
    tables = read_census(census(tmp_path)).tables
    assert str(tables["referrals"].frame["DateOfInitialCPC"].iloc[0].date()) == "2023-12-06"
    assert str(tables["section_47"].frame["DateOfInitialCPC"].iloc[0].date()) == "2023-11-17"


@pytest.mark.parametrize(("element", "code"), [("<Sex>F</Sex>", "F"), ("<GenderCurrent>2</GenderCurrent>", "F")])
def test_sex_and_gender_of_older_layouts_are_one_column(tmp_path, element, code):
    found = read_census(census(tmp_path, IDENTIFIERS.replace("<Sex>F</Sex>", element)))
    assert found.tables["children"].frame["Sex"].tolist() == [code]


def test_pupil_numbers_are_not_kept(tmp_path):
    found = read_census(census(tmp_path, IDENTIFIERS + "<UPN>A123456789123</UPN>"))
    assert "UPN" not in found.tables["children"].frame


def test_a_namespace_makes_no_difference(tmp_path):
    found = read_census(census(tmp_path, start='<Message xmlns="urn:example">'))
    assert len(found.tables["children"].frame) == 1


@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        ({"reference": "2024-03-28"}, ("header", "ReferenceDate")),
        ({"year": "2023"}, ("header", "Year")),
        ({"identifiers": IDENTIFIERS + "stray<UPNunknown>UN1</UPNunknown>stray"}, ("stray_text", None)),
        ({"identifiers": IDENTIFIERS + "<ShoeSize>3</ShoeSize>"}, ("unknown_element", None)),
        ({"identifiers": IDENTIFIERS + "<Sex>M</Sex>"}, ("repeated_element", None)),
        ({"identifiers": IDENTIFIERS.replace("2015", "1066")}, ("impossible_date", "PersonBirthDate")),
        ({"identifiers": IDENTIFIERS.replace(">F<", ">W<")}, ("unknown_code", "Sex")),
        ({"details": REFERRAL.replace(">4B<", ">RB<")}, ("unknown_code", "AssessmentFactors")),
        ({"details": REFERRAL.replace("<ReferralNFA>0</ReferralNFA>", "")}, ("missing_value", "ReferralNFA")),
        ({"details": REFERRAL.replace("<CPPstartDate>", MISPLACED)}, ("misplaced_element", None)),
        (
            {"details": REFERRAL.replace("<ReferralNFA>", SECOND_CONFERENCE + "<ReferralNFA>")},
            ("repeated_element", None),
        ),
        ({"details": "<Section47/>" + REFERRAL}, ("unknown_element", None)),
        ({"details": REFERRAL.replace("<ReferralNFA>", f"{LONE_REVIEW}<ReferralNFA>")}, ("unknown_element", None)),
    ],
)
def test_what_is_wrong_with_a_census_is_told_and_the_rest_is_read(tmp_path, parts, rule):
    found = read_census(census(tmp_path, **parts))
    assert rule in rules(found.problems)
    assert len(found.tables["children"].frame) == 1


def test_a_fault_is_told_by_its_line(tmp_path):
    found = read_census(census(tmp_path, details=REFERRAL.replace(">4B<", ">RB<")))
    (problem,) = found.problems
    assert problem.row == 3  # the assessment begins in the third line
    assert "RB" not in str(problem).split("(allowed")[0]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("<Message><Children><Child>", "broken_xml"),
        ("<Message/>", "no_census"),
        ("<schema/>", "no_census"),
        ("", "broken_xml"),
        ('<!DOCTYPE Message [<!ENTITY a "b">]><Message><Children/></Message>', "document_type"),
        ('<!DOCTYPE Message SYSTEM "http://example.org/x.dtd"><Message><Children/></Message>', "document_type"),
    ],
)
def test_what_is_no_census_is_refused(tmp_path, text, rule):
    path = tmp_path / "census.xml"
    path.write_text(text)
    with pytest.raises(DataError) as found:
        read_census(path)
    assert found.value.problems[0].rule == rule


def test_a_document_type_behind_a_long_comment_brings_nothing_in(tmp_path):
    """The look at the first bytes can be outrun; entities stay unresolved all the same."""
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    start = f'<!-- {"x" * 70000} --><!DOCTYPE Message [<!ENTITY s SYSTEM "{secret.as_uri()}">]><Message>'
    path = census(tmp_path, IDENTIFIERS.replace("SYN1", "&s;"), start=start)
    try:
        told = str(read_census(path).tables["children"].frame.to_dict())
    except DataError as fault:
        told = str(fault)
    assert "SECRET" not in told


def test_elements_that_passed_are_forgotten(tmp_path):
    path = tmp_path / "many.xml"
    path.write_text("<Message><Children>" + "<Child><a/></Child>" * 50_000 + "</Children></Message>")
    children = (element for element in iterate_elements(path, "Child", "Children") if element.tag == "Child")
    held = [number % 100 or len(element.getparent()) for number, element in enumerate(children)]  # each look is slow
    assert len(held) == 50_000
    assert max(held) < 20_000


@pytest.mark.parametrize(
    "place", ["<Message>{}<Children/></Message>", "<Message><Children><a>{}</a></Children></Message>"]
)
def test_an_element_in_another_place_is_given_all_the_same(tmp_path, place):
    path = tmp_path / "elsewhere.xml"
    path.write_text(place.format("<Child/>"))
    assert [element.tag for element in iterate_elements(path, "Child", "Children")] == ["Child", "Message"]


# SSDA903

CHILD = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1,1,27/03/2008,WBRI,,,\n"
EPISODE = (
    "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
    "1,01/04/2023,S,C2,N1,U6,PR1,,,,UB8 1UW,UB8 1UW,SC1\n"
)
REVIEW = "CHILD,DOB,REVIEW,REVIEW_CODE\n1,27/03/2008,30/08/2023,PN1\n"
XML_903 = """<EXPSSDA903><CHILD><HEADER><CHILDID>1</CHILDID><SEX>1</SEX><DOB>27/03/2008</DOB><ETHNIC>WBRI</ETHNIC>
<AREVIEW><REVIEW>30/08/2023</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW></HEADER>
<EPISODE><DECOM>01/04/2023</DECOM><RNE>S</RNE><LS>C2</LS><CIN>N1</CIN><PL>U6</PL></EPISODE></CHILD></EXPSSDA903>"""


def read_set(paths, dataset):
    """Return the tables of a set of files, each read by itself, as the lines of a register have it."""
    return {name: found for path in paths for name, found in read_return(path, contract(dataset)).items()}


def write_set(folder, **files):
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)
    return sorted(folder.glob("*.csv"))


def test_a_set_is_told_apart_by_its_headings_whatever_the_files_are_called(tmp_path):
    tables = read_set(write_set(tmp_path, a=CHILD, b=EPISODE, c=REVIEW), "ssda903")
    assert {name: len(records.frame) for name, records in tables.items()} == {"header": 1, "episodes": 1, "reviews": 1}
    assert not any(records.problems for records in tables.values())


def test_postcodes_and_pupil_numbers_of_a_set_are_not_kept(tmp_path):
    tables = read_set(write_set(tmp_path, a=CHILD, b=EPISODE), "ssda903")
    assert not {"HOME_POST", "PL_POST", "UPN"} & {*tables["episodes"].frame, *tables["header"].frame}


def test_a_return_in_xml_gives_the_same_tables(tmp_path):
    path = tmp_path / "903.xml"
    path.write_text(XML_903)
    tables = read_ssda903_xml(path)
    assert rows(tables["episodes"], "CHILD", "PLACE") == [["1", "U6"]]
    assert rows(tables["reviews"], "CHILD", "REVIEW_CODE") == [["1", "PN1"]]
    assert not any(records.problems for records in tables.values())


def test_xml_that_is_no_return_is_refused(tmp_path):
    path = tmp_path / "903.xml"
    path.write_text("<Message/>")
    with pytest.raises(DataError, match="is no SSDA903 return"):
        read_ssda903_xml(path)


# Annex A


def titles(number):
    return [next(iter(column.aliases), column.name) for column in contract("annex_a").table(f"list_{number}").columns]


def annex_a(folder, first=None, head=titles, names=None):
    book = Workbook()
    book.remove(book.active)
    book.create_sheet("Front_Sheet").append(["Annex A"])
    for number in range(1, 12):
        sheet = book.create_sheet((names or {}).get(number, f"List_{number}"))
        sheet.append([f"List {number}"])
        sheet.append(head(number))
        for row in first or [] if number == 1 else []:
            sheet.append(row)
    book.save(folder / "annex.xlsx")
    return folder / "annex.xlsx"


def lists_of(path):
    return read_return(path, contract("annex_a"))


CONTACTS = [
    ["c1", "a) Male", "a) WBRI", date(2010, 1, 1), 13, date(2023, 4, 5), "a) 1A: Individual"],
    ["c2", "b) Female", "s) REFU", "01/02/2011", 12, "30/09/2023", "q) 6: Police"],
]


def test_eleven_lists_with_codes_as_inspectors_write_them(tmp_path):
    lists = lists_of(annex_a(tmp_path, CONTACTS))
    assert list(lists) == [f"list_{number}" for number in range(1, 12)]
    assert rows(lists["list_1"], "gender", "ethnicity", "contact_source") == [["a", "WBRI", "1A"], ["b", "REFU", "6"]]
    assert not any(records.problems for records in lists.values())


def test_a_list_under_another_name_is_found_by_its_headings(tmp_path):
    assert len(lists_of(annex_a(tmp_path, CONTACTS, names={1: "Sheet A"}))["list_1"].frame) == 2


def test_a_list_with_no_known_name_or_heading_is_found_by_its_position(tmp_path):
    def head(number):
        return [f"column {place}" for place in range(7)] if number == 1 else titles(number)

    lists = lists_of(annex_a(tmp_path, CONTACTS, head, names={1: "Sheet A"}))
    assert rows(lists["list_1"], "child", "contact_source") == [["c1", "1A"], ["c2", "6"]]


def test_a_column_with_an_unknown_heading_is_taken_by_its_position_and_listed(tmp_path):
    def head(number):
        return [*titles(1)[:6], "Who rang"] if number == 1 else titles(number)

    records = lists_of(annex_a(tmp_path, CONTACTS, head))["list_1"]
    assert records.frame["contact_source"].tolist() == ["1A", "6"]
    assert [(p.row, p.column, p.rule) for p in records.problems] == [(2, "contact_source", "column_by_place")]


def test_a_list_on_two_sheets_is_one(tmp_path, shipped_catalogue):
    path = annex_a(tmp_path, CONTACTS)
    book = load_workbook(path)
    book.create_sheet("List_1 (2)").append(titles(1))
    book["List_1 (2)"].append(["c3", *CONTACTS[0][1:]])
    book.save(path)
    read = read_file(path, ["annex_a"], shipped_catalogue, agency="A")
    assert [child for part in read.tables["annex_a.list_1"] for child in part.frame["child"]] == ["c1", "c2", "c3"]
    assert read.problems == []


def test_a_list_under_the_name_of_another_is_the_one_that_its_headings_tell(tmp_path):
    lists = lists_of(annex_a(tmp_path, CONTACTS, names={1: "List_2", 2: "List_1"}))
    assert len(lists["list_1"].frame) == 2 and not any(records.problems for records in lists.values())


def test_workers_names_are_not_kept(tmp_path):
    assert "worker" not in lists_of(annex_a(tmp_path))["list_3"].frame


def test_a_workbook_without_lists_is_refused(tmp_path):
    book = Workbook()
    book.active.append(["nothing"])
    book.save(tmp_path / "annex.xlsx")
    assert lists_of(tmp_path / "annex.xlsx") == {}


# Safeguarding Adults Collection

SAC = (
    "GEOGRAPHY,COUNCIL_TYPE,REGION_CODE,REGION_NAME,ONS_CODE,LA_CODE,LA_NAME,"
    "TABLE_REFERENCE,ENQUIRY_TYPE,CATEGORY,SUBCATEGORY,VALUE\n"
)
AREA = "Council,London,E12000007,London,E09000017,301,Hillingdon"


def sac(folder, *cells):
    path = folder / "sac.csv"
    path.write_text(SAC + "".join(f"{AREA},{cell}\n" for cell in cells))
    return read_return(path, contract("sac"))["values"]


def test_published_values_and_their_symbols(tmp_path):
    records = sac(
        tmp_path,
        "SG1a,Section 42 Enquiries,18-64,Total,120",
        "SG1a,Section 42 Enquiries,95+,Total,[c]",
        "SG1a,Section 42 Enquiries,85-94,Total,[x]",
    )
    assert records.frame["VALUE"].tolist()[0] == 120 and records.frame["VALUE"].isna().sum() == 2
    assert records.marks["mark"].tolist() == ["suppressed", "unavailable"]
    assert records.problems == ()


def test_a_value_that_is_no_multiple_of_five_is_not_published(tmp_path):
    records = sac(tmp_path, "SG1f,Safeguarding Concerns,Total,Total,1843")
    assert [(problem.row, problem.rule) for problem in records.problems] == [(2, "not_rounded")]


def test_a_voluntary_block_of_noughts_was_not_supplied(tmp_path):
    yes, no = (f"SG4a,Concluded Section 42 Enquiries,{name},Total,0" for name in ("Yes", "No"))
    records = sac(tmp_path, yes, no, "SG3a,Concluded Section 42 Enquiries,No,Total,0")
    assert records.frame["VALUE"].isna().tolist() == [True, True, False]
    assert records.marks["mark"].tolist() == ["unavailable", "unavailable"]


def test_a_nought_beside_other_values_is_a_nought(tmp_path):
    yes, no = ("SG4a,Concluded Section 42 Enquiries,Yes,Total,0", "SG4a,Concluded Section 42 Enquiries,No,Total,10")
    assert sac(tmp_path, yes, no).frame["VALUE"].tolist() == [0, 10]


# Standard Safeguarding Dataset


def test_a_set_of_the_standard_dataset(tmp_path):
    people = "pers_person_id,pers_dob,pers_ethnicity\np1,2015-03-27,WBRI\n"
    contacts = "cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_code\nk1,p1,2023-04-01,1A\n"
    tables = read_set(write_set(tmp_path, ssd_person=people, ssd_contacts=contacts), "ssd")
    assert sorted(tables) == ["contacts", "person"]
    assert not any(records.problems for records in tables.values())


# The files of others

CENSUSES = {
    "BAR_cin_2022.xml": set(),
    "CIN_Census_2021.xml": {"stray_text", "impossible_date"},
    "CIN_Census_2024.xml": {"header", "stray_text", "unknown_code"},
    "CIN_header_issues_100.xml": {"header", "stray_text", "impossible_date"},
    "fake_CIN_data.xml": {"header"},
}


def shared(*parts):
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip("the folder of real inputs is not beside the checkout")
    return path


@pytest.mark.shared
@pytest.mark.parametrize(("name", "wrong"), CENSUSES.items())
def test_census_files_of_others(name, wrong):
    found = read_census(shared("cin_census", name))
    assert {problem.rule for problem in found.problems} == wrong
    assert len(found.tables["children"].frame)


@pytest.mark.shared
def test_a_schema_is_no_census():
    with pytest.raises(DataError, match="is no children in need census"):
        read_census(shared("cin_census", "CIN_schema_2025.xsd"))


@pytest.mark.shared
def test_looked_after_files_of_others():
    tables = read_set(shared("ssda903").glob("*.csv"), "ssda903")
    assert {name: len(records.frame) for name, records in tables.items()} == {
        "header": 2675,
        "episodes": 5050,
        "reviews": 12582,
        "missing": 43,
        "oc2": 2675,
        "oc3": 53,
        "uasc": 132,
    }
    assert {(p.rule, p.column) for records in tables.values() for p in records.problems} == {
        ("unknown_code", "ACCOM"),
        ("duplicate_key", "CHILD, REVIEW"),
    }


@pytest.mark.shared
@pytest.mark.parametrize(
    "name", ["cscdp_2016-01-sample.xlsx", "cscdp_2016-02-sample.xlsx", "cscdp_annexa_example.xlsx"]
)
def test_annex_a_files_of_others(name):
    lists = lists_of(shared("annex_a", name))
    assert len(lists) == 11
    assert not any(records.problems for records in lists.values())


@pytest.mark.shared
def test_every_table_of_the_standard_dataset_is_known():
    names = {path.stem.removeprefix("ssd_") for path in shared("ssd").glob("ssd_*.yml")}
    assert {table.name for table in contract("ssd").tables} == names
