"""What an analyst asks for by name, with defaults for whose, which year and which release: `import analysis as sg`."""

from inspect import getdoc
from pathlib import Path
from typing import Any

from analysis.counting.count import DEFINITIONS
from analysis.counting.definition import describe
from analysis.errors import CommandError, DataError, Problem, unknown
from analysis.measures.catalogue import get_catalogue
from analysis.measures.describing import POLARITY, describe_standard, name_sides
from analysis.measures.measure import Measure, Split
from analysis.partnership import list_partnerships, load_partnership
from analysis.report import opened
from analysis.report.behind import list_rows, read_years
from analysis.report.blocks import Block, render
from analysis.report.figure import name_chart, show_drawings
from analysis.report.frames import Frame, InternalFrame, make_frame
from analysis.report.opened import OpenRelease
from analysis.report.section import Section
from analysis.returns.contracts import load_contracts
from analysis.returns.register import list_years
from analysis.settings import (
    RELEASES,
    get_data_root,
    get_default,
    get_published_root,
    get_release_folder,
)

MOST_OF_TITLE = 60  # letters of it that name a chart's files
VERDICT = ("text", "verdict", "statistic_id", "expected", "reason", "sentence")
READY_MADE = {True: "returned ready made", False: "nothing: the base of others, which no report gives a figure of"}


def open_release(partnership: str = "", year: str = "", release: str = "") -> OpenRelease:
    """Return a release: whose, which year, shared or internal; what isn't said is the default.

    Raises CommandError naming the nearest for an unknown name.
    """
    return opened.open_release(*_named(partnership, year), release or get_default("release"))


def open_section(id: str, partnership: str = "", year: str = "", release: str = "") -> Section:
    """Return one section of a release, as its notebook shows it. Raises CommandError naming the nearest."""
    return open_release(partnership, year, release).section(id)


def sections(partnership: str = "") -> Frame:
    """Return the sections of a partnership's report, in order: id, number, title, whose returns they tell of."""
    home = load_partnership(partnership or get_default("partnership"), get_data_root())
    rows = [{"id": one.id, "number": one.number, "title": one.title, "agency": one.agency} for one in home.sections]
    return make_frame(rows, "").set_index("id")


def releases() -> Frame:
    """Return the releases that were built: a row a partnership, year and kind."""
    rows = [
        {"partnership": name, "year": year, "kind": kind, "page": str(folder / "index.html")}
        for name in list_partnerships(get_data_root())
        for year in list_years(get_data_root() / name)
        for kind in RELEASES
        if (folder := get_release_folder(name, year, kind)).is_dir()
    ]
    return make_frame(rows, "", ("partnership", "year", "kind", "page"))


def partnerships() -> Frame:
    """Return the partnerships that there are: name, area, the years held, whether they are synthetic."""
    root = get_data_root()
    rows = [
        {"partnership": id, "name": one.name, "area": one.geography, "synthetic": one.synthetic}
        | {"years": ", ".join(list_years(root / id))}
        for id in list_partnerships(root)
        for one in [load_partnership(id, root)]
    ]
    return make_frame(rows, "").set_index("partnership")


def find_measures(words: str = "") -> Frame:
    """Return the measures that reports have figures of, those whose name, title or definition has the words."""
    rows = [
        {"measure": m.id, "title": m.title, "section": m.sections[0], "unit": m.unit, "splits": ", ".join(m.by)}
        for m in get_catalogue().measures.values()
        if m.shown and all(word in f"{m.id} {m.title} {_define(m)}".lower() for word in words.lower().split())
    ]
    return make_frame(rows, "", ("measure", "title", "section", "unit", "splits")).set_index("measure")


def measure(name: str) -> "MeasureCard":
    """Return what is known of a measure. Raises CommandError naming the nearest."""
    known = get_catalogue().measures
    if name not in known:
        raise CommandError(unknown("measure", name, known))
    return MeasureCard(known[name])


