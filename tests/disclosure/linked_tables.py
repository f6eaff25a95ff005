"""Tables for the tests of disclosure control: made up, but for the LADO figures, which are public."""

from itertools import product

from analysis.disclosure.cells import Cell, Fact


def people(name: str, value: float | None, **more) -> Cell:
    """Return a count of people."""
    return Cell(name, value, "count", "people", **more)


def cross(counts: dict[tuple, int], *, loss=lambda name, value: 1.0) -> tuple[list[Cell], list[Fact]]:
    """Return a table of any number of ways with all its margins, as cells and sum facts.

    `counts` maps the coordinates of an inner cell to its count. A margin has None for a summed coordinate.
    """
    sides = [sorted({key[way] for key in counts}) for way in range(len(next(iter(counts))))]
    totals, facts = {}, []
    for key in product(*[[*side, None] for side in sides]):
        within = [c for k, c in counts.items() if all(a in (None, b) for a, b in zip(key, k, strict=True))]
        totals[key] = sum(within)
        for way in (way for way, at in enumerate(key) if at is None):
            parts = tuple(name(key[:way] + (at,) + key[way + 1 :]) for at in sides[way])
            facts.append(Fact("sum", name(key), parts))
    cells = [people(name(key), value, loss=loss(key, value)) for key, value in totals.items()]
    return cells, facts


def name(key: tuple) -> str:
    """Return the id of a cell: its coordinates, + for a summed one."""
    return "/".join("+" if at is None else str(at) for at in key)


def grid(rows: list[list[int]], **more) -> tuple[list[Cell], list[Fact]]:
    """Return a two-way table with its margins."""
    return cross({(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row)}, **more)


# The LADO figures of Hillingdon Safeguarding Partnership's annual report 2023-24, section 12.2 (public; the
# report, published by the London Borough of Hillingdon, is the source). All counts are of adults who work with
# children.
LADO_SUMS = {
    "contacts": (253, {"not met": 146, "met": 107}),
    "met": (
        107,
        {"substantiated": 30, "unsubstantiated": 32, "unfounded": 23, "false": 12, "malicious": 2, "open": 8},
    ),
    "open": (8, {"risk assessment": 1, "internal": 4, "police": 3}),
    "substantiated": (30, {"transferable": 11, "physical": 10, "sexual": 5, "emotional": 3, "neglect": 1}),
    "transferable": (11, {"behaviour": 10, "personal life": 1}),
    "sexual": (5, {"sexual, education": 3, "sexual, sports": 1, "sexual, semi-independent": 1}),
    "others": (3, {"carers": 2, "council": 1}),
}
LADO_SECTORS = {
    "school": 18,
    "agency": 3,
    "foster": 2,
    "semi-independent": 2,
    "early years": 1,
    "sports": 1,
    "others": 3,
}


def get_lado() -> tuple[list[Cell], list[Fact]]:
    """Return the LADO tables of one real report: counts, shares, and how they hang together."""
    counts = {"contacts": 253, **LADO_SECTORS, "dismissed": 18, "teacher regulator": 1, "carried over": 7}
    facts = [Fact("sum", "substantiated", tuple(LADO_SECTORS))]
    for whole, (_, parts) in LADO_SUMS.items():
        counts |= parts
        facts.append(Fact("sum", whole, tuple(parts)))
    facts.append(Fact("part", "sports", ("sexual, sports",)))
    facts.append(Fact("part", "semi-independent", ("sexual, semi-independent",)))
    facts.append(Fact("part", "substantiated", ("dismissed", "teacher regulator")))
    headline = {"contacts": 10.0, "met": 5.0, "not met": 5.0, "substantiated": 5.0}
    cells = [people(name, value, loss=headline.get(name, 1.0)) for name, value in counts.items()]
    return cells + _get_lado_shares(), facts + LADO_SHARE_FACTS


def _get_lado_shares() -> list[Cell]:
    before = people("contacts 2022-23", 202, loss=5.0)
    return [
        before,
        Cell("education %", 60, "percent", "people", qualifier="about"),
        Cell("early years % from", 5, "percent", "people", qualifier="at_least"),
        Cell("early years % to", 6, "percent", "people", qualifier="up_to"),
        Cell("health %", 1.35, "percent", "people", decimals=2),
        Cell("substantiated %", 11.86, "percent", "people", decimals=2),
        Cell("substantiated % 2022-23", 12.87, "percent", "people", decimals=2),
        Cell("barring referrals %", 100, "percent", "people"),
        Cell("contacts, change %", 25, "change_percent", "people"),
    ]


LADO_SHARE_FACTS = [
    Fact("share", "contacts", ("education %", "early years % from", "early years % to", "health %")),
    Fact("share", "contacts", ("substantiated %",)),
    Fact("share", "contacts 2022-23", ("substantiated % 2022-23",)),
    Fact("share", "dismissed", ("barring referrals %",)),
    Fact("numerator", "substantiated", ("substantiated %",)),
    Fact("change", "contacts", ("contacts 2022-23", "contacts, change %")),
]
