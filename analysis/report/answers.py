"""What one release answers, by the name of an answer: figures in words with their link, and rows of what is tracked."""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.charts.chart import Mark
from analysis.figures.display import lower_first
from analysis.figures.model import SUPPRESSED, Statistic
from analysis.measures.periods import say_day
from analysis.methods.checks import RefusedError
from analysis.release.release import Release
from analysis.report.detail import MONTH
from analysis.report.direct import HIDDEN, name_part, part_empty, say_was
from analysis.report.facts import find_facts
from analysis.report.ratios import make_ratio
from analysis.report.rows import is_idle
from analysis.scrutiny.questions import PAGE, Link, Theme, pick_rows, read_link


class Answers:
    """The answers of one release, whose charts lie in a folder."""

    def __init__(self, release: Release, folder: Path | None = None):
        self.release = release
        self.folder = folder

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

    @cached_property
    def facts(self) -> dict[str, str]:
        """What is told of the report itself."""
        leads = sum(one.lead and one.chart is not None for one in self.release.findings)
        charts = leads + len([*self.folder.glob("charts/*/*.svg")]) if self.folder else 0
        return find_facts(self.release, charts)._asdict()

    def list_held(self, link: Link) -> Sequence[Any]:
        """Return what the release holds for the page of a link."""
        holds = self.release.questions.pages[link.page].holds
        return getattr(self.release, holds) if holds else ()

    def weigh(self, names: Sequence[str], whole: str = "full") -> tuple[list[dict], list[dict], str]:
        """Return the answers, those of them that this report gives, and how far they answer: `whole` where it gives
        all."""
        answers = [answer for name in names for answer in self.list_answers(name)]
        given = [answer for answer in answers if answer["given"]]
        return answers, given, whole if len(given) == len(answers) else "partly" if given else "none"

    def list_theme(self, theme: Theme) -> list[dict[str, Any]]:
        """Return the answers to a theme, each with the words for its figure."""
        return [self.answer(name) | {"title": title} for name, title in zip(theme.figures, theme.titles, strict=True)]

    def list_answers(self, name: str) -> list[dict[str, Any]]:
        """Return the answers of one name: of a page each row that it picks, with the link to that row; else one."""
        if PAGE not in name:
            return [self.answer(name)]
        link = read_link(name)
        page, held = self.release.questions.pages[link.page], self.list_held(link)
        if not link.told:
            given = bool(held) or not page.holds
            words = page.words.format_map(self.facts) if given else ""
            return [{"given": given, "words": words, "link": link.page, "place": ""}]
        file, rows = link.page.partition("#")[0], pick_rows(link, held)
        if page.tells[link.told].startswith("{agency}"):
            rows.sort(key=lambda one: one.agency)
        told = [(self.tell_row(one, page.tells[link.told]), f"{file}#{one.id}") for one in rows]
        return [
            {"given": bool(told), "words": words, "link": at, "place": ""} for words, at in told or [("", link.page)]
        ]

    def tell_row(self, one: Any, words: str) -> str:
        """Return the words for one row of what is tracked, with its measure by its title."""
        said = {name: _say(getattr(one, name)) for name in one.__struct_fields__}
        name = str(getattr(one, "measure", "")).split("/")[0]
        if text := self.release.measures.get(name):
            said["measure"] = lower_first(text.title)
        said["since"] = f" Since the report's day: {one.since}." if getattr(one, "since", "") else ""
        return words.format_map(said).replace("..", ".")

    def list_figures(self, name: str) -> tuple[list[Statistic], list[Statistic]]:
        """Return the report's figures that a name selects, and those that are shown; none for a page."""
        held = [s for s in self.release.choose([split_base(name)[0]]) if s.current and s.statistic_id in self.places]
        kinds = {s.measure_type for s in held[:1]}
        shown = [s for s in held if s.published and s.measure_type in kinds and not (is_idle(s) and len(held) > 1)]
        return held, shown

    def answer(self, name: str) -> dict[str, Any]:
        """Return the words and the link of a figure; without words where this report has nothing of it."""
        base = split_base(name)[1]
        held, shown = self.list_figures(name)
        if not held and (official := self.find_official(name)):
            return {"given": True, **official}
        link, place = self.places[(shown or held)[0].statistic_id] if held else ("", "")
        words = f"{self.say(held, shown)}{self.compare(shown, base) if base else ''}"
        return {"given": bool(shown), "words": words, "link": link, "place": place}

    def rank(self, statistics: Sequence[Statistic], base: str) -> list[Mark]:
        """Return how the rate of each group stands to that of all others, the highest first; none without a base."""
        try:
            marks = [mark for mark in make_ratio(base, statistics, self.release)[0] if mark.value]
        except (RefusedError, IndexError):
            return []
        return sorted(marks, key=lambda mark: -mark.value)

    def compare(self, statistics: Sequence[Statistic], base: str) -> str:
        """Return in words how the rate of each group or locality stands to that of all others."""
        said = (f"{m.label} {m.display} times ({m.lower:.2f} to {m.upper:.2f})" for m in self.rank(statistics, base))
        told = "; ".join(said)
        return f" For the number of {base} of each, against all others: {told}." if told else ""

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

    def say(self, held: Sequence[Statistic], shown: Sequence[Statistic]) -> str:
        """Return figures in words: one as its sentence; of a split every part, those that ask for attention first, and
        of months each in its turn; nothing where there are none."""
        hidden = [
            s.label or s.category for s in held if (s.status, s.measure_type) == (SUPPRESSED, held[0].measure_type)
        ]
        if len(shown) + len(hidden) < 2 or not held[0].category:
            rate = next((s.display for s in held if s.published and s.measure_type != held[0].measure_type), "")
            return f"{(shown or held)[0].statement}{f' That is {rate}.' if rate else ''}" if held else ""
        measure = self.release.measures[held[0].indicator]
        if not shown:
            return f"{measure.title}: {lower_first(HIDDEN)}."
        if shown[0].dimension == MONTH:
            return f"{measure.title}: {'; '.join(f'{name_part(s)} {s.display}' for s in shown)}."
        some, empty = part_empty(shown)
        ranked = sorted(some, key=lambda s: s.value or 0, reverse=measure.polarity != "higher_is_better")
        more = f". {HIDDEN}: {'; '.join(hidden)}" if hidden else ""
        more += f". None recorded, or not collected: {'; '.join(map(name_part, empty))}" if empty else ""
        return f"{measure.title}: {'; '.join(f'{name_part(s)} {say_was(s)}' for s in ranked)}{more}."


def split_base(name: str) -> tuple[str, str]:
    """Return a selector, and the people for whose number each part counts (`contacts/locality:children`)."""
    selector, _, base = name.rpartition(":")
    return (selector, base) if selector and not base.startswith(" ") else (name, "")


def _say(value: Any) -> str:
    """Return a field of what is tracked in words."""
    if isinstance(value, date):
        return say_day(value)
    if value is None:
        return "a day that isn’t stated"
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ") if value else "none"
