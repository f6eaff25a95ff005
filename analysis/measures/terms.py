"""The term register and the units: one word for one population and stage, and how it reads with a number.

Five reports were found to use "contact", "referral", "case" and "report" for different things in one text;
titles and statements take their words from here, so that they can't.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from analysis.errors import DataError, unknown
from analysis.measures.strict import fault, make, read_rows

MEASURE_TYPES = (
    "count", "percent", "rate", "mean", "median", "duration", "amount", "change_absolute", "change_percent", "target",
    "threshold",
)  # fmt: skip
QUALIFIERS = ("exact", "over", "at_least", "about", "nearly", "just_under", "up_to", "under")
PROTECTS = ("people", "none")
PER_HEAD = {"per_1000": 1_000, "per_10000": 10_000, "per_100000": 100_000}  # how many people a unit of rates is per
COUNTED = ("count", "people")  # kinds of units of whole numbers
UNIT_KINDS = (*COUNTED, "percent", "rate", "money", "duration", "score")
TERM_COLUMNS = ("code", "singular", "plural", "population", "stage", "definition", "not_to_be_confused_with")
UNIT_COLUMNS = ("unit", "singular", "plural", "kind")


@dataclass(frozen=True)
class Term:
    """One population at one stage: what is counted, and what it must not be confused with."""

    code: str
    singular: str
    plural: str
    population: str
    stage: str
    definition: str
    not_to_be_confused_with: str = ""


@dataclass(frozen=True)
class Unit:
    """A unit of observations and its words: 1 child, 2 children; 250 a week."""

    unit: str
    singular: str
    plural: str
    kind: str


@dataclass(frozen=True)
class Vocabulary:
    """Every term and unit, by code."""

    terms: Mapping[str, Term]
    units: Mapping[str, Unit]

    @cached_property
    def singulars(self) -> Mapping[str, str]:
        """The singular of each plural word of the terms and units."""
        return list_singulars((*self.units.values(), *self.terms.values()))


def list_singulars(entries: Iterable[Term | Unit]) -> dict[str, str]:
    """Return the singular of each plural word: the first in which the two forms of a term or a unit differ."""
    singulars: dict[str, str] = {}
    for entry in entries:
        pairs = zip(entry.plural.split(), entry.singular.split(), strict=False)
        plural, singular = next((pair for pair in pairs if pair[0] not in (pair[1], "and")), ("", ""))
        singulars.setdefault(plural, singular)
    return singulars


def load_vocabulary(folder: Path) -> Vocabulary:
    """Return the vocabulary of a dictionary folder. Raises DataError for a repeated code or an unknown kind."""
    terms = _by_name(folder / "terms.csv", Term, TERM_COLUMNS)
    units = _by_name(folder / "units.csv", Unit, UNIT_COLUMNS)
    for unit in units.values():
        if unit.kind not in UNIT_KINDS:
            raise DataError(fault(folder / "units.csv", f"{unit.unit}: {unknown('kind', unit.kind, UNIT_KINDS)}"))
    return Vocabulary(terms, units)


def _by_name(path: Path, kind: type, columns: tuple[str, ...]) -> dict[str, Term | Unit]:
    found: dict[str, Term | Unit] = {}
    for row in read_rows(path, columns):
        name = row[columns[0]]
        if name in found:
            raise DataError(fault(path, f"{columns[0]} {name!r} stands twice"))
        found[name] = make(kind, row, path, name)
    return found