class MeasureCard:
    """What is known of one measure, to be read; `record` holds it."""

    def __init__(self, record: Measure):
        """Take a record of the catalogue."""
        self.record = record

    @property
    def facts(self) -> dict[str, str]:
        """What a reader asks of it, in words; what doesn't apply isn't there."""
        m, catalogue = self.record, get_catalogue()
        term, counted = catalogue.vocabulary.terms.get(m.term), DEFINITIONS.get(m.id)
        part, base = name_sides(m, catalogue)
        facts = {
            "Definition": _define(m),
            "Counts": f"{term.plural}: {term.definition}" if term else "",
            "Part": part,
            "Of": base,
            "Unit": m.unit + (f", and a rate per head of {m.per}" if m.per else ""),
            "When": "on a day (a stock)" if m.stock else "over a period (a flow)",
            "Split by": "; ".join(_say_split(split) for split in m.by.values() if split.dimension),
            "Standard": describe_standard(m.standard),
            "Protects": "people: small numbers are hidden" if m.protects == "people" else "nobody",
            "Reads": " ".join(filter(None, (POLARITY.get(m.polarity), m.interpretation))),
            "Source": m.source,
            "Counted from": ", ".join(counted.needs) if counted else READY_MADE[m.shown],
        }
        return {name: words for name, words in facts.items() if words}

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        html = render("blocks/measure.html.j2", title=self.record.title, facts=self.facts)
        text = "\n".join([f"{self.record.id}: {self.record.title}", *(f"{n}: {w}" for n, w in self.facts.items())])
        return Block(str(html), text)._repr_mimebundle_()

    def __repr__(self) -> str:
        return f"<Measure {self.record.id} ({self.record.title})>"


def _say_split(split: Split) -> str:
    name = split.name or split.dimension.replace("_", " ")
    return f"{name} ({', '.join(split.categories)})" if split.categories else name


def tables(partnership: str = "", year: str = "") -> Frame:
    """Return the tables of records that a year holds: what a row is, how many there are, the columns."""
    rows = [
        {"table": name, "row": _table(name).grain, "rows": len(frame), "columns": ", ".join(frame.columns)}
        for name, frame in read_years(*_named(partnership, year))[-1].records.items()
    ]
    return make_frame(rows, "internal", ("table", "row", "rows", "columns")).set_index("table")


def records(table: str, partnership: str = "", year: str = "") -> Frame:
    """Return the records of one table (D16.contacts), read strictly. They are internal: about people, never shared.

    Raises CommandError naming the nearest for a table that the year doesn't hold.
    """
    held = read_years(*_named(partnership, year))[-1].records
    if table not in held:
        raise CommandError(unknown("table of records", table, held))
    return InternalFrame(held[table])


def rows(measure: str, partnership: str = "", year: str = "") -> Frame:
    """Return the rows of records that are behind a measure counted here. They are internal, like all records.

    Raises CommandError naming the nearest for a measure that isn't counted from records, and naming what its rows need
    that wasn't returned.
    """
    return list_rows(measure, *_named(partnership, year))


def problems(partnership: str = "", year: str = "") -> Frame:
    """Return what is wrong with a year's returns, a row a problem: file, row, column, rule, severity, message, allowed.

    No message holds a value of a record. Raises CommandError naming the nearest for an unknown partnership or year.
    """
    from analysis.cli.check import find_problems

    found, _ = find_problems(*_named(partnership, year))
    return make_frame((one.as_dict() for one in found), "internal", Problem.__dataclass_fields__)


def check_draft(draft: str | Path, partnership: str = "", year: str = "", release: str = "") -> Frame:
    """Return what a release says of every number of a draft: a document's path (docx, md, html, txt, pdf) or a text.

    A row a number: text, verdict, statistic_id, expected, reason, sentence. Raises like `open_release`, and DataError
    for a document that can't be read.
    """
    from analysis.drafts.check import check_draft
    from analysis.drafts.document import Block as Paragraph
    from analysis.drafts.facts import read_release
    from analysis.drafts.reading import read_draft
    from analysis.drafts.telling import tell_mention
    from analysis.figures.model import export

    blocks = read_draft(draft) if isinstance(draft, Path) else [Paragraph(line) for line in draft.splitlines() if line]
    held = open_release(partnership, year, release).typed
    told = map(tell_mention, check_draft(blocks, read_release(export(s) for s in held.statistics)))
    return make_frame(told, held.kind, VERDICT)[list(VERDICT)]


