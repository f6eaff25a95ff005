"""Numbers as people write them: digits with their sign, words, fractions, "one in three", "doubled", "none"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

UNIT_WORDS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen"""
TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
UNITS = {word: number for number, word in enumerate(UNIT_WORDS.split())}
TENS = {word: 10 * number for number, word in enumerate(TEN_WORDS.split(), start=2)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
TIMES = {"doubled": 100, "doubling": 100, "double": 100, "tripled": 200, "trebled": 200, "tripling": 200, "halved": -50,
         "halving": -50, "twice": 100}  # fmt: skip
SMALL = "|".join((*UNITS, *TENS, "dozen"))
LINK = r"(?:(?<=hundred)|(?<=thousand)|(?<=million)) and |[ -]"  # "one hundred and five", and never "three and twelve"
SPELT = rf"(?:{SMALL})(?:(?:{LINK})(?:{SMALL}|{'|'.join(SCALES)})\b)*"
DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
SIGN = r"(?P<sign>\s?%|[ -]per ?cent\b|[ -]percentage[ -]points?\b|\s?pp\b| points?\b|\s?ppts?\b)?"
SCALE = r"(?P<scale>\s?(?:million|billion|thousand|bn|mn|m|k)\b)?"
NUMBER = re.compile(rf"(?P<money>£\s?)?(?P<digits>{DIGITS}){SCALE}{SIGN}", re.IGNORECASE)
YEARS = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)(?![\d/%]|[-.,]\d)")
PART = "|".join(PARTS)
FRACTION = re.compile(
    rf"\b(?:(?P<top>a|an|one|two|three|four|five|six|seven|nine)[ -](?P<part>{PART})s?|(?P<half>half))\b", re.IGNORECASE
)
RATIO = re.compile(
    rf"\b(?P<top>{SMALL}|\d{{1,2}})(?:(?<=one) [a-z]+(?<!times))? (?:in|out of)(?: every)? "
    rf"(?P<base>{SMALL}|\d{{1,3}}|hundred)\b(?![,.]?\d)",
    re.IGNORECASE,
)
WORDS = re.compile(rf"\b{SPELT}\b(?:{SIGN})", re.IGNORECASE)
MULTIPLE = re.compile(rf"\b(?:{'|'.join(TIMES)})\b", re.IGNORECASE)
NOTHING = re.compile(
    r"\bnone\b|\bno(?= (?:new |such |further |recorded |reported )?(?:cases|incidents|deaths|complaints|[a-z]+ions)\b)|"
    r"(?:(?<=\bwere )|(?<=\bwas )|(?<=\bare )|(?<=\bhad )|(?<=\bis ))no\b",
    re.IGNORECASE,
)
EVERYTHING = re.compile(r"\ball\b(?= (?:of |\d[\d,]* )?[a-z])|\bevery\b(?= (?:one of )?[a-z])", re.IGNORECASE)


@dataclass(frozen=True)
class Numeral:
    """A number in a text. `form` is number, percent, points, money, fraction, times, none or all; percentages,
    fractions and times have values in per cent; `decimals` are those printed, of the number before its `scale`."""

    start: int
    end: int
    text: str
    value: float
    form: str
    decimals: int = 0
    scale: float = 1.0


def find_numerals(text: str) -> list[Numeral]:
    """Return the numbers of a text, in order and apart from each other."""
    found: list[Numeral] = []
    taken = bytearray(len(text))
    for finder in (_find_years, _find_ratios, _find_fractions, _find_digits, _find_words, _find_others):
        free = [n for n in finder(text) if not any(taken[n.start : n.end])]
        for numeral in free:
            taken[numeral.start : numeral.end] = bytes([1]) * (numeral.end - numeral.start)
        found += free
    return sorted(found, key=lambda n: n.start)


def _find_years(text: str) -> Iterator[Numeral]:
    """Yield years of two halves, '2023-24', which are one number."""
    for found in YEARS.finditer(text):
        yield Numeral(found.start(), found.end(), found[0], float(found[0][:4]), "number")


