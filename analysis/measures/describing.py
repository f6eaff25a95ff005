"""What a reader is told of a measure in words: its two sides, its standard, which way is better."""

from analysis.measures.catalogue import Catalogue
from analysis.measures.measure import Measure, Standard

AUTHORITY = {"statute": "by statute", "guidance": "by statutory guidance", "local": "a local standard"}
POLARITY = {"higher_is_better": "Higher is better.", "lower_is_better": "Lower is better."}


def name_sides(measure: Measure, catalogue: Catalogue) -> tuple[str, str]:
    """Return what a share's part is and what it is of, in words; empty where the record names none."""
    base = catalogue.measures.get(measure.of)
    part = " and ".join(catalogue.name(selector) for selector in measure.numerator)
    return part, ", only those ".join(filter(None, (base.noun, measure.of_only))) if base else ""


def describe_standard(standard: Standard | None) -> str:
    """Return a standard and on whose authority it stands; nothing where there is none."""
    return f"{standard.words} ({AUTHORITY[standard.source]})" if standard else ""
