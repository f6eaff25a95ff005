"""Which official statistic stands beside which indicator: data/dictionary/comparators.toml, read strictly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.errors import CommandError, DataError, unknown
from analysis.measures.strict import fault, make, read_toml
from analysis.measures.terms import PER_HEAD
from analysis.settings import get_dictionary_root

KINDS = ("ees", "lait", "lait_dictionary", "mye", "neighbours", "ascof", "sac", "marac")
BASES = ("financial_year", "snapshot")
COUNTS = ("per_10000", "percent", "score")


@dataclass(frozen=True)
class Source:
    """Who publishes, under what licence, and when the figures of a year usually appear.

    `section` is where figures stand whose indicator the dictionary gives no section that a report has.
    """

    id: str
    title: str
    publisher: str
    published: str
    section: str
    licence: str = "Open Government Licence v3.0"
    years_later: int = 0


@dataclass(frozen=True)
class Table:
    """How a file is recognised: the columns (and values) it must have once later names are put back."""

    id: str
    source: str
    title: str
    requires: tuple[str, ...]
    kind: str = "ees"
    renamed: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    holds: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Origin:
    """Where in a table a comparator's value is: its column (LAIT, SAC: its measure), and those of its base.

    `where` picks the rows; `of` changes those conditions to find the row that holds the denominator;
    `parts` are bands whose sum is the value, `beyond` the other bands of the whole in the column `value`;
    `years` is added to the release's year. With `share`, the value is what the numerator is of the denominator, in
    percent, since the release prints only the two.
    """

    table: str
    value: str
    numerator: str = ""
    denominator: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    of: Mapping[str, str] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    years: int = 0
    share: bool = False


@dataclass(frozen=True)
class Comparator:
    """A published figure: what it counts, how that differs from ours, and the places that give it.

    A share or a rate has one decimal and any other figure none, unless `decimals` says otherwise.

    `people` is whom a rate is per ten thousand of; `polarity` which way is better, where the catalogue has no measure
    of that name. A rate is `rate_of` a count, by default that whose name is its own without "_rate". `repeats`: one
    child may be counted more than once in the numerator. `funnel`: shown among all English councils. `base_only`: kept
    as the base of another figure, not to be shown by itself. `differs` is why a return's figure may differ, `fewer` and
    `more` why it may be the smaller or the larger.
    """

    id: str
    definition: str
    origins: tuple[Origin, ...]
    unit: str = "percent"
    basis: str = "financial_year"
    title: str = ""
    serves: tuple[str, ...] = ()
    decimals: int = 0
    people: str = "children"
    polarity: str = "none"
    day: str = "03-31"
    differs: str = ""
    fewer: str = ""
    more: str = ""
    denominator: str = ""
    base: Mapping[str, str] = field(default_factory=dict)
    rate_of: str = ""
    repeats: bool = False
    funnel: bool = False
    base_only: bool = False

    @property
    def counts(self) -> str:
        """The comparator that a rate is of; its own name for any other."""
        return self.rate_of or self.id.removesuffix("_rate")

    @property
    def ranked(self) -> bool:
        """Whether councils can be put in order by it: a count only tells how large a council is."""
        return self.unit in COUNTS


@dataclass(frozen=True)
class Definitions:
    """All of the file: sources, tables, comparators, symbols, and indicators without a comparator."""

    sources: Mapping[str, Source]
    tables: Mapping[str, Table]
    comparators: Mapping[str, Comparator]
    symbols: Mapping[str, str]
    without: Mapping[str, str]

    def comparator(self, indicator: str) -> Comparator | None:
        """Return the comparator that stands beside an indicator of the dictionary, or None."""
        serving = {name: one for one in self.comparators.values() for name in one.serves or (one.id,)}
        return serving.get(indicator)

    def origins_of(self, table: str) -> list[tuple[Comparator, Origin]]:
        """Return the comparators that a table feeds, each with its place in it."""
        pairs = ((comparator, origin) for comparator in self.comparators.values() for origin in comparator.origins)
        return [(comparator, origin) for comparator, origin in pairs if origin.table == table]

    def table(self, name: str) -> Table:
        """Return a table's definition. Raises CommandError for a name that isn't known."""
        if name not in self.tables:
            raise CommandError(unknown("table of official statistics", name, self.tables))
        return self.tables[name]


@lru_cache(maxsize=8)
def load_definitions(path: Path | None = None) -> Definitions:
    """Return the definitions. Raises DataError for a key, table, source, kind or basis that isn't known."""
    path = path or get_dictionary_root() / "comparators.toml"
    content = read_toml(path)
    definitions = Definitions(
        sources=_made(Source, content, "sources", path),
        tables=_made(Table, content, "tables", path),
        comparators={key: _comparator(key, dict(table), path) for key, table in content["comparators"].items()},
        symbols=content["symbols"],
        without=content["without"],
    )
    for message in _faults(definitions):
        raise DataError(fault(path, message))
    return definitions


def _made(kind: type, content: Mapping[str, Any], name: str, path: Path) -> dict[str, Any]:
    return {key: make(kind, table, path, f"{name}.{key}", id=key) for key, table in content[name].items()}


def _comparator(key: str, table: dict[str, Any], path: Path) -> Comparator:
    place = f"comparators.{key}"
    origins = tuple(make(Origin, dict(origin), path, f"{place}.from") for origin in table.pop("from", ()))
    known = {"decimals": 1 if table.get("unit", "percent") in ("percent", *PER_HEAD) else 0}
    return make(Comparator, known | table, path, place, id=key, origins=origins)


def _faults(definitions: Definitions) -> list[str]:
    """Return what the definitions refer to that isn't there."""
    tables, comparators = definitions.tables.values(), definitions.comparators.values()
    origins = [origin for comparator in comparators for origin in comparator.origins]
    bases = [name for comparator in comparators for name in comparator.base.values()]
    checks = [
        *(("source", table.source, definitions.sources) for table in tables),
        *(("kind of table", table.kind, KINDS) for table in tables),
        *(("period basis", comparator.basis, BASES) for comparator in comparators),
        *(("table", origin.table, definitions.tables) for origin in origins),
        *(("comparator", name, definitions.comparators) for name in bases),
    ]
    nowhere = [f"comparators.{comparator.id}: from is empty" for comparator in comparators if not comparator.origins]
    return nowhere + [unknown(kind, name, allowed) for kind, name, allowed in checks if name not in allowed]