def chart_kinds() -> Frame:
    """Return the kinds of charts, with the first line of what each is."""
    from analysis.charts.kinds import KINDS

    rows = [{"kind": name, "is": getdoc(kind).partition("\n")[0]} for name, kind in KINDS.items()]
    return make_frame(rows, "").set_index("kind")


def chart(
    frame: Any, kind: str = "bars", *, label: str, value: str, title: str, source: str = "Draft", **options: Any
) -> Block:
    """Return a chart of a frame of one's own: a mark a row, labelled by one column, as large as another says.

    A control chart's labels are its months or days, and its limits are worked out here. `options` are those of the kind
    (docs/charts.md). It is held to the chart check like every other: what it would keep from a reader is said instead.
    Raises CommandError for an unknown kind, column or option, and for a value that is no number.
    """
    from pandas.api.types import is_numeric_dtype

    from analysis.charts.chart import Mark
    from analysis.charts.kinds import KINDS
    from analysis.report.drawings import Drawing, draw_checked

    for what, name, allowed in (
        ("chart kind", kind, KINDS),
        *(("column", one, frame.columns) for one in (label, value)),
    ):
        if name not in allowed:
            raise CommandError(unknown(what, name, allowed))
    if not is_numeric_dtype(frame[value]) or frame[value].isna().any():
        raise CommandError(f"chart: column {value!r} has cells that are no number; allowed: numbers alone (dropna)")
    pairs = zip(frame[label], frame[value], strict=True)
    marks = [Mark(str(name), float(number), f"{number:,.10g}") for name, number in pairs]
    words = {"id": f"draft_{name_chart(title)[:MOST_OF_TITLE]}", "title": title, "source": source}
    try:
        if kind == "control":
            marks, limits = _set_limits(marks, frame[label])
            options = limits | options
        made = draw_checked(kind, marks, subtitle=value.replace("_", " ").capitalize(), **words, **options)
    except DataError as error:
        raise CommandError(str(error)) from error
    drawings, refusals = ([made], []) if isinstance(made, Drawing) else ([], [made])
    return show_drawings(drawings, refusals, getattr(frame, "kind", ""), section="", id="draft")


def _set_limits(marks: list, labels: Any) -> tuple[list, dict[str, Any]]:
    from pandas import to_datetime

    from analysis.methods.checks import RefusedError
    from analysis.report.series import set_limits

    try:
        return set_limits(marks, [day.date() for day in to_datetime(labels.astype(str), format="ISO8601")])
    except RefusedError as refused:
        raise DataError(f"control chart: {refused}") from refused
    except ValueError as error:
        raise DataError("control chart: a label is no date; allowed: months like 2023-04, or days") from error


def comparators(measure: str, area: str = "", year: str = "") -> Frame:
    """Return what is published of a council (by its area code), its region, England and its neighbours, a row an area;
    a value that isn't shown is NaN.

    The default area is that of the default partnership. Raises CommandError naming the nearest for a measure that no
    official statistic counts.
    """
    from analysis.figures.official import get_asked
    from analysis.official import comparators_for, load_definitions

    known = load_definitions().comparators
    if measure not in known:
        raise CommandError(unknown("measure of official statistics", measure, known))
    home = load_partnership(get_default("partnership"), get_data_root())
    asked = get_asked(measure, home.period_of(year or get_default("year")))
    found = comparators_for(measure, area or home.area_code, asked, folder=get_published_root())
    places = [("council", found.own), ("region", found.region), ("country", found.national)]
    places += [("neighbour", figure) for figure in found.neighbours]
    rows = [
        {"is": kind, "area": figure.area_name, "value": figure.value, "period": figure.period.label}
        for kind, figure in places
        if figure
    ]
    return make_frame(rows, "", ("is", "area", "value", "period"))


def _named(partnership: str, year: str) -> tuple[str, str]:
    return partnership or get_default("partnership"), year or get_default("year")


def _define(measure: Measure) -> str:
    return describe(measure, is_counted=measure.id in DEFINITIONS)


def _table(name: str) -> Any:
    dataset, _, table = name.partition(".")
    return load_contracts()[dataset].table(table)
