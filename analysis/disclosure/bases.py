"""The numbers printed beside percentages ("30 of 253"), as cells of their own for the attacker.

Over the categories of a split they add to the numbers of the whole, so that a share that is hidden, or one whose base
isn't shown, may be found by subtraction. Where one share of a split is hidden, no base of the split is shown.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.disclosure.cells import Cell, Fact
from analysis.figures.model import Statistic
from analysis.measures.relations import FactRow

Group = tuple[str, int | None, str]


@dataclass(frozen=True)
class Split:
    """A percentage and those of its categories, all with numerator and base, whose numbers add up."""

    whole: str
    parts: tuple[str, ...]


def find_splits(statistics: Sequence[Statistic], rows: Iterable[FactRow]) -> list[Split]:
    """Return the splits of percentages that the facts call sums, in each year and place that has them whole."""
    held: dict[tuple[str, str], dict[Group, list[Statistic]]] = defaultdict(lambda: defaultdict(list))
    for s in statistics:
        if s.measure_type == "percent" and s.numerator is not None and s.denominator is not None:
            held[s.indicator, s.dimension]["", s.offset, s.geography].append(s)
    splits = []
    for indicator, dimension in _list_sums(rows):
        for group, parts in held[indicator, dimension].items():
            for whole in held[indicator, ""].get(group, ()):
                splits.append(Split(whole.statistic_id, tuple(part.statistic_id for part in parts)))
    return splits


def _list_sums(rows: Iterable[FactRow]) -> list[tuple[str, str]]:
    """Return the indicators and dimensions of sums over all categories of one indicator."""
    facts: dict[str, list[FactRow]] = defaultdict(list)
    for row in rows:
        if row.kind == "sum":
            facts[row.fact].append(row)
    found = []
    for members in facts.values():
        names = {row.indicator for row in members}
        parts = [row for row in members if row.role == "part" and row.dimension and not row.category]
        if len(names) == 1 and len(parts) == 1:
            found.append((parts[0].indicator, parts[0].dimension))
    return found


def list_bare(splits: Iterable[Split], hidden: Collection[str]) -> set[str]:
    """Return the shares whose numbers aren't printed: the hidden, and the parts of a split that has a hidden one."""
    gone = set(hidden)
    return gone | {part for split in splits if gone & {split.whole, *split.parts} for part in split.parts}


def list_partners(
    cells: Sequence[Cell], splits: Iterable[Split], hidden: Collection[str], exposed: Collection[str], last: bool
) -> dict[str, str]:
    """Return the shares to hide with those that their split gives away, and why: of each such split the smallest that
    is shown; the `last` time, all parts of every split whose numbers aren't shown."""
    people = {cell.id: cell.numerator or 0.0 for cell in cells}
    found: list[str] = []
    for split in splits:
        shown = sorted((id for id in split.parts if id not in hidden), key=lambda id: (people[id], id))
        if last and list_bare([split], hidden) & set(split.parts):
            found += shown
        elif set(split.parts) & set(exposed):
            found += shown[:1]
    return dict.fromkeys(found, "consequential")


def add_bases(
    cells: Sequence[Cell], facts: Sequence[Fact], splits: Sequence[Split]
) -> tuple[list[Cell], list[Fact], Mapping[str, str]]:
    """Return cells and facts with the numbers beside the splits' shares, and whose share each number stands beside."""
    known = {cell.id: cell for cell in cells}
    shares = dict.fromkeys(id for split in splits for id in (split.whole, *split.parts))
    counts = {cell.id: cell.value for cell in cells if cell.measure == "count"}
    beside = {_name(kind, id): id for id in shares for kind in ("numerator", "denominator")}
    numbers = [
        Cell(_name(kind, id), getattr(known[id], kind), "count", "none")
        for id in shares
        for kind in ("numerator", "denominator")
    ]
    bare = [replace(c, numerator=None, denominator=None) if c.id in shares else c for c in cells]
    more = [fact for id in shares for fact in _tie(id)] + [fact for split in splits for fact in _add_up(split)]
    same = [
        Fact("sum", fact.whole, (_name("denominator", part),))
        for fact in facts
        if fact.kind == "share"
        for part in fact.parts
        if part in shares and counts.get(fact.whole) == known[part].denominator
    ]
    kept = [replace(f, parts=tuple(p for p in f.parts if p not in shares)) if f.kind == "share" else f for f in facts]
    return [*numbers, *bare], [*(fact for fact in kept if fact.parts), *more, *same], beside


def _name(kind: str, id: str) -> str:
    return f"{kind} of {id}"


def _tie(id: str) -> list[Fact]:
    return [Fact("share", _name("denominator", id), (id,)), Fact("numerator", _name("numerator", id), (id,))]


def _add_up(split: Split) -> list[Fact]:
    return [
        Fact("sum", _name(kind, split.whole), tuple(_name(kind, part) for part in split.parts))
        for kind in ("numerator", "denominator")
    ]
