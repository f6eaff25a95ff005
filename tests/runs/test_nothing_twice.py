"""What a build keeps and what it makes again: each kind of change is noticed, an unrelated one isn't."""

import json
import re
import shutil
from dataclasses import replace as vary
from datetime import timedelta

import nbformat
import pytest
from msgspec.structs import replace

from analysis.cli.main import run as command
from analysis.partnership import load_partnership
from analysis.release import keys, stages
from analysis.release.prepared import list_people
from analysis.report.outline import outline_section
from analysis.report.section import Section
from analysis.runs import run as one_run
from analysis.runs.made import Made, Part, digest_files, read_made, write_made
from analysis.runs.narrow import key_section, narrow
from analysis.runs.run import Run
from analysis.settings import REPOSITORY, STORE, get_notebook_root
from tests.examples import words_of
from tests.partial import make_partnership

KNOWN = {"code": "a", "libraries": "b", "limits": "c"}
ENTRY = '{"year": "2022-23", "figures": []}'
PAGE = "12_2_lado_and_education"


@pytest.fixture
def run(hillingdon, tmp_path, monkeypatch):
    """A build that has nothing to do: give what starts one anew."""
    for name in ("dictionary", "published"):
        shutil.copytree(REPOSITORY / "data" / name, tmp_path / name)
        monkeypatch.setattr(keys, f"get_{name}_root", lambda name=name: tmp_path / name)
    notebooks = shutil.copytree(get_notebook_root(), tmp_path / "notebooks")
    monkeypatch.setattr(one_run, "get_notebook_root", lambda: notebooks)

    def start(**options):
        return Run(load_partnership("hillingdon", hillingdon.parent), "2023-24", "shared", **options)

    first = start()
    (first.folder / "sections").mkdir(parents=True)
    for id in first.sections:
        (first.folder / "sections" / f"{id}.html").write_text(id, encoding="utf-8")
    (first.folder / STORE).write_text("a store", encoding="utf-8")
    files = digest_files(first.folder)
    parts = {id: Part(f"mark of {id}", (f"sections/{id}.html",)) for id in first.sections}
    write_made(first.folder, Made(first.inputs, parts, files))
    return start


def add(path, text="\n"):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def test_a_report_that_was_never_made_is_due(run):
    shutil.rmtree(run().folder.parent)
    assert run().list_changes() == ["nothing was made yet"]


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("data/hillingdon/2023-24/returns/lado.csv", "returns"),
        ("data/hillingdon/partnership.toml", "returns"),
        ("data/hillingdon/2022-23/returns/lado.csv", "returns"),  # a year that is looked back to
        ("dictionary/topics.toml", "definitions"),
        ("published/any.csv", "official statistics"),
        (f"notebooks/{PAGE}.ipynb", "notebooks"),
        ("outputs/hillingdon/2022-23/shared/statistics.json", "earlier releases"),
        ("outputs/hillingdon/ledger/2022-23-shared-1.json", "earlier releases"),
        (f"outputs/hillingdon/2023-24/shared/sections/{PAGE}.html", "files of the release"),
    ],
)
def test_each_kind_of_change_is_noticed(run, tmp_path, place, told):
    assert run().list_changes() == []
    assert run().holds_release()
    add(tmp_path / place, {"statistics.json": "[]", "2022-23-shared-1.json": ENTRY}.get(place.rpartition("/")[2], "\n"))
    assert run().list_changes() == [told]
    assert run().holds_release() == (told in ("notebooks", "files of the release"))  # neither is read by counting


def test_code_and_libraries_are_noticed(run, monkeypatch):
    for name in ("analysis", "requirements.lock"):
        target = run().folder.parents[3] / "clone" / name
        target.parent.mkdir(exist_ok=True)
        (shutil.copytree if name == "analysis" else shutil.copy)(REPOSITORY / name, target)
    monkeypatch.setattr(keys, "REPOSITORY", target.parent)
    assert run().list_changes() == []
    add(target.parent / "requirements.lock")
    assert run().list_changes() == ["libraries"]
    assert not run().holds_release()
    add(target.parent / "analysis" / "keys.py")
    assert run().list_changes() == ["code", "libraries"]


