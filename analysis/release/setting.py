"""Whose report is made, of which year and kind, and the dictionary as it reads it: read once, known to every step."""

from dataclasses import dataclass
from pathlib import Path

from analysis.disclosure.policy import Policy, policy_from
from analysis.local import load_local
from analysis.measures.catalogue import Catalogue
from analysis.measures.periods import Period
from analysis.partnership import Partnership, load_partnership
from analysis.returns.register import get_year_folder
from analysis.settings import check_release, get_data_root


@dataclass(frozen=True)
class Setting:
    """Whose report, which year, shared or internal, and the dictionary with the partnership's own words."""

    partnership: Partnership
    year: str
    kind: str
    catalogue: Catalogue

    @property
    def is_shared(self) -> bool:
        """Whether it leaves the house, so that it goes through disclosure control."""
        return self.kind == "shared"

    @property
    def policy(self) -> Policy:
        """How it is protected."""
        return policy_from(self.partnership.disclosure)

    @property
    def period(self) -> Period:
        """The period that it reports on."""
        return self.partnership.period_of(self.year)

    @property
    def folder(self) -> Path:
        """The folder of the year's returns; CommandError where there is none."""
        return get_year_folder(self.partnership, self.year, get_data_root())


def set_out(partnership_id: str, year: str, kind: str) -> Setting:
    """Return the setting of a report. Raises CommandError for an unknown partnership or release."""
    check_release(kind)
    partnership = load_partnership(partnership_id, get_data_root())
    return Setting(partnership, year, kind, load_local(partnership))
