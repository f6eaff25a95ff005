"""Files of every kind become the same grid of text, or are refused with a reason."""

import zipfile
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from openpyxl import Workbook

from analysis.errors import DataError
from analysis.returns.sheet import cell_text
from analysis.returns.tables import read_sheets

GRID = [["child", "when"], ["a1", "2023-04-01"], ["é2", ""]]
XLS = (
    Path(find_spec("statsmodels").origin).parent / "tsa/statespace/tests/results/frbny_nowcast/Nowcasting/test_spec.xls"
)
ODS_CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="things">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
ODS_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)
ODS_CELL = '<table:table-cell office:value-type="string"{repeat}><text:p>{text}</text:p></table:table-cell>'


def write(folder, text, encoding="utf-8", name="things.csv"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def write_ods(folder, rows):
    path = folder / "things.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        package.writestr("content.xml", ODS_CONTENT.format(rows=rows))
    return path


def ods_row(*cells, repeat=""):
    inside = "".join(ODS_CELL.format(text=cell, repeat=repeat) for cell in cells)
    return f"<table:table-row>{inside}</table:table-row>"


def grid_of(path):
    (sheet,) = read_sheets(path)
    return [list(row) for row in sheet.rows]


def refusal(path):
    with pytest.raises(DataError) as found:
        read_sheets(path)
    (problem,) = found.value.problems
    assert problem.file == path.name
    return problem.rule


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_text_in_any_encoding_and_with_any_delimiter(tmp_path, encoding, delimiter):
    text = "\r\n".join(delimiter.join(row) for row in GRID)
    assert grid_of(write(tmp_path, text, encoding)) == GRID


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark(tmp_path, encoding):
    assert grid_of(write(tmp_path, "child,when\na1,2023-04-01\n", encoding))[1] == ["a1", "2023-04-01"]


def test_commas_inside_cells_do_not_hide_semicolons(tmp_path):
    text = "id;said\n1;well, yes\n2;no\n3;a, b, c\n"
    assert grid_of(write(tmp_path, text))[1] == ["1", "well, yes"]


def test_a_quoted_line_break_stays_in_its_cell_and_rows_count_as_in_a_spreadsheet(tmp_path):
    assert grid_of(write(tmp_path, 'id,said\n1,"two\nlines"\n2,x\n'))[2] == ["2", "x"]


def test_a_quotation_mark_that_never_closes_is_refused_and_not_swallowed(tmp_path):
    assert refusal(write(tmp_path, 'id,said\n1,"open\n2,x\n')) == "broken_quotes"


def write_xlsx(folder, fill):
    book = Workbook()
    fill(book.active)
    book.save(folder / "things.xlsx")
    return folder / "things.xlsx"


def test_a_workbook_gives_the_same_grid(tmp_path):
    def fill(sheet):
        sheet.append(["child", "when"])
        sheet.append(["a1", date(2023, 4, 1)])
        sheet.append(["é2", None])

    assert grid_of(write_xlsx(tmp_path, fill)) == GRID


def test_a_workbook_is_known_by_its_content_and_not_by_its_name(tmp_path):
    path = write_xlsx(tmp_path, lambda sheet: sheet.append(["a", "b"]))
    assert grid_of(path.rename(tmp_path / "things.csv")) == [["a", "b"]]


def test_rows_keep_their_numbers_when_the_sheet_starts_lower_down(tmp_path):
    def fill(sheet):
        sheet["B3"] = "x"

    assert grid_of(write_xlsx(tmp_path, fill)) == [["", ""], ["", ""], ["", "x"]]


def test_an_old_workbook_reads():
    assert grid_of(XLS)[0][:3] == ["Model", "SeriesID", "SeriesName"]


def test_an_open_document_reads(tmp_path):
    assert grid_of(write_ods(tmp_path, ods_row("child", "when") + ods_row("a1", "x"))) == [
        ["child", "when"],
        ["a1", "x"],
    ]


def test_a_repeated_cell_that_would_fill_the_memory_is_refused(tmp_path):
    repeat = ' table:number-columns-repeated="99999999"'
    assert refusal(write_ods(tmp_path, ods_row("x", repeat=repeat))) == "too_large"


def test_a_stray_cell_that_would_end_the_process_is_refused(tmp_path):
    """calamine reserves memory for every cell up to the last one: 400 GB for this sheet."""

    def fill(sheet):
        sheet["A1"] = "x"
        sheet["XFD1048576"] = "y"

    assert refusal(write_xlsx(tmp_path, fill)) == "too_large"


def test_a_package_that_unpacks_to_very_much_is_refused(tmp_path):
    path = tmp_path / "things.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 50_000_000)
    assert refusal(path) == "too_large"


def test_error_values_and_formulas_without_a_value_are_told_by_cell(tmp_path):
    def fill(sheet):
        sheet["A1"] = "n"
        sheet["A2"] = "#N/A"
        sheet["A3"] = "=1+1"

    (sheet,) = read_sheets(write_xlsx(tmp_path, fill))
    assert [(problem.row, problem.column, problem.rule) for problem in sheet.problems] == [
        (2, "A", "error_value"),
        (3, "A", "formula_without_value"),
    ]


def test_a_percentage_is_read_as_it_is_shown(tmp_path):
    def fill(sheet):
        for place, (value, form) in enumerate(
            [(0.1186, "0.00%"), (0.45, "0%"), (0.45, "0.00"), (7 / 59, '0.0%;"none"')]
        ):
            sheet.cell(1, place + 1, value).number_format = form

    assert grid_of(write_xlsx(tmp_path, fill)) == [["11.86%", "45%", "0.45", "11.86%"]]


ODS_PERCENT = (
    '<table:table-cell office:value-type="percentage" office:value="{value}"{more}><text:p>shown</text:p>'
    "</table:table-cell>"
)


def test_a_percentage_of_an_open_document_is_read_as_it_is_shown(tmp_path):
    twice = ODS_PERCENT.format(value="0.1186", more=' table:number-columns-repeated="2"')
    whole = (
        f"<table:table-row table:number-rows-repeated='1'>{ODS_PERCENT.format(value='1', more='')}</table:table-row>"
    )
    rows = f"{ods_row('a', 'b')}<table:table-row><table:table-cell/>{twice}</table:table-row>{whole}"
    assert grid_of(write_ods(tmp_path, rows)) == [["a", "b", ""], ["", "11.86%", "11.86%"], ["100%", "", ""]]


def test_an_amount_of_money_is_read_as_it_is_shown(tmp_path):
    def fill(sheet):
        for place, (value, form) in enumerate([(253, '"£"#,##0'), (2.5, "[$£-809]0.00"), (253, "#,##0"), ("x", "£0")]):
            sheet.cell(1, place + 1, value).number_format = form

    assert grid_of(write_xlsx(tmp_path, fill)) == [["£253", "£2.5", "253", "x"]]
    cell = ODS_PERCENT.replace("percentage", "currency").format(value="253", more="")
    assert grid_of(write_ods(tmp_path, f"<table:table-row>{cell}</table:table-row>")) == [["£253"]]


def test_what_is_hidden_or_struck_through_in_an_open_document_is_told(tmp_path):
    columns = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>'
    struck = ods_row("c", "d").replace("<table:table-cell", '<table:table-cell table:style-name="ce7"', 1)
    hidden = ods_row("e", "f").replace("<table:table-row", '<table:table-row table:visibility="filter"')
    path = write_ods(tmp_path, columns + ods_row("a", "b") + struck + hidden)
    styles = (
        '<office:automatic-styles xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
        '<style:style style:name="ce6" style:family="table-cell"><style:text-properties '
        'style:text-line-through-style="none"/></style:style><style:style style:name="ce7" style:family="table-cell">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
    )
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text.replace("<office:body>", f"{styles}<office:body>"))
    (sheet,) = read_sheets(path)
    assert (sheet.struck, sheet.hidden, sheet.hidden_columns) == ({2}, {3}, {2})


