"""Every definition counted at once: records in, observations out, and what could not be counted, by name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from math import isnan

import pandas as pd

from analysis.counting.definition import Definition, Records
from analysis.counting.definitions import get_definitions
from analysis.counting.populations import POPULATION_TABLE, get_population, get_rate
from analysis.counting.rows import EARLIER, NotSuppliedError
from analysis.counting.selection import Rows
from analysis.counting.tally import Block, list_rows
from analysis.errors import CommandError, DataError, unknown
from analysis.measures.catalogue import Catalogue
from analysis.measures.completion import MONTH, RATES
from analysis.measures.periods import Period
from analysis.measures.terms import PER_HEAD
from analysis.methods.rounding import round_half_up
from analysis.returns.aggregate import Observation
from analysis.returns.contracts import contract

NOISE = 6  # decimals that a sum of decimals keeps: beyond them stands what the machine adds
NONE_STATED: Mapping[str, str] = {}


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
    catalogue: Catalogue,
    *,
    versions: Mapping[str, str] = NONE_STATED,
    detail: bool = True,
) -> Counted:
    """Return the observations of a period and, by name, the indicators that couldn't be counted.

    `records` maps a dataset (D16) to its frame, or to its frames by table, or a table (D26.concerns) to its
    frame; columns as in its contract. A table that is absent is missing; a table without rows is a nil return and
    counts zero. `agency_of_dataset` maps a dataset to whom its figures are credited to, and
    `versions` to the version of its definitions, where its register says one. Without `detail` wholes and
    months alone are counted, a third of the work. Raises CommandError for a period without a start and an end, for an
    unknown dataset or table, and for a dataset without an agency.
    """
    if not (period.start and period.end):
        raise CommandError("records can only be counted over a period with a first and a last day")
    tables = {name: Rows.of(frame) for name, frame in name_tables(records).items()}
    _check_agencies(tables, agency_of_dataset)
    observations, missing = [], []
    for definition in get_definitions().values():
        about = _About(definition, period, geography, agency_of_dataset, catalogue, versions, detail)
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
        blocks = definition.tally(tables, about.period, detail=about.detail)
    except NotSuppliedError as gap:
        missing = Missing(definition.indicator, definition.measure_type, (f"{definition.needs[0]}.{gap}",))
        return Counted(about.observe(definition.unsaid), [missing])
    return _with_rate(about, blocks, tables) if definition.record.per else Counted(about.observe(blocks), [])


def _with_rate(about: "_About", blocks: Sequence[Block], tables: Records) -> Counted:
    """Return the counts and the rate of the whole for its population, or that no population is held."""
    observations = about.observe(blocks)
    population = get_population(tables, about.geography, about.definition.record.per, about.period)
    if not population:
        return Counted(observations, [Missing(about.definition.indicator, "rate", (POPULATION_TABLE,))])
    return Counted([*observations, about.observe_rate(observations[0].value, population)], [])


def is_counted(table: str) -> bool:
    """Whether any figure comes of a table, itself or as what a statutory return stands in for."""
    own = not table.startswith("D") or table.startswith("D18.")
    return own or any(table in definition.needs for definition in get_definitions().values())


def name_tables(records: Mapping) -> dict[str, pd.DataFrame]:
    """Return the frames by table (D26.concerns). Raises CommandError for a dataset or table that no contract has."""
    tables = {}
    for name, given in records.items():
        dataset, _, table = name.removeprefix(EARLIER).partition(".")
        apart = EARLIER if name.startswith(EARLIER) else ""
        for key, frame in (given if isinstance(given, Mapping) else {table: given}).items():
            tables[f"{apart}{dataset}.{contract(dataset).table(key).name}"] = frame
    return tables


def _check_agencies(tables: Records, agency_of_dataset: Mapping[str, str]) -> None:
    for table in tables:
        dataset = table.removeprefix(EARLIER).partition(".")[0]
        if dataset not in agency_of_dataset:
            raise CommandError(f"agency_of_dataset: {unknown('dataset', dataset, agency_of_dataset)}")


@dataclass(frozen=True)
class _About:
    """One definition and all that its observations have in common."""

    definition: Definition
    period: Period
    geography: str
    agencies: Mapping[str, str]
    catalogue: Catalogue
    versions: Mapping[str, str]
    detail: bool

    def observe(self, blocks: Sequence[Block]) -> list[Observation]:
        """Return an observation for every category of the blocks."""
        return [self._observe(*row) for block in blocks for row in list_rows(block)]

    def _observe(
        self, dimension: str, category: str, value: float, numerator: float, denominator: float
    ) -> Observation:
        whole, decimals = self.definition.whole_numbers, self.definition.decimals
        sound = whole and not numerator > denominator
        return self._observation(
            dimension=dimension,
            category=category,
            value=None if isnan(value) else round_half_up(value, decimals),
            symbol=_symbol(value, denominator),
            decimals=decimals,
            measure_type=self.definition.measure_type,
            unit=self.definition.record.unit,
            numerator=_number(numerator) if sound else None,
            denominator=_number(denominator) if sound or not whole else None,
            period=self._period(dimension, category),
        )

    def observe_rate(self, value: float, population: float) -> Observation:
        """Return the rate of the whole for its population."""
        unit = RATES[self.definition.record.per]
        return self._observation(
            dimension="",
            category="",
            value=get_rate(value, population, PER_HEAD[unit]),
            symbol="",
            decimals=1,
            measure_type="rate",
            unit=unit,
            numerator=value,
            denominator=population,
            period=self._period("", ""),
        )

    def _period(self, dimension: str, category: str) -> Period:
        of_month = category if dimension == MONTH else ""
        return _period_of(self.period, of_month, self.definition.record.stock)

    def _observation(self, **known) -> Observation:
        return Observation(**known, **self._common)

    def _credit(self, dataset: str) -> str:
        record = self.definition.record
        own = f"{dataset}/{record.sections[0]}" if record.own_return else dataset
        return self.agencies.get(own, self.agencies[dataset])

    @cached_property
    def _common(self) -> dict[str, object]:
        """What every observation of the definition says."""
        definition = self.definition
        entry = self.catalogue.measures.get(definition.indicator)
        if entry is None:
            raise DataError(unknown("indicator", definition.indicator, self.catalogue.measures))
        return {
            "indicator": definition.indicator,
            "qualifier": "exact",
            "geography": self.geography,
            "note": "",
            "agency": self._credit(definition.needs[0].partition(".")[0]),
            "definition_version": self._version() or entry.definition_version,
            "file": f"counted from the records of {', '.join(definition.needs)}",
            "row": 0,
            "datasets": tuple(dict.fromkeys(table.partition(".")[0] for table in definition.needs)),
        }

    def _version(self) -> str:
        """Return what the registers say of the definitions behind the figure: one series has one version."""
        datasets = dict.fromkeys(table.partition(".")[0] for table in self.definition.needs)
        return "; ".join(dict.fromkeys(filter(None, (self.versions.get(dataset, "") for dataset in datasets))))


@cache
def _period_of(whole: Period, month: str, is_stock: bool) -> Period:
    """Return the period of a figure: the whole or one month of it, its last day for a stock."""
    start, end = whole.start, whole.end
    if month:
        days = pd.Period(month, freq="M")
        start, end = max(start, days.start_time.date()), min(end, days.end_time.date())
    if is_stock:
        return Period(end, end, "snapshot")
    return _flow(start, end) if month else whole


def _flow(start: date, end: date) -> Period:
    month = Period(start, end, "other")
    return Period(start, end, "month") if month.months == 1 else month


def _symbol(value: float, denominator: float) -> str:
    """Return what stands for no value: [z] where there was nothing to take a share of, [x] where nobody said."""
    if not isnan(value):
        return ""
    return "[x]" if isnan(denominator) else "[z]"


def _number(value: float) -> float | None:
    return None if isnan(value) else round_half_up(value, NOISE)
