"""Sheets become tables of a contract: which is which, what was changed, what is wrong, at which row."""

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from analysis.returns.contracts import contract
from analysis.returns.files import read_file
from analysis.returns.records import NOT_RECORDS
from analysis.returns.sheet import column_letter
from tests.returns.frames import check_table, read_return

# Synthetic bookings for training.
HEADER = "session_id,person_pseudo_id,agency,status,booked_on"
CLEAN = f"{HEADER}\ns1,p1,police,attended,2023-04-01\ns1,p2,fire,no_show,2023-04-02\n"


def read(folder, text, dataset="D13", name="bookings.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_return(path, contract(dataset))


def bookings(folder, text):
    return read(folder, text)["bookings"]


def found(records):
    return [(problem.row, problem.column, problem.rule) for problem in records.problems]


def test_a_clean_file_has_no_problem(tmp_path):
    records = bookings(tmp_path, CLEAN)
    assert found(records) == []
    assert records.frame.index.tolist() == [2, 3]


def test_columns_have_the_types_of_the_contract(tmp_path):
    frame = bookings(tmp_path, CLEAN).frame
    assert str(frame["booked_on"].dtype) == "datetime64[s]"
    assert "new_account" not in frame  # a column that the file doesn't have
    assert frame["agency"].tolist() == ["police", "fire"]


def test_titles_above_the_header_and_blank_rows_below_it(tmp_path):
    text = f"Training,,,,\nApril to June,,,,\n\n{HEADER}\n,,,,\ns1,p1,police,attended,2023-04-01\n"
    records = bookings(tmp_path, text)
    assert records.frame.index.tolist() == [6]


def test_headings_in_other_forms(tmp_path):
    text = CLEAN.replace("session_id", " Session ID ").replace("person_pseudo_id", "PERSON-PSEUDO-ID:")
    assert found(bookings(tmp_path, text)) == []


def test_codes_and_days_are_read_in_one_form(tmp_path):
    text = f"{HEADER}\ns1,p1,Metropolitan Police,Attended,01/04/2023\ns1,p2,fire,late cancel,2023-04-02\n"
    records = bookings(tmp_path, text)
    assert records.frame["status"].tolist() == ["attended", "late_cancel"]


def test_totals_and_repeated_headers_are_no_records(tmp_path):
    records = bookings(tmp_path, f"{CLEAN}{HEADER}\nTotal,,,,2\n")
    assert len(records.frame) == 2


def test_marks_are_kept_beside_the_missing_values(tmp_path):
    text = f"{HEADER}\ns1,p1,police,attended,N/A\ns1,p2,police,attended,-\n"
    records = bookings(tmp_path, text)
    assert records.frame["booked_on"].isna().all()
    assert records.marks.to_dict("records") == [
        {"row": 2, "column": "booked_on", "mark": "not_applicable"},
        {"row": 3, "column": "booked_on", "mark": "dash"},
    ]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("s1,,police,attended,2023-04-01", (2, "person_pseudo_id", "missing_value")),
        ("s1,N/A,police,attended,2023-04-01", (2, "person_pseudo_id", "missing_value")),
        ("s1,p1,scouts,attended,2023-04-01", (2, "agency", "unknown_code")),
        ("s1,p1,police,attended,1/4/23", (2, "booked_on", "wrong_type")),
        ("s1,p1,police,attended,1023-04-01", (2, "booked_on", "impossible_date")),
        ("s1,Jane Smith,police,attended,", (2, "person_pseudo_id", "real_identifier")),
        ("s1,1.2E+10,police,attended,", (2, "person_pseudo_id", "mangled_identifier")),
        ("s1,p1,police,attended,#REF!", (2, "booked_on", "error_value")),
        ("s1,p1,police,attended,2023-04-01,more", (2, None, "ragged_row")),
    ],
)
def test_a_fault_is_told_by_its_row_and_column(tmp_path, row, fault):
    assert found(bookings(tmp_path, f"{HEADER}\n{row}\n")) == [fault]


def test_the_same_key_twice_is_told_at_the_second_row(tmp_path):
    records = bookings(tmp_path, CLEAN + "s1,p1,police,no_show,2023-05-01\n")
    assert found(records) == [(4, "session_id, person_pseudo_id", "duplicate_key")]
    assert records.problems[0].message == "the same key as row 2"


