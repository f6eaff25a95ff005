"""Loading every release and joining comparators for all 153 councils, beside pandas written by hand.

    python -m benchmarks.comparators [FOLDER_OF_DOWNLOADED_RELEASES]

Each part runs in a process of its own, so that its peak memory is its own. The hand-written part does what an
analyst's script does: read the same files, pick the same measures, merge, and take own, region, England, the
neighbours' median and rank. It keeps no symbols, sources, releases, lag or cautions, and checks nothing.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.measures.periods import Period
from analysis.official import add, comparators_for, load_definitions
from analysis.official.areas import read_areas
from analysis.settings import REPOSITORY

MEASURES = {  # indicator: the tool's measure, which the hand-written part reads
    "referrals_rate": "CPP_Total_Rateper10,000",
    "assessments_within_45_days": "Continue_Assess_Comp",
    "section47_rate": "Section_47",
    "initial_conferences_rate": "ISCP_Conf",
    "initial_conferences_within_15_days": "CP_conf_15days",
    "child_protection_plans_rate": "CPP_rate",
    "child_protection_plans_started_rate": "CPP_Abuse_Rate",
    "child_protection_plans_ended_rate": "DeRegCPR",
}
YEAR = Period(date(2023, 4, 1), date(2024, 3, 31), "financial_year")
MARCH = Period(date(2024, 3, 31), date(2024, 3, 31), "snapshot")


def load_all(releases: Path, kept: Path) -> int:
    """Recognise, read and keep every release; return the rows kept."""
    return sum(addition.rows for addition in add([releases], kept))


def join_all(_releases: Path, kept: Path) -> int:
    """Join every comparator for every council; return how many sets hold the council's own figure."""
    return _join(kept, load_definitions().comparators)


def join_same(_releases: Path, kept: Path) -> int:
    """Join the comparators that the hand-written part joins."""
    return _join(kept, MEASURES)


def _join(kept: Path, names) -> int:
    comparators = load_definitions().comparators
    found = (
        comparators_for(name, code, MARCH if comparators[name].basis == "snapshot" else YEAR, folder=kept)
        for code in read_areas().codes("local_authority")
        for name in names
    )
    return sum(one.own is not None for one in found)


def join_by_hand(releases: Path, _kept: Path) -> int:
    """Do the same with pandas alone, from the raw files, for one source and eight measures."""
    raw = pd.read_parquet(next(releases.rglob("*.parquet")))
    raw["value"] = pd.to_numeric(raw["Values"], errors="coerce")
    near = pd.read_csv(next(releases.rglob("sn_model*.csv")), encoding="utf-8-sig").set_index("old_la_code")
    slots = [f"SN_{rank}" for rank in range(1, 11)]
    found = 0
    for measure in MEASURES.values():
        rows = raw[raw["Short Desc"].eq(measure)]
        wide = rows.pivot_table(index="LA Number", columns="Years", values="value")
        for council in near.index:
            values = wide.loc[wide.index.isin(near.loc[council, slots]), "2024"]
            own = wide["2024"].get(council)
            found += own is not None
            _ = (values.median(), (values > own).sum() + 1, wide["2024"].get(970), wide.loc[council].tolist())
    return found


PARTS: dict[str, tuple[str, Callable[[Path, Path], int]]] = {
    "load": ("load all releases and keep the figures (rows)", load_all),
    "join": ("join every comparator for 153 councils (sets)", join_all),
    "same": ("join 8 comparators for 153 councils (sets)", join_same),
    "hand": ("the same 8 by hand: pandas, no symbols, sources or checks", join_by_hand),
}


def measure(name: str, releases: Path, kept: Path) -> dict:
    """Return seconds, peak megabytes and the count of one part, run in this process."""
    start = time.perf_counter()
    count = PARTS[name][1](releases, kept)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": time.perf_counter() - start, "megabytes": peak, "count": count}


def run_apart(name: str, releases: Path, kept: Path) -> dict:
    """Return what `measure` finds in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.comparators", "--part", name, str(releases), str(kept)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)  # noqa: S603
    return json.loads(done.stdout)


def main(arguments: list[str] | None = None) -> int:
    """Print seconds, memory and counts of each part. Returns 0 where there are no releases to measure with."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["--part"]:
        print(json.dumps(measure(given[1], Path(given[2]), Path(given[3]))))
        return 0
    releases = Path(given[0]) if given else REPOSITORY.parent / "shared" / "data" / "published"
    if not releases.is_dir():
        print("comparators: no folder of releases beside the checkout; nothing measured")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        measured = {}
        for name, (title, _) in PARTS.items():
            measured[name] = found = run_apart(name, releases, Path(folder))
            print(f"{title:58} {found['seconds']:7.2f} s  {found['megabytes']:6.0f} MB  {found['count']:7,}")
    ours, hand = measured["same"], measured["hand"]
    ratios = (ours[unit] / hand[unit] for unit in ("seconds", "megabytes"))
    print("joining the same 8, ours over by hand: time {:.2f}, memory {:.2f}".format(*ratios))
    return 0


if __name__ == "__main__":
    sys.exit(main())
