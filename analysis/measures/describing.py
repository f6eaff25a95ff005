"""What a measure is, in plain text: for a terminal, a notebook and whoever is about to quote it."""

from collections.abc import Iterator

from analysis.measures.catalogue import Catalogue
from analysis.measures.measure import Measure, Standard

AUTHORITY = {"statute": "by statute", "guidance": "by statutory guidance", "local": "a local standard"}
POLARITY = {"higher_is_better": "Higher is better.", "lower_is_better": "Lower is better."}


def describe_measure(measure: Measure, catalogue: Catalogue, definition: str = "") -> str:
    """Return a description of a measure, a line each: its name, what it is (`definition`, where it is counted from
    records), its two sides, splits, standard, how to read it, its source."""
    lines = [f"{measure.title} ({measure.id})", definition or measure.definition, *_list_lines(measure, catalogue)]
    return "\n".join(line for line in lines if line)


def name_sides(measure: Measure, catalogue: Catalogue) -> tuple[str, str]:
    """Return what a share's part is and what it is of, in words; empty where the record names none."""
    base = catalogue.measures.get(measure.of)
    part = " and ".join(catalogue.name(selector) for selector in measure.numerator)
    return part, ", only those ".join(filter(None, (base.noun, measure.of_only))) if base else ""


def describe_standard(standard: Standard | None) -> str:
    """Return a standard and on whose authority it stands; nothing where there is none."""
    return f"{standard.words} ({AUTHORITY[standard.source]})" if standard else ""


def _list_lines(measure: Measure, catalogue: Catalogue) -> Iterator[str]:
    part, base = name_sides(measure, catalogue)
    names = [split.name or split.dimension.replace("_", " ") for split in measure.by.values() if split.dimension]
    stock = "counted on a day" if measure.stock else "over a period"
    yield f"Unit: {catalogue.vocabulary.units[measure.unit].plural}, {stock}"
    yield f"Part: {part}" if part else ""
    yield f"Of: {base}" if base else ""
    yield f"Split by: {', '.join(names)}" if names else ""
    yield f"Standard: {describe_standard(measure.standard)}" if measure.standard else ""
    yield f"How to read it: {' '.join(filter(None, (POLARITY.get(measure.polarity), measure.interpretation)))}"
    yield f"Source: {measure.source}"
