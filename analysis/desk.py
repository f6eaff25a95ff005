"""What an analyst asks for by name, with defaults for whose, which year and which release: `import analysis as sg`."""

from pathlib import Path
from typing import Any

from analysis.errors import CommandError, Problem, unknown
from analysis.measures.catalogue import get_catalogue
from analysis.partnership import list_partnerships, load_partnership
from analysis.report import opened
from analysis.report.behind import list_records, list_rows, list_stages, read_years
from analysis.report.card import MeasureCard, define
from analysis.report.frames import Frame, make_frame
from analysis.report.opened import OpenRelease
from analysis.report.own import chart, chart_kinds  # noqa: F401  names of the front door
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

VERDICT = ("text", "verdict", "statistic_id", "expected", "reason", "sentence")


def open_release(partnership: str = "", year: str = "", release: str = "") -> OpenRelease:
    """Return a release: whose, which year, shared or internal; what isn't said is the default.

    Raises CommandError naming the nearest for an unknown name.

    >>> open_release().figure("lado_contacts").statement.split(". ")[0]
    'There were 253 contacts to the LADO in 2023-24'
    """
    return opened.open_release(*_named(partnership, year), release or get_default("release"))


def open_section(id: str, partnership: str = "", year: str = "", release: str = "") -> Section:
    """Return one section of a release, as its notebook shows it. Raises CommandError naming the nearest.

    >>> open_section("12_2_lado_and_education").figure("lado_contacts").value
    253.0
    """
    return open_release(partnership, year, release).section(id)


def sections(partnership: str = "") -> Frame:
    """Return the sections of a partnership's report, in order: id, number, title, whose returns they tell of.

    >>> sections().loc["08_children_social_care", "number"]
    '8'
    """
    home = load_partnership(partnership or get_default("partnership"), get_data_root())
    rows = [{"id": one.id, "number": one.number, "title": one.title, "agency": one.agency} for one in home.sections]
    return make_frame(rows, "").set_index("id")


def releases() -> Frame:
    """Return the releases that were built: a row a partnership, year and kind.

    >>> list(releases().columns)
    ['partnership', 'year', 'kind', 'page']
    """
    rows = [
        {"partnership": name, "year": year, "kind": kind, "page": str(folder / "index.html")}
        for name in list_partnerships(get_data_root())
        for year in list_years(get_data_root() / name)
        for kind in RELEASES
        if (folder := get_release_folder(name, year, kind)).is_dir()
    ]
    return make_frame(rows, "", ("partnership", "year", "kind", "page"))


def partnerships() -> Frame:
    """Return the partnerships that there are: name, area, the years held, whether they are synthetic.

    >>> partnerships().columns.tolist()
    ['name', 'area', 'synthetic', 'years']
    """
    root = get_data_root()
    rows = [
        {"partnership": id, "name": one.name, "area": one.geography, "synthetic": one.synthetic}
        | {"years": ", ".join(list_years(root / id))}
        for id in list_partnerships(root)
        for one in [load_partnership(id, root)]
    ]
    return make_frame(rows, "").set_index("partnership")


def find_measures(words: str = "") -> Frame:
    """Return the measures that reports have figures of, those whose name, title or definition has the words: first
    where the title has them, the shortest first.

    >>> find_measures("section 47 enquiries").index[0]
    'section47_enquiries'
    """
    asked, held = words.lower().split(), [m for m in get_catalogue().measures.values() if m.shown]
    found = [m for m in held if all(word in f"{m.id} {m.title} {define(m)}".lower() for word in asked)]
    found.sort(key=lambda m: (not all(word in m.title.lower() for word in asked), len(m.title)) if asked else 0)
    rows = [
        {"measure": m.id, "title": m.title, "section": m.sections[0], "unit": m.unit, "splits": ", ".join(m.by)}
        for m in found
    ]
    return make_frame(rows, "", ("measure", "title", "section", "unit", "splits")).set_index("measure")


def measure(name: str) -> MeasureCard:
    """Return what is known of a measure. Raises CommandError naming the nearest.

    >>> measure("re_referrals").facts["Definition"]
    'Referrals of a child who had been referred in the twelve months before, of all referrals.'
    """
    known = get_catalogue().measures
    if name not in known:
        raise CommandError(unknown("measure", name, known))
    return MeasureCard(known[name])


