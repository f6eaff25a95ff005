"""A sentence for each statistic, from its value, its words in the dictionary and the phrases file.

Statements are made after disclosure control, from what it let through, so that a sentence has nothing to leak.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path
from typing import Any

from analysis.figures.display import CHANGE_MEASURES, display_range, lower_first, upper_first
from analysis.figures.model import NOT_TESTED, Statistic
from analysis.measures.catalogue import Catalogue
from analysis.measures.completion import MONTH, NO_GROUP
from analysis.measures.words import join_names
from analysis.methods.change import CLEAR, FEW, POSSIBLE, UNCLEAR
from analysis.statements.against import set_against
from analysis.statements.titles import Phrases, read_phrases
from analysis.statements.words import FULL_TIME, HALF, KNOWN, NO_BASE, RATIO, Telling, find_words

BEFORE = re.compile(r"\b(before|earlier one|later one)\b|\bwithin .+ of the\b")
"""Words after which the period would be taken for that time: "within 28 days of the request in January"."""
TWICE = 100  # per cent more
LONGEST = 30  # words of a sentence
HALVES = ("over", "at_least", "about", "nearly", "just_under")
WORDED = {
    "half",
    "none",
    "neither",
    "none_of_all",
    "only",
    "both",
    "all",
    "no_posts",
}  # states in which no share is said in digits
NEEDED = {
    "other": {"many", "suppressed", "unavailable", "not_applicable"},
    "against_rough": {CLEAR, POSSIBLE, UNCLEAR, NOT_TESTED},
    "against": {CLEAR, POSSIBLE, UNCLEAR, FEW, NOT_TESTED, "alike", "alike_share", "refused"},
    "note": {"unstated", "number", "period", "area"},
}


def load_phrases(folder: Path) -> Phrases:
    """Return the wording by measure type and state. Raises DataError without the fall-back `[other]` or what follows a
    figure (`[against]`, `[note]`)."""
    return read_phrases(folder / "phrases.toml", NEEDED)


def state_all(statistics: Sequence[Statistic], telling: Telling) -> list[Statistic]:
    """Return the statistics, each with its statement; both ends of a range have the same: "5% to 6%". A base keeps its
    "where this is recorded" where that is fewer than all that the release tells of."""
    ranges, full = _find_ranges(statistics), _find_full(statistics, telling.catalogue)
    # where a measure's own number stands, its shares' base is no riddle
    counts = {
        (s.indicator, s.period, s.geography)
        for s in statistics
        if s.measure_type == "count" and s.published and not s.category
    }
    broken = {s.indicator: s.comparisons for s in statistics if not s.category and any(c.broken for c in s.comparisons)}
    unknown = {_split_of(s) for s in statistics if s.category in NO_GROUP and s.value != 0}
    stated = []
    for s in statistics:
        s = replace(s, base=_shorten_base(s)) if s.statistic_id in full else s
        base = "" if s.base == NO_BASE and (s.indicator, s.period, s.geography) in counts else s.base
        told = replace(s, display=ranges.get((s.key, s.period), s.display), base=base)
        if s.measure_type in CHANGE_MEASURES:
            told = replace(told, comparisons=broken.get(s.indicator, ()))
        stated.append(replace(s, statement=state(told, telling, some_unknown=_split_of(s) in unknown)))
    return stated


def _split_of(s: Statistic) -> tuple:
    return (s.indicator, s.dimension, s.measure_type, s.period, s.geography)


def _find_wholes(statistics: Sequence[Statistic], catalogue: Catalogue) -> dict[tuple, float]:
    """Return how many there are in all, by measure, split and period: a measure's own number, or else the base of a
    share that keeps to no part of it."""
    based = {
        _whole_of(s, catalogue): s.denominator
        for s in statistics
        if s.published and s.denominator and not catalogue.measures[s.indicator].of_only
    }
    own = (s for s in statistics if s.measure_type == "count" and s.published)
    return based | {(s.indicator, s.dimension, s.category, s.period): s.value for s in own}


def _whole_of(s: Statistic, catalogue: Catalogue, *, total: bool = False) -> tuple:
    split = ("", "") if total else (s.dimension, s.category)
    return (catalogue.measures[s.indicator].of, *split, s.period)


def _find_full(statistics: Sequence[Statistic], catalogue: Catalogue) -> set[str]:
    """Return the ids of the shares whose base is all that there are, though it keeps to "where this is recorded"."""
    wholes = _find_wholes(statistics, catalogue)
    full = [
        s
        for s in statistics
        if s.denominator is not None
        and s.denominator in {wholes.get(_whole_of(s, catalogue, total=total)) for total in (False, True)}
    ]
    totals = {(s.indicator, s.period) for s in full if not s.category}
    return {s.statistic_id for s in full} | {s.statistic_id for s in statistics if (s.indicator, s.period) in totals}


def _shorten_base(s: Statistic) -> str:
    """Return the base of a share without which of them it keeps to."""
    told = re.match(r"(?:[\d,]+ )?of [\d,]+(?= )", s.base)
    return told[0] if told and not s.base.endswith(FULL_TIME) else s.base


def _find_ranges(statistics: Sequence[Statistic]) -> dict[tuple, str]:
    """Return how each published range reads, by the fact that it is about."""
    ends: dict[tuple, list[Statistic]] = {}
    for s in statistics:
        if s.bound and s.published:
            ends.setdefault((s.key, s.period), []).append(s)
    return {fact: display_range(pair) for fact, pair in ends.items() if len(pair) == 2}


def state(statistic: Statistic, telling: Telling, *, some_unknown: bool = False) -> str:
    """Return the statement: the figure, then what it may be compared with. `some_unknown` says that of others of its
    split something isn't known, so that it isn't known of all."""
    words = find_words(statistic, telling)
    holds = _list_states(statistic, words, some_unknown=some_unknown)
    phrase = _choose(statistic, words, holds, telling.phrases)
    change = statistic.measure_type in CHANGE_MEASURES
    if phrase != words["said"] and _period_leads(statistic, words):
        sentence = f"{words['Period']}, {lower_first(phrase.replace(' {period}', '').format(**words))}"
    else:
        sentence = phrase.format(**words)
    sentence = re.sub(r" ([.,:])", r"\1", " ".join(sentence.split())).replace(",,", ",")
    if statistic.measure_type == "percent" and len(sentence.split()) > LONGEST:
        sentence = re.sub(r": (?=[\d,]+ of )", ". That is ", sentence, count=1)
    sentence = upper_first(sentence)
    if statistic.published and words["place"] and "{place}" not in words["said"]:
        sentence = f"{upper_first(words['place'].strip())}, {lower_first(sentence)}"
    if statistic.published and not change and (not words["said"] or "{period}" in words["said"]):
        sentence = sentence.removesuffix(".") + _note_unstated(statistic, words, telling.phrases["note"]) + "."
    extra = [f"That is {statistic.per_month}."] if statistic.per_month else []
    for comparison in statistic.comparisons:
        worded = not holds.isdisjoint(WORDED)
        against = set_against(statistic, comparison, telling, worded=worded, known="known" in holds)
        if against.startswith(","):
            sentence = sentence.removesuffix(".") + against
        else:
            extra.append(against)
    return " ".join(filter(None, [sentence, *extra]))


def _period_leads(s: Statistic, words: Mapping[str, Any]) -> bool:
    """Whether a sentence begins with its period: a stretch of months, a month of which a share is (its verb would
    take it for when that was done), a time after words that would take it for theirs."""
    if not s.published or not words["Period"] or words["place"]:
        return False
    share = s.measure_type == "percent" and (s.dimension == MONTH or BEFORE.search(words["share"]))
    return words["Period"].startswith("From ") or bool(share)


def _note_unstated(s: Statistic, words: Mapping[str, Any], notes: Mapping[str, str]) -> str:
    """Return, in one bracket, what the return left unsaid: of which area a figure is, of how many a share, of when."""
    area = notes["area"] * (s.geography == "unclear")
    number = notes["number"] * bool(words["share"] and s.base == NO_BASE)
    period = notes["period"] * (not (s.period.stated or s.offset or words["stands"]))
    unsaid = join_names([note for note in (area, number, period) if note])
    return f" {notes['unstated'].format(what=unsaid)}" if unsaid else ""


def _choose(s: Statistic, words: Mapping[str, Any], holds: Set[str], phrases: Phrases) -> str:
    """Return the sentence that the measure's record has; else the first phrase of its kind, then of `[other]`, whose
    state holds; of a percentage of nothing that is named, and isn't shown, that of `[other]`."""
    if s.published and words["said"] and s.measure_type in words["kinds"]:
        return words["said"]
    named = words["share"] or s.published or s.measure_type != "percent"
    own = phrases.get(s.measure_type, {}) if named else {}
    return next(text for state, text in (*own.items(), *phrases["other"].items()) if state in holds)


