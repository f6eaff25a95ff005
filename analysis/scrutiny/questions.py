"""What scrutiny committees ask of a report like this (`data/dictionary/questions.csv`), and clause by clause where it
answers, or which field it lacks (`clauses.csv`)."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from analysis.counting.definitions import get_definitions
from analysis.errors import DataError, unknown
from analysis.measures.catalogue import Catalogue
from analysis.measures.strict import fault, make, read_rows, read_toml
from analysis.official.definitions import load_definitions
from analysis.partnership import Partnership
from analysis.returns.contracts import Contract, list_agencies, load_contracts
from analysis.returns.register import ReturnEntry
from analysis.scrutiny.addendum import Entry
from analysis.scrutiny.priorities import Priority
from analysis.scrutiny.recommendations import Recommendation
from analysis.scrutiny.sign_off import SignOff

COLUMNS = ("id", "source", "line", "kind", "features", "question", "note")
NOTE = "note"  # the register's own words for a term are the answer
REPLY = "reply"  # what the partnership replied in words; without one, the clause lacks its field
CLAUSES = ("point", "asked", "rule", "answers", "blank")
RULES = (
    "all", "any", "figure", "change", "below", "apart", "follows",
    "state", "tests", "steps", "has", "held", "words", REPLY, NOTE,
)  # fmt: skip
PAGE, KINDS = ".html", ("measure", "comparator")
MOST_AGENCIES = 3
ROWS = {"priorities": Priority, "recommendations": Recommendation, "sign_off": SignOff, "addendum": Entry}


class Clause(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that a point asks (`asked`, empty where it asks one thing alone).

    `answers` are selectors of figures and links to pages: the first answers directly, by `rule`, the others stand below
    it. `blank` is the field that it lacks ("D17.hub: which schools are hubs (name, an episode)"), in a release its
    words and who would return it; with answers too, these stand in for it, unless they are a reply."""

    point: str
    asked: str
    rule: str = ""
    answers: tuple[str, ...] = ()
    blank: str = ""


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """One point that a committee raised, in our own words, and each clause of it."""

    id: str
    source: str
    line: str
    kind: str
    features: tuple[str, ...]
    question: str
    note: str = ""
    clauses: tuple[Clause, ...] = ()

    @property
    def answers(self) -> tuple[str, ...]:
        """The answers to all its clauses, each once."""
        return tuple(dict.fromkeys(name for one in self.clauses for name in one.answers))

    @property
    def status(self) -> str:
        """How far a report answers it whose returns have all come: `none` of its clauses, `full`, or `partly`."""
        if not self.answers:
            return "none"
        return "partly" if any(one.blank and one.rule != REPLY for one in self.clauses) else "full"


class AnswerPage(Struct, frozen=True, forbid_unknown_fields=True):
    """A page, or a part of one, that answers: its words, its direct answer (`lead`), the part of the release without
    which it is empty, and the file of the year's folder that gives this. Where its rows answer, each for itself,
    `tells` are the words for one."""

    words: str
    holds: str = ""
    file: str = ""
    tells: Mapping[str, str] = {}
    lead: str = ""


class Link(NamedTuple):
    """An answer on a page (`follow_up.html#recommendations/source/review:state`): the rows of it whose field is a value
    (every one where no field is named), in the words that `told` names; without them, the part of the page."""

    page: str
    field: str
    value: str
    told: str


def read_link(name: str) -> Link:
    """Return what the name of an answer on a page says."""
    picked, _, told = name.partition(":")
    page, _, rest = picked.partition("/")
    field, _, value = rest.partition("/")
    return Link(page, field, value, told)


def pick_rows(link: Link, rows: Iterable[Any]) -> list[Any]:
    """Return the rows that a link names; one that holds several values by semicolons is named by each."""
    return [one for one in rows if not link.field or link.value in str(getattr(one, link.field)).split(";")]


class Theme(Struct, frozen=True, forbid_unknown_fields=True):
    """What an inspection may ask about: its title, and selectors of the figures that bear on it; in a release `titles`
    are the words for them, those of figures that no return gave too."""

    title: str
    figures: tuple[str, ...]
    titles: tuple[str, ...] = ()


