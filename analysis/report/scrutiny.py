"""scrutiny.html: what committees ask, one click away where this report answers, and who would return what it can't."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.figures.display import lower_first
from analysis.figures.model import Statistic
from analysis.measures.periods import say_day
from analysis.methods.checks import RefusedError
from analysis.release.release import Release, Return
from analysis.report.assemble import write_made
from analysis.report.detail import MONTH
from analysis.report.owed import list_silent
from analysis.report.ratios import make_ratio
from analysis.scrutiny.duties import OPENED
from analysis.scrutiny.questions import PAGE, Link, Question, Theme, pick_rows, read_link

FILE, THEMES = "scrutiny.html", "themes.html"
STATES = {"full": "Answered", "partly": "Answered in part", "none": "Not answered"}
MOST_PARTS = 6
BREAK = "how it is counted changed on"  # in the sentence of a figure that is not compared
DATED = "C6"  # the duty to publish by 30 September


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
        links = [read_link(name) for name in point.answers if PAGE in name]
        pages = [(link, self.release.questions.pages[link.page]) for link in links]
        empty = [page.file for link, page in pages if page.file and not pick_rows(link, self.list_held(link))]
        return [f"{file} from the partnership team" for file in dict.fromkeys(empty)]

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
        told = [(self.tell_row(one, page.tells[link.told]), f"{file}#{one.id}") for one in rows]
        about = {"given": bool(told), "place": page.words}
        return [about | {"words": words, "link": place} for words, place in told or [("", link.page)]]

    def tell_row(self, one: Any, words: str) -> str:
        """Return the words for one row of what is tracked, with its measure by its title."""
        said = {name: _say(getattr(one, name)) for name in one.__struct_fields__}
        if text := self.release.measures.get(said.get("measure", "").split("/")[0]):
            said["measure"] = lower_first(text.title)
        return words.format_map(said)

    def name_measures(self, names: Iterable[str]) -> str:
        """Return measures by their titles, each once."""
        return "; ".join(
            dict.fromkeys(self.release.measures[name].title for name in names if name in self.release.measures)
        )

    @cached_property
    def facts(self) -> dict[str, str]:
        """What is told of the report itself: its period, how old it is, whose returns were late or never came."""
        release, returns = self.release, self.release.returns
        late = {one.agency: (one.received_date - one.due_date).days for one in returns if _is_late(one)}
        silent = list_silent(returns)
        undated = {one.agency for one in returns if not (one.silent or one.received_date and one.due_date)}
        others = {one.agency for one in returns} - {*late, *silent, *undated}
        days = sorted({one.as_at for one in returns if one.as_at})
        other = sum(not s.of_year for s in release.statistics)
        said = "; ".join(f"{agency}, {number} days late" for agency, number in late.items())
        return {
            "period": f"{release.period.phrase}; {other} of its {len(release.statistics):,} figures are of another",
            "clock": tell_clock(release) or "no edition of the year sets a day",
            "late": "; ".join(
                [
                    said or "none known to be",
                    *([f"{len(others)} agencies sent all in time"] if others else []),
                    *([f"of {len(undated)} agencies the day isn't stated"] if undated else []),
                ]
            ),
            "silent": "; ".join(silent) or "none",
            "made": f"{say_day(release.made_at.date())}",
            "events": "; ".join(
                f"{say_day(one.date)}, {one.what} ({self.name_measures(one.indicators)})" for one in release.events
            ),
            "breaks": self.name_measures(s.indicator for s in release.statistics if BREAK in s.statement) or "none",
            "charts": f"{sum(len(topic.charts) for topic in release.topics)}",
            "age": " to ".join(map(say_day, dict.fromkeys((days[0], days[-1])))) if days else "days that aren't stated",
            "days": f"{(release.made_at.date() - days[0]).days:,}" if days else "an unknown number of",
        }

    def answer(self, name: str) -> dict[str, Any]:
        """Return the words and the link of a figure; without words where this report has nothing of it."""
        name, _, base = name.partition(":")
        held = [s for s in self.release.choose([name]) if s.current and s.statistic_id in self.places]
        shown = [s for s in held if s.published]
        if not held and (official := self.find_official(name)):
            return {"given": True, **official}
        link, place = self.places[(shown or held)[0].statistic_id] if held else ("", "")
        words = f"{self.say(shown or held)}{self.compare(shown, base) if base else ''}"
        return {"given": bool(shown), "words": words, "link": link, "place": place}

    def compare(self, statistics: Sequence[Statistic], base: str) -> str:
        """Return how the rate of each group or locality stands to that of all others, where their people are known."""
        try:
            marks = [mark for mark in make_ratio(base, statistics, self.release)[0] if mark.value]
        except (RefusedError, IndexError):
            return ""
        ranked = sorted(marks, key=lambda mark: -mark.value)
        said = (f"{one.label} {one.display} times ({one.lower:.2f} to {one.upper:.2f})" for one in ranked)
        return f" For the number of {base} of each, against all others: {'; '.join(said)}."

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


def _is_late(one: Return) -> bool:
    return bool(one.received_date and one.due_date and one.received_date > one.due_date)


def _say(value: Any) -> str:
    """Return a field of what is tracked in words."""
    if isinstance(value, date):
        return say_day(value)
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ") if value else "none"


def tell_clock(release: Release) -> str:
    """Return the day by which the year's edition has the report published, and how far off that was when this was made;
    nothing where it sets none."""
    duty, end = next((one for one in release.duties if one.id == DATED), None), release.period.end
    if duty is None or end is None:
        return ""
    due = date(end.year + (end >= date(end.year, 9, 30)), 9, 30)
    days = (due - release.made_at.date()).days
    return (
        f"To be published by {say_day(due)} ({duty.law}; {lower_first(OPENED[duty.opened])}). This copy was made"
        f" {abs(days)} days {'before' if days >= 0 else 'after'} that, and {(release.made_at.date() - end).days} days"
        " after the period's end."
    )