def test_a_missing_column_and_one_too_many(tmp_path):
    text = "session_id,person_pseudo_id,agency,colour\ns1,p1,police,red\n"
    assert found(bookings(tmp_path, text)) == [(1, "D", "unknown_column"), (1, "status", "missing_column")]


def test_a_heading_that_is_not_known_is_never_repeated(tmp_path):
    """In a file whose header is broken, a heading may be about a person."""
    records = bookings(tmp_path, CLEAN.replace("booked_on", "Jane Smith"))
    assert "Smith" not in " ".join(map(str, records.problems))


def test_a_heading_twice(tmp_path):
    text = CLEAN.replace("booked_on", "status")
    assert (1, "E", "duplicate_column") in found(bookings(tmp_path, text))


def test_a_file_without_the_table_is_refused(tmp_path):
    assert read(tmp_path, "colour,size\nred,1\n") == {}


def test_no_message_holds_a_value_of_a_record(tmp_path):
    text = f"{HEADER}\nSECRET1,Jane Secret,SECRET3,SECRET4,SECRET5,SECRET6\nSECRET1,Jane Secret,SECRET3,SECRET4,x,\n"
    assert "ecret" not in " ".join(map(str, bookings(tmp_path, text).problems)).casefold()


def test_a_column_of_nhs_numbers_is_no_column_of_pseudonyms(tmp_path):
    """Five numbers from the range kept for tests (999), with their check digits."""
    numbers = ["9990000018", "9990000026", "9990000034", "9990000042", "9990000050"]
    text = f"{HEADER}\n" + "".join(f"s1,{number},police,attended,\n" for number in numbers)
    assert found(bookings(tmp_path, text)) == [(None, "person_pseudo_id", "real_identifier")]
    others = text.replace("9990000018", "p1").replace("9990000026", "p2").replace("9990000034", "p3")
    assert found(bookings(tmp_path, others)) == []


@pytest.mark.parametrize(("others", "rows"), [(9, [2]), (8, [])])
def test_a_number_with_decimals_is_no_key_where_hardly_another_is_so(tmp_path, others, rows):
    """One of ten is told; a system whose keys have a point writes more of them."""
    keys = ["12.5", *(str(number) for number in range(others))]
    text = f"{HEADER}\n" + "".join(f"s1,{key},police,attended,\n" for key in keys)
    assert [row for row, *_ in found(bookings(tmp_path, text))] == rows


KEYS_OF_SYSTEMS = {
    "numbers": [f"{n}" for n in range(1, 20)],
    "numbers with letters": [f"A{n}" for n in range(990, 1010)],
    "UUIDs": [f"{n:08x}-aaaa-4bbb-8ccc-ddddddddddd{n % 10}" for n in range(19)]
    + ["abcdefab-aaaa-4bbb-8ccc-dddddddddddd"],
    "hashes": [f"{n:08x}" for n in range(19)] + ["abcdefab"],
    "letters and digits": [f"QX{n}ZK" for n in range(10, 29)] + ["QXABZK"],
    "words": ["heron", "fox", "newt", "otter", "badger", *(f"owl{n}" for n in range(9))],
}


@pytest.mark.parametrize("keys", KEYS_OF_SYSTEMS.values(), ids=KEYS_OF_SYSTEMS)
@pytest.mark.parametrize(("odd", "told"), [((), []), (("jane_smith",), [(2, "person_pseudo_id", "odd_key")])])
def test_a_key_that_is_perhaps_a_name_is_asked_about(tmp_path, keys, odd, told):
    """In a column of words one more is nothing odd; nobody is asked of the keys that systems make."""
    text = f"{HEADER}\n" + "".join(f"s1,{key},police,attended,\n" for key in (*odd, *keys))
    assert found(bookings(tmp_path, text)) == (told if "fox" not in keys else [])


