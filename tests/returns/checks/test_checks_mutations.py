"""Every kind of planted fault in a clean year is told by the right rule at the right row, and a clean year by none."""

import pytest

from analysis.measures.catalogue import get_catalogue
from analysis.returns.aggregate_rows import COLUMNS
from analysis.returns.checks.rule import get_rules
from analysis.returns.checks.year import check_year
from tests.returns.checks.planted import HERE, again, drop, edit, put, replace_text, write, write_year

pytestmark = pytest.mark.slow
NOT_ASKED = {"dataset_not_returned", "table_not_returned"}  # the small year is no whole plan


@pytest.fixture(scope="module")
def shipped():
    return get_catalogue()


def found(folder, catalogue):
    problems, _ = check_year(folder, "2023-24", HERE, catalogue)
    return [problem for problem in problems if problem.rule not in NOT_ASKED]


RULES = get_rules()
LADO, POLICE, REGISTER = "lado.csv", "police.csv", "returns.csv"
EPISODES, BOOKINGS, PLACED, SPELLS = (
    "children_episodes.csv",
    "team_bookings.csv",
    "children_placed.csv",
    "children_spells.csv",
)
FAULTS = {
    # the register
    "status misspelt": (put(REGISTER, 2, status="recieved"), "register_status", REGISTER, 2),
    "section unknown": (put(REGISTER, 3, section="99_other"), "register_section", REGISTER, 3),
    "dataset unknown": (put(REGISTER, 4, dataset="D99"), "register_dataset", REGISTER, 4),
    "basis unknown": (put(REGISTER, 2, period_basis="fiscal"), "register_period_basis", REGISTER, 2),
    "date that could be two": (put(REGISTER, 2, due_date="31/5/24"), "register_date", REGISTER, 2),
    "period backwards": (put(REGISTER, 2, period_start="2024-04-01"), "register_period", REGISTER, 2),
    "a financial year of eleven months": (put(REGISTER, 2, period_end="2024-02-29"), "register_period", REGISTER, 2),
    "received without a file": (put(REGISTER, 5, file=""), "status_without_file", REGISTER, 5),
    "missing with a file": (put(REGISTER, 5, status="missing", note="why"), "file_without_status", REGISTER, 5),
    "file in a folder": (put(REGISTER, 5, file="../x.csv"), "file_name", REGISTER, 5),
    "file not there": (put(REGISTER, 5, file="absent.csv"), "file_absent", REGISTER, 5),
    "a dataset that the file lacks": (put(REGISTER, 6, dataset="D13;D15"), "dataset_not_in_file", REGISTER, 6),
    "file in a folder of returns": (write("old/stray.csv", b"a,b\n1,2\n"), "unregistered_file", "old/stray.csv", None),
    "file not registered": (write("stray.csv", b"a,b\n1,2\n"), "unregistered_file", "stray.csv", None),
    "id twice": (put(REGISTER, 5, return_id="return-1"), "repeated_return", REGISTER, 5),
    "missing": (again(REGISTER, 5, return_id="n", status="missing", file="", note="x"), "missing_return", REGISTER, 11),
    "nil": (again(REGISTER, 5, return_id="n", status="nil", file="", note="x"), "nil_return", REGISTER, 11),
    "words alone": (
        again(REGISTER, 5, return_id="n", status="narrative_only", file="", note="x"),
        "narrative_only",
        REGISTER,
        11,
    ),
    "nil without a reason": (
        again(REGISTER, 5, return_id="n", status="nil", file=""),
        "gap_without_reason",
        REGISTER,
        11,
    ),
    "late": (put(REGISTER, 6, status="late", received_date="2024-06-30"), "late_return", REGISTER, 6),
    "late but said to be in time": (
        put(REGISTER, 6, received_date="2024-06-30"),
        "status_against_dates",
        REGISTER,
        6,
    ),
    "in time but said to be late": (put(REGISTER, 6, status="late"), "status_against_dates", REGISTER, 6),
    "as at after received": (
        put(REGISTER, 6, as_at="2024-05-25", extracted_on="2024-05-20"),
        "as_at_after_received",
        REGISTER,
        6,
    ),
    "received before the year was over": (
        put(REGISTER, 6, received_date="2024-03-30", as_at="2024-03-30", extracted_on="2024-03-30"),
        "as_at_after_received",
        REGISTER,
        6,
    ),
    "extracted before as at": (put(REGISTER, 6, extracted_on="2024-03-01"), "extracted_before_as_at", REGISTER, 6),
    "calendar year": (
        put(REGISTER, 6, period_start="2023-01-01", period_end="2023-12-31", period_basis="calendar_year"),
        "return_period",
        REGISTER,
        6,
    ),
    "period unclear": (put(REGISTER, 6, period_basis="unclear"), "return_period_unclear", REGISTER, 6),
    "break without a reason": (
        put(REGISTER, 6, break_in_series="yes", break_date="2023-04-01"),
        "break_unexplained",
        REGISTER,
        6,
    ),
    "completeness of 140": (put(REGISTER, 6, completeness_pct="140"), "register_value", REGISTER, 6),
    "break that is neither": (put(REGISTER, 6, break_in_series="perhaps"), "register_value", REGISTER, 6),
    "a day of no break": (put(REGISTER, 6, break_date="2023-04-01"), "register_break", REGISTER, 6),
    "agency unknown": (put(REGISTER, 6, agency="Nobody"), "unknown_agency", REGISTER, 6),
    "agency without a line": (drop(REGISTER, 10), "agency_without_return", REGISTER, None),
    # files
    "empty file": (write(LADO, b""), "empty_file", LADO, None),
    "damaged workbook": (write(LADO, b"PK\x03\x04 no workbook"), "damaged_file", LADO, None),
    "web page": (write(LADO, b"<html><table></table></html>"), "wrong_kind", LADO, None),
    "XML of another kind": (write(LADO, b"<?xml version='1.0'?><Invoice/>"), "wrong_kind", LADO, None),
    "broken XML": (write(LADO, b"<?xml version='1.0'?><Message><Children>"), "broken_xml", LADO, 1),
    "no text": (write(LADO, b"\xff\xfe\x00"), "unknown_encoding", LADO, None),
    "quotes open": (replace_text(BOOKINGS, "SYN1", '"SYN1'), "broken_quotes", BOOKINGS, 3),
    "another table": (write(BOOKINGS, b"a,b\n1,2\n"), "no_table", BOOKINGS, None),
    "heading of counts misspelt": (replace_text(LADO, "qualifier", "qualifer"), "columns", LADO, 1),
    "heading of records unknown": (replace_text(BOOKINGS, "booked_on", "bookd"), "unknown_column", BOOKINGS, 1),
    "heading missing": (replace_text(BOOKINGS, "status", "state"), "missing_column", BOOKINGS, 1),
    "heading twice": (replace_text(BOOKINGS, "booked_on", "status"), "duplicate_column", BOOKINGS, 1),
    "a cell too many": (replace_text(BOOKINGS, "SYN2,", "SYN2,x,"), "ragged_row", BOOKINGS, 4),
    "no row": (write(BOOKINGS, b"session_id,person_pseudo_id,agency,status\n"), "no_rows", BOOKINGS, None),
    # values of records
    "no date": (put(EPISODES, 3, referral_date="soon"), "wrong_type", EPISODES, 3),
    "a day that isn't": (put(EPISODES, 3, assessment_end="31/02/2024"), "wrong_type", EPISODES, 3),
    "a date of 1066": (put(EPISODES, 3, assessment_end="14/10/1066"), "impossible_date", EPISODES, 3),
    "no number": (put(EPISODES, 3, previous_cpp="some"), "wrong_type", EPISODES, 3),
    "a number out of range": (put(EPISODES, 3, previous_cpp="99"), "out_of_range", EPISODES, 3),
    "code unknown": (put(EPISODES, 3, need_code="N77"), "unknown_code", EPISODES, 3),
    "no key": (put(EPISODES, 3, child_pseudo=""), "missing_value", EPISODES, 3),
    "a needed value withheld": (put(EPISODES, 3, referral_date="[c]"), "missing_value", EPISODES, 3),
    "key twice": (again(EPISODES, 3), "duplicate_key", EPISODES, 8),
    "key lost by a spreadsheet": (put(EPISODES, 3, child_pseudo="1.2E+11"), "mangled_identifier", EPISODES, 3),
    "a name": (put(EPISODES, 3, child_pseudo="Xyz Abcde"), "real_identifier", EPISODES, 3),
    "an error of a spreadsheet": (put(EPISODES, 3, need_code="#REF!"), "error_value", EPISODES, 3),
    # values of counts
    "indicator unknown": (put(LADO, 2, indicator="lado_contcts"), "unknown_name", LADO, 2),
    "dimension unknown": (put(LADO, 3, dimension="thresold"), "unknown_name", LADO, 3),
    "category unknown": (put(LADO, 3, category="maybe"), "unknown_name", LADO, 3),
    "unit unknown": (put(LADO, 3, unit="children"), "unknown_name", LADO, 3),
    "qualifier unknown": (put(LADO, 3, qualifier="roughly"), "unknown_name", LADO, 3),
    "no figure": (put(LADO, 3, value=""), "number", LADO, 3),
    "a dash": (put(LADO, 3, value="-"), "number", LADO, 3),
    "below zero": (put(LADO, 3, value="-1"), "number", LADO, 3),
    "half a person": (put(LADO, 3, value="107.5"), "number", LADO, 3),
    "over 100 per cent": (put(LADO, 5, value="101"), "number", LADO, 5),
    "numerator over denominator": (put(LADO, 6, numerator="300"), "number", LADO, 6),
    "numerator alone": (put(LADO, 6, denominator=""), "number", LADO, 6),
    "period against its basis": (put(LADO, 2, period_end="2024-02-29"), "period", LADO, 2),
    # single figures
    "period not stated": (
        put(LADO, 2, period_basis="unclear", period_start="", period_end=""),
        "period_not_stated",
        LADO,
        2,
    ),
    "last year's figure": (
        again(LADO, 2, period_start="2022-04-01", period_end="2023-03-31"),
        "outside_period",
        LADO,
        8,
    ),
    "next year's figure": (
        again(LADO, 3, period_start="2024-04-01", period_end="2025-03-31"),
        "after_period",
        LADO,
        8,
    ),
    "one category of the year before": (
        put(LADO, 4, period_start="2022-04-01", period_end="2023-03-31"),
        "earlier_alone",
        LADO,
        4,
    ),
    "counts under another dataset": (put(REGISTER, 2, dataset="D38"), "dataset_not_in_file", REGISTER, 2),
    "1 for a percentage": (put(LADO, 6, value="1", numerator="", denominator=""), "one_or_all", LADO, 6),
    "two quarters that overlap": (
        edit(
            LADO,
            lambda lines: [
                *lines,
                lines[0] | {"value": "60", "period_basis": "quarter", "period_end": "2023-06-30"},
                lines[0]
                | {"value": "60", "period_basis": "quarter", "period_start": "2023-06-01", "period_end": "2023-08-31"},
            ],
        ),
        "overlapping_periods",
        LADO,
        9,
    ),
    "a calendar year beside the financial one": (
        again(LADO, 2, period_start="2023-01-01", period_end="2023-12-31", period_basis="calendar_year"),
        "overlapping_periods",
        LADO,
        8,
    ),
    "two years beside one": (
        again(LADO, 2, value="500", period_start="2022-04-01", period_basis="other"),
        "overlapping_periods",
        LADO,
        8,
    ),
    "of no section of the report": (
        put(LADO, 2, indicator="children_looked_after", unit="children"),
        "not_shown",
        LADO,
        2,
    ),
    "fourteen months": (put(LADO, 2, period_start="2023-02-01", period_basis="other"), "period_length", LADO, 2),
    "a calendar year": (
        put(LADO, 2, period_start="2023-01-01", period_end="2023-12-31", period_basis="calendar_year"),
        "other_period",
        LADO,
        2,
    ),
    "a snapshot of a year": (put(LADO, 2, period_basis="snapshot"), "stock_without_day", LADO, 2),
    "another area": (put(LADO, 2, geography="Elsewhere"), "other_area", LADO, 2),
    "1.35 per cent of 253": (put(LADO, 5, value="1.35"), "impossible_percentage", LADO, 5),
    "1.35 per cent of the whole in another row": (
        put(LADO, 5, value="1.35", denominator=""),
        "impossible_percentage",
        LADO,
        5,
    ),
    "not its quotient": (put(LADO, 6, value="12.86"), "percent_against_numbers", LADO, 6),
    "no base": (
        put(LADO, 6, numerator="", denominator="", period_start="2024-03-31", period_basis="snapshot"),
        "percentage_without_base",
        LADO,
        6,
    ),
    "the same fact differently": (again(POLICE, 4, value="61"), "fact_differs", POLICE, 5),
    "the same figure again": (again(POLICE, 2), "figure_repeated", POLICE, 5),
    # figures together
    "parts over the whole": (put(LADO, 4, value="147"), "parts_exceed_whole", LADO, 2),
    "parts under the whole": (put(LADO, 4, value="145"), "parts_against_whole", LADO, 2),
    "two quarters over their year": (
        edit(
            LADO,
            lambda lines: [
                *lines,
                lines[0] | {"value": "127", "period_basis": "quarter", "period_end": "2023-06-30"},
                lines[0] | {"value": "127", "period_basis": "quarter", "period_start": "2024-01-01"},
            ],
        ),
        "part_of_year_exceeds_year",
        LADO,
        2,
    ),
    "cut within a split": (
        edit(LADO, lambda lines: [line for line in lines if line["measure_type"] == "count"][:2]),
        "split_cut_short",
        LADO,
        3,
    ),
    "a part over its whole": (put(POLICE, 3, value="401"), "part_exceeds_whole", POLICE, 3),
    "children more than all": (put(POLICE, 4, value="101"), "part_exceeds_whole", POLICE, 4),
    "four times last year": (
        edit(LADO, lambda lines: [line | {"value": "1000"} if n == 0 else line for n, line in enumerate(lines)]),
        "implausible_jump",
        LADO,
        2,
    ),
    "a change of another size": (put(LADO, 7, value="25"), "change_against_figures", LADO, 7),
    "records of another area": (put(REGISTER, 7, geography="There"), "return_area", REGISTER, 7),
    # records together
    "ended before it began": (put(EPISODES, 3, assessment_end="2023-04-02"), "date_order", EPISODES, 3),
    "began before the referral": (put(EPISODES, 4, cpp_start="2023-04-02"), "date_order", EPISODES, 4),
    "after the period": (put(BOOKINGS, 3, booked_on="2024-04-09"), "record_outside_period", BOOKINGS, 3),
    "before the period": (
        put("police_reports.csv", 3, created="2023-03-30 09:00:00"),
        "record_outside_period",
        "police_reports.csv",
        3,
    ),
    "after it was sent": (put(EPISODES, 3, cpp_end="2024-05-30"), "future_date", EPISODES, 3),
    "begun after it was sent": (put(BOOKINGS, 3, booked_on="2024-05-30"), "future_event", BOOKINGS, 3),
    "a booking of no session": (put(BOOKINGS, 5, session_id="S77"), "orphan", BOOKINGS, 5),
    "an episode of no child": (put(SPELLS, 5, CHILD="SYN77", DECOM="01/08/2023"), "orphan", SPELLS, 5),
    "bookings without sessions": (drop(REGISTER, 5), "table_never_came", BOOKINGS, None),
    "more trained than staff": (put("trust.csv", 3, compliant_n="101"), "number_exceeds_whole", "trust.csv", 3),
    "born after placed": (put(PLACED, 3, DOB="01/06/2026"), "age", PLACED, 3),
    "a child of sixty": (put(PLACED, 3, DOB="01/06/1963"), "age", PLACED, 3),
    "one key in two files": (
        lambda folder: (
            again(REGISTER, 6, return_id="n", file="more.csv")(folder),
            (folder / "returns" / "more.csv").write_text(
                "session_id,person_pseudo_id,agency,status,booked_on\nS1,SYN1,police,attended,2023-06-01\n",
                encoding="utf-8",
            ),
        ),
        "key_in_two_files",
        "more.csv",
        2,
    ),
    "a second file of hundreds of rows": (
        edit(BOOKINGS, lambda lines: [lines[n % 6] | {"person_pseudo_id": f"SYN{n}"} for n in range(500)]),
        "rows_moved",
        BOOKINGS,
        None,
    ),
}


