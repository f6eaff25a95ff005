"""What is known of one measure, to be read in a notebook."""

from typing import Any

from analysis.counting.definitions import describe, get_definitions
from analysis.measures.catalogue import get_catalogue
from analysis.measures.describing import POLARITY, describe_standard, name_sides
from analysis.measures.measure import Measure, Split
from analysis.report.blocks import Block, render

READY_MADE = {True: "returned ready made", False: "nothing: the base of others, which no report gives a figure of"}


class MeasureCard:
    """What is known of one measure, to be read; `record` holds it."""

    def __init__(self, record: Measure):
        """Take a record of the catalogue."""
        self.record = record

    @property
    def facts(self) -> dict[str, str]:
        """What a reader asks of it, in words; what doesn't apply isn't there."""
        m, catalogue = self.record, get_catalogue()
        term, counted = catalogue.vocabulary.terms.get(m.term), get_definitions().get(m.id)
        part, base = name_sides(m, catalogue)
        facts = {
            "Definition": define(m),
            "Counts": f"{term.plural}: {term.definition}" if term else "",
            "Part": part,
            "Of": base,
            "Unit": m.unit + (f", and a rate per head of {m.per}" if m.per else ""),
            "When": "on a day (a stock)" if m.stock else "over a period (a flow)",
            "Split by": "; ".join(_say_split(split) for split in m.by.values() if split.dimension),
            "Standard": describe_standard(m.standard),
            "Protects": "people: small numbers are hidden" if m.protects == "people" else "nobody",
            "Reads": " ".join(filter(None, (POLARITY.get(m.polarity), m.interpretation))),
            "Source": m.source,
            "Counted from": ", ".join(counted.needs) if counted else READY_MADE[m.shown],
        }
        return {name: words for name, words in facts.items() if words}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        html = render("blocks/measure.html.j2", title=self.record.title, facts=self.facts)
        return Block(str(html), repr(self))._repr_mimebundle_()

    def __repr__(self) -> str:
        return "\n".join([f"{self.record.id}: {self.record.title}", *(f"{n}: {w}" for n, w in self.facts.items())])


def _say_split(split: Split) -> str:
    name = split.name or split.dimension.replace("_", " ")
    return f"{name} ({', '.join(split.categories)})" if split.categories else name


def define(measure: Measure) -> str:
    """Return what a measure is, in words."""
    return describe(measure, is_counted=measure.id in get_definitions())
