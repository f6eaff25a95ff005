"""The report as plain parts, section by section: what Word and the workbook are written from, beside the pages."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from analysis.errors import DataError
from analysis.figures.model import Statistic
from analysis.figures.select import select
from analysis.report.detail import MONTH
from analysis.report.topics import choose_headline, warn

NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
OFFICIAL_KINDS = ("trend", "neighbours")
MORE = {
    "id": "more",
    "title": "Other figures returned",
    "what": "Figures that the returns hold and that no topic above shows.",
    "why": "Nothing that was returned is left out.",
    "headline": [],
    "caveats": [],
    "charts": [],
}


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


@dataclass(frozen=True)
class Topic:
    """One topic of a section with what there is to tell about it."""

    id: str
    title: str
    what: str
    why: str
    statistics: tuple[Statistic, ...]
    headline: tuple[Statistic, ...]
    caveats: tuple[str, ...]
    pictures: tuple[Picture, ...]
    officials: tuple[dict[str, Any], ...] = ()
    beside: tuple[Picture, ...] = ()

    @property
    def written(self) -> tuple[Statistic, ...]:
        """The statistics that a document has room for: months are drawn, and stand in the workbook."""
        return tuple(s for s in self.statistics if s.dimension != MONTH)

    @property
    def others(self) -> tuple[Statistic, ...]:
        """The written statistics that aren't its headline."""
        return tuple(s for s in self.written if s not in self.headline)

    @property
    def facts(self) -> list[tuple[Statistic, ...]]:
        """Its written statistics by fact: one each, or the two ends of a range together."""
        return list_facts(self.written)


def list_facts(statistics: tuple[Statistic, ...]) -> list[tuple[Statistic, ...]]:
    """Return the statistics by fact: one each, or the two ends of a range together."""
    grouped = groupby(statistics, key=lambda s: (s.key, s.period, not s.bound))
    return [tuple(fact) for _, fact in grouped]


def list_topics(section: str, store: Mapping[str, Any], folder: Path) -> list[Topic]:
    """Return a section's topics that hold a figure, in order, and last the figures that no topic names.

    `folder` is the release's: charts are read from it. Raises DataError for a chart without its words.
    """
    planned = [topic for topic in store["topics"] if topic["section"] == section]
    topics = [make_topic(topic, pick(topic, store), store, folder) for topic in planned]
    shown = {s.statistic_id for topic in topics for s in topic.statistics}
    rest = [s for s in store["statistics"] if s.section == section and s.statistic_id not in shown]
    topics.append(make_topic({**MORE, "section": section}, rest, store, folder))
    return [topic for topic in topics if topic.statistics]


def pick(topic: Mapping[str, Any], store: Mapping[str, Any]) -> list[Statistic]:
    """Return the statistics that a topic names, each once."""
    found = {s.statistic_id: s for selector in topic["statistics"] for s in select(store["statistics"], selector)}
    return list(found.values())


def make_topic(topic: Mapping[str, Any], statistics: list[Statistic], store: Mapping[str, Any], folder: Path) -> Topic:
    """Return one topic with its statistics, what to be warned of, and the charts that were drawn."""
    return Topic(
        topic["id"],
        topic["title"],
        topic["what"],
        topic["why"],
        tuple(statistics),
        tuple(choose_headline(topic, store["statistics"])),
        (*topic["caveats"], *warn(statistics, store["period"])),
        tuple(read_pictures(topic["section"], [plan["id"] for plan in topic["charts"]], folder)),
        tuple(officials := list_officials(statistics, store)),
        tuple(read_pictures(topic["section"], name_charts(officials), folder)),
    )


def list_officials(statistics: Sequence[Statistic], store: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the official figures beside returned ones."""
    indicators = {s.indicator for s in statistics}
    return [one for one in store["official"] if one["returned"] and one["indicator"] in indicators]


def list_unreturned(section: str, store: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a section's official figures that no agency returned."""
    return [one for one in store["official"] if not one["returned"] and one["section"] == section]


def name_charts(officials: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the ids of the charts that official figures may have."""
    return [f"{one['comparator']}_{kind}" for one in officials for kind in OFFICIAL_KINDS]


def read_pictures(section: str, ids: Sequence[str], folder: Path) -> list[Picture]:
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


def plain(text: str) -> str:
    """Return a text that XML can hold: a character that it can't is shown as the replacement character."""
    return NOT_XML.sub("\ufffd", str(text))


def list_definitions(store: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the definition of every indicator with a figure, in the report's order, and who returned it."""
    order = {section["id"]: place for place, section in enumerate(store["sections"])}
    agencies: dict[str, dict[str, None]] = {}
    for s in sorted(store["statistics"], key=lambda s: order[s.section]):
        agencies.setdefault(s.indicator, {})[s.agency] = None
    return [{**store["indicators"][name], "returned": ", ".join(found)} for name, found in agencies.items()]
