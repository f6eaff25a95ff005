"""The unit that a number is told in beside that of a statistic: days for weeks, per 1,000 for per 10,000."""

import re
from dataclasses import replace

from analysis.drafts.claim import Claim
from analysis.drafts.facts import Fact

DAYS = {"second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 365.25 / 12,
        "year": 365.25}  # fmt: skip
TIME = re.compile(rf"\W*(?:working |calendar |school )?(?P<unit>{'|'.join(DAYS)})s?\b", re.IGNORECASE)
POPULATION = re.compile(r"\b(?:per|every|in) (?P<base>1,?000|10,?000|100,?000|1,?000,?000)\b", re.IGNORECASE)


def in_unit_of(claim: Claim, fact: Fact) -> Claim:
    """Return a claim with its number in a fact's unit; the claim itself where both have one unit, or none is told."""
    factor = find_factor(claim, fact)
    if factor == 1.0:
        return claim
    numeral = replace(claim.numeral, value=claim.numeral.value * factor)
    return replace(claim, numeral=numeral, qualifier=claim.qualifier or "about")


def find_factor(claim: Claim, fact: Fact) -> float:
    """Return what a number told in a claim's unit is multiplied by in a fact's."""
    said, held = TIME.match(claim.after), TIME.match(fact.unit)
    if said and held:
        return DAYS[said["unit"].lower()] / DAYS[held["unit"].lower()]
    if fact.kind == "rate":
        bases = [POPULATION.search(text) for text in (claim.part, f"{fact.unit} {' '.join(fact.names)}")]
        said, held = (float(found["base"].replace(",", "")) if found else 0.0 for found in bases)
        return held / said if said and held else 1.0
    return 1.0
