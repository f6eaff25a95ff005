"""What each number of a draft is said of: the sentence cut into the parts of its numbers, each read for itself."""

import re
from collections.abc import Callable
from dataclasses import replace

from analysis.drafts.claim import CHANGE, Claim
from analysis.drafts.document import Block, Sentence, split_sentences
from analysis.drafts.names import name_numerals
from analysis.drafts.numerals import Numeral, find_numerals
from analysis.drafts.periods import Named, find_periods
from analysis.drafts.roles import (
    find_asked,
    find_bases,
    find_direction,
    find_qualifier,
    name_role,
    nearest_direction,
    pair_up,
)
from analysis.drafts.vocabulary import Word, split_words

CUTS = (  # where the words of one number end and those of the next begin, strongest first
    re.compile(r"[;–—(]| - |: (?=[a-z])"),
    re.compile(
        r"\b(?:against|compared|while|whereas|versus|but|yet|"
        r"although|though|meanwhile|(?:up|down|rising|falling) (?:on|from)|followed)\b"
    ),
    re.compile(r"[,)](?!\d)"),
    re.compile(r"\b(?:and|with|than|plus|or|which)\b|:"),
    re.compile(r"\b(?:to|from|of|by|at|in)\b|[|/]"),
)
GAP = re.compile(r" ?(?:points? )?(?:up|down|higher|lower|more|fewer|less|above|below) (?:on|than)\b")
JOINED = re.compile(r"\b(?:and|against|compared|while|but|with)\b[^,;]*, $")
CLOSED, LED = re.compile(r"\s*(?:[,.;]|$)"), re.compile(r",? (?:with|at) (?:[a-z]+ )?$")
OF_WHOLE = re.compile(r" (?:out )?of (?:the |all |those |these |our )?(?:total of )?")
VERB = re.compile(r" (?:were|was|are|is|had|came|went|had been|have)\b")
LABELLED_PERCENT = re.compile(r"%|\bper ?cent\b|\bpercentage\b(?! points)", re.IGNORECASE)
LABELLED_CHANGE = re.compile(r"\b(?:change|difference|increase|decrease|\+/-)\b", re.IGNORECASE)


def read_claims(block: Block, name_own: Callable[[str, Numeral], str] = lambda _text, _numeral: "") -> list[Claim]:
    """Return every number of a block, in order, each with what is said of it.

    `name_own` says why a number is part of a name that the statistics use, or nothing.
    """
    numerals = share_signs(block.text, find_numerals(block.text))
    if block.kind == "cell" and LABELLED_PERCENT.search(f"{block.column} {block.row}"):
        numerals = [replace(n, form="percent") if n.form == "number" else n for n in numerals]
    excuses = name_numerals(block.text, numerals, block.kind)
    if block.kind == "cell" and not block.column and re.fullmatch(r"\d{1,2}(?:\.\d+)*", block.row.strip()):
        excuses |= {n: "a contents page" for n in numerals if n not in excuses}
    if block.kind == "cell" and not block.row and not block.column:
        excuses |= {n: "a label of a table" for n in numerals if n not in excuses}
    excuses |= {
        n: why for n in numerals if n not in excuses and block.kind != "cell" and (why := name_own(block.text, n))
    }
    sentences = split_sentences(block.text) or [Sentence(block.text, 0)]
    claims = []
    for sentence in sentences:
        end = sentence.start + len(sentence.text)
        inside = [n for n in numerals if sentence.start <= n.start < end]
        claims += read_sentence(block, sentence, inside, excuses)
    return claims


def share_signs(text: str, numerals: list[Numeral]) -> list[Numeral]:
    """Return the numerals, those of a pair given the sign or scale at its end: '5-6%', 'between 5 and 6 per cent',
    '98 and 85 thousand'."""
    shared = list(numerals)
    for i in range(len(numerals) - 2, -1, -1):
        one, other = shared[i], shared[i + 1]
        between = text[one.end : other.start].strip()
        if one.form != "number" or one.scale != 1 or between not in ("-", "–", "to", "and", "or"):
            continue
        if other.form == "number" and other.scale > 1 and one.value < 1000 and between in ("and", "or"):
            shared[i] = replace(one, value=one.value * other.scale, scale=other.scale)
        elif other.form in ("percent", "points") and one.value <= 100:
            led = re.search(r"\b(?:between|from) $", text[: one.start], re.IGNORECASE)
            shared[i] = replace(one, form=other.form) if led or between in ("-", "–", "to") else one
    return shared


