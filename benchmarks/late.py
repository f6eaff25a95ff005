"""A late record: the synthetic year made again after one came, attacked with the version before it.

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

PARTNERSHIP, YEAR = "exampleshire", "2023-24"
RETURNS = ("adult_services_D26_concerns.csv", "lado_D23_contacts.csv", "childrens_services_D18.csv")


def main() -> None:
    """Print for each late record how many figures changed, were hidden for it, and what an attacker finds."""
    with tempfile.TemporaryDirectory() as place:
        shutil.copytree(get_data_root() / PARTNERSHIP, Path(place) / "data" / PARTNERSHIP)
        os.environ |= {"SAFEGUARDING_DATA": f"{place}/data", "SAFEGUARDING_OUTPUT": f"{place}/outputs"}
        before, found = make(Path(place))
        print(f"{YEAR}: {before.disclosure.hidden} hidden, {len(found)} found by the attacker")
        for name in RETURNS:
            add_record(Path(place) / "data" / PARTNERSHIP / YEAR / "returns" / name)
            now, found = make(Path(place))
            then = {s.statistic_id: s.display for s in before.printed}
            changed = sum(then.get(s.statistic_id) != s.display for s in now.printed)
            revised = now.disclosure.reasons.get("revised", 0)
            print(
                f"one more in {name}: {changed} read otherwise, {now.disclosure.hidden} hidden ({revised} revised),",
                end=" ",
            )
            print(f"{now.disclosure.kept}% kept, {len(found)} found by the attacker", *found, sep="\n  ")
            before = now


def make(place: Path) -> tuple[Release, list[str]]:
    """Return the release as it is now, noted in the ledger, and what an attacker finds of it."""
    release = prepare(PARTNERSHIP, YEAR, "shared").release
    folder = place / "files"
    folder.mkdir(exist_ok=True)
    write_statistics(release.statistics, folder)
    policy = policy_from(load_partnership(PARTNERSHIP, get_data_root()).disclosure)
    found = tell_openings(find_openings(folder, release, policy))
    write_entry(place / "outputs" / PARTNERSHIP, YEAR, BUILT, release.printed)
    return release, found


def add_record(path: Path) -> None:
    """Add a copy of a return's last record to it, with another id in its first column."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow([f"{rows[-1][0]}9", *rows[-1][1:]])


if __name__ == "__main__":
    main()
