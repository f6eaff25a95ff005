"""What a signal is: a figure that stands out, and how sure that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from analysis.figures.model import Statistic
from analysis.measures.catalogue import Catalogue

BREAK, NOT_COMPARABLE = "break", "not comparable"


@dataclass(frozen=True)
class Signal:
    """What stands out: a figure, in which way, since when, and the figures that it is told beside.

    `beside` are earlier figures, newest first, or, for a disparity, the group's base. `values` are numbers for its
    sentence: of a step the months' means, of a disparity the index and its limits. `echoes` are statistic ids.
    """

    statistic: Statistic
    kind: str
    direction: str
    since: date | None
    p: float = 0.0
    beside: tuple[Statistic, ...] = ()
    values: Mapping[str, float] | None = None
    reason: str = ""
    echoes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """The signals of a report, strongest first; how many figures of each section were tested for one; and the sections
    that figures of earlier years are held of."""

    signals: tuple[Signal, ...]
    tested: Mapping[str, int]
    held: frozenset[str] = frozenset()


def list_stages(indicator: str, catalogue: Catalogue) -> list[str]:
    """Return the stages that an indicator's events come out of, the nearest first."""
    found: list[str] = []
    while (indicator := catalogue.measures[indicator].comes_from) and indicator not in found:
        found.append(indicator)
    return found
