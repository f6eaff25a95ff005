"""Every definition counted at once: records in, observations out, and what could not be counted, by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module

import numpy as np
import pandas as pd

from analysis.counting.definition import DEFINITIONS, Definition, Records
from analysis.counting.rates import POPULATION_TABLE, UNITS, get_population, get_rate
from analysis.counting.rows import NotSuppliedError
from analysis.counting.splits import MONTH
from analysis.dictionary import Dictionary
from analysis.errors import CommandError, DataError, unknown
from analysis.periods import Period
from analysis.returns.aggregate import Observation
from analysis.returns.contracts import contract

THEMES = (
    "front_door",
    "early_help",
    "child_protection",
    "looked_after",
    "looked_after_health",
    "care_leavers",
    "missing",
    "adults",
    "adult_outcomes",
    "adult_services",
    "lado",
    "training",
    "meetings",
    "learning",
    "police",
    "domestic_abuse",
    "health",
    "partnership",
    "arrangements",
    "housing",
    "independent_hospital",
    "youth_justice",
)
NONE_STATED: Mapping[str, str] = {}
for theme in THEMES:
    import_module(f"analysis.counting.{theme}")


@dataclass(frozen=True)
class Missing:
    """An indicator that wasn't counted: the tables or columns that it lacks, as D26.concerns or D18.episodes.need."""

    indicator: str
    measure_type: str
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """Observations of everything that could be counted, and what could not be."""

    observations: list[Observation]
    missing: list[Missing]


def count_all(
    records: Mapping,
    period: Period,
    geography: str,
    agency_of_dataset: Mapping[str, str],
    dictionary: Dictionary,
    *,
    versions: Mapping[str, str] = NONE_STATED,
    detail: bool = True,
) -> Counted:
    """Return the observations of a period and, by name, the indicators that couldn't be counted.

    `records` maps a dataset (D16) to its frame, or to its frames by table, or a table (D26.concerns) to its
    frame; columns as in its contract. A table that is absent is missing; a table without rows is a nil return and
    counts nought. `agency_of_dataset` maps a dataset to whom its figures are credited to, and
    `versions` to the version of its definitions, where its register says one. Without `detail` wholes and
    months alone are counted, a third of the work. Raises CommandError for a period without a start and an end, for an
    unknown dataset or table, and for a dataset without an agency.
    """
    if not (period.start and period.end):
        raise CommandError("records can only be counted over a period with a first and a last day")
    tables = name_tables(records)
    _check_agencies(tables, agency_of_dataset)
    observations, missing = [], []
    for definition in DEFINITIONS.values():
        about = _About(definition, period, geography, agency_of_dataset, dictionary, versions, detail)
        found = _count_one(about, tables)
        observations += found.observations
        missing += found.missing
    return Counted(observations, missing)


def _count_one(about: "_About", tables: Records) -> Counted:
    definition = about.definition
    lacks = tuple(table for table in definition.needs if table not in tables)
    if lacks:
        return Counted([], [Missing(definition.indicator, definition.measure_type, lacks)])
    try:
        tidy = definition.count(tables, about.period, detail=about.detail)
    except NotSuppliedError as gap:
        column = f"{definition.needs[0]}.{gap}"
        return Counted([], [Missing(definition.indicator, definition.measure_type, (column,))])
    return _with_rate(about, tidy, tables) if definition.per else Counted(list(about.observe(tidy)), [])


def _with_rate(about: "_About", tidy: pd.DataFrame, tables: Records) -> Counted:
    """Return the counts and the rate of the whole for its population, or that no population is held."""
    observations = list(about.observe(tidy))
    population = get_population(tables, about.geography, about.definition.per, about.period)
    if not population:
        return Counted(observations, [Missing(about.definition.indicator, "rate", (POPULATION_TABLE,))])
    return Counted([*observations, about.observe_rate(float(tidy["value"].iloc[0]), population)], [])


