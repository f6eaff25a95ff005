"""A section as its notebook sees it: open it, show its topics, say what isn't there."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from analysis.errors import CommandError, unknown
from analysis.figures.model import Statistic
from analysis.figures.select import select
from analysis.release.opening import get_release
from analysis.release.plain import as_plain
from analysis.report.ages import list_provenance, say_as_at, say_protection
from analysis.report.blocks import Block, join, render
from analysis.report.official import make_official
from analysis.report.owed import split_owed
from analysis.report.topics import make_more, make_topic

RELEASE_WORDS = {
    "shared": "Shared release: figures that could tell of a person are not shown",
    "internal": "INTERNAL: not for sharing. Figures about small numbers of people are shown",
}
REBUILT = "Rebuilt from figures that the partnership published; this is not the partnership's own publication"
SYNTHETIC = "Synthetic data: invented for testing, about no real person or place"
UNAUDITED = "Draft: disclosure audit not run"
UNSCANNED = "Draft: not yet scanned as a whole for what may tell of a person"
FAILED = "Do not share: the disclosure audit failed"
NOTHING_SENT = ("missing", "narrative_only", "nil")


def open_section(id: str, *, partnership: str, year: str, release: str) -> "Section":
    """Return a section of a release, ready to show.

    Raises CommandError for an unknown section, partnership, release, or a year that isn't like '2023-24'.
    """
    store = as_plain(get_release(partnership, year, release))
    ids = [section["id"] for section in store["sections"]]
    if id not in ids:
        raise CommandError(unknown("section", id, ids))
    return Section(id, store)


class Section:
    """One section of one release. Shown by itself it is the head of its page."""

    def __init__(self, id: str, store: dict[str, Any]):
        self.id = id
        self.store = store
        self.about = next(section for section in store["sections"] if section["id"] == id)

    @property
    def statistics(self) -> list[Statistic]:
        """The section's statistics, as this release may show them."""
        return [s for s in self.store["statistics"] if s.section == self.id]

    @property
    def topics(self) -> list[dict[str, Any]]:
        """The section's topics that have a figure, in the order to show them."""
        return [topic for topic in self._planned() if self._figures(topic)]

    def topic(self, id: str) -> Block:
        """Return one topic and those under it: what it is, why it matters, key figures, chart, table, statements.

        A topic for which no figure was returned takes no room: `gaps` lists it. Raises CommandError for an unknown one.
        """
        planned = {topic["id"]: topic for topic in self._planned()}
        if id not in planned:
            raise CommandError(unknown("topic", id, planned))
        wanted = [topic for topic in planned.values() if id in (topic["id"], topic["under"])]
        blocks = [self._block(topic) for topic in wanted if self._figures(topic)]
        return join(blocks) if blocks else Block("", f"{planned[id]['title']}: no figure was returned.")

    def _planned(self) -> list[dict[str, Any]]:
        return [topic for topic in self.store["topics"] if topic["section"] == self.id]

    def _block(self, topic: dict[str, Any]) -> Block:
        return make_topic(
            topic,
            self._figures(topic),
            self.store["statistics"],
            self._official(topic),
            heading_id=f"topic-{topic['id']}",
            period=self.store["period"],
            store=self.store,
        )

    def more(self) -> Block:
        """Return the figures that no topic shows, so that none is silently missing; nothing where there is none."""
        shown = {s.statistic_id for topic in self._planned() for s in self._figures(topic)}
        rest = [s for s in self.statistics if s.statistic_id not in shown]
        if not rest:
            return Block("", "")
        return make_more(rest)

    def official(self) -> Block:
        """Return the official statistics about the area that no return gave; nothing where there are none."""
        found = [one for one in self.store["official"] if not one["returned"] and one["section"] == self.id]
        body, charts = make_official(
            found, id="official", title="Figures that no return gave", section=self.id, drawn=False
        )
        if not found:
            return Block("", "")
        html = render("blocks/unreturned.html.j2", body=Markup(body))  # noqa: S704  escaped by its own template
        return Block(str(html), f"Official statistics: {len(found)} figures that no return gave", charts)

    def gaps(self) -> Block:
        """Return what isn't here: returns that didn't come, and what this section would show with them."""
        missing = [entry for entry in self._returns() if entry["status"] in NOTHING_SENT]
        lead = (
            "With its returns, this section would show:"
            if missing or not self.statistics
            else "These returns would let the section show more:"
        )
        empty = [topic["title"] for topic in self._planned() if not self._figures(topic)]
        lacking, came = split_owed(self.about["owes"], self.store["statistics"], self.store["returns"])
        html = render("blocks/gaps.html.j2", missing=missing, owes=lacking, came=came, lead=lead, empty=empty)
        return Block(str(html), f"What is not here: {len(missing)} returns, {len(lacking)} subjects")

    def sources(self) -> Block:
        """Return the definitions under the figures, where they come from, and the foot of the page."""
        html = render(
            "blocks/sources.html.j2",
            definitions=self._definitions(),
            credit=self.store["partnership"]["credit"],
            provenance=list_provenance(self.store, self._returns(), release=RELEASE_WORDS[self.store["release"]]),
            **self._neighbours(),
        )
        return Block(str(html), f"Definitions of {len(self._definitions())} indicators")

    def closing(self) -> Block:
        """Return what ends a section: other figures, official statistics, what isn't here, definitions and sources."""
        blocks = [self.more(), self.official(), self.gaps(), self.sources()]
        return join(blocks)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        html = render(
            "blocks/header.html.j2",
            report_name=report_name(self.store),
            heading=f"{self.about['number']} {self.about['title']}",
            about=self.about["about"],
            period=self.store["period"],
            release_words=RELEASE_WORDS[self.store["release"]],
            notices=notices(self.store),
            signals=self.signals,
            signal_head=self.store.get("signal_heads", {}).get(self.id, {}),
            as_at=say_as_at(self._returns()),
            returns=list({(e["agency"], e["dataset"], e["words"], e["note"]): e for e in self._returns()}.values()),
        )
        return {"text/html": str(html), "text/plain": f"{self.about['number']} {self.about['title']}"}

    @property
    def signals(self) -> list[dict[str, Any]]:
        """What stands out in the section beyond chance."""
        return [one for one in self.store.get("signals", ()) if one["section"] == self.id]

    def _figures(self, topic: dict[str, Any]) -> list[Statistic]:
        found = {
            s.statistic_id: s for selector in topic["statistics"] for s in select(self.store["statistics"], selector)
        }
        return list(found.values())

    def _official(self, topic: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the official figures beside the topic's own: each indicator's stand with its first topic."""
        indicators = {s.indicator for s in self._figures(topic)}
        return [one for one in self.store["official"] if one["returned"] and one["indicator"] in indicators]

    def _returns(self) -> list[dict[str, str]]:
        return [entry for entry in self.store["returns"] if entry["section"] == self.id]

    def _definitions(self) -> list[dict[str, str]]:
        used = dict.fromkeys(s.indicator for s in self._shown())
        entries = {name: say_once(self.store["indicators"][name]) for name in used}
        return [{**entry, "returned": _agencies(self._shown(), name)} for name, entry in entries.items()]

    def _shown(self) -> list[Statistic]:
        figures = [s for topic in self.topics for s in self._figures(topic)]
        return list({s.statistic_id: s for s in [*figures, *self.statistics]}.values())

    def _neighbours(self) -> dict[str, Any]:
        sections = self.store["sections"]
        place = sections.index(self.about)
        return {
            "previous": sections[place - 1] if place else None,
            "next": sections[place + 1] if place + 1 < len(sections) else None,
        }


def say_once(entry: dict[str, str]) -> dict[str, str]:
    """Return a definition without a numerator and denominator that its text already gives in the same words."""
    sides = {side: entry[side] for side in ("numerator", "denominator")}
    repeated = all(words and words.lower() in entry["definition"].lower() for words in sides.values())
    return entry | dict.fromkeys(sides, "") if repeated else entry


def _agencies(statistics: Sequence[Statistic], indicator: str) -> str:
    return ", ".join(dict.fromkeys(s.agency for s in statistics if s.indicator == indicator))


def report_name(store: dict[str, Any]) -> str:
    """Return the report's name: whose it is and for which year."""
    return f"{store['partnership']['name']}: safeguarding report {store['year']}"


def notices(store: dict[str, Any]) -> list[str]:
    """Return what every page says of itself: rebuilt, synthetic, not audited."""
    about, audit = store["partnership"], store["disclosure"]
    found = [words for flag, words in (("rebuilt", REBUILT), ("synthetic", SYNTHETIC)) if about[flag]]
    if store["release"] == "shared" and not audit["complete"]:
        found.append(UNSCANNED if audit["passed"] else UNAUDITED)
    return found


def provenance(store: dict[str, Any]) -> str:
    """Return when, by what and from what the page was made."""
    made = store["made_at"][:16].replace("T", " at ")
    origin = f"Made {made} UTC by version {store['code_version']}, from the returns listed on the index page."
    return " ".join(filter(None, (origin, say_protection(store))))
