"""Postcodes in a text: of the areas that there are, and no section of an Act, no ordinal, no colour."""

import re
from collections.abc import Iterator

AREAS = (
    " AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN"
    " EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML"
    " N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD"
    " TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE "
)
ACTS = ("S47", "S46", "S31", "S38")  # sections of the Children Act; no such districts
INWARD = re.compile(r"\d(?:[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}| [ABD-HJLNP-UW-Z]{2})(?![^\W_])")
OUTWARD = re.compile(
    r"(?:(?<![^\W_])|(?<=[a-z])(?=[A-Z]))(?<![#&.])(?<!\d \()"
    r"([A-Za-z]{1,2}|[A-Z]{1,2} )(\d[A-Za-z\d]?)\)?[ _./,+:-]{0,5}\(?$"
)
LONGEST_OUTWARD = 12
ORDINAL = re.compile(r"(?i)1st|2nd|3rd|\dth")
COUNTED = re.compile(r"\s*(?:quarter|half|week|month|year|day|meeting|stage|edition|report|review|of)\b")
COLOUR = re.compile(r"(?:[cC]olor|fill|Clr)(?: w:val| val)?=\"$")  # of a Word style: it may be all letters and digits
LONGEST_COLOUR = 20


def find_postcodes(text: str) -> Iterator[str]:
    """Yield postcodes: from the inward part, which is rare, back to the outward."""
    for inward in INWARD.finditer(text):
        start = max(0, inward.start() - LONGEST_OUTWARD)
        outward = OUTWARD.search(text[start : inward.start()])
        if outward and _is_district(outward) and not _is_counted(inward, text):
            first = start + outward.start()
            if not COLOUR.search(text[max(0, first - LONGEST_COLOUR) : first]):
                yield text[first : inward.end()]


def _is_district(outward: re.Match) -> bool:
    area, district = outward[1].strip().upper(), outward[2].upper()
    return f" {area} " in AREAS and area + district not in ACTS


def _is_counted(inward: re.Match, text: str) -> bool:
    """Whether the inward part is an ordinal with what it counts: "the 2nd quarter"."""
    return bool(ORDINAL.fullmatch(inward[0]) and COUNTED.match(text, inward.end()))
