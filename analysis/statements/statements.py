"""A sentence for each statistic, from its value, its words in the dictionary and the phrases file.

Statements are made after disclosure control, from what it let through, so that a sentence has nothing to leak.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.figures.compare import ALIKE
from analysis.figures.display import (
    CHANGE_MEASURES,
    QUALIFIER_WORDS,
    display_number,
    display_range,
    place_words,
    upper_first,
)
from analysis.figures.model import Comparison, Statistic
from analysis.figures.units import get_unit
from analysis.measures.catalogue import Catalogue
from analysis.measures.completion import NO_GROUP
from analysis.measures.measure import END, Measure, Split
from analysis.measures.periods import Period, say_day
from analysis.measures.terms import Unit
from analysis.measures.words import name_one
from analysis.methods.change import AMONG, CHANCE, FALLEN, LONGER, RISEN, TOO_FEW, UNCHANGED, VARIED
from analysis.statements.titles import Phrases, read_phrases

RATIO = "is the number of "  # how the words of a share begin that is one number over another
NO_BASE = "base not given"
DURING = "in the period"
BEFORE = re.compile(r"\b(before|earlier one|later one)\b")  # words after which the period would be taken for that time
PEOPLE = "people who "
HALF, HALVES = 50, ("over", "at_least", "about", "nearly", "just_under")
SINGULAR = {"were": "was", "are": "is", "have": "has"}
VERDICTS = (RISEN, FALLEN, UNCHANGED, CHANCE, AMONG, VARIED, LONGER, TOO_FEW)
NEEDED = {
    "other": {"many", "suppressed", "unavailable", "not_applicable"},
    "against": {*VERDICTS, "untested", "alike", "refused", "unlike"},
}


def load_phrases(folder: Path) -> Phrases:
    """Return the wording by measure type and state. Raises DataError without the fall-back `[other]` or what follows a
    figure (`[against]`)."""
    return read_phrases(folder / "phrases.toml", NEEDED)


def state_all(statistics: Sequence[Statistic], catalogue: Catalogue, phrases: Phrases) -> list[Statistic]:
    """Return the statistics, each with its statement. Both ends of a range have the same: "5% to 6%"."""
    ranges = _find_ranges(statistics)
    # where a measure's own number stands, its shares' base is no riddle
    wholes = {
        (s.indicator, s.period) for s in statistics if s.measure_type == "count" and s.published and not s.category
    }
    broken = {s.indicator: s.comparisons for s in statistics if not s.category and any(c.broken for c in s.comparisons)}
    stated = []
    for s in statistics:
        base = "" if s.base == NO_BASE and (s.indicator, s.period) in wholes else s.base
        told = replace(s, display=ranges.get((s.key, s.period), s.display), base=base)
        if s.measure_type in CHANGE_MEASURES:
            told = replace(told, comparisons=broken.get(s.indicator, ()))
        stated.append(replace(s, statement=state(told, catalogue, phrases)))
    return stated


def _find_ranges(statistics: Sequence[Statistic]) -> dict[tuple, str]:
    """Return how each published range reads, by the fact that it is about."""
    ends: dict[tuple, list[Statistic]] = {}
    for s in statistics:
        if s.bound and s.published:
            ends.setdefault((s.key, s.period), []).append(s)
    return {fact: display_range(pair) for fact, pair in ends.items() if len(pair) == 2}


def state(statistic: Statistic, catalogue: Catalogue, phrases: Phrases) -> str:
    """Return the statement: the figure, then what it may be compared with."""
    words = _words(statistic, catalogue, phrases)
    nobody = statistic.value == 0 and statistic.category in NO_GROUP
    template = phrases["count"]["unknown"] if nobody else _template(statistic, words, phrases)
    sentence = template.format(**words)
    sentence = " ".join(sentence.split()).replace(" .", ".").replace(" ,", ",").replace(",,", ",")
    extra = [f"That is {statistic.per_month}."] if statistic.per_month else []
    extra += [_set_against(statistic, comparison, phrases["against"]) for comparison in statistic.comparisons]
    return " ".join(filter(None, [upper_first(sentence), *extra]))


def _set_against(s: Statistic, comparison: Comparison, phrases: Mapping[str, str]) -> str:
    """Return a figure against the earlier one; nothing where there is none, one of the two isn't shown, or both are
    nought and may not be compared."""
    nothing = s.value == 0 and comparison.other == s.display and comparison.refused
    if not comparison.against or comparison.hidden or nothing:
        return ""
    change = s.measure_type in CHANGE_MEASURES
    form = "unlike" if change else "refused" if comparison.refused else comparison.verdict or "untested"
    if comparison.difference in ALIKE:
        form = "alike"
    return phrases[form].format(
        other=_say_other(s, comparison.other),
        earlier=comparison.earlier.strip("()").replace("; ", ", "),
        difference=comparison.difference,
        reason=comparison.refused.removeprefix("not comparable: "),
    )


def _say_other(s: Statistic, other: str) -> str:
    """Return an earlier figure beside one whose unit was said: "529.2" of a rate, "59 days" for "59.0 days"."""
    unit = s.display.partition(" ")[2] if s.measure_type in ("rate", "mean") and "£" not in other else ""
    return re.sub(r"\.0 ", " ", other.removesuffix(f" {unit}") if unit else other)


def _template(s: Statistic, words: Mapping[str, str], phrases: Phrases) -> str:
    """Return the sentence that the measure's record has; else the first phrase of its kind, then of `[other]`, whose
    state holds; of a percentage of nothing that is named, and isn't shown, that of `[other]`."""
    if s.published and words["said"] and s.measure_type in words["kinds"]:
        return words["said"]
    named = words["share"] or s.published or s.measure_type != "percent"
    own, states = phrases.get(s.measure_type, {}) if named else {}, _list_states(s, words)
    return next(text for state, text in (*own.items(), *phrases["other"].items()) if state in states)


