"""How well the facts of a measure answer a claim by category, period, place and unit; worked out once a claim."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from analysis.drafts.claim import CHANGE, EARLIER, Claim
from analysis.drafts.facts import Fact
from analysis.drafts.index import Candidate, Index
from analysis.drafts.measured import Measure
from analysis.drafts.periods import LOOSE, Span, fit_periods
from analysis.drafts.vocabulary import list_topics, write_digits

UNNAMED, MISNAMED = 0.2, 0.05  # a category that the claim doesn't name, and where it names another in full
MOST_FACTS = 5  # of a measure: the best by category, period and place
LEAST = 0.05  # of a unit that can't answer
LEAST_OF_BEST = 0.1  # of the best category and place: what a fact below it can't make up for
BESIDE_PART = 0.55  # what a total loses where the claim names one of its parts
OTHER_PERIOD, PART_OF_YEAR, NOT_LATEST, OLD = 0.12, 0.3, 0.45, 0.8
SHARE_WORDS = re.compile(r"%|per ?cent|percentage|proportion|\brate\b|\bshare\b", re.IGNORECASE)
RATE_WORDS = re.compile(r"\brates?\b|\bper \d", re.IGNORECASE)
TIME_WORDS = re.compile(
    r"^\W*(?:working |calendar |school )?(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b", re.IGNORECASE
)
NUMBERS = re.compile(r"(?<![\d,.])\d{1,2}(?![\d,.])")
WHOLE = re.compile(r"(?:^|[.;:,]) ?(?:Out o|O|out o|o)f (?:the|these|those|all|our)(?: total of)? $")
UNITS = {  # how well a fact of each kind answers a number of each form
    "percent": {"percent": 1.0, "change": 0.9, "count": 0.7, "rate": 0.1},
    "fraction": {"percent": 1.0, "count": 0.7},
    "points": {"percent": 1.0, "change": 0.7, "mean": 0.6},
    "money": {"amount": 1.0},
    "times": {"count": 0.9, "percent": 0.5, "rate": 0.7, "amount": 0.8, "change": 0.6},
    "none": {"count": 0.9},
    "all": {"percent": 0.9},
}


class Rating:
    """A claim as the facts of measures are rated against it. `context` holds the table's stems about it by weight."""

    def __init__(self, claim: Claim, index: Index, context: dict[str, float], now: Span | None):
        self.claim, self.index, self.context, self.now = claim, index, context, now
        self.told: dict[tuple, frozenset[str]] = {}

    @cached_property
    def own(self) -> frozenset[str]:
        """The table's stems that the claim's own part has."""
        return frozenset(s for w in self.claim.said for s, _ in self.index.read([w.stem]))

    @cached_property
    def text(self) -> str:
        """The words of the claim's own part and of its cell's labels, ranges of numbers written one way."""
        return f" {write_digits(f'{self.claim.said_part} {self.claim.block.row} {self.claim.block.column}')} "

    @cached_property
    def is_total(self) -> bool:
        """Whether it is a cell of a row of totals, which has no category of the row before."""
        label = f"{self.claim.block.row} | {self.claim.block.column}"
        return self.claim.block.kind == "cell" and bool(re.search(r"\b(?:total|overall|all)\b", label, re.IGNORECASE))

    @cached_property
    def is_whole(self) -> bool:
        """Whether it is a whole of which parts are told next: 'Of the 487, 72 were pedestrians'."""
        return bool(WHOLE.search(self.claim.before))

    def rate(
        self,
        measure: Measure,
        words: tuple[float, float],
        follows: float = 0.0,
        spoken: Fact | None = None,
        *,
        most: int = MOST_FACTS,
    ) -> list[Candidate]:
        """Return the best facts of a measure as candidates, and those that the number equals; `words` is its recall and
        precision, `spoken` the fact of it that was told close by, whose category holds unless the claim names
        another."""
        unit = self.rate_unit(measure.facts[0])
        if unit <= LEAST:
            return []
        named = dict.fromkeys(measure.categories, 0.0)
        if measure.numbered or not self.own.isdisjoint(measure.parts):
            named = {c: self.name_category(c, ways, measure) for c, ways in measure.categories.items()}
        total = max(named.values(), default=0.0)
        if self.is_whole:
            named, total, spoken = dict.fromkeys(named, 0.0), 0.0, None
        kin = spoken.category if spoken is not None and total <= 0.5 and not self.is_total else None
        category, time, place = self.rate_kinship(measure, named, total, kin)
        kinship, both = category * time * place, category * place
        equal = measure.values == self.claim.numeral.value
        best = np.flatnonzero((both >= LEAST_OF_BEST * both.max()) | equal)
        best = best[np.argsort(-kinship[best], kind="stable")]
        chosen = [*best[:most], *(at for at in best[most:] if equal[at])]
        rated = zip(chosen, category[chosen].tolist(), time[chosen].tolist(), place[chosen].tolist(), strict=True)
        return [Candidate(measure.facts[at], *words, unit, c, t, p, follows) for at, c, t, p in rated]

    def rate_kinship(
        self, measure: Measure, named: dict[str, float], total: float, kin: str | None
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return how well the category, period and place of each fact of a measure answer."""
        (categories, category), (places, place), _ = measure.grid
        # "English" in the name of a measure is no place
        told = self.index.name_places(self.near - measure.stems) if self.named else []
        if len(categories) == 1:  # nothing to tell apart: it is part of what is measured
            kin = categories[0]
        of_category = [1.0 if kin == c else self.rate_category(c, measure, named, total) for c in categories]
        of_place = [self.rate_place(p, told) for p in places]
        return np.array(of_category)[category], self.rate_times(measure), np.array(of_place)[place]

    def rate_kin(self, fact: Fact) -> list[Candidate]:
        """Return the facts of a fact's measure and category, which a claim is known to be of, by period and place."""
        measure = self.index.by_key[fact.measure]
        rated = self.rate(measure, (1.0, 1.0), most=len(measure.facts))
        kin = [c for c in rated if (c.fact.dimension, c.fact.category) == (fact.dimension, fact.category)]
        return [replace(c, category=1.0) for c in kin]

    def name_category(self, category: str, ways: list[frozenset[str]], measure: Measure) -> float:
        """Return how far the claim's own part names a category; one with a number in it wholly or not at all."""
        if category in measure.numbered:
            return self.name_numbers(measure.numbered[category])
        best = max(0.0 if stems <= measure.stems else len(stems & self.own) / len(stems) for stems in ways)
        return best if best > 0.5 else 0.0

    def name_numbers(self, category: str) -> float:
        """Return how far the claim's own part has the numbers of a category, "3 to 6 months", and none other."""
        if f" {category} " in self.text:
            return 1.0
        held = frozenset(NUMBERS.findall(category))
        shared = len(held & self.numbers) / max(len(held | self.numbers), 1)
        return shared if shared > 0.5 else 0.0

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The small numbers of the claim's own part but for the claim itself."""
        said = f"{self.claim.numeral.value:.0f}"
        return frozenset(n for n in NUMBERS.findall(self.text) if n != said)

    def rate_category(self, category: str, measure: Measure, named: dict[str, float], total: float) -> float:
        """Return how well the claim's words name a category, or none where a fact is a total."""
        if not category:
            return 1 - BESIDE_PART * total if total > 0.5 else 1.0
        unnamed = MISNAMED if total == 1.0 and named[category] < 0.5 else UNNAMED
        if category in measure.numbered:
            return named[category] or unnamed
        told = self.tell_apart(measure)
        if told and category not in told or self.context.keys().isdisjoint(measure.parts):
            return unnamed
        cover = max(self.cover(stems) for stems in measure.categories[category])
        return unnamed if cover < 0.4 else 0.25 + 0.75 * cover

    def tell_apart(self, measure: Measure) -> frozenset[str]:
        """Return the categories of a measure that the claim's own part has a word of which no other has."""
        if measure.key not in self.told:
            self.told[measure.key] = frozenset(c for c, stems in measure.apart.items() if self.own & stems)
        return self.told[measure.key]

    def cover(self, stems: frozenset[str]) -> float:
        """Return how much of some stems stands about the claim."""
        return sum(min(1.0, self.context.get(s, 0.0)) for s in stems) / len(stems)

    def rate_times(self, measure: Measure) -> np.ndarray:
        """Return how well each fact's period answers the claim's, or the draft's own where the claim names none."""
        if measure.unasked is None:
            measure.unasked = np.array([rate_unasked(fact, measure, self.now) for fact in measure.facts])
        if self.claim.asked is None and self.claim.role != EARLIER:
            return measure.unasked
        (categories, category), (places, place), (periods, period) = measure.grid
        times = np.array([self.rate_asked(p) for p in periods])[period]
        if self.claim.asked is not None:
            return times
        # one compared with its place or category is of the same period: "against 52% of boys"
        elsewhere = np.array([p in self.named for p in places])[place]
        elsewhere |= np.array([bool(c) and self.names_own(c, measure) for c in categories])[category]
        return np.where(elsewhere, measure.unasked, times)

    def rate_asked(self, period: Span | None) -> float:
        """Return how well a period answers the one that the claim asks for, or is compared with."""
        asked, now = self.claim.asked, self.now
        before_now = bool(now and period and period.end < now.end)
        if asked is None:  # what is compared with: the year before, else another place or period
            earlier = now is not None and period is not None and fit_periods(now.shift(-1), period)
            return 1.0 if earlier or period is None else 0.6
        if asked.quarter:
            return OTHER_PERIOD
        if asked.offset == LOOSE:
            near = (now, now.shift(-1)) if now is not None else ()
            return max((fit_periods(p, period) for p in near), default=0.9)
        if asked.offset:
            least = 0.35 if self.claim.role == EARLIER and before_now else OTHER_PERIOD
            return max(fit_periods(now.shift(asked.offset), period), least) if now is not None else 0.9
        return max(fit_periods(asked, period), OTHER_PERIOD)

    def names_own(self, category: str, measure: Measure) -> bool:
        """Whether the claim's very own words name a category."""
        own = {s for w in self.claim.own for s, _ in self.index.read([w.stem])}
        return any(stems <= own for stems in measure.categories[category])

    @cached_property
    def near(self) -> frozenset[str]:
        """The stems of the claim's own part and of its cell's labels."""
        labels = (self.claim.block.row, self.claim.block.column)
        return frozenset(w.stem for w in self.claim.own) | {s for label in labels for s in list_topics(label)}

    @cached_property
    def named(self) -> list[str]:
        """The places other than the draft's own that the claim's own part names."""
        return self.index.name_places(self.near)

    @cached_property
    def named_beside(self) -> list[str]:
        """Those that the rest of the sentence names."""
        return self.index.name_places(self.near | frozenset(w.stem for w in self.claim.around))

    def rate_place(self, place: str, named: Sequence[str]) -> float:
        """Return how well a place answers those that the claim's own part names, then the rest."""
        if place == self.index.place:
            return 0.4 if named else 1.0
        return 1.0 if place in named else 0.5 if place in self.named_beside else 0.25

    def rate_unit(self, fact: Fact) -> float:
        """Return how well the number's sign and the words after it answer a fact's unit."""
        form, kind, block = self.claim.numeral.form, fact.kind, self.claim.block
        if form == "number":
            return self.rate_plain(fact, f"{self.claim.part} {block.column} {block.row} {block.lead}")
        if self.claim.role == CHANGE and form == "percent":
            return 1.0 if kind == "percent" else 0.8
        return UNITS[form].get(kind, 0.0)

    def rate_plain(self, fact: Fact, about: str) -> float:
        """Return how well a number without a sign answers a fact's unit, by the words about it."""
        kind, numeral = fact.kind, self.claim.numeral
        if kind == "percent":
            return 0.95 if SHARE_WORDS.search(about) else 0.35
        if kind == "amount":
            return 0.95 if "£" in about else 0.4
        rated = bool(RATE_WORDS.search(about))
        if kind == "count" and (rated or numeral.decimals and numeral.scale == 1):
            return 0.5
        if kind == "rate":
            return 1.0 if rated or numeral.decimals else 0.8
        after = self.claim.sentence.text[numeral.end - self.claim.sentence.start :]
        if self.claim.block.kind != "cell" and TIME_WORDS.match(after):
            return 1.0 if kind in ("time", "mean") or re.search("day|hour|week|month|minute", fact.unit) else 0.25
        return {"count": 1.0, "mean": 0.9, "time": 0.6, "change": 0.9}[kind]


def rate_unasked(fact: Fact, measure: Measure, now: Span | None) -> float:
    """Return how well a fact's period answers a claim that names none: the draft's own, else the latest held."""
    if fact.period is None or now is None:
        return 0.9
    if 2 <= fact.period.days <= 100 and now.days > 300 and measure.is_yearly:
        return PART_OF_YEAR
    if fit_periods(now, fact.period) >= 0.6:
        return 1.0
    is_latest = fact.period == measure.find_latest(now).get((fact.category, fact.place))
    return NOT_LATEST if not is_latest else OLD if fact.period.end < now.start else 1.0
