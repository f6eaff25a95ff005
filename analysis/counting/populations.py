"""How many people live in the area, and rates per head: per 10,000 children aged 0 to 17, per 100,000 adults.

The base is the mid-year estimate that `Period.mid_year` names, of all or of each sex, ethnic group and locality. The
adults' rate is that of the Safeguarding Adults Collection.
"""

from collections.abc import Mapping

import pandas as pd

from analysis.measures.catalogue import Catalogue
from analysis.measures.periods import Period
from analysis.methods.rounding import round_half_up

POPULATION_TABLE = "D45.populations"
AGES = {"children": ("0-17", "0 to 17", "under 18"), "adults": ("18+", "18 and over", "18 plus")}
ALL = "all"
Populations = dict[str, dict[str, dict[str, float]]]


def get_population(tables: Mapping[str, pd.DataFrame], geography: str, group: str, period: Period) -> float:
    """Return the mid-year population of a group; zero where none is held for the area and year."""
    if POPULATION_TABLE not in tables:
        return 0.0
    held = tables[POPULATION_TABLE]
    of_all = (held["sex"] == "all") & (held["ethnicity"].str.casefold() == "all") & (held["measure"] == "population")
    of_area = (held["area"] == geography) & (held["year"] == period.mid_year)
    of_age = held["age_band"].str.casefold().isin(AGES[group])
    return float(held[of_all & of_area & of_age]["value"].max()) if (of_all & of_area & of_age).any() else 0.0


def get_rate(value: float, population: float, per: int) -> float:
    """Return the number per head, to one decimal."""
    return round_half_up(per * value / population, 1)


def list_populations(
    tables: Mapping[str, pd.DataFrame], geography: str, period: Period, catalogue: Catalogue
) -> Populations:
    """Return the people of each category of the catalogue, by group (children, adults) and dimension (sex,
    ethnicity, locality).

    Names are in lower case. The estimate is that of the year which `Period.mid_year` names, as for rates; nothing
    stands for a dimension that the returns don't give.
    """
    if POPULATION_TABLE not in tables:
        return {}
    held = tables[POPULATION_TABLE]
    people = held[(held["year"] == period.mid_year) & (held["measure"] == "population")]
    bands = {group: people[people["age_band"].str.casefold().isin(ages)] for group, ages in AGES.items()}
    known = {column: _list_categories(column, catalogue) for column in ("sex", "ethnicity")}
    here = {group: _by_dimension(rows[rows["area"] == geography], known) for group, rows in bands.items()}
    return {group: found | _by_area(bands[group], geography) for group, found in here.items()}


def _by_area(rows: pd.DataFrame, geography: str) -> dict[str, dict[str, float]]:
    """Return the people of each part of the area."""
    whole = (rows["sex"].str.casefold() == ALL) & (rows["ethnicity"].str.casefold() == ALL)
    parts = rows[whole & (rows["area"] != geography)]
    found = {area.casefold(): float(value) for area, value in zip(parts["area"], parts["value"], strict=True)}
    return {"locality": found} if found else {}


def _list_categories(dimension: str, catalogue: Catalogue) -> set[str]:
    splits = (measure.by[dimension] for measure in catalogue.measures.values() if dimension in measure.by)
    return {category.casefold() for split in splits for category in split.categories}


def _by_dimension(rows: pd.DataFrame, known: Mapping[str, set[str]]) -> dict[str, dict[str, float]]:
    names = {column: rows[column].astype("str").str.casefold() for column in ("sex", "ethnicity")}
    found = {}
    for column, other in (("sex", "ethnicity"), ("ethnicity", "sex")):
        alone = (names[column] != ALL) & (names[other] == ALL)
        pairs = zip(names[column][alone], rows["value"][alone], strict=True)
        found[column] = {name: float(value) for name, value in pairs if name in known[column]}
    return {column: people for column, people in found.items() if people}
