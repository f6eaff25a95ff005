"""What was found of a draft, told: as the JSON that tools read, and as lines for a terminal."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any

from analysis.drafts.arithmetic import Slip
from analysis.drafts.document import Block, split_sentences
from analysis.drafts.numerals import find_numerals
from analysis.drafts.verdict import (
    AMBIGUOUS,
    CONTRADICTED,
    NOT_A_CLAIM,
    NOT_COMPARABLE,
    UNSUPPORTED,
    VERDICTS,
    Checked,
)
from analysis.drafts.vocabulary import read_words
from analysis.methods.rounding import round_half_up

TOLD = {verdict: verdict.replace("_", " ") for verdict in VERDICTS} | {NOT_A_CLAIM: "no claim"}
TO_LOOK_AT = (CONTRADICTED, NOT_COMPARABLE, AMBIGUOUS, UNSUPPORTED)
SHOWN = 110  # characters of a sentence on a terminal


def tell_mention(checked: Checked) -> dict:
    """Return one number of a draft as its fields in `verify --json`."""
    claim, verdict = checked.claim, checked.verdict
    value = claim.numeral.value
    return {
        "text": claim.text,
        "sentence": claim.block.sentence or claim.sentence.text,
        "value": int(value) if value == int(value) else round_half_up(value, 4),
        "verdict": verdict.verdict,
        "statistic_id": verdict.fact.id if verdict.fact else None,
        "expected": plain(verdict.expected),
        "reason": verdict.reason,
        "how": verdict.how or None,
        "candidates": [c.fact.id for c in verdict.candidates] if verdict.verdict == AMBIGUOUS else [],
        "place": claim.block.place,
        "heading": claim.block.headings[-1] if claim.block.headings else None,
    }


def plain(value: float | None) -> float | int | None:
    """Return a whole number without its .0."""
    return int(value) if value is not None and value == int(value) else value


def tell_all(checked: Sequence[Checked], questions: Sequence[dict], slips: Sequence[Slip]) -> dict[str, Any]:
    """Return all that was found in a draft: counts by verdict, each number, questions, what doesn't fit together."""
    return {
        "counts": tell_counts(checked),
        "mentions": [tell_mention(c) for c in checked],
        "questions": questions,
        "inconsistencies": [tell_slip(s) for s in slips],
    }


def tell_counts(checked: Sequence[Checked]) -> dict[str, int]:
    """Return how many numbers had each verdict."""
    counts = Counter(c.verdict.verdict for c in checked)
    return {verdict: counts[verdict] for verdict in VERDICTS}


@cache
def _question_words() -> list[tuple[str, re.Pattern]]:
    return [
        (kind, re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})\b", re.IGNORECASE))
        for kind, words in read_words()["questions"].items()
    ]


def ask_questions(blocks: Sequence[Block]) -> list[dict]:
    """Return what to ask the author: of a sentence that judges a number, or says what caused it, the words that do."""
    questions = []
    for block in blocks:
        for sentence in split_sentences(block.text) if block.kind != "heading" else ():
            found = [
                (kind, match[0]) for kind, pattern in _question_words() for match in pattern.finditer(sentence.text)
            ]
            if found and find_numerals(sentence.text):
                questions += [
                    {"sentence": sentence.text, "kind": kind, "words": words, "question": QUESTIONS[kind]}
                    for kind, words in dict.fromkeys(found)
                ]
    return questions


QUESTIONS = {
    "judgement": "Which comparison or test is this judgement of the figure made from?",
    "cause": "Which evaluation shows this cause? The figure alone can't.",
}


def tell_slip(slip: Slip) -> dict:
    """Return what doesn't fit within a draft as its fields in `verify --json`."""
    sentence = slip.claim.block.sentence or slip.claim.sentence.text
    about = {"kind": slip.kind, "text": slip.claim.text, "sentence": sentence}
    return {**about, "reason": slip.words, "expected": slip.expected}


def tell_lines(checked: Sequence[Checked], questions: Sequence[dict], slips: Sequence[Slip] = ()) -> list[str]:
    """Return the lines for a terminal: what is wrong first, then what to look at, then the counts."""
    lines = []
    for verdict in TO_LOOK_AT:
        chosen = [c for c in checked if c.verdict.verdict == verdict]
        lines += (
            [f"{TOLD[verdict].capitalize()} ({len(chosen)})", *(tell_line(c) for c in chosen), ""] if chosen else []
        )
    if slips:
        lines += [f"Doesn't fit within the draft ({len(slips)})", *map(tell_slip_line, slips), ""]
    counts = ", ".join(f"{number} {TOLD[verdict]}" for verdict, number in tell_counts(checked).items())
    return [
        *lines,
        *([f"Questions to the author: {len(questions)} (--json lists them)"] if questions else []),
        f"{len(checked)} numbers: {counts}",
    ]


def tell_slip_line(slip: Slip) -> str:
    """Return what doesn't fit on a line, with the sentence it stands in."""
    told = tell_slip(slip)
    return f"  {told['text']}: {told['reason']}\n    … {' '.join(told['sentence'][:SHOWN].split())} …"


def tell_line(checked: Checked) -> str:
    """Return one number on a line: what is written, what the statistics say, where."""
    claim, verdict = checked.claim, checked.verdict
    start = max(0, claim.numeral.start - claim.sentence.start - SHOWN // 2) if not claim.block.sentence else 0
    sentence = " ".join((claim.block.sentence or claim.sentence.text[start:])[:SHOWN].split())
    about = verdict.fact.id if verdict.fact else ", ".join(c.fact.id for c in verdict.candidates)
    expected = f" (expected {plain(verdict.expected)})" if verdict.verdict == CONTRADICTED else ""
    return f"  {claim.text}{expected}: {verdict.reason}{f' [{about}]' if about else ''}\n    … {sentence} …"
