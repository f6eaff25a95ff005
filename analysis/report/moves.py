"""What moved by more than chance is likely to explain, and whether that is the wrong way: for index and summary.

Signals say it where the store holds them; without them, the comparisons with the year before.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.methods.change import FALLEN, RISEN, UNCHANGED
from analysis.report.topics import full_label
from analysis.statistics.display import CHANGE_MEASURES
from analysis.statistics.model import Comparison, Statistic

WRONG, RIGHT, NEITHER = "wrong", "right", "neither"
WANTED = {"higher_is_better": RISEN, "lower_is_better": FALLEN}
BY_CHANCE = 0.05  # verdicts on a change are from 95% intervals


@dataclass(frozen=True)
class Move:
    """One figure that moved. `others` counts the indicator's other figures that moved the same way."""

    section: str
    indicator: str
    name: str
    display: str
    words: str
    direction: str
    bearing: str
    others: int = 0

    @property
    def text(self) -> str:
        """What moved, in a sentence or two."""
        head = f"{self.name}: {self.display}. {self.words}" if self.display else self.words
        figures = "figure" if self.others == 1 else "figures"
        return f"{head} So did {self.others} more {figures} of it." if self.others else head


def list_moves(store: Mapping[str, Any]) -> list[Move]:
    """Return what moved, one an indicator and direction: what moved the wrong way first, whole before parts."""
    order = (WRONG, RIGHT, NEITHER)
    moves = list(fold(list_signals(store) if "signals" in store else list_changed(store)))
    return sorted(moves, key=lambda move: order.index(move.bearing))


def list_signals(store: Mapping[str, Any]) -> Iterable[Move]:
    """Return the store's signals as moves."""
    for signal in store["signals"]:
        title = store["indicators"][signal["indicator"]]["title"]
        bearing = judge(signal["polarity"], signal["direction"])
        yield Move(signal["section"], signal["indicator"], title, "", signal["words"], signal["direction"], bearing)


def list_changed(store: Mapping[str, Any]) -> Iterable[Move]:
    """Return the figures whose comparison says that they rose or fell, totals before parts."""
    for s, comparison in sorted(list_compared(store["statistics"]), key=lambda pair: bool(pair[0].dimension)):
        if comparison.verdict in (RISEN, FALLEN):
            polarity = store["indicators"][s.indicator]["polarity"]
            verdict = comparison.verdict
            told = (full_label(s), s.display, comparison.words, verdict)
            yield Move(s.section, s.indicator, *told, judge(polarity, verdict))


def list_compared(statistics: Sequence[Statistic]) -> list[tuple[Statistic, Comparison]]:
    """Return each figure that its comparison has a verdict on, "too few to say" left out."""
    pairs = ((s, comparison) for s in statistics for comparison in s.comparisons)
    return [pair for pair in pairs if pair[1].verdict in (RISEN, FALLEN, UNCHANGED)]


def judge(polarity: str, direction: str) -> str:
    """Return whether a direction is the wrong one, the right one, or neither, as the dictionary says."""
    if polarity not in WANTED or direction not in (RISEN, FALLEN):
        return NEITHER
    return RIGHT if WANTED[polarity] == direction else WRONG


def fold(moves: Iterable[Move]) -> Iterable[Move]:
    """Return the first move of each indicator and direction, with the number of the others."""
    groups: dict[tuple[str, str], list[Move]] = {}
    for move in moves:
        groups.setdefault((move.indicator, move.direction), []).append(move)
    for first, *others in groups.values():
        yield replace(first, others=len(others))


def list_reported(statistics: Sequence[Statistic]) -> list[dict[str, str]]:
    """Return the changes that agencies reported themselves, which can't be worked out here."""
    found = [s for s in statistics if s.measure_type in CHANGE_MEASURES and s.published and s.offset in (0, None)]
    return [{"section": s.section, "text": s.statement} for s in found]


def say_how_sure(store: Mapping[str, Any]) -> str:
    """Return how many figures were compared, and how many would seem to have moved by chance alone."""
    compared = list_compared(store["statistics"])
    moved = sum(comparison.verdict != UNCHANGED for _, comparison in compared)
    if not compared:
        return "No figure could be tested for change against an earlier one."
    tested = f"{len(compared)} {'figure was' if len(compared) == 1 else 'figures were'} tested for change"
    chance = round(BY_CHANCE * len(compared))
    if not moved:
        return f"{tested} against an earlier one, and none rose or fell."
    return f"{tested} against an earlier one; {moved} rose or fell. About {chance} would seem to by chance alone."
