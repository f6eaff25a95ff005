"""What stands out, in the order that a reader asks: what worries, what got better, what else moved, what broke."""

from collections.abc import Iterable, Mapping

from analysis.figures.display import CHANGE_MEASURES
from analysis.figures.model import Statistic
from analysis.findings.signal import BREAK
from analysis.methods.evidence import DISPARITY
from analysis.release.release import Finding, FindingsHead

WORRYING, BETTER, MOVED, BROKEN = "worrying", "better", "moved", "broken"
BEARINGS = (WORRYING, BETTER, MOVED, BROKEN)
NOTHING = "No figure that could be set beside earlier years, or between groups, stands out beyond chance."


def list_moves(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return findings by their bearing, each in their own order."""
    every = list(findings)
    return {bearing: [finding for finding in every if judge(finding) == bearing] for bearing in BEARINGS}


def judge(finding: Finding) -> str:
    """Return the bearing of a finding: what moved the wrong way, and a gap between groups, are worth asking about."""
    if finding.kind == BREAK:
        return BROKEN
    if finding.kind == DISPARITY or finding.better is False:
        return WORRYING
    return BETTER if finding.better else MOVED


def say_how_sure(heads: Mapping[str, FindingsHead]) -> str:
    """Return how findings were told from chance, or that nothing stands out."""
    return next((head.method for head in heads.values() if head.method), NOTHING)


def list_reported(statistics: Iterable[Statistic]) -> list[dict[str, str]]:
    """Return the changes that agencies reported themselves, which can't be worked out here."""
    found = [s for s in statistics if s.measure_type in CHANGE_MEASURES and s.published and s.current]
    return [{"section": s.section, "words": s.statement, "title": s.title, "chance": ""} for s in found]
