"""What looks like a person's details, or an analyst's machine: one finder a kind, each giving its hits in a text.

Each pattern begins with a sign that is rare in pages, so that a text is passed over quickly; what must stand before
that sign is looked back at. Numbers with a check are held to it, postcodes to the areas that there are.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from analysis.disclosure.postcodes import find_postcodes

GAP = r"[\])]?[ _./:,|-]{0,3}[\[(]?"  # between the parts of a number
NHS_NUMBER = re.compile(
    rf"[3-9](?<!\d.)(?<!\d\..)(?:\d\d{GAP}\d{{3}}{GAP}|\d{{3}}([ -])\d{{3}}\1(?=\d{{3}}(?!\d))"
    r"|\d{4}[ -](?=\d{5}(?!\d)))\d{3,5}(?!\d|\.\d)"
)
UPN = re.compile(
    r"\d(?:(?<=[A-Za-z].)|(?<=[A-Za-z][ ./-].))(?:[ ./-]?\d){10}[ ./-]?[0-9A-HJ-NP-RT-Za-hj-np-rt-z](?![^\W_])",
)
CHECKED = re.compile(r"[A-HJ-NP-RT-Za-hj-np-rt-z][ ./-]?$")
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
INSURANCE = re.compile(r"\d(?:(?<=[A-Za-z].)|(?<=[A-Za-z][ ./-].))(?:[ ./-]?\d){5}[ ./-]?[A-Da-d](?![^\W_])")
INSURED = re.compile(r"(?i)(?<![^\W_])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ ./-]?$")
TELEPHONE = re.compile(
    r"[+(\[04](?:(?<=\+)44{0}|(?<![\d.+-].)(?:(?<=0)044{0}|(?<=4)4[ -]?7\d{{3}}[ -]?\d{{6}}"
    r"|(?:(?<=0)|(?<=[(\[])0)[1-378]\d(?:[ /-]?[\])]?[ /-]?\d){{7,8}}"
    r"|(?<=0)[1-378]\d{{3}}\.\d{{3}}\.?\d{{3}}|(?<=0)[1-378]\d{{1,2}}\.\d{{3,4}}\.\d{{4}}))(?!\d|\.\d)".format(
        r"\)?[ .-]?(?:\(0\)[ -]?)?[1-378]\d(?:[ .-]?\d){7,8}"
    )
)
ENDS = r"(?:com|org|net|info|uk|gov|eu|nhs)"
DOMAIN = re.compile(
    r"@(?<=[\w+-].)[\w-]{1,63}(?:\.[\w-]{1,63})*\.[A-Za-z]{2,24}\b"
    rf"|@ ?[\w-]{{1,63}}(?:\. ?[\w-]{{1,63}}){{0,4}}\. ?{ENDS}\b"
)
SPELLED = (*(f"at{end}" for end in (")", "]", "}", " )", " ]", " }")), " dot ")
SPOKEN = re.compile(  # "(at) example.org", "at example dot org"; "at example.org" tells where something was published
    r"(?i)(?:[(\[{]\s?at\s?[)\]}]|\bat\b(?= ?[\w-]+ dot\b)) ?[\w-]{1,63}"
    rf"(?: ?(?:\.|[(\[]?\bdot\b[)\]]?) ?[\w-]{{1,63}}){{0,4}} ?(?:\.|dot\b) ?{ENDS}\b"
)
MAILBOX, LONGEST_MAILBOX = re.compile(r"[\w.+-]{1,64}\s?$"), 65
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
ORDINALS = r"(?:first|second|third|(?:four|fif|six|seven|eigh|nin|ten|eleven|twelf|[a-z]{3,5}teen|twentie|thirtie)th)"
NTH = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: day)?|(?:(?:twenty|thirty)[ -])?{ORDINALS}(?: day)?)"
YEAR = r"(?:\d{4}|['\u2019]?\d{2}|(?:two thousand|nineteen|twenty)[ -][a-z]+(?:[ -][a-z]+){0,2})"
DATE = (
    r"(?<!\d)(?<!\d\.)(?:\d{1,2} ?[/.-] ?\d{1,2} ?[/.-] ?['\u2019]?\d{2,4}|\d{1,2} \d{1,2} \d{2,4}"
    r"|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|\d{8}|\d{6}|\d{4}-?w\d\d(?:-\d)?|\d{4}-\d{3}|week \d{1,2} of \d{4}"
    rf"|\d{{1,2}}[ ./-][ivx]{{1,4}}[ ./-]\d{{2,4}}|{NTH}(?: of)?[ -]{MONTH},?[ -]{YEAR}|{MONTH}[ -]{NTH},?[ -]{YEAR}"
    rf"|\d{{4}}[ /-]{MONTH}[ /-]{NTH})(?!\d)"
)
BIRTH = (
    r"(?:\bd[. ]?o[. ]?b(?![a-z])|\bdate[ _-]?of[ _-]?birth|\bbirth[ _-]?date|\bbirthday|\bbirth:|\bborn\b"
    r"|\bn\u00e9e?\b|\bturn(?:ed|s) [a-z0-9-]{1,12} on\b|\bb\.(?= ?\d))"
)
# After a date only what is said of it at once: "at 31 March 2024, born abroad" tells of nobody.
AFTER = (
    r"\W{0,3}\b(?:d\.?o\.?b(?![a-z])|(?:date[ _-]?of[ _-]?)?birth(?:day|[ _-]?date)?\b"
    r"(?![ -](?:rate|weight|registration|order|certificate|mother|parent|famil|cohort|year)))"
)
BIRTH_DATE = re.compile(rf"(?i:{BIRTH}.{{0,30}}?{DATE}|{DATE}{AFTER})")
BORN = ("born", "birth", "dob", "d.o", "d o b", "n\u00e9", " turned ", " turns ", "b.")
AROUND = 100  # signs: more than a birth's words and its date span together
WRITTEN_DAY = re.compile(
    r"(?:19|20)(?<!\d..)(?<!\d\...)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d|\.\d)",
)
POLICE = ("crime", "incident", "occurrence", "custody", "cad", "cris", "crn", "urn", "niche")
CRIME = re.compile(
    r"(?i)\b(?:(?:crime|incident|occurrence|custody)[ _-](?:ref(?:erence)?|no|num(?:ber)?)|cad|cris|crn|urn|niche)\b"
    r"(?:[ ._:#-]{0,3}(?:ref(?:erence)?|no|num(?:ber)?)\b)?[ ._:#-]{0,3}"
    r"(?:[A-Z]{0,3}[/-]?\d[\dA-Z]*(?:[/-][\dA-Z]+)+|\d+ of \d|[A-Z]{0,2}\d{2,}[A-Z]{0,2}\d{4,})"
)
APART = re.compile(r"(?<![^\W_])[^\W_]([ ./_-])[^\W_](?:\1[^\W_]){4,}(?![^\W_])")  # a number spelled out sign by sign
PATHS = (
    re.compile(r"/(?<![\w/.:].)(?:home|Users|root|mnt|tmp|private|var/folders)/[\w.-]+"),
    re.compile(r":\\(?<=\b[A-Za-z]:.)\\?Users\\{1,2}[\w.-]+"),
    re.compile(r"file:///\w"),
)
# Coordinates of a drawing, and names that it gives to its own parts: chance looks like any number in them.
DRAWN = re.compile(
    r"=\\?\"(?:{})[A-Za-z\d\s.,()+-]+\"|(?:=\\?\"(?:{})|#)[a-z][0-9a-f]{{10}}\b".format(
        *(
            "|".join(rf"(?<=\b{name}={slash}\")" for name in names for slash in ("", r"\\"))
            for names in (("d", "points", "transform", "viewBox"), ("id",))
        )
    )
)
DIGEST = re.compile(r"[0-9a-f](?<![^\W_].)[0-9a-f]{15,}(?![^\W_])")


def find_kinds(text: str, permitted: Collection[str] = ()) -> set[str]:
    """Return the kinds of detail that a text holds. Hits among the `permitted`, in lower case, don't count."""
    text = DIGEST.sub(_blank_mixed, DRAWN.sub(" ", text) if '="' in text or '=\\"' in text else text)
    text = APART.sub(_join, text)
    return {
        kind
        for kind, find in FINDERS.items()
        if any(" ".join(hit.casefold().split()) not in permitted for hit in find(text))
    }


