"""The dictionary as one partnership's report reads it: the shared definitions, and what is true of that one alone."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from msgspec import structs

from analysis.errors import CommandError, DataError, unknown
from analysis.measures.catalogue import Catalogue, get_catalogue
from analysis.measures.measure import RELATION_KINDS, Measure, Split
from analysis.measures.periods import parse_year
from analysis.measures.relations import FactRow, name_parts, parse, state_fact
from analysis.measures.strict import fault
from analysis.measures.topics import Caveat, Topic
from analysis.partnership import IDENTIFIER, Partnership, Total

FILE = Path("partnership.toml")
DIGEST = re.compile(r"[0-9a-f]{64}")
TEMPLATE = "report_template.docx"
TEMPLATE_NEEDS = "the extra 'word-template': run pip install 'safeguarding-report[word-template]'"
ONCE = {"sections": ("id", "number", "title"), "agencies": ("code", "name"), "totals": ("fact",)}
NEEDED = {"events": "indicators", "totals": "parts"}  # lists that are nothing without an entry


def load_local(partnership: Partnership) -> Catalogue:
    """Return the dictionary as a partnership's report reads it. Raises DataError naming what is wrong in either."""
    return localise(get_catalogue(), partnership)


def localise(catalogue: Catalogue, partnership: Partnership) -> Catalogue:
    """Return the dictionary with the partnership's own categories, cautions and totals.

    Raises DataError for a measure, split or topic that the dictionary doesn't know.
    """
    for place, kind, name, allowed in _names(catalogue, partnership):
        if name not in allowed:
            raise DataError(fault(FILE, f"{place}: {unknown(kind, name, allowed)}"))
    if faults := list(_contradictions(partnership)):
        raise DataError([fault(FILE, message) for message in faults])
    own = {name: _with_categories(catalogue.measures[name], by) for name, by in partnership.categories.items()}
    measures = {**catalogue.measures, **own}
    return replace(
        catalogue,
        measures={name: _with_lists(measure, partnership.lists) for name, measure in measures.items()},
        lists={**partnership.lists, "agency": partnership.list_agencies(), "geography": partnership.list_areas()},
        topics=tuple(_with_cautions(topic, partnership) for topic in catalogue.topics),
        aliases=partnership.aliases,
        own_facts=tuple(row for total in partnership.totals for row in _rows(total)),
    )


def _contradictions(made: Partnership) -> Iterator[str]:
    """Give where the parts of a partnership's file contradict each other."""
    for kind, names in ONCE.items():
        for name in names:
            words = Counter(getattr(one, name).casefold() for one in getattr(made, kind))
            twice = (word for word, times in words.items() if times > 1)
            yield from (f"{kind}: {name} {one!r} stands twice; allowed: once" for one in twice)
    for kind, name in NEEDED.items():
        if not all(getattr(one, name) for one in getattr(made, kind)):
            yield f"{kind}: no {name}; allowed: one at least"
    for code in (agency.code for agency in made.agencies if not IDENTIFIER.fullmatch(agency.code)):
        yield f"agencies: code {code!r}; allowed: small letters, digits, - and _"
    for section in made.sections if made.agencies else ():
        if section.agency not in made.list_agencies():
            yield f"sections: {unknown('agency', section.agency, made.list_agencies())}"
    for number, one in enumerate(made.approved, start=1):
        if one.on > date.today():
            yield f"approved {number}: {one.on} lies ahead; allowed: a day up to today"
        if not all(map(DIGEST.fullmatch, one.texts)):
            yield f"approved {number}: a text is named otherwise; allowed: what `check` prints"
    if any(one.earlier == one.measure for one in made.breaks):
        yield "breaks: earlier is the measure itself; allowed: another measure, or no such line"
    if any(total.whole in total.parts for total in made.totals):
        yield "totals: a whole is among its own parts; allowed: other figures"
    if made.generator and not made.synthetic or made.synthetic and made.rebuilt:
        yield "generator, or rebuilt, against synthetic; allowed: a generator where it is true, and rebuilt not"
    for (year, one), (other, two) in combinations(sorted(made.years.items()), 2):
        if one.start <= two.end and two.start <= one.end:
            yield f"years: {year} overlaps {other}; allowed: each day in one year"
    for year, one in made.years.items():
        if not (one.start <= parse_year(year).end and parse_year(year).start <= one.end):
            yield f"years: {year} has no day of {parse_year(year).label}; allowed: some days of its own year"


