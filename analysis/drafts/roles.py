"""A number's part in its sentence: level, earlier of two, or size of a change; its qualifier, period, direction."""

import re
from datetime import date
from functools import cache

from analysis.drafts.claim import BASE, CHANGE, EARLIER, LEVEL, NO_DIRECTION, Claim
from analysis.drafts.numerals import Numeral
from analysis.drafts.periods import Named, Span
from analysis.drafts.vocabulary import get_pattern, read_words

LED = re.compile(r"\b([a-z]+) (?:from|on)\W*$", re.IGNORECASE)  # 'up from'
COMPARED = re.compile(r"(?:compared|than|from|against|since|(?:up|down) on)\b", re.IGNORECASE)
LEADS = 3  # letters before a period that leads its sentence: "In the year before"
FAR = 12  # letters from a number to the next from which the words between tell a direction of their own


@cache
def _qualifiers() -> list[tuple[re.Pattern, str]]:
    pairs = [(words, name) for name, phrases in read_words()["qualifiers"].items() for words in phrases]
    longest = sorted(pairs, key=lambda pair: -len(pair[0]))
    return [(re.compile(rf"(?:^|\W){re.escape(words)}$"), name) for words, name in longest]


def find_qualifier(before: str, after: str) -> str:
    """Return the qualifier that stands before a number ('just under' is nearly), or none."""
    whole = before.lower().rstrip("£ ")
    before = whole if whole.endswith("just") else re.sub(r" (?:a|an|total of|only|further|of|by|to)$", "", whole)
    if re.match(r" or more\b|\+", after):
        return "at_least"
    if re.match(r" or (?:fewer|less)\b", after):
        return "up_to"
    return next((name for end, name in _qualifiers() if end.search(whole) or end.search(before)), "")


def name_role(claim: Claim, text: str, at: tuple[int, int], start: int, end: int) -> str:
    """Return whether a number is a level, the earlier one of two, or the size of a change."""
    before, after = text[start : at[0]], text[at[1] : end]
    wide = text[max(0, start - 30) : at[0]]
    if claim.numeral.form == "times":
        return CHANGE
    if (
        claim.numeral.form == "points"
        and not get_pattern("from").search(wide)
        and not re.match(r"\W*(?:out of|on a scale|in surveys)", after)
        and not re.search(r"\b(?:mean|average|median|score)\b[^.;]*\b(?:was|is|of|at|were)\W*$", before)
    ):
        return CHANGE
    if get_pattern("amount_before").search(wide) and not re.search(r"\b(?:from|to|at|above|below)\W*$", before):
        return CHANGE
    if re.search(r"\bby\W*(?:[a-z]+ ){0,2}$", before) and nearest_direction(before, "")[0]:
        return CHANGE
    near = re.split(r"[,;.()]", after)[0]
    if get_pattern("amount_after").match(near + " ") and not get_pattern("to").search(wide):
        return CHANGE
    if get_pattern("from").search(wide) or re.match(
        r"\W*(?:the |a |one )?(?:year|twelve months|12 months) (?:before|earlier|ago|previously)|\W*(?:in |"
        r"for )?the (?:previous|prior|preceding) year|\W*previously|\W*before(?:hand)?(?=\W*$|[.,;)])",
        after,
    ):
        return EARLIER
    return LEVEL


def find_asked(
    claim: Claim, periods: list[Named], at: tuple[int, int], part: tuple[int, int], said: list[Numeral], offset: int
) -> Span | None:
    """Return the period that a number is told of: in its own part, after it first; else one that leads the sentence."""
    inside = [p for p in periods if part[0] <= p.start < part[1]]
    if claim.role == CHANGE:
        claim.against = next((p.span for p in inside if p.span.start and _is_other(claim, p)), None)
        inside = [p for p in inside if p.span.offset == 0 and not _is_other(claim, p)]
        if len(inside) > 1:  # "between 2022-23 and 2023-24"
            return max((p.span for p in inside), key=lambda span: span.end or date.max)
    elif claim.role == LEVEL:
        inside = [p for p in inside if not _is_other(claim, p)]
    beside = [(p, re.fullmatch(r"\s?([(:=])\s?£?", claim.sentence.text[p.end : at[0]])) for p in periods]
    alone = re.match(r"[^()\d]*\)", claim.sentence.text[at[1] :])
    beside = [p for p, found in beside if found and (alone if found[1] == "(" else not _is_other(claim, p))]
    closing = claim.sentence.text.find(")", at[1])
    if beside and not any(at[1] <= p.start < closing for p in inside):  # "higher than in 2022-23 (£968)"
        return beside[0].span
    if claim.role != EARLIER:  # "with a contact in the twelve months before in December 2023"
        inside = [p for p in inside if p.span.offset == 0] or inside
    after = [p for p in inside if p.start >= at[1]]
    before = [p for p in inside if p.end <= at[0]]
    if after or before:
        return (after or before[::-1])[0].span
    told = [p for p in periods if re.fullmatch(r",? (?:when|where)\b[^,;]{0,40}", claim.sentence.text[p.end : at[0]])]
    if told:  # "more than in 2022-23, when there were 1,688"
        return told[-1].span
    first = min(n.start - offset for n in said)
    led = [p for p in periods if p.end <= first and (p.span.offset == 0 or p.start <= LEADS)]
    leading = [p for p in led if p.start <= LEADS or not _is_other(claim, p)]
    if claim.role in (LEVEL, CHANGE) and leading:
        return leading[-1].span
    return None