def test_a_release_is_kept_only_as_it_was_written_and_never_by_force_or_without_a_return(run):
    assert not run(force=True).holds_release()
    assert not run(set_aside=True).holds_release()
    add(run().folder / STORE, " ")
    assert not run().holds_release()


def test_whom_no_file_may_name_is_found_without_the_rest_of_counting(exampleshire_beside):
    assert list_people("hillingdon", "2023-24") == stages.prepare("hillingdon", "2023-24", "shared").pseudonyms
    assert list_people("exampleshire", "2023-24") == exampleshire_beside.people
    assert len(exampleshire_beside.people) > 1000


@pytest.mark.parametrize(
    "place",
    [
        "data/elsewhere/2023-24/returns/lado.csv",  # another partnership's
        "data/hillingdon/2023-24/returns/.notes",
        "outputs/hillingdon/2022-23/internal/statistics.json",  # nobody else has read it
        "notebooks/draft.ipynb",
    ],
)
def test_what_is_unrelated_is_not_noticed(run, tmp_path, place):
    add(tmp_path / place)
    assert run().list_changes() == []


def test_what_was_asked_for_lost_or_stopped_is_made_again(run):
    assert run(wanted=[PAGE]).list_changes() == ["asked for"]
    assert run(force=True).list_changes() == ["nothing was made yet"]
    assert run(pdf=True).list_changes() == ["PDF"]
    (run().folder / "sections" / f"{PAGE}.html").unlink()
    assert run().list_changes() == ["files of the release"]


def test_the_sections_that_are_due_are_those_whose_page_would_be_another(run):
    marks = {id: f"mark of {id}" for id in run().sections}
    assert run().choose(marks) == []
    assert run().choose({**marks, PAGE: "another"}) == [PAGE]
    assert run(wanted=["01_impact_statement"]).choose({**marks, PAGE: "another"}) == ["01_impact_statement", PAGE]
    (run().folder / "sections" / f"{PAGE}.html").unlink()  # one that has no page stays without
    assert run(wanted=["01_impact_statement"]).choose({**marks, PAGE: "another"}) == ["01_impact_statement"]
    made = read_made(run().folder)
    write_made(run().folder, Made(made.inputs, {**made.parts, "13_next_priorities": Part("", ())}, made.files))
    assert "13_next_priorities" in run().choose(marks)  # it was stopped before it could end


@pytest.mark.parametrize("name", ["hillingdon", "exampleshire"])
def test_a_section_reads_no_more_of_a_release_than_its_mark_is_made_of(stores, name):
    whole = stores[name]
    for plan in whole.sections:
        part, all_of_it = outline_section(narrow(whole, plan.id), plan.id), outline_section(whole, plan.id)
        told_of = ("statistics", "officials", "returns", "findings", "head", "definitions", "turn")
        for told in told_of:
            assert getattr(part, told) == getattr(all_of_it, told), (plan.id, told)
        assert [topic.statistics for topic in part.planned] == [topic.statistics for topic in all_of_it.planned]


def test_a_page_made_of_what_a_section_reads_is_that_made_of_the_whole(stores):
    whole, id = stores["hillingdon"], "08_children_social_care"
    pages = [Section(id, release) for release in (whole, narrow(whole, id))]
    first, second = ([page.head().html, page.more().html, page.official().html] for page in pages)
    assert first == second
    for topic in pages[0].topics:
        assert pages[1].topic(topic.plan.id)._repr_mimebundle_() == topic._repr_mimebundle_()


@pytest.fixture
def mark(stores, tmp_path):
    """Give the mark of a section's page of a release."""
    path = shutil.copy(get_notebook_root() / f"{PAGE}.ipynb", tmp_path / "in.ipynb")

    def make(release=stores["hillingdon"], known=KNOWN):
        return key_section(release, PAGE, path, known)

    make.path = path
    return make


