"""The rule by which a release hides, seen in what could be found of it: then it narrows the rest as well."""

from analysis.attacker.cells import Book, Cell, Rule, at_most, get_base
from analysis.attacker.openings import NONE, Opening, Thresholds, attack_hidden
from analysis.attacker.solve import System, Terms

DOUBT = 6.0  # bits: a few small numbers may be all that happened to be found


def attack_twice(book: Book, system: System, threshold: int, thresholds: Thresholds = NONE) -> list[Opening]:
    """The openings of hidden figures; then those which the rule of hiding opens, where one shows."""
    openings = list(attack_hidden(book, system, threshold, thresholds))
    few, rule = mine_threshold(book, system)
    if rule.bits >= 0:
        system.accept(rule)
        known = {opening.figure for opening in openings}
        # That so many numbers remain is the rule itself; fewer are found out.
        openings += [one for one in attack_hidden(book, system, few - 1) if one.figure not in known]
    return openings


def mine_threshold(book: Book, system: System) -> tuple[int, Rule]:
    """The most that is hidden, were only small numbers: where all found are below the least that is printed, each is
    worth a bit. Where larger ones are hidden with the small, so that none can be found, nothing speaks for it."""
    about = {cell for cell in book.about_people if cell.role != "denominator"}
    shown = (book.ids.keys() & about & book.printed.keys()) - book.hidden.keys()
    few = int(min((book.printed[cell] for cell in shown if is_count(cell) and book.printed[cell]), default=1)) - 1
    figures = [list_sides(cell) for cell in sorted(about & book.hidden.keys())]
    spans = [[system.get_span(terms) for terms in sides] for sides in figures]
    found = [min(one)[0] for one in spans if all(low == high for low, high in one)]
    small = [
        [terms for terms, (low, _) in zip(*pair, strict=True) if low <= few]
        for pair in zip(figures, spans, strict=True)
    ]
    relations = tuple(at_most(*sides[0], to=few) for sides in small if len(sides) == 1)
    bits = len(found) - DOUBT if max(found, default=0) <= few else float("-inf")
    return few, Rule("threshold", f"what is hidden stands for {few} or fewer", len(found), bits, relations)


def is_count(cell: Cell) -> bool:
    return cell[1:3] == ("count", "value")


def list_sides(cell: Cell) -> list[Terms]:
    """The numbers of a figure, of which a small one would hide it: a count; of a percentage both its sides."""
    others = [((get_base(cell), 1.0), (cell, -1.0))] if cell.kind == "percent" else []
    return [((cell, 1.0),), *others]