def test_a_row_whose_cells_fit_no_column_is_told_as_one(tmp_path):
    """Shifted by a cell, it would be four faults; a column in which no cell fits is at fault itself."""
    shifted = "s1,p3,,police,attended,2023-04-01,\n"
    text = f"{HEADER},new_account,charge_applied\n" + "s1,p1,police,attended,2023-04-01,no,no\n"
    assert found(bookings(tmp_path, text + shifted)) == [(3, None, "shifted_row")]
    own = text.replace("police,attended", "x1,x2").replace("no,no", "x3,x4")
    rules = {(column, rule) for _, column, rule in found(bookings(tmp_path, own + "s1,p2,x1,x2,,x3,x4\n"))}
    assert rules == {(c, "unknown_code") for c in ("agency", "status", "new_account", "charge_applied")}


@pytest.mark.parametrize(
    ("last", "rule"),
    [
        ("ERROR: connection to server was lost", "cut_file"),
        ("Msg 1205, Level 13", "cut_file"),
        ("Query timed out", "cut_file"),
        ("(12 rows affected)", "not_a_record"),
        ("Two recording errors were put right", "not_a_record"),
    ],
)
def test_a_program_that_failed_beneath_the_rows_has_cut_the_file(tmp_path, last, rule):
    assert found(bookings(tmp_path, f'{CLEAN}"{last}"\n')) == [(4, None, rule)]


# Workbooks

ROWS = [["s1", "p1", "police", "attended"], ["s1", "p2", "fire", "no_show"]]


def workbook(folder, sheets, merge=()):
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for name, cells in merge:
        book[name].merge_cells(cells)
    book.save(folder / "return.xlsx")
    return folder / "return.xlsx"


def test_a_sheet_is_found_by_its_name_in_any_form_and_guidance_is_left_out(tmp_path):
    head = HEADER.split(",")
    path = workbook(tmp_path, {"Guidance": [["Fill in the sheet Bookings"]], "BOOKINGS ": [head, *ROWS]})
    assert read_return(path, contract("D13"))["bookings"].frame.shape[0] == 2


def test_a_sheet_by_another_name_is_found_by_its_headings(tmp_path):
    path = workbook(tmp_path, {"Sheet1": [HEADER.split(","), *ROWS]})
    assert list(read_return(path, contract("D13"))) == ["bookings"]


def test_two_tables_of_one_dataset_are_told_apart(tmp_path):
    concern = ["concern_id", "received_on", "employment_sector"]
    contact = ["contact_id", "received_on", "contact_level", "threshold_met", "employment_sector"]
    rows = {
        "Sheet1": [concern, ["c1", "2023-04-01", "school"]],
        "Sheet2": [contact, ["k1", "2023-04-01", "referral", "yes", "school"]],
    }
    tables = read_return(workbook(tmp_path, rows), contract("D23"))
    assert {name: len(records.frame) for name, records in tables.items()} == {"contacts": 1, "settings": 1}
    assert not any(records.problems for records in tables.values())


def test_one_sheet_is_one_table_even_where_two_share_its_headings(tmp_path):
    """The headings of a contact to the designated officer are also enough for a concern about a setting."""
    contact = ["contact_id", "received_on", "contact_level", "threshold_met", "employment_sector", "setting_pseudo"]
    path = workbook(tmp_path, {"Sheet1": [contact, ["k1", "2023-04-01", "referral", "yes", "school", "x"]]})
    assert list(read_return(path, contract("D23"))) == ["contacts"]


def test_a_value_merged_downwards_belongs_to_every_row_that_it_spans(tmp_path):
    rows = [HEADER.split(","), ["s1", "p1", "police", "attended"], [None, "p2", "fire", "no_show"]]
    records = read_return(workbook(tmp_path, {"bookings": rows}, [("bookings", "A2:A3")]), contract("D13"))["bookings"]
    assert records.frame["session_id"].tolist() == ["s1", "s1"]


def test_a_banner_merged_across_is_no_record(tmp_path):
    rows = [HEADER.split(","), ["Quarter 1"], *ROWS]
    records = read_return(workbook(tmp_path, {"bookings": rows}, [("bookings", "A2:E2")]), contract("D13"))["bookings"]
    assert records.frame.index.tolist() == [3, 4]


# As agencies send them


