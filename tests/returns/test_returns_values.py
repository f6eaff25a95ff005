"""One cell at a time: which forms are taken, which are refused, and what each symbol means."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.returns.contracts import TYPES, Code, Column
from analysis.returns.moments import judge_days
from analysis.returns.values import MARKS, is_nhs_number, read_value

SOURCES = (Code("1A", "Individual: family member"), Code("6", "Police"), Code("10", "Unknown"))
NEGLECT = (Code("NEG", "Neglect"), Code("PHY", "Physical abuse", ("physical",)))


def column(kind, **parts):
    return Column("c", kind, "C", **parts)


def read(text, kind, **parts):
    return read_value(text, column(kind, **parts))


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("2023-04-01", ""),
        ("01/04/2023", "date_form"),
        ("1/4/2023", "date_form"),
        ("01.04.2023", "date_form"),
        ("01-04-2023", "date_form"),
        ("1 April 2023", "date_form"),
        ("1st Apr 2023", "date_form"),
        ("01-Apr-2023", "date_form"),
        ("20230401", "date_form"),
        ("45017", "serial_date"),
        ("2023-04-01 00:00:00", ""),
        ("2023-04-01T09:30", "time_dropped"),
        (" 2023-04-01 ", "stray_spaces"),
        ("2023-04-01\u00a0", "stray_spaces"),
    ],
)
def test_dates_in_any_clear_form_are_the_same_day(text, change):
    found = read(text, "date")
    assert (found.value, found.change) == (datetime(2023, 4, 1), change)


@pytest.mark.parametrize(
    "text",
    [
        "01/04/23",  # a year of two digits could be of two centuries
        "04/13/2023",  # month and day the American way
        "31/02/2023",  # no such day
        "2023-02-29",  # no leap year
        "2023",  # a year alone; as a serial number it would be 1905
        "April 2023",
        "01/04-2023",
        "99999",
        "last week",
    ],
)
def test_what_is_no_clear_day_is_refused(text):
    found = read(text, "date")
    assert found.value is None and found.rule == "wrong_type"


@pytest.mark.parametrize(("text", "rule"), [("1899-12-31", "impossible_date"), ("1900-01-02", "")])
def test_days_before_1900_are_impossible(text, rule):
    assert read(text, "date").rule == rule


@pytest.mark.parametrize("text", ["01/01/1900", "1970-01-01", "1901-01-01 00:00:00"])
def test_a_day_that_programs_write_for_none_is_a_day_of_birth_alone(text):
    assert read(text, "date").rule == read(text, "moment").rule == "impossible_date"
    assert read(text, "date", born=110).fault == ""


def test_a_moment_keeps_its_time_and_a_serial_its_minutes():
    assert read("01/04/2023 09:30", "moment").value == datetime(2023, 4, 1, 9, 30)
    assert read("45017.395833333", "moment").value == datetime(2023, 4, 1, 9, 30)


@pytest.mark.parametrize("text", ["2023-04", "04/2023", "April 2023", "Apr-2023", "2023-04-01", "01/04/2023"])
def test_months_in_any_clear_form_are_the_same(text):
    assert read(text, "month").value == "2023-04"


def test_a_month_with_a_year_of_two_digits_is_refused():
    assert read("Apr-23", "month").rule == "wrong_type"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1846", 1846),
        ("1,846", 1846),
        ("1 846", 1846),
        ("'107", 107),
        ("12.0", 12),
        ("nil", 0),
        ("-3", -3),
    ],
)
def test_whole_numbers(text, value):
    assert read(text, "integer").value == value


@pytest.mark.parametrize(
    "text", ["12.5", "1,5", "£25", "1 46", "18,46", "1e3", "twelve", "(12)", "99999999999999999999"]
)
def test_what_is_no_whole_number_is_refused(text):
    assert read(text, "integer").fault


def test_numbers_keep_their_decimals_and_lose_their_signs():
    assert read("11.86%", "number").value == 11.86
    assert read("£25", "number").value == 25
    assert read("£1,200.50", "number").value == 1200.5


@pytest.mark.parametrize(("text", "rule"), [("-1", "out_of_range"), ("0", ""), ("40", ""), ("41", "out_of_range")])
def test_the_ends_of_a_range_are_in_it(text, rule):
    found = read(text, "integer", minimum=0, maximum=40)
    assert found.rule == rule
    assert not rule or found.allowed == "0 to 40"


@pytest.mark.parametrize("text", ["yes", "Y", "TRUE", "1", "a) Yes", " YES "])
def test_every_spelling_of_yes(text):
    assert read(text, "yes_no").value is True


@pytest.mark.parametrize("text", ["no", "N", "false", "0", "b) No"])
def test_every_spelling_of_no(text):
    assert read(text, "yes_no").value is False


@pytest.mark.parametrize("text", ["1A", "1a", "a) 1A: Individual", "1A: Individual", "1A - Individual", " 1A "])
def test_codes_with_prefixes_and_labels(text):
    assert read(text, "code", codes=SOURCES).value == "1A"


def test_a_label_with_its_letter_and_an_alias_are_the_code():
    assert read("a) Neglect", "code", codes=NEGLECT).value == "NEG"
    assert read("Physical", "code", codes=NEGLECT).value == "PHY"


def test_yes_and_no_are_read_in_a_list_of_codes_as_in_a_column_of_their_own():
    came = (Code("yes", "Yes"), Code("deputy", "A deputy"), Code("no", "No"))
    said = {text: read(text, "code", codes=came).value for text in ("Y", "True", "yes", "N", "FALSE", "a) No")}
    assert said == {"Y": "yes", "True": "yes", "yes": "yes", "N": "no", "FALSE": "no", "a) No": "no"}
    assert read("1", "code", codes=came).rule == read("Y", "code", codes=SOURCES).rule == "unknown_code"
    assert read("N - Not known", "code", codes=(*came, Code("not_known", "Not known"))).value == "not_known"


def test_a_code_that_a_spreadsheet_made_a_decimal():
    assert read("6.0", "code", codes=SOURCES).value == "6"


def test_a_prefix_that_contradicts_its_label_is_refused():
    """`10: Police` names two codes."""
    assert read("10: Police", "code", codes=SOURCES).rule == "unknown_code"


def test_an_unknown_code_is_refused_without_repeating_it():
    found = read("Smith", "code", codes=SOURCES)
    assert (found.rule, found.allowed) == ("unknown_code", "1A, 6, 10")
    assert "Smith" not in found.fault


def test_several_codes_in_one_cell_come_out_in_the_order_of_the_list():
    assert read("Physical abuse; NEG", "codes", codes=NEGLECT).value == "NEG;PHY"
    assert read("NEG; XXX", "codes", codes=NEGLECT).rule == "unknown_code"


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("[c]", "suppressed"),
        ("*", "suppressed"),
        ("[x]", "unavailable"),
        ("..", "unavailable"),
        ("[z]", "not_applicable"),
        ("N/A", "not_applicable"),
        ("[low]", "low"),
        ("-", "dash"),
        ("not known", "not_known"),
    ],
)
def test_symbols_are_kept_apart_by_meaning_and_are_never_nought(text, mark):
    found = read(text, "integer")
    assert (found.value, found.mark, found.fault) == (None, mark, "")


def test_a_letter_alone_is_a_symbol_in_a_column_of_numbers_only():
    assert read("c", "integer").mark == "suppressed"
    assert read("c", "code", codes=SOURCES).rule == "unknown_code"


def test_a_code_that_reads_like_a_symbol_is_a_code():
    assert read("Unknown", "code", codes=SOURCES).value == "10"
    assert read("unknown", "code", codes=NEGLECT).mark == "not_known"


def test_blank_is_nothing_and_no_symbol():
    found = read("  ", "integer")
    assert (found.value, found.mark, found.fault, found.change) == (None, "", "", "")


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#DIV/0!"])
def test_an_error_value_is_a_fault_and_not_a_symbol(text):
    assert read(text, "integer").rule == "error_value"


@pytest.mark.parametrize(
    "text",
    ["Jane Smith", "Smith, Jane", "jane@example.org", "AB123456C", "A123456789012", "UB8 1UW"]
    + ["jane smith", "Mr John Smith", "O'Brien, Jane", "ab 12 34 56 c", "ub8 1uw", "07700 900123", "943 476 5919"]
    + ["Smith, J", "Smith, J. A.", "J. Smith", "J.A. Smith", "Smith, Jane (12345)", "12345 - Jane Smith"]
    + ["QQ123456C", "020 7946 0018", "01/02/2010", "2010-02-01", "JS 01/02/2010"],
)
def test_a_name_or_a_number_of_a_person_is_no_pseudonym(text):
    found = read(text, "pseudonym")
    assert found.rule == "real_identifier"
    assert text not in found.fault + found.allowed


@pytest.mark.parametrize(
    "text",
    ["DfEX0000001", "00123", "a1b2c3", "RND000215205141", "Child A", "e12ab", "0123456789", "Team 4 West"]
    + ["Case Number 12", "LADO/2023/05/12", "1234.1", "02079460018", "C-2010-02-01", "12,34", "news"],
)
def test_pseudonyms_are_kept_as_they_are(text):
    assert read(text, "pseudonym").value == text


def test_a_key_turned_into_a_power_of_ten_is_lost():
    assert read("1.23457E+11", "identifier").rule == "mangled_identifier"


@pytest.mark.parametrize(
    "text",
    ["None", "null", "NaN", "nil", "TRUE", "no", "TBC", "to follow", "pending", "ditto", "as above", "???"]
    + ["New", "no ref", "Not yet allocated", "unassigned"],
)
def test_what_stands_where_nobody_knew_a_key_is_no_key(text):
    assert read(text, "pseudonym").rule == read(text, "identifier").rule == "missing_value"


@pytest.mark.parametrize("text", ["SYN5, SYN7", "123; 124", "12 & 13", "12 and 13"])
def test_two_keys_in_a_cell_are_none(text):
    assert read(text, "pseudonym").allowed == "one key, and a row for each"


@pytest.mark.parametrize("text", ["https://case.example/55", "www.example.org/case/55"])
def test_an_address_of_a_page_is_no_key(text):
    assert read(text, "pseudonym").rule == read(text, "identifier").rule == "wrong_type"


def test_a_symbol_is_no_key():
    found = read("N/A", "pseudonym")
    assert (found.value, found.mark) == (None, "not_applicable")


@given(st.text(max_size=30), st.sampled_from(TYPES))
def test_any_text_is_read_refused_or_marked_and_a_fault_never_repeats_it(text, kind):
    found = read(text, kind, codes=NEGLECT if kind in ("code", "codes") else ())
    assert bool(found.fault) == bool(found.rule)
    assert [found.value is not None, bool(found.mark), bool(found.fault)].count(True) <= 1
    if len(text.strip()) > 3 and found.fault:
        assert text.strip() not in found.fault


@given(st.dates(min_value=datetime(1900, 1, 1).date(), max_value=datetime(2100, 12, 31).date()))
def test_a_day_is_the_same_in_both_forms(day):
    british, iso = read(f"{day:%d/%m}/{day.year}", "date"), read(day.isoformat(), "date")
    assert british.value == iso.value == datetime(day.year, day.month, day.day)


@given(st.integers(-(2**53), 2**53))
def test_whole_numbers_come_back(number):
    assert read(f"{number:,}", "integer").value == read(str(number), "integer").value == number


def test_no_symbol_means_two_things():
    assert set(MARKS.values()) == {
        "suppressed",
        "unavailable",
        "not_applicable",
        "low",
        "unreliable",
        "dash",
        "not_known",
    }


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("9434765919", True),  # the worked example of the NHS Data Catalogue
        ("943 476 5919", True),
        ("9434765918", False),
        ("943476591", False),
        ("94347659190", False),
        ("1234567890", False),  # its check digit would be 10, which no number has
    ],
)
def test_nhs_numbers_are_known_by_their_check_digit(text, is_one):
    assert is_nhs_number(text) is is_one


@pytest.mark.parametrize(
    "text",
    [
        "Wed 03/05/2023",
        "2023/05/03",
        "May 3, 2023",
        "May 3rd 2023",
        "3-May-2023",
        "Wednesday, 3 May 2023",
        "03/05/2023 12:00 AM",
    ],
)
def test_more_ways_to_write_one_day(text):
    assert read(text, "date").value == datetime(2023, 5, 3)


def test_a_time_of_twelve_hours():
    assert read("03/05/2023 2:05 pm", "moment").value == datetime(2023, 5, 3, 14, 5)
    assert read("03/05/2023 14:05 pm", "moment").fault


@pytest.mark.parametrize(
    ("cells", "unsure"),
    [
        (["04/03/2023", "05/23/2023"], True),  # the United States
        (["25/05/2023", "05/23/2023"], False),  # one slip among British days
        (["04/03/2023", "05/04/2023"], False),
        ([*(f"2023-0{n}-11" for n in range(1, 6)), *(f"{n}/05/2023" for n in range(20, 25))], True),  # turned round
        ([*(f"2023-0{n}-25" for n in range(1, 6)), *(f"{n}/05/2023" for n in range(20, 25))], False),
    ],
)
def test_a_column_of_days_that_may_be_turned_round_is_not_sure(cells, unsure):
    assert bool(judge_days(cells)) == unsure
