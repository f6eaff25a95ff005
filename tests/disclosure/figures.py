"""Figures of the measures that ship, for the tests of what ties them: made up, about nobody."""

from calendar import monthrange
from dataclasses import replace
from datetime import date

from analysis.figures.build import make_statistics
from analysis.measures.periods import Period
from analysis.partnership import Section
from tests.examples import HERE, seen


def made(catalogue, *observations):
    """Return the statistics of a report that has every section."""
    sections = tuple(Section(name, str(n), name, "A") for n, name in enumerate(catalogue.sections))
    return make_statistics(observations, catalogue, replace(HERE, sections=sections), "2023-24")


def figure(name, value, by="", **more):
    """Return a count of a year, of a category of it or of one of its months."""
    dimension, _, category = by.partition("/")
    plain = {"indicator": name, "dimension": dimension, "category": category, "value": value, "unit": "people"}
    if dimension == "month":
        year, month = map(int, category.split("-"))
        plain["period"] = Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")
    return seen(**{**plain, **more})


def share(name, part, base, by="", **more):
    """Return the share that so many are of a base."""
    sides = {"measure_type": "percent", "unit": "percent", "numerator": float(part), "denominator": float(base)}
    return figure(name, round(100 * part / base, 1), by, **{**sides, "decimals": 1, **more})