def change(release, section, **parts):
    """Return a release with one figure of a section changed."""
    at = next(place for place, s in enumerate(release.statistics) if s.section == section and s.published)
    changed = vary(release.statistics[at], **parts)
    return replace(release, statistics=(*release.statistics[:at], changed, *release.statistics[at + 1 :]))


def test_a_pages_mark_follows_its_own_figures_notebook_and_code_and_no_times(stores, mark):
    whole = stores["hillingdon"]
    assert mark() == mark(replace(whole, made_at=whole.made_at + timedelta(1), code_version="another"))
    assert mark() == mark(change(whole, "09_adult_social_care", display="1,234"))
    assert mark() != mark(change(whole, PAGE, display="1,234"))
    assert mark() != mark(replace(whole, disclosure=replace(whole.disclosure, hidden=1)))  # every page tells it
    assert mark() != mark(known={**KNOWN, "code": "changed"})
    before = mark()
    add(mark.path, " ")
    assert mark() != before


def test_a_notebook_that_reads_more_than_its_section_follows_the_whole_release(stores, mark):
    notebook = nbformat.read(mark.path, as_version=4)
    notebook.cells[-1].source = "section.outline.release"
    nbformat.write(notebook, mark.path)
    assert mark() != mark(change(stores["hillingdon"], "09_adult_social_care", display="1,234"))


def list_different(before, release):
    """Return the files of a release that aren't what they were, new and lost ones too."""
    return {name for name, digest in before.items() ^ digest_files(release).items()}


def change_return(path):
    """Count fifty contacts more in a return."""
    text = path.read_text(encoding="utf-8")
    (value,) = set(re.findall(r"^lado_contacts,,,count,(\d+),", text, re.MULTILINE))  # it was printed twice
    path.write_text(
        text.replace(f"lado_contacts,,,count,{value},", f"lado_contacts,,,count,{int(value) + 50},"), "utf-8"
    )


def read_sentence(release):
    """Return the sentence of the contacts that the statistics hold."""
    rows = json.loads((release / "statistics.json").read_text(encoding="utf-8"))
    return next(row["statement"] for row in rows if row["statistic_id"] == "lado_contacts.count")


@pytest.mark.slow
def test_a_report_is_always_of_one_store_and_nothing_is_made_twice(tmp_path, monkeypatch, capsys):
    for name in ("data", "output"):
        monkeypatch.setenv(f"SAFEGUARDING_{name.upper()}", str(tmp_path / name))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1732752000")
    sections = ["02_safeguarding_arrangements", PAGE]
    folder = make_partnership(tmp_path / "data", "small", "E10000008", sections)
    release = tmp_path / "output" / "small" / "2023-24" / "shared"

    def build(*more):
        assert command(["build", "--partnership", "small", "--jobs", "2", *more]) == 0
        manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))
        return [entry["state"] for entry in manifest["sections"].values()], capsys.readouterr()

    assert build()[0] == ["made", "made"]
    first = digest_files(release)
    assert "nothing has changed" in build()[1].out
    assert digest_files(release) == first
    assert build("--force")[0] == ["made", "made"]
    assert list_different(first, release) <= {"manifest.json", "log.jsonl"}  # which hold durations and times
    assert build("--section", sections[0])[0] == ["made", "kept"]
    assert list_different(first, release) <= {"index.html", "manifest.json", "log.jsonl"}  # it tells what was kept
    change_return(folder / "2023-24" / "returns" / "lado.csv")
    assert build("--section", sections[0])[0] == ["made", "made"]  # the other page would be another one now
    assert "303" in read_sentence(release)
    assert read_sentence(release) in words_of(release / "sections" / f"{PAGE}.html")
    change_return(folder / "2023-24" / "returns" / "lado.csv")
    assert build()[0] == ["kept", "made"]  # only what the return touches
    assert command(["share", "--partnership", "small"]) == 0
    add(release / "sections" / f"{sections[1]}.html", "<!-- of another build -->")
    assert command(["share", "--partnership", "small"]) == 1
    assert f"files are not those of this release's build: sections/{sections[1]}.html" in capsys.readouterr().err
    assert build()[0] == ["kept", "made"]  # and the next build mends it
