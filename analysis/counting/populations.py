"""How many people of each group live in the area: the bases of rates by sex, ethnic group and locality."""

from collections.abc import Mapping

import pandas as pd

from analysis.counting.rates import AGES, POPULATION_TABLE
from analysis.measures.catalogue import Catalogue
from analysis.measures.periods import Period

ALL = "all"
Populations = dict[str, dict[str, dict[str, float]]]


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
