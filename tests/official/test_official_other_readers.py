"""The interactive tool, populations, neighbours, adults. Figures are made up unless a source is named."""

import openpyxl
import pandas as pd
import pytest

from analysis.errors import CommandError, DataError
from analysis.methods.proportions import wilson
from analysis.official.definitions import load_definitions
from analysis.official.layouts import Measure, read_dictionary, size_by_margin
from analysis.official.neighbours import read_neighbours
from analysis.official.readers import read_figures

DEFINITIONS = load_definitions()
LAIT = DEFINITIONS.table("lait")
ASCOF_HEADER = (
    "Local authority code,Local authority,ONS area code,2023 to 2024 - numerator,2023 to 2024 - denominator,"
    "2023 to 2024 - outcome,2024 to 2025 - numerator,2024 to 2025 - denominator,2024 to 2025 - outcome"
)


def long_table(folder, *rows):
    columns = ["Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region"]
    path = folder / "long.parquet"
    filled = [(code, "", years, "a name that is not used", value, number, "") for code, years, value, number in rows]
    pd.DataFrame(filled, columns=columns).to_parquet(path)
    return path


def measure(code, year_type):
    return {code: Measure(year_type, "2025-10-01")}


def test_the_tools_long_table_is_joined_on_council_numbers(tmp_path):
    path = long_table(tmp_path, ("Section_47", "2024", "166.5", 312.0), ("Section_47", "2024", "-", 970.0))
    found = read_figures(path, LAIT, DEFINITIONS, measure("Section_47", "Financial Year")).set_index("area_code")
    assert found.loc["E09000017", ["value", "symbol", "release"]].tolist() == [166.5, "", "2025-10-01"]
    assert found.loc["E92000001", "symbol"] == "-"


def test_the_tools_binary_noise_is_not_published_precision(tmp_path):
    path = long_table(tmp_path, ("Section_47", "2024", "90.800000000000011", 312.0))
    assert read_figures(path, LAIT, DEFINITIONS, {})["value"].tolist() == [90.8]


def test_a_measure_of_another_kind_of_year_is_refused(tmp_path):
    path = long_table(tmp_path, ("Section_47", "2024", "1", 312.0))
    with pytest.raises(DataError, match="Academic Year"):
        read_figures(path, LAIT, DEFINITIONS, measure("Section_47", "Academic Year"))


@pytest.mark.parametrize("years", ["2023-24", "2024 (Rev)"])
def test_years_in_another_form_are_refused(tmp_path, years):
    path = long_table(tmp_path, ("Section_47", "2023", "1", 312.0), ("Section_47", years, "1", 970.0))
    with pytest.raises(DataError, match="allowed: one year"):
        read_figures(path, LAIT, DEFINITIONS, {})


def test_an_unknown_council_number_is_refused(tmp_path):
    with pytest.raises(DataError, match="unknown council number '123'"):
        read_figures(long_table(tmp_path, ("Section_47", "2024", "1", 123.0)), LAIT, DEFINITIONS)


def test_the_tools_dictionary_dates_a_measure_by_its_spreadsheet_day(tmp_path):
    path = tmp_path / "dictionary.csv"
    path.write_text("Measure_short,Year_Type,Last Update,Polarity\nA,Annual,45931,Low\nB,Annual,New Data,High\n")
    found = read_dictionary(path)
    assert (found["A"].updated, found["B"].updated) == ("2025-10-01", "")  # day 45931 counted from 30 December 1899


