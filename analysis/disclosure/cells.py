"""What the gate and the attacker both look at: the numbers of a release, and the linear facts that tie them."""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.errors import DataError, unknown
from analysis.measures.terms import MEASURE_TYPES, PROTECTS, QUALIFIERS

KINDS = ("sum", "part", "within", "bound", "share", "change", "numerator", "flow")
CHANGES = ("change_absolute", "change_percent")
OF_PEOPLE = ("percent", "rate")


@dataclass(frozen=True)
class Cell:
    """One number of the release as an attacker may see it, or wish to.

    `value` is None where the return gives none. `decimals` is the printed precision. `numerator` and
    `denominator` are shown with the value, and hidden with it. `loss` is what hiding it costs the reader.
    `revision` is by how few people what this release would print differs from what an earlier one printed;
    `repeated`, that the number above its line was printed as it is; `held`, that the report of its own year hid it.
    """

    id: str
    value: float | None
    measure: str
    protects: str
    sensitive: bool = False
    decimals: int = 0
    qualifier: str = "exact"
    numerator: float | None = None
    denominator: float | None = None
    loss: float = 1.0
    revision: float = 0.0
    repeated: bool = False
    held: bool = False

    def __post_init__(self) -> None:
        _check("measure", self.measure, MEASURE_TYPES)
        _check("protects", self.protects, PROTECTS)
        _check("qualifier", self.qualifier, QUALIFIERS)


@dataclass(frozen=True)
class Fact:
    """A linear truth that anyone knows.

    sum: the whole equals the sum of its parts. part: the whole holds each part. within: the parts together hold the
    whole (and may hold more). bound: no part exceeds the whole; what is left is nobody's secret. share: each part is
    a percent, rate or mean whose base is the whole. numerator: the whole is the count that each part, a percent or
    rate, has above its line. change: the parts are the earlier figure and the change (in any order), the whole is the
    figure now. flow: the whole is the first part and the second less the third: what stood before, came and went.

    A share or rate whose base is known stands in the others for the number of people above its line.
    """

    kind: str
    whole: str
    parts: tuple[str, ...]

    def __post_init__(self) -> None:
        _check("kind of fact", self.kind, KINDS)


def check_cells(cells: Iterable[Cell]) -> dict[str, Cell]:
    """Return the cells by id. Raises DataError where two cells have one id."""
    found: dict[str, Cell] = {}
    for cell in cells:
        if cell.id in found:
            raise DataError(f"two cells have the id {cell.id!r}; allowed: one cell an id")
        found[cell.id] = cell
    return found


def _check(kind: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise DataError(unknown(kind, value, allowed))
