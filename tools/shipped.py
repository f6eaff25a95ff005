"""Refresh the published figures that ship with the project: the shipped councils, their neighbours, region, England,
and all councils for the comparators that are drawn as funnels.

python -m tools.shipped FOLDER_OF_DOWNLOADED_RELEASES
"""

import sys
from pathlib import Path

from analysis.errors import CommandError
from analysis.official.addition import add
from analysis.official.areas import ENGLAND, UNITED_KINGDOM, read_areas
from analysis.official.definitions import load_definitions
from analysis.official.store import open_store
from analysis.settings import REPOSITORY

COUNCILS = ("E09000017",)
SINCE = "2018-06-30"  # so that the population under the rates of 2018-19 is there
FUNNELS_SINCE = "2023-06-30"  # all councils' figures are kept for the newest years alone
FOLDER = REPOSITORY / "data" / "published"


def select_areas(council: str, folder: Path) -> set[str]:
    """Return a council's code and those of its neighbours in every model, its region and the nations."""
    near = [codes for (_, code), codes in open_store(folder).neighbours.items() if code == council]
    area = read_areas().get(council)
    around = {area.region_code, area.sub_region_code, ENGLAND, UNITED_KINGDOM} - {""}
    return {council, *around, *(code for codes in near for code in codes)}


def select_funnels() -> set[str]:
    """Return the comparators that are shown among all English councils, with the counts and bases under them."""
    comparators = load_definitions().comparators.values()
    return {name for one in comparators if one.funnel for name in (one.id, *one.base.values())}


def main(arguments: list[str]) -> int:
    """Read the folder named and keep the selection; print what became of each file. Returns the exit status."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("give the folder of downloaded releases")
        return 2
    source = Path(arguments[0])
    try:
        add(sorted(source.rglob("*neighbours*.csv")) + sorted(source.rglob("sn_model*.csv")), FOLDER, areas=COUNCILS)
        chosen = set().union(*(select_areas(council, FOLDER) for council in COUNCILS))
        for addition in add([source], FOLDER, areas=chosen, since=SINCE):
            print(addition)
        councils = read_areas().codes("local_authority")
        add([source], FOLDER, areas=councils, since=FUNNELS_SINCE, indicators=select_funnels())
    except CommandError as error:
        print(error)
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