def _blank_mixed(run: re.Match) -> str:
    """Return a run of letters and digits unless it has both, as a digest has."""
    return run[0] if run[0].isdigit() or run[0].isalpha() else " "


def _join(run: re.Match) -> str:
    return run[0].replace(run[1], "")


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
    """Yield unique pupil numbers, in their form (DfE guide). The check letter may have been mistyped in one that is
    written without a gap; with gaps chance makes many."""
    for digits in UPN.finditer(text):
        if letter := CHECKED.search(text[max(0, digits.start() - 3) : digits.start()]):
            number, before = letter[0] + digits[0], text[max(0, digits.start() - len(letter[0]) - 1)]
            if (number.isalnum() and not before.isalnum()) or _has_check_letter(number):
                yield number


def _has_check_letter(text: str) -> bool:
    letter, *rest = (sign.upper() for sign in text if sign.isalnum())
    values = [int(sign) if sign.isdigit() else UPN_LETTERS.index(sign) for sign in rest]
    return UPN_LETTERS[sum(value * weight for weight, value in enumerate(values, start=2)) % 23] == letter


def find_addresses(text: str) -> Iterator[str]:
    """Yield e-mail addresses, whole."""
    for domain in (*DOMAIN.finditer(text), *_find_near(text, SPOKEN, SPELLED)):
        mailbox = MAILBOX.search(text[max(0, domain.start() - LONGEST_MAILBOX) : domain.start()])
        yield (mailbox[0] if mailbox else "") + domain[0]


