"""A statistic: one published fact with everything that a reader needs to trust it."""

from dataclasses import dataclass
from typing import Any

from analysis.measures.periods import Period
from analysis.methods.change import OUTCOMES, TOO_FEW

NOT_TESTED = "not tested"
PUBLISHED, SUPPRESSED, UNAVAILABLE, NOT_APPLICABLE = ("published", "suppressed", "unavailable", "not_applicable")
STATUS_OF_SYMBOL = {"": PUBLISHED, "[c]": SUPPRESSED, "[low]": SUPPRESSED, "[x]": UNAVAILABLE, "[z]": NOT_APPLICABLE}
SYMBOL_WORDS = {
    "[c]": "not shown, to protect people",
    "[low]": "fewer than the smallest number shown, but not zero",
    "[x]": "not available",
    "[z]": "not applicable",
}


@dataclass(frozen=True)
class Comparison:
    """A statistic against another figure. `refused` says in words why there is none; `broken` that the series, or its
    definition, changed between the two; `hidden` that one of them isn't shown; `earlier` is the other's period as it
    stands in a sentence, `figure` its id, `untested` why no test fits the difference."""

    kind: str
    against: str
    other: str = ""
    difference: str = ""
    verdict: str = ""
    method: str = ""
    refused: str = ""
    words: str = ""
    broken: bool = False
    untested: str = ""
    figure: str = ""
    earlier: str = ""
    hidden: bool = False

    @property
    def outcome(self) -> str:
        """What a test said, in one of four phrases, or that none fits; nothing of two figures that are the same, as
        nothing is to be told from chance."""
        if self.verdict != TOO_FEW and not any(letter.isdigit() for letter in self.difference):
            return ""
        return OUTCOMES[self.verdict] if self.verdict else NOT_TESTED if self.untested else ""


@dataclass(frozen=True)
class Statistic:
    """One fact. `value` is None unless it is published; `display` is what a reader sees in its place.

    `offset` counts the financial years from the report's own to the figure's: 0 for the report's year, -1 for
    the year before, None where the period isn't stated; `part` says of which part of that year it is (q1, h2, m04).
    `bound` is `lower` or `upper` for one end of a range that was returned as two figures; `source` names file and row,
    `public_source` neither; `is_counted` says that it was counted here from records. `time` is the day
    of a state at the end of its period, as its sentence tells it. Percentages and their limits run
    from 0 to 100.
    """

    statistic_id: str
    section: str
    indicator: str
    dimension: str
    category: str
    measure_type: str
    value: float | None
    qualifier: str
    unit: str
    decimals: int
    protects: str
    sensitive: bool
    numerator: float | None
    denominator: float | None
    period: Period
    offset: int | None
    geography: str
    own_geography: bool
    agency: str
    definition_version: str
    source: str
    title: str
    label: str
    public_source: str = ""
    bound: str = ""
    display: str = ""
    lower: float | None = None
    upper: float | None = None
    method: str = ""
    status: str = PUBLISHED
    symbol: str = ""
    per_month: str = ""
    base: str = ""
    reconciled: str = ""
    is_counted: bool = False
    comparisons: tuple[Comparison, ...] = ()
    statement: str = ""
    part: str = ""
    time: str = ""

    @property
    def when(self) -> str:
        """Its time in a caption, a column or a chart: the day of a state, whatever period its return names."""
        return self.time or self.period.label

    @property
    def place(self) -> str:
        """Its area as readers see it."""
        return "area not stated" if self.geography == "unclear" else self.geography

    @property
    def of_year(self) -> bool:
        """Whether it is of the report's own year, and of all of it."""
        return self.offset == 0 and not self.part

    @property
    def current(self) -> bool:
        """Whether it stands for the report's own year: it is of all of that, or of no period that is stated."""
        return self.of_year or self.offset is None

    @property
    def published(self) -> bool:
        """Whether its value may be seen."""
        return self.status == PUBLISHED

    @property
    def key(self) -> tuple[str, ...]:
        """What it is about, whatever the year: figures of one key are compared over time."""
        return (self.indicator, self.dimension, self.category, self.measure_type, self.part, self.geography)


EXPORTED = (
    "statistic_id", "section", "indicator", "dimension", "category", "measure_type", "value", "display", "qualifier",
    "unit", "protects", "numerator", "denominator", "lower", "upper", "method", "period_start", "period_end",
    "period_basis", "period", "geography", "status", "symbol", "statement", "comparison", "agency",
    "definition_version", "source",
)  # fmt: skip


def export(statistic: Statistic) -> dict[str, Any]:
    """Return the statistic as the flat fields of statistics.csv and statistics.json, empty where unknown."""
    start, end = statistic.period.start, statistic.period.end
    told = {
        "period_start": start.isoformat() if start else "",
        "period_end": end.isoformat() if end else "",
        "period_basis": statistic.period.basis,
        "period": statistic.period.label,
        "comparison": " ".join(comparison.words for comparison in statistic.comparisons),
    }
    return {name: _plain(told[name] if name in told else getattr(statistic, name)) for name in EXPORTED}


def _plain(value: Any) -> Any:
    """Return a whole number without its .0, and an empty text for None."""
    if value is None:
        return ""
    return int(value) if isinstance(value, float) and value.is_integer() else value
