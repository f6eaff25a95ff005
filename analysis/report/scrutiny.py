"""scrutiny.html: what committees ask, one click away where this report answers, and who would return what it can't."""

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.figures.model import Statistic
from analysis.release.release import Release
from analysis.report.assemble import write_made
from analysis.report.detail import MONTH
from analysis.scrutiny.questions import PAGE, Question, Theme

FILE, THEMES = "scrutiny.html", "themes.html"
STATES = {"full": "Answered", "partly": "Answered in part", "none": "Not answered"}
MOST_PARTS = 6


def write_scrutiny(folder: Path, release: Release) -> Path:
    """Write scrutiny.html into a release's folder and return its path."""
    asked, about = Asked(release), release.questions
    points = [asked.tell(point) for point in about.points]
    sources = [(id, title, [p for p in points if p["source"] == id]) for id, title in about.sources.items()]
    features = [(title, [p for p in points if id in p["features"]]) for id, title in about.features.items()]
    return write_made(
        folder / FILE,
        "blocks/scrutiny.html.j2",
        release,
        sources=sources,
        own=about.own,
        features=features,
        states=STATES,
    )


def write_themes(folder: Path, release: Release) -> Path:
    """Write themes.html, the figures of all sections that bear on each theme of an inspection, and return its path."""
    asked = Asked(release)
    themes = [(id, theme.title, asked.list_theme(theme)) for id, theme in release.questions.themes.items()]
    return write_made(folder / THEMES, "blocks/themes.html.j2", release, themes=themes)


class Asked:
    """The questions of committees as one release answers them."""

    def __init__(self, release: Release):
        self.release = release

    @cached_property
    def places(self) -> dict[str, tuple[str, str]]:
        """The link to each figure's topic and the words for it, by the figure's id."""
        topics = [(topic, self.release.choose(topic.statistics)) for topic in self.release.topics]
        return {
            s.statistic_id: (f"sections/{topic.section}.html#topic-{topic.id}", topic.title)
            for topic, statistics in topics
            for s in statistics
            if s.section == topic.section
        }

    def tell(self, point: Question) -> dict[str, Any]:
        """Return a question with its answers here, its state here and what its answer lacks."""
        answers, given, state = self.weigh(point.answers, point.status)
        return {
            "id": point.id,
            "source": point.source,
            "kind": self.release.questions.kinds[point.kind],
            "features": point.features,
            "question": point.question,
            "note": point.note if given or point.status == "none" else "",
            "answers": [answer for answer in answers if answer["words"]],
            "state": state,
            "lacks": () if state == "full" else (*point.returns, *self.list_files(point)),
        }

    def list_files(self, point: Question) -> list[str]:
        """Return the files that the partnership team would return for pages that answer a question and are empty."""
        pages = [self.release.questions.pages[name] for name in point.answers if PAGE in name]
        return [
            f"{one.file} from the partnership team"
            for one in pages
            if one.file and not getattr(self.release, one.holds)
        ]

    def weigh(self, names: Sequence[str], whole: str = "full") -> tuple[list[dict], list[dict], str]:
        """Return the answers, those of them that this report gives, and how far they answer: `whole` where it gives
        all."""
        answers = [self.answer(name) for name in names]
        given = [answer for answer in answers if answer["given"]]
        return answers, given, whole if len(given) == len(answers) else "partly" if given else "none"

    def list_theme(self, theme: Theme) -> list[dict[str, Any]]:
        """Return the answers to a theme, each with the words for its figure."""
        return [self.answer(name) | {"title": title} for name, title in zip(theme.figures, theme.titles, strict=True)]

    def answer(self, name: str) -> dict[str, Any]:
        """Return the words and the link of one answer; without words where this report has nothing of it."""
        if PAGE in name:
            page = self.release.questions.pages[name]
            held = getattr(self.release, page.holds) if page.holds else ()
            given = bool(held) or not page.holds
            said = count_verdicts(held)
            words, place = (f"{said}.", page.words) if said else (page.words, "")
            return {"given": given, "words": words if given else "", "link": name, "place": place}
        held = [s for s in self.release.choose([name]) if s.current and s.statistic_id in self.places]
        shown = [s for s in held if s.published]
        if not held and (official := self.find_official(name)):
            return {"given": True, **official}
        link, place = self.places[(shown or held)[0].statistic_id] if held else ("", "")
        return {"given": bool(shown), "words": self.say(shown or held), "link": link, "place": place}

    def find_official(self, name: str) -> dict[str, str]:
        """Return words and link of the council's official figure of a measure that no return gave; nothing where none
        is published."""
        wanted = self.release.questions.official.get(name, name)
        about = [
            one for one in self.release.official if one.comparator == wanted and not one.returned and one.sentences
        ]
        if not about or about[0].sentences[0].startswith("Published figures are for"):
            return {}
        (one,) = about
        words = f"{one.title} ({one.period}, official statistics): {one.sentences[0]}"
        return {"words": words, "link": f"sections/{one.section}.html#official", "place": "Official statistics"}

    def say(self, statistics: Sequence[Statistic]) -> str:
        """Return figures in words: one as its sentence, the parts of a split in a row, those that ask for attention
        first; nothing where there are none."""
        if len(statistics) < 2 or not statistics[0].category:
            return statistics[0].statement if statistics else ""
        measure = self.release.measures[statistics[0].indicator]
        if not statistics[0].published:
            return f"{measure.title}: not shown, to protect people."
        if statistics[0].dimension == MONTH:
            low, high = ((s.display, f"{s.period.start:%B %Y}") for s in _ends(statistics))
            return f"{measure.title}, of its months: lowest {low[0]} ({low[1]}), highest {high[0]} ({high[1]})."
        alike = [s for s in statistics if s.measure_type == statistics[0].measure_type]
        ranked = sorted(alike, key=lambda s: s.value or 0, reverse=measure.polarity != "higher_is_better")
        said = [_name(s) for s in ranked[:MOST_PARTS]]
        more = len(ranked) - len(said)
        return f"{measure.title}: {'; '.join(said)}{f'; and {more} more' if more else ''}."


def _name(s: Statistic) -> str:
    return f"{s.label or s.category} {s.display}"


def _ends(statistics: Sequence[Statistic]) -> list[Statistic]:
    """Return the lowest and the highest of figures that are shown."""
    ranked = sorted(statistics, key=lambda s: s.value or 0)
    return [ranked[0], ranked[-1]]


def count_verdicts(held: Sequence[Any]) -> str:
    """Return how many of what is tracked have which verdict or state; nothing where they have none."""
    said = Counter(getattr(one, "verdict", "") or getattr(one, "state", "") for one in held)
    return "; ".join(f"{words}: {number}" for words, number in said.items() if words)
