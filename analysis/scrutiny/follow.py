"""What a partnership follows up, put together for its release: questions, priorities, recommendations, duties."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.disclosure.policy import policy_from
from analysis.figures.model import Statistic
from analysis.measures.catalogue import Catalogue
from analysis.partnership import Partnership
from analysis.returns.register import ReturnEntry
from analysis.scrutiny.duties import load_duties
from analysis.scrutiny.priorities import Priority, judge_all, read_priorities
from analysis.scrutiny.questions import load_questions, tell_questions
from analysis.scrutiny.recommendations import Recommendation, follow, read_recommendations
from analysis.scrutiny.sign_off import SignOff, read_sign_off
from analysis.scrutiny.tracked import screen_tracked
from analysis.settings import get_dictionary_root

WORDS = {
    "priorities": ("priority", "why", "owner", "evaluation"),
    "recommendations": ("recommendation", "evidence", "reason"),
    "sign_off": ("body", "note"),
}


def read_followed(
    folder: Path, partnership: Partnership, catalogue: Catalogue
) -> tuple[tuple[Priority, ...], tuple[Recommendation, ...], tuple[SignOff, ...]]:
    """Return what a year's folder tracks. Raises DataError for a fault in its files."""
    return read_priorities(folder, catalogue), read_recommendations(folder, partnership), read_sign_off(folder)


def list_waiting(folder: Path, partnership: Partnership, catalogue: Catalogue) -> list[str]:
    """Return which words of what a year tracks a shared release won't say, and how to approve them."""
    return [words for _, waiting in _screen(folder, partnership, catalogue).values() for words in waiting]


def _screen(folder: Path, partnership: Partnership, catalogue: Catalogue) -> dict[str, tuple[tuple, list[str]]]:
    followed, policy = read_followed(folder, partnership, catalogue), policy_from(partnership.disclosure)
    return {
        name: screen_tracked(rows, WORDS[name], partnership, policy, f"{name}.csv")
        for name, rows in zip(WORDS, followed, strict=True)
    }


def gather_followed(
    folder: Path,
    partnership: Partnership,
    catalogue: Catalogue,
    figures: tuple[Sequence[Statistic], Sequence[Statistic]],
    entries: Sequence[ReturnEntry],
    *,
    shared: bool,
) -> dict[str, Any]:
    """Return the parts of a release that its year's folder, `figures` (of the year, and of those before it, both after
    disclosure control) and the dictionary give."""
    screened = _screen(folder, partnership, catalogue)
    priorities, recommendations, sign_off = (
        (rows for rows, _ in screened.values()) if shared else read_followed(folder, partnership, catalogue)
    )
    register = load_questions(get_dictionary_root(), catalogue)
    return {
        "questions": tell_questions(register, partnership, entries, catalogue),
        "priorities": judge_all(priorities, *figures, partnership.breaks),
        "recommendations": follow(recommendations, partnership.period_of(folder.name).end),
        "sign_off": sign_off,
        "duties": load_duties(get_dictionary_root(), folder.name, catalogue, register.pages),
    }
