"""What one cell of text says, and text as it is compared: without invisible characters, in lower case."""

import re
from typing import NamedTuple

VERSION = re.compile(r"(?:v(?:ersion)? ?)?\d{1,4}(?:[./-]\d{1,4}){0,2}", re.IGNORECASE)
VERSIONS = "a number or a year, like 2 or 2023-24"
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")


class Reading(NamedTuple):  # made for every different cell of a file, and a dataclass takes four times as long
    """What a cell says: a value, or the meaning of a symbol (`mark`), or what is wrong (`rule`, `fault`)."""

    value: object = None
    change: str = ""
    mark: str = ""
    rule: str = ""
    fault: str = ""
    allowed: str = ""


BLANK = Reading()


def tidy(text: str) -> str:
    """Return the text without invisible characters, and with single spaces."""
    return text if text.isalnum() else " ".join(INVISIBLE.sub("", text).split())


def plain(text: str) -> str:
    """Return the text as it is compared: tidy, in lower case, with plain quotes, hyphens as spaces."""
    return tidy(tidy(text).casefold().replace("’", "'").replace("‘", "'").replace("_", " ").replace("-", " "))


def is_version(text: str) -> bool:
    """Whether a text is empty or the name of a version of definitions, which reaches pages: a number, a year."""
    return not text or VERSION.fullmatch(text) is not None


def fault(rule: str, message: str, allowed: str) -> Reading:
    """Return the reading of a cell that breaks a rule: why, and what is allowed."""
    return Reading(rule=rule, fault=message, allowed=allowed)


def wrong_type(kind: str, allowed: str) -> Reading:
    """Return the reading of a cell that is none of its column's kind."""
    return fault("wrong_type", f"not a {kind}", allowed)
