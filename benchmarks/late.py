"""Late records: two synthetic years made again after one came for either, attacked with all versions before.

    python -m benchmarks late

Each late record is a copy of the last of its return, under an id of its own.
"""

import csv
import os
import shutil
import tempfile
from pathlib import Path

from analysis.disclosure.ledger import BUILT, write_entry
from analysis.disclosure.policy import policy_from
from analysis.partnership import load_partnership
from analysis.release.release import Release
from analysis.release.stages import prepare
from analysis.runs.attacks import find_openings, tell_openings
from analysis.runs.files import write_statistics
from analysis.settings import get_data_root

PARTNERSHIP, YEARS = "exampleshire", ("2022-23", "2023-24")
LATE = (
    ("2022-23", "adult_services_D26_concerns.csv"),
    ("2023-24", "adult_services_D26_concerns.csv"),
    ("2022-23", "lado_D23_contacts.csv"),
    ("2023-24", "childrens_services_D18.csv"),
)


def main() -> None:
    """Print for each late record how many figures changed, were hidden for it, and what an attacker finds."""
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(get_data_root() / PARTNERSHIP, Path(place) / "data" / PARTNERSHIP)
        os.environ |= {"SAFEGUARDING_DATA": f"{place}/data", "SAFEGUARDING_OUTPUT": f"{place}/outputs"}
        before = {year: make(Path(place), year)[0] for year in YEARS}
        for year, name in LATE:
            add_record(Path(place) / "data" / PARTNERSHIP / year / "returns" / name)
            for again in YEARS:
                now, found = make(Path(place), again)
                print(f"one more in {name} of {year}, {again} again: {tell(before[again], now)},", end=" ")
                print(f"{len(found)} found by the attacker", *found, sep="\n  ", flush=True)
                before[again] = now


def tell(before: Release, now: Release) -> str:
    """Return how many figures read otherwise than before, how many are hidden, and what share is kept."""
    then = {s.statistic_id: s.display for s in before.printed}
    changed = sum(then.get(s.statistic_id) != s.display for s in now.printed)
    done = now.disclosure
    revised = done.reasons.get("revised", 0)
    return f"{changed} read otherwise, {done.hidden} hidden ({revised} revised), {done.kept}% kept"


def make(place: Path, year: str) -> tuple[Release, list[str]]:
    """Return a year's release as it is now, noted in the ledger, and what an attacker finds of it."""
    release = prepare(PARTNERSHIP, year, "shared").release
    folder = place / "files"
    folder.mkdir(exist_ok=True)
    write_statistics(release.statistics, folder)
    policy = policy_from(load_partnership(PARTNERSHIP, get_data_root()).disclosure)
    found = tell_openings(find_openings(folder, release, policy))
    write_entry(place / "outputs" / PARTNERSHIP, year, BUILT, release.printed)
    return release, found


def add_record(path: Path) -> None:
    """Add a copy of a return's last record to it, with another id in its first column."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow([f"{rows[-1][0]}9", *rows[-1][1:]])


if __name__ == "__main__":
    main()