def name_tables(records: Mapping) -> dict[str, pd.DataFrame]:
    """Return the frames by table (D26.concerns). Raises CommandError for a dataset or table that no contract has."""
    tables = {}
    for name, given in records.items():
        dataset, _, table = name.partition(".")
        for key, frame in (given if isinstance(given, Mapping) else {table: given}).items():
            tables[f"{dataset}.{contract(dataset).table(key).name}"] = frame
    return tables


def _check_agencies(tables: Records, agency_of_dataset: Mapping[str, str]) -> None:
    for table in tables:
        dataset = table.partition(".")[0]
        if dataset not in agency_of_dataset:
            raise CommandError(f"agency_of_dataset: {unknown('dataset', dataset, agency_of_dataset)}")


@dataclass(frozen=True)
class _About:
    """One definition and all that its observations have in common."""

    definition: Definition
    period: Period
    geography: str
    agencies: Mapping[str, str]
    dictionary: Dictionary
    versions: Mapping[str, str]
    detail: bool

    def observe(self, tidy: pd.DataFrame) -> Iterator[Observation]:
        """Return an observation for every row of the tidy frame."""
        decimals = self.definition.decimals
        for row in tidy.itertuples(index=False):
            whole = self.definition.whole_numbers
            sound = whole and not (row.numerator > row.denominator)
            yield self._observation(
                dimension=row.dimension,
                category=row.category,
                value=None if np.isnan(row.value) else round(float(row.value), decimals),
                symbol=_symbol(row.value, row.denominator),
                decimals=decimals,
                measure_type=self.definition.measure_type,
                unit=self.definition.unit,
                numerator=_number(row.numerator) if sound else None,
                denominator=_number(row.denominator) if sound or not whole else None,
                period=self._period(row.dimension, row.category),
            )

    def observe_rate(self, value: float, population: float) -> Observation:
        """Return the rate of the whole for its population."""
        unit, per = UNITS[self.definition.per]
        return self._observation(
            dimension="",
            category="",
            value=get_rate(value, population, per),
            symbol="",
            decimals=1,
            measure_type="rate",
            unit=unit,
            numerator=value,
            denominator=population,
            period=self._period("", ""),
        )

    def _period(self, dimension: str, category: str) -> Period:
        start, end = self.period.start, self.period.end
        if dimension == MONTH:
            month = pd.Period(category, freq="M")
            start, end = max(start, month.start_time.date()), min(end, month.end_time.date())
        if self.definition.at_end:
            return Period(end, end, "snapshot")
        return _flow(start, end) if dimension == MONTH else self.period

    def _observation(self, **known) -> Observation:
        definition = self.definition
        entry = self.dictionary.indicators.get(definition.indicator)
        if entry is None:
            raise DataError(unknown("indicator", definition.indicator, self.dictionary.indicators))
        tables = ", ".join(definition.needs)
        return Observation(
            indicator=definition.indicator,
            qualifier="exact",
            geography=self.geography,
            note="",
            agency=self.agencies[definition.needs[0].partition(".")[0]],
            definition_version=self._version() or entry.definition_version,
            file=f"counted from the records of {tables}",
            row=0,
            **known,
        )

    def _version(self) -> str:
        """Return what the registers say of the definitions behind the figure: one series has one version."""
        datasets = dict.fromkeys(table.partition(".")[0] for table in self.definition.needs)
        return "; ".join(dict.fromkeys(filter(None, (self.versions.get(dataset, "") for dataset in datasets))))


def _flow(start: date, end: date) -> Period:
    month = Period(start, end, "other")
    return Period(start, end, "month") if month.months == 1 else month


def _symbol(value: float, denominator: float) -> str:
    """Return what stands for no value: [z] where there was nothing to take a share of, [x] where nobody said."""
    if not np.isnan(value):
        return ""
    return "[x]" if np.isnan(denominator) else "[z]"


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
