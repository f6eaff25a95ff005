"""What a partnership follows up, put together for its release: questions, priorities, recommendations, duties."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from analysis.disclosure.notes import Screen
from analysis.figures.model import Statistic
from analysis.measures.catalogue import Catalogue
from analysis.partnership import Partnership
from analysis.returns.register import ReturnEntry
from analysis.scrutiny.addendum import Entry, gather_addendum, read_addendum
from analysis.scrutiny.contradictions import find_contradictions
from analysis.scrutiny.duties import load_duties
from analysis.scrutiny.priorities import Priority, judge_all, read_priorities
from analysis.scrutiny.questions import load_questions, tell_questions
from analysis.scrutiny.recommendations import Recommendation, follow, read_recommendations
from analysis.scrutiny.sign_off import SignOff, read_sign_off
from analysis.scrutiny.tracked import screen_tracked
from analysis.settings import get_dictionary_root

HandedOver = tuple[date, Sequence[Mapping[str, Any]]]
WORDS = {
    "priorities": ("priority", "why", "owner", "evaluation", "milestones"),
    "recommendations": ("recommendation", "evidence", "result", "reason"),
    "sign_off": ("body", "note"),
    "addendum": ("what",),
}


def read_followed(
    folder: Path, partnership: Partnership, catalogue: Catalogue
) -> tuple[tuple[Priority, ...], tuple[Recommendation, ...], tuple[SignOff, ...], tuple[Entry, ...]]:
    """Return what a year's folder tracks. Raises DataError for a fault in its files."""
    return (
        read_priorities(folder, catalogue),
        read_recommendations(folder, partnership),
        read_sign_off(folder),
        read_addendum(folder, partnership, catalogue),
    )


def screen_followed(followed: Iterable[tuple], screen: Screen) -> tuple[list[tuple], list[str]]:
    """Return what a year tracks as a shared release may show it, and which words it won't say, with how to approve
    them."""
    screened = [
        screen_tracked(rows, WORDS[name], screen, f"{name}.csv") for name, rows in zip(WORDS, followed, strict=True)
    ]
    return [rows for rows, _ in screened], [words for _, waiting in screened for words in waiting]


def gather_followed(
    folder: Path,
    partnership: Partnership,
    catalogue: Catalogue,
    figures: tuple[Sequence[Statistic], Sequence[Statistic]],
    entries: Sequence[ReturnEntry],
    *,
    screen: Screen | None = None,
    handed_over: HandedOver | None = None,
) -> tuple[dict[str, Any], list[str]]:
    """Return the parts of a release that its year's folder, `figures` (of the year, and of those before it, both after
    disclosure control), the version `handed_over` (its day and its figures) and the dictionary give; and which words a
    shared release won't say."""
    followed = read_followed(folder, partnership, catalogue)
    followed, waiting = screen_followed(followed, screen) if screen else (followed, [])
    priorities, recommendations, sign_off, typed = followed
    end = partnership.period_of(folder.name).end
    register = load_questions(get_dictionary_root(), catalogue)
    return {
        "questions": tell_questions(register, partnership, entries, catalogue),
        "priorities": judge_all(priorities, *figures, partnership.breaks, catalogue),
        "recommendations": follow(recommendations, end),
        "sign_off": sign_off,
        "addendum": gather_addendum(typed, sign_off, recommendations, entries, figures[0], handed_over, end),
        "contradictions": find_contradictions(figures[0], catalogue, figures[1]),
        "duties": load_duties(get_dictionary_root(), folder.name, catalogue, register.pages),
    }, waiting
