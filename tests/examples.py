"""What several tests start from: literal observations (synthetic, about nobody), and the words of a file."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

from analysis.disclosure.report import DisclosureReport
from analysis.errors import DataError
from analysis.figures.build import make_statistics
from analysis.figures.published import Official, Place
from analysis.findings.finding import Finding
from analysis.measures.periods import Period
from analysis.partnership import Partnership, Section
from analysis.release.release import About, MeasureText, Release, Return, SectionPlan
from analysis.returns.aggregate import Observation
from analysis.returns.files import read_file

FIXTURE_PHRASES = Path(__file__).parent / "fixtures" / "dictionary"
THIS = Period(date(2023, 4, 1), date(2024, 3, 31), "financial_year")
LAST = Period(date(2022, 4, 1), date(2023, 3, 31), "financial_year")
TODAY = Period(date(2024, 3, 31), date(2024, 3, 31), "snapshot")
YEAR_AGO = Period(date(2023, 3, 31), date(2023, 3, 31), "snapshot")
HERE = Partnership(
    "here", "Here", "E09000000", "Here", (Section("one", "1", "One", "A"), Section("two", "2", "Two", "B"))
)

BASE = Observation(
    indicator="lado_contacts",
    dimension="",
    category="",
    measure_type="count",
    value=253.0,
    symbol="",
    decimals=0,
    qualifier="exact",
    unit="contacts",
    numerator=None,
    denominator=None,
    period=THIS,
    geography="Here",
    note="",
    agency="LADO",
    definition_version="1",
    file="lado.csv",
    row=2,
)


def seen(**changes):
    return replace(BASE, **changes)


def made(catalogue, *observations, year="2023-24"):
    """Return the statistics of observations in a report that has every section of the catalogue."""
    ids = dict.fromkeys(id for measure in catalogue.measures.values() for id in measure.sections)
    everywhere = replace(HERE, sections=tuple(Section(id, id, id, "A") for id in ids))
    return make_statistics(observations, catalogue, everywhere, year)


def list_unseen(cells, facts, hidden):
    """Return the numbers that no figure prints by itself, whose every view is hidden, and that no printed parts, nor
    those of a printed whole, add up to: such a total is no secret."""
    views = {}
    for fact in facts:
        views.setdefault(fact.whole, set()).update(fact.parts if fact.kind in ("share", "numerator") else ())
    unseen = {cell.id for cell in cells if cell.loss == 0 and views.get(cell.id, set()) <= set(hidden)}
    sums = [fact for fact in facts if fact.kind == "sum"]
    told = {fact.parts for fact in sums if fact.whole not in {*unseen, *hidden} or not set(fact.parts) & set(hidden)}
    return unseen - {fact.whole for fact in sums if fact.parts in told}


def a_release(**parts):
    """Return a shared release of two sections, with nothing in it but the parts given."""
    about = About(id="here", name="Here", geography="Here", area_code="E09000000", synthetic=True, credit="Nobody.")
    sections = (SectionPlan(id="one", number="1", title="One"), SectionPlan(id="two", number="2", title="Two"))
    empty = dict.fromkeys(("topics", "returns", "gaps", "statistics", "history"), ())
    made_at = datetime(2024, 6, 1, 10, tzinfo=UTC)
    plain = {
        "partnership": about, "year": "2023-24", "period": THIS, "kind": "shared", "code_version": "0",
        "made_at": made_at, "sections": sections, "measures": {}, "disclosure": DisclosureReport(hidden=0, of=0),
    }  # fmt: skip
    return Release(**{**plain, **empty, **parts})


def a_return(**changes):
    """Return a line of a release's register: received on time."""
    plain = {
        "return_id": "r", "agency": "Fire", "section": "one", "dataset": "D38", "status": "received",
        "words": "Received", "as_at": date(2024, 3, 31),
    }  # fmt: skip
    return Return(**{**plain, **changes})


def a_finding(**changes):
    """Return a finding that is neither good nor bad."""
    plain = {
        "section": "one", "measures": ("lado_contacts",), "statistic_id": "x", "title": "Contacts", "kind": "change",
        "words": "Words.", "direction": "risen",
    }  # fmt: skip
    return Finding(**{**plain, **changes})


def text_of(**changes):
    """Return what is told of a measure."""
    plain = dict.fromkeys(MeasureText.__struct_fields__, "") | {"title": "Contacts", "polarity": "none"}
    return MeasureText(**{**plain, **changes})


def plans(**changes):
    return seen(**{"indicator": "plans", "unit": "children", "period": TODAY, **changes})


def list_pages(folder):
    """Return the pages of a release: those of its folder, then its sections."""
    return [*sorted(folder.glob("*.html")), *sorted((folder / "sections").glob("*.html"))]


def words_of(path):
    """Return all the text of a file, that of the files packed into it included."""
    if path.suffix not in (".docx", ".xlsx"):
        return path.read_text(encoding="utf-8")
    with ZipFile(path) as packed:
        return "\n".join(packed.read(name).decode() for name in packed.namelist() if name.endswith((".xml", ".rels")))


def write_partnership(folder, text):
    """Write the configuration of a made-up partnership, and what a test adds to it; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    head = 'name = "Here"\narea_code = "E09000000"\ngeography = "Here"\n'
    path = folder / "partnership.toml"
    path.write_text(head + text, encoding="utf-8")
    return path


def read_figures(path, catalogue, **said):
    """Return the observations of a file of counts. Raises DataError with everything that is wrong with it."""
    found = read_file(path, (), catalogue, **{"agency": "LADO", **said})
    if found.problems:
        raise DataError(found.problems)
    return found.observations


def official(**changes):
    """Return an official figure, with what a test changes of it."""
    places = (Place("Here", "[c]", None, "", "suppressed by its publisher"), Place("England", "9", None, ""))
    plain = {
        "indicator": "lado_contacts", "comparator": "contacts_rate", "section": "one", "returned": True,
        "title": "Contacts", "unit": "%", "decimals": 0, "period": "2024", "places": places, "neighbours": (),
        "years": (), "moved": None, "funnel": None, "sentences": ("England has 9%.",), "against": "",
        "notable": False, "cautions": ("Revised.",), "definition": "", "source": "A department. OGL",
    }  # fmt: skip
    return Official(**{**plain, **changes})
