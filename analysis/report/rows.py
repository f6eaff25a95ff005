"""Rows of tables: one fact each, with what a reader needs beside its value."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from analysis.figures.display import display_range, place_words
from analysis.figures.model import SYMBOL_WORDS, Comparison, Statistic
from analysis.methods.change import FALLEN, RISEN

NONE_HELD = "None held"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CLEAR = (RISEN, FALLEN)


def list_facts(statistics: Iterable[Statistic]) -> list[list[Statistic]]:
    """Return the statistics grouped into facts: the two ends of a range are one."""
    return [list(fact) for _, fact in groupby(statistics, key=lambda s: (s.key, s.period, not s.bound))]


def make_row(fact: Sequence[Statistic], *, brief: bool = False) -> dict[str, str]:
    """Return one row of a table: one statistic, or both ends of a range; `brief` leaves out how limits were made."""
    s = fact[0]
    return {
        "label": s.label + place_words(s),
        "display": display_range(fact) if len(fact) > 1 and s.published else s.display,
        "detail": join_words(s.base, limits(s, brief=brief), s.per_month, s.reconciled),
        "period": s.period.label,
        "comparison": " ".join(c.words if c.against else NONE_HELD for c in s.comparisons) or NONE_HELD,
    }


def shorten(comparison: Comparison) -> str:
    """Return a comparison for a table that names the other period above it: the other figure and any clear change."""
    if not comparison.against:
        return NONE_HELD
    said = comparison.refused or (comparison.verdict if comparison.verdict in CLEAR else "")
    return f"{comparison.other}: {said}" if said else comparison.other


def limits(statistic: Statistic, *, brief: bool = False) -> str:
    """Return the interval of a percentage or a rate with its method, where it has one."""
    if statistic.lower is None:
        return ""
    sign = "%" if statistic.measure_type == "percent" else ""
    ends = f"{statistic.lower:,g}{sign} to {statistic.upper:,g}{sign}"
    return ends if brief else f"95% interval {ends}, {statistic.method}"


def make_legend(statistics: Sequence[Statistic]) -> list[tuple[str, str]]:
    """Return each symbol that occurs, with what it means."""
    return [(symbol, SYMBOL_WORDS[symbol]) for symbol in sorted({s.symbol for s in statistics if s.symbol})]


def join_words(*parts: str) -> str:
    """Return what isn't empty of some words, as one line."""
    return "; ".join(part for part in parts if part)


def plain(text: str) -> str:
    """Return a text that XML can hold: a character that it can't is shown as the replacement character."""
    return NOT_XML.sub("\ufffd", str(text))