class Questions(Struct, frozen=True, forbid_unknown_fields=True):
    """The register: where its points come from (`own` are the partnership's own committees), the features that they
    come down to, the themes of an inspection with the figures that bear on each, the official figure that answers where
    no return gave a measure, in a release who would return each measure (`senders`), and the points."""

    sources: Mapping[str, str] = {}
    kinds: Mapping[str, str] = {}
    features: Mapping[str, str] = {}
    pages: Mapping[str, AnswerPage] = {}
    themes: Mapping[str, Theme] = {}
    official: Mapping[str, str] = {}
    own: tuple[str, ...] = ()
    senders: Mapping[str, tuple[str, ...]] = {}
    points: tuple[Question, ...] = ()


def load_questions(folder: Path, catalogue: Catalogue) -> Questions:
    """Return the register of a dictionary's folder. Raises DataError for a word that isn't known, and for a clause
    that has neither an answer nor a blank."""
    path, parts, about = folder / "questions.csv", folder / "clauses.csv", load_sources(folder)
    rows = read_rows(parts, CLAUSES)
    clauses = [Clause(**{**row, "answers": tuple(filter(None, row["answers"].split(";")))}) for row in rows]
    points = tuple(_read(row, clauses) for row in read_rows(path, COLUMNS))
    _check_clauses(clauses, [point.id for point in points], about, catalogue, parts)
    _check(points, about, path)
    _check_figures(about, catalogue, folder / "questions.toml")
    return replace(about, points=points)


def load_sources(folder: Path) -> Questions:
    """Return what a dictionary's folder says of the register, without its points."""
    path = folder / "questions.toml"
    return make(Questions, read_toml(path), path, "questions", points=())


def _read(row: Mapping[str, str], clauses: Iterable[Clause]) -> Question:
    features = tuple(filter(None, row["features"].split(";")))
    return Question(**{**row, "features": features}, clauses=tuple(one for one in clauses if one.point == row["id"]))


def _check(points: Sequence[Question], about: Questions, path: Path) -> None:
    ids = [point.id for point in points]
    for number, point in enumerate(points, start=2):
        words = [
            ("source", point.source, about.sources),
            ("kind", point.kind, about.kinds),
            *(("feature", name, about.features) for name in point.features),
        ]
        faults = [unknown(what, word, known) for what, word, known in words if word not in known]
        faults += ["its id stands twice"] if ids.count(point.id) > 1 else []
        faults += ["no feature"] if not point.features else []
        faults += ["no clause of it stands in clauses.csv"] if not point.clauses else []
        if faults:
            raise DataError(fault(path, f"row {number}, {point.id}: {faults[0]}"))


def _check_clauses(
    clauses: Sequence[Clause], points: Collection[str], about: Questions, catalogue: Catalogue, path: Path
) -> None:
    links = [read_link(name) for one in clauses for name in one.answers if PAGE in name]
    shared = {link for link in links if not link.field and links.count(link) > 1}
    asked = Counter(one.point for one in clauses)
    for number, one in enumerate(clauses, start=2):
        words = [
            ("point", one.point, points),
            *(("rule", one.rule.partition(".")[0], RULES) for _ in [0] if one.answers),
            *_list_words(one, about),
            *(("dataset", _split_need(one.blank)[0], load_contracts()) for _ in [0] if one.blank),
            *(("measure", name.split("/")[0], catalogue.measures) for name in list_selectors(one)),
        ]
        faults = [unknown(what, word, known) for what, word, known in words if word not in known]
        held = one.answers or one.blank or one.rule == NOTE
        faults += ["neither an answer nor a blank; allowed: one of them"] if not held else []
        faults += ["a rule without an answer"] if one.rule not in ("", NOTE) and not one.answers else []
        faults += [
            f"{name} sums up, and is all that answers this point and another; name the rows that answer this one"
            for name in one.answers
            if PAGE in name and read_link(name) in shared and asked[one.point] == 1
        ]
        if one.blank and "" in _split_need(one.blank):
            faults.append("the field that it lacks isn't told; allowed: like D17.hub: which schools are hubs (name)")
        if faults:
            raise DataError(fault(path, f"row {number}, {one.point}: {faults[0]}"))


def _list_words(one: Clause, about: Questions) -> Iterator[tuple[str, str, Collection[str]]]:
    """Give the page, the field and the words that each answer on a page names, with those that are known."""
    for link in (read_link(name) for name in one.answers if PAGE in name):
        yield "page", link.page, about.pages
        page = about.pages.get(link.page, AnswerPage(""))
        known = ROWS[page.holds].__struct_fields__ if page.tells else ()
        yield from (("field", link.field, known) for _ in [0] if link.field)
        yield from (("words", link.told, page.tells) for _ in [0] if link.told or page.tells)


