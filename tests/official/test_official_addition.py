"""A file is known by its columns: what is added, what is refused in one line, what is left alone."""

import pytest

from analysis.errors import CommandError, DataError
from analysis.official import add
from analysis.official.definitions import load_definitions
from analysis.official.releases import recognise

DEFINITIONS = load_definitions()
EES = "time_period,time_identifier,geographic_level,country_code,region_code,old_la_code,new_la_code,la_name"
PLACE = "2024,Reporting year,Local authority,E92000001,E13000002,312,E09000017,Hillingdon"


def file(folder, text, name="some name.csv"):
    path = folder / name
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("columns", "table"),
    [
        ("Section47,ICPC,Duration_0-10_days,Duration_21+_days", "c4"),
        ("CPP_start,CPP_subsequent,CPP_subsequent_percent", "d3"),
        ("CPP_At31,2_years_or_more,2_years_or_more_percent", "d5"),
        ("CPP_End,2_years_or_more,2_years_or_more_percent", "d7"),
        ("referral_count,rereferral_count,rereferral_percent,no_further_action_percent", "c1"),
    ],
)
def test_a_release_is_known_by_its_columns(tmp_path, columns, table):
    assert recognise(file(tmp_path, f"{EES},{columns}\n"), DEFINITIONS).id == table


def test_tables_with_the_same_columns_are_told_apart_by_a_cell(tmp_path):
    header = f"{EES},care_leaver_age,breakdown,care_leaver_count,care_leaver_percent\n{PLACE},19 to 21 years,"
    suitable = file(tmp_path, header + "Accommodation considered suitable,1,1\n")
    assert recognise(suitable, DEFINITIONS).id == "care_leavers_accommodation"
    active = file(tmp_path, header + '"Total in education, employment or training",1,1\n', "b.csv")
    assert recognise(active, DEFINITIONS).id == "care_leavers_activity"


def test_another_ascof_table_is_not_taken_for_4b(tmp_path):
    header = (
        "Local authority code,ONS area code,2024 to 2025 - numerator,2024 to 2025 - denominator,2024 to 2025 - outcome"
    )
    with pytest.raises(CommandError):
        recognise(file(tmp_path, f"{header}\nEngland,E92000001,1000,2000,50\n"), DEFINITIONS)
    assert recognise(file(tmp_path, f"{header}\nEngland,E92000001,130610,143210,91.2\n"), DEFINITIONS).id == "ascof_4b"


@pytest.mark.parametrize("content", [b"name,age\nsomeone,9\n", b"", b"\xff\xfe\x00binary", b"PK\x03\x04 no workbook"])
@pytest.mark.parametrize("name", ["x.csv", "x.xlsx", "x.parquet"])
def test_an_unknown_file_is_refused_in_one_line_that_shows_none_of_it(tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CommandError) as caught:
        add([path], tmp_path / "kept")
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)
    assert "someone" not in str(caught.value)
    assert not (tmp_path / "kept").exists()


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="gone.csv: can't be read"):
        add([tmp_path / "gone.csv"], tmp_path / "kept")


def test_a_folder_is_taken_whole_and_what_is_not_known_is_said(tmp_path):
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    file(downloads, "name,age\n", "a note.csv")
    file(downloads, f"{EES},Referrals,April\n{PLACE},1,1\n", "months.csv")
    file(downloads, f"{EES},CPP_start,CPP_subsequent,CPP_subsequent_percent\n{PLACE},100,20,20\n", "repeat.csv")
    told = {addition.file: str(addition) for addition in add([downloads], tmp_path / "kept")}
    assert "left alone" in told["a note.csv"]
    assert "no comparator uses" in told["months.csv"]
    assert told["repeat.csv"] == "repeat.csv: d3, 1 rows of repeat_child_protection_plans"


def test_nothing_is_kept_where_one_file_cannot_be_read(tmp_path):
    good = file(tmp_path, f"{EES},CPP_start,CPP_subsequent,CPP_subsequent_percent\n{PLACE},100,20,20\n", "good.csv")
    bad = file(tmp_path, f"{EES},CPP_start,CPP_end,CPP_At31\n{PLACE},100,many,20\n", "bad.csv")
    with pytest.raises(DataError, match="bad.csv, CPP_end: unknown symbol 'many'"):
        add([good, bad], tmp_path / "kept")
    assert not (tmp_path / "kept").exists()


def test_a_file_with_a_releases_columns_that_is_none_is_told_in_one_line(tmp_path):
    text = "Short Desc,Years,LA Number,Values\nSection_47,2024,312,1\n"
    with pytest.raises(DataError, match="odd.csv: looks like 'Long table of the interactive tool'"):
        add([file(tmp_path, text, "odd.csv")], tmp_path / "kept")


def test_a_release_without_its_area_columns_is_not_known(tmp_path):
    with pytest.raises(CommandError):
        recognise(file(tmp_path, "time_period,CPP_start,CPP_subsequent,CPP_subsequent_percent\n"), DEFINITIONS)
