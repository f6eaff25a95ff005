"""scrutiny.html: what committees ask, the direct answer first, then the rows behind it, and what it lacks, by field."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from analysis.counting.definitions import get_definitions
from analysis.figures.build import AGREES
from analysis.figures.display import lower_first
from analysis.figures.model import Statistic
from analysis.measures.periods import say_day
from analysis.release.release import Release
from analysis.report.answers import Answers, split_base
from analysis.report.assemble import write_made
from analysis.report.direct import (
    BLANK,
    FIGURES,
    HIDDEN,
    MOST,
    REPLIED,
    UNKNOWN,
    YES,
    Lead,
    lead_apart,
    lead_below,
    lead_figure,
    lead_follows,
    lead_has,
    lead_state,
    lead_steps,
    lead_tests,
    part_empty,
)
from analysis.report.facts import COUNTED
from analysis.scrutiny.questions import NOTE, PAGE, REPLY, Clause, Link, Question, pick_rows, read_link

FILE, THEMES = "scrutiny.html", "themes.html"
STATES = {"full": "Answered", "partly": "Answered in part", "none": "Not answered"}
DATASET = re.compile(r"\bD\d\d\b")
TELLING = ("change", "figure")  # rules whose direct answer tells figures in full
TOGETHER = 2  # rows that a direct answer repeats
LISTED = "follow_up.html#recommendations"


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


class Asked(Answers):
    """The questions of committees as one release answers them."""

    def tell(self, point: Question) -> dict[str, Any]:
        """Return a question with the direct answer to each of its clauses, its rows, its state here, sources, cautions
        and who would return what it lacks."""
        answers, given, state = self.weigh(point.answers, point.status)
        shown = [s for name in point.answers for s in self.list_figures(name)[1]]
        leads = link_once([self.lead(one, point.note) for one in point.clauses])
        told = [answer for one in point.clauses for name in self.list_whole(one) for answer in self.list_answers(name)]
        return {
            "id": point.id,
            "source": point.source,
            "kind": self.release.questions.kinds[point.kind],
            "features": point.features,
            "question": point.question,
            "leads": leads,
            "note": "" if any(one.rule == NOTE for one in point.clauses) else point.note,
            "answers": [answer for answer in answers if answer["words"] and answer not in told],
            "state": state,
            "lacks": self.list_lacks(point),
            "cautions": self.list_cautions(shown, point.answers),
            "sources": self.list_sources(shown, point.answers),
        }

    def lead(self, one: Clause, note: str) -> Lead:
        """Return the direct answer to a clause; where it has none, or one that stands in for it, the blank."""
        if one.rule == NOTE:
            return Lead(one.asked, "", note)
        if one.rule == REPLY:
            return self.lead_reply(one)
        if not one.answers:
            return Lead(one.asked, BLANK, one.blank)
        word, gist = self.lead_answers(one)
        stands = f"{gist}. This stands in for what is not recorded: {one.blank}" if one.blank else gist
        whole = [name for name in self.list_whole(one) if name == one.answers[0]]
        answer = self.answer(whole[0]) if whole else {"link": "", "place": ""}
        return Lead(one.asked, word, stands.lstrip(". "), answer["link"], answer["place"])

    def lead_reply(self, one: Clause) -> Lead:
        """Return what was replied to a clause, by whom and when; without a reply, the blank."""
        link = read_link(one.answers[0])
        rows = pick_rows(link, self.list_held(link))
        if not rows:
            return Lead(one.asked, BLANK, one.blank)
        words = self.release.questions.pages[link.page].tells[link.told]
        said = " ".join(self.tell_row(row, words) for row in rows)
        return Lead(one.asked, REPLIED, said, f"{link.page.partition('#')[0]}#{rows[0].id}", "Reply")

    def lead_answers(self, one: Clause) -> tuple[str, str]:
        """Return the direct answer to a clause: that of its first answer and, where it tells figures, of each that
        is one figure; of a page, that of all rows that its answers name."""
        rule, _, field = one.rule.partition(".")
        name, *others = one.answers
        if PAGE in name:
            links = [read_link(other) for other in one.answers if PAGE in other]
            return self.lead_page(links, rule, field, asks=one.asked.endswith("?"))
        if rule == "below" and all(map(self.is_one, one.answers)):
            return lead_below([s for each in one.answers for s in self.list_figures(each)[1]])
        if rule == "follows":
            need, help = (self.rank(self.list_figures(each)[1], split_base(each)[1]) for each in one.answers[:2])
            return lead_follows(need, help)
        word, gist = self.lead_name(name, rule)
        more = [self.lead_name(other, rule) for other in others if rule in TELLING and self.is_one(other)]
        return word, "; ".join([gist, *(f"{lower_first(then)}: {about}" for then, about in more)])

    def is_of_one_agency(self, name: str) -> bool:
        """Whether the figures of a name are of one agency, so that another's missing return takes nothing from them."""
        definition = get_definitions().get(name.partition("/")[0])
        count = definition.record.count if definition else None
        return "/agency/" in name or bool(count and "agency" in count.where)

    def is_one(self, name: str) -> bool:
        """Whether a name selects one figure, and that is shown."""
        if PAGE in name:
            return False
        held, shown = self.list_figures(name)
        return len(held) == len(shown) == 1

    def list_whole(self, one: Clause) -> list[str]:
        """Return the answers to a clause of which its direct answer says all, so that no row need repeat them."""
        if one.rule == REPLY:
            return [*one.answers]
        if not one.answers or PAGE in one.answers[0] or one.rule not in TELLING:
            return []
        held, shown = self.list_figures(one.answers[0])
        plain = all(s.published and s.measure_type == held[0].measure_type for s in held) and ":" not in one.answers[0]
        first = plain and 0 < len(part_empty(shown)[0]) <= MOST and (len(shown) > 1 or one.rule == "change")
        return [*one.answers[:first], *filter(self.is_one, one.answers[1:])]

    def lead_name(self, name: str, rule: str) -> tuple[str, str]:
        """Return the direct answer that the figures of one name give by a rule."""
        held, shown = self.list_figures(name)
        if not shown:
            official = self.find_official(name) if not held else {}
            return HIDDEN if held else "By official statistics" if official else UNKNOWN, official.get("words", "")
        if rule == "apart":
            return lead_apart(self.rank(shown, split_base(name)[1]))
        return FIGURES.get(rule, lead_figure)(shown)

    def lead_page(self, links: Sequence[Link], rule: str, field: str, *, asks: bool) -> tuple[str, str]:
        """Return the direct answer of a part of a page, or of the rows that links to it name; `asks` tells a yes from a
        number."""
        link = links[0]
        page = self.release.questions.pages[link.page]
        rows = [row for one in links for row in pick_rows(one, self.list_held(one))]
        if rule == "words":
            return (page.lead.format_map(self.facts), "") if rows or not page.holds else (UNKNOWN, "")
        if not rows:
            return UNKNOWN, f"{page.file or 'its rows'} didn't come"
        if rule == "held":
            told = [self.tell_row(one, page.tells[link.told]) for one in rows] if link.told else []
            return YES if asks else f"{len(rows)} on record", " ".join(told) if len(told) <= TOGETHER else "each below"
        if rule == "has":
            return lead_has(rows, field)
        return {"steps": lead_steps, "tests": lead_tests}.get(rule, lead_state)(rows)

    def list_lacks(self, point: Question) -> list[str]:
        """Return who would return the figures and files of answers that this report doesn't give."""
        links = [read_link(name) for one in point.clauses if one.rule != REPLY for name in one.answers if PAGE in name]
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

    def list_cautions(self, shown: Sequence[Statistic], names: Iterable[str] = ()) -> list[str]:
        """Return what a reader of figures and of what `names` select must know: what another source says of the same
        events, what was corrected since the report closed, how an agency's own count differs, who sent none, and that
        the list of recommendations is another set than those counted."""
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
        single = all(self.is_of_one_agency(name) for name in names if PAGE not in name)
        absent = {one.agency for one in silent if datasets & {*one.dataset.split(";")} and not single}
        none = [f"Without {', '.join(sorted(absent))}, which sent no such return."] if absent else []
        both = any(name.startswith(LISTED) for name in names) and measures & {*COUNTED}
        told = [*disputes, *moved, *counts, *none, self.facts["sets"] if both else ""]
        return list(dict.fromkeys(filter(None, told)))

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


def link_once(leads: Sequence[Lead]) -> list[Lead]:
    """Return direct answers in which the last of several that lead to one place carries the link to it."""
    later = [{one.link for one in leads[place + 1 :]} for place in range(len(leads))]
    return [
        one._replace(link="", place="") if one.link in after else one for one, after in zip(leads, later, strict=True)
    ]


def _say_age(days: Iterable[date | None], what: str) -> str:
    known = [day for day in days if day]
    return f", {what} {say_day(max(known))}" if known else ""
