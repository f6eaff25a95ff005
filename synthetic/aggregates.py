"""Figures that some agencies return as counts besides their records, so that both ways can be reconciled."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from analysis.returns.aggregate_rows import COLUMNS
from synthetic.calendar import year_bounds
from synthetic.draws import stream
from synthetic.settings import load_returns, load_settings

CATEGORIES = {
    "NEG": "neglect",
    "EMO": "emotional abuse",
    "PHY": "physical abuse",
    "SAB": "sexual abuse",
    "MUL": "multiple",
}
Figure = tuple[str, str, str, int, str, str]  # indicator, dimension, category, value, unit, basis
FLOW, STOCK = "financial_year", "snapshot"


def make_aggregate(agency: str, seed: int, start: int, tables: Mapping[str, Any]) -> pd.DataFrame:
    """Return an agency's counts of the year, in the columns of an aggregate return."""
    rows = [_row(figure, start) for figure in FIGURES[agency](tables, seed, start)]
    frame = pd.DataFrame(rows).reindex(columns=list(COLUMNS), fill_value="")
    version = "2023-24" if start >= 2023 or agency != "lado" else "2022-23"
    return _with_difference(frame, agency, start).assign(definition_version=version)


def _row(figure: Figure, start: int) -> dict[str, object]:
    indicator, dimension, category, value, unit, basis = figure
    first, last = (str(day) for day in year_bounds(start))
    return {
        "indicator": indicator,
        "dimension": dimension,
        "category": category,
        "measure_type": "count",
        "value": value,
        "qualifier": "exact",
        "unit": unit,
        "period_start": first if basis == FLOW else last,
        "period_end": last,
        "period_basis": basis,
        "geography": "Exampleshire",
    }


def _with_difference(frame: pd.DataFrame, agency: str, start: int) -> pd.DataFrame:
    """Add the difference planted in an agency's count of one indicator."""
    for planted in load_returns()["difference"]:
        if planted["agency"] == agency and planted["year"].startswith(str(start)):
            frame.loc[frame["indicator"] == planted["indicator"], "value"] += planted["more"]
    return frame


def _in_year(days: pd.Series, start: int) -> pd.Series:
    first, last = (pd.Timestamp(day) for day in year_bounds(start))
    return (days >= first) & (days < last + pd.Timedelta(days=1))


def _children(tables: Mapping[str, Any], seed: int, start: int) -> Iterator[Figure]:
    contacts, need = tables["D16"]["contacts"], tables["D18"]["episodes"]
    placed = tables["D19"]["episodes"]
    plans = need[need["cpp_start"].notna() & need["cpp_end"].isna()]
    yield "contacts", "", "", len(contacts), "contacts", FLOW
    yield "contacts", "channel", "online portal", int((contacts["channel"] == "portal").sum()), "contacts", FLOW
    yield "child_protection_plans", "", "", plans["child_pseudo"].nunique(), "children", STOCK
    for code, name in CATEGORIES.items():
        count = int((plans["cpp_latest_category"] == code).sum())
        yield "child_protection_plans", "category_of_abuse", name, count, "children", STOCK
    here = placed.loc[placed["episode_end"].isna(), "child_pseudo"].nunique()
    yield "children_looked_after", "", "", here, "children", STOCK


def _adults(tables: Mapping[str, Any], seed: int, start: int) -> Iterator[Figure]:
    enquiries = tables["D26"]["enquiries"]
    contacts = stream(seed, f"adult contacts {start}").poisson(load_settings()["adults"]["contacts"])
    begun = _in_year(enquiries["enquiry_start"], start) & (enquiries["s42_type"] == "section_42")
    yield "adult_mash_contacts", "", "", int(contacts), "contacts", FLOW
    yield "safeguarding_concerns", "", "", len(tables["D26"]["concerns"]), "concerns", FLOW
    yield "section42_enquiries", "", "", int(begun.sum()), "enquiries", FLOW


def _police(tables: Mapping[str, Any], seed: int, start: int) -> Iterator[Figure]:
    yield "police_mash_reports", "", "", len(tables["D30"]["reports"]), "reports", FLOW
    yield "marac_cases", "", "", len(tables["D34"]["marac"]), "cases", FLOW


def _lado(tables: Mapping[str, Any], seed: int, start: int) -> Iterator[Figure]:
    contacts = tables["D23"]["contacts"]
    new = contacts[_in_year(contacts["received_on"], start)]
    met = int(new["threshold_met"].sum())
    yield "lado_contacts", "", "", len(new), "contacts", FLOW
    yield "lado_contacts", "threshold", "not met", len(new) - met, "contacts", FLOW
    yield "lado_contacts", "threshold", "met", met, "contacts", FLOW
    yield "lado_setting_concerns", "", "", len(tables["D23"]["settings"]), "concerns", FLOW


FIGURES = {"childrens_services": _children, "adult_services": _adults, "police": _police, "lado": _lado}
