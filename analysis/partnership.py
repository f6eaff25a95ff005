"""A partnership's configuration: `data/<partnership>/partnership.toml`."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from analysis.errors import CommandError, DataError, unknown
from analysis.measures.periods import Period, is_year, parse_year
from analysis.measures.strict import fault, list_odd_values, make, read_toml

CATEGORIES = 'a table [categories.measure.split] of lines "category" = "its words"'
ALIASES = 'a table [aliases.dataset.table] of lines "heading" = "column"'
IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True)
class Section:
    """One section of this partnership's report: its notebook, its number and title here, who returns it."""

    id: str
    number: str
    title: str
    agency: str


@dataclass(frozen=True)
class Agency:
    """An agency that returns figures, and the sections that they feed."""

    code: str
    name: str
    sections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Event:
    """Something that happened and that charts of these indicators mark; `rebase` begins new control limits there."""

    date: date
    what: str
    indicators: tuple[str, ...]
    rebase: bool = False


@dataclass(frozen=True)
class Break:
    """Where a measure stops being comparable with its own past: figures that reach `since` or later are of the new
    series. `earlier` names the measure that came before it, where it had another name."""

    measure: str
    since: date
    reason: str
    earlier: str = ""

    def parts(self, now: Period, before: Period) -> bool:
        """Whether the break lies between two periods; one without dates is of the latest series."""
        first = before.start or before.end
        return first is not None and first < self.since and (now.end is None or now.end >= self.since)


@dataclass(frozen=True)
class Caution:
    """What readers of a topic (`section/topic`) must know that holds for this partnership alone."""

    topic: str
    words: str

    @property
    def section(self) -> str:
        """The section of its topic."""
        return self.topic.partition("/")[0]


@dataclass(frozen=True)
class Total:
    """Figures of this partnership that are tied: `parts` are of `whole`, all named `measure/dimension/category`."""

    fact: str
    kind: str
    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Approval:
    """Words that a named person lets a shared report say: the SHA-256 of each text (`hash_text`), and when."""

    by: str
    on: date
    texts: tuple[str, ...]


def hash_text(text: str) -> str:
    """Return what an approval names a text by: the SHA-256 of its very letters."""
    return sha256(text.encode()).hexdigest()


def ask_for_approval(text: str) -> str:
    """Return what to write into partnership.toml so that a shared report may say a text."""
    return f'"{hash_text(text)}" in the texts of an [[approved]], with by and on'