def test_sheets_of_one_table_are_one_table_and_a_key_in_two_of_them_is_an_error(tmp_path, catalogue):
    head = HEADER.split(",")
    rows = {"Q1": [head, ["s1", "p1", "police", "attended"]], "Q2": [head, ["s1", "p2", "fire", "no_show"]]}
    path = workbook(tmp_path, rows | {"Q3": [head, ["s1", "p1", "police", "no_show"]]})
    read = read_file(path, ["D13"], catalogue, agency="A")
    assert [len(part.frame) for part in read.tables["D13.bookings"]] == [1, 1, 1]
    assert [(p.file, p.row, p.rule) for p in read.problems] == [("return.xlsx, sheet 3", 2, "duplicate_key")]
    assert read.problems[0].message == "the same key as row 2, return.xlsx, sheet 1"


def test_a_sheet_that_looks_like_a_table_and_is_none_is_told(tmp_path, catalogue):
    rows = {"bookings": [HEADER.split(","), *ROWS], "Q4": [["a", "b", "c"]] * 5, "Notes": [["x", "y", "z"]] * 9}
    read = read_file(workbook(tmp_path, rows), ["D13"], catalogue, agency="A")
    assert [(p.file, p.rule) for p in read.problems] == [("return.xlsx, sheet 2", "sheet_not_read")]


def test_tables_beneath_each_other_are_one_whatever_the_order_of_their_columns(tmp_path):
    text = f"{CLEAN}\nSecond half-year,,,,\nstatus,agency,person_pseudo_id,session_id,\nattended,fire,p9,s9,\n"
    records = bookings(tmp_path, text)
    assert records.frame["person_pseudo_id"].tolist() == ["p1", "p2", "p9"]
    assert found(records) == [(5, None, "not_a_record")]


def test_a_key_of_a_table_further_down_that_came_before_is_told(tmp_path):
    assert found(bookings(tmp_path, f"{CLEAN}{CLEAN}")) == [
        (5, "session_id, person_pseudo_id", "duplicate_key"),
        (6, "session_id, person_pseudo_id", "duplicate_key"),
    ]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Notes:,,,,", "note_row"),
        ("Data extracted 12/04/2024,,,,", "note_row"),
        (",,,Provisional,", "note_row"),
        ("Grand total,,,,2", "total_row"),
        ("Of which attended,,,,1", "total_row"),
        ("Sub-total,,,,1", "total_row"),
        ("Average,,,,1.5", "total_row"),
    ],
)
def test_notes_and_totals_are_no_records_and_are_told(tmp_path, line, kind):
    records = bookings(tmp_path, f"{CLEAN}{line}\n")
    assert len(records.frame) == 2 and records.problems[0].message == NOT_RECORDS[kind]
    assert [(p.row, p.rule, p.severity) for p in records.problems] == [(4, "not_a_record", "warning")]


def test_a_record_of_which_the_key_alone_is_left_is_faulty_and_no_note(tmp_path):
    assert "missing_value" in {rule for *_, rule in found(bookings(tmp_path, f"{CLEAN}s7,,,,\n"))}


def test_a_row_of_descriptions_beneath_the_header_is_no_record(tmp_path):
    records = bookings(tmp_path, CLEAN.replace(HEADER, f"{HEADER}\nkey,key,code,code,dd/mm/yyyy"))
    assert records.frame.index.tolist() == [3, 4] and records.problems[0].message == NOT_RECORDS["unit_row"]


def test_rows_and_sheets_out_of_sight_are_read_and_told(tmp_path):
    path = workbook(tmp_path, {"bookings": [HEADER.split(","), *ROWS]})
    book = load_workbook(path)
    book["bookings"].row_dimensions[3].hidden = True
    book.save(path)
    records = read_return(path, contract("D13"))["bookings"]
    assert len(records.frame) == 2 and found(records) == [(3, None, "hidden_rows")]
    book.active = book.create_sheet("cover")
    book["bookings"].sheet_state = "hidden"
    book.save(path)
    assert found(read_return(path, contract("D13"))["bookings"])[1] == (None, None, "hidden_rows")