def test_a_clean_year_has_no_finding(tmp_path, shipped):
    assert [str(problem) for problem in found(write_year(tmp_path / "here"), shipped)] == []


@pytest.mark.parametrize("name", FAULTS)
def test_each_planted_fault_is_told_by_its_rule_at_its_row(tmp_path, shipped, name):
    plant, rule, file, row = FAULTS[name]
    folder = write_year(tmp_path / "here")
    plant(folder)
    told = found(folder, shipped)
    assert (rule, file, row) in {(one.rule, one.file, one.row) for one in told}, [str(one) for one in told]
    assert all(one.severity == RULES[one.rule].severity for one in told)


def test_enough_kinds_are_planted_and_every_rule_with_a_check_is_among_them():
    assert len(FAULTS) >= 60
    checked = {rule.id for rule in RULES.values() if rule.check}
    # tests/returns/faults/test_plausible_returns.py
    by_whole_files = ("whole", "days", "against", "profile", "exchanged", "peers")
    of_files = {r.id for r in RULES.values() if r.check and r.check.__module__.rpartition(".")[2] in by_whole_files}
    assert checked - {rule for _, rule, _, _ in FAULTS.values()} - NOT_ASKED - of_files == {
        "count_against_records",
        "half_year_unclear",
        "shares_over_100",
        "words_not_approved",
    }, "these have tests of their own"


def test_no_message_holds_a_value_of_a_record_or_a_small_figure(tmp_path, shipped):
    folder = write_year(tmp_path / "here")
    for file, row, cells in (
        (EPISODES, 3, {"child_pseudo": "Zqxjv Zqxjv", "need_code": "zqxjv", "assessment_end": "zqxjv"}),
        (BOOKINGS, 3, {"session_id": "zqxjv", "status": "zqxjv"}),
        (POLICE, 3, {"value": "7", "category": "zqxjv"}),
        (POLICE, 4, {"value": "zqxjv"}),
        (LADO, 3, {"value": "3"}),
    ):
        put(file, row, **cells)(folder)
    messages = " ".join(f"{one.message} {one.column} {one.allowed}" for one in found(folder, shipped)).casefold()
    assert "zqxjv" not in messages
    assert " 3 " not in messages and " 7 " not in messages


def test_the_columns_of_counts_are_those_of_the_clean_year():
    assert len(COLUMNS) == 14
