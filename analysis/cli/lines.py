"""Problems as lines: what is the same said once with all its rows, what differs said apart."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.errors import Problem
from analysis.returns.checks.rule import level_of

LEVELS = ("error", "question", "noted")
OWN = ("returns.csv", "partnership.toml")  # the partnership's own files, of which every line is for somebody else
APART, FIRST = 2, 5


def gather_lines(problems: Sequence[Problem]) -> list[str]:
    """Return the lines of one agency's problems.

    A problem that several rows of a column share is one line with all its rows. Errors that differ are never one line.
    Questions that one rule asks in many ways of a file are one line with the first of them, their number and first
    rows; what it asks of several lines of the register is one line with all.
    """
    alike: dict[Problem, list[int]] = {}
    for problem in problems:
        alike.setdefault(replace(problem, row=None), []).append(problem.row or 0)
    by_rule: dict[tuple, list[tuple[Problem, list[int]]]] = {}
    for problem, rows in alike.items():
        no_row = problem.file in OWN and not any(rows)  # of one agency each
        apart = problem if problem.severity == "error" or no_row else None
        by_rule.setdefault((problem.file, problem.rule, problem.severity, apart), []).append((problem, rows))
    return [line for found in by_rule.values() for line in _fold(found)]


def _fold(found: Sequence[tuple[Problem, Sequence[int]]]) -> list[str]:
    """Return a line a finding of one rule in one file; of more than two, one for all."""
    if found[0][0].file in OWN and len(found) > 1:
        return [_join(found)]
    lines = [f"{level_of(problem)}: {_with_rows(problem, [row for row in rows if row])}" for problem, rows in found]
    tag = f"[{found[0][0].rule}]"
    if len(lines) <= APART:
        return [f"{line} {tag}" for line in lines]
    rows = sorted({row for _, some in found[1:] for row in some if row})
    places = f", rows {', '.join(map(str, rows[:FIRST]))}{' and on' if len(rows) > FIRST else ''}" if rows else ""
    return [f"{lines[0]}; and {len(lines) - 1} more of the kind{places} {tag}"]


def _join(found: Sequence[tuple[Problem, Sequence[int]]]) -> str:
    """Return one line of what one rule finds for one agency: its name once, then each thing."""
    first, rows = found[0][0], sorted({row for _, some in found for row in some if row})
    agency = first.message.partition(": ")[0] + ": " if ": " in first.message else ""
    others = dict.fromkeys(problem.message.removeprefix(agency) for problem, _ in found[1:])
    together = replace(first, message="; ".join([first.message, *others]))
    return f"{level_of(first)}: {_with_rows(together, rows)} [{first.rule}]"


def _with_rows(problem: Problem, rows: Sequence[int]) -> str:
    """Return the problem in words with its rows, runs of them as 4-9."""
    if len(rows) < 2:
        return str(replace(problem, row=rows[0] if rows else None))
    ends = [row for row in rows if row + 1 not in rows], [row for row in rows if row - 1 not in rows]
    runs = [f"{first}-{last}" if last > first else f"{first}" for last, first in zip(*ends, strict=True)]
    return str(replace(problem, file=f"{problem.file}, rows {', '.join(runs)}"))


def count_words(problems: Sequence[Problem]) -> str:
    """Return how many problems there are, in words."""
    errors, questions, noted = (sum(level_of(problem) == level for problem in problems) for level in LEVELS)
    return f"{errors} error{'s' * (errors != 1)}, {questions} question{'s' * (questions != 1)}, {noted} noted"
