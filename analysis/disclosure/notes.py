"""What people wrote beside figures: a shared release says the words that a named person approved, and no others.

Of these, what tells of a few people isn't said either.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from analysis.disclosure.policy import Policy, get_strictest
from analysis.figures.model import Statistic
from analysis.measures.catalogue import Catalogue
from analysis.measures.measure import Measure
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
REGISTER, OWN = "returns.csv", "partnership.toml"
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


def list_hidden(statistics: Iterable[Statistic], catalogue: Catalogue) -> dict[str, set[str]]:
    """Return the things counted of which each section hides a figure, one and many: "review", "reviews"."""
    hidden = (s for s in statistics if s.symbol in ("[c]", "[low]"))
    return _name_things(((s.section, s.indicator) for s in hidden), catalogue)


def list_counted(catalogue: Catalogue) -> dict[str, set[str]]:
    """Return the things of people that each section counts: before disclosure control nobody knows which are hidden."""
    people = (measure for measure in catalogue.measures.values() if measure.protects == "people")
    return _name_things(((section, one.id) for one in people for section in one.sections), catalogue)


def _name_things(measures: Iterable[tuple[str, str]], catalogue: Catalogue) -> dict[str, set[str]]:
    found = defaultdict(set)
    for section, measure in measures:
        term = catalogue.vocabulary.terms[catalogue.measures[measure].term]
        found[section] |= {term.singular, term.plural}
    return found


@dataclass(frozen=True)
class Screen:
    """What a shared release may say in words: those that a named person approved, none that tell of a few people, and
    none that state a value of a thing of which `hidden` (by section) says that a figure is hidden, unless the approval
    knows so (`KNOWINGLY`), because a hidden "100%" is told by "all are under way"."""

    partnership: Partnership
    policy: Policy
    hidden: Mapping[str, Collection[str]] = field(default_factory=dict)
    measures: Mapping[str, Measure] = field(default_factory=dict)

    def say(self, text: str, instead: str, *subjects: str) -> str:
        """Return a text as a shared release may say it, or what it says instead. Its subjects are measures or sections;
        without one it may be about anything."""
        return instead if self.refuse(text, *subjects) else text

    def refuse(self, text: str, *subjects: str) -> str:
        """Return why a text isn't said and what to do; nothing where it is."""
        if not self.partnership.has_approved(text):
            return f"its words wait for approval, which is {ask_for_approval(text)}"
        if tells_of_few(text, self.policy):
            return "it seems to tell of a few people; say it without a number"
        if asked := self.question(text, *subjects):
            return f"it states a value of what has a hidden figure; to say it nonetheless: {asked}"
        return ""

    def question(self, text: str, *subjects: str) -> str:
        """Return how to approve a text that states a value of what is hidden, knowing so; nothing for any other."""
        where = [
            one for name in subjects for one in (self.measures[name].sections if name in self.measures else [name])
        ]
        things = {thing for section in where or self.hidden for thing in self.hidden.get(section, ())}
        known = self.partnership.has_approved(KNOWINGLY + text)
        return "" if known or not states_value(text, things) else ask_for_approval(KNOWINGLY + text)


def screen_notes(entries: Sequence[ReturnEntry], screen: Screen) -> tuple[list[ReturnEntry], list[str]]:
    """Return the register as a shared release may show it, and what the analyst must know: notes, and reasons for a
    break in a series, whose words it doesn't say. Ids, which are free text too, are left out."""
    screened = [
        replace(
            e,
            return_id="",
            note=screen.say(e.note, WITHHELD, e.section),
            break_reason=screen.say(e.break_reason, "", e.section),
        )
        for e in entries
    ]
    return screened, [
        f"row {row} of the register, {column} is not shown: {why}"
        for row, column, text, section in _list_words(entries)
        if (why := screen.refuse(text, section))
    ]


def _list_words(entries: Sequence[ReturnEntry]) -> Iterator[tuple[int, str, str, str]]:
    """Give what the register says in words: row, column, the words and their section."""
    for row, entry in enumerate(entries, start=FIRST_ROW):
        for column in ("note", "break_reason"):
            yield row, column, getattr(entry, column), entry.section


def screen_own_words(screen: Screen) -> tuple[Partnership, list[str]]:
    """Return the partnership with what its configuration says in words as a shared release may say it, and what the
    analyst must know: events that it doesn't name (their day stays, and limits that begin anew there still do), breaks
    and cautions whose words it doesn't give, why waivers were signed and by whom."""
    partnership, say = screen.partnership, screen.say
    waivers = [
        {"cells": one.cells, "reason": say(one.reason, UNREASONED), "by": say(one.by, UNSIGNED)}
        for one in screen.policy.waivers
    ]
    screened = replace(
        partnership,
        events=tuple(replace(one, what=say(one.what, UNNAMED, *one.indicators)) for one in partnership.events),
        breaks=tuple(replace(one, reason=say(one.reason, UNSAID, one.measure)) for one in partnership.breaks),
        cautions=tuple(replace(one, words=say(one.words, UNTOLD, one.section)) for one in partnership.cautions),
        disclosure={**partnership.disclosure, "waivers": waivers, "may_waive": []},  # who signed is checked already
    )
    return screened, [
        f"the {place} in partnership.toml is not shown: {why}"
        for place, text, subjects in partnership.words
        if (why := screen.refuse(text, *subjects))
    ]


def question_words(entries: Sequence[ReturnEntry], screen: Screen) -> list[tuple[str, int | None, str | None, str]]:
    """Return file, row and column of each approved text of the register and of the partnership's own file that states a
    value of what may be hidden, and how to approve it for a year in which it is."""
    register = ((REGISTER, row, column, text, (section,)) for row, column, text, section in _list_words(entries))
    own = ((OWN, None, place, text, subjects) for place, text, subjects in screen.partnership.words)
    return [
        (file, row, place, asked)
        for file, row, place, text, subjects in (*register, *own)
        if screen.partnership.has_approved(text) and (asked := screen.question(text, *subjects))
    ]


def mark_notes(entries: Sequence[ReturnEntry], partnership: Partnership) -> list[ReturnEntry]:
    """Return the register for the analyst's own release: a note that waits for approval says how to approve it."""
    return [
        entry
        if partnership.has_approved(entry.note)
        else replace(entry, note=f"{entry.note} (To show this note in a shared report: {ask_for_approval(entry.note)})")
        for entry in entries
    ]
