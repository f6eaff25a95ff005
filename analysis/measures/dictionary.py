"""The dictionary: what every indicator means, how it reads, what each section shows and owes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from analysis.errors import DataError, unknown
from analysis.measures.strict import fault, make, read_rows, read_toml
from analysis.measures.terms import PROTECTS, Vocabulary, load_vocabulary

POLARITIES = ("higher_is_better", "lower_is_better", "none")
FACT_COLUMNS = ("fact", "kind", "role", "indicator", "dimension", "category")
FACT_KINDS = ("sum", "part", "within", "share", "numerator", "change")


@dataclass(frozen=True)
class Split:
    """An indicator split by one dimension: its categories in the order to show, and how they read."""

    dimension: str
    title: str
    noun: str = ""
    noun_one: str = ""
    share: str = ""
    categories: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    public_category: str = ""


@dataclass(frozen=True)
class Indicator:
    """One entry: definition of numerator and denominator, unit, polarity, protection, and its words.

    `comes_from` names the indicator out of whose events its own come, the stage before: its changes echo that one's.
    `comes_in` names the indicator of the events that hold several of its own (attendances in sessions).
    """

    id: str
    title: str
    term: str
    sections: tuple[str, ...]
    definition: str
    measure_types: tuple[str, ...]
    units: tuple[str, ...]
    polarity: str
    protects: str
    source: str
    noun: str
    noun_one: str
    definition_version: str
    interpretation: str
    numerator: str = ""
    denominator: str = ""
    decimals: int = 0
    sensitive: bool = False
    share: str = ""
    comes_from: str = ""
    comes_in: str = ""
    by: Mapping[str, Split] = field(default_factory=dict)


@dataclass(frozen=True)
class SectionText:
    """What a section tells, and what it owes its readers even where a return is missing."""

    id: str
    title: str
    about: str
    owes: tuple[Mapping, ...] = ()


@dataclass(frozen=True)
class ChartPlan:
    """A chart that a topic draws where two or more of its figures are there.

    `base` is for ratio plots alone: a population (children, adults), or a selector of the stage before.
    """

    id: str
    kind: str
    select: tuple[str, ...]
    title: str
    measure: str = "count"
    group: str = ""
    base: str = ""


@dataclass(frozen=True)
class Topic:
    """One topic of a section: what it is, why it matters, its figures, charts and caveats.

    `under` names the topic of the section after which it is shown, in the same cell of the notebook.
    """

    section: str
    id: str
    title: str
    what: str
    why: str
    headline: tuple[str, ...]
    statistics: tuple[str, ...]
    caveats: tuple[str, ...] = ()
    charts: tuple[ChartPlan, ...] = ()
    under: str = ""


@dataclass(frozen=True)
class FactRow:
    """One figure's part in a linear fact: the whole or a part of a sum, a containment or a share."""

    fact: str
    kind: str
    role: str
    indicator: str
    dimension: str
    category: str


@dataclass(frozen=True)
class Dictionary:
    """Everything that is defined as data, read once."""

    vocabulary: Vocabulary
    indicators: Mapping[str, Indicator]
    sections: Mapping[str, SectionText]
    topics: tuple[Topic, ...]
    facts: tuple[FactRow, ...]


def load_dictionary(folder: Path) -> Dictionary:
    """Return the dictionary of a folder. Raises DataError naming the file and the entry at fault."""
    vocabulary = load_vocabulary(folder)
    indicators: dict[str, Indicator] = {}
    agencies = _agencies(folder / "datasets" / "codes.toml")
    for path in sorted((folder / "indicators").glob("*.toml")):
        for name, table in read_toml(path).items():
            if name in indicators:
                raise DataError(fault(path, f"indicator {name!r} is defined twice"))
            indicators[name] = _indicator(name, table, path, vocabulary, agencies)
    for entry in indicators.values():
        for name in ("comes_from", "comes_in"):
            other = getattr(entry, name)
            if other and other not in indicators:
                raise DataError(f"{entry.id}: {name}: {unknown('indicator', other, indicators)}")
    return Dictionary(
        vocabulary,
        indicators,
        _sections(folder / "sections.toml"),
        _topics(folder, indicators),
        _facts(folder / "totals.csv", indicators),
    )


