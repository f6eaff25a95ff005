"""The words that stand for a chart: a short text alternative, a long description, the check of their numbers.

Both are written from the marks, never typed, so they can't say what the chart doesn't.
"""

from collections.abc import Mapping, Sequence

from analysis.charts.chart import Mark
from analysis.charts.marks import NUMBER, SYMBOLS, bounds, ordered, shares_of_first, shown
from analysis.charts.text import clean

LIMIT = 250
NAMES = {
    "bars": "Bar chart, largest first",
    "ordered_bars": "Bar chart",
    "flow": "Bar chart of stages",
    "pairs": "Paired bar chart",
    "dots": "Dot plot",
    "trend": "Line chart",
    "control": "Control chart",
    "funnel": "Funnel plot",
    "neighbours": "Dot plot of areas",
    "ratio": "Ratio plot",
}


def write_alt(kind: str, marks: Sequence[Mark], title: str, own: str = "", marked: Sequence[str] = ()) -> str:
    """Return what the chart says in a sentence or a few, under 250 characters where that can be.

    All values where they fit; else the summary of its kind: highest and lowest, first and last, how many are
    hidden. `own` is the label of the area that the chart is about, `marked` those of the marks it points out.
    """
    start = f"{NAMES.get(kind, 'Chart')}: {_stop(clean(title))}"
    values = "; ".join(_said(mark) for mark in marks) + "."
    summary = SUMMARIES.get(kind, _extremes)(marks)
    parts = (_own(marks, own), summary, _marked(kind, marked), _hidden(marks))
    short = f"{start} {' '.join(part for part in parts if part)}".strip()
    whole = f"{start} {values}"
    return whole if len(whole) <= LIMIT and kind not in SUMMED_UP else short


def write_description(kind: str, marks: Sequence[Mark], subtitle: str = "") -> str:
    """Return every value of the chart in words, in the order drawn, with notes, bounds and shares."""
    shares = shares_of_first(marks) if kind == "flow" else [""] * len(marks)
    start = f"{NAMES.get(kind, 'Chart')}." + (f" {_stop(clean(subtitle))}" if clean(subtitle) else "")
    between = "limits" if kind == "control" else "interval"
    values = "; ".join(_full(mark, share, marks[0], between) for mark, share in zip(marks, shares, strict=True))
    return f"{start} {values}."


def write_beside(options: Mapping[str, object]) -> str:
    """Return what a chart shows beside its marks: a sentence for each option that draws something there."""
    shown_beside = [BESIDE[name](value) for name, value in options.items() if name in BESIDE and (value or value == 0)]
    return " ".join(f"{sentence}." for sentence in shown_beside)


def _centre(centre: float | Sequence[float]) -> str:
    values = ordered(f"{value:,.4g}" for value in (centre if isinstance(centre, Sequence) else [centre]))
    return f"Average: {', then '.join(values)}"


def _flags(flags: Mapping[str, str]) -> str:
    """Return each rule with the points that break it."""
    rules = ordered(flags.values())
    return ". ".join(f"{clean(rule)}: {', '.join(at for at in flags if flags[at] == rule)}" for rule in rules)


BESIDE = {
    "centre": _centre,
    "flags": _flags,
    "events": lambda events: "; ".join(f"{clean(at)}: {clean(what)}" for at, what in events.items()),
    "references": lambda lines: f"Lines for comparison: {'; '.join(map(clean, lines))}",
    "unusual": lambda areas: f"Marked as unusual: {', '.join(map(clean, areas))}",
    "own": lambda area: f"The report's own area: {clean(area)}",
    "same": lambda name: f"{clean(name)}: one",
}


def check_words(text: str, marks: Sequence[Mark], *known: str) -> list[str]:
    """Return the numbers in the text that stand neither in the marks nor in `known` texts (a title)."""
    allowed = {_number(found) for source in (*_sources(marks), *known) for found in NUMBER.findall(source)}
    displays = [clean(mark.display) for mark in marks if mark.is_hidden]
    allowed |= {float(count) for count in (len(marks), *map(displays.count, displays))}
    return [found for found in NUMBER.findall(text) if _number(found) not in allowed]


