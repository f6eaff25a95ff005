"""What looks like a person's details, or an analyst's machine: one finder a kind, each giving its hits in a text.

Each pattern begins with a sign that is rare in pages, so that a text is passed over quickly; what must stand before
that sign is looked back at.
"""

import re
from collections.abc import Callable, Collection, Iterator

NHS_NUMBER = re.compile(r"[3-9](?<![\w.#-].)\d{2}[ -]?\d{3}[ -]?\d{4}(?![\w-]|\.\d)")
UPN = re.compile(r"[A-HJ-NP-RT-Z](?<![\w#].)\d{11}[0-9A-HJ-NP-RT-Z](?!\w)")
INWARD = re.compile(r"\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}(?!\w)")
OUTWARD, LONGEST_OUTWARD = r"(?:[A-Z]{1,2}[0-9][A-Z0-9]?|GIR) ?[0-9][A-Z]{2}", 6
POSTCODE = re.compile(rf"(?<![\w#&.])(?:{OUTWARD}|(?i:[a-z]{{1,2}}\d[a-z\d]? \d[a-z]{{2}}))$")
COLOUR = re.compile(r"(?:[cC]olor|fill|Clr)(?: w:val| val)?=\"$")  # of a Word style: it may be all letters and digits
LONGEST_COLOUR = 20
DOMAIN = re.compile(r"@(?<=[\w+-].)[\w-]{1,63}(?:\.[\w-]{1,63})*\.[A-Za-z]{2,24}\b")
MAILBOX, LONGEST_MAILBOX = re.compile(r"[\w.+-]{1,64}$"), 64
DATE = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)? [A-Za-z]{3,9},? \d{4})"
BIRTH = r"(?:\bd\.?o\.?b\b\.?|\bdate[ _-]?of[ _-]?birth|\bbirth[ _-]?date|\bborn(?: on)?\b)"
BIRTH_DATE = re.compile(rf"(?i:{BIRTH}).{{0,30}}?{DATE}")
BIRTH_CLUES = ("dob", "d.o.b", "birth", "born")
PATHS = (
    re.compile(r"/(?<![\w/.:].)(?:home|Users|root|mnt|tmp|private|var/folders)/[\w.-]+"),
    re.compile(r":\\(?<=\b[A-Za-z]:.)\\?Users\\{1,2}[\w.-]+"),
    re.compile(r"file:///\w"),
)


def find_kinds(text: str, permitted: Collection[str] = ()) -> set[str]:
    """Return the kinds of detail that a text holds. Hits among the `permitted`, in lower case, don't count."""
    return {
        kind
        for kind, find in FINDERS.items()
        if any(" ".join(hit.casefold().split()) not in permitted for hit in find(text))
    }


def find_nhs_numbers(text: str) -> Iterator[str]:
    """Yield ten digits that end in their check digit."""
    return (hit[0] for hit in NHS_NUMBER.finditer(text) if is_nhs_number(hit[0]))


def is_nhs_number(text: str) -> bool:
    """Whether ten digits end in the check digit of an NHS number (NHS Data Catalogue: modulus 11)."""
    digits = [int(sign) for sign in text if sign.isdigit()]
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == digits[9] if check != 10 else False


def find_pupil_numbers(text: str) -> Iterator[str]:
    """Yield unique pupil numbers, in their form (DfE guide); the check letter may have been mistyped."""
    return (hit[0] for hit in UPN.finditer(text))


def find_postcodes(text: str) -> Iterator[str]:
    """Yield postcodes: from the inward part, which is rare, back to the outward. A colour of a style is none."""
    for inward in INWARD.finditer(text):
        found = POSTCODE.search(text[max(0, inward.start() - LONGEST_OUTWARD) : inward.end()])
        if found:
            start = inward.end() - len(found[0])
            if not COLOUR.search(text[max(0, start - LONGEST_COLOUR) : start]):
                yield found[0]


def find_addresses(text: str) -> Iterator[str]:
    """Yield e-mail addresses, whole."""
    for domain in DOMAIN.finditer(text):
        mailbox = MAILBOX.search(text[max(0, domain.start() - LONGEST_MAILBOX) : domain.start()])
        yield (mailbox[0] if mailbox else "") + domain[0]


def find_births(text: str) -> Iterator[str]:
    """Yield dates that are said to be somebody's birth."""
    lower = text.lower()
    if any(clue in lower for clue in BIRTH_CLUES):
        yield from (hit[0] for hit in BIRTH_DATE.finditer(text))


def find_paths(text: str) -> Iterator[str]:
    """Yield paths of somebody's machine."""
    return (hit[0] for path in PATHS for hit in path.finditer(text))


FINDERS: dict[str, Callable[[str], Iterator[str]]] = {
    "NHS number": find_nhs_numbers,
    "UPN": find_pupil_numbers,
    "postcode": find_postcodes,
    "e-mail address": find_addresses,
    "date of birth": find_births,
    "path on a machine": find_paths,
}
