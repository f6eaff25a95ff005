"""A sentence for each statistic, from its value, its words in the dictionary and the phrases file.

Statements are made after disclosure control, from what it let through, so that a sentence has nothing to leak.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.errors import DataError
from analysis.figures.display import QUALIFIER_WORDS, display_number, display_range, place_words
from analysis.figures.model import Statistic
from analysis.figures.units import get_unit
from analysis.measures.catalogue import Catalogue
from analysis.measures.measure import Split
from analysis.measures.strict import fault, read_toml

Phrases = Mapping[str, Mapping[str, str]]


def load_phrases(folder: Path) -> Phrases:
    """Return the wording by measure type and state. Raises DataError without the fall-back `[other]`."""
    path = folder / "phrases.toml"
    phrases = read_toml(path)
    missing = {"many", "suppressed", "unavailable", "not_applicable"} - set(phrases.get("other", {}))
    if missing:
        raise DataError(fault(path, f"[other] lacks {', '.join(sorted(missing))}"))
    return phrases


def state_all(statistics: Sequence[Statistic], catalogue: Catalogue, phrases: Phrases) -> list[Statistic]:
    """Return the statistics, each with its statement. Both ends of a range have the same: "5% to 6%"."""
    ranges = _find_ranges(statistics)
    return [
        replace(s, statement=state(replace(s, display=ranges.get((s.key, s.period), s.display)), catalogue, phrases))
        for s in statistics
    ]


def _find_ranges(statistics: Sequence[Statistic]) -> dict[tuple, str]:
    """Return how each published range reads, by the fact that it is about."""
    ends: dict[tuple, list[Statistic]] = {}
    for s in statistics:
        if s.bound and s.published:
            ends.setdefault((s.key, s.period), []).append(s)
    return {fact: display_range(pair) for fact, pair in ends.items() if len(pair) == 2}


def state(statistic: Statistic, catalogue: Catalogue, phrases: Phrases) -> str:
    """Return the statement: the figure, then what it may be compared with."""
    words = _words(statistic, catalogue)
    sentence = _template(statistic, phrases).format(**words)
    sentence = " ".join(sentence.split()).replace(" .", ".").replace(" ,", ",").replace(") (", "; ")
    extra = [f"That is {statistic.per_month}."] if statistic.per_month else []
    extra += [comparison.words for comparison in statistic.comparisons if comparison.against]
    return " ".join([sentence[:1].upper() + sentence[1:], *extra])


def _template(statistic: Statistic, phrases: Phrases) -> str:
    """Return the phrase of the measure and state; that of `[other]` where the measure has none."""
    own = phrases.get(statistic.measure_type, {})
    for form in _forms(statistic):
        if form in own:
            return own[form]
    return phrases["other"][_forms(statistic)[-1]]


def _forms(statistic: Statistic) -> tuple[str, ...]:
    """Return the forms of wording that fit, the closest first."""
    if not statistic.published:
        return (statistic.status,)
    if statistic.value == 0 and statistic.qualifier == "exact":
        return ("zero", "many")
    if statistic.value == 1 and statistic.qualifier in ("exact", "at_least"):
        return ("one", "many")
    return ("many",)


def _words(statistic: Statistic, catalogue: Catalogue) -> dict[str, str]:
    entry = catalogue.measures[statistic.indicator]
    split = entry.by.get(statistic.dimension) if statistic.dimension or statistic.category else None
    unit = get_unit(entry, catalogue.vocabulary.units[statistic.unit])
    category = _category(statistic, split)
    one = statistic.published and statistic.value == 1
    noun_one = (entry.words(split, "noun_one") or entry.words(split, "noun")).format(category=category)
    noun = noun_one if one else entry.words(split, "noun").format(category=category)
    number = "" if statistic.value is None else display_number(statistic.value, statistic.decimals)
    return {
        "value": statistic.display,
        "Value": statistic.display[:1].upper() + statistic.display[1:],
        "number": QUALIFIER_WORDS[statistic.qualifier] + number,
        "unit": unit.plural or unit.singular,
        "noun": noun,
        "noun_one": noun_one,
        "share": entry.words(split, "share").format(category=category) or f"({statistic.label})",
        "base": statistic.base,
        "title": statistic.title,
        "what": f"{statistic.title}: {statistic.label}" if statistic.category else statistic.title,
        "label": statistic.label,
        "period": statistic.period.phrase,
        "place": place_words(statistic),
    }


def _category(statistic: Statistic, split: Split | None) -> str:
    return split.words.get(statistic.category, statistic.category) if split else statistic.category
