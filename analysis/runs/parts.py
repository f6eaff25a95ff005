"""The parts of a report: its sections, tables, Word file and pages, each made by the crew or kept."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from analysis.disclosure.scan import digest
from analysis.keys import make_key
from analysis.release.release import Release
from analysis.runs.crew import Crew, Done, Task
from analysis.runs.files import Log
from analysis.runs.made import Part, digest_files, keep_files
from analysis.runs.narrow import key_section
from analysis.runs.plan import Job, Outcome
from analysis.runs.run import Run
from analysis.settings import get_data_root

WORD = "report.docx"
# What is made of the store alone, by whom, and its files.
FROM_STORE = {
    "tables": ("write_tables", ("tables.xlsx", "statistics.csv", "statistics.json")),
    "pages": ("write_pages", ("summary.html", "themes.html", "glossary.html")),
}
SCAN = "leak scan "
TRANSIENT = ("TimeoutError", "DeadKernelError", "MemoryError")  # another run may end otherwise: it isn't kept
LONG = 1000.0  # the weight of what was never timed: it starts first


def run_sections(
    run: Run, crew: Crew, release: Release, store: Path, log: Log, pseudonyms: Collection[str]
) -> list[Outcome]:
    """Run the sections that must be run, beside them the tables and the pages without charts, and scan what is made;
    return what became of each section in this report."""
    keys = {id: key_section(release, id, run.notebooks[id], run.inputs) for id in run.sections}
    stored = make_key([store], run.inputs["code"], run.inputs["libraries"])
    chosen = run.choose(keys)
    outcomes = {id: keep(run.parts[id], id) for id in run.sections if id not in chosen and recall(run, id, keys[id])}
    for outcome in outcomes.values():
        run.progress(outcome)
    tasks = [make_task(run, id, store) for id in chosen]
    tasks += [
        Task(name, function, (run.staging, store))
        for name, (function, _) in FROM_STORE.items()
        if not recall(run, name, stored)
    ]
    scans = [list_scans(run, pseudonyms, task.name, list_places(run, task.name)) for task in tasks]
    for done in do(run, crew, [*tasks, *chain(*scans)]):
        if done.name in FROM_STORE:
            files = tuple(name for name in list_places(run, done.name) if (run.staging / name).is_file())
            run.parts[done.name] = Part(stored, files, done.seconds)
            continue
        outcome, refused = done.value
        outcomes[done.name] = Outcome(done.name, outcome.error, outcome.detail, done.seconds)
        run.parts[done.name] = make_part(run, outcomes[done.name], keys[done.name], refused)
        log.add("section", section=done.name, seconds=done.seconds, error=outcome.error)
        run.progress(outcomes[done.name])
    for id, part in run.parts.items():
        for chart in part.refused:
            log.add("chart refused", **{"section": id, **chart})
    return [outcomes[id] for id in run.sections if id in outcomes]


def recall(run: Run, name: str, key: str) -> bool:
    """Whether a part that was made before still holds; then its files are put beside what is made now."""
    if not run.made.holds(name, key, run.folder):
        return False
    run.parts[name] = run.made.parts[name]
    keep_files(run.parts[name].files, run.folder, run.staging)
    return True


def do(run: Run, crew: Crew, tasks: Sequence[Task]) -> Iterator[Done]:
    """Give what each task gave but for the scans, whose clearance is noted: the same bytes are cleared once."""
    for done in crew.run(tasks):
        if done.name.startswith(SCAN):
            run.cleared |= done.value
        else:
            yield done


def make_task(run: Run, id: str, store: Path) -> Task:
    """Return the task of a section: what took long the last time starts first."""
    output = run.staging / "notebooks" / f"{id}.ipynb"
    job = Job(id, run.notebooks[id], run.parameters, store, output)
    before = run.made.parts.get(id)
    page, charts = run.staging / "sections" / f"{id}.html", run.staging / "charts"
    return Task(id, "run_section", (job, page, charts), weight=before.seconds if before else LONG)


def make_part(run: Run, outcome: Outcome, key: str, refused: Sequence[dict[str, Any]]) -> Part:
    """Return what is remembered of a section that was run; a failure that may not come again has no mark."""
    id = outcome.section
    names = [f"sections/{id}.html", f"notebooks/{id}.ipynb"]
    names += [path.relative_to(run.staging).as_posix() for path in (run.staging / "charts" / id).rglob("*")]
    files = tuple(name for name in names if (run.staging / name).is_file())
    lasting = "" if outcome.error in TRANSIENT else key
    return Part(lasting, files, outcome.seconds, outcome.error, outcome.detail, tuple(refused))


def write_files(run: Run, crew: Crew, store: Path, states: Mapping[str, dict]) -> Iterator[Any]:
    """Write the Word file, or keep it where it would be the same, the whole report as one page, and the index.

    Meanwhile the attacker is let loose on the figures, pages and charts of a shared release; give what he finds. The
    index, which tells it, is written when whoever is given it has noted it.
    """
    own = get_data_root() / run.partnership.id
    read = [store, *(run.staging / "charts").rglob("*.*"), *own.glob("*.docx")]
    key = make_key(read, run.inputs["code"], run.inputs["libraries"])
    attacks = [Task("attack", "attack", (run.staging, store), weight=3)] if run.kind == "shared" else []
    tasks = [*attacks, Task("report", "write_report", (run.staging, store, states), weight=2)]
    tasks.append(Task("beside", "write_beside", (run.staging, store)))
    tasks.append(
        Task("index", "write_index_page", (run.staging, store, states), frozenset({"attack"} if attacks else ()))
    )
    if not recall(run, "word", key):
        tasks.append(Task("word", "write_word_file", (run.staging, store, own), weight=1))
    for done in crew.run(tasks):
        if done.name == "attack":
            yield done.value
        if done.name == "word":
            run.parts["word"] = Part(key, (WORD,), done.seconds, printed=tuple(done.value))
    if run.pdf:
        list(crew.run([Task("PDF", "write_pdf", (run.staging,))]))


def scan_rest(run: Run, crew: Crew, pseudonyms: Collection[str]) -> None:
    """Scan every file that wasn't cleared when it was made, by all workers at once; not one that the last build cleared
    of the very same people by the same code."""
    same = all(run.inputs[name] == run.made.inputs.get(name) for name in ("returns", "code", "libraries"))
    passed = run.made.files.items() if same else ()
    made = {name for part in run.parts.values() for name in part.files}
    cleared = {name for name in made if digest((run.staging / name).read_bytes()) in run.cleared}
    rest = {name for name, _ in digest_files(run.staging).items() - passed} - cleared
    names = sorted(rest, key=lambda name: -(run.staging / name).stat().st_size)
    shares = [names[place :: crew.workers] for place in range(crew.workers)]
    list(do(run, crew, [scan for share in shares for scan in list_scans(run, pseudonyms, "", share)]))


def list_places(run: Run, name: str) -> tuple[str, ...]:
    """Return the files and folders of what a task makes."""
    if name in FROM_STORE:
        exports = tuple(f"sections/{id}.json" for id in run.sections if name == "pages")
        return FROM_STORE[name][1] + exports
    return f"sections/{name}.html", f"notebooks/{name}.ipynb", f"charts/{name}"


def list_scans(run: Run, pseudonyms: Collection[str], made: str, names: Sequence[str]) -> list[Task]:
    """Return the task that scans files and folders of a shared release when they are made; none for an internal one."""
    arguments = (run.staging, run.partnership.id, pseudonyms, names, frozenset(run.cleared))
    after = frozenset([made] if made else [])
    name = f"{SCAN}{made or names[0]}" if names else ""
    return [Task(name, "scan_files", arguments, after)] if run.kind == "shared" and names else []


def keep(part: Part, id: str) -> Outcome:
    """Return what became of a section that is kept: a failure that would come again is told again."""
    return Outcome(id, part.error, part.detail, 0.0, kept=True)