def _list_states(s: Statistic, words: Mapping[str, str]) -> set[str]:
    """Return the states of a figure that phrases are made for: not shown, zero, one, a share of none, half or all."""
    if not s.published:
        return {s.status}
    exact, share, whole = s.qualifier == "exact", words["share"], s.denominator or 0
    part = share.startswith("of ") and not whole % 1
    none, every = (part and exact and s.value == end and s.numerator in (None, end and whole) for end in (0, 100))
    holds = {
        "thing": words["noun"].startswith("the "),
        "nobody": exact and s.value == 0 and words["who"],
        "zero": exact and s.value == 0,
        "one": s.value == 1 and s.qualifier in ("exact", "at_least"),
        "ratio": share.startswith(RATIO),
        "half": part and s.value == HALF and s.qualifier in HALVES,
        "none": none and whole > 1,
        "none_of_all": none and whole <= 1,
        "only": every and whole == 1 and words["of_one"],
        "both": every and whole == 2,
        "all": every and whole not in (1, 2),
        "before": words["Period"] and BEFORE.search(share),
        "many": True,
    }
    return {state for state, held in holds.items() if held}


def _words(statistic: Statistic, catalogue: Catalogue, phrases: Phrases) -> dict[str, str]:
    entry = catalogue.measures[statistic.indicator]
    split = entry.by.get(statistic.dimension) if statistic.dimension or statistic.category else None
    unit = get_unit(entry, catalogue.vocabulary.units[statistic.unit])
    texts = {name: entry.words(split, name) for name in ("noun", "noun_one", "share")}
    said = {name: split.fill(text, statistic.category) if split else text for name, text in texts.items()}
    said, period = _date(said, statistic.period)
    unstated, period = ("", period) if statistic.period.stated else (period, "")
    unstated = statistic.period.rough if unstated and statistic.offset else unstated
    noun_one = said["noun_one"] or said["noun"]
    noun = noun_one if statistic.published and statistic.value == 1 else said["noun"]
    none = noun.removeprefix("different ")
    place = "" if _names(f"{noun} {said['share']}", statistic.geography) else place_words(statistic)
    base = _date({"base": statistic.base}, statistic.period)[0]["base"]
    value, later = _say_value(statistic, unit, phrases["qualifier"]), (statistic.offset or 0) > 0
    return {
        "agency": statistic.agency or "The agency",
        "value": value,
        "Value": upper_first(value),
        "limit": statistic.display.removeprefix(QUALIFIER_WORDS[statistic.qualifier]),
        "number": _qualify(statistic, phrases["qualifier"]) + display_number(statistic.value or 0, statistic.decimals),
        "unit": unit.plural or unit.singular,
        "noun": noun,
        "noun_one": noun_one,
        "none": none,
        "who": _make_one(none.removeprefix(PEOPLE)) if none.startswith(PEOPLE) else "",
        "The": f"the {noun.removeprefix('the ')}",
        "share": said["share"],
        "Ratio": said["share"].removeprefix("is "),
        "title": statistic.title,
        "what": f"{statistic.title}: {statistic.label}" if statistic.category else statistic.title,
        "category": split.say(statistic.category) if split else "",
        "said": entry.words(split, "said"),
        "kinds": entry.measure_types if split and split.said else (entry.measure,),
        "period": period,
        "Period": upper_first(period),
        "place": place,
        "unknown": _name_unknown(entry, split, statistic.category, catalogue) if split else "",
        "were": "are" if later else "were",
        "was": "is" if later else "was",
        "note": _note(place, unstated, base if statistic.published and said["share"] else ""),
        **_split_share(said["share"], statistic, catalogue, phrases["qualifier"]),
    }


