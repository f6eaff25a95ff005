"""The phrases of chart titles: data/dictionary/titles.toml, which an editor may change."""

from collections.abc import Mapping, Set
from pathlib import Path

from analysis.errors import DataError
from analysis.measures.strict import fault, read_toml

NEEDED = {
    "split": {"highest"},
    "stages": {"share"},
    "change": {"risen", "fallen", "unchanged", "of_one"},
    "months": {"none", "one", "few", "many"},
    "groups": {"apart"},
    "area": {"higher", "lower", "alike", "unusual_high", "unusual_low", "usual", "risen", "fallen", "unchanged"},
}
Phrases = Mapping[str, Mapping[str, str]]


def load_titles(folder: Path) -> Phrases:
    """Return the phrases of the dictionary's folder. Raises DataError naming one that is missing."""
    return read_phrases(folder / "titles.toml", NEEDED)


def read_phrases(path: Path, needed: Mapping[str, Set[str]]) -> Phrases:
    """Return the phrases of a file, by part and form. Raises DataError naming one of those needed that is missing."""
    phrases = read_toml(path)
    for part, names in needed.items():
        missing = sorted(names - set(phrases.get(part, {})))
        if missing:
            raise DataError(fault(path, f"[{part}] lacks {', '.join(missing)}"))
    return phrases


def say(phrases: Phrases, part: str, form: str, **words: str) -> str:
    """Return a phrase with its words in place; nothing where no phrases are held."""
    return phrases[part][form].format(**words) if phrases else ""
