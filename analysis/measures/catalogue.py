"""The catalogue: every measure by its record, the splits, terms and units that records use, and what sections show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from analysis.errors import DataError, unknown
from analysis.measures.checks import list_faults
from analysis.measures.codes import load_codes
from analysis.measures.completion import Codes, Table, complete
from analysis.measures.measure import POLARITIES, RELATION_KINDS, STANDARD_SOURCES, Measure
from analysis.measures.relations import FactRow, list_relations, parse
from analysis.measures.strict import fault, make, read_toml
from analysis.measures.terms import PROTECTS, Vocabulary, load_vocabulary
from analysis.measures.topics import Homes, SectionText, Topic, load_sections, load_topics
from analysis.settings import get_dictionary_root

DEFAULTS = "defaults"  # the table of a file for what its measures have in common


@dataclass(frozen=True)
class Catalogue:
    """Everything that is defined as data, read once. `own_facts` are those that hold for one partnership alone; `lists`
    are what its localities, teams, areas and agencies are called, None before the dictionary is read as one's own;
    `aliases` are its agencies' own headings of columns."""

    vocabulary: Vocabulary
    measures: Mapping[str, Measure]
    sections: Mapping[str, SectionText]
    topics: tuple[Topic, ...]
    own_facts: tuple[FactRow, ...] = ()
    lists: Mapping[str, tuple[str, ...]] | None = None
    aliases: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)

    @cached_property
    def facts(self) -> tuple[FactRow, ...]:
        """What ties the figures of its measures together."""
        return (*list_relations(self.measures), *self.own_facts)

    def name(self, selector: str) -> str:
        """Return how a figure like `contacts/outcome/early help` reads inside a sentence."""
        name, dimension, category = parse(selector)
        measure = self.measures[name]
        if not category:
            return measure.noun
        split = measure.by[dimension]
        return split.fill(measure.words(split, "noun"), category)


@cache
def get_catalogue() -> Catalogue:
    """Return the catalogue that ships, read once a process."""
    return load_catalogue(get_dictionary_root())


def load_catalogue(folder: Path) -> Catalogue:
    """Return the catalogue of a dictionary folder. Raises DataError naming the file and the entry at fault."""
    vocabulary, codes = load_vocabulary(folder), _label_codes(folder / "datasets" / "codes.toml")
    splits = read_toml(folder / "splits.toml") if (folder / "splits.toml").is_file() else {}
    measures: dict[str, Measure] = {}
    files: dict[str, Path] = {}
    homes = Homes(read_toml(folder / "topics.toml"))
    for path, name, record in _list_records(folder / "measures"):
        if name in measures:
            raise DataError(fault(path, f"measure {name!r} is defined twice"))
        if (topic := record.get("topic", "")) and topic not in homes.topics:
            raise DataError(fault(path, f"{name}: {unknown('topic', topic, homes.topics)}"))
        record = {"sections": homes.list_sections(name, topic), **record}
        files[name], measures[name] = path, _make_measure(path, name, record, splits, vocabulary, codes)
    for name, problem in list_faults(measures, splits):
        raise DataError(fault(files[name], f"{name}: {problem}"))
    sections, topics = load_sections(folder / "sections.toml"), load_topics(folder / "topics.toml", measures)
    return Catalogue(vocabulary, measures, sections, topics)


def _label_codes(path: Path) -> Codes:
    """Return the label of each code of each list; nothing where the folder defines no datasets."""
    lists = load_codes(path) if path.is_file() else {}
    return {name: {code.code: code.label for code in codes} for name, codes in lists.items()}


def _list_records(folder: Path) -> Iterator[tuple[Path, str, dict[str, Any]]]:
    """Give each record with its file and name, what its file's measures have in common added."""
    for path in sorted(folder.glob("*.toml")):
        tables = read_toml(path)
        common = tables.pop(DEFAULTS, {})
        for name, record in tables.items():
            yield path, name, {**common, **record}


def _make_measure(
    path: Path, name: str, record: Table, splits: Mapping[str, Table], vocabulary: Vocabulary, codes: Codes
) -> Measure:
    try:
        table = complete(name, record, splits, vocabulary, codes)
    except DataError as error:
        raise DataError(fault(path, str(error))) from error
    measure = make(Measure, table, path, name)
    for kind, value, allowed in (
        *(("term", measure.term, vocabulary.terms) for _ in [1] if measure.shown),
        ("polarity", measure.polarity, POLARITIES),
        ("protects", measure.protects, PROTECTS),
        *(("relation", relation.kind, RELATION_KINDS) for relation in measure.relations),
        *(("source of a standard", measure.standard.source, STANDARD_SOURCES) for _ in [1] if measure.standard),
    ):
        if value not in allowed:
            raise DataError(fault(path, f"{name}: {unknown(kind, value, allowed)}"))
    return measure