def _agencies(path: Path) -> dict[str, str]:
    """Return the words of each agency's code inside a sentence; none where the folder defines no datasets."""
    codes = read_toml(path)["agency"] if path.is_file() else {}
    names = {code: label if isinstance(label, str) else label[0] for code, label in codes.items()}
    return {code: name[:1].lower() + name[1:] for code, name in names.items()}


def _indicator(name: str, table: dict, path: Path, vocabulary: Vocabulary, agencies: Mapping[str, str]) -> Indicator:
    splits = {key: _split(name, key, split, path, agencies) for key, split in table.get("by", {}).items()}
    plain = {key: value for key, value in table.items() if key != "by"}
    entry = make(Indicator, plain, path, name, id=name, by=splits)
    for kind, value, allowed in (
        ("term", entry.term, vocabulary.terms),
        ("polarity", entry.polarity, POLARITIES),
        ("protects", entry.protects, PROTECTS),
        *(("unit", unit, vocabulary.units) for unit in entry.units),
    ):
        if value not in allowed:
            raise DataError(fault(path, f"{name}: {unknown(kind, value, allowed)}"))
    return entry


def _split(name: str, dimension: str, table: dict, path: Path, agencies: Mapping[str, str]) -> Split:
    """Return a split. Where its categories are those found, a code of an agency reads as the agency is called."""
    split = make(Split, table, path, f"{name}.by.{dimension}", dimension=dimension)
    return split if split.categories else replace(split, words={**agencies, **split.words})


def _sections(path: Path) -> dict[str, SectionText]:
    return {name: make(SectionText, table, path, name, id=name) for name, table in read_toml(path).items()}


def _topics(folder: Path, indicators: Mapping[str, Indicator]) -> tuple[Topic, ...]:
    """Return the topics of every topics*.toml, each followed by those that are under it."""
    topics = [
        _topic(table, path, indicators)
        for path in sorted(folder.glob("topics*.toml"))
        for table in read_toml(path).get("topic", [])
    ]
    heads = {(topic.section, topic.id): topic for topic in topics if not topic.under}
    lost = [topic for topic in topics if topic.under and (topic.section, topic.under) not in heads]
    if lost:
        allowed = [id for section, id in heads if section == lost[0].section]
        raise DataError(f"{lost[0].section}/{lost[0].id}: {unknown('under', lost[0].under, allowed)}")
    below = {key: [t for t in topics if (t.section, t.under) == key] for key in heads}
    return tuple(one for key, head in heads.items() for one in (head, *below[key]))


def _topic(table: dict, path: Path, indicators: Mapping[str, Indicator]) -> Topic:
    place = f"{table.get('section', '?')}/{table.get('id', '?')}"
    charts = tuple(make(ChartPlan, chart, path, place) for chart in table.get("charts", []))
    plain = {key: value for key, value in table.items() if key != "charts"}
    topic = make(Topic, plain, path, place, charts=charts)
    wanted = (*topic.headline, *topic.statistics, *(name for chart in charts for name in chart.select))
    for selector in wanted:
        if selector.split("/")[0] not in indicators:
            raise DataError(fault(path, f"{place}: {unknown('indicator', selector, indicators)}"))
    return topic


def _facts(path: Path, indicators: Mapping[str, Indicator]) -> tuple[FactRow, ...]:
    facts = tuple(make(FactRow, row, path, row["fact"]) for row in read_rows(path, FACT_COLUMNS))
    for row in facts:
        for kind, value, allowed in (
            ("indicator", row.indicator, indicators),
            ("kind", row.kind, FACT_KINDS),
            ("role", row.role, ("whole", "part")),
        ):
            if value not in allowed:
                raise DataError(fault(path, f"{row.fact}: {unknown(kind, value, allowed)}"))
    return facts
