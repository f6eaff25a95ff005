"""Late records: two synthetic years made again after one came for either, attacked with all versions before.

    python -m benchmarks late

Each late record is a copy of the last of its return, under an id of its own.
"""

import csv
import os
import shutil
import tempfile
from pathlib import Path
from time import process_time
from typing import NamedTuple

from analysis.disclosure import apply
from analysis.disclosure.ledger import BUILT, write_entry
from analysis.disclosure.policy import policy_from
from analysis.partnership import load_partnership
from analysis.release import stages
from analysis.release.release import Release
from analysis.runs.attacks import find_openings, tell_openings
from analysis.runs.files import write_statistics
from analysis.settings import get_data_root, get_output_root

PARTNERSHIP, YEARS = "exampleshire", ("2022-23", "2023-24")
LATE = (
    ("2022-23", "adult_services_D26_concerns.csv"),
    ("2023-24", "adult_services_D26_concerns.csv"),
    ("2022-23", "lado_D23_contacts.csv"),
    ("2023-24", "childrens_services_D18.csv"),
)


class Made(NamedTuple):
    """A year's release as it is now, what an attacker finds of it, and the seconds of a processor that the gate and the
    attack took."""

    release: Release
    found: list[str]
    gate: float
    attack: float


def main() -> None:
    """Print for each late record how many figures changed, were hidden for it, and what an attacker finds."""
    with tempfile.TemporaryDirectory() as place:
        use(Path(place), PARTNERSHIP)
        before = {year: make(PARTNERSHIP, year).release for year in YEARS}
        for year, name in LATE:
            add_record(Path(place) / "data" / PARTNERSHIP / year / "returns" / name)
            for again in YEARS:
                made = make(PARTNERSHIP, again)
                print(f"one more in {name} of {year}, {again} again: {tell(before[again], made.release)},", end=" ")
                print(f"gate {made.gate:.0f} s, attack {made.attack:.0f} s, {len(made.found)} found by the attacker")
                print(*made.found, sep="\n", end="\n" if made.found else "", flush=True)
                before[again] = made.release


def use(place: Path, *partnerships: str) -> None:
    """Have a folder hold a copy of the data, and all that is made."""
    for name in partnerships:
        shutil.copytree(get_data_root() / name, place / "data" / name)
    os.environ |= {"SAFEGUARDING_DATA": f"{place}/data", "SAFEGUARDING_OUTPUT": f"{place}/outputs"}


def tell(before: Release, now: Release) -> str:
    """Return how many figures read otherwise than before, how many are hidden, and what share is kept."""
    then = {s.statistic_id: s.display for s in before.printed}
    changed = sum(then.get(s.statistic_id) != s.display for s in now.printed)
    done = now.disclosure
    revised = done.reasons.get("revised", 0)
    return f"{changed} read otherwise, {done.hidden} hidden ({revised} revised), {done.kept}% kept"


def make(partnership: str, year: str) -> Made:
    """Make a year's release, attack it beside all before, and note it in the ledger."""
    spent = []

    def gate(*told, **known):
        begun = process_time()
        gated = apply.gate(*told, **known)
        spent.append(process_time() - begun)
        return gated

    stages.gate = gate
    release = stages.prepare(partnership, year, "shared").release
    with tempfile.TemporaryDirectory() as folder:
        write_statistics(release.statistics, Path(folder))
        policy, begun = policy_from(load_partnership(partnership, get_data_root()).disclosure), process_time()
        found = tell_openings(find_openings(Path(folder), release, policy))
    write_entry(get_output_root() / partnership, year, BUILT, release.printed)
    return Made(release, found, spent[0], process_time() - begun)


def add_record(path: Path) -> None:
    """Add a copy of a return's last record to it, with another id in its first column."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow([f"{rows[-1][0]}9", *rows[-1][1:]])


if __name__ == "__main__":
    main()