def _find_digits(text: str) -> Iterator[Numeral]:
    for found in NUMBER.finditer(text):
        scale = read_scale(found["scale"])
        # a letter after "m" or "k" was excluded by the pattern; a date's or a code's digits are told apart later
        value = float(found["digits"].replace(",", "")) * scale
        form = "money" if found["money"] else _form_of(found["sign"])
        decimals = len(found["digits"].partition(".")[2])
        yield Numeral(found.start(), found.end(), found[0].strip(), value, form, decimals, scale)


def read_scale(word: str | None) -> float:
    """Return what 'million', 'm' or 'k' multiplies by."""
    word = (word or "").strip().lower()
    return {"": 1.0, "thousand": 1e3, "k": 1e3, "billion": 1e9, "bn": 1e9}.get(word, 1e6)


def _form_of(sign: str | None) -> str:
    sign = (sign or "").strip(" -").lower()
    if not sign:
        return "number"
    return "percent" if sign == "%" or sign.replace(" ", "") == "percent" else "points"


def _find_words(text: str) -> Iterator[Numeral]:
    for found in WORDS.finditer(text):
        spelt = found[0][: len(found[0]) - len(found["sign"] or "")]
        yield Numeral(found.start(), found.end(), found[0], float(read_spelt(spelt)), _form_of(found["sign"]))


def read_spelt(words: str) -> int:
    """Return the number that words spell: 'two hundred and five' is 205."""
    total, part = 0, 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in SCALES:
            part = max(part, 1) * SCALES[word]
            total, part = (total + part, 0) if word != "hundred" else (total, part)
        elif word == "dozen":
            part = max(part, 1) * 12
        else:
            part += UNITS.get(word, TENS.get(word, 0))
    return total + part


def _find_ratios(text: str) -> Iterator[Numeral]:
    for found in RATIO.finditer(text):
        top, base = read_count(found["top"]), read_count(found["base"])
        if 0 < top < base:
            yield Numeral(found.start(), found.end(), found[0], 100 * top / base, "fraction")


def read_count(text: str) -> int:
    """Return a whole number in digits or words."""
    return int(text) if text.isdigit() else 100 if text.lower() == "hundred" else read_spelt(text)


def _find_fractions(text: str) -> Iterator[Numeral]:
    for found in FRACTION.finditer(text):
        if is_fraction(text, found):
            parts = PARTS[(found["part"] or "half").lower()]
            top = {"a": 1, "an": 1}.get((found["top"] or "a").lower()) or read_spelt(found["top"])
            yield Numeral(found.start(), found.end(), found[0], 100 * top / parts, "fraction")


def is_fraction(text: str, found: re.Match) -> bool:
    """Whether the words are a share and no rank, length of time or name: 'third sector', 'half-term'."""
    after = text[found.end() : found.end() + 14].lower()
    before = text[max(0, found.start() - 14) : found.start()].lower()
    if re.match(
        r"[ -]?(?:days?|terms?|hours?|years?|months?|weeks?|minutes?|"
        r"an hour|a day|party|sector|price|way|past|three|four|two|one|time)\b",
        after,
    ):
        return False
    if re.search(r"(?:first|second|other|and a|this|each|per|every|last|the) $", before) and not re.match(
        r" of\b", after
    ):
        return False
    return found["half"] is None or bool(re.match(r" (?:of|the|all|were|had|said|as|a|are|have)\b|[.,;)]|$", after))


def _find_others(text: str) -> Iterator[Numeral]:
    for found in MULTIPLE.finditer(text):
        yield Numeral(found.start(), found.end(), found[0], float(TIMES[found[0].lower()]), "times")
    for pattern, value, form in ((NOTHING, 0.0, "none"), (EVERYTHING, 100.0, "all")):
        for found in pattern.finditer(text):
            of_base = re.match(r" of the \d", text[found.end() :])  # "none of the 253 contacts": of a share
            yield Numeral(found.start(), found.end(), found[0], value, "percent" if of_base else form)