def read_sentence(
    block: Block, sentence: Sentence, numerals: list[Numeral], excuses: dict[Numeral, str]
) -> list[Claim]:
    """Return the claims of one sentence."""
    text, offset = sentence.text, sentence.start
    said = [n for n in numerals if n not in excuses]
    apart = [n for n in said if n.form != "all"]  # "all" is too common a word to part a sentence
    parts = dict(zip(apart, cut(text, [(n.start - offset, n.end - offset) for n in apart]), strict=True))
    for one, other in zip(apart, apart[1:], strict=False):
        if is_same_figure(text, one, other, offset):
            parts[one] = parts[other] = (parts[one][0], parts[other][1])
    bounds = [parts.get(n, (0, len(text))) for n in said]
    words = split_words(text)
    periods = find_periods(text)
    claims = [Claim(n, block, sentence, excuse=excuses[n]) for n in numerals if n in excuses]
    for number, (numeral, (start, end)) in enumerate(zip(said, bounds, strict=True)):
        at = (numeral.start - offset, numeral.end - offset)
        free = [w for w in words if not is_taken(w, said, periods, offset)]
        claim = Claim(
            numeral, block, sentence,
            own=[w for w in free if start <= w.start < end],
            around=[w for w in free if not start <= w.start < end],
            qualifier=find_qualifier(text[max(0, at[0] - 28) : at[0]], text[at[1] : at[1] + 10]),
            number=number, part=text[start:end],
        )  # fmt: skip
        if claim.qualifier == "about" and re.search(r"\bsome\s*$", text[: at[0]], re.IGNORECASE) and numeral.value % 10:
            claim.qualifier = ""  # "some 4,388 searches" tells no rounding
        claim.before = text[said[number - 1].end - offset if number else 0 : at[0]]
        claim.after = text[at[1] : said[number + 1].start - offset if number + 1 < len(said) else len(text)]
        if block.kind == "cell":
            claim.before = f"{block.row} | {block.column}"
        claim.role = name_role(claim, text, at, start, end)
        claim.asked = find_asked(claim, periods, at, (start, end), said, offset)
        if block.kind == "cell":
            beside = f"{block.column} | {block.row}"
            labels = (beside if find_periods(beside) else block.sentence, block.lead)
            claim.asked = claim.asked or next(
                (p.span for label in labels for p in find_periods(label) if p.span.start or p.span.quarter), None
            )
            claim.role = CHANGE if LABELLED_CHANGE.search(block.column) else claim.role
        claim.direction = find_direction(claim, text, at, start, end)
        claims.append(claim)
    pair_up(claims, text, offset)
    find_bases(claims, text, offset)
    return sorted(claims, key=lambda c: c.numeral.start)


def is_same_figure(text: str, one: Numeral, other: Numeral, offset: int) -> bool:
    """Whether a count stands in brackets behind the words of its share, or a share behind those of its count:
    'three in five were in the North (7,500)', '33 took part in it (58%)'."""
    between, after = text[one.end - offset : other.start - offset], text[other.end - offset :]
    forms = [n.form in ("percent", "fraction") for n in (one, other)]
    plain = "number" in (one.form, other.form)
    glued = after.startswith(")") and re.fullmatch(r"[^,;()]*\(", between) is not None
    return sum(forms) == 1 and plain and glued and not nearest_direction(between, "")[0]


def is_taken(word: Word, said: list[Numeral], periods: list[Named], offset: int) -> bool:
    """Whether a word is a number that is claimed, or of a period: neither says what is counted."""
    return any(n.start - offset <= word.start < n.end - offset for n in said) or any(
        p.start <= word.start < p.end for p in periods if p.span.start or p.span.quarter
    )


def cut(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the part of a sentence that each number has to itself: between two it ends at the strongest cut.

    A number in brackets right after another has the other's part: '39 (34%) were girls'.
    """
    if not spans:
        return []
    edges, glued = [0], []
    for number, ((_, end), (start, last)) in enumerate(zip(spans, spans[1:], strict=False)):
        between, bracketed = text[end:start], text[last : last + 1] == ")"
        if CLOSED.match(text, last):  # "Sandwell with 347,551," and "Walsall the least, at 2,777."
            between = LED.sub(lambda led: " " * len(led[0]), between)
        if bracketed and between.strip() == "(":
            glued.append(number)
        if number - 1 in glued:
            between = between.replace(")", " ", 1)
        edges.append(end + find_cut(between[:-1] if bracketed and between.endswith("(") else between))
    parts = list(zip(edges, [*edges[1:], len(text)], strict=False))
    for number in glued:
        parts[number] = parts[number + 1] = (parts[number][0], parts[number + 1][1])
    for number, ((_, end), (start, last)) in enumerate(zip(spans, spans[1:], strict=False)):
        if OF_WHOLE.fullmatch(text[end:start]):  # '164 of the 500 visits were central': central are the 164
            stop = VERB.search(text, last, parts[number + 1][1])
            whole = (parts[number + 1][0], stop.start() if stop else parts[number + 1][1])
            parts[number], parts[number + 1] = (parts[number][0], parts[number + 1][1]), whole
    return parts


def find_cut(between: str) -> int:
    """Return where the words between two numbers part: after a bracket that the first stands in, else at a cut."""
    if closing := re.match(r"[^(),;]{0,25}\)", between):
        return closing.end()
    if told := GAP.match(between):  # "9.7% up on 1,323"
        return told.end()
    if JOINED.search(between):  # "up from 67% and the same as England's, 69%": the comma parts nothing
        between = re.sub(r", $", "  ", between)
    for pattern in CUTS:
        found = list(pattern.finditer(between))
        if found:
            return found[-1].start() if pattern is not CUTS[2] else found[-1].end()
    return len(between)