def test_population_sums_single_years_of_age(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "MYE2 - Persons"
    sheet.append(["MYE2: Persons by single year of age, mid-2023"])
    sheet.append(["Code", "Name", "Geography", "All ages", *range(90), "90+"])
    sheet.append(["E09000017", "Hillingdon", "London Borough", 9_300, *[100] * 18, *[100] * 72, 300])
    sheet.append(["W06000001", "Not in England", "Unitary", 91, *[1] * 91])
    path = tmp_path / "estimates.xlsx"
    book.save(path)
    found = read_figures(path, DEFINITIONS.table("mye"), DEFINITIONS).set_index("indicator")
    assert found.loc["population_0_17", ["value", "area_code"]].tolist() == [1_800, "E09000017"]
    assert found.loc["population_18_plus", "value"] == 7_500
    assert set(found["period_end"]) == {"2023-06-30"}


def neighbour_rows(model_columns, council, others):
    return ",".join([*model_columns]) + "\n" + ",".join([council, *others]) + "\n"


def test_neighbours_come_closest_first_by_code(tmp_path):
    path = tmp_path / "n.csv"
    others = ["313", "317", "320", "874", "307", "852", "310", "870", "871", "331"]
    header = ["old_la_code", "la_name", "region_ind", *(f"SN_{n}{p}" for n in range(1, 11) for p in ("", "P"))]
    cells = ["Hillingdon", "3", *(cell for other in others for cell in (other, "Close "))]
    path.write_text(neighbour_rows(header, "312", cells))
    found = read_neighbours(path, "2025")
    assert found["neighbour_code"].tolist()[:2] == ["E09000018", "E09000026"]  # Hounslow, Redbridge
    assert (found["rank"].tolist(), set(found["closeness"])) == (list(range(1, 11)), {"close"})


def test_a_council_without_ten_neighbours_is_refused(tmp_path):
    path = tmp_path / "n.csv"
    path.write_text("old_la_code,region_ind,SN_1,SN_1P\n312,3,313,Close\n")
    with pytest.raises(DataError, match="E09000017 has 1 neighbours"):
        read_neighbours(path, "2025")
    with pytest.raises(CommandError, match="unknown model of statistical neighbours '2019'"):
        read_neighbours(path, "2019")


def test_the_adults_outcome_keeps_symbols_and_leaves_out_groups_without_a_code(tmp_path):
    path = tmp_path / "4b.csv"
    path.write_text(
        f"{ASCOF_HEADER}\nO,Outer London,[z],7570,8240,91.8,7885,8600,91.7\n"
        "728,Hillingdon,E09000017,285,335,84.9,[c],[c],[c]\n109,South Tyneside,E08000023,365,420,87.6,390,330,[z]\n"
    )
    found = read_figures(path, DEFINITIONS.table("ascof_4b"), DEFINITIONS).set_index(["area_code", "period_end"])
    assert len(found) == 4
    assert found.loc[("E09000017", "2024-03-31"), ["value", "numerator", "denominator"]].tolist() == [84.9, 285, 335]
    assert found.loc[("E09000017", "2025-03-31"), "symbol"] == "c"
    assert found.loc[("E08000023", "2025-03-31"), ["symbol", "numerator"]].tolist() == ["z", 390]


def test_a_surveys_base_is_as_large_as_its_margin_of_error_says():
    """70.0 % with 4.2 points either way (Hillingdon, 4A, 2023-24), 71.1 % with 0.4 (England)."""
    sides = size_by_margin(pd.Series([70.0, 71.1, 100.0, 70.0]), pd.Series([4.2, 0.4, 1.0, float("nan")]))
    assert sides["denominator"].tolist() == ["457.0", "49334.0", "x", "x"]
    assert sides["numerator"].tolist() == ["320.0", "35076.0", "x", "x"]
    interval = wilson(320, 457).times(100)
    assert (round(interval.lower, 1), round(interval.upper, 1)) == (65.7, 74.0)


SAC_HEADER = "financial_year,measure,value,published_pct_change,source\n"


def test_national_headlines_name_their_source_in_each_row(tmp_path):
    path = tmp_path / "sac.csv"
    path.write_text(SAC_HEADER + "2023-24,section 42 enquiries,176560,,gov.uk commentary\n")
    (row,) = read_figures(path, DEFINITIONS.table("sac"), DEFINITIONS).to_dict("records")
    assert (row["indicator"], row["area_code"], row["value"]) == ("section42_enquiries", "E92000001", 176_560)
    assert (row["release"], row["period_start"]) == ("gov.uk commentary", "2023-04-01")


def test_a_count_that_is_no_multiple_of_five_is_not_the_published_one(tmp_path):
    path = tmp_path / "sac.csv"  # 161,952 is what a trade page printed for 2021-22
    path.write_text(SAC_HEADER + "2021-22,section 42 enquiries,161952,,a trade page\n")
    with pytest.raises(DataError, match="161952 isn't a multiple of five"):
        read_figures(path, DEFINITIONS.table("sac"), DEFINITIONS)


def test_twelve_months_that_do_not_end_in_march_are_no_financial_year(tmp_path):
    path = tmp_path / "marac.csv"
    path.write_text(
        "from,to,maracs_submitting,cases,cases_per_10000_adult_females,repeat_pct\n"
        "2022-04-01,2023-03-31,286,118140,47,33\n2022-07-01,2023-06-30,273,108775,45,32\n"
    )
    found = read_figures(path, DEFINITIONS.table("marac"), DEFINITIONS)
    cases = found[found["indicator"].eq("marac_cases")].set_index("period_end")
    assert cases["period_basis"].to_dict() == {"2023-03-31": "financial_year", "2023-06-30": "other"}
    assert set(cases["area_code"]) == {"K02000001"}


def test_a_workbook_without_its_title_or_header_is_refused(tmp_path):
    path = tmp_path / "estimates.xlsx"
    for first, header in (("no year", "Code"), ("mid-2023", "Name")):
        book = openpyxl.Workbook()
        book.active.title = "MYE2 - Persons"
        book.active.append([first])
        book.active.append([header, "All ages"])
        book.save(path)
        with pytest.raises(DataError, match="no title with a mid-year, or no header row"):
            read_figures(path, DEFINITIONS.table("mye"), DEFINITIONS)


def test_the_release_of_the_adults_outcome_is_named_by_its_last_year(tmp_path):
    path = tmp_path / "4b.csv"
    path.write_text(f"{ASCOF_HEADER}\n728,Hillingdon,E09000017,285,335,84.9,[c],[c],[c]\n")
    found = read_figures(path, DEFINITIONS.table("ascof_4b"), DEFINITIONS)
    assert set(found["release"]) == {"to 2024-25"}
