"""Councils a twelfth as large as the synthetic one, of two years each: what is hidden, kept and found.

    python -m benchmarks.areas [SEED ...]

Records are made in memory, counted, gated and attacked as a build does; the second year beside the first.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from time import process_time
from typing import Any
from unittest.mock import patch

from analysis.attacker.attack import attack_anew
from analysis.attacker.openings import Opening
from analysis.counting.members import list_members
from analysis.counting.years import observe_years
from analysis.disclosure.apply import Gated, gate
from analysis.disclosure.describe import describe_gate
from analysis.disclosure.earlier import read_earlier
from analysis.disclosure.ledger import BUILT, write_entry
from analysis.disclosure.policy import policy_from
from analysis.figures.build import make_statistics
from analysis.figures.compare import compare_with_previous
from analysis.measures.catalogue import load_catalogue
from analysis.partnership import load_partnership
from analysis.release.years import make_history
from analysis.runs.files import write_statistics
from analysis.settings import get_dictionary_root
from benchmarks.signals import SEEDS, make_year
from synthetic import generate as making
from synthetic.settings import FOLDER, load_settings, load_tables

BEFORE, YEARS, PART = "2021-22", ("2022-23", "2023-24"), 12
SIZES = ("yearly", "children", "adults", "concerns", "contacts", "pool", "starts")  # what a smaller area has fewer of


def main(*seeds: str) -> None:
    """Print a line a year: how many figures are hidden, the share of people's figures kept, and what is found."""
    for seed in map(int, seeds or SEEDS):
        for year, gated, found, seconds in try_out(seed):
            done = describe_gate(gated)
            told = f"{done.hidden} of {done.of} hidden, {done.kept} % of people's kept"
            print(f"seed {seed}, {year}: {told}, {len(found)} found, {seconds:.0f} s", flush=True)
            print(*(f"    {one}" for one in found), sep="\n", end="\n" if found else "", flush=True)


def try_out(seed: int) -> Iterator[tuple[str, Gated, list[Opening], float]]:
    """Give for two years, one after the other, the figures after the gate, what an attacker finds, and the seconds of a
    processor."""
    catalogue, partnership = load_catalogue(get_dictionary_root()), load_partnership("exampleshire", FOLDER.parent)
    policy, observed = policy_from(partnership.disclosure), {}
    years = {name: make_year(name, tables) for name, tables in make_small(seed).items()}
    observed = observe_years(years, partnership, catalogue, {})
    with tempfile.TemporaryDirectory() as place:
        for year in YEARS:
            begun, told = process_time(), {name: found for name, found in observed.items() if name <= year}
            now = make_statistics(told[year], catalogue, partnership, year)
            gated = gate(
                now,
                make_history(told, year, catalogue, partnership, known=now),
                catalogue,
                policy,
                release="shared",
                earlier=read_earlier(Path(place), partnership, year),
                members=list_members(years[year].records, partnership.period_of(year)),
            )
            shown = compare_with_previous(gated.statistics, gated.history, (), catalogue.measures)
            folder, earlier = Path(place) / year, sorted(Path(place).glob("ledger/*.json"))
            folder.mkdir()
            write_statistics(shown, folder)
            found = attack_anew(folder, earlier, policy.threshold, small_group=policy.small_group)
            write_entry(Path(place), year, BUILT, [*shown, *gated.history])
            yield year, gated, found, process_time() - begun


def make_small(seed: int) -> dict[str, making.Tables]:
    """Return the records of three years of a council that is a part as large; the strings that are planted in the large
    one don't fit into its tables."""
    smaller = {
        "load_settings": lambda: shrink(load_settings()),
        "load_tables": lambda: shrink(load_tables()),
        "plant_canaries": lambda seed, year, tables: tables,
    }
    with patch.multiple(making, **smaller):
        return making.generate(seed, (BEFORE, *YEARS))


def shrink(settings: Mapping[str, Any], *, fewer: bool = False) -> dict[str, Any]:
    """Return settings with the sizes in them a part as large."""
    found = {}
    for name, value in settings.items():
        less = fewer or name in SIZES
        if isinstance(value, Mapping):
            found[name] = shrink(value, fewer=less and name == "yearly")
        elif less and isinstance(value, list):
            found[name] = [[day, size / PART] for day, size in value]
        else:
            found[name] = max(1, round(value / PART)) if less and isinstance(value, int | float) else value
    return found


if __name__ == "__main__":
    main(*sys.argv[1:])
