"""A draft as blocks of text in reading order, each with the words that stand above and beside it."""

import re
from dataclasses import dataclass, field
from typing import Any

ABBREVIATIONS = re.compile(
    r"\b(?:e\.g|i\.e|etc|approx|no|nos|mr|mrs|ms|dr|st|vs|cf|fig|para|p|pp|s|incl|inc)\.$", re.IGNORECASE
)
SENTENCE_END = re.compile(r"[.!?][\"'”’)\]*_]*\s+(?=[\"'“‘(\[*_]*[A-Z0-9£★])|\n+")

WORDY = 7  # words of a cell from which it reads as prose


@dataclass
class Block:
    """A paragraph, heading, item of a list, cell of a table, note or header.

    `headings` are those above it, outermost first; `lead` the sentence that introduces its list or table; `row` and
    `column` the labels of a cell, whose `sentence` is its whole row; `place` says where it stands; `source` is what
    the annotated copy marks.
    """

    text: str
    kind: str = "paragraph"
    headings: tuple[str, ...] = ()
    lead: str = ""
    row: str = ""
    column: str = ""
    sentence: str = ""
    place: str = ""
    source: Any = field(default=None, repr=False, compare=False)
    level: int = 0


@dataclass(frozen=True)
class Sentence:
    """A sentence of a block and where it stands in it."""

    text: str
    start: int


def split_sentences(text: str) -> list[Sentence]:
    """Return the sentences of a text, with their ends."""
    sentences, start = [], 0
    for found in SENTENCE_END.finditer(text):
        part = text[start : found.end()]
        if ABBREVIATIONS.search(part.rstrip()) or re.fullmatch(r"\s*\(?\d{1,2}(?:\.\d+)*[.)]\s*", part):
            continue
        if part.strip():
            sentences.append(_trim(text, start, found.end()))
        start = found.end()
    if text[start:].strip():
        sentences.append(_trim(text, start, len(text)))
    return sentences


def _trim(text: str, start: int, end: int) -> Sentence:
    part = text[start:end]
    return Sentence(part.strip(), start + len(part) - len(part.lstrip()))


def put_in_order(blocks: list[Block]) -> list[Block]:
    """Return the blocks, each given the headings above it and the sentence that leads to its list or table."""
    headings: list[tuple[int, str]] = []
    lead = ""
    for block in blocks:
        if block.kind == "cell" and len(block.text.split()) > WORDY and block.text[:1].isalpha():
            block.kind, block.lead, block.row, block.column, block.sentence = "text", block.row, "", "", ""
        if block.kind == "heading":
            level = block.level or 2
            headings = [h for h in headings if h[0] < level] + [(level, block.text)]
            lead = ""
        block.headings = tuple(words for _, words in headings)
        if block.kind in ("item", "cell"):
            block.lead = block.lead or lead
        elif block.kind == "paragraph" and block.text.strip():
            lead = split_sentences(block.text)[-1].text if split_sentences(block.text) else ""
    return blocks
