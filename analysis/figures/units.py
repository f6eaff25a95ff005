"""The words of an indicator's unit: a rate says of whom it is so many."""

from dataclasses import replace

from analysis.counting.count import DEFINITIONS
from analysis.measures.terms import Unit

PEOPLE = "people"


def get_unit(indicator: str, unit: Unit) -> Unit:
    """Return a rate's unit with whom the indicator's rate is per (children, adults) in place of people.

    Any other unit, and a rate whose definition doesn't say, stays as the vocabulary has it.
    """
    if unit.kind != "rate":
        return unit
    whom = next((one.per for one in DEFINITIONS.values() if one.indicator == indicator and one.per), PEOPLE)
    return replace(unit, singular=unit.singular.replace(PEOPLE, whom), plural=unit.plural.replace(PEOPLE, whom))
