"""Refresh the published figures that ship with the project: every council of England, its region and the nations.

python -m tools.shipped FOLDER_OF_DOWNLOADED_RELEASES
"""

import sys
from pathlib import Path

from analysis.errors import CommandError
from analysis.official.addition import add
from analysis.settings import REPOSITORY

SINCE = "2018-06-30"  # so that the population under the rates of 2018-19 is there
FOLDER = REPOSITORY / "data" / "published"


def main(arguments: list[str]) -> int:
    """Read the folder named and keep its figures; print what became of each file. Returns the exit status."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("give the folder of downloaded releases")
        return 2
    try:
        for addition in add([Path(arguments[0])], FOLDER, since=SINCE):
            print(addition)
    except CommandError as error:
        print(error)
        return error.exit_status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
