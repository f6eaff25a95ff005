"""The charts that a run drew, as files with the words that stand for them: what Word puts in."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import DataError
from analysis.report.outline import TopicOutline

OFFICIAL_KINDS = ("trend", "neighbours")


@dataclass(frozen=True)
class Picture:
    """A chart as a file, with the words that stand for it."""

    id: str
    path: Path
    title: str
    subtitle: str
    alt: str
    description: str
    source: str


def list_pictures(topic: TopicOutline, folder: Path) -> list[Picture]:
    """Return a topic's charts that the run drew into a release's folder. Raises DataError for one without its words."""
    return read_pictures(topic.plan.section, (plan.id for plan in topic.plan.charts), folder)


def list_official_pictures(topic: TopicOutline, folder: Path) -> list[Picture]:
    """Return the charts of the official figures beside a topic. Raises DataError for one without its words."""
    names = (f"{one.comparator}_{kind}" for one in topic.officials for kind in OFFICIAL_KINDS)
    return read_pictures(topic.plan.section, names, folder)


def read_pictures(section: str, ids: Iterable[str], folder: Path) -> list[Picture]:
    """Return those charts of a section that the run drew; none where the section failed, since they'd be old."""
    if not is_made(section, folder):
        return []
    place = folder / "charts" / section
    paths = [place / f"{id}.png" for id in ids]
    return [read_picture(path) for path in paths if path.is_file()]


def is_made(section: str, folder: Path) -> bool:
    """Whether a section's notebook succeeded: a run leaves no notebook of one that failed."""
    return (folder / "notebooks" / f"{section}.ipynb").is_file()


def read_picture(path: Path) -> Picture:
    """Return a chart with its words. Raises DataError without an alternative text: no chart ships without."""
    try:
        words = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        names = ("title", "subtitle", "alt", "description", "source")
        picture = Picture(path.stem, path, **{name: words[name] for name in names})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            f"{path.parent.name}/{path.name}: a chart without its words; build the section again"
        ) from error
    if not picture.alt.strip():
        raise DataError(f"{path.parent.name}/{path.name}: a chart without a text alternative")
    return picture
