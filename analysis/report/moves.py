"""What stands out, in the order that a reader asks: what worries, what got better, what else moved, what broke."""

from collections.abc import Mapping, Sequence
from typing import Any

from analysis.figures.display import CHANGE_MEASURES
from analysis.figures.model import Statistic
from analysis.findings.signal import BREAK
from analysis.methods.evidence import DISPARITY

WORRYING, BETTER, MOVED, BROKEN = "worrying", "better", "moved", "broken"
BEARINGS = (WORRYING, BETTER, MOVED, BROKEN)
NOTHING = "No figure that could be set beside earlier years, or between groups, stands out beyond chance."


def list_moves(store: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the store's signals by their bearing, each in the store's order."""
    return {bearing: [one for one in store["signals"] if judge(one) == bearing] for bearing in BEARINGS}


def judge(signal: Mapping[str, Any]) -> str:
    """Return the bearing of a signal: what moved the wrong way, and a gap between groups, are worth asking about."""
    if signal["kind"] == BREAK:
        return BROKEN
    if signal["kind"] == DISPARITY or signal["better"] is False:
        return WORRYING
    return BETTER if signal["better"] else MOVED


def say_how_sure(store: Mapping[str, Any]) -> str:
    """Return how signals were told from chance, or that nothing stands out."""
    methods = [head["method"] for head in store["signal_heads"].values() if head["method"]]
    return methods[0] if methods else NOTHING


def list_reported(statistics: Sequence[Statistic]) -> list[dict[str, str]]:
    """Return the changes that agencies reported themselves, which can't be worked out here."""
    found = [s for s in statistics if s.measure_type in CHANGE_MEASURES and s.published and s.offset in (0, None)]
    return [{"section": s.section, "words": s.statement, "title": s.title, "chance": ""} for s in found]