Categories = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True)
class Partnership:
    """Whose report it is. `disclosure` is the policy's table as it stands in the file; `generator` names the
    program that makes a synthetic partnership's records; `headlines` select the key
    figures of index and summary. `categories` are those that only this partnership has: by measure and dimension,
    each with its words; `lists` are what its localities, teams and the like are called, by dimension; `called` is how
    an agency or an area that returns call otherwise reads in a sentence; `committees` are those of the register of
    questions that are its own; `aliases` are its agencies' own headings of columns, by dataset and table."""

    id: str
    name: str
    area_code: str
    geography: str
    sections: tuple[Section, ...]
    agencies: tuple[Agency, ...] = ()
    region: str = ""
    region_code: str = ""
    rebuilt: bool = False
    synthetic: bool = False
    generator: str = ""
    credit: str = ""
    headlines: tuple[str, ...] = ()
    committees: tuple[str, ...] = ()
    disclosure: Mapping = field(default_factory=dict)
    years: Mapping[str, Period] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    breaks: tuple[Break, ...] = ()
    cautions: tuple[Caution, ...] = ()
    totals: tuple[Total, ...] = ()
    categories: Categories = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    aliases: Categories = field(default_factory=dict)
    approved: tuple[Approval, ...] = ()

    def has_approved(self, text: str) -> bool:
        """Whether a named person approved this very text; nothing needs no approval."""
        return not text or hash_text(text) in self.approved_texts

    @cached_property
    def approved_texts(self) -> frozenset[str]:
        """The hashes of every approved text."""
        return frozenset(text for approval in self.approved for text in approval.texts)

    @property
    def words(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """What its own file says in words: the name of its place, the text, and the measures or the section that it is
        about. Events, breaks, cautions, waivers."""
        waivers = self.disclosure.get("waivers", ())
        return [
            *((f"event of {event.date}", event.what, event.indicators) for event in self.events),
            *((f"reason for the break of {one.measure}", one.reason, (one.measure,)) for one in self.breaks),
            *((f"caution for {one.topic}", one.words, (one.section,)) for one in self.cautions),
            *((f"reason for the waiver of {one['cells']}", one["reason"], ()) for one in waivers),
            *((f"name of who signed the waiver of {one['cells']}", one["by"], ()) for one in waivers),
        ]

    def list_agencies(self) -> tuple[str, ...]:
        """Return the names that agencies are called by in its returns: its agencies', and those of earlier years."""
        return (*(agency.name for agency in self.agencies), *self.lists.get("agency", ()))

    def list_areas(self) -> tuple[str, ...]:
        """Return the names that areas are called by in its returns."""
        return (self.geography, self.region, "England", "", "unclear", *self.lists.get("geography", ()))

    def period_of(self, year: str) -> Period:
        """Return the report's own period: the financial year, unless the partnership declares another."""
        financial_year = parse_year(year)
        return self.years.get(year, financial_year)

    def section(self, id: str) -> Section:
        """Return one section. Raises CommandError for one that this report doesn't have."""
        found = {section.id: section for section in self.sections}
        if id not in found:
            raise CommandError(unknown("section", id, found))
        return found[id]

    def fed_by(self, agency: Agency) -> tuple[str, ...]:
        """Return the sections of this report that an agency feeds: its list may name those of the report before."""
        known = {section.id for section in self.sections}
        return tuple(section for section in agency.sections if section in known)

    def home_of(self, sections: Iterable[str]) -> str:
        """Return the first of a measure's sections that this report has; empty where it has none."""
        known = {section.id for section in self.sections}
        return next((section for section in sections if section in known), "")


def list_partnerships(data_root: Path) -> list[str]:
    """Return the ids of the partnerships that have a configuration."""
    return sorted(path.parent.name for path in data_root.glob("*/partnership.toml"))


def load_partnership(id: str, data_root: Path) -> Partnership:
    """Return a partnership's configuration.

    Raises CommandError for an unknown partnership, DataError for a fault in its file.
    """
    known = list_partnerships(data_root)
    if not IDENTIFIER.fullmatch(str(id)) or id not in known:
        raise CommandError(unknown("partnership", id, known))
    path = data_root / id / "partnership.toml"
    table = read_toml(path)
    given = dict(table)
    lists = {
        "sections": _many(Section, table.pop("sections", []), path, "sections"),
        "agencies": _many(Agency, table.pop("agencies", []), path, "agencies"),
        "events": _many(Event, table.pop("events", []), path, "events"),
        "breaks": _many(Break, table.pop("breaks", []), path, "breaks"),
        "cautions": _many(Caution, table.pop("cautions", []), path, "cautions"),
        "totals": _many(Total, table.pop("totals", []), path, "totals"),
        "categories": _two_levels(table.pop("categories", {}), path, "categories", CATEGORIES),
        "aliases": _two_levels(table.pop("aliases", {}), path, "aliases", ALIASES),
        "approved": _many(Approval, table.pop("approved", []), path, "approved"),
        "years": _years(table.pop("years", {}), path),
    }
    if faults := list(list_odd_values(given)):
        raise DataError([fault(path, message) for message in faults])
    return make(Partnership, table, path, "partnership", id=id, **lists)


def _many(kind: type, tables: Any, path: Path, place: str) -> tuple:
    if not (isinstance(tables, list) and all(isinstance(table, Mapping) for table in tables)):
        raise DataError(fault(path, f"{place}: is no list of tables; allowed: [[{place}]] before each"))
    return tuple(make(kind, table, path, f"{place} {number}") for number, table in enumerate(tables, start=1))


def _two_levels(tables: Any, path: Path, place: str, allowed: str) -> Categories:
    for one, parts in (tables if isinstance(tables, Mapping) else {"": tables}).items():
        for part, words in parts.items() if isinstance(parts, Mapping) else [("", None)]:
            if not (isinstance(words, Mapping) and all(isinstance(text, str) for text in words.values())):
                raise DataError(fault(path, f"{place}: {one}.{part} is no table; allowed: {allowed}"))
    return tables


def _years(tables: Any, path: Path) -> dict[str, Period]:
    named = tables if isinstance(tables, Mapping) else {"": tables}
    if odd := next((repr(year) for year, one in named.items() if not (is_year(year) and isinstance(one, Mapping))), ""):
        raise DataError(fault(path, f"years: {odd} is no year; allowed: a table for each, with a name like 2023-24"))
    try:
        found = {year: make(Period, {"basis": "other", **one}, path, f"years {year}") for year, one in named.items()}
    except (ValueError, TypeError) as error:
        raise DataError(fault(path, f"years: {error}; a year needs start and end")) from error
    if short := next((year for year, one in found.items() if not (one.start and one.end)), ""):
        raise DataError(fault(path, f"years: {short} isn't whole; a year needs start and end"))
    return found
