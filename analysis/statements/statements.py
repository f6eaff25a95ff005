"""A sentence for each statistic, from its value, its words in the dictionary and the phrases file.

Statements are made after disclosure control, from what it let through, so that a sentence has nothing to leak.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analysis.errors import DataError
from analysis.figures.compare import ALIKE
from analysis.figures.display import QUALIFIER_WORDS, display_number, display_range, place_words, upper_first
from analysis.figures.model import Comparison, Statistic
from analysis.figures.units import get_unit
from analysis.measures.catalogue import Catalogue
from analysis.measures.strict import fault, read_toml
from analysis.methods.change import CHANCE, FALLEN, LONGER, RISEN, TOO_FEW, UNCHANGED, VARIED

Phrases = Mapping[str, Mapping[str, str]]
RATIO = "is the number of "  # how the words of a share begin that is one number over another
NEEDED = {
    "other": {"many", "suppressed", "unavailable", "not_applicable"},
    "against": {RISEN, FALLEN, UNCHANGED, CHANCE, VARIED, LONGER, TOO_FEW, "untested", "alike", "refused"},
}


def load_phrases(folder: Path) -> Phrases:
    """Return the wording by measure type and state. Raises DataError without the fall-back `[other]` or what follows a
    figure (`[against]`)."""
    path = folder / "phrases.toml"
    phrases = read_toml(path)
    for part, needed in NEEDED.items():
        if missing := needed - set(phrases.get(part, {})):
            raise DataError(fault(path, f"[{part}] lacks {', '.join(sorted(missing))}"))
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
    sentence = _template(statistic, words["share"], phrases).format(**words)
    sentence = " ".join(sentence.split()).replace(" .", ".").replace(" ,", ",").replace(") (", "; ")
    extra = [f"That is {statistic.per_month}."] if statistic.per_month else []
    extra += [_set_against(comparison, phrases["against"]) for comparison in statistic.comparisons]
    return " ".join(filter(None, [upper_first(sentence), *extra]))


def _set_against(comparison: Comparison, phrases: Mapping[str, str]) -> str:
    """Return a figure against the earlier one; nothing where there is none or one of the two isn't shown."""
    if not comparison.against or comparison.hidden:
        return ""
    form = "refused" if comparison.refused else comparison.verdict or "untested"
    if comparison.difference in ALIKE:
        form = "alike"
    return phrases[form].format(
        other=comparison.other,
        earlier=comparison.earlier,
        difference=comparison.difference,
        reason=comparison.refused.removeprefix("not comparable: "),
    )


def _template(statistic: Statistic, share: str, phrases: Phrases) -> str:
    """Return the phrase of the measure and state; that of `[other]` where the measure has none, and for a percentage
    of nothing that is named."""
    forms = _forms(statistic, share)
    named = share or statistic.published or statistic.measure_type != "percent"
    own = phrases.get(statistic.measure_type, {}) if named else {}
    for form in forms:
        if form in own:
            return own[form]
    return phrases["other"][forms[-1]]


def _forms(statistic: Statistic, share: str) -> tuple[str, ...]:
    """Return the forms of wording that fit, the closest first."""
    if not statistic.published:
        return (statistic.status,)
    if share.startswith(RATIO) and statistic.measure_type == "percent":
        return ("ratio", "many")
    if statistic.value == 0 and statistic.qualifier == "exact":
        return ("zero", "many")
    if statistic.value == 1 and statistic.qualifier in ("exact", "at_least"):
        return ("one", "many")
    return ("many",)


def _words(statistic: Statistic, catalogue: Catalogue) -> dict[str, str]:
    entry = catalogue.measures[statistic.indicator]
    split = entry.by.get(statistic.dimension) if statistic.dimension or statistic.category else None
    unit = get_unit(entry, catalogue.vocabulary.units[statistic.unit])
    one = statistic.published and statistic.value == 1
    texts = {name: entry.words(split, name) for name in ("noun", "noun_one", "share")}
    said = {name: split.fill(text, statistic.category) if split else text for name, text in texts.items()}
    noun_one = said["noun_one"] or said["noun"]
    noun = noun_one if one else said["noun"]
    number = "" if statistic.value is None else display_number(statistic.value, statistic.decimals)
    return {
        "value": statistic.display,
        "Value": upper_first(statistic.display),
        "number": QUALIFIER_WORDS[statistic.qualifier] + number,
        "unit": unit.plural or unit.singular,
        "noun": noun,
        "noun_one": noun_one,
        "none": noun.removeprefix("different "),
        "The": f"the {noun.removeprefix('the ')}",
        "share": said["share"],
        "Ratio": said["share"].removeprefix("is "),
        "base": statistic.base,
        "title": statistic.title,
        "what": f"{statistic.title}: {statistic.label}" if statistic.category else statistic.title,
        "label": statistic.label,
        "period": statistic.period.phrase,
        "place": place_words(statistic),
    }
