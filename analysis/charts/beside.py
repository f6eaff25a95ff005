"""What a chart shows beside its marks, in words for its long description: averages, targets, rules, events, lines."""

from collections.abc import Mapping, Sequence

from analysis.charts.marks import ordered
from analysis.charts.text import clean


def write_beside(options: Mapping[str, object]) -> str:
    """Return a sentence for each option of a chart that draws something beside the marks, "" where none does."""
    said = [WORDS[name](value) for name, value in options.items() if name in WORDS and value not in (None, "")]
    return " ".join(f"{sentence}." for sentence in said if sentence)


def _centre(centre: float | Sequence[float]) -> str:
    values = ordered(f"{value:,.4g}" for value in (centre if isinstance(centre, Sequence) else [centre]))
    return f"Average: {', then '.join(values)}"


def _flags(flags: Mapping[str, str]) -> str:
    """Return each rule with the points that break it."""
    rules = ordered(flags.values())
    return ". ".join(f"{clean(rule)}: {', '.join(at for at in flags if flags[at] == rule)}" for rule in rules)


def _events(events: Mapping[str, str]) -> str:
    return "; ".join(f"{clean(at)}: {clean(what)}" for at, what in events.items())


def _references(references: Mapping[str, float]) -> str:
    return f"Lines for comparison: {'; '.join(map(clean, references))}" if references else ""


def _unusual(areas: Sequence[str]) -> str:
    return f"Marked as unusual: {', '.join(map(clean, areas))}" if areas else ""


WORDS = {
    "centre": _centre,
    "target": lambda target: f"Target: {target:,.10g}",
    "flags": _flags,
    "events": _events,
    "references": _references,
    "unusual": _unusual,
    "own": lambda area: f"The report's own area: {clean(area)}",
    "same": lambda name: f"{clean(name)}: one",
}
