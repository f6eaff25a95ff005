"""What a partnership asks of each of its agencies for a year: datasets, and the figures that its sections show."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analysis.measures.catalogue import Catalogue
from analysis.measures.measure import Measure
from analysis.partnership import Agency, Partnership
from analysis.returns.aggregate import Observation
from analysis.returns.contracts import Contract, load_contracts
from analysis.returns.files import read_returns
from analysis.returns.register import ReturnEntry, list_years, load_register
from analysis.returns.template_counts import Cell, read_values

EVERY = "every_agency"  # the code that stands for all who feed a section that needs a dataset
OWN = ("D00", "D01", "D54")  # kept by the partnership itself, so that nobody returns them


@dataclass(frozen=True)
class Asked:
    """What one agency is asked for: its datasets, and the measures that it may count, with its own figures of the year
    before, as they were given."""

    code: str
    name: str
    contracts: tuple[Contract, ...]
    figures: Mapping[str, Measure]
    last: Mapping[Cell, str] = field(default_factory=dict)


def plan_year(
    partnership: Partnership, folder: Path, year: str, catalogue: Catalogue, *, general: Collection[str] = ()
) -> list[Asked]:
    """Return what each agency of a partnership is asked for, in the partnership's order.

    The latest register up to the year says who returns what; an agency that stands in none is asked for what it is
    to send (`name_senders`) and no other returns. A figure that another agency sent the year before is that one's; one
    that isn't among the `general` measures, a local service's, is asked of who sent it. `folder` holds the years.
    """
    years = [name for name in list_years(folder) if name <= year]
    names = {
        agency.name for agency in partnership.agencies
    }  # one that was renamed, or is gone, keeps nothing from others
    entries = [
        one for one in (load_register(folder / years[-1], partnership)[0] if years else ()) if one.agency in names
    ]
    before = [one for one in _read_before(partnership, folder, year, catalogue) if one.agency in names]
    return [
        Asked(
            agency.code,
            agency.name,
            _contracts(agency, entries, partnership, catalogue),
            _figures(agency, catalogue, before, general),
            read_values([one for one in before if one.agency == agency.name]),
        )
        for agency in partnership.agencies
    ]


def _read_before(partnership: Partnership, folder: Path, year: str, catalogue: Catalogue) -> list[Observation]:
    """Return the figures that came counted for the latest year before; what can't be read there is left out."""
    names = [name for name in list_years(folder) if name < year]
    entries = load_register(folder / names[-1], partnership)[0] if names else []
    there = [entry for entry in entries if entry.file and (folder / names[-1] / "returns" / entry.file).is_file()]
    read = read_returns(folder / names[-1], there, catalogue, with_records=False) if there else {}
    return [one for found in read.values() for one in found.observations]


def list_needed(partnership: Partnership, catalogue: Catalogue) -> dict[str, set[str]]:
    """Return the datasets that the partnership's sections owe their readers, in order, with the sections' ids."""
    needed: dict[str, set[str]] = {}
    for section, _, datasets in list_owed(partnership, catalogue):
        for dataset in datasets:
            needed.setdefault(dataset, set()).add(section)
    return {dataset: needed[dataset] for dataset in sorted(needed) if dataset not in OWN}


def find_sections(dataset: str, catalogue: Catalogue) -> set[str]:
    """Return the sections that need a dataset, whichever of them a partnership has; none of one that nobody owes."""
    owes = ((id, owed) for id, text in catalogue.sections.items() for owed in text.owes)
    return {id for id, owed in owes if dataset in owed["datasets"]}


def list_owed(partnership: Partnership, catalogue: Catalogue) -> Iterator[tuple[str, str, Sequence[str]]]:
    """Give each subject that a section owes: the section's id, what it is, the datasets that it needs."""
    for section in partnership.sections:
        text = catalogue.sections.get(section.id)
        for owed in text.owes if text else ():
            yield section.id, owed["what"], owed["datasets"]


def name_senders(dataset: str, partnership: Partnership, catalogue: Catalogue) -> list[str]:
    """Return which agencies of a partnership are to send a dataset, whatever a register says: those whose code its
    contract names, or all of the sections that need it; without any, the one that the first such section names."""
    sections = [one for one in partnership.sections if one.id in find_sections(dataset, catalogue)]
    roles, ids = load_contracts()[dataset].agencies, {one.id for one in sections}
    found = [a.name for a in partnership.agencies if a.code in roles or EVERY in roles and ids & {*a.sections}]
    return found or [one.agency for one in sections[:1]]


def _contracts(
    agency: Agency, entries: Sequence[ReturnEntry], partnership: Partnership, catalogue: Catalogue
) -> tuple[Contract, ...]:
    wanted = {dataset for entry in entries if entry.agency == agency.name for dataset in entry.datasets}
    if not wanted:
        needed = list_needed(partnership, catalogue).keys() - {one for entry in entries for one in entry.datasets}
        wanted = {one for one in needed if agency.name in name_senders(one, partnership, catalogue)}
    return tuple(found for name, found in load_contracts().items() if name in wanted and name.startswith("D"))


def _figures(
    agency: Agency, catalogue: Catalogue, before: Sequence[Observation], general: Collection[str]
) -> dict[str, Measure]:
    """Return the general measures of the agency's sections, without those that others sent the year before, and those
    that it sent."""
    sent = {one.indicator for one in before if one.agency == agency.name}
    asked = {*general} - {one.indicator for one in before}
    return {
        name: measure
        for name, measure in catalogue.measures.items()
        if measure.shown and (name in sent or name in asked and {*measure.sections} & {*agency.sections})
    }