def tables(partnership: str = "", year: str = "") -> Frame:
    """Return the tables of records that a year holds: what a row is, how many there are, the columns.

    >>> synthetic = partnerships().query("synthetic").index[0]
    >>> tables(synthetic).loc["D16.contacts", "row"]
    'one row a contact a child'
    """
    rows = [
        {"table": name, "row": _table(name).grain, "rows": len(frame), "columns": ", ".join(frame.columns)}
        for name, frame in read_years(*_named(partnership, year))[-1].records.items()
    ]
    return make_frame(rows, "internal", ("table", "row", "rows", "columns")).set_index("table")


def records(table: str, partnership: str = "", year: str = "") -> Frame:
    """Return the records of one table (D16.contacts), read strictly. They are internal: about people, never shared.

    Raises CommandError naming the nearest for a table that the year doesn't hold.

    >>> synthetic = partnerships().query("synthetic").index[0]
    >>> records("D16.contacts", synthetic).where(channel="portal").kind
    'internal'
    """
    return list_records(table, *_named(partnership, year))


def rows(measure: str, partnership: str = "", year: str = "") -> Frame:
    """Return the rows of records that are behind a measure counted here. They are internal, like all records.

    Raises CommandError naming the nearest for a measure that isn't counted from records, and naming what its rows need
    that wasn't returned.

    >>> synthetic = partnerships().query("synthetic").index[0]
    >>> girls = rows("section47_enquiries", synthetic).where(sex="female", age_band="10-15")
    >>> girls.by("locality")["locality"].tolist()
    ['Central', 'North', 'South']
    """
    return list_rows(measure, *_named(partnership, year))


def journey(table: str, *stages: str, partnership: str = "", year: str = "") -> Frame:
    """Return how far the rows of a table of records came that began in the year: how many reached each stage, the
    quartiles of the days since the first, and the median of those since the stage before. Stages are columns of days,
    in order. Internal, like all records.

    Raises CommandError naming the nearest for an unknown table or column.

    >>> synthetic = partnerships().query("synthetic").index[0]
    >>> way = journey("D18.episodes", "referral_date", "s47_start", "icpc_date", partnership=synthetic)
    >>> bool(way["reached"].is_monotonic_decreasing), way.kind
    (True, 'internal')
    """
    return list_stages(table, stages, *_named(partnership, year))


def problems(partnership: str = "", year: str = "") -> Frame:
    """Return what is wrong with a year's returns, a row a problem: file, row, column, rule, severity, message, allowed.

    No message holds a value of a record. Raises CommandError naming the nearest for an unknown partnership or year.

    >>> set(problems()["severity"])
    {'warning'}
    """
    from analysis.cli.check import find_problems

    found, _ = find_problems(*_named(partnership, year))
    return make_frame((one.as_dict() for one in found), "internal", Problem.__dataclass_fields__)


def check_draft(draft: str | Path, partnership: str = "", year: str = "", release: str = "") -> Frame:
    """Return what a release says of every number of a draft: a document's path (docx, md, html, txt, pdf) or a text.

    A row a number: text, verdict, statistic_id, expected, reason, sentence. Raises like `open_release`, and DataError
    for a document that can't be read.

    >>> check_draft("There were 329 children looked after at 31 March 2024.")["verdict"][0]
    'supported'
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


def comparators(measure: str, area: str = "", year: str = "") -> Frame:
    """Return what is published of a council (by its area code, or a partnership's name), its region, England and its
    neighbours, a row an area; a value that isn't shown is NaN.

    The default area is that of the default partnership. Raises CommandError naming the nearest for a measure that no
    official statistic counts.

    >>> comparators("children_looked_after_rate", "E09000017", "2023-24")["area"].tolist()[1:3]
    ['London', 'England']
    """
    from analysis.figures.official import get_asked
    from analysis.official import comparators_for, load_definitions

    known = load_definitions().comparators
    if measure not in known:
        raise CommandError(unknown("measure of official statistics", measure, known))
    is_code = area and area not in list_partnerships(get_data_root())
    home = load_partnership(area if area and not is_code else get_default("partnership"), get_data_root())
    asked = get_asked(measure, home.period_of(year or get_default("year")))
    found = comparators_for(measure, area if is_code else home.area_code, asked, folder=get_published_root())
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


def _table(name: str) -> Any:
    dataset, _, table = name.partition(".")
    return load_contracts()[dataset].table(table)
