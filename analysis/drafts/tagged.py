"""Numbers of a draft that come from our own pages and files: those whose text stands there, word by word, and those
that carry the id of their statistic, which is printed behind every statement."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from analysis.drafts.claim import Claim
from analysis.drafts.document import Block
from analysis.drafts.facts import Fact
from analysis.drafts.verdict import SUPPORTED, Verdict
from analysis.figures.display import tell_level

ID = re.compile(r"[A-Za-z][\w-]*(?:[._][\w+-]*\w)+")

LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")
PRINTED = "as the release itself prints it"
MADE = re.compile(r"[\w :-]* UTC\b")  # when a release was made, which two of the same figures differ in


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


def strip_ids(text: str) -> str:
    """Return a text without the ids of statistics, its white space closed up."""
    return " ".join(ID.sub(" ", text).split())


def mark(text: str) -> str:
    """Return a mark of a text, in letters alone, so that no scan takes it for anybody's number."""
    return sha256(MADE.sub("", strip_ids(text)).encode()).hexdigest()[:16].translate(LETTERS)


def list_marks(report: Iterable[Block]) -> list[str]:
    """Return the marks of the paragraphs and rows of a release's own report: its manifest keeps them."""
    return sorted({mark(block.sentence or block.text) for block in report})


def list_printed(facts: Iterable[Fact], marks: Iterable[str] = ()) -> dict[str, Fact | None]:
    """Return by its mark what a release prints itself, with the fact that it tells where one is known: the paragraphs
    and rows of its own report, and the statements of its table, whole and without their comparison."""
    told = {mark(text): fact for fact in facts for text in (fact.statement, tell_level(fact.statement)) if text}
    return dict.fromkeys(marks) | told


def judge_printed(claim: Claim, printed: Mapping[str, Fact | None]) -> Verdict | None:
    """Return that a number is supported whose text the release itself prints, unchanged; None of any other."""
    marks = map(mark, (claim.block.sentence or claim.block.text, claim.sentence.text))
    found = next((one for one in marks if one in printed), None)
    return None if found is None else Verdict(SUPPORTED, PRINTED, printed[found])


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
