"""The words that a sentence is filled with: what is counted, when, where and of how many."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analysis.figures.display import CHANGE_MEASURES, QUALIFIER_WORDS, count_decimals, display_number, upper_first
from analysis.figures.model import Statistic
from analysis.figures.units import get_unit
from analysis.measures.catalogue import Catalogue
from analysis.measures.measure import END, Measure, Split
from analysis.measures.periods import Period, say_day, year_name
from analysis.measures.terms import Unit
from analysis.measures.words import name_one
from analysis.statements.titles import Phrases

RATIO = re.compile(r"is the number of (?P<part>.+) as a share of (?P<whole>.+)")  # a share of one number over another
NO_BASE = "base not given"
FULL_TIME = "in full-time equivalents"  # of a base of posts, a part of which is no whole number
PARTS = 20  # a share of a smaller base is told as "3 of 4"
DURING = "in the period"
COHORT = "in the year before"  # of a follow-up: when what it follows happened
PEOPLE = "people who "
HALF = 50
SINGULAR = {"were": "was", "are": "is", "have": "has"}
VERB = re.compile(r"\b(were|are|have)\b")
MAIN_VERB = re.compile(rf"(?<!\bthat )(?<!\bwho )(?<!\bwhich )(?<!\band )(?<!\bwould ){VERB.pattern}")
HAPPENINGS = ("meetings", "events")  # populations of what is arranged that take place in a period, and don't just stand
DONE = re.compile(
    r"\b(that|who|whose|which|before|after|filled|named|won|represented|audits)\b"
)  # words of what was done, in the name of a thing
OFTEN = {52: "once a week", 12: "once a month", 6: "once every two months", 4: "once a quarter"}  # times a year
KNOWN = {"not recorded": "recorded", "not known": "known", "not stated": "stated", "unknown": "known"}


@dataclass(frozen=True)
class Telling:
    """What a sentence takes from beside its figure: the catalogue, the phrases, how the partnership's agencies and
    areas are `called` in a sentence, and the figures of earlier years by id."""

    catalogue: Catalogue
    phrases: Phrases
    called: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, Statistic] = field(default_factory=dict)


def find_words(s: Statistic, telling: Telling) -> dict[str, Any]:
    """Return what a statistic's phrases may name."""
    catalogue, qualifiers = telling.catalogue, telling.phrases["qualifier"]
    agency = telling.called.get(s.agency, s.agency) or "the agency"
    entry = catalogue.measures[s.indicator]
    split = entry.by.get(s.dimension) if s.dimension or s.category else None
    unit = get_unit(entry, catalogue.vocabulary.units[s.unit])
    texts = {name: entry.words(split, name) for name in ("noun", "noun_one", "share")}
    said = {name: split.fill(text, s.category) if split else text for name, text in texts.items()}
    said, period = _date(said, s.period, entry.say_time(s.period) if s.period.stated or s.offset else "")
    noun_one = said["noun_one"] or said["noun"]
    noun = noun_one if s.published and s.value == 1 else said["noun"]
    none = noun.removeprefix("different ")
    later = (s.offset or 0) > 0
    place = _say_place(s, f"{noun} {said['share']}", telling.called)
    stands = not (s.period.stated or s.offset) and _stands(entry, said["noun"], catalogue)
    return {
        "Agency": upper_first(agency),
        "reason": next((c.refused.removeprefix("not comparable: ") for c in s.comparisons if c.refused), ""),
        "noun": noun,
        "noun_one": noun_one,
        "none": none,
        "who": _make_one(none.removeprefix(PEOPLE)) if none.startswith(PEOPLE) else "",
        "The": f"the {noun.removeprefix('the ')}",
        "share": said["share"],
        "title": s.title,
        "what": f"{s.title}: {s.label}" if s.category else s.title,
        "category": split.say(s.category) if split else "",
        "said": entry.words(split, "said"),
        "kinds": entry.measure_types if split and split.said else (entry.measure,),
        "period": period,
        "time": entry.say_time(s.period),
        "Period": upper_first(period),
        "place": place,
        "stands": stands,
        "were": "are" if later or stands else "were",
        "was": "is" if later or stands else "was",
        **_say_number(s, unit, qualifiers),
        **_name_known(entry, split, s.category, catalogue),
        **_split_share(said["share"], s, telling),
    }


def _say_number(s: Statistic, unit: Unit, qualifiers: Mapping[str, str]) -> dict[str, str]:
    """Return how the number of a figure reads, with its unit and without, in words and as a limit, so often a year."""
    value, qualifier = say_value(s, unit, qualifiers), say_qualifier(s, qualifiers)
    return {
        "twice": f"{qualifier}twice",
        "value": s.display if s.measure_type in CHANGE_MEASURES else value,
        "Value": upper_first(value),
        "limit": s.display.removeprefix(QUALIFIER_WORDS[s.qualifier]),
        "number": qualifier + display_number(s.value or 0, s.decimals),
        "unit": unit.plural or unit.singular,
        "one": {0: "none", 1: f"{qualifier}one"}.get(s.value, value),
        "often": f"{qualifier}{OFTEN.get(s.value) or f'{s.value or 0:g} times a year'}",
    }


def _stands(entry: Measure, noun: str, catalogue: Catalogue) -> bool:
    """Whether what is counted is arranged and there, so that it needs no period: schemes, groups, forms; not what took
    place or was done with them."""
    happened = not entry.is_arranged or catalogue.vocabulary.terms[entry.term].population in HAPPENINGS
    return entry.measure == "count" and not happened and not DONE.search(noun)


