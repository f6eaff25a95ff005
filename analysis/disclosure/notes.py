"""What people wrote beside figures: a shared release says the words that a named person approved, and no others.

Of these, what tells of a few people isn't said either.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from analysis.disclosure.policy import Policy, get_strictest
from analysis.partnership import Partnership, ask_for_approval
from analysis.returns.register import FIRST_ROW, ReturnEntry

WITHHELD = "There is a note, whose words are not approved for sharing"
UNNAMED = "An event, whose words are not approved for sharing"
UNSAID = "the definition changed"
UNREASONED = "the reason's words are not approved for sharing"
UNSIGNED = "somebody whose name is not approved for sharing"
UNTOLD = "There is a caution about these figures, whose words are not approved for sharing."
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


def screen_notes(
    entries: Sequence[ReturnEntry], partnership: Partnership, policy: Policy
) -> tuple[list[ReturnEntry], list[str]]:
    """Return the register as a shared release may show it, and what the analyst must know: notes, and reasons for a
    break in a series, whose words it doesn't say. Ids, which are free text too, are left out."""
    say = partial(screen, partnership=partnership, policy=policy)
    screened = [
        replace(e, return_id="", note=say(e.note, WITHHELD), break_reason=say(e.break_reason, "")) for e in entries
    ]
    findings = [
        _finding(f"row {row} of the register, {column}", getattr(before, column), partnership)
        for row, (before, after) in enumerate(zip(entries, screened, strict=True), start=FIRST_ROW)
        for column in ("note", "break_reason")
        if getattr(before, column) != getattr(after, column)
    ]
    return screened, findings


def screen_own_words(partnership: Partnership, policy: Policy) -> tuple[Partnership, list[str]]:
    """Return the partnership with what its configuration says in words as a shared release may say it, and what the
    analyst must know: events that it doesn't name (their day stays, and limits that begin anew there still do), breaks
    and cautions whose words it doesn't give, why waivers were signed and by whom."""
    say = partial(screen, partnership=partnership, policy=policy)
    waivers = [
        {"cells": one.cells, "reason": say(one.reason, UNREASONED), "by": say(one.by, UNSIGNED)}
        for one in policy.waivers
    ]
    screened = replace(
        partnership,
        events=tuple(replace(one, what=say(one.what, UNNAMED)) for one in partnership.events),
        breaks=tuple(replace(one, reason=say(one.reason, UNSAID)) for one in partnership.breaks),
        cautions=tuple(replace(one, words=say(one.words, UNTOLD)) for one in partnership.cautions),
        disclosure={**partnership.disclosure, "waivers": waivers, "may_waive": []},  # who signed is checked already
    )
    pairs = zip(partnership.words, screened.words, strict=True)
    return screened, [
        _finding(f"the {place} in partnership.toml", before, partnership)
        for (place, before), (_, after) in pairs
        if before != after
    ]


def mark_notes(entries: Sequence[ReturnEntry], partnership: Partnership) -> list[ReturnEntry]:
    """Return the register for the analyst's own release: a note that waits for approval says how to approve it."""
    return [
        entry
        if partnership.has_approved(entry.note)
        else replace(entry, note=f"{entry.note} (To show this note in a shared report: {ask_for_approval(entry.note)})")
        for entry in entries
    ]


def screen(text: str, instead: str, *, partnership: Partnership, policy: Policy) -> str:
    """Return a text that a named person approved and that tells of nobody; what to say instead of any other."""
    return text if partnership.has_approved(text) and not tells_of_few(text, policy) else instead


def _finding(what: str, text: str, partnership: Partnership) -> str:
    if partnership.has_approved(text):
        return f"{what} is not shown: it seems to tell of a few people; say it without a number"
    return f"{what} is not shown: its words wait for approval, which is {ask_for_approval(text)}"
