"""How many people of each group live in the area: the bases of rates by sex and ethnic group."""

from collections.abc import Mapping

import pandas as pd

from analysis.counting.rates import AGES, POPULATION_TABLE
from analysis.measures.periods import Period

ALL = "all"
Populations = dict[str, dict[str, dict[str, float]]]


def list_populations(tables: Mapping[str, pd.DataFrame], geography: str, period: Period) -> Populations:
    """Return the people of each category, by group (children, adults) and dimension (sex, ethnicity).

    Names are in lower case. The estimate is that of the year which `Period.mid_year` names, as for rates; nothing
    stands for a dimension that the returns don't give.
    """
    if POPULATION_TABLE not in tables:
        return {}
    held = tables[POPULATION_TABLE]
    here = held[(held["area"] == geography) & (held["year"] == period.mid_year) & (held["measure"] == "population")]
    return {group: _by_dimension(here[here["age_band"].str.casefold().isin(ages)]) for group, ages in AGES.items()}


def _by_dimension(rows: pd.DataFrame) -> dict[str, dict[str, float]]:
    names = {column: rows[column].astype("str").str.casefold() for column in ("sex", "ethnicity")}
    found = {}
    for column, other in (("sex", "ethnicity"), ("ethnicity", "sex")):
        alone = (names[column] != ALL) & (names[other] == ALL)
        pairs = zip(names[column][alone], rows["value"][alone], strict=True)
        found[column] = {name: float(value) for name, value in pairs}
    return {column: people for column, people in found.items() if people}