def _check_figures(about: Questions, catalogue: Catalogue, path: Path) -> None:
    known = dict(zip(KINDS, (catalogue.measures, load_definitions().comparators), strict=True))
    named = [(id, KINDS[0], name.split("/")[0]) for id, theme in about.themes.items() for name in theme.figures]
    named += [("official", *one) for pair in about.official.items() for one in zip(KINDS, pair, strict=True)]
    for place, kind, name in named:
        if name not in known[kind]:
            raise DataError(fault(path, f"{place}: {unknown(kind, name, known[kind])}"))


def _split_need(need: str) -> tuple[str, str, str]:
    """Return the dataset (or file), the field and what it would tell, of what a point needs."""
    name, _, told = need.partition(": ")
    dataset, _, field = name.rpartition(".")
    return dataset, field, told


def list_selectors(point: Any) -> list[str]:
    """Return the selectors of figures among the answers to a point or a duty."""
    return [name for name in point.answers if PAGE not in name]


def check_committees(partnership: Partnership, sources: Collection[str]) -> None:
    """Raise DataError where a partnership names committees that the register's sources don't have."""
    for name in partnership.committees:
        if name not in sources:
            raise DataError(fault(Path("partnership.toml"), f"committees: {unknown('committee', name, sources)}"))


def tell_questions(
    register: Questions, partnership: Partnership, entries: Sequence[ReturnEntry], catalogue: Catalogue
) -> Questions:
    """Return the register as one report tells it: its own committees' points first, and who would return what.

    Raises DataError where the partnership names committees that the register doesn't have.
    """
    check_committees(partnership, register.sources)
    order = [*partnership.committees, *(name for name in register.sources if name not in partnership.committees)]
    points = sorted(register.points, key=lambda point: order.index(point.source))
    told = tuple(
        replace(point, clauses=tuple(_tell_blank(one, partnership, entries) for one in point.clauses))
        for point in points
    )
    sources = {name: register.sources[name] for name in order}
    themes = {id: _name_figures(theme, catalogue) for id, theme in register.themes.items()}
    senders = name_senders(register, partnership, entries, catalogue)
    own = partnership.committees
    return replace(register, sources=sources, themes=themes, own=own, senders=senders, points=told)


def _name_figures(theme: Theme, catalogue: Catalogue) -> Theme:
    return replace(theme, titles=tuple(catalogue.measures[name.split("/")[0]].title for name in theme.figures))


def name_senders(
    register: Questions, partnership: Partnership, entries: Sequence[ReturnEntry], catalogue: Catalogue
) -> dict[str, tuple[str, ...]]:
    """Return the title of each measure that answers a point, then who would return it, and in which dataset."""
    named = dict.fromkeys(name.split("/")[0] for point in register.points for name in list_selectors(point))
    needs = {name: get_definitions()[name].needs if name in get_definitions() else () for name in named}
    senders = {}
    for name, tables in needs.items():
        datasets = dict.fromkeys(table.partition(".")[0] for table in tables)
        said = [_say_dataset(load_contracts()[one], partnership, entries) for one in datasets]
        senders[name] = (catalogue.measures[name].title, *(said or ["counts of its agency"]))
    return senders


def _tell_blank(one: Clause, partnership: Partnership, entries: Sequence[ReturnEntry]) -> Clause:
    """Return a clause with what it lacks in words: what that would tell, the field, and whose return would hold it."""
    if not one.blank:
        return one
    dataset, field, told = _split_need(one.blank)
    contract = load_contracts()[dataset]
    asked = any(field == column.name for table in contract.tables for column in table.columns)
    known = " (which no figure counts yet)" if asked else ""
    return replace(one, blank=f"{told}: field “{field}”{known} of {_say_dataset(contract, partnership, entries)}")


def _say_dataset(contract: Contract, partnership: Partnership, entries: Iterable[ReturnEntry]) -> str:
    names = {agency.code: agency.name for agency in partnership.agencies}
    asked = [entry.agency for entry in entries if contract.id in entry.datasets]
    asked = asked or [names.get(code, list_agencies().get(code, "every agency")) for code in contract.agencies]
    who = list(dict.fromkeys(asked))
    more = " and others" if len(who) > MOST_AGENCIES else ""
    return f"{contract.title} ({contract.id}) from {', '.join(who[:MOST_AGENCIES])}{more}"