def _name_unknown(entry: Measure, split: Split, category: str, catalogue: Catalogue) -> str:
    """Return those of whom a split isn't known, by the name of all that are counted."""
    whole = catalogue.measures.get(entry.of, entry) if entry.measure == "percent" else entry
    tie = "whose" if whole.counts_people else "for which the"
    name = (split.name or split.dimension.replace("_", " ")).removesuffix(" band")
    return f"{whole.noun.removeprefix('different ')} {tie} {name} was {category}"


def _date(said: Mapping[str, str], period: Period) -> tuple[Mapping[str, str], str]:
    """Return words that name the period or its end with its dates, after which the period isn't said again."""
    if not (period.stated and period.end):
        return {name: text.replace(f" at {END}", "") for name, text in said.items()}, period.phrase
    dated = {name: text.replace(END, say_day(period.end)).replace(DURING, period.phrase) for name, text in said.items()}
    return dated, period.phrase if dated == said else ""


def _say_value(statistic: Statistic, unit: Unit, qualifiers: Mapping[str, str]) -> str:
    """Return the figure as it reads in a sentence: "more than 250", "14 days" where a table has "14.0 days"."""
    held, told = QUALIFIER_WORDS[statistic.qualifier], statistic.display
    if held and told.startswith(held):
        told = _qualify(statistic, qualifiers) + told.removeprefix(held)
    if unit.kind == "score":
        return told.removesuffix(f" {unit.plural}").removesuffix(f" {unit.singular}")
    return re.sub(r"\.0\b", "", told) if unit.kind == "duration" else told


def _qualify(s: Statistic, qualifiers: Mapping[str, str]) -> str:
    """Return how a sentence says the qualifier of a figure, as the phrases have it or else as tables do."""
    return qualifiers.get(s.qualifier, QUALIFIER_WORDS[s.qualifier])


def _names(text: str, place: str) -> bool:
    """Whether words name a place already: "the acute hospital trust's catchment", of the area "Trust catchment"."""
    return set(place.lower().split()) <= set(text.lower().replace("'s", "").split())


def _note(*parts: str) -> str:
    """Return what is to know of a figure in one bracket after it; nothing where there is nothing."""
    told = "; ".join(filter(None, (part.strip(" ()") for part in parts)))
    return f" ({told})" if told else ""


def _split_share(share: str, s: Statistic, catalogue: Catalogue, qualifiers: Mapping[str, str]) -> dict[str, str]:
    """Return the words of a share of which a sentence names the whole: "None of the 253 contacts were decided"."""
    of = re.sub(r"^of (the |those |different )?", "", share)
    one = _make_one(name_one(of, catalogue.vocabulary.singulars))
    base = "" if s.denominator is None else display_number(s.denominator, 0)
    unsaid = re.sub(rf"^([\d,]+ )?of {base} ?|^base not given$", "", s.base) if base else s.base * (s.value == HALF)
    unsaid = f"of those {unsaid}" if base and unsaid and not unsaid.startswith("where ") else unsaid
    return {
        "of": of,
        "of_one": one if one != of else "",
        "whole": f"{base} {of}".strip(),
        "the": "the " if base else "",
        "rest": _note(
            "" if _names(share, s.geography) else place_words(s), "" if s.period.stated else s.period.phrase, unsaid
        ),
        "Half": upper_first(_qualify(s, qualifiers)),
    }


def _make_one(words: str) -> str:
    """Return words about several as they read of one: its first verb in the singular."""
    return re.sub(r"\b(were|are|have)\b", lambda found: SINGULAR[found[1]], words, count=1)
