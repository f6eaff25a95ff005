"""Which statistics a claim may be about, found from its words, period, place and unit: never from its value."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from analysis.drafts.facts import Fact
from analysis.drafts.measured import Measure, gather
from analysis.drafts.numerals import Numeral, find_numerals
from analysis.drafts.vocabulary import WORD, is_topic, list_topics, read_words, resemble, split_words, stem
from analysis.drafts.wording import Wording

STOP = {"of", "and", "the", "in", "or", "for", "to", "a", "an", "not"}
MOST_MEASURES = 10  # looked into for one claim
ALIKE = 0.45  # of a measure's name: what one that counts the same in another way has
TITLED = 3  # times likelier a place that the title names is the draft's own
NATIONS = ("united kingdom", "uk", "great britain")
DIGITS = 6  # to which two values are one
LEAST_OF_BEST = 0.3  # of the best measure's score: what one below it can't make up for


@dataclass(eq=False)
class Candidate:
    """A fact that a claim may be about, and how far each thing answers, up to 1: `recall` is how much of the measure's
    words the claim has, `precision` how much of the claim's words the measure has; then `unit`, `category`, `time` and
    `place`. `follows` is 2 where the sentence tells another fact of the measure, 1 where the sentence before does;
    `parallel` says that the number which the claim stands in a row with is of its measure and category, `place_beside`
    that the nearest is of its place."""

    fact: Fact
    recall: float
    precision: float
    unit: float = 1.0
    category: float = 1.0
    time: float = 1.0
    place: float = 1.0
    follows: float = 0.0
    parallel: bool = False
    place_beside: bool = False

    @property
    def words(self) -> float:
        """How well the words answer."""
        return math.sqrt(self.recall * self.precision)

    @property
    def kinship(self) -> float:
        """What tells it from the measure's other facts."""
        return self.category * self.time * self.place

    @property
    def score(self) -> float:
        """How well all of it answers, whatever its value."""
        return self.words * self.unit * self.kinship


class Index:
    """Facts by their words."""

    def __init__(self, facts: list[Fact], draft: str = "", title: str = ""):
        self.facts = facts
        self.measures = gather(facts)
        self.by_key = {m.key: m for m in self.measures}
        self.places_of = {m.key: at for at, m in enumerate(self.measures)}
        self.known = self._count_words()
        self.beginnings: dict[str, list[str]] = defaultdict(list)
        for word in self.known:
            self.beginnings[word[:4]].append(word)
        self.wording = Wording(self.measures, self.known)
        self.acronyms = find_acronyms((n for f in facts for n in (*f.names, f.category)), draft)
        self.place = self._find_place(draft, title)
        self.phrases = find_numbered(n for f in facts for n in f.names)
        self.numbered = find_numbered_categories(facts)
        self.home = frozenset(s for f in facts for s in list_topics(f.place))
        self.units = frozenset(s for f in facts for s in list_topics(f.unit))
        self.ids = {f.id: f for f in facts if not f.earlier}
        self.values: dict[str, list[float]] = defaultdict(list)
        self.cells: dict[float, list[Fact]] = defaultdict(list)
        for fact in sorted((f for f in facts if f.value is not None), key=lambda f: f.value):
            self.values[fact.kind].append(fact.value)
            self.cells[round(fact.value, DIGITS)].append(fact)
        self.series: dict[tuple, list[Fact]] = defaultdict(list)
        for fact in facts:
            self.series[fact.series].append(fact)
        self._siblings: dict[tuple, list[Measure]] = {}
        self._near: dict[str, list[tuple[str, float]]] = {}

    def _count_words(self) -> dict[str, float]:
        """Return how much each stem of the table tells: the rarer over its measures, the more."""
        counts = Counter(word for m in self.measures for word in m.all_stems)
        total = len(self.measures)
        return {word: math.log(1 + total / count) / math.log(1 + total) for word, count in counts.items()}

    def name_own(self, text: str, numeral: Numeral) -> str:
        """Return why a number is part of a name of the table: it stands there beside the same word; else nothing."""
        if numeral.form != "number":
            return ""
        if self.numbered and any(f.start() <= numeral.start < f.end() for f in self.numbered.finditer(text)):
            return "part of a category in the statistics"
        number = stem(numeral.text)
        after = [stem(w) for w in WORD.findall(text[numeral.end : numeral.end + 40])[:1]]
        before = [stem(w) for w in WORD.findall(text[max(0, numeral.start - 40) : numeral.start])[-1:]]
        pairs = {*((number, w) for w in after), *((w, number) for w in before if w not in STOP)}
        return "part of a name in the statistics" if pairs & self.phrases else ""

    def _find_place(self, draft: str, title: str) -> str:
        """Return the place that the draft is about: of those with many rows the one whose cells it tells most of, or
        that its title names."""
        rows, said = Counter(f.place for f in self.facts), Counter(round(n.value, DIGITS) for n in find_numerals(draft))
        told = Counter(place for place, value in {(f.place, f.value) for f in self.facts if f.value} if said[value])
        weights = {p: math.sqrt(n) * (1 + told[p]) * (TITLED if p and p in title else 1) for p, n in rows.items()}
        return max(weights, key=lambda p: (weights[p], p), default="")

    def equal(self, value: float) -> list[Fact]:
        """Return the facts of a value."""
        return self.cells.get(round(value, DIGITS), [])

    @cached_property
    def places(self) -> dict[str, list[frozenset[str]]]:
        """The ways in which each place that isn't the draft's own is named: its stems, or what it is to others."""
        names = sorted({f.place for f in self.facts} - {self.place})
        regions = [name for name in names if name.lower() in read_words()["regions"]]
        ways = {name: [frozenset(list_topics(name)) or frozenset([name])] for name in names}
        for name in regions if len(regions) == 1 else ():
            ways[name].append(frozenset([stem("region")]))
        countries = [name for name in names if "england" in name.lower().split() or name.lower() in NATIONS]
        for name in countries if len(countries) == 1 else ():
            ways[name].append(frozenset([stem("england")]))  # what "national" is read as
        return ways

    def name_places(self, stems: frozenset[str]) -> list[str]:
        """Return the places other than the draft's own that some stems name."""
        return [place for place, ways in self.places.items() if any(way <= stems for way in ways)]

    def beside(self, fact: Fact) -> list[Fact]:
        """Return the facts of the same measure, split, category and place, of every period."""
        return self.series[fact.series]

    def kin(self, fact: Fact) -> list[Fact]:
        """Return the facts of the same measure."""
        return self.by_key[fact.measure].facts

    def siblings(self, measure: Measure) -> list[Measure]:
        """Return the rates of what a measure counts."""
        if measure.key not in self._siblings:
            self._siblings[measure.key] = self._find_siblings(measure)
        return self._siblings[measure.key]

    def _find_siblings(self, measure: Measure) -> list[Measure]:
        if measure.key[1] == "rate":
            return []
        at, cover = self.places_of[measure.key], self.wording.cover(dict.fromkeys(measure.stems, 1.0))
        return [m for n, (m, whole) in self._rates.items() if max(cover[n], whole[at]) >= ALIKE]

    @cached_property
    def _rates(self) -> dict[int, tuple[Measure, np.ndarray]]:
        """The rates by their places, each with how far its words name every measure."""
        rates = [(at, m) for at, m in enumerate(self.measures) if m.key[1] == "rate"]
        return {at: (m, self.wording.cover(dict.fromkeys(m.stems, 1.0))) for at, m in rates}

    def read(self, words: Iterable[str]) -> list[tuple[str, float]]:
        """Return stems of the table that a stem of the draft means, each with how surely."""
        found = []
        for word in words:
            if word not in self._near:
                self._near[word] = self._look_up(word)
            found += self._near[word]
        return found

    def _look_up(self, word: str) -> list[tuple[str, float]]:
        if word in self.known:
            return [(word, 1.0)]
        return [(other, sure) for other in self.beginnings.get(word[:4], ()) if (sure := resemble(word, other)) > 0]

    def expand(self, raw: str) -> tuple[str, ...]:
        """Return the stems that an acronym of the draft stands for."""
        key = raw.replace("&", "").rstrip("s").upper() if raw[:2].isupper() or "&" in raw else ""
        return self.acronyms.get(key, ())

    def mean(self, own: list[tuple[str, float]]) -> list[tuple[float, list[tuple[str, float]]]]:
        """Return what each of a claim's own words tells, with the table's stems that it means."""
        return [(weight, self.read([word])) for word, weight in own]

    def choose_measures(self, recall: np.ndarray, precision: np.ndarray) -> list[int]:
        """Return the places of the measures that the words of a claim may name, best first."""
        both = recall * precision
        best = np.argsort(-both, kind="stable")[:MOST_MEASURES]
        return [at for at in best.tolist() if both[at] > LEAST_OF_BEST**2 * both[best[0]]]


