"""What scrutiny committees ask of a report like this, and where it answers: `data/dictionary/questions.csv`."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct, convert
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

COLUMNS = ("id", "source", "line", "kind", "features", "question", "status", "answers", "note", "returns")
LISTS = ("features", "answers", "returns")
STATUSES = ("full", "partly", "none")
PAGE = ".html"
MOST_AGENCIES = 3
ROWS = {"priorities": Priority, "recommendations": Recommendation, "sign_off": SignOff, "addendum": Entry}


class Question(Struct, frozen=True, forbid_unknown_fields=True):
    """One point that a committee raised, in our own words.

    `status` says how far a report answers it whose returns have all come; `answers` are selectors of figures and links
    to pages, `returns` the datasets that it needs, and in a release the words for them and who returns them.
    """

    id: str
    source: str
    line: str
    kind: str
    features: tuple[str, ...]
    question: str
    status: str
    answers: tuple[str, ...] = ()
    note: str = ""
    returns: tuple[str, ...] = ()


class AnswerPage(Struct, frozen=True, forbid_unknown_fields=True):
    """A page, or a part of one, that answers: its words, the part of the release without which it is empty, and the
    file of the year's folder that gives this. Where its rows answer, each for itself, `tells` are the words for one."""

    words: str
    holds: str = ""
    file: str = ""
    tells: Mapping[str, str] = {}


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
    no return gave a measure, and the points."""

    sources: Mapping[str, str] = {}
    kinds: Mapping[str, str] = {}
    features: Mapping[str, str] = {}
    pages: Mapping[str, AnswerPage] = {}
    themes: Mapping[str, Theme] = {}
    official: Mapping[str, str] = {}
    own: tuple[str, ...] = ()
    points: tuple[Question, ...] = ()


def load_questions(folder: Path, catalogue: Catalogue) -> Questions:
    """Return the register of a dictionary's folder.

    Raises DataError for a word that isn't known, and for a status that its answers don't bear out.
    """
    path = folder / "questions.csv"
    about = make(Questions, read_toml(folder / "questions.toml"), folder / "questions.toml", "questions", points=())
    points = tuple(map(_read, read_rows(path, COLUMNS)))
    _check(points, about, catalogue, path)
    _check_figures(about, catalogue, folder / "questions.toml")
    return replace(about, points=points)


def _read(row: Mapping[str, str]) -> Question:
    lists = {name: tuple(filter(None, row[name].split(";"))) for name in LISTS}
    return convert({**row, **lists}, Question)


def _check(points: Sequence[Question], about: Questions, catalogue: Catalogue, path: Path) -> None:
    ids = [point.id for point in points]
    links = [read_link(name) for point in points for name in point.answers if PAGE in name]
    shared = {link for link in links if not link.field and links.count(link) > 1}
    for number, point in enumerate(points, start=2):
        words = [
            ("source", point.source, about.sources),
            ("kind", point.kind, about.kinds),
            ("status", point.status, STATUSES),
            *(("feature", name, about.features) for name in point.features),
            *_list_words(point, about),
            *(("dataset", name, load_contracts()) for name in point.returns),
            *(("measure", name.split("/")[0], catalogue.measures) for name in list_selectors(point)),
        ]
        faults = [unknown(what, word, known) for what, word, known in words if word not in known]
        faults += ["its id stands twice"] if ids.count(point.id) > 1 else []
        faults += ["no feature"] if not point.features else []
        faults += [
            f"{name} sums up, and answers another point too; name the rows that answer this one"
            for name in point.answers
            if PAGE in name and read_link(name) in shared
        ]
        faults += _judge(point)
        if faults:
            raise DataError(fault(path, f"row {number}, {point.id}: {faults[0]}"))


def _list_words(point: Question, about: Questions) -> Iterator[tuple[str, str, Collection[str]]]:
    """Give the page, the field and the words that each answer on a page names, with those that are known."""
    for link in (read_link(name) for name in point.answers if PAGE in name):
        yield "page", link.page, about.pages
        page = about.pages.get(link.page, AnswerPage(""))
        known = ROWS[page.holds].__struct_fields__ if page.tells else ()
        yield from (("field", link.field, known) for _ in [0] if link.field)
        yield from (("words", link.told, page.tells) for _ in [0] if link.told or page.tells)


def _check_figures(about: Questions, catalogue: Catalogue, path: Path) -> None:
    named = [(f"theme {id}", name.split("/")[0]) for id, theme in about.themes.items() for name in theme.figures]
    comparators = load_definitions().comparators
    checked = [(place, "measure", name, catalogue.measures) for place, name in named]
    checked += [("official", "measure", name, catalogue.measures) for name in about.official]
    checked += [("official", "comparator", name, comparators) for name in about.official.values()]
    if odd := next((f"{place}: {unknown(*rest)}" for place, *rest in checked if rest[1] not in rest[2]), ""):
        raise DataError(fault(path, odd))


def _judge(point: Question) -> list[str]:
    """Return what of a point's status its answers and returns don't bear out."""
    if point.status == "none":
        return ["it has an answer; allowed: status partly or full"] if point.answers else _need_returns(point)
    if not point.answers:
        return [f"status {point.status} without an answer; allowed: none"]
    return _need_returns(point) if point.status == "partly" else []


def _need_returns(point: Question) -> list[str]:
    return [] if point.returns else [f"status {point.status} without the return that would be needed"]


def list_selectors(point: Any) -> list[str]:
    """Return the selectors of figures among the answers to a point or a duty."""
    return [name for name in point.answers if PAGE not in name]


def check_committees(partnership: Partnership, register: Questions) -> None:
    """Raise DataError where a partnership names committees that the register doesn't have."""
    for name in partnership.committees:
        if name not in register.sources:
            said = f"committees: {unknown('committee', name, register.sources)}"
            raise DataError(fault(Path("partnership.toml"), said))


