"""Notes that agencies wrote beside their returns: what tells of a few people in words isn't printed either."""

import re
from collections.abc import Sequence
from dataclasses import replace

from analysis.disclosure.policy import Policy
from analysis.returns.register import ReturnEntry

WITHHELD = "Note not shown, to protect people"
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PEOPLE = (
    r"child(?:ren)?|bab(?:y|ies)|infants?|boys?|girls?|pupils?|students?|young|people|persons?|adults?|m[ae]n|wom[ae]n"
    r"|victims?|survivors?|patients?|residents?|clients?|families|family|mothers?|fathers?|parents?|siblings?|carers?"
    r"|teachers?|deaths?|suicides?|perpetrators?|suspects?|individuals?|service users?|missing"
)
TOLD = re.compile(rf"(?i)\b(\d+|{'|'.join(NUMBERS)})(?:\s+[\w'-]+){{0,3}}?\s+(?:{PEOPLE})\b")
NUMBERED = re.compile(r"^\d+$")


def tells_of_few(text: str, policy: Policy) -> bool:
    """Whether a text says a number of people above nothing and below the threshold: "two of the children"."""
    most = max(policy.threshold, policy.sensitive_threshold or 0)
    said = (found[1].lower() for found in TOLD.finditer(text))
    return any(0 < (int(word) if NUMBERED.match(word) else NUMBERS.index(word)) < most for word in said)


def screen_notes(entries: Sequence[ReturnEntry], policy: Policy) -> tuple[list[ReturnEntry], list[str]]:
    """Return the register as a shared release may show it, and what the analyst must know: notes that it doesn't."""
    screened = [replace(e, note=WITHHELD) if tells_of_few(e.note, policy) else e for e in entries]
    findings = [
        f"the note of return {before.return_id} is not shown: it seems to tell of a few people; say it without a number"
        for before, after in zip(entries, screened, strict=True)
        if before != after
    ]
    return screened, findings
