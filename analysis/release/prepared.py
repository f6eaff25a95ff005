"""What a build is given: the release, what is for the analyst alone, and the people whom no file may name.

Nothing here loads disclosure control, so that a build whose release still holds doesn't.
"""

from dataclasses import dataclass
from itertools import chain

from analysis.counting.years import observe_years, read_years, recall_years
from analysis.disclosure.pseudonyms import name_people
from analysis.errors import Problem
from analysis.local import load_local
from analysis.partnership import load_partnership
from analysis.release.release import Release
from analysis.returns.register import get_year_folder
from analysis.settings import get_data_root


@dataclass(frozen=True)
class Prepared:
    """A release, and what is for the analyst alone: `notes` of disclosure control, which name figures but no values,
    the `pseudonyms` of the year's records, a mark of what it was `made_from`, the `faults` for which returns were set
    aside. None of these belongs in a shared one."""

    release: Release
    notes: tuple[str, ...]
    pseudonyms: frozenset[str]
    made_from: str
    faults: tuple[Problem, ...] = ()


def list_people(partnership_id: str, year: str) -> frozenset[str]:
    """Return the pseudonyms of a year's records and the names in its figures, which no file of a shared release may
    say; of returns that passed a build."""
    partnership = load_partnership(partnership_id, get_data_root())
    catalogue, folder = load_local(partnership), get_year_folder(partnership, year, get_data_root())
    kept = recall_years(folder, year, partnership)
    years = read_years(folder, year, partnership, catalogue, kept, {})
    observed = observe_years(years, partnership, catalogue, kept).values()
    return name_people(years[year].records, chain(*observed), catalogue)
