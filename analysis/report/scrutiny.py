"""scrutiny.html: what committees ask, the direct answer first, then the rows behind it, and what it lacks, by field."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.charts.chart import Mark
from analysis.figures.build import AGREES
from analysis.figures.display import lower_first
from analysis.figures.model import SUPPRESSED, Statistic
from analysis.measures.completion import NO_GROUP
from analysis.measures.periods import say_day
from analysis.methods.checks import RefusedError
from analysis.release.release import Release
from analysis.report.assemble import write_made
from analysis.report.detail import MONTH
from analysis.report.direct import FIGURES, HIDDEN, UNKNOWN, YES, Lead, lead_apart, lead_has, lead_state, say_value
from analysis.report.facts import find_facts
from analysis.report.ratios import make_ratio
from analysis.scrutiny.questions import PAGE, Link, Question, Theme, pick_rows, read_link, read_rule

FILE, THEMES = "scrutiny.html", "themes.html"
STATES = {"full": "Answered", "partly": "Answered in part", "none": "Not answered"}
DATASET = re.compile(r"\bD\d\d\b")


def write_scrutiny(folder: Path, release: Release) -> Path:
    """Write scrutiny.html into a release's folder and return its path."""
    asked, about = Asked(release, folder), release.questions
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
    """The questions of committees as one release answers them, whose charts lie in a folder."""

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
        charts = len([*self.folder.glob("charts/*/*.svg")]) if self.folder else 0
        return find_facts(self.release, charts)._asdict()

    def tell(self, point: Question) -> dict[str, Any]:
        """Return a question with its direct answer, its rows, its state here, sources, cautions and what it lacks."""
        answers, given, state = self.weigh(tuple(dict.fromkeys(point.answers)), point.status)
        shown = [s for name in point.answers for s in self.list_figures(name)[1]]
        leads = [self.lead(ask, name) for ask, name in zip(point.asks, point.answers, strict=False) if ask]
        return {
            "id": point.id,
            "source": point.source,
            "kind": self.release.questions.kinds[point.kind],
            "features": point.features,
            "question": point.question,
            "leads": leads or [Lead("", UNKNOWN)],
            "note": point.note if given or point.status == "none" else "",
            "answers": [answer for answer in answers if answer["words"]],
            "state": state,
            "lacks": [*(point.returns if given or point.status != "full" else ()), *self.list_lacks(point)],
            "cautions": self.list_cautions(shown),
            "sources": self.list_sources(shown, point.answers),
        }

    def lead(self, ask: str, name: str) -> Lead:
        """Return the direct answer that one name gives to what is asked of it."""
        asked, rule, field = read_rule(ask)
        if PAGE in name:
            return Lead(asked, *self.lead_page(read_link(name), rule, field))
        held, shown = self.list_figures(name)
        if rule == "means":
            text = self.release.measures.get(name)
            return Lead(asked, f"{text.definition} {text.term}".strip()) if text else Lead(asked, UNKNOWN)
        if not shown:
            official = self.find_official(name) if not held else {}
            word = HIDDEN if held else "By official statistics" if official else UNKNOWN
            return Lead(asked, word, official.get("words", ""))
        if rule == "apart":
            return Lead(asked, *lead_apart(self.rank(shown, split_base(name)[1])))
        return Lead(asked, *FIGURES[rule](shown))

    def lead_page(self, link: Link, rule: str, field: str) -> tuple[str, str]:
        """Return the direct answer of a part of a page, or of its rows."""
        page, rows = self.release.questions.pages[link.page], pick_rows(link, self.list_held(link))
        if rule == "words":
            return (page.lead.format_map(self.facts), "") if rows or not page.holds else (UNKNOWN, "")
        if not rows:
            return UNKNOWN, f"{page.file or 'its rows'} didn't come"
        if rule == "held":
            told = (self.tell_row(one, page.tells[link.told]) for one in rows) if link.told and len(rows) == 1 else ()
            return YES, " ".join(told) or f"{len(rows)} below"
        return lead_has(rows, field) if rule == "has" else lead_state(rows)

    def list_lacks(self, point: Question) -> list[str]:
        """Return who would return the figures and files of answers that this report doesn't give."""
        links = [read_link(name) for name in point.answers if PAGE in name]
        pages = [(link, self.release.questions.pages[link.page]) for link in links]
        empty = [page.file for link, page in pages if page.file and not pick_rows(link, self.list_held(link))]
        figures = [name for name in point.answers if PAGE not in name and not self.list_figures(name)[0]]
        silent = [name.partition("/")[0] for name in figures if not self.find_official(name)]
        needed: dict[str, list[str]] = {}
        for name in dict.fromkeys(silent):
            title, *senders = self.release.questions.senders.get(name, (name,))
            for sender in senders:
                needed.setdefault(sender, []).append(lower_first(title))
        told = [f"{sender}, for {', '.join(titles)}" for sender, titles in needed.items()]
        return [*told, *(f"{file} from the partnership team" for file in dict.fromkeys(empty))]

    def list_cautions(self, shown: Sequence[Statistic]) -> list[str]:
        """Return what a reader of figures must know: what another source says of the same events, what was corrected
        since the report closed, how an agency's own count differs, and who sent none."""
        ids, measures = {s.statistic_id for s in shown}, {s.indicator for s in shown}
        disputes = [one.words for one in self.release.contradictions if one.differs and ids & {*one.figures}]
        moved = [
            f"After the report closed, {say_day(one.day)}: {lower_first(one.what)}. The figure here is as it was."
            for one in self.release.addendum
            if one.measure and one.measure.split("/")[0] in measures and one.kind not in ("moved", "shown", "hidden")
        ]
        counts = [f"{s.title}: {s.reconciled}." for s in shown if s.reconciled and s.reconciled != AGREES]
        datasets = {name for s in shown for name in DATASET.findall(s.public_source)}
        silent = [one for one in self.release.returns if one.silent and one.status != "nil"]
        absent = {one.agency for one in silent if datasets & {*one.dataset.split(";")}}
        none = [f"Without {', '.join(sorted(absent))}, which sent no such return."] if absent else []
        return list(dict.fromkeys([*disputes, *moved, *counts, *none]))

    def list_sources(self, shown: Sequence[Statistic], names: Iterable[str]) -> list[str]:
        """Return whose returns figures are from and how fresh they are, and the files whose rows answer."""
        told: dict[str, str] = {}
        for s in shown:
            datasets = {*DATASET.findall(s.public_source)}
            sent = [one for one in self.release.returns if not one.silent and datasets & {*one.dataset.split(";")}]
            own = [one for one in sent if one.agency == s.agency] or sent
            told[s.agency] = _say_age([one.as_at for one in own], "as at") + _say_age(
                [one.received_date for one in own], "received"
            )
        links = [read_link(name) for name in names if PAGE in name]
        files = [self.release.questions.pages[one.page].file for one in links if self.list_held(one)]
        said = [f"{agency}{age or ', as at a day that isn’t stated'}" for agency, age in told.items()]
        return [*said, *(f"{file} of the partnership team" for file in dict.fromkeys(filter(None, files)))]

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
        name = str(getattr(one, "measure", "")).split("/")[0]
        if text := self.release.measures.get(name):
            said["measure"] = lower_first(text.title)
        return words.format_map(said).replace("..", ".")

    def list_figures(self, name: str) -> tuple[list[Statistic], list[Statistic]]:
        """Return the report's figures that a name selects, and those that are shown; none for a page."""
        held = [s for s in self.release.choose([split_base(name)[0]]) if s.current and s.statistic_id in self.places]
        kinds = {s.measure_type for s in held[:1]}
        shown = [s for s in held if s.published and s.measure_type in kinds and not (_is_idle(s) and len(held) > 1)]
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
            return (shown or held)[0].statement if held else ""
        measure = self.release.measures[held[0].indicator]
        if not shown:
            return f"{measure.title}: not shown, to protect people."
        if shown[0].dimension == MONTH:
            return f"{measure.title}: {'; '.join(f'{s.period.start:%B %Y} {s.display}' for s in shown)}."
        ranked = sorted(shown, key=lambda s: s.value or 0, reverse=measure.polarity != "higher_is_better")
        more = f". Not shown, to protect people: {'; '.join(hidden)}" if hidden else ""
        return f"{measure.title}: {'; '.join(f'{s.label or s.category} {say_value(s)}' for s in ranked)}{more}."


def split_base(name: str) -> tuple[str, str]:
    """Return a selector, and the people for whose number each part counts (`contacts/locality:children`)."""
    selector, _, base = name.rpartition(":")
    return (selector, base) if selector and not base.startswith(" ") else (name, "")


def _say_age(days: Iterable[date | None], what: str) -> str:
    known = [day for day in days if day]
    return f", {what} {say_day(max(known))}" if known else ""


def _is_idle(s: Statistic) -> bool:
    """Whether it says of what isn't known that there is none."""
    return not s.value and s.category.casefold() in NO_GROUP


def _say(value: Any) -> str:
    """Return a field of what is tracked in words."""
    if isinstance(value, date):
        return say_day(value)
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ") if value else "none"
