"""Places among others: rank, quarter, median. A tie is shared; a hidden value has no place and is counted apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from analysis.errors import CommandError, unknown

POLARITIES = ("higher_is_better", "lower_is_better", "none")
QUARTERS = ("lowest", "second lowest", "second highest", "highest")
ORDINALS = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True)
class Rank:
    """The place of one value among several. First is the best; where neither is better, the highest."""

    place: int
    of: int
    shared: bool
    order: str

    @property
    def words(self) -> str:
        """The place in words: "joint 3rd of 11, highest first"."""
        return f"{'joint ' if self.shared else ''}{ordinal(self.place)} of {self.of}, {self.order} first"


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 11th, 21st ..."""
    ending = "th" if number % 100 in (11, 12, 13) else ORDINALS.get(number % 10, "th")
    return f"{number}{ending}"


def place_words(rank: Rank) -> str:
    """Return a place as it stands in a sentence, from the nearer end: "the highest of 11", "joint 3rd lowest of 10"."""
    other = {"highest": "lowest", "lowest": "highest"}[rank.order]
    if rank.place == rank.of:
        return f"the {other} of {rank.of}"
    if rank.place == 1 and not rank.shared:
        return f"the {rank.order} of {rank.of}"
    if not rank.shared and rank.place > (rank.of + 1) / 2:
        return f"{ordinal(rank.of + 1 - rank.place)} {other} of {rank.of}"
    nth = "" if rank.place == 1 else f"{ordinal(rank.place)} "
    return f"{'joint ' if rank.shared else ''}{nth}{rank.order} of {rank.of}"


def check_polarity(polarity: str) -> None:
    """Raise CommandError for a polarity that isn't known."""
    if polarity not in POLARITIES:
        raise CommandError(unknown("polarity", polarity, POLARITIES))


def rank(own: float | None, others: Sequence[float | None], polarity: str) -> Rank | None:
    """Return the place of `own` among itself and `others`; None where it is hidden or alone."""
    check_polarity(polarity)
    values = [value for value in others if value is not None]
    if own is None or not values:
        return None
    ahead = (lambda value: value < own) if polarity == "lower_is_better" else (lambda value: value > own)
    order = "lowest" if polarity == "lower_is_better" else "highest"
    return Rank(1 + sum(map(ahead, values)), len(values) + 1, own in values, order)


def quarter(own: float | None, quartiles: Sequence[float] | None) -> str:
    """Return which quarter of the councils a value lies in ("lowest" ... "highest"); empty where unknown.

    A value on a quartile belongs to the quarter below it.
    """
    if own is None or not quartiles:
        return ""
    return QUARTERS[sum(own > limit for limit in quartiles)]


def quarter_words(name: str, councils: int, polarity: str) -> str:
    """Return the quarter in words, and whether it is the better or worse end where polarity says so."""
    check_polarity(polarity)
    if not name:
        return ""
    ends = {"higher_is_better": ("worst", "best"), "lower_is_better": ("best", "worst")}.get(polarity)
    kind = {"lowest": 0, "highest": 1}.get(name)
    verdict = f" (the {ends[kind]} quarter)" if ends and kind is not None else ""
    return f"in the {name} quarter of {councils} councils in England{verdict}"


def middle(values: Sequence[float | None]) -> float | None:
    """Return the median of the values that are shown; None where there are none."""
    shown = [value for value in values if value is not None]
    return round(float(median(shown)), 6) if shown else None
