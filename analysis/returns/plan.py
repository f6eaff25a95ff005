"""What a partnership asks of each of its agencies for a year: datasets, and the figures that its sections show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.dictionary import Dictionary
from analysis.partnership import Agency, Partnership
from analysis.returns.contracts import Contract, load_contracts
from analysis.returns.register import ReturnEntry, list_years, load_register


@dataclass(frozen=True)
class Asked:
    """What one agency is asked for: its datasets, and the indicators that it may count with their dimensions."""

    code: str
    name: str
    contracts: tuple[Contract, ...]
    figures: Mapping[str, Sequence[str]]


def plan_year(partnership: Partnership, folder: Path, year: str, dictionary: Dictionary) -> list[Asked]:
    """Return what each agency of a partnership is asked for, in the partnership's order.

    The latest register up to the year says who returns what; an agency that stands in none is asked for what its
    sections owe their readers. `folder` holds the partnership's years.
    """
    years = [name for name in list_years(folder) if name <= year]
    entries = load_register(folder / years[-1], partnership)[0] if years else []
    return [
        Asked(agency.code, agency.name, _contracts(agency, entries, dictionary), _figures(agency, dictionary))
        for agency in partnership.agencies
    ]


def _contracts(agency: Agency, entries: Sequence[ReturnEntry], dictionary: Dictionary) -> tuple[Contract, ...]:
    own = {dataset for entry in entries if entry.agency == agency.name for dataset in entry.datasets}
    wanted = own or _owed(agency, entries, dictionary)
    return tuple(found for name, found in load_contracts().items() if name in wanted and name.startswith("D"))


def _owed(agency: Agency, entries: Sequence[ReturnEntry], dictionary: Dictionary) -> set[str]:
    """Return the datasets that the agency's sections need and that no other agency returns."""
    others = {dataset for entry in entries for dataset in entry.datasets}
    texts = [dictionary.sections[id] for id in agency.sections if id in dictionary.sections]
    return {dataset for text in texts for owed in text.owes for dataset in owed["datasets"]} - others


def _figures(agency: Agency, dictionary: Dictionary) -> dict[str, Sequence[str]]:
    return {
        name: tuple(dimension for dimension in entry.by if dimension)
        for name, entry in dictionary.indicators.items()
        if set(entry.sections) & set(agency.sections)
    }
