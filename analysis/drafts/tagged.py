"""Numbers that carry the id of their statistic: our pages and Word files print it behind every statement."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.drafts.document import Block

ID = re.compile(r"[A-Za-z][\w-]*(?:[._][\w+-]*\w)+")


@dataclass(frozen=True)
class Refreshed:
    """A statement of a draft that names its statistics, and what the release says of them now; nothing where it has
    them no more."""

    ids: tuple[str, ...]
    was: str
    now: str

    @property
    def is_changed(self) -> bool:
        """Whether the release no longer says the same."""
        return self.was != self.now


def find_ids(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of statistics that a text names, each once, in order."""
    return tuple(dict.fromkeys(word for word in ID.findall(text) if word in known))


def refresh(blocks: Sequence[Block], statements: dict[str, str]) -> list[Refreshed]:
    """Return the tagged statements of a draft, each beside what the release says now.

    `statements` are the release's by the id of their statistic. An id is printed behind its statement: `was` is what
    stands before it. A statistic that the release lacks is told by its form, that of a known measure.
    """
    measures = {id.split(".")[0] for id in statements}
    found = []
    for block in blocks:
        ids = tuple(dict.fromkeys(word for word in ID.findall(block.text) if word.split(".")[0] in measures))
        if ids:
            was = " ".join(block.text[: block.text.index(ids[0])].split())
            now = " ".join(dict.fromkeys(statements[id] for id in ids if id in statements))
            found += [Refreshed(ids, was, " ".join(now.split()))] if was else []
    return found
