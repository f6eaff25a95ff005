"""Finds how the parts of a split make up their whole: by sum, by one base for all, or month by month."""

import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from analysis.attacker.cells import Book, Cell, Relation, Rule, at_most, equal, get_base

LARGE = 10  # people: a hidden part may be so many, whatever is printed
PRIOR = 3.2  # bits against a way of adding up for which nothing has spoken yet


class Split(NamedTuple):
    """The parts of one number of one measure, at one date and place, and its whole, printed or not."""

    whole: Cell | None
    parts: list[Cell]
    dimension: str

    def own(self) -> tuple[str, ...]:
        return (*self.parts[0][:3], self.dimension)

    def kin(self) -> tuple:
        """Splits by the same dimension of the same sort of number; a stock's months don't add up as a flow's do."""
        return (*self.own()[1:], bool(self.whole) and self.whole.start == self.whole.end)


@dataclass
class Record:
    """How often one way of making up a whole has held and failed, and the bits of its agreements."""

    held: int = 0
    failed: int = 0
    bits: float = 0

    def add(self, fits: bool | None, bits: float) -> None:
        self.held += fits is True and bits > 0  # nothing made of nothing speaks for no way
        self.failed += fits is False
        self.bits += bits if fits else 0

    def odds(self, without: int = 0) -> float:
        return math.log2((self.held - without + 1) / (self.failed + 1))


def mine_splits(book: Book) -> Iterator[Rule]:
    """The rules that tie parts to wholes, from each split's own record and from that of its dimension elsewhere."""
    splits = list(get_splits(book))
    for name, (make, words) in WAYS.items():
        own, kin, every = defaultdict(Record), defaultdict(Record), Record()
        open_relations: dict[tuple, list[Relation]] = defaultdict(list)
        for split in splits:
            for relation in make(split, book):
                fits, bits = check(relation, book)
                for record in (own[split.own()], kin[split.kin()], *([] if split.dimension == "month" else [every])):
                    record.add(fits, bits)
                if fits is None:
                    open_relations[split.own(), split.kin()].append(relation)
        for (measure, like), relations in open_relations.items():
            if not own[measure].failed and not any(is_broken(relation, book) for relation in relations):
                # A rest that is small beside its whole speaks for itself; else the dimension and all splits do.
                bits = own[measure].bits + sum(weigh_rest(relation, book) for relation in relations)
                bits += kin[like].odds(own[measure].held) + every.odds() - PRIOR
                role = "" if measure[2] == "value" else f" ({measure[2]})"
                text = f"{measure[0]} {measure[1]}{role} by {measure[3]}: {words}"
                yield Rule(name, text, kin[like].held, bits, tuple(relations))


def get_splits(book: Book) -> Iterator[Split]:
    """Each split: by dimension, months within their financial year, and other places within the partnership's own."""
    cells = sorted(cell for cell in book.cells() if cell.kind != "chart")
    names = [cell.place for cell in cells]
    own = max(set(names), key=names.count, default="")
    groups: dict[tuple, list[Cell]] = defaultdict(list)
    places: dict[Cell, list[Cell]] = defaultdict(list)
    wholes, categories = {}, defaultdict(set)
    for cell in cells:
        if cell.dimension:
            groups[(*cell[:4], get_year(cell) if cell.dimension == "month" else cell.end, cell.place)].append(cell)
            categories[cell[:4]].add(cell.category)
        else:
            wholes[(*cell[:3], cell.end, cell.place)] = cell
        if cell.place != own:
            places[cell._replace(place=own)].append(cell)
    for key, parts in groups.items():
        # Of years known from comparisons alone some parts are missing, and what is left adds up to nothing.
        full = 12 if key[3] == "month" else len(categories[key[:4]])
        if len(parts) == full > 1:
            yield Split(wholes.get((*key[:3], *key[4:])), parts, key[3])
    yield from (Split(whole, parts, "place") for whole, parts in places.items() if len(parts) > 1)


def get_year(cell: Cell) -> str:
    year, month = int(cell.end[:4]), int(cell.end[5:7])
    return f"{year + (month > 3)}-03-31"


def check(relation: Relation, book: Book) -> tuple[bool | None, float]:
    """Whether a relation holds, None where a cell of it isn't printed; and the bits of its largest number."""
    values = [book.printed.get(cell) for cell, _ in relation.terms]
    if None in values:
        return None, 0.0
    total = sum(sign * value for (_, sign), value in zip(relation.terms, values, strict=True))
    return relation.low <= total <= relation.high, math.log2(1 + max(values))


def is_broken(relation: Relation, book: Book) -> bool:
    """Whether the parts that are printed exceed the whole, or leave so much of it that each hidden part would be larger
    than any that is printed: what is hidden is seldom the largest."""
    (whole, _), *parts = relation.terms
    if not math.isfinite(relation.low) or whole not in book.printed:
        return False
    shown = [book.printed[part] for part, _ in parts if part in book.printed]
    rest = book.printed[whole] - sum(shown)
    return rest < 0 or (len(parts) > 1 and rest > (len(parts) - len(shown)) * max([LARGE, *shown]))


def weigh_rest(relation: Relation, book: Book) -> float:
    """Bits for a rest that is small beside the whole: parts that make up no whole would seldom leave so little."""
    (whole, _), *parts = relation.terms
    if not math.isfinite(relation.low) or whole not in book.printed or len(parts) < 2:
        return 0.0
    rest = book.printed[whole] - sum(book.printed.get(part, 0) for part, _ in parts)
    return max(0.0, math.log2((book.printed[whole] + 1) / (rest + 1)))


def add_up(split: Split, book: Book) -> Iterator[Relation]:
    if split.whole:
        yield equal((split.whole, 1), *((part, -1) for part in split.parts))


def share_base(split: Split, book: Book) -> Iterator[Relation]:
    if split.parts[0].role == "denominator":
        for part, after in zip(split.parts, split.parts[1:], strict=False):
            yield equal((part, 1), (after, -1))


def fill_base(split: Split, book: Book) -> Iterator[Relation]:
    bases = [get_base(part) for part in split.parts if get_base(part) in book.printed]
    if split.parts[0].role == "numerator" and len({book.printed[base] for base in bases}) == 1:
        yield equal((bases[0], 1), *((part, -1) for part in split.parts))


def stay_within(split: Split, book: Book) -> Iterator[Relation]:
    if split.whole:
        yield from (at_most((part, 1), (split.whole, -1)) for part in split.parts)


def end_with(split: Split, book: Book) -> Iterator[Relation]:
    if split.whole and split.dimension == "month":
        yield equal((split.whole, 1), (max(split.parts, key=lambda part: part.end), -1))


WAYS = {
    "parts": (add_up, "the parts add up to the whole"),
    "one base": (share_base, "all shares have one base"),
    "parts of a base": (fill_base, "the numerators add up to the base that they share"),
    "within": (stay_within, "no part exceeds the whole"),
    "last month": (end_with, "the year's figure is its last month's"),
}