def _find_near(text: str, pattern: re.Pattern, words: Collection[str]) -> Iterator[re.Match]:
    """Yield what a pattern finds around words, in small letters: to try it all over a page takes long."""
    plain = _lower(text)
    spans: list[list[int]] = []
    for at in sorted(place for word in words for place in _find_all(plain, word)):
        if spans and at - AROUND <= spans[-1][1]:
            spans[-1][1] = at + AROUND
        else:
            spans.append([max(0, at - AROUND), at + AROUND])
    for start, end in spans:
        yield from pattern.finditer(text, start, end)


@lru_cache(maxsize=1)
def _lower(text: str) -> str:
    return text.lower()


def _find_all(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def find_births(text: str) -> Iterator[str]:
    """Yield dates that are said to be somebody's birth, and days written as eight digits, as records have them."""
    yield from (hit[0] for hit in _find_near(text, BIRTH_DATE, BORN))
    yield from (hit[0] for hit in WRITTEN_DAY.finditer(text))


def find_telephones(text: str) -> Iterator[str]:
    """Yield telephone numbers of the United Kingdom."""
    return (hit[0] for hit in TELEPHONE.finditer(text))


def find_insurance_numbers(text: str) -> Iterator[str]:
    """Yield National Insurance numbers, in their form (HMRC manual NIM39110)."""
    for hit in INSURANCE.finditer(text):
        if letters := INSURED.search(text[max(0, hit.start() - 4) : hit.start()]):
            yield letters[0] + hit[0]


def find_crime_references(text: str) -> Iterator[str]:
    """Yield the numbers that the police give to a crime or incident, after the words for one."""
    return (hit[0] for hit in _find_near(text, CRIME, POLICE))


def find_paths(text: str) -> Iterator[str]:
    """Yield paths of somebody's machine."""
    return (hit[0] for path in PATHS for hit in path.finditer(text))


FINDERS: dict[str, Callable[[str], Iterator[str]]] = {
    "NHS number": find_nhs_numbers,
    "UPN": find_pupil_numbers,
    "National Insurance number": find_insurance_numbers,
    "postcode": find_postcodes,
    "telephone number": find_telephones,
    "e-mail address": find_addresses,
    "date of birth": find_births,
    "crime reference": find_crime_references,
    "path on a machine": find_paths,
}