def _is_other(claim: Claim, period: Named) -> bool:
    """Whether a period is the one that a number is compared with: 'higher than in 2022-23'."""
    before = claim.sentence.text[max(0, period.start - 40) : period.start]
    if COMPARED.match(claim.sentence.text, period.start):
        return True  # "compared to last year (11.86% against 12.87%)"
    if claim.role == CHANGE and re.search(r"\bagainst (?:[\w.,%£]+ ){1,6}$", before, re.IGNORECASE):
        return True  # "Against 590 in 2021-22: 21 fewer"
    return (
        period.span.offset < 0
        and bool(re.search(r"\b(?:than|with|to|on|from)\b[^,]*$", before + " "))
        or bool(
            re.search(
                r"\b(?:by|until|before|since|towards) $|"
                r"\b(?:than|compared (?:with|to)|against|up from|down from|above|below)(?: [a-z]+){0,5} $|"
                r"\bon(?: the| its)?(?: (?:same|corresponding|equivalent|figure|total|level)(?: [a-z]+){1,3})? $",
                before,
                re.IGNORECASE,
            )
        )
    )


@cache
def get_directions() -> dict[str, int]:
    words = read_words()["directions"]
    return {**dict.fromkeys(words["up"], 1), **dict.fromkeys(words["down"], -1)}


def find_direction(claim: Claim, text: str, at: tuple[int, int], start: int, end: int) -> tuple[int, str]:
    """Return +1 or -1 where the words near a number tell a rise or a fall, with the word; 0 where none do."""
    before, after = text[start : at[0]], re.split(r"[;.()]", text[at[1] : end])[0]
    if claim.role == CHANGE:
        return nearest_direction(before, after)
    if claim.role == EARLIER and (led := LED.search(before)):
        return (get_directions().get(led[1].lower(), 0), led[1].lower())
    if claim.role == LEVEL and get_pattern("to").search(before):
        return nearest_direction(get_pattern("to").sub("", before), "")
    found = get_pattern("than").search(after) if claim.role == LEVEL else None
    return (get_directions()[found[1].lower()], found[1].lower()) if found else NO_DIRECTION


def nearest_direction(before: str, after: str, *, words: int = 9) -> tuple[int, str]:
    """Return the direction told nearest to a number and the word that tells it; what is told after it comes first."""
    directions = get_directions()
    following = [(directions[w], w) for w in re.findall(r"[a-z]+", after.lower())[:6] if w in directions]
    preceding = [(directions[w], w) for w in re.findall(r"[a-z]+", before.lower())[-words:] if w in directions]
    return following[0] if following else preceding[-1] if preceding else NO_DIRECTION


def find_bases(claims: list[Claim], text: str, offset: int) -> None:
    """Tell the count and the base of a percentage from other numbers, in place: '57.7% (146 of 253)', '(of 765)'."""
    at = {c.numeral.start - offset: c for c in claims if not c.excuse}
    for claim in [c for c in at.values() if c.numeral.form in ("percent", "all", "fraction")]:
        whole = (
            None if claim.numeral.text[0].isdigit() else get_pattern("whole").match(text, claim.numeral.end - offset)
        )
        if whole and whole.start("base") in at:  # "none of the 253 contacts", where it isn't a figure of its own
            at[whole.start("base")].share = claim
        found = claim.numeral.form == "percent" and get_pattern("bases").match(text, claim.numeral.end - offset)
        for name in ("count", "base") if found else ():
            if found[name] and found.start(name) in at:
                at[found.start(name)].role, at[found.start(name)].share = BASE, claim
                at[found.start(name)].part = name


def pair_up(claims: list[Claim], text: str, offset: int) -> None:
    """Tell pairs apart, in place: 'from 364 to 329' (the second has the direction), '329, up from 364', '12 of 40'."""
    said = [c for c in claims if not c.excuse]
    for one, other in zip(said, said[1:], strict=False):
        between = text[one.numeral.end - offset : other.numeral.start - offset]
        before = text[max(0, one.numeral.start - offset - 60) : one.numeral.start - offset]
        if (
            re.search(r"\bfrom\W*(?:[a-z]+ ){0,2}$", before)
            and re.search(r"\bto\W*(?:[a-z]+ ){0,2}£?$", between)
            and other.role != CHANGE
        ):
            one.role, other.role = EARLIER, LEVEL
            if not re.search(r"\b(?:rang|var)[a-z]+\b", text[: one.numeral.start - offset]):
                one.other, other.other = other, one
            last = max((c.numeral.end - offset for c in said if c.number < one.number), default=0)
            whole = text[last if one.numeral.start - offset - last > FAR else 0 : one.numeral.start - offset]
            other.direction = other.direction if other.direction[0] else nearest_direction(whole, "", words=30)
        if (
            one.role == CHANGE
            and other.role == LEVEL
            and one.numeral.form != other.numeral.form
            and get_pattern("same_change").fullmatch(between)
        ):  # "rose by 25%, or 2,500"
            other.role, other.direction, other.own = CHANGE, one.direction, [*other.own, *one.own]
        alike = one.role == other.role == LEVEL and one.numeral.form == other.numeral.form and not other.asked
        if alike and between.strip() == "(" and text[other.numeral.end - offset :].startswith(")"):
            other.role = EARLIER  # "41% (37%)"
        if one.role == LEVEL and other.role == CHANGE and not other.direction[0]:
            other.direction = nearest_direction(between, "")
