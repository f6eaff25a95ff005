"""A release, typed: everything that its pages, files and notebooks may know, and nothing else.

It is made after disclosure control, so that what reads it has nothing to leak. `store.json` is this very object.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property

from msgspec import Struct

from analysis.disclosure.report import DisclosureReport
from analysis.errors import CommandError, unknown
from analysis.figures.model import Statistic
from analysis.figures.published import Official
from analysis.figures.select import select
from analysis.findings.finding import Finding
from analysis.measures.periods import Period
from analysis.measures.topics import Topic
from analysis.partnership import Event
from analysis.scrutiny.addendum import Entry
from analysis.scrutiny.contradictions import Contradiction
from analysis.scrutiny.duties import Duty
from analysis.scrutiny.priorities import Priority
from analysis.scrutiny.questions import Questions
from analysis.scrutiny.recommendations import Recommendation
from analysis.scrutiny.sign_off import SignOff
from analysis.statements.titles import Phrases

FORMAT = 6
Populations = Mapping[str, Mapping[str, Mapping[str, float]]]
AUDITS = {True: "", False: ", audit FAILED", None: ", audit not run"}
NOTHING_SENT = ("missing", "narrative_only", "nil", "set_aside")


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a release: read strictly, never changed."""


class About(Part):
    """Whose report it is. `headlines` select the key figures of index and summary."""

    id: str
    name: str
    geography: str
    area_code: str
    rebuilt: bool = False
    synthetic: bool = False
    credit: str = ""
    headlines: tuple[str, ...] = ()


class Owed(Part):
    """A subject that a section owes its readers, and the datasets that tell of it."""

    what: str
    datasets: tuple[str, ...] = ()


class SectionPlan(Part):
    """One section: its place in this report, what it tells and owes, and who returns it."""

    id: str
    number: str
    title: str
    agency: str = ""
    about: str = ""
    owes: tuple[Owed, ...] = ()
    agencies: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Number and title: "8 Children's social care"."""
        return f"{self.number} {self.title}"


class Return(Part):
    """What one agency sent for a dataset, or didn't; `words` says its status to readers."""

    return_id: str
    agency: str
    section: str
    dataset: str
    status: str
    words: str
    as_at: date | None = None
    due_date: date | None = None
    received_date: date | None = None
    note: str = ""

    @property
    def silent(self) -> bool:
        """Whether it brought no figure."""
        return self.status in NOTHING_SENT

    @property
    def said(self) -> str:
        """Its status and its note as sentences: the note alone where it says the status again."""
        again = self.status == "narrative_only" and self.note.lower().startswith("no figure")
        return " ".join(f"{text.rstrip('.')}." for text in ("" if again else self.words, self.note) if text)


class Subject(Part):
    """What a section would show with a dataset."""

    section: str
    what: str


class Gap(Part):
    """A dataset that didn't come and what that costs the report; `partial` where another agency's came."""

    agency: str
    dataset: str
    title: str
    words: str
    note: str
    subjects: tuple[Subject, ...]
    figures: tuple[str, ...]
    topics: tuple[str, ...]
    partial: bool


class MeasureText(Part):
    """What is told of a measure under its figures: `counts` is what it is a number of, `term` what that means, `unripe`
    how many months at the end of a year are too young to have their outcome."""

    title: str
    definition: str
    numerator: str
    denominator: str
    polarity: str
    interpretation: str
    source: str
    counts: str
    term: str
    standard: str = ""
    unripe: int = 0


class FindingsHead(Part):
    """What a section says above its findings, and how they were told from chance."""

    lead: str = ""
    method: str = ""


class Release(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, dict=True):
    """One release of one year's report.

    `statistics` are its figures in report order, `history` figures of earlier years that its charts draw, `kind` is
    shared or internal. `measures` and `heads` are by indicator and by section. `set_aside` names the faulty
    returns that count as not received.
    """

    partnership: About
    year: str
    period: Period
    kind: str
    code_version: str
    made_at: datetime
    sections: tuple[SectionPlan, ...]
    topics: tuple[Topic, ...]
    returns: tuple[Return, ...]
    gaps: tuple[Gap, ...]
    measures: Mapping[str, MeasureText]
    disclosure: DisclosureReport
    statistics: tuple[Statistic, ...]
    history: tuple[Statistic, ...]
    events: tuple[Event, ...] = ()
    populations: Populations = {}
    official: tuple[Official, ...] = ()
    findings: tuple[Finding, ...] = ()
    heads: Mapping[str, FindingsHead] = {}
    titles: Phrases = {}
    set_aside: tuple[str, ...] = ()
    questions: Questions = Questions()
    priorities: tuple[Priority, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    sign_off: tuple[SignOff, ...] = ()
    addendum: tuple[Entry, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    duties: tuple[Duty, ...] = ()
    format: int = FORMAT

    @property
    def name(self) -> str:
        """Whose report it is, and for which year."""
        return f"{self.partnership.name}: safeguarding report {self.year}"

    @property
    def shared(self) -> bool:
        """Whether it went through disclosure control, and may be handed over."""
        return self.kind == "shared"

    @property
    def printed(self) -> tuple[Statistic, ...]:
        """Every figure that it prints, those of earlier years included."""
        return (*self.statistics, *self.history)

    @cached_property
    def numbers(self) -> dict[str, str]:
        """The number of each section."""
        return {section.id: section.number for section in self.sections}

    def plan(self, section: str) -> SectionPlan:
        """Return one section's plan. Raises CommandError for an unknown one."""
        plans = {plan.id: plan for plan in self.sections}
        if section not in plans:
            raise CommandError(unknown("section", section, plans))
        return plans[section]

    @cached_property
    def by_measure(self) -> dict[str, list[Statistic]]:
        """The statistics of each measure, in report order."""
        groups: dict[str, list[Statistic]] = {}
        for s in self.statistics:
            groups.setdefault(s.indicator, []).append(s)
        return groups

    @cached_property
    def by_key(self) -> dict[tuple[str, ...], list[Statistic]]:
        """The figures of each key, those of earlier years included."""
        groups: dict[tuple[str, ...], list[Statistic]] = {}
        for s in self.printed:
            groups.setdefault(s.key, []).append(s)
        return groups

    def choose(self, selectors: Iterable[str]) -> tuple[Statistic, ...]:
        """Return the statistics that selectors name, each once, in the selectors' order."""
        named = [s for one in selectors for s in select(self.by_measure.get(one.split("/")[0], ()), one)]
        return tuple({s.statistic_id: s for s in named}.values())

    def __repr__(self) -> str:
        figures = f"{len(self.statistics)} figures in {len(self.sections)} sections"
        audit = "" if not self.shared else AUDITS[self.disclosure.passed]
        return f"<Release {self.partnership.id} {self.year}, {self.kind}{audit}: {figures}>"
