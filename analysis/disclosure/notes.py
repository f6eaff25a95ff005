"""What people wrote beside figures: what tells of a few people in words isn't printed either."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from analysis.disclosure.policy import Policy, get_strictest
from analysis.returns.register import ReturnEntry

WITHHELD = "Note not shown, to protect people"
UNNAMED = "An event not named, to protect people"
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


def screen(
    entries: Sequence[ReturnEntry], events: Sequence[Mapping[str, Any]], policy: Policy, release: str
) -> tuple[Sequence[ReturnEntry], Sequence[Mapping[str, Any]], list[str]]:
    """Return the register and the events as a release may show them, and what the analyst must know of it."""
    if release != "shared":
        return entries, events, []
    entries, noted = screen_notes(entries, policy)
    events, unnamed = screen_events(events, policy)
    return entries, events, [*noted, *unnamed]


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


def screen_events(events: Sequence[Mapping[str, Any]], policy: Policy) -> tuple[list[Mapping[str, Any]], list[str]]:
    """Return the events that charts of a shared release may mark, and what the analyst must know: those that they
    mustn't name. Their day stays, and limits that begin anew there still do."""
    screened = [{**one, "what": UNNAMED} if tells_of_few(one["what"], policy) else one for one in events]
    findings = [
        _finding(f"the event of {before['date']} in partnership.toml")
        for before, after in zip(events, screened, strict=True)
        if before != after
    ]
    return screened, findings


def _finding(what: str) -> str:
    return f"{what} is not shown: it seems to tell of a few people; say it without a number"
