"""How far the published figures lie behind ours, in words."""

from analysis.measures.periods import Period
from analysis.official.definitions import Source


def describe_lag(published: Period, asked: Period, source: Source) -> str:
    """Return the sentence that says which period the published figures are for; empty where it is the one asked.

    "Published figures are for April 2022 to March 2023; those for April 2023 to March 2024 usually come out in
    October or November 2024."
    """
    if published.end == asked.end:
        return ""
    usual = source.published.format(year=asked.end.year + source.years_later)
    return f"Published figures are for {plain(published)}; those for {plain(asked)} usually come out {usual}."


def plain(period: Period) -> str:
    """Return the period's label without its first preposition: "31 March 2024", "April 2023 to March 2024"."""
    return period.label.removeprefix("at ")