def test_what_is_hidden_or_struck_through_in_an_old_workbook_is_told_and_a_percentage_is_one():
    (sheet,) = read_sheets(Path(__file__).parents[1] / "fixtures" / "out_of_sight.xls")  # made by LibreOffice
    assert (sheet.struck, sheet.hidden, sheet.hidden_columns) == ({4}, {3}, {2})
    assert [row[1] for row in sheet.rows] == ["share", "11.86%", "45%", "0.5", "1"]


def test_a_hidden_sheet_is_read_and_an_empty_one_is_not(tmp_path):
    book = Workbook()
    book.active.append(["a"])
    book.create_sheet("hidden").append(["b"])
    book["hidden"].sheet_state = "hidden"
    book.create_sheet("empty")
    book.save(tmp_path / "things.xlsx")
    assert [(sheet.name, sheet.position) for sheet in read_sheets(tmp_path / "things.xlsx")] == [
        ("Sheet", 1),
        ("hidden", 2),
    ]


@pytest.mark.parametrize(
    ("held", "rule"),
    [
        (b"", "empty_file"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "wrong_kind"),
        (b"<?xml version='1.0'?><Message/>", "wrong_kind"),
        (b"%PDF-1.7", "wrong_kind"),
        (b"PK\x03\x04 no package", "damaged_file"),
        (b"\xd0\xcf\x11\xe0 no workbook", "damaged_file"),
        (b"a,b\x00c", "unknown_encoding"),
        (b"a,b\n1,2\n" + bytes(40), "unknown_encoding"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "protected_file"),
        (b"MIME-Version: 1.0\nX-Document-Type: Workbook", "wrong_kind"),
        (b"\xff\xfea", "unknown_encoding"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(tmp_path, held, rule):
    path = tmp_path / "things.xls"
    path.write_bytes(held)
    assert refusal(path) == rule


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert refusal(tmp_path / "absent.csv") == "unreadable_file"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (0.1, "0.1"),
        (True, "yes"),
        (date(2023, 4, 1), "2023-04-01"),
        (datetime(2023, 4, 1), "2023-04-01"),
        (datetime(2023, 4, 1, 9, 30), "2023-04-01 09:30:00"),
        (time(9, 30), "09:30:00"),
        (timedelta(hours=30), "30.0"),
        ("00123", "00123"),
    ],
)
def test_cells_become_text(value, text):
    assert cell_text(value) == text


@pytest.mark.parametrize(
    ("end", "rules"),
    [
        ("a3", ["cut_file"]),
        ("LA-", ["cut_file"]),  # no more than the beginning of a key
        ("a3,2,3", []),
        ("Source: the officer", []),  # a note
        ("a3\n", []),
    ],
)
def test_a_text_file_that_ends_within_a_row(tmp_path, end, rules):
    path = tmp_path / "things.csv"
    path.write_text(f"key,one,two\na1,2,3\na2,2,3\n{end}", encoding="utf-8")
    (sheet,) = read_sheets(path)
    assert [problem.rule for problem in sheet.problems] == rules


@pytest.mark.parametrize(
    ("row", "rules"),
    [("a;b;c;d", [("ragged_row", 3)]), ("a;b;c", []), ("a note; and more", []), ("a;b;c;d;e", [])],
)
def test_a_row_that_is_parted_by_another_sign_than_the_others_is_told(tmp_path, row, rules):
    (sheet,) = read_sheets(write(tmp_path, f"one,two,three,four\n1,2,3,4\n{row}\n5,6,7,8\n"))
    assert [(problem.rule, problem.row) for problem in sheet.problems] == rules