def find_acronyms(names: Iterable[str], draft: str) -> dict[str, tuple[str, ...]]:
    """Return what the capitals of a draft may stand for: the first letters of words that follow each other in the
    table's names."""
    wanted = {word.replace("&", "").rstrip("s").upper() for word in re.findall(r"\b[A-Z][A-Za-z&]*[A-Z&]s?\b", draft)}
    found: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(names):
        words = re.findall(r"[A-Za-z]+", name)
        for chosen in (words, [w for w in words if w.lower() not in STOP]):
            initials = "".join(w[0] for w in chosen).upper()
            for letters in (w for w in wanted - found.keys() if 1 < len(w) < 7 and w in initials):
                start = initials.index(letters)
                found[letters] = tuple(s for w in chosen[start : start + len(letters)] if is_topic(s := stem(w)))
    return found


def find_numbered(names: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Return the neighbours of numbers in the table's own names: '45 working', 'section 42' name something there."""
    pairs = set()
    for name in dict.fromkeys(names):
        words = [w.stem for w in split_words(name) if is_topic(w.stem) or w.stem.isdigit() or WORD.match(w.raw)]
        pairs |= {(a, b) for a, b in zip(words, words[1:], strict=False) if a[:1].isdigit() or b[:1].isdigit()}
    return frozenset(pairs)


def find_numbered_categories(facts: list[Fact]) -> re.Pattern | None:
    """Return a pattern of the categories that hold a number among words, '10 to 15', 'Ward 7'; None without any."""
    named = {
        f.category for f in facts if re.search(r"\d", f.category) and re.search(r"[a-z]", f.category, re.IGNORECASE)
    }
    named |= {re.sub(r" years?$", "", category) for category in named if re.search(r"\d (?:to|[-–]) \d", category)}
    words = sorted(map(re.escape, named), key=len, reverse=True)
    return re.compile(rf"(?<![\w,.])(?:{'|'.join(words)})(?![\w])", re.IGNORECASE) if words else None
