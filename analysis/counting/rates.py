"""Counts per head of population: per 10,000 children aged 0 to 17, per 100,000 adults aged 18 and over.

The base is the mid-year estimate that `Period.mid_year` names. The adults' rate is that of the Safeguarding Adults
Collection.
"""

from collections.abc import Mapping

import pandas as pd

from analysis.measures.periods import Period
from analysis.methods.rounding import round_half_up

POPULATION_TABLE = "D45.populations"
AGES = {"children": ("0-17", "0 to 17", "under 18"), "adults": ("18+", "18 and over", "18 plus")}


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
