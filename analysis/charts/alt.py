"""The words that stand for a chart: a short text alternative, a long description, the check of their numbers.

Both are written from the marks, never typed, so they can't say what the chart doesn't.
"""

from collections.abc import Sequence

from analysis.charts.chart import Mark
from analysis.charts.marks import NUMBER, SYMBOLS, shares_of_first, shown
from analysis.charts.text import clean

LIMIT = 250
NAMES = {
    "bars": "Bar chart, largest first",
    "ordered_bars": "Bar chart",
    "flow": "Bar chart of stages",
    "stacked": "Stacked bar chart",
    "pairs": "Paired bar chart",
    "dots": "Dot plot",
    "trend": "Line chart",
    "control": "Control chart",
    "funnel": "Funnel plot",
    "neighbours": "Dot plot of areas",
    "ratio": "Ratio plot",
    "heat_grid": "Grid of numbers",
    "timeline": "Timeline",
}


def write_alt(kind: str, marks: Sequence[Mark], title: str, said: str = "") -> str:
    """Return what the chart says in one or two sentences, under 250 characters where that can be.

    All values where they fit; else the highest and the lowest. `said` is what the kind itself adds.
    """
    start = f"{NAMES[kind]}: {_stop(clean(title))}"
    values = "; ".join(_said(mark, shown(mark)) for mark in marks) + "."
    summary = _stages(marks) if kind == "flow" else _extremes(marks)
    short = " ".join(part for part in (summary, _hidden(marks)) if part)
    tries = [f"{start} {said or values}".strip(), f"{start} {short}"]
    return next((text for text in tries if len(text) <= LIMIT), tries[-1])


def write_description(kind: str, marks: Sequence[Mark], subtitle: str = "") -> str:
    """Return every value of the chart in words, in the order drawn, with notes, bounds and shares."""
    shares = shares_of_first(marks) if kind == "flow" else [""] * len(marks)
    start = f"{NAMES[kind]}." + (f" {_stop(clean(subtitle))}" if clean(subtitle) else "")
    values = "; ".join(_full(mark, share, marks[0]) for mark, share in zip(marks, shares, strict=True))
    return f"{start} {values}."


def check_words(text: str, marks: Sequence[Mark], *known: str) -> list[str]:
    """Return the numbers in the text that stand neither in the marks nor in `known` texts (a title)."""
    allowed = {_number(found) for source in (*_sources(marks), *known) for found in NUMBER.findall(source)}
    displays = [clean(mark.display) for mark in marks if mark.is_hidden]
    allowed |= {float(count) for count in (len(marks), *map(displays.count, displays))}
    return [found for found in NUMBER.findall(text) if _number(found) not in allowed]


def _sources(marks: Sequence[Mark]) -> list[str]:
    texts = [text for mark in marks for text in (mark.label, mark.group, mark.display, mark.note)]
    numbers = [f"{abs(number):.15g}" for mark in marks for number in mark.numbers]
    return texts + numbers + shares_of_first(marks)


def _number(found: str) -> float:
    return float(found.replace(",", ""))


def _stop(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _name(mark: Mark) -> str:
    return ", ".join(clean(part) for part in (mark.label, mark.group, mark.note) if clean(part))


def _said(mark: Mark, display: str) -> str:
    return f"{_name(mark)}: {display}"


def _full(mark: Mark, share: str, first: Mark) -> str:
    words = _said(mark, shown(mark))
    if mark.value is not None and mark.lower is not None and mark.upper is not None:
        words += f" (from {mark.lower:,.10g} to {mark.upper:,.10g})"
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
    """Return the first stage, then the largest and smallest of those that follow in its group."""
    first = marks[0]
    rest = [mark for mark in marks[1:] if mark.group == first.group and mark.whole]
    return f"First: {_name(first)} ({shown(first)}). {_extremes(rest, 'Largest after it')}".strip()


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
