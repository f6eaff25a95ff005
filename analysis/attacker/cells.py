"""What an attacker writes down: the numbers of a release as cells, printed or not, and what ties them."""

from dataclasses import dataclass, field
from typing import NamedTuple

CERTAIN = 1e9
EASE = 1e-9  # for decimals that a computer doesn't hold exactly
# Least bits of evidence, beyond what chance would give somewhere among all that was tried: ten are one in a thousand.
GRADES = {"certain": 1e6, "strong": 10.0, "likely": 4.0, "guess": 0.0, "no": float("-inf")}


class Cell(NamedTuple):
    """One whole number behind what a release prints: a count, or what stands above or below the line of a share."""

    indicator: str
    kind: str  # the type of measure whose number it is: count, percent, rate, mean, median, chart
    role: str  # value, numerator or denominator
    dimension: str
    category: str
    start: str
    end: str
    place: str

    def __str__(self) -> str:
        part = f" / {self.dimension}: {self.category}" if self.dimension else ""
        role = "" if self.role == "value" else f" ({self.role})"
        return f"{self.indicator}{part} {self.kind}{role} {self.end}, {self.place}"


def get_base(above: Cell) -> Cell:
    return above._replace(role="denominator")


class Share(NamedTuple):
    """A percentage or rate as printed: `times` x numerator / denominator lies within `half` of `value`."""

    value: float
    half: float
    times: float

    def ends(self) -> tuple[float, float]:
        """The least and the most that numerator / denominator can be."""
        return (self.value - self.half - EASE) / self.times, (self.value + self.half + EASE) / self.times


@dataclass
class Book:
    """Everything that the files of one release, or of several, tell."""

    printed: dict[Cell, float] = field(default_factory=dict)
    hidden: dict[Cell, str] = field(default_factory=dict)  # cells of suppressed figures, with the figure's id
    ids: dict[Cell, str] = field(default_factory=dict)  # of the values of the latest release
    shares: dict[Cell, Share] = field(default_factory=dict)  # by the cell of the numerator
    limits: dict[Cell, tuple[float, float]] = field(default_factory=dict)  # printed intervals, by the same cell
    means: dict[Cell, tuple[float, float]] = field(default_factory=dict)  # with half a unit of the last digit
    changes: list[tuple[Cell, Cell, str, float]] = field(default_factory=list)  # figure, the one before, kind, size
    about_people: set[Cell] = field(default_factory=set)
    copied: list[tuple[str, str, float]] = field(default_factory=list)  # hidden figure, number and value in a copy
    other_moments: list[tuple[str, str]] = field(default_factory=list)  # file, and what it tells otherwise
    # What earlier releases add:
    before: dict[Cell, float] = field(default_factory=dict)  # printed then, hidden now
    reopened: dict[Cell, str] = field(default_factory=dict)  # hidden then, printed now
    revised: list[tuple[Cell, float, float]] = field(default_factory=list)  # printed then, printed otherwise now
    repeated: dict[str, list[int]] = field(default_factory=dict)  # by indicator: printed again alike, and otherwise
    means_before: list[tuple[Cell, tuple[float, float], float | None]] = field(default_factory=list)  # with the base

    def cells(self) -> set[Cell]:
        return self.printed.keys() | self.hidden.keys() | self.shares.keys() | set(map(get_base, self.shares))


class Relation(NamedTuple):
    """low <= sum of coefficient x cell <= high."""

    terms: tuple[tuple[Cell, float], ...]
    low: float
    high: float


def equal(*terms: tuple[Cell, float], to: float = 0) -> Relation:
    return Relation(terms, to, to)


def at_most(*terms: tuple[Cell, float], to: float = 0) -> Relation:
    return Relation(terms, float("-inf"), to)


@dataclass(frozen=True)
class Rule:
    """Relations found together, how often they have held, and the bits of evidence left when chance is paid for."""

    kind: str
    words: str
    agreements: int
    bits: float
    relations: tuple[Relation, ...]

    @property
    def grade(self) -> str:
        return next(grade for grade, least in GRADES.items() if self.bits >= least)

    def __str__(self) -> str:
        held = f"; {self.agreements} agree, none differ" if self.agreements else ""
        return f"{self.words} [{self.kind}{held}; {self.grade}]"
