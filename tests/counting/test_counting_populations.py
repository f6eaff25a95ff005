"""People by sex and ethnic group, as the bases of rates: of this area, this year, one dimension at a time."""

from datetime import date

import pandas as pd

from analysis.counting.populations import list_populations
from analysis.measures.periods import Period, parse_year

COLUMNS = ["area", "age_band", "sex", "ethnicity", "year", "measure", "value"]
ROWS = [
    ("Here", "0-17", "all", "all", 2023, "population", 100.0),  # everybody: no group
    ("Here", "0-17", "male", "all", 2023, "population", 51.0),
    ("Here", "0-17", "female", "all", 2023, "population", 49.0),
    ("Here", "0-17", "all", "White", 2023, "population", 60.0),
    ("Here", "0-17", "male", "White", 2023, "population", 31.0),  # both at once: no group of one dimension
    ("Here", "0-17", "all", "Black", 2022, "population", 9.0),  # another year
    ("There", "0-17", "all", "Black", 2023, "population", 8.0),  # another area
    ("Here", "0-17", "all", "Black", 2023, "workforce", 7.0),  # another measure
    ("Here", "18+", "all", "White", 2023, "population", 600.0),
    ("Here", "0-4", "all", "White", 2023, "population", 20.0),  # another age band
]
TABLES = {"D45.populations": pd.DataFrame(ROWS, columns=COLUMNS)}


def test_each_group_of_the_area_and_the_summer_before_the_years_end(shipped_catalogue):
    assert list_populations(TABLES, "Here", parse_year("2023-24"), shipped_catalogue) == {
        "children": {"sex": {"male": 51.0, "female": 49.0}, "ethnicity": {"white": 60.0}},
        "adults": {"ethnicity": {"white": 600.0}},
    }


def test_without_the_table_or_for_another_year_there_are_none(shipped_catalogue):
    assert list_populations({}, "Here", parse_year("2023-24"), shipped_catalogue) == {}
    later = Period(date(2030, 3, 31), date(2030, 3, 31), "snapshot")
    assert list_populations(TABLES, "Here", later, shipped_catalogue) == {"children": {}, "adults": {}}


def test_a_calendar_year_has_its_own_mid_year(shipped_catalogue):
    calendar = Period(date(2022, 1, 1), date(2022, 12, 31), "calendar_year")
    assert list_populations(TABLES, "Here", calendar, shipped_catalogue)["children"] == {"ethnicity": {"black": 9.0}}
