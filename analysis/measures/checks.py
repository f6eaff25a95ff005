"""What no catalogue may hold: a share without its two sides, a name that means two things, a reference to nothing."""

from collections.abc import Collection, Iterator, Mapping
from string import Formatter

from analysis.errors import unknown
from analysis.measures.measure import Measure, Split
from analysis.measures.relations import name_parts, parse

PLACES = ("category", "small", "team", "group")  # in the words of a split, filled by a category (`words.fill_in`)
OF_A_BASE = ("percent", "mean", "median")
Fault = tuple[str, str]  # the measure, what is wrong with it


def list_faults(measures: Mapping[str, Measure], splits: Collection[str]) -> Iterator[Fault]:
    """Give what is wrong with measures by name. `splits` are the names of those that measures share."""
    for name, measure in measures.items():
        problems = (*_sides(measure, measures), *_references(measure, measures), *_split_faults(measure))
        yield from ((name, problem) for problem in problems)
        if name in splits:
            yield name, "its name is also that of a split; give one of the two another name"
    yield from _same_names({name: name.replace("-", "_").lower() for name in measures}, "name")
    yield from _same_names({name: one.title.lower() for name, one in measures.items()}, "title")


def _sides(measure: Measure, measures: Mapping[str, Measure]) -> Iterator[str]:
    """Tell of a share or an average whose base isn't named, or is made of itself, and of one without a page."""
    if measure.shown and measure.measure in OF_A_BASE and not measure.of:
        yield f"a {measure.measure} needs `of`, the measure whose people or events are its base"
    if measure.of_only and not measure.of:
        yield "`of_only` says which of a base count; it needs `of`"
    if measure.shown and not measure.sections:
        yield "it is on no page; it needs `topic`, the topic that shows it"
    if measure.charts and not measure.topic:
        yield "its charts are on no page; they need `topic`, the topic that shows them"
    seen, base = {measure.id}, measure.of
    while base in measures and base not in seen:
        seen, base = seen | {base}, measures[base].of
    if base == measure.id:
        yield f"its base goes round in a circle, by way of {measure.of!r}"


def _references(measure: Measure, measures: Mapping[str, Measure]) -> Iterator[str]:
    """Tell of a measure, a split or a category that is named and isn't there."""
    wholes = [whole for relation in measure.relations for whole in relation.whole]
    parts = [f"{measure.id}/{part}" for relation in measure.relations for part in relation.part if part]
    names = (measure.of, measure.comes_from, measure.comes_in, measure.same_as, measure.grows_by, measure.shrinks_by)
    for selector in filter(
        None, (*names, measure.other_side, *measure.base, *measure.numerator, *measure.part_of, *wholes, *parts)
    ):
        yield from list_lost(selector, measures)


def list_lost(selector: str, measures: Mapping[str, Measure]) -> Iterator[str]:
    """Tell of the measure, split or category of a selector that isn't there; any split (`*`) and any category but one
    (`!other`) may stand in it."""
    name, dimension, category = parse(selector)
    named = "/".join(filter(None, (name, dimension.removeprefix("*"), category.removeprefix("!"))))
    for kind, word, known in name_parts(named, measures):
        if word not in known:
            yield ("" if kind == "measure" else f"{selector}: ") + unknown(kind.partition(" of ")[0], word, known)
            return


def _has(split: Split, category: str) -> bool:
    return split.found or not split.categories or category in split.categories


def _split_faults(measure: Measure) -> Iterator[str]:
    """Tell of a category given twice, and of words for a category that a split doesn't have."""
    for dimension, split in measure.by.items():
        twice = [category for category in split.categories if split.categories.count(category) > 1]
        if twice:
            yield f"split {dimension!r}: category {twice[0]!r} is given twice"
        lost = [category for category in split.words if category and not _has(split, category)]
        yield from (f"split {dimension!r}: {fault}" for fault in _lost_places(split))
        if lost:
            yield f"split {dimension!r}: words for {unknown('category', lost[0], split.categories)}"


def _lost_places(split: Split) -> Iterator[str]:
    """Tell of a place in a split's words that nothing fills, and of a brace without its other."""
    texts = dict.fromkeys((split.part, *split.parts.values()), PLACES)
    texts |= {text: (*PLACES, "part") for text in (split.noun, split.noun_one, split.share) if text}
    for text, places in texts.items():
        try:
            lost = {name for _, name, _, _ in Formatter().parse(text) if name is not None} - {*places}
        except ValueError:
            yield f"a brace of {text!r} has no other"
            continue
        yield from (unknown("place", f"{{{name}}}", [f"{{{place}}}" for place in places]) for name in sorted(lost))


def _same_names(names: Mapping[str, str], kind: str) -> Iterator[Fault]:
    """Tell of measures whose names or titles can't be told apart."""
    first: dict[str, str] = {}
    for name, text in names.items():
        if first.setdefault(text, name) != name:
            yield name, f"its {kind} is that of {first[text]!r} too"
