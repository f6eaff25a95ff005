"""What people wrote beside figures: what tells of a few people in words isn't printed either."""

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.disclosure.policy import Policy, get_strictest
from analysis.partnership import Break, Caution, Event, Partnership
from analysis.returns.register import ReturnEntry

WITHHELD = "Note not shown, to protect people"
UNNAMED = "An event not named, to protect people"
UNSAID = "the definition changed"
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PEOPLE = (
    r"child(?:ren)?|bab(?:y|ies)|infants?|boys?|girls?|pupils?|students?|young|people|persons?|adults?|m[ae]n|wom[ae]n"
    r"|victims?|survivors?|patients?|residents?|clients?|families|family|mothers?|fathers?|parents?|siblings?|carers?"
    r"|sisters?|brothers?|twins?|daughters?|sons?|grand\w+|wives|wife|husbands?|partners?|neighbours?|girlfriends?|boyfriends?"
    r"|staff|workers?|coach(?:es)?|nurses?|doctors?|officers?|volunteers?|cases?|allegations?"
    r"|teachers?|deaths?|suicides?|perpetrators?|suspects?|individuals?|service users?|missing"
)
TOLD = re.compile(rf"(?i)\b(\d+|{'|'.join(NUMBERS)})(?:\s+[\w'-]+){{0,3}}?\s+(?:{PEOPLE})\b")
NUMBERED = re.compile(r"^\d+$")


def tells_of_few(text: str, policy: Policy) -> bool:
    """Whether a text says a number of people above nothing and below the threshold: "two of the children"."""
    most = get_strictest(policy)
    said = (found[1].lower() for found in TOLD.finditer(text))
    return any(0 < (int(word) if NUMBERED.match(word) else NUMBERS.index(word)) < most for word in said)


def screen_notes(entries: Sequence[ReturnEntry], policy: Policy) -> tuple[list[ReturnEntry], list[str]]:
    """Return the register as a shared release may show it, and what the analyst must know: notes, and reasons for a
    break in a series, that it doesn't."""
    screened = [
        replace(
            entry,
            note=WITHHELD if tells_of_few(entry.note, policy) else entry.note,
            break_reason="" if tells_of_few(entry.break_reason, policy) else entry.break_reason,
        )
        for entry in entries
    ]
    pairs = list(zip(entries, screened, strict=True))
    noted = [_finding(f"the note of return {one.return_id}") for one, after in pairs if one.note != after.note]
    broken = [
        _finding(f"the reason for a break in the series of return {one.return_id}")
        for one, after in pairs
        if one.break_reason != after.break_reason
    ]
    return screened, [*noted, *broken]


def screen_own_words(partnership: Partnership, policy: Policy) -> tuple[Partnership, list[str]]:
    """Return the partnership with what its configuration says in words as a shared release may say it, and what the
    analyst must know: events that it doesn't name (their day stays, and limits that begin anew there still do), breaks
    whose reason it doesn't give, cautions that it leaves out."""
    said = (*partnership.events, *partnership.breaks, *partnership.cautions)
    told = [one for one in said if tells_of_few(_words(one), policy)]
    screened = replace(
        partnership,
        events=tuple(replace(one, what=UNNAMED) if one in told else one for one in partnership.events),
        breaks=tuple(replace(one, reason=UNSAID) if one in told else one for one in partnership.breaks),
        cautions=tuple(one for one in partnership.cautions if one not in told),
    )
    return screened, [_finding(f"{_name(one)} in partnership.toml") for one in told]


def _words(said: Event | Break | Caution) -> str:
    return next(getattr(said, name) for name in ("what", "reason", "words") if hasattr(said, name))


def _name(said: Event | Break | Caution) -> str:
    if isinstance(said, Caution):
        return f"the caution for {said.topic}"
    return f"the event of {said.date}" if isinstance(said, Event) else f"the reason for the break of {said.measure}"


def _finding(what: str) -> str:
    return f"{what} is not shown: it seems to tell of a few people; say it without a number"
