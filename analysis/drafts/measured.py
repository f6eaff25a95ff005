"""Measures: the facts of a table that measure one thing, with the words of the thing and those of each category."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from analysis.drafts.facts import Fact
from analysis.drafts.periods import Span
from analysis.drafts.vocabulary import list_topics, split_words, write_digits

STOP = frozenset(["of", "and", "the", "in", "or", "for", "to", "a", "an", "not", "by", "with"])


@dataclass
class Measure:
    """The facts that measure one thing, and the ways in which the table says it and each of its categories."""

    key: tuple[str, str, str]
    facts: list[Fact] = field(default_factory=list)
    names: list[frozenset[str]] = field(default_factory=list)
    categories: dict[str, list[frozenset[str]]] = field(default_factory=dict)
    latest: dict[tuple[str, str], Span] | None = None
    unasked: np.ndarray | None = None

    @cached_property
    def stems(self) -> frozenset[str]:
        """Every stem of its names and units."""
        units = {s for f in self.facts for s in list_topics(f.unit)}
        return frozenset(s for name in self.names for s in name) | units

    @cached_property
    def all_stems(self) -> frozenset[str]:
        """Those of its categories too."""
        return self.stems | self.parts

    @cached_property
    def parts(self) -> frozenset[str]:
        """Every stem of its categories."""
        return frozenset().union(*(words for ways in self.categories.values() for words in ways))

    @cached_property
    def grid(self) -> list[tuple[list, np.ndarray]]:
        """Its categories, places and periods, each with the number of that which each fact has."""
        fields = [[getattr(f, name) for f in self.facts] for name in ("category", "place", "period")]
        numbers = [{held: n for n, held in enumerate(dict.fromkeys(column))} for column in fields]
        return [(list(n), np.array([n[held] for held in c])) for n, c in zip(numbers, fields, strict=True)]

    @cached_property
    def values(self) -> np.ndarray:
        """The value of each fact; NaN where it has none."""
        return np.array([np.nan if f.value is None else f.value for f in self.facts])

    @cached_property
    def apart(self) -> dict[str, frozenset[str]]:
        """The stems of each category that no other category has."""
        counts = Counter(s for ways in self.categories.values() for s in frozenset().union(*ways))
        return {c: frozenset(s for s in ways[0] if counts[s] == 1) for c, ways in self.categories.items()}

    @cached_property
    def numbered(self) -> dict[str, str]:
        """The categories that hold a number, each in words and digits."""
        return {c: write_digits(c) for c in self.categories if any(letter.isdigit() for letter in write_digits(c))}

    @cached_property
    def is_yearly(self) -> bool:
        """Whether it has facts of a year or of a day, so that those of a month are parts."""
        return any(f.period and not 2 <= f.period.days <= 100 for f in self.facts)

    def find_latest(self, now: Span) -> dict[tuple[str, str], Span]:
        """Return the latest period of each category and place that doesn't begin after the draft's own."""
        if self.latest is None:
            self.latest = {}
            held = [f for f in self.facts if f.period and f.period.start <= now.end]
            for fact in sorted(held, key=lambda f: (f.period.end, f.period.days)):
                self.latest[fact.category, fact.place] = fact.period
        return self.latest


def gather(facts: list[Fact]) -> list[Measure]:
    """Return the measures of facts."""
    measures: dict[tuple, Measure] = {}
    for fact in facts:
        measures.setdefault(fact.measure, Measure(fact.measure)).facts.append(fact)
    for measure in measures.values():
        measure.categories = name_categories(measure.facts)
        measure.names = list(dict.fromkeys(stems for fact in measure.facts for stems in name_measure(fact, measure)))
        # what the measure is called by already doesn't tell a category: "home visits" are not those to "homes"
        measure.categories = {
            category: [stems - measure.stems or get_words(category) - measure.stems or stems for stems in ways]
            for category, ways in measure.categories.items()
        }
    return list(measures.values())


def name_categories(facts: list[Fact]) -> dict[str, list[frozenset[str]]]:
    """Return the stems of each category: those of its name, and those that its statements alone have of its split's."""
    told = defaultdict(list)
    for fact in facts:
        if fact.told:
            told[fact.dimension].append(get_stems(fact.told))
    common = {dimension: frozenset.intersection(*stems) for dimension, stems in told.items() if len(set(stems)) > 1}
    ways: dict[str, list[frozenset[str]]] = {}
    for fact in facts:
        if fact.category:
            own = (
                get_stems(fact.told) - common[fact.dimension] if fact.told and fact.dimension in common else frozenset()
            )
            named = ways.setdefault(fact.category, [get_stems(fact.category)])
            named += [own] if own and own not in named else []
    return ways


def name_measure(fact: Fact, measure: Measure) -> list[frozenset[str]]:
    """Return the stems of each way in which the table says what a fact measures, without those of its category."""
    parts = frozenset().union(*measure.categories.get(fact.category, ()))
    return [get_stems(name) - parts or get_stems(name) for name in fact.names if get_stems(name)]


def get_stems(text: str) -> frozenset[str]:
    """Return the stems of a text that carry a topic; all of them where none does."""
    return frozenset(list_topics(text)) or get_words(text)


def get_words(text: str) -> frozenset[str]:
    """Return the stems of all words of a text: of "risk remained" what tells it is mere prose."""
    return frozenset(w.stem for w in split_words(text)) - STOP
