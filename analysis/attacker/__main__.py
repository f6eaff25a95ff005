"""Attacks a release's folder with what it and earlier ones print; prints the openings, exit 1 when there are any."""

import argparse
import sys
from pathlib import Path

from analysis.attacker.attack import attack
from analysis.attacker.cells import GRADES


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m analysis.attacker", description=__doc__)
    parser.add_argument("folder", type=Path, help="a release's folder, with its statistics.csv")
    parser.add_argument("earlier", type=Path, nargs="*", help="folders of earlier releases that readers keep")
    parser.add_argument("--threshold", type=int, default=5)
    parser.add_argument(
        "--grade", choices=[grade for grade in GRADES if grade not in ("no", "certain")], default="likely"
    )
    parser.add_argument("--small-group", type=int, default=0)
    options = parser.parse_args()
    report = attack(
        options.folder, options.earlier, options.threshold, grade=options.grade, small_group=options.small_group
    )
    print(report)
    return bool(report.openings)


if __name__ == "__main__":
    sys.exit(main())
