"""The attack: reads releases, finds what ties their figures, and says of each hidden one what can still be true."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path

from analysis.attacker.arithmetic import get_definitions, mine_populations, read_changes
from analysis.attacker.cells import GRADES, Book, Relation, Rule
from analysis.attacker.grid import Grid, make_grids
from analysis.attacker.hiding import attack_twice
from analysis.attacker.mining import mine
from analysis.attacker.openings import NONE, Opening, Thresholds, get_open_figures
from analysis.attacker.reading import join, read_populations, read_release
from analysis.attacker.shares import mine_common_bases, mine_shares
from analysis.attacker.solve import System
from analysis.attacker.splits import Split, get_splits, mine_splits
from analysis.settings import get_published_root

ROUNDS = 2


@dataclass(frozen=True)
class Report:
    """What an attack found: the openings, of how many hidden figures, and the rules it went by."""

    openings: tuple[Opening, ...]
    hidden: int
    rules: tuple[Rule, ...]
    rejected: tuple[Rule, ...]

    def by_kind(self) -> dict[str, int]:
        return dict(Counter(opening.kind for opening in self.openings).most_common())

    def __str__(self) -> str:
        exact = sum(opening.exact for opening in self.openings)
        lines = [f"{len(self.openings)} openings, {exact} of them exact; {self.hidden} figures are hidden"]
        return "\n".join(lines + [str(opening) for opening in self.openings])


def attack(
    folder: Path,
    earlier: Sequence[Path] = (),
    threshold: int = 5,
    *,
    grade: str = "likely",
    small_group: int = 0,
    thresholds: Thresholds = NONE,
) -> Report:
    """Attacks a release's hidden figures with its files, earlier releases' and published populations.

    `grade` is the least evidence that counts: strong, likely or guess. `small_group`, where it isn't 0, is the size
    below which a share of all or none is an opening too; `thresholds` are those of figures with one of their own, by
    id. Raises CommandError where a folder holds no figures.
    """
    book = join(read_release(folder), [read_release(path) for path in earlier])
    populations = read_populations(get_published_root(), {cell.place for cell in book.shares})
    system, rules = know(book, populations, GRADES[grade], small_group)
    openings = [
        *attack_twice(book, system, threshold, thresholds),
        *get_open_figures(book, threshold, small_group, thresholds),
    ]
    return Report(tuple(openings), len(set(book.hidden.values())), tuple(rules), tuple(system.rejected))


def attack_anew(
    folder: Path,
    earlier: Sequence[Path] = (),
    threshold: int = 5,
    *,
    small_group: int = 0,
    thresholds: Thresholds = NONE,
) -> list[Opening]:
    """The openings of a release less those that earlier releases give away without it: that is out, and can't be taken
    back. A number that they give otherwise, or less narrowly, isn't out."""
    openings = attack(folder, earlier, threshold, small_group=small_group, thresholds=thresholds).openings
    if not (openings and earlier):
        return list(openings)
    out = defaultdict(list)
    strictest = max([threshold, *thresholds.values()])
    for opening in attack(earlier[0], earlier[1:], strictest, small_group=small_group).openings:
        out[get_gist(opening)].append((opening.low, opening.high))
    for path in earlier:
        for cell, value in read_release(path).printed.items():
            out["", str(cell), ""].append((value, value))
    return [opening for opening in openings if not is_out(opening, out[get_gist(opening)])]


def get_gist(opening: Opening) -> tuple[str, str, str]:
    """Which hidden number it finds, or what else it tells of which figure."""
    return opening.figure if opening.called else "", opening.number, opening.called


def is_out(opening: Opening, known: list[tuple[float, float]]) -> bool:
    """Whether what is known already tells as much as the opening, or more."""
    return any(opening.low <= low <= high <= opening.high or isnan(low) for low, high in known)


def know(
    book: Book, populations: dict[str, set[float]], least: float, small_group: int = 0
) -> tuple[System, list[Rule]]:
    """All that he knows. What he has found counts as printed when he looks for more. A hidden count isn't zero where
    zeros are shown, but for a part of a small group that may be all alike."""
    zero_shown = any(book.printed.get(cell) == 0 for cell in book.about_people)
    counts = {cell for cell in book.hidden if (cell.kind, cell.role) == ("count", "value")}
    counts -= {part for split in get_splits(book) if add_printed(split, book) < small_group for part in split.parts}
    system, rules, seen = System(book.printed, dict.fromkeys(counts, float(zero_shown))), {}, {}
    for turn in range(1 + ROUNDS):
        found = find_rules(book, populations, seen) if turn else [*get_definitions(book), *read_changes(book)]
        new = [rule for rule in found if rule.bits >= least and rule.words not in rules]
        rules |= {rule.words: rule for rule in new}
        for rule in sorted(new, key=rank):
            system.accept(rule)
        book.printed |= system.get_found()
    return system, list(rules.values())


def rank(rule: Rule) -> tuple[float, bool, float]:
    """Which of two rules that contradict each other is believed: of one grade, that a measure's parts make up its whole
    rather than that two measures are alike."""
    return -GRADES[rule.grade], rule.kind != "parts", -rule.bits


def add_printed(split: Split, book: Book) -> float:
    """The least that the whole of a split can be."""
    return max(sum(book.printed.get(part, 0) for part in split.parts), book.printed.get(split.whole, 0))


def find_rules(book: Book, populations: dict[str, set[float]], seen: dict[str, Grid]) -> list[Rule]:
    """The rules that the figures show, but for those of grids that were seen as they are."""
    grids = {name: grid for name, grid in make_grids(book).items() if name not in seen or not grid.equals(seen[name])}
    seen |= grids
    rules = [*mine_splits(book), *mine(grids), *get_repeats(book), *mine_common_bases(book)]
    rules += mine_populations(book, populations)
    for dimension, grid in grids.items():
        rules += mine_shares(grid, book) if dimension else ()
    return [rule for rule in rules if rule.relations]


def get_repeats(book: Book) -> Iterator[Rule]:
    """A figure hidden now that an earlier release printed, of a measure whose figures haven't been revised."""
    for cell, value in sorted(book.before.items()):
        alike, otherwise = book.repeated.get(cell.indicator, (0, 0))
        if not otherwise:
            relation = Relation(((cell, 1),), value, value)
            yield Rule("earlier", f"an earlier release printed {cell}", alike, 5.0 + alike, (relation,))
