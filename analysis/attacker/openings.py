"""Openings: figures that can be found though hidden, and printed ones that tell of few people by themselves."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from analysis.attacker.cells import Book, Cell, Rule, get_base
from analysis.attacker.solve import ContradictionError, Programme, System, Terms, make_programmes
from analysis.attacker.splits import get_splits

# The rule that gives an opening its name is the first of these that its proof needs.
KINDS = (
    "threshold",
    "earlier",
    "change",
    "population",
    "interval",
    "quotient",
    "base",
    "stock and flow",
    "sum",
    "bound",
    "same",
)


UNDONE = "rounding undone"
Thresholds = Mapping[str, int]  # of figures that have one of their own, by id
NONE: Thresholds = {}


@dataclass(frozen=True)
class Opening:
    """A figure of few people that a reader can find or narrow, which of its numbers, and what proves it; `id` is that
    of a figure of the latest release."""

    figure: str
    number: str
    low: float
    high: float
    evidence: tuple[Rule, ...] = ()
    called: str = ""
    id: str = ""

    @property
    def exact(self) -> bool:
        return self.low == self.high

    @property
    def kind(self) -> str:
        kinds = {rule.kind for rule in self.evidence}
        return self.called or next((kind for kind in KINDS if kind in kinds), min(kinds - {"share"}, default="share"))

    def __str__(self) -> str:
        span = f" is {self.low:g}" if self.exact else f" lies between {self.low:g} and {self.high:g}"
        head = f"{self.figure}: {self.number}{'' if math.isnan(self.low) else span} [{self.kind}]"
        return "\n    since ".join([head, *map(str, self.evidence)])


def attack_hidden(book: Book, system: System, threshold: int, thresholds: Thresholds = NONE) -> Iterator[Opening]:
    """An opening for each hidden figure that can be found, or proved small."""
    figures: dict[str, list[Cell]] = defaultdict(list)
    for cell, name in sorted(book.hidden.items()):
        if cell in book.about_people and cell not in book.reopened:
            figures[name].append(cell)
    settled = get_settled(book)
    asked = {name: list(get_numbers(cells, settled)) for name, cells in figures.items()}
    programmes = make_programmes(system, [terms for numbers in asked.values() for _, terms, _ in numbers])
    for name, numbers in asked.items():
        few = thresholds.get(name, threshold)
        attempts = (attack_number(name, *number, system, few, programmes.get(number[1])) for number in numbers)
        yield from [opening for opening in attempts if opening][:1]


def get_settled(book: Book) -> dict[Cell, float]:
    """Shares of the parts of a whole whose printed share is all or none: what is so of everybody is so of any part, and
    no secret more. By cell the share, 0 or 1."""
    settled = {}
    for split in get_splits(book):
        if split.whole and (split.whole.kind, split.whole.role) == ("percent", "numerator"):
            number, base = book.printed.get(split.whole), book.printed.get(get_base(split.whole))
            if base and number in (0, base):
                settled |= dict.fromkeys(split.parts, number / base)
    return settled


def get_numbers(cells: list[Cell], settled: Mapping[Cell, float]) -> Iterator[tuple[str, Terms, bool]]:
    """What of a hidden figure mustn't be known, and whether a narrow range tells, or only a small one (of a base)."""
    for cell in cells:
        if settled.get(cell) != 0:
            yield str(cell), ((cell, 1.0),), cell.role != "denominator"
        if cell.kind == "percent" and cell.role == "numerator" and settled.get(cell) != 1:
            yield f"those who aren't {cell}", ((get_base(cell), 1.0), (cell, -1.0)), False


def attack_number(
    name: str,
    number: str,
    terms: Terms,
    narrow_tells: bool,
    system: System,
    threshold: int,
    programme: Programme | None,
) -> Opening | None:
    def is_open(low: float, high: float) -> bool:
        return high < threshold or narrow_tells and high - low < threshold

    low, high = system.get_span(terms)
    if is_open(low, high):
        proof = tuple(system.get_reasons([cell for cell, _ in terms]))
        return Opening(name, number, max(low, 0), high, proof, id=name)
    try:
        if programme and is_open(*(span := programme.get_range(terms, threshold))):
            return Opening(name, number, *span, get_proof(system, programme.places, terms, is_open), id=name)
    except ContradictionError:
        return None
    return None


def get_proof(system: System, places: tuple[int, ...], terms: Terms, is_open) -> tuple[Rule, ...]:
    """Rules enough for the proof: each is left out in turn, and stays out where the rest proves as much."""
    kept = list(dict.fromkeys(system.relations[place][1] for place in places))
    for rule in list(kept):
        rest = tuple(p for p in places if system.relations[p][1] in kept and system.relations[p][1] is not rule)
        if {cell for cell, _ in terms} <= {cell for place in rest for cell, _ in system.relations[place][0].terms}:
            try:
                if is_open(*Programme(system, rest).get_range(terms, 1e5)):
                    kept.remove(rule)
            except ContradictionError:
                continue
    return tuple(kept)


