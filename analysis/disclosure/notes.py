"""What people wrote beside figures: a shared release says the words that a named person approved, and no others.

Of these, what tells of a few people isn't said either.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from analysis.disclosure.policy import Policy, get_strictest
from analysis.figures.model import Statistic
from analysis.measures.catalogue import Catalogue
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
WHOLE = ("all", "both", "each", "every", "half", "most", "neither", "no", "none")
VALUE = re.compile(rf"\d+|{'|'.join((*NUMBERS, *WHOLE))}")
NEAR, NEXT = 4, 2
"""Within how many words of a value stands what it counts: "all reviews", "reviews are still all under way"; a number
follows next to it ("reviews: 3"), else it is of another thing ("referrals now come on one form")."""
LEAST = 5  # letters of a word that tells what is counted: of "cases open with the LADO" it is "cases"
KNOWINGLY = "[c] "
"""Stands before a text whose approval holds where a figure that the text speaks of is hidden."""


def tells_of_few(text: str, policy: Policy) -> bool:
    """Whether a text says a number of people above nothing and below the threshold: "two of the children"."""
    most = get_strictest(policy)
    said = (found[1].lower() for found in TOLD.finditer(text))
    return any(0 < (int(word) if NUMBERED.match(word) else NUMBERS.index(word)) < most for word in said)


def states_value(text: str, things: Collection[str]) -> bool:
    """Whether a sentence says how many or which of some things, named as the catalogue names what it counts, near each
    other: "all reviews are under way" of "safeguarding adults reviews"."""
    nouns = {word.lower().removesuffix("s") for thing in things for word in thing.split() if len(word) >= LEAST}
    for sentence in re.split(r"[.;!?]\s", text):
        words = re.findall(r"[\w'-]+", sentence.lower())
        values = [place for place, word in enumerate(words) if VALUE.fullmatch(word)]
        told = [place for place, word in enumerate(words) if word.removesuffix("s") in nouns]
        after = {place: NEAR if words[place] in WHOLE else NEXT for place in values}
        if any(-after[value] <= noun - value <= NEAR for value in values for noun in told):
            return True
    return False


def list_hidden(statistics: Sequence[Statistic], catalogue: Catalogue) -> dict[str, set[str]]:
    """Return the things counted of which each section hides a figure, one and many: "review", "reviews"."""
    found: dict[str, set[str]] = {}
    for s in statistics:
        if s.symbol in ("[c]", "[low]"):
            found.setdefault(s.section, set()).update(name_things(s.indicator, catalogue))
    return found


def name_things(measure: str, catalogue: Catalogue) -> tuple[str, str]:
    """Return what a measure counts, one and many: "safeguarding adults review", "safeguarding adults reviews"."""
    term = catalogue.vocabulary.terms[catalogue.measures[measure].term]
    return term.singular, term.plural


def screen_notes(
    entries: Sequence[ReturnEntry],
    partnership: Partnership,
    policy: Policy,
    hidden: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> tuple[list[ReturnEntry], list[str]]:
    """Return the register as a shared release may show it, and what the analyst must know: notes, and reasons for a
    break in a series, whose words it doesn't say. Ids, which are free text too, are left out.

    `hidden` are the things of which each section hides a figure: words that state a value of them need an approval that
    knows so (`KNOWINGLY`), because a hidden "100%" is told by "all are under way"."""

    def say(entry: ReturnEntry, text: str, instead: str) -> str:
        told = states_value(text, hidden.get(entry.section, ())) and not partnership.has_approved(KNOWINGLY + text)
        return instead if told else screen(text, instead, partnership=partnership, policy=policy)

    screened = [
        replace(e, return_id="", note=say(e, e.note, WITHHELD), break_reason=say(e, e.break_reason, ""))
        for e in entries
    ]
    findings = [
        _finding(f"row {row} of the register, {column}", getattr(before, column), partnership, policy)
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
        _finding(f"the {place} in partnership.toml", before, partnership, policy)
        for (place, before), (_, after) in pairs
        if before != after
    ]


def question_notes(
    entries: Sequence[ReturnEntry], partnership: Partnership, catalogue: Catalogue
) -> list[tuple[int, str]]:
    """Return the row of each approved note that states a value of people whom its section counts, and how to approve it
    for a year in which such a figure is hidden: before disclosure control nobody knows whether one is."""
    things: dict[str, set[str]] = {}
    for name, measure in catalogue.measures.items():
        for section in measure.sections if measure.protects == "people" else ():
            things.setdefault(section, set()).update(name_things(name, catalogue))
    return [
        (row, ask_for_approval(KNOWINGLY + entry.note))
        for row, entry in enumerate(entries, start=FIRST_ROW)
        if partnership.has_approved(entry.note)
        and not partnership.has_approved(KNOWINGLY + entry.note)
        and states_value(entry.note, things.get(entry.section, ()))
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


def _finding(what: str, text: str, partnership: Partnership, policy: Policy) -> str:
    if partnership.has_approved(text) and tells_of_few(text, policy):
        return f"{what} is not shown: it seems to tell of a few people; say it without a number"
    if partnership.has_approved(text):
        known = ask_for_approval(KNOWINGLY + text)
        return f"{what} is not shown: it states a value of what has a hidden figure; to say it nonetheless: {known}"
    return f"{what} is not shown: its words wait for approval, which is {ask_for_approval(text)}"
