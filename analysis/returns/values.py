"""One cell of text read as its column's type: tolerant of form, strict on meaning.

A form that has one meaning is taken and named as a change (`01/04/2023` is 1 April 2023). A form that could
mean two things is a fault (`1/4/23`, `1,5`). Symbols that stand for a missing value are kept apart by what
they mean.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from analysis.returns.contracts import Code, Column
from analysis.returns.moments import read_date, read_moment, read_month
from analysis.returns.reading import BLANK, Reading, fault, plain, tidy, wrong_type

# Government Statistical Service symbols, in brackets (since 2017) and as before: [c] confidential, [x] not
# available, [z] not applicable, [low], [u] unreliable; "*" suppressed, ".." not available, "." not
# applicable. A dash meant zero, less than half a unit, or nothing, so that it can't be read as any of
# them.
SYMBOLS = {
    "suppressed": ("[c]", "*"),
    "unavailable": ("[x]", "..", "not available"),
    "not_applicable": ("[z]", ".", "n/a", "na", "not applicable"),
    "low": ("[low]", "[k]"),
    "unreliable": ("[u]",),
    "dash": ("-", "–", "—"),
    "not_known": ("not known", "unknown", "not recorded"),
}
# What stands where nobody knew a key: what programs write, yes or no, and what people put down for the time being.
NO_KEY = re.compile(
    r"none|null|nan|nat|nil|undefined|yes|no|true|false|tb[ac]|to (?:follow|be (?:confirmed|advised|allocated))|pending"
    r"|new|no (?:id|ref(?:erence)?|number|key)|(?:un|not (?:yet )?)(?:allocated|assigned)"
    r"|ditto|(?:as|see|same as) above|see notes?|various|anon(?:ymous)?|[\W_]+",
    re.IGNORECASE,
)
MARKS = {symbol: mark for mark, symbols in SYMBOLS.items() for symbol in symbols}
BARE = {"c": "[c]", "x": "[x]", ":": "[x]", "z": "[z]", "k": "[k]", "low": "[low]", "u": "[u]"}
MARKS_OF_NUMBERS = {letter: MARKS[symbol] for letter, symbol in BARE.items()}
YES_NO = dict.fromkeys(("yes", "y", "true", "1"), True) | dict.fromkeys(("no", "n", "false", "0"), False)
DECIMAL = "decimal"  # what is said of a key that is a number with decimals
LARGEST = 2**53  # beyond it a spreadsheet has already lost digits
NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+)(?:\.\d+)?", re.ASCII)
SMALL = re.compile(r"(?:<=?|≤|less than|fewer than|under|below) ?\d{1,2}", re.IGNORECASE)  # withheld since it is small
WHOLE = re.compile(r"(?<=\d)\.0+$", re.ASCII)
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+", re.ASCII)
ERROR_VALUE = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")
TWO_KEYS = re.compile(r"\S*\d\S*(?:, | ?[;&] ?| and )\S*\d\S*")
PLAIN_KEY = re.compile(r"[A-Z]{0,4}\d{1,9}|[A-Z]{1,4}-[0-9a-z]{1,12}", re.ASCII)
ADDRESS = re.compile(r"[a-z]{3,8}://|www\.", re.IGNORECASE)
LETTERED = re.compile(r"[a-z]{1,2}\)\s*", re.IGNORECASE)
SEPARATED = re.compile(r"\s*:\s+|:(?=\S)|\s+-\s+")
# What is no pseudonym: an e-mail address, a National Insurance, NHS or telephone number, a unique pupil number, a
# postcode, a day of birth, with initials or without, a name of two to four words or with initials (what says that it is
# a test has a rule of its own).
REAL_IDENTIFIER = re.compile(
    r"[^@\s]+@[^@\s]+\.[^@\s]+"
    r"|(?:[a-ceghj-pr-tw-z]{2}|qq) ?\d\d ?\d\d ?\d\d ?[a-d]"
    r"|\d{3} \d{3} \d{4}|(?:07|\+447|\+44 7)\d{3} ?\d{3} ?\d{3}|0\d{2,4} \d{3,4} ?\d{3,4}"
    r"|(?:[a-z]{2,3} ?)?(?:\d{1,2}([/.-])\d{1,2}\1\d{4}|\d{4}-\d\d-\d\d)"
    r"|[a-hj-np-rt-z]\d{11}[0-9a-hj-np-rt-z]"
    r"|[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}"
    r"|(?!test|dummy|sample)[a-z][a-z'’-]+(?:,? [a-z][a-z'’-]+){1,3}"
    r"|[a-z][a-z'’-]+, ?[a-z][a-z'’-]+ .*\d.*|\d+ ?[-–:] ?[a-z][a-z'’-]+,? [a-z][a-z'’-]+"
    r"|[a-z][a-z'’-]+,(?: ?[a-z]\.?)+|(?:[a-z]\. ?)+[a-z][a-z'’-]+",
    re.IGNORECASE,
)


def read_value(text: str, column: Column) -> Reading:
    """Return what `text` says as a value of the column: datetime, int, float, str, bool, or nothing."""
    if column.type in ("identifier", "pseudonym") and PLAIN_KEY.fullmatch(text):  # quick: most keys of a system
        return Reading(text)
    said = tidy(text)
    if not said:
        return BLANK
    if said[0] == "'" and column.type != "text":  # typed to keep a spreadsheet from changing it
        return _changed(_read(tidy(said[1:]), column), "apostrophe") if said[1:].strip() else BLANK
    found = _read(said, column)
    return found if found.change or found.fault or said == text else _changed(found, "stray_spaces")


def _changed(found: Reading, change: str) -> Reading:
    return found if found.fault else Reading(found.value, change, found.mark)


def _read(said: str, column: Column) -> Reading:
    if said[0] == "#" and ERROR_VALUE.fullmatch(said):
        return fault("error_value", "an error value of a spreadsheet", "a value")
    found = READERS[column.type](said, column)
    mark = _mark(said, column.type) if found.fault or column.type == "text" else ""
    return Reading(mark=mark) if mark else found


def _mark(said: str, kind: str) -> str:
    if kind not in ("integer", "number"):
        return MARKS.get(said.casefold(), "")
    return "suppressed" if SMALL.fullmatch(said) else (MARKS | MARKS_OF_NUMBERS).get(said.casefold(), "")


def read_number(said: str, column: Column) -> Reading:
    """Return the number; a pound sign, a per cent sign, and commas or spaces between thousands are form."""
    bare = said.removeprefix("£").removesuffix("%").strip()
    if not NUMBER.fullmatch(bare):
        return wrong_type("number", "digits, with a point before decimals")
    plain_number = bare.replace(",", "").replace(" ", "")
    return _in_range(float(plain_number), "" if plain_number == said else "number_form", column)


def read_integer(said: str, column: Column) -> Reading:
    """Return the whole number; 12.0 is 12, and 12.5 is a fault."""
    if plain(said) == "nil":
        return Reading(0, "nil")
    of_another = said[-1] == "%" or said[0] == "£"
    found = wrong_type("whole number", "digits alone, no sign of a unit") if of_another else read_number(said, column)
    if found.value is None:
        return found
    if not found.value.is_integer() or abs(found.value) > LARGEST:
        return wrong_type("whole number", "digits alone")
    return Reading(int(found.value), found.change)


def _in_range(number: float, change: str, column: Column) -> Reading:
    low = -LARGEST if column.minimum is None else column.minimum
    high = LARGEST if column.maximum is None else column.maximum
    if low <= number <= high:
        return Reading(number, change)
    ends = [None if end is None else f"{end:g}" for end in (column.minimum, column.maximum)]
    allowed = f"{ends[0]} or more" if ends[1] is None else f"{ends[0] or 'any'} to {ends[1]}"
    return fault("out_of_range", "out of range", allowed if any(ends) else "a number that a spreadsheet can hold")


def read_yes_no(said: str, column: Column) -> Reading:
    """Return True or False: yes, Y, TRUE, 1, `a) Yes` and the like."""
    word = LETTERED.sub("", said, count=1).casefold()
    if word not in YES_NO:
        return fault("unknown_code", "neither yes nor no", "yes, no")
    return Reading(YES_NO[word], "" if said in ("yes", "no") else "code_form")


def read_code(said: str, column: Column) -> Reading:
    """Return the code that the text names, by code, label, alias, or with a prefix (`a) 1A: Individual`). Where yes and
    no are codes, the whole text may be `Y` or `true` (1 may be anything, and so may the N of `N - Not known`)."""
    known, word = codes_by_word(column.codes), plain(said)
    found = known.get(word)
    if not found and word.isalpha() and word in YES_NO and {"yes", "no"} <= {code.code for code in column.codes}:
        found = "yes" if YES_NO[word] else "no"
    options = {found} if found else {known[word] for word in _spellings(said) if word in known}
    if len(options) != 1:
        return fault("unknown_code", "not an allowed code", _listed(column.codes))
    code = options.pop()
    return Reading(code, "" if code == said else "code_form")


@lru_cache(maxsize=512)
def codes_by_word(codes: tuple[Code, ...]) -> Mapping[str, str]:
    """Return the code that each spelling means. A code counts before a label, a label before an alias."""
    found: dict[str, str] = {}
    for words in (
        ((code.code, code.code) for code in codes),
        ((code.label, code.code) for code in codes),
        ((alias, code.code) for code in codes for alias in code.aliases),
    ):
        for word, code in words:
            found.setdefault(plain(word), code)
    return found


def _spellings(said: str) -> list[str]:
    """Return the parts of a prefixed code that may name it: the whole without its letter, the head, the
    tail."""
    bare = LETTERED.sub("", WHOLE.sub("", said), count=1)
    parts = SEPARATED.split(bare, maxsplit=1)
    heads = [] if bare == said and len(parts) == 1 else [plain(bare)]
    return [*heads, *(plain(part) for part in parts if len(parts) == 2)]


@lru_cache(maxsize=512)
def _listed(codes: tuple[Code, ...]) -> str:
    shown = [code.code for code in codes[:30]]
    return ", ".join(shown) + (f" and {len(codes) - 30} more" if len(codes) > 30 else "")


def read_codes(said: str, column: Column) -> Reading:
    """Return the codes that the text names, in the order of the list, joined by semicolons."""
    whole = read_code(said, column)
    if not whole.fault:
        return whole
    parts = [part for part in re.split(r"[;|,\n]", said) if part.strip()]
    found = [read_code(tidy(part), column) for part in parts]
    if not found or any(one.fault for one in found):
        return whole
    named = {one.value for one in found}
    joined = ";".join(code.code for code in column.codes if code.code in named)
    return Reading(joined, "" if joined == said else "code_form")


def read_identifier(said: str, column: Column) -> Reading:
    """Return the key as text; one that a spreadsheet turned into a power of ten is lost and a fault."""
    if SCIENTIFIC.fullmatch(said):
        return fault("mangled_identifier", "a key that a spreadsheet turned into a number", "the key as text")
    if said.casefold() in MARKS or NO_KEY.fullmatch(said):
        return fault("missing_value", "no key, but what stands for one that isn't known", "a key")
    if ADDRESS.match(said):
        return wrong_type("key", "the key alone, no address of a page")
    whole = WHOLE.sub("", said) if "." in said else said
    is_decimal = "." in whole and whole.replace(".", "", 1).isdecimal()
    return Reading(whole, DECIMAL if is_decimal else "" if whole == said else "number_form")


def read_pseudonym(said: str, column: Column) -> Reading:
    """Return the pseudonym; what looks like a name or a real number of a person is a fault."""
    found = read_identifier(said, column)
    if not found.fault and REAL_IDENTIFIER.fullmatch(said):
        return fault("real_identifier", "looks like a person's own name or number", "a pseudonym")
    if not found.fault and TWO_KEYS.fullmatch(said):
        return fault("wrong_type", "two keys in one cell", "one key, and a row for each")
    return found


def is_nhs_number(text: str) -> bool:
    """Whether the text has the form of an NHS number: ten digits, the last the check digit (modulus 11).

    Source: NHS Data Catalogue, NHS number.
    """
    digits = text.replace(" ", "").replace("-", "")
    if len(digits) != 10 or not (digits.isascii() and digits.isdecimal()):
        return False
    check = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return check % 11 == int(digits[9])


def read_text(said: str, column: Column) -> Reading:
    """Return the text."""
    return Reading(said)


READERS = {
    "date": read_date,
    "moment": read_moment,
    "month": read_month,
    "integer": read_integer,
    "number": read_number,
    "text": read_text,
    "code": read_code,
    "codes": read_codes,
    "yes_no": read_yes_no,
    "identifier": read_identifier,
    "pseudonym": read_pseudonym,
}
