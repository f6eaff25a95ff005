"""One statistic as a shared release shows it: what is hidden gone, and all beside it that would give it back."""

import re
from dataclasses import replace

from analysis.disclosure.policy import Policy, get_strictest
from analysis.disclosure.protection import Protection
from analysis.figures.display import upper_first
from analysis.figures.identity import slug
from analysis.figures.model import SUPPRESSED, Statistic
from analysis.measures.catalogue import Catalogue

GAP_WITHHELD = "the agency's own count differs from its records; by how much is not shown, to protect people"
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
OF_RATIOS = ("percent", "rate", "mean", "median")


def show(statistic: Statistic, protection: Protection, catalogue: Catalogue) -> Statistic:
    """Return one statistic as a shared release shows it: hidden values and names of files gone, pseudonyms replaced."""
    public = replace(without_pseudonym(statistic, catalogue), source=statistic.public_source)
    return hide(public) if statistic.statistic_id in protection.hidden else public


def without_gap(statistic: Statistic, policy: Policy) -> Statistic:
    """Return the statistic without an agency's own count of people, where that or the difference may tell of few.

    A total's stays where both numbers reach the thresholds. Own counts of categories never do: they would add up to a
    second table that no gate saw.
    """
    numbers = [float(found.replace(",", "")) for found in NUMBER.findall(statistic.reconciled)]
    least = get_strictest(policy)
    total = statistic.measure_type == "count" and not statistic.category
    if statistic.protects != "people" or not numbers or (total and min(numbers) >= least):
        return statistic
    return replace(statistic, reconciled=GAP_WITHHELD)


def without_pseudonym(statistic: Statistic, catalogue: Catalogue) -> Statistic:
    """Return the statistic with a category that names a person replaced by the dictionary's public words."""
    split = catalogue.measures[statistic.indicator].by.get(statistic.dimension)
    if not (split and split.public_category and statistic.category):
        return statistic
    words = split.public_category
    id = statistic.statistic_id.replace(slug(statistic.category), slug(words))
    return replace(statistic, category=words, label=upper_first(words), statistic_id=id)


def without_numbers(statistic: Statistic) -> Statistic:
    """Return the statistic with its value alone, as a comparison prints it."""
    return replace(statistic, numerator=None, denominator=None, lower=None, upper=None, method="", base="")


def hide(statistic: Statistic) -> Statistic:
    """Return the statistic without its value and all that would give it back."""
    return replace(
        statistic,
        value=None,
        qualifier="exact",
        decimals=0,
        display="[c]",
        symbol="[c]",
        status=SUPPRESSED,
        numerator=None,
        denominator=None,
        lower=None,
        upper=None,
        method="",
        per_month="",
        base="",
        reconciled="",
    )