def test_rows_struck_through_and_hidden_columns_are_read_and_told(tmp_path):
    path = workbook(tmp_path, {"bookings": [HEADER.split(","), *ROWS]})
    book = load_workbook(path)
    for cell in book["bookings"][3]:
        cell.font = Font(strike=True)
    book["bookings"].column_dimensions["D"].hidden = True
    book.save(path)
    records = read_return(path, contract("D13"))["bookings"]
    assert len(records.frame) == 2
    assert found(records) == [(3, None, "struck_out"), (None, "status", "hidden_rows")]


def test_numbers_for_days_are_not_sure_where_days_count_from_1904(tmp_path):
    rows = [HEADER.split(","), ["s1", "p1", "police", "attended", 43585]]
    path = workbook(tmp_path, {"bookings": rows})
    book = load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    assert found(read_return(path, contract("D13"))["bookings"]) == [(2, "booked_on", "wrong_type")]


def test_one_thing_in_capitals_and_in_small_letters_is_told(tmp_path):
    text = f"{CLEAN}s2,P1,police,attended,2023-04-01\n"
    assert found(bookings(tmp_path, text)) == [(4, "person_pseudo_id", "key_in_two_cases")]


# Frames that were made elsewhere

FRAME = pd.DataFrame(
    {
        "session_id": ["s1", "s1"],
        "person_pseudo_id": ["p1", "p2"],
        "agency": ["police", "fire"],
        "status": ["attended"] * 2,
    }
)


def rules(frame):
    return [(problem.row, problem.column, problem.rule) for problem in check_table(frame, contract("D13").table(), "f")]


def test_a_frame_that_keeps_its_contract_has_no_problem():
    typed = FRAME.assign(booked_on=pd.to_datetime(["2023-04-01", None]), new_account=[True, False])
    assert rules(typed) == []


@pytest.mark.parametrize(
    ("frame", "fault"),
    [
        (FRAME.assign(colour="red"), (None, None, "unknown_column")),
        (FRAME.drop(columns="status"), (None, "status", "missing_column")),
        (FRAME.assign(agency=["police", None]), (1, "agency", "missing_value")),
        (FRAME.assign(agency=["police", "scouts"]), (1, "agency", "unknown_code")),
        (FRAME.assign(booked_on=["2023-04-01", "soon"]), (1, "booked_on", "wrong_type")),
        (FRAME.assign(person_pseudo_id="p1"), (1, "session_id, person_pseudo_id", "duplicate_key")),
    ],
)
def test_a_frame_that_breaks_its_contract(frame, fault):
    assert rules(frame) == [fault]


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_as_a_spreadsheet_calls_them(place, letters):
    assert column_letter(place) == letters


def test_a_header_that_comes_again_in_another_form_begins_a_part_of_the_table(tmp_path):
    text = "session_id,person_pseudo_id,agency,status\nS1,a,police,attended\n"
    again = "Session ID,Person Pseudo ID,Agency,Status\nS2,b,police,attended\n"
    records = read(tmp_path, text + again)["bookings"]
    assert list(records.frame["session_id"]) == ["S1", "S2"]
    assert not records.problems


def test_words_in_a_few_cells_beneath_the_last_empty_row_are_a_note(tmp_path):
    text = "session_id,person_pseudo_id,agency,status,booked_on\nS1,a,police,attended,2023-06-01\n\n"
    records = read(tmp_path, text + "Source:,,the booking system\n")["bookings"]
    assert list(records.frame["session_id"]) == ["S1"]
    assert [(problem.row, problem.rule) for problem in records.problems] == [(4, "not_a_record")]
    full = read(tmp_path, text + "S2,b,polise,attnded,soon\n")["bookings"]
    assert {problem.rule for problem in full.problems if problem.row == 4} == {"unknown_code", "wrong_type"}


@pytest.mark.parametrize("key", ["s0001", "S1", "S0001"])
def test_a_key_in_another_spelling_on_another_sheet_is_the_same_key(tmp_path, catalogue, key):
    head = ["session_id", "course", "mode", "date"]
    sheets = {name: [head, [said, "one", "webinar", "2023-06-01"]] for name, said in (("H1", "S0001"), ("H2", key))}
    path = workbook(tmp_path, sheets)
    told = read_file(path, ["D12"], catalogue, agency="A").problems
    assert [problem.rule for problem in told] == (["duplicate_key"] if key != "S1" else [])
