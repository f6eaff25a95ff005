"""The parts of a report: its sections, tables, Word file and pages, each made by the crew or kept."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from analysis.keys import make_key
from analysis.release.release import Release
from analysis.runs.crew import Crew, Task
from analysis.runs.files import Log
from analysis.runs.made import Part, digest_files, keep_files
from analysis.runs.narrow import key_section
from analysis.runs.plan import Job, Outcome
from analysis.runs.run import Run
from analysis.settings import get_data_root

WORD, TABLES = "report.docx", ("tables.xlsx", "statistics.csv", "statistics.json")
TRANSIENT = ("TimeoutError", "DeadKernelError", "MemoryError")  # another run may end otherwise: it isn't kept
SHARES = 4  # into which the files to scan are split
LONG = 1000.0  # the weight of what was never timed: it starts first


def run_sections(run: Run, crew: Crew, release: Release, store: Path, log: Log) -> list[Outcome]:
    """Run the sections that must be run, beside them the tables; return what became of each section in this report."""
    keys = {id: key_section(release, id, run.notebooks[id], run.inputs) for id in run.sections}
    chosen = run.choose(keys)
    kept = [id for id in run.sections if id not in chosen and run.made.holds(id, keys[id], run.folder)]
    tables = make_key([store], run.inputs["code"], run.inputs["libraries"])
    tasks = [make_task(run, id, store) for id in chosen]
    for id in kept:
        keep_files(run.made.parts[id].files, run.folder, run.staging)
        run.parts[id] = run.made.parts[id]
    if run.made.holds("tables", tables, run.folder):
        keep_files(TABLES, run.folder, run.staging)
        run.parts["tables"] = run.made.parts["tables"]
    else:
        tasks.append(Task("tables", "write_tables", (run.staging, store)))
    outcomes = {id: keep(run.parts[id], id) for id in kept}
    for id in kept:
        run.progress(outcomes[id])
    for done in crew.run(tasks):
        if done.name == "tables":
            run.parts["tables"] = Part(tables, TABLES, done.seconds)
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


def write_word(run: Run, crew: Crew, store: Path, *, attacked: bool) -> Any:
    """Write the Word file, or keep it where it would be the same, and beside that let the attacker loose on the
    figures, pages and charts; return what he finds, None where he isn't asked."""
    own = get_data_root() / run.partnership.id
    read = [store, *(run.staging / "charts").rglob("*.*"), *own.glob("*.docx")]
    key = make_key(read, run.inputs["code"], run.inputs["libraries"])
    tasks = [Task("attack", "attack", (run.staging, store))] if attacked else []
    if run.made.holds("word", key, run.folder):
        keep_files([WORD], run.folder, run.staging)
        run.parts["word"] = run.made.parts["word"]
    else:
        tasks.append(Task("word", "write_word_file", (run.staging, store, own), weight=1))
    done = {one.name: one for one in crew.run(tasks)}
    if "word" in done:
        run.parts["word"] = Part(key, (WORD,), done["word"].seconds)
    return done["attack"].value if attacked else None


def write_pages(run: Run, crew: Crew, store: Path, states: Mapping[str, dict], pseudonyms: Collection[str]) -> set[str]:
    """Write the pages of the whole report, and beside that scan all else; return the files that were cleared.

    What was kept, and scanned for the very same, isn't scanned again.
    """
    same = all(run.inputs[name] == run.made.inputs.get(name) for name in ("returns", "code", "libraries"))
    kept = [part for name, part in run.parts.items() if same and part is run.made.parts.get(name)]
    held = digest_files(run.staging).keys() - {"log.jsonl"}
    new = sorted(held - {name for part in kept for name in part.files})
    pages = Task("pages", "write_pages", (run.staging, store, states), weight=1)
    list(crew.run([pages, *list_scans(run, pseudonyms, new)]))
    if run.pdf:
        list(crew.run([Task("PDF", "write_pdf", (run.staging,))]))
    return set(held)


def list_scans(run: Run, pseudonyms: Collection[str], names: Sequence[str]) -> list[Task]:
    """Return the tasks that scan files of a shared release, a few at a time; none for an internal one."""
    arguments = (run.staging, run.partnership.id, pseudonyms)
    shares = [names[place::SHARES] for place in range(min(SHARES, len(names)))] if run.kind == "shared" else []
    return [Task(f"leak scan {place}", "scan_files", (*arguments, share)) for place, share in enumerate(shares)]


def keep(part: Part, id: str) -> Outcome:
    """Return what became of a section that is kept: a failure that would come again is told again."""
    return Outcome(id, part.error, part.detail, 0.0, kept=True)