def tell_questions(
    register: Questions, partnership: Partnership, entries: Sequence[ReturnEntry], catalogue: Catalogue
) -> Questions:
    """Return the register as one report tells it: its own committees' points first, and who would return what.

    Raises DataError where the partnership names committees that the register doesn't have.
    """
    check_committees(partnership, register)
    order = [*partnership.committees, *(name for name in register.sources if name not in partnership.committees)]
    points = sorted(register.points, key=lambda point: order.index(point.source))
    told = tuple(replace(point, returns=_tell_returns(point, partnership, entries, catalogue)) for point in points)
    sources = {name: register.sources[name] for name in order}
    themes = {id: _name_figures(theme, catalogue) for id, theme in register.themes.items()}
    return replace(register, sources=sources, themes=themes, own=partnership.committees, points=told)


def _name_figures(theme: Theme, catalogue: Catalogue) -> Theme:
    return replace(theme, titles=tuple(catalogue.measures[name.split("/")[0]].title for name in theme.figures))


def _tell_returns(
    point: Question, partnership: Partnership, entries: Sequence[ReturnEntry], catalogue: Catalogue
) -> tuple[str, ...]:
    """Return the words for each dataset that a point needs, and for figures that an agency counts itself."""
    measures = [name.split("/")[0] for name in list_selectors(point)]
    needed = dict.fromkeys([*(dataset for name in measures for dataset in _datasets_of(name)), *point.returns])
    told = [_say_dataset(load_contracts()[name], partnership, entries) for name in needed]
    own = [catalogue.measures[name] for name in measures if not _datasets_of(name)]
    return (*told, *dict.fromkeys(f"{measure.title}, counted by its agency" for measure in own))


def _datasets_of(measure: str) -> list[str]:
    """Return the datasets that a measure is counted from."""
    needs = get_definitions()[measure].needs if measure in get_definitions() else ()
    return list(dict.fromkeys(need.partition(".")[0] for need in needs))


def _say_dataset(contract: Contract, partnership: Partnership, entries: Iterable[ReturnEntry]) -> str:
    names = {agency.code: agency.name for agency in partnership.agencies}
    asked = [entry.agency for entry in entries if contract.id in entry.datasets]
    asked = asked or [names.get(code, list_agencies().get(code, "every agency")) for code in contract.agencies]
    who = list(dict.fromkeys(asked))
    more = " and others" if len(who) > MOST_AGENCIES else ""
    return f"{contract.title} ({contract.id}) from {', '.join(who[:MOST_AGENCIES])}{more}"