def _names(catalogue: Catalogue, partnership: Partnership) -> Iterator[tuple[str, str, str, object]]:
    """Give every name that the partnership's file takes from the dictionary: where, of which kind, what is allowed."""
    indicators = catalogue.measures
    topics = [f"{topic.section}/{topic.id}" for topic in catalogue.topics]
    yield from (("events", "indicator", name, indicators) for event in partnership.events for name in event.indicators)
    for one in partnership.breaks:
        yield "breaks", "measure", one.measure, indicators
        yield "breaks", "measure", one.earlier or one.measure, indicators
    dismissed = (
        names for one in partnership.disclosure.get("dismissed", ()) for names in dict(one).get("measures", ())
    )
    yield from (("disclosure.dismissed", "measure", name, indicators) for name in dismissed)
    sections = (*catalogue.sections, *(section.id for section in partnership.sections))
    yield from (("agencies", "section", name, sections) for agency in partnership.agencies for name in agency.sections)
    yield from (("cautions", "topic", caution.topic, topics) for caution in partnership.cautions)
    for total in partnership.totals:
        yield "totals", "kind", total.kind, RELATION_KINDS
        for selector in (total.whole, *total.parts):
            yield from (("totals", *named) for named in name_parts(selector, indicators, partnership.categories))
    own_lists = {split.dimension for measure in indicators.values() for split in measure.by.values() if split.found}
    yield from (("lists", "list", name, sorted(own_lists | {"agency", "geography"})) for name in partnership.lists)
    for selector in partnership.headlines:
        yield from (("headlines", *named) for named in name_parts(selector, indicators, partnership.categories))
    for name, by in partnership.categories.items():
        yield "categories", "measure", name, indicators
        yield from (("categories", f"split of {name}", split, indicators[name].by) for split in by)


def _with_categories(entry: Measure, by: Mapping[str, Mapping[str, str]]) -> Measure:
    return structs.replace(entry, by={**entry.by, **{name: _add(entry.by[name], words) for name, words in by.items()}})


def _with_lists(entry: Measure, lists: Mapping[str, Sequence[str]]) -> Measure:
    """Return the measure with the partnership's lists as the categories of its splits that have those found."""
    by = {
        name: structs.replace(split, categories=tuple(dict.fromkeys((*split.categories, *lists[name]))))
        for name, split in entry.by.items()
        if split.found and name in lists
    }
    return structs.replace(entry, by={**entry.by, **by}) if by else entry


def _add(split: Split, words: Mapping[str, str]) -> Split:
    return structs.replace(split, categories=(*words, *split.categories), words={**split.words, **words})


def _with_cautions(topic: Topic, partnership: Partnership) -> Topic:
    id = f"{topic.section}/{topic.id}"
    return replace(topic, caveats=(*topic.caveats, *(Caveat(c.words) for c in partnership.cautions if c.topic == id)))


def _rows(total: Total) -> Iterator[FactRow]:
    return state_fact(total.fact, total.kind, [parse(total.whole)], [parse(part) for part in total.parts])


def find_template(folder: Path) -> Path | None:
    """Return the template in a partnership's folder, None where it has none. Raises CommandError without docxtpl."""
    path = folder / TEMPLATE
    if not path.is_file():
        return None
    load_docxtpl()
    return path


def load_docxtpl() -> Any:
    """Return docxtpl. Raises CommandError, saying how to get it, where it isn't installed."""
    try:
        import docxtpl
    except ImportError as error:
        raise CommandError(f"a {TEMPLATE} needs {TEMPLATE_NEEDS}") from error
    return docxtpl
