"""A finding: what is worth saying of a release, with its numbers, its evidence and the question it raises."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from msgspec import Struct

from analysis.figures.model import Statistic


class Bar(Struct, frozen=True, forbid_unknown_fields=True):
    """One value of a finding's chart, as a chart's mark; `group` is its series."""

    label: str
    value: float | None
    display: str
    group: str = ""


class FindingChart(Struct, frozen=True, forbid_unknown_fields=True):
    """The small chart of a finding: of a kind of `analysis.charts`, with its texts and its marks."""

    kind: str
    subtitle: str
    source: str
    bars: tuple[Bar, ...]


class Finding(Struct, frozen=True, forbid_unknown_fields=True):
    """What is worth saying, ready to show.

    `measures` are the measures and official figures that it is about, `numbers` its values as shown by what they are,
    `facts` the evidence by the names of `findings.toml`, of which `points` come. `sure` says how sure it is, `ask` what
    to ask. `lead` marks those that head index and summary. `better` is None where neither way is good or bad;
    `echoes` are statistics that say the same.
    """

    section: str
    kind: str
    title: str
    words: str
    measures: tuple[str, ...] = ()
    statistic_id: str = ""
    numbers: Mapping[str, str] = {}
    facts: tuple[str, ...] = ()
    points: int = 0
    lead: bool = False
    work: str = ""
    sure: str = ""
    caution: str = ""
    ask: str = ""
    direction: str = ""
    better: bool | None = None
    since: date | None = None
    chart: FindingChart | None = None
    echoes: tuple[str, ...] = ()

    @property
    def indicator(self) -> str:
        """The measure that it is first of all about."""
        return self.measures[0] if self.measures else ""

    @property
    def id(self) -> str:
        """Its name on pages and of its chart's files."""
        about = self.statistic_id or "-".join(self.measures)
        return f"{self.kind}-{about or self.section}".replace("/", "-").replace(".", "-")


@dataclass(frozen=True)
class Candidate:
    """What may be worth saying: its facts, the words that fill its sentences, and how far it goes among its like.

    `parts` are those pieces of its kind's wording that hold, in their order.
    """

    kind: str
    section: str
    measures: tuple[str, ...]
    title: str
    facts: tuple[str, ...]
    words: Mapping[str, str]
    size: float = 0.0
    parts: tuple[str, ...] = ()
    sure: tuple[str, ...] = ("sure",)
    chart: FindingChart | None = None
    statistic: Statistic | None = None
    direction: str = ""
    better: bool | None = None
    since: date | None = None
    p: float = 0.0
    echoes: tuple[str, ...] = field(default=())
    numbers: Mapping[str, str] = field(default_factory=dict)