def _list_states(s: Statistic, words: Mapping[str, Any], *, some_unknown: bool) -> set[str]:
    """Return the states of a figure that phrases are made for: not shown, zero, one, a share of none, half or all."""
    if not s.published:
        return {s.status}
    exact, share, whole = s.qualifier == "exact", words["share"], s.denominator or 0
    part = share.startswith("of ") and not whole % 1
    none, every = (part and exact and s.value == end and s.numerator in (None, end and whole) for end in (0, 100))
    holds = {
        "known": exact and s.value == 0 and s.category in KNOWN and words["each"] and not some_unknown,
        "unlike": s.measure_type in CHANGE_MEASURES and words["reason"],
        "twice_thing": words["noun"].startswith("the ") and s.value == TWICE,
        "twice": s.value == TWICE,
        "thing": words["noun"].startswith("the "),
        "nobody": exact and s.value == 0 and words["who"],
        "zero": exact and s.value == 0,
        "one": s.value == 1 and s.qualifier in ("exact", "at_least"),
        "no_posts": words["posts"] and RATIO.fullmatch(share) and s.value == 0,
        "few_posts": words["posts"] and words["few"] and RATIO.fullmatch(share),
        "few_ratio": words["few"] and RATIO.fullmatch(share),
        "ratio": RATIO.fullmatch(share),
        "half": part and s.value == HALF and s.qualifier in HALVES,
        "none": none and whole > 2,
        "neither": none and whole == 2,
        "none_of_all": none and whole <= 1,
        "only": every and whole == 1 and words["of_one"],
        "both": every and whole == 2,
        "all": every and whole not in (1, 2),
        "few": words["few"],
        "narrow": words["narrow"],
        "many": True,
    }
    return {state for state, held in holds.items() if held}
