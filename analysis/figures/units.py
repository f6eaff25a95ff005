"""The words of a measure's unit: a rate says of whom it is so many."""

from dataclasses import replace

from analysis.measures.measure import Measure
from analysis.measures.terms import Unit

PEOPLE = "people"


def get_unit(measure: Measure, unit: Unit) -> Unit:
    """Return a rate's unit with whom the measure's rate is per (children, adults) in place of people.

    Any other unit, and a rate whose record doesn't say, stays as the vocabulary has it.
    """
    if unit.kind != "rate":
        return unit
    whom = measure.per or PEOPLE
    return replace(unit, singular=unit.singular.replace(PEOPLE, whom), plural=unit.plural.replace(PEOPLE, whom))