def _sources(marks: Sequence[Mark]) -> list[str]:
    texts = [text for mark in marks for text in (mark.label, mark.group, mark.display, mark.note)]
    numbers = [f"{abs(number):.15g}" for mark in marks for number in mark.numbers]
    return texts + numbers + [bounds(mark) for mark in marks] + shares_of_first(marks)


def _number(found: str) -> float:
    return float(found.replace(",", ""))


def _stop(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _name(mark: Mark) -> str:
    return ", ".join(clean(part) for part in (mark.label, mark.group, mark.note) if clean(part))


def _said(mark: Mark) -> str:
    return f"{_name(mark)}: {shown(mark)}"


def _full(mark: Mark, share: str, first: Mark, between: str) -> str:
    words = _said(mark)
    if bounds(mark):
        words += f" ({between} {bounds(mark)})"
    return f"{words} ({share} of {clean(first.display)})" if share else words


def _extremes(marks: Sequence[Mark], high: str = "Highest") -> str:
    """Return the highest and the lowest mark that shows a size; one sentence where all are the same."""
    visible = [mark for mark in marks if not mark.is_hidden]
    displays = {shown(mark) for mark in visible}
    some = " shown" if len(visible) < len(marks) else ""
    if len(displays) < 2:
        return f"All{some} are {displays.pop()}." if displays else ""
    sizes = [_size(mark) for mark in visible]
    return f"{high}: {_at(visible, max(sizes))}. Lowest{some}: {_at(visible, min(sizes))}."


def _stages(marks: Sequence[Mark]) -> str:
    """Return the first stage, then the largest and smallest of those that follow in its cohort."""
    first = marks[0]
    rest = [mark for mark in marks[1:] if mark.whole]
    return f"First: {_name(first)} ({shown(first)}). {_extremes(rest, 'Largest after it')}".strip()


def _courses(marks: Sequence[Mark]) -> str:
    """Return where each line begins and ends: "England: 22.6% (2018-19) to 22.5% (2023-24)."."""
    groups = [[mark for mark in marks if mark.group == group] for group in ordered(m.group for m in marks)]
    visible = [[mark for mark in group if not mark.is_hidden] for group in groups]
    return " ".join(_course(group) for group in visible if group)


def _course(marks: Sequence[Mark]) -> str:
    first, last = marks[0], marks[-1]
    name = f"{clean(first.group)}: " if clean(first.group) else "From "
    return f"{name}{shown(first)} ({clean(first.label)}) to {shown(last)} ({clean(last.label)})."


def _line(marks: Sequence[Mark]) -> str:
    return f"{_courses(marks)} {_extremes(marks)}".strip()


def _own(marks: Sequence[Mark], own: str) -> str:
    return " ".join(f"{_said(mark)}." for mark in marks if own and mark.label == own)


def _marked(kind: str, marked: Sequence[str]) -> str:
    """Return which marks the chart points out, or that it points out none, where it is its business to do so."""
    names = list(marked[:3]) + (["others"] if len(marked) > 3 else [])
    if kind in POINTS_OUT:
        return f"{POINTS_OUT[kind]}: {', '.join(names) or 'none'}."
    return ""


SUMMARIES = {"flow": _stages, "trend": _courses, "control": _line}
POINTS_OUT = {"control": "Points that break a rule", "funnel": "Areas marked as unusual"}
SUMMED_UP = ("trend", "control", "funnel")


def _at(marks: Sequence[Mark], size: float) -> str:
    """Return who stands at a size, and what is shown there: "Neglect and Physical (35%)"."""
    there = [mark for mark in marks if _size(mark) == size]
    names = {1: _name(there[0]), 2: " and ".join(map(_name, there))}
    return f"{names.get(len(there), f'{_name(there[0])} and others')} ({shown(there[0])})"


def _size(mark: Mark) -> float:
    return mark.upper if mark.value is None else mark.value


def _hidden(marks: Sequence[Mark]) -> str:
    """Return how many marks show no number, by reason: "Number withheld: 2 of 6." """
    reasons = [SYMBOLS[clean(mark.display)] for mark in marks if mark.is_hidden]
    counts = [f"{reason}: {reasons.count(reason)} of {len(marks)}" for reason in dict.fromkeys(reasons)]
    return "; ".join(counts).capitalize() + "." if counts else ""
