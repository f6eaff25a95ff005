"""Numbers that are no claim: dates, statutes, ages, page and section numbers, names, versions, telephone numbers."""

import re
from functools import cache

from analysis.drafts.numerals import DIGITS, Numeral
from analysis.drafts.periods import MONTH, SPAN
from analysis.drafts.vocabulary import read_words

SPELT = "|".join(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen"]
    + ["eighteen", "twenty", "thirty", "sixty", "ninety", "[a-z]+-[a-z]+"]
)
MEANINGS = {
    "DIGITS": DIGITS,
    "MONTH": MONTH,
    "UNIT": r"(?:working |calendar |school )?(?:second|minute|min|hour|hr|day|night|week|month|year|yr)s?",
    "N": rf"(?:\d+(?:\.\d+)?|{SPELT})",
}
SURE_NAMES = ("an address of the web or of post", "the id of a statistic", "a limit of an interval")
LEADING = re.compile(r"^\s*(?:[-*•★]\s*)?(?:\(?(?P<n>\d{1,2}(?:\.\d{1,2})*)[.)]?(?=\s+\D)|\(?\d{1,2}\))")
NOT_ONE = re.compile(
    r"\s(?:of (?:the|our|their|these|those|its)|another|which|that|or more|day|who|to one|hand|can|might|could|example|"
    r"form|kind|place|theme|person|thing|time|reason|area|part)\b|['’]s|[-]|\s*[.,;)]",
    re.IGNORECASE,
)
MULTIPLIED = re.compile(
    r"\b(?:ha[sd]|have|more than|nearly|almost|number\w*|than|the|a|by|it|they|figure|rate|total|,)\s*$", re.IGNORECASE
)
NAMED = "a number of a name or statute"
EVERYDAY = {"year", "day", "week", "number", "outcome", "progress"}  # words that a count may follow as well
LAST_SCHOOL_YEAR = 13
COUNTS = re.compile(r" (?:[a-z]+ ){0,2}(?:[a-z]{2,}(?<!i)(?<!u)(?<!s)s|people|children|women|men)\b")
NOT_COUNTED = {"was", "is", "has", "as", "this", "its", "saw", "sees"}
DATING = {"in", "of", "since", "by", "from", "during", "until", "to", "the", "and", "our"}


@cache
def _patterns() -> list[tuple[str, re.Pattern]]:
    """Return the patterns of numbers that are no claim, with what each is."""
    words = read_words()
    found = [
        (group["reason"], re.compile(_spell(pattern), 0 if group.get("exact") else re.IGNORECASE))
        for group in words["no_claims"]
        for pattern in ("|".join(group["patterns"]),)
    ]
    before = sorted(map(re.escape, words["names"]["before"]), key=len, reverse=True)
    listed = r"\d{1,3}(?!\d)(?:\.\d+)*[a-z]?\)?(?:(?:-|–|/|, | and | to )\d+(?:\.\d+)*)*"
    numbers = rf"[ -]\(?(?:\d{{4,}}|{listed})(?![\d,]*\d%|%| per cent)\b"
    spelt = "|".join(word for name in before if len(name) > 3 for word in (name, name.title()))
    abbreviated = rf"\b(?i:no|nos|p|pp|para|paras|fig|s|ss|art|ch|vol|reg)\.{numbers}"
    named = rf"(?<!['’])\b(?i:{'|'.join(before)})s?{numbers}|{abbreviated}|\b(?:{spelt}) (?:{SPELT})\b"
    return [*found, ("a year", SPAN), (NAMED, re.compile(named))]


def _spell(pattern: str) -> str:
    """Return a pattern with what its capitals stand for."""
    for name, meaning in MEANINGS.items():
        pattern = re.sub(rf"(?<![A-Z\[-]){name}(?![A-Z\]])", lambda _, m=meaning: m, pattern)
    return pattern


def name_numerals(text: str, numerals: list[Numeral], kind: str = "paragraph") -> dict[Numeral, str]:
    """Return the numerals of a block that are no claim, each with what it is instead.

    `kind` is that of the block: the number that a heading or an item of a list begins with is its own.
    """
    if not numerals:
        return {}
    spans = [(f.start(), f.end(), reason) for reason, pattern in _patterns() for f in pattern.finditer(text)]
    if kind in ("heading", "item", "paragraph") and (lead := LEADING.match(text)) and is_leading(text, lead, kind):
        spans.append((0, lead.end(), "a number of a heading or list"))
    return {n: reason for n in numerals if (reason := _reason_of(n, text, spans))}


def is_leading(text: str, lead: re.Match, kind: str) -> bool:
    """Whether the number that a block begins with numbers the block."""
    marked = re.match(r"^\s*\(?\d{1,2}(?:\.\d{1,2})*[.)]\s", text) or "." in (lead["n"] or "")
    titled = re.match(r"\s*[A-Z]", text[lead.end() :]) and len(text) < 100 and not text.rstrip().endswith((".", ";"))
    return bool(marked) or kind == "heading" or bool(titled)


def _reason_of(numeral: Numeral, text: str, spans: list[tuple[int, int, str]]) -> str:
    if numeral.form in ("percent", "points", "money"):
        spans = [s for s in spans if s[2] in SURE_NAMES]
    for start, end, reason in spans:
        if start < numeral.end and numeral.start < end and not _is_counted(numeral, text, reason):
            if numeral.decimals and reason in ("a length of time in a definition", "an age"):
                continue
            return reason
    if numeral.form == "none" and re.match(
        r" (?:held|of the above|given|stated|applicable|yet)\b", text[numeral.end :]
    ):
        return "no number"
    if numeral.text.lower() == "one" and NOT_ONE.match(text[numeral.end :]):
        return "a pronoun"
    if numeral.form == "times" and not MULTIPLIED.search(text[: numeral.start]):
        return "no multiple of a figure"
    return ""


def _is_counted(numeral: Numeral, text: str, reason: str) -> bool:
    """Whether what looks like a year or a name counts something: '2000 people', 'in that year 140 burglaries'."""
    if reason == NAMED:
        word = re.search(r"([a-z]+) $", text[: numeral.start])
        is_everyday = (
            bool(word) and word[1] in EVERYDAY and not (word[1] == "year" and numeral.value <= LAST_SCHOOL_YEAR)
        )
        is_beside = re.search(r"\b(?:years|days|weeks) \($", text[: numeral.start])  # "took 14 days (31 a year before)"
        return "," in numeral.text or bool(is_beside) or is_everyday and COUNTS.match(text[numeral.end :]) is not None
    if reason != "a year" or len(numeral.text) != 4:
        return False
    after = re.match(r" ([a-z]+)", text[numeral.end :])
    before = re.search(r"([A-Za-z]+) $", text[: numeral.start])
    plural = bool(after) and (
        after[1].endswith("s") and after[1] not in NOT_COUNTED or after[1] in ("people", "children")
    )
    return plural and (before is None or before[1].lower() not in DATING)
