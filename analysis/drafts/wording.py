"""How far the words about a claim name each measure of a table: all measures at once, a place of an array each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from analysis.drafts.measured import Measure

OWNED = 0.6  # the recall of a measure by a category that it alone has: "illness", "pedal cyclists"
LEAST_OF_WAY = 0.5  # of a category's words: what names it
PRIOR = 0.3  # what a claim of no words of its own is taken to have had of a measure's
Meanings = Sequence[tuple[float, Sequence[tuple[str, float]]]]  # what each word tells, with the stems that it means


class Wording:
    """The words of measures: those of their names, and those of the ways in which their categories are told."""

    def __init__(self, measures: Sequence[Measure], known: dict[str, float]):
        names = [(n, name) for n, m in enumerate(measures) for name in m.names or [frozenset()]]
        ways = [(n, way) for n, m in enumerate(measures) for way in {w for ws in m.categories.values() for w in ws}]
        numbers = {way: number for number, way in enumerate(dict.fromkeys(way for _, way in ways))}
        self.known, self.size = known, len(measures)
        self.starts = np.searchsorted([n for n, _ in names], np.arange(self.size))
        self.names, self.whole = self._place(name for _, name in names)
        self.ways, self.way_whole = self._place(numbers)
        self.stems, _ = self._place(m.all_stems for m in measures)
        self.owners: dict[int, list[int]] = defaultdict(list)
        for measure, way in ways:
            self.owners[numbers[way]].append(measure)

    def _place(self, texts: Iterable[Iterable[str]]) -> tuple[dict[str, np.ndarray], np.ndarray]:
        """Return where each stem stands among texts, and how much the stems of each tell together."""
        found, whole = defaultdict(list), []
        for number, stems in enumerate(texts):
            for stem in stems:
                found[stem].append(number)
            whole.append(sum(self.known[s] for s in stems) or 1.0)
        return {stem: np.array(numbers) for stem, numbers in found.items()}, np.array(whole)

    def cover(self, context: dict[str, float]) -> np.ndarray:
        """Return how much of one of each measure's names stands in a context, of the best."""
        return np.maximum.reduceat(self._hold(self.names, self.whole, context), self.starts)

    def _hold(self, places: dict[str, np.ndarray], whole: np.ndarray, context: dict[str, float]) -> np.ndarray:
        held = np.zeros(len(whole))
        for word, near in context.items():
            if word in places:
                held[places[word]] += self.known[word] * near
        return held / whole

    def own(self, said: Iterable[str]) -> np.ndarray:
        """Return how far a category that a claim names tells each measure: wholly where no other measure has it."""
        told, best = self._hold(self.ways, self.way_whole, dict.fromkeys(said, 1.0)), np.zeros(self.size)
        for way in np.flatnonzero(told >= LEAST_OF_WAY):
            owners = self.owners[way]
            best[owners] = np.maximum(best[owners], OWNED * told[way] / len(owners))
        return best

    def explain(self, means: Meanings) -> np.ndarray:
        """Return how much of a claim's own words each measure, or one of its categories, has."""
        whole, held = PRIOR, np.full(self.size, PRIOR)
        for weight, words in means:
            tells = max((self.known[w] for w, _ in words), default=1.0) * weight
            surest = np.zeros(self.size)
            for word, sure in words:
                places = self.stems[word]
                surest[places] = np.maximum(surest[places], sure)
            whole, held = whole + tells, held + tells * surest
        return held / whole

    def rate(self, context: dict[str, float], means: Meanings) -> tuple[np.ndarray, np.ndarray]:
        """Return how much of each measure's words stand about a claim, and how much of the claim's own words it has."""
        own = self.own({word for _, words in means for word, _ in words})
        return np.maximum(self.cover(context), own), self.explain(means)
