"""How much the attacker sees: with small figures alone hidden, how many he finds, and whether he is right.

    python -m benchmarks.attacker INTERNAL_FOLDER [EARLIER_INTERNAL_FOLDER ...]

Internal releases tell the truth. Counts of 1 to 4 people, and percentages that stand for so few or leave so few out,
are hidden in a copy of each, as hiding without a second look would; the copies are attacked, once for each grade of
evidence. Without a folder, those of the synthetic partnership are taken: build them first, with `--release internal`.
"""

import csv
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from analysis.attacker.attack import know
from analysis.attacker.cells import GRADES, get_base
from analysis.attacker.hiding import attack_twice
from analysis.attacker.openings import get_open_figures
from analysis.attacker.reading import get_rows, join, read_populations, read_release
from analysis.settings import get_output_root, get_published_root

YEARS = ("2023-24", "2022-23")
EMPTIED = ("value", "numerator", "denominator", "lower", "upper", "statement", "comparison")


@dataclass(frozen=True)
class Power:
    """Of so many hidden figures, how many were found or narrowed below the threshold, exactly, and rightly."""

    hidden: int
    opened: int
    exact: int
    right: int
    seconds: float


def main(*folders: str) -> None:
    paths = [Path(folder) for folder in folders]
    paths = paths or [get_output_root() / "exampleshire" / year / "internal" for year in YEARS]
    for grade, sentences in (("strong", False), ("likely", False), ("guess", False), ("likely", True)):
        power = measure_power(paths, 5, grade, sentences=sentences)
        name = f"{grade}{', with comparisons' if sentences else ''}"
        print(f"{name:>25}: {power.hidden} hidden, {power.opened} opened, {power.exact} exactly,", end=" ")
        print(f"{power.right} rightly, {power.seconds:.1f} s of a processor")


def measure_power(folders: list[Path], threshold: int, grade: str = "likely", *, sentences: bool = False) -> Power:
    """Attacks copies of internal releases, the latest first, in which nothing but what is small is hidden; `sentences`
    of what is shown still compare with the year before."""
    begun = time.process_time()
    truth = join(read_release(folders[0]), [read_release(folder) for folder in folders[1:]]).printed
    with tempfile.TemporaryDirectory() as directory:
        copies = [Path(directory) / str(number) for number in range(len(folders))]
        for folder, copy in zip(folders, copies, strict=True):
            hide_small(folder, copy, threshold, sentences=sentences)
        book = join(read_release(copies[0]), [read_release(copy) for copy in copies[1:]])
    populations = read_populations(get_published_root(), {cell.place for cell in book.shares})
    hidden = len(set(book.hidden.values()))
    names = {str(cell): value for cell, value in truth.items()}
    sides = [(cell, get_base(cell)) for cell in truth if get_base(cell) in truth]
    names |= {f"those who aren't {above}": truth[below] - truth[above] for above, below in sides}
    system, _ = know(book, populations, GRADES[grade])
    reprinted = (one for one in get_open_figures(book, threshold, 0) if one.called == "printed by another release")
    openings = [*attack_twice(book, system, threshold), *reprinted]
    right = sum(opening.low <= names[opening.number] <= opening.high for opening in openings)
    exact = sum(opening.exact for opening in openings)
    return Power(hidden, len(openings), exact, right, time.process_time() - begun)


def hide_small(folder: Path, copy: Path, threshold: int, *, sentences: bool = False) -> None:
    """Writes a copy of a release's table without its small figures, and unless `sentences` without comparisons, which
    could tell them."""
    rows, emptied = get_rows(folder / "statistics.csv"), {} if sentences else {"comparison": ""}
    copy.mkdir(parents=True)
    with (copy / "statistics.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows((hide(row) if is_small(row, threshold) else row) | emptied for row in rows)


def is_small(row: dict[str, str], threshold: int) -> bool:
    """A count of few people, or a percentage that stands for few or leaves few out."""
    if row["protects"] == "none" or row["measure_type"] not in ("count", "percent") or row["status"] != "published":
        return False
    above, below = float(row["numerator"] or "nan"), float(row["denominator"] or "nan")
    numbers = [float(row["value"] or "nan")] if row["measure_type"] == "count" else [above, below - above]
    return any(0 < number < threshold for number in numbers)


def hide(row: dict[str, str]) -> dict[str, str]:
    return row | dict.fromkeys(EMPTIED, "") | {"display": "[c]", "status": "suppressed", "symbol": "[c]"}


if __name__ == "__main__":
    main(*sys.argv[1:])
