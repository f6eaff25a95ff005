"""What printed shares, intervals, changes and rates tell of the whole numbers behind them."""

from collections import defaultdict
from collections.abc import Iterator
from statistics import NormalDist

import numpy as np

from analysis.attacker.cells import CERTAIN, EASE, Book, Cell, Relation, Rule, Share, at_most, equal, get_base

Z = NormalDist().inv_cdf(0.975)
COUNTS = np.arange(1, 20_000)
PRINTED = 0.0501  # half a unit of the last digit of a printed limit


def get_definitions(book: Book) -> Iterator[Rule]:
    """What holds by the meaning of a share: its sides, its printed value, its printed interval."""
    for cell in sorted(cell for cell in book.cells() if (cell.kind, cell.role) == ("percent", "numerator")):
        yield Rule("share", f"{cell} is part of its base", 0, CERTAIN, (at_most((cell, 1), (get_base(cell), -1)),))
    for above, share in sorted(book.shares.items()):
        if not {above, get_base(above)} <= book.printed.keys():
            words = f"{above} is {share.value:g} as printed"
            yield Rule("share", words, 0, CERTAIN, limit_share(above, get_base(above), share))
            if above in book.limits:
                yield from read_interval(above, share, book.limits[above])


def limit_share(above: Cell, below: Cell, share: Share) -> tuple[Relation, ...]:
    low, high = share.ends()
    return at_most((below, low), (above, -1)), at_most((above, 1), (below, -high))


def read_interval(above: Cell, share: Share, limits: tuple[float, float]) -> Iterator[Rule]:
    """The number that a printed interval needs: the base for a percentage's, the count for a rate's."""
    percent = above.kind == "percent"
    cell = get_base(above) if percent else above
    fits = (get_wilson_bases if percent else get_byar_counts)(share, limits)
    if len(fits):
        relation = Relation(((cell, 1),), float(fits.min()), float(fits.max()))
        yield Rule("interval", f"the interval printed beside {above} needs it", 0, CERTAIN, (relation,))


def get_wilson_bases(share: Share, limits: tuple[float, float]) -> np.ndarray:
    """Bases for which a percentage and Wilson's limits (1927) come out as printed."""
    p = np.round(share.value / 100 * COUNTS) / COUNTS
    middle, grow = p + Z**2 / (2 * COUNTS), 1 + Z**2 / COUNTS
    width = Z * np.sqrt(p * (1 - p) / COUNTS + Z**2 / (4 * COUNTS**2))
    fits = abs(100 * p - share.value) <= share.half + EASE
    for limit, sign in zip(limits, (-1, 1), strict=True):
        fits &= abs(100 * (middle + sign * width) / grow - limit) <= PRINTED
    return COUNTS[fits]


def get_byar_counts(share: Share, limits: tuple[float, float]) -> np.ndarray:
    """Counts for which Byar's limits (Breslow and Day, 1987) stand to the rate as printed."""
    low = (1 - 1 / (9 * COUNTS) - Z / (3 * np.sqrt(COUNTS))) ** 3
    more = COUNTS + 1
    high = more * (1 - 1 / (9 * more) + Z / (3 * np.sqrt(more))) ** 3 / COUNTS
    fits = np.ones(len(COUNTS), bool)
    for limit, ratio in zip(limits, (low, high), strict=True):
        fits &= abs(ratio * share.value - limit) <= PRINTED + share.half * ratio
    return COUNTS[fits]


def read_changes(book: Book) -> Iterator[Rule]:
    """Changes printed beside a hidden figure tie it to the figure before."""
    for cell, before, kind, value in book.changes:
        words = f"{cell} changed by {value:g}{'%' if kind == 'change_percent' else ''}"
        relations = (equal((cell, 1), (before, -1), to=value),)
        if kind == "change_percent":
            relations = limit_share(cell, before, Share(100 + value, 0.5 if value % 1 == 0 else 0.05, 100))
        yield Rule("change", words, 0, CERTAIN, relations)


def mine_populations(book: Book, populations: dict[str, set[float]]) -> Iterator[Rule]:
    """Rates of a place and date for which one population, printed or published, explains every printed count."""
    groups: dict[tuple, list[Cell]] = defaultdict(list)
    for above, share in sorted(book.shares.items()):
        if above.kind == "rate" and not above.dimension:
            groups[(share.times, above.end, above.place)].append(above)
    for (times, end, place), rates in groups.items():
        printed = {book.printed[get_base(rate)] for rate in rates if get_base(rate) in book.printed}
        for population in sorted(printed or populations.get(place, ())):
            fits = [is_rate(rate, population, book) for rate in rates]
            agreements = fits.count(True)
            if agreements and False not in fits:
                words = f"rates for every {times:g} of {place} at {end} are of {population:g}"
                relations = [equal((get_base(rate), 1), to=population) for rate in rates]
                relations += [
                    equal((rate, 1), (get_count(rate), -1)) for rate in rates if get_count(rate) in book.hidden
                ]
                yield Rule("population", words, agreements, 4.0 * agreements, tuple(relations))


def get_count(rate: Cell) -> Cell:
    return rate._replace(kind="count", role="value")


def is_rate(rate: Cell, population: float, book: Book) -> bool | None:
    """Whether a printed count makes the printed rate of a population; None where no count is printed."""
    count = book.printed.get(get_count(rate), book.printed.get(rate))
    low, high = book.shares[rate].ends()
    return None if count is None else low * population <= count <= high * population
