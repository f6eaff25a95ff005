"""Official figures as a release holds them, ready to show. Typed here, apart from what makes them, since pages need no
library of statistics."""

from dataclasses import dataclass

MEDIAN = "Neighbours' median"
RANGE = "Neighbours' range"


@dataclass(frozen=True)
class Place:
    """One area's published figure, ready to show."""

    name: str
    display: str
    value: float | None
    period: str
    reason: str = ""


@dataclass(frozen=True)
class Point:
    """One year of one line of a trend; `lower` and `upper` are its interval, or the range of the neighbours."""

    series: str
    year: str
    value: float | None
    display: str
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class Moved:
    """How the council's figure stands to that of its first year shown: the verdict, and both as shown."""

    verdict: str
    before: str
    since: str
    now: str


@dataclass(frozen=True)
class FunnelArea:
    """One council: its published value, as shown, and its size (the base)."""

    name: str
    value: float
    display: str
    size: float


@dataclass(frozen=True)
class OfficialFunnel:
    """The councils, the centre, rows of (size, lower, upper) for each set of limits, and who is unusual.

    `unusual` are those outside both the adjusted and the plain 99.8 % limits; `verdict` is the own council's;
    `phi` is how many times as much councils differ as chance alone would have it; `left_out` counts councils
    whose figure or base isn't published.
    """

    own: str
    areas: tuple[FunnelArea, ...]
    centre: float
    limits: dict[str, tuple[tuple[float, float, float], ...]]
    unusual: tuple[str, ...]
    verdict: str
    phi: float
    left_out: int


@dataclass(frozen=True)
class Official:
    """The official figures beside one indicator.

    `years` holds the points of a trend (of a count the council's alone, since it follows a place's size),
    `moved` how the council changed over them, `funnel` the council among all,
    `against` the verdict against the country.
    `returned` is False for figures of the council that are published although no return gave them; `notable`
    is True where the council differs from the country beyond chance; `year` is the financial year of `period`.
    """

    indicator: str
    comparator: str
    section: str
    returned: bool
    title: str
    unit: str
    decimals: int
    period: str
    places: tuple[Place, ...]
    neighbours: tuple[Place, ...]
    years: tuple[Point, ...]
    moved: Moved | None
    funnel: OfficialFunnel | None
    sentences: tuple[str, ...]
    against: str
    notable: bool
    cautions: tuple[str, ...]
    definition: str
    source: str
    year: str = ""
