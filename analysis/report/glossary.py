"""glossary.html: the words of a report in alphabetical order, each with its meaning and where it is counted."""

from pathlib import Path
from typing import Any

from analysis.release.release import Release
from analysis.report.assemble import write_made

FILE = "glossary.html"


def write_glossary(folder: Path, release: Release) -> Path:
    """Write glossary.html into a release's folder and return its path."""
    return write_made(folder / FILE, "blocks/glossary.html.j2", release, words=list_words(release))


def list_words(release: Release) -> list[dict[str, Any]]:
    """Return each term that the report's measures count, with its meaning, and the measures of it with the section
    where each first stands."""
    words: dict[str, dict[str, Any]] = {}
    for name, measure in release.measures.items():
        word = words.setdefault(measure.counts, {"word": measure.counts, "meaning": measure.term, "measures": []})
        figures = release.by_measure.get(name)
        word["measures"].append((measure.title, figures[0].section if figures else ""))
    return sorted(words.values(), key=lambda word: word["word"].lower())