def _name_known(entry: Measure, split: Split | None, category: str, catalogue: Catalogue) -> dict[str, str]:
    """Return what is known of all that are counted, where nothing of a category that isn't known is counted."""
    whole = catalogue.measures.get(entry.of, entry) if entry.measure == "percent" else entry
    name = (split.name or split.dimension.replace("_", " ")).removesuffix(" band") if split else ""
    each = whole.noun_one or name_one(whole.noun.removeprefix("different "), catalogue.vocabulary.singulars)
    return {"each": each, "name": name, "Name": upper_first(name), "known": KNOWN.get(category, "")}


def _date(said: Mapping[str, str], period: Period, time: str) -> tuple[Mapping[str, str], str]:
    """Return words that name the period or its end with its dates, after which the period isn't said again."""
    if not (period.stated and period.end):
        return {name: re.sub(f" (at {END}|{DURING})", "", text) for name, text in said.items()}, time
    dated = {name: _date_text(text, period) for name, text in said.items()}
    return dated, time if dated == said else ""


def _date_text(text: str, period: Period) -> str:
    if not (period.stated and period.end):
        return text
    dated = text.replace(END, say_day(period.end)).replace(DURING, period.told)
    year = period.basis == "financial_year"
    return dated.replace(COHORT, f"in {year_name(period.start.year - 1)}") if year else dated


def _say_place(s: Statistic, text: str, called: Mapping[str, str]) -> str:
    """Return where a figure is of, where that isn't the partnership's own area, nor named by its words, nor unknown."""
    known = s.own_geography or s.geography == "unclear" or _names(text, s.geography)
    name = called.get(s.geography, s.geography)
    return "" if known else f" {'across' if name.startswith('the whole ') else 'in'} {name}"


def _names(text: str, place: str) -> bool:
    """Whether words name a place already: "the acute hospital trust's catchment", of the area "Trust catchment"."""
    return set(place.lower().split()) <= set(text.lower().replace("'s", "").split())


def _split_share(share: str, s: Statistic, telling: Telling) -> dict[str, Any]:
    """Return the words of a share of which a sentence names the whole: "None of the 253 contacts were decided"."""
    qualifiers = telling.phrases["qualifier"]
    of, ratio = re.sub(r"^of (the |those |different )?", "", share), RATIO.fullmatch(share)
    one = _make_one(name_one(of, telling.catalogue.vocabulary.singulars))
    base = "" if s.denominator is None else display_number(s.denominator, 0 if s.denominator % 1 == 0 else 1)
    full_time = s.base.endswith(FULL_TIME)
    part = (s.value or 0) * (s.denominator or 0) / 100 if full_time else s.numerator
    few = s.measure_type == "percent" and s.qualifier == "exact" and part is not None and 0 < s.denominator < PARTS
    few = few and (full_time or s.denominator % 1 == 0)
    narrow = re.fullmatch(r"([\d,]+ of [\d,]+) (\D.*)", s.base)
    note = "" if s.base == NO_BASE or s.measure_type != "percent" else s.base.replace(f" {FULL_TIME}", f", {FULL_TIME}")
    note = re.sub(r"^of ([\d,]+)$", r"\1 in all", note)
    return {
        "of": of,
        "of_one": one if one != of else "",
        "none_of": one if s.denominator == 1 else of,
        "whole": f"{base} {of}".strip(),
        "the": "the " if base else "",
        "few": bool(few),
        "of_part": _make_one(of, MAIN_VERB) if part in (0, 1) else of,
        "part": display_number(part, 1 if full_time else 0) if few else "",
        "base": base,
        "posts": f", {FULL_TIME}" if full_time else "",
        "narrow": _date_text(s.base, s.period) if narrow and share else "",
        "rest": _say_rest(_date_text(narrow[2], s.period)) if narrow and share else "",
        "note": f" ({note})" if note and share else "",
        "Part": upper_first(ratio["part"]) if ratio else "",
        "who_part": ratio["part"].removeprefix("the number of ") if ratio else "",
        "Whole": ratio["whole"] if ratio else "",
        "Half": upper_first(say_qualifier(s, qualifiers)),
    }


def _say_rest(only: str) -> str:
    """Return which of them a share keeps to, as it follows a whole that is named without that."""
    return f" ({only})" if only.startswith("where ") else f", of those {only}"


def _make_one(words: str, verb: re.Pattern[str] = VERB) -> str:
    """Return words about several as they read of one: the first such verb in the singular."""
    return verb.sub(lambda found: SINGULAR[found[1]], words, count=1)


def say_value(s: Statistic, unit: Unit, qualifiers: Mapping[str, str]) -> str:
    """Return the figure as it reads in a sentence: "more than 250", "14 days" where a table has "14.0 days"."""
    held, told = QUALIFIER_WORDS[s.qualifier], s.display
    if s.measure_type == "percent" and s.published and not s.bound:
        told = f"{held}{display_number(s.value, count_decimals(s))}%"
    if held and told.startswith(held):
        told = say_qualifier(s, qualifiers) + told.removeprefix(held)
    if unit.kind == "score":
        return told.removesuffix(f" {unit.plural}").removesuffix(f" {unit.singular}")
    return re.sub(r"\.0\b", "", told) if unit.kind == "duration" else told


def say_qualifier(s: Statistic, qualifiers: Mapping[str, str]) -> str:
    """Return how a sentence says the qualifier of a figure, as the phrases have it or else as tables do."""
    return qualifiers.get(s.qualifier, QUALIFIER_WORDS[s.qualifier])
