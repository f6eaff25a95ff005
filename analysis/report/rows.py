"""Figures as words: rows and tables, a fact a row, key figures, sentences, with what a reader needs beside a value."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from analysis.figures.display import display_fact, place_words
from analysis.figures.model import NOT_APPLICABLE, NOT_TESTED, SYMBOL_WORDS, Comparison, Statistic
from analysis.measures.catalogue import get_catalogue
from analysis.measures.completion import MONTH, NO_GROUP
from analysis.methods.change import CLEAR, FEW, POSSIBLE, UNCLEAR

NONE_HELD = "None held"
NOT_HELD = "[x]"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
OUTCOME_WORDS = {
    CLEAR: "neither chance nor how earlier years vary would often give it",
    POSSIBLE: "chance would seldom give it, but among so many figures some look so by chance",
    UNCLEAR: "chance, or how earlier years vary, could give it",
    FEW: "under 20 people or events",
    NOT_TESTED: "no test of chance fits such figures",
}
LEAST_OF_MONTH = 100  # people or events: of a month's fewer no share is offered to quote


def list_facts(statistics: Iterable[Statistic]) -> list[list[Statistic]]:
    """Return the statistics grouped into facts: the two ends of a range are one."""
    return [list(fact) for _, fact in groupby(statistics, key=lambda s: (s.key, s.period, not s.bound))]


def make_row(fact: Sequence[Statistic], *, brief: bool = False) -> dict[str, str]:
    """Return one row of a table: one statistic, or both ends of a range; `brief` leaves out how limits were made."""
    s = fact[0]
    return {
        "label": s.label + place_words(s),
        "display": display_fact(fact),
        "detail": join_words(s.base, limits(s, brief=brief), s.per_month, s.reconciled),
        "period": s.when,
        "comparison": " ".join(c.words if c.against else NONE_HELD for c in s.comparisons) or NONE_HELD,
    }


def shorten(comparison: Comparison) -> str:
    """Return a comparison for a table that names the other period above it: the other figure and any clear change."""
    if not comparison.against:
        return NONE_HELD
    changed = f"{comparison.difference}; {CLEAR}" if comparison.outcome == CLEAR else ""
    said = comparison.refused or changed
    return f"{comparison.other}: {said}" if said else comparison.other


def limits(statistic: Statistic, *, brief: bool = False) -> str:
    """Return the interval of a percentage or a rate with its method, where it has one."""
    if statistic.lower is None:
        return ""
    sign = "%" if statistic.measure_type == "percent" else ""
    ends = f"{statistic.lower:,g}{sign} to {statistic.upper:,g}{sign}"
    return ends if brief else f"95% interval {ends}, {statistic.method}"


def make_legend(statistics: Sequence[Statistic], table: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
    """Return each symbol that occurs among figures or in the earlier years of their table, with what it means."""
    symbols = {s.symbol for s in statistics if s.symbol} | (table["symbols"] if table else set())
    return [(symbol, SYMBOL_WORDS[symbol]) for symbol in sorted(symbols)]


def list_outcomes(statistics: Iterable[Statistic]) -> list[tuple[str, str]]:
    """Return what each outcome of a comparison means that occurs among figures: once for a page."""
    found = {comparison.outcome for s in statistics for comparison in s.comparisons}
    return [(outcome, words) for outcome, words in OUTCOME_WORDS.items() if outcome in found]


def join_words(*parts: str) -> str:
    """Return what isn't empty of some words, as one line."""
    return "; ".join(part for part in parts if part)


def list_statements(statistics: Sequence[Statistic]) -> list[dict[str, str]]:
    """Return each sentence to quote once, with its anchor, the ids that it speaks of, and how the first is known."""
    found: dict[str, list[Statistic]] = {}
    for s in filter(is_quotable, statistics):
        found.setdefault(s.statement, []).append(s)
    return [
        {
            "anchor": f"statement-{about[0].statistic_id}",
            "text": text,
            "id": ", ".join(s.statistic_id for s in about),
            "sure": join_words(limits(about[0]), about[0].reconciled),
        }
        for text, about in found.items()
    ]


def is_idle(s: Statistic) -> bool:
    """Whether a figure says that there is none of whom nothing is known."""
    return s.value == 0 and s.category.casefold() in NO_GROUP


def is_quotable(s: Statistic) -> bool:
    """Whether the sentence of a figure is worth quoting: not that nobody's age wasn't known, that a group has nobody
    this year or last, that there was nothing to take a share of, what share of a month's few it was, or no news."""
    never = s.value == 0 and s.category and any(c.other == "0" for c in s.comparisons)
    unknown = never or is_idle(s)
    entry = get_catalogue().measures.get(s.indicator)
    split = entry and s.category and entry.by.get(s.dimension)
    if entry and not (entry.quoted and (not split or split.quoted)):
        return False
    month = s.dimension == MONTH and s.measure_type == "percent" and (s.denominator or 0) < LEAST_OF_MONTH
    return bool(s.statement) and s.status != NOT_APPLICABLE and not (unknown or month)


def make_tile(statistic: Statistic) -> dict[str, str]:
    """Return a key figure: value, what it is, when, and the change in words."""
    return {
        "display": statistic.display,
        "name": full_label(statistic),
        "when": join_words(statistic.when, statistic.base),
        "change": next((say_change(c) for c in statistic.comparisons), ""),
    }


def say_change(comparison: Comparison) -> str:
    """Return a comparison as a tile has room for it: why one was refused stands in the table, and nothing where no
    earlier figure is held, which the page says once."""
    if not comparison.against:
        return ""
    if not comparison.refused:
        return comparison.words
    reason = comparison.refused.partition(":")[0]
    return f"Earlier figure: {comparison.other} ({comparison.against}), {reason}."


def find_usual_period(statistics: Sequence[Statistic]) -> tuple[str, bool]:
    """Return the period of more than half of the figures, empty without one; and whether any differs."""
    (label, held), *others = Counter(s.when for s in statistics).most_common()
    return (label, bool(others)) if 2 * held > len(statistics) else ("", True)


def full_label(statistic: Statistic) -> str:
    """Return what a figure is, standing alone: title and category, and the area where it isn't the report's."""
    name = f"{statistic.title}: {statistic.label}" if statistic.category else statistic.title
    return name + place_words(statistic)


def plain(text: str) -> str:
    """Return a text that XML can hold: a character that it can't is shown as the replacement character."""
    return NOT_XML.sub("\ufffd", str(text))