def get_open_figures(book: Book, threshold: int, small_group: int, thresholds: Thresholds = NONE) -> Iterator[Opening]:
    """What printed figures tell by themselves: reprints, revisions, moved means, rounding undone, groups all alike."""
    for cell, name in sorted(book.reopened.items()):
        id, value = get_id(book, cell), book.printed[cell]
        if cell in book.about_people and cell.role == "value" and value < thresholds.get(id, threshold):
            yield Opening(name, str(cell), value, value, (), "printed by another release", id)
    for name, number, value in book.copied:
        yield Opening(name, number, value, value, (), "printed in the workbook", name)
    for file, words in book.other_moments:
        yield Opening(file, f"other numbers than the table: {words}", math.nan, math.nan, (), "two moments")
    yield from get_revisions(book, threshold, thresholds)
    yield from get_moved_means(book, threshold, thresholds)
    yield from get_alike(book, small_group)
    yield from get_unrounded(book)


def get_id(book: Book, cell: Cell) -> str:
    """The id of the figure whose number it is in the latest release, or nothing."""
    return book.ids.get(cell._replace(role="value"), "")


def get_revisions(book: Book, threshold: int, thresholds: Thresholds) -> Iterator[Opening]:
    """A figure printed twice, otherwise by fewer people than may be told of."""
    for cell, before, now in book.revised:
        step, id = abs(now - before), get_id(book, cell)
        if cell in book.about_people and cell.kind == "count" and 0 < step < thresholds.get(id, threshold):
            yield Opening(str(cell), "the people added or taken away", step, step, (), "revised", id)


def get_moved_means(book: Book, threshold: int, thresholds: Thresholds) -> Iterator[Opening]:
    """A mean printed twice, of bases that differ by few, or not at all: the difference of the sums is what these few
    scored, or by how much the score of some was corrected."""
    for mean, (earlier, earlier_half), before in book.means_before:
        now = book.printed.get(get_base(mean))
        if mean not in book.about_people or mean not in book.means or None in (before, now):
            continue
        value, half = book.means[mean]
        if (value, now) == (earlier, before):
            continue
        score, error = now * value - before * earlier, now * half + before * earlier_half
        id = get_id(book, mean)
        few = thresholds.get(id, threshold)
        if abs(now - before) < few and 2 * error < few:
            yield Opening(str(mean), "what few people scored", score - error, score + error, (), "moved mean", id)


def get_alike(book: Book, small_group: int) -> Iterator[Opening]:
    """Parts of all of a small group, or of all but one; shares of all or none, or of all or none but one."""
    for part, size in list_parts(book):
        number = book.printed.get(part, 0)
        if part in book.about_people and 0 < size < small_group and number >= max(1, size - 1):
            yield Opening(str(part), f"of a group of {size:g}", number, number, (), "all alike", get_id(book, part))
    for above, share in sorted(book.shares.items()):
        size = book.printed.get(get_base(above), 0)
        if above.kind == "percent" and above in book.about_people and 0 < size < small_group:
            number = book.printed.get(above, round(share.value / 100 * size))
            if number <= 1 or number >= size - 1:
                yield Opening(
                    str(above), f"of a group of {size:g}", number, number, (), "all alike", get_id(book, above)
                )


def list_parts(book: Book) -> Iterator[tuple[Cell, float]]:
    """Counts of the parts of splits, each with its printed whole."""
    for split in get_splits(book):
        whole = split.whole
        if whole and whole.kind == "count" and whole in book.printed:
            yield from ((part, book.printed[whole]) for part in split.parts)


def get_unrounded(book: Book) -> Iterator[Opening]:
    """Numbers of people that aren't rounded where all counts are, and shares that rounded numbers wouldn't give."""
    about = book.about_people
    counts = [v for cell, v in book.printed.items() if cell in about and cell[1:3] == ("count", "value")]
    bases = [base for base in (10, 5) if len(counts) > 9 and all(value % base == 0 for value in counts)]
    for above, share in sorted(book.shares.items()) if bases else ():
        sides, id = [above, get_base(above)], get_id(book, above)
        exact = [cell for cell in sides[: 1 + (above.kind == "percent")] if book.printed.get(cell, 0) % bases[0]]
        for cell in exact[:1] if above in about else ():
            yield Opening(str(above), f"{cell} isn't rounded", book.printed[cell], book.printed[cell], (), UNDONE, id)
        if above in about and not exact and set(sides) <= book.printed.keys():
            number, of = (book.printed[cell] for cell in sides)
            low, high = share.ends()
            if not low * of <= number <= high * of:
                yield Opening(str(above), "it isn't that of the numbers beside it", math.nan, math.nan, (), UNDONE, id)
