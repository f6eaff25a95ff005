"""Questions that a table of records raises where values or columns seem to have changed places since the year before.

No message names a value: it may be about a person.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.returns.checks.profile import CHANCE, KINDS, SPLITS, Pair, pairs_of
from analysis.returns.checks.rule import Case, Spot, warns

TURNED = 0.25  # of the rows have another pair of values than before, and most of them don't with one column's exchanged


@warns("values_exchanged", "two values of a column stand in each other's rows", "an explanation")
def check_turned(case: Case) -> Iterator[Spot]:
    """Give each column of two values that goes with another column as it did the year before only when they are
    exchanged: what came of a contact stands by those that met no threshold."""
    for pair in pairs_of(case):
        kinds = [c.name for c in pair.columns(*SPLITS) if pair.before[c.name].nunique() <= KINDS]
        numbers = {name: _number(pair, name) for name in kinds}
        for name, one in numbers.items():
            two = np.unique(one[1][pair.before[name].notna()])
            if len(two) == 2 and any(_is_turned(pair, one, two, numbers[other]) for other in kinds if other != name):
                yield Spot(pair.file, None, name, "its two values stand where each other's stood the year before")


def _number(pair: Pair, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the values of a column of both years as numbers, one for each different value and for none."""
    numbers = pd.concat([pair.now[name], pair.before[name]]).factorize(use_na_sentinel=False)[0]
    return numbers[: len(pair.now)], numbers[len(pair.now) :]


def _is_turned(pair: Pair, one: Sequence[np.ndarray], two: np.ndarray, other: Sequence[np.ndarray]) -> bool:
    """Whether two columns' pairs of values are far from those of the year before, and near with one's two exchanged."""
    height, width = (1 + max(part.max(initial=0) for part in column) for column in (one, other))
    now, before = (
        np.bincount(first * width + second, minlength=height * width).reshape(height, width) / len(first)
        for first, second in zip(one, other, strict=True)
    )
    turned = now.copy()
    turned[two] = now[two[::-1]]
    apart, still = (np.abs(shares - before).sum() / 2 for shares in (now, turned))
    return _is_explained(pair, apart, still)


@warns("columns_exchanged", "two columns stand under each other's heading", "an explanation")
def check_exchanged(case: Case) -> Iterator[Spot]:
    """Give two columns of the same codes, each of which is split as the other was the year before."""
    for pair in pairs_of(case):
        for one, other in combinations(pair.columns("code"), 2):
            if one.codes == other.codes and _is_exchanged(pair, one.name, other.name):
                yield Spot(pair.file, None, one.name, f"its values are those that {other.name} had the year before")


def _is_exchanged(pair: Pair, *names: str) -> bool:
    now, before = (
        [frame[name].value_counts(normalize=True, dropna=False) for name in names] for frame in (pair.now, pair.before)
    )
    apart, still = (sum(map(_distance, now, old)) for old in (before, before[::-1]))
    return _is_explained(pair, apart, still)


def _is_explained(pair: Pair, apart: float, still: float) -> bool:
    """Whether splits lie `apart` beyond chance, and half as far or less once two of them are exchanged."""
    return apart >= max(TURNED, CHANCE * pair.error) and still <= apart / 2


def _distance(one: pd.Series, other: pd.Series) -> float:
    """Return the share of rows that must change for one split to be another."""
    return one.sub(other, fill_value=0).abs().sum() / 2
