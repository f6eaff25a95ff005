"""Official statistics that stand beside a partnership's own figures: reading, keeping and joining them.

A downloaded release is recognised by its columns (`releases`), laid out as its cells (`layouts`), read into one tidy
frame (`readers`), kept under `data/published/` (`addition`, `keeping`, `store`), and joined on area codes (`sets`).
What each figure is, and how it differs from ours, is data: `data/dictionary/comparators.toml`.
"""

from analysis.official.addition import Addition, add
from analysis.official.contrast import ALIKE, UNTOLD, Contrast, change_of, contrast, limits_of, shown, symbol_reason
from analysis.official.definitions import Comparator, Definitions, load_definitions
from analysis.official.ranks import Rank, place_words
from analysis.official.sets import ComparatorSet, comparators_for, population_of
from analysis.official.store import Published, open_store

__all__ = [
    "ALIKE",
    "UNTOLD",
    "Addition",
    "Comparator",
    "ComparatorSet",
    "Contrast",
    "Definitions",
    "Published",
    "Rank",
    "add",
    "change_of",
    "comparators_for",
    "contrast",
    "limits_of",
    "load_definitions",
    "open_store",
    "place_words",
    "population_of",
    "shown",
    "symbol_reason",
]
