"""A whole report by every way to run its notebooks, one after another in the same run: a table of alternatives.

The loops run each notebook and make a plain page of it, with what is named; they count once, and neither gate, scan nor
write files. The floor makes all that a build makes by plain calls in two processes, with no kernel. Beside them stand
builds with nothing changed, with one notebook saved and, unless it is left out, by a cluster of this machine. Times are
of whole programs, imports included; processor time is that of all their processes, and says more on a busy machine.
ploomber-engine and jupyter-cache are no part of the lock: where they aren't installed their rows say so.

`python -m benchmarks runs` does one round; ROUNDS in the environment asks for more.
"""

import ast
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

ROUNDS = int(os.environ.get("ROUNDS", "1"))
PARAMETERS = {"partnership": "hillingdon", "year": "2023-24", "release": "shared"}
CODE = "from analysis.cli import main; main()"
LATER = {"nothing changed", "one notebook saved"}  # builds in the folder of the first


def build(folder: Path, *options: str) -> None:
    """Build the shared release as `make report` does."""
    run([sys.executable, "-c", CODE, "build", *options], folder)


def run(command: list[str], folder: Path) -> None:
    """Run a program that writes to a folder."""
    environment = {**os.environ, "SAFEGUARDING_OUTPUT": str(folder)}
    environment.pop("SAFEGUARDING_STORE", None)
    subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603


def count(folder: Path) -> list[Path]:
    """Count the release once, so that notebooks read it, and return them."""
    from analysis.release.stages import make_release
    from analysis.release.store import write_store
    from analysis.settings import get_notebook_root

    os.environ["SAFEGUARDING_STORE"] = str(write_store(make_release(*PARAMETERS.values()), folder))
    return sorted(get_notebook_root().glob("*.ipynb"))


def loop_in_shell(folder: Path) -> None:
    """Run papermill, then nbconvert, as programs, a notebook after the other: what a shell loop does."""
    given = [part for pair in PARAMETERS.items() for part in ("-p", *pair)]
    for notebook in count(folder):
        output = str(folder / notebook.name)
        for command in (
            ["papermill", "--no-progress-bar", str(notebook), output, *given],
            ["nbconvert", "--to", "html", "--no-input", output],
        ):
            subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True)  # noqa: S603


def loop_by_calls(folder: Path) -> None:
    """Run papermill and nbconvert from one program, a notebook after the other."""
    import papermill

    for notebook in count(folder):
        output = folder / notebook.name
        papermill.execute_notebook(str(notebook), str(output), parameters=PARAMETERS, progress_bar=False)
        render(output)


def loop_nbconvert(folder: Path) -> None:
    """Run nbconvert with --execute, with the notebooks' own parameters, a notebook after the other."""
    for notebook in count(folder):
        command = ["nbconvert", "--execute", "--to", "html", "--no-input", "--output-dir", str(folder), str(notebook)]
        subprocess.run([sys.executable, "-m", *command], check=True, capture_output=True)  # noqa: S603


def loop_ploomber(folder: Path) -> None:
    """Run each notebook within one process by ploomber-engine, and render it."""
    from ploomber_engine import execute_notebook

    for notebook in count(folder):
        execute_notebook(notebook, folder / notebook.name, parameters=PARAMETERS, progress_bar=False)
        render(folder / notebook.name)


def loop_jupyter_cache(folder: Path) -> None:
    """Run each notebook into a cache by jupyter-cache, with the notebooks' own parameters, and render it."""
    import nbformat
    from jupyter_cache import get_cache
    from jupyter_cache.executors import load_executor

    cache, notebooks = get_cache(str(folder / "cache")), count(folder)
    for notebook in notebooks:
        cache.add_nb_to_project(str(notebook))
    load_executor("local-serial", cache=cache).run_and_cache()
    for notebook in notebooks:
        _, merged = cache.merge_match_into_file(str(notebook))
        nbformat.write(merged, folder / notebook.name)
        render(folder / notebook.name)


def render(path: Path) -> None:
    """Write the plain page of an executed notebook."""
    from nbconvert.exporters import HTMLExporter

    page, _ = HTMLExporter(exclude_input=True).from_filename(str(path))
    path.with_suffix(".html").write_text(page, encoding="utf-8")


def call_plainly(folder: Path) -> None:
    """Make the same statistics, charts, pages and files by plain calls in two processes: the work of a program."""
    from analysis.release.stages import prepare
    from analysis.release.store import write_store
    from analysis.settings import get_data_root, get_notebook_root

    prepared = prepare(*PARAMETERS.values())
    store = write_store(prepared.release, folder)
    os.environ["SAFEGUARDING_STORE"] = str(store)
    sections = [plan.id for plan in prepared.release.sections]
    states = dict.fromkeys(sections, {"state": "made", "seconds": 0.0, "error": ""})
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        own = get_data_root() / "hillingdon"
        list(
            pool.map(call_notebook, [get_notebook_root() / f"{id}.ipynb" for id in sections], [folder] * len(sections))
        )
        wait(pool.submit(work, "write_tables", folder, store))
        wait(
            pool.submit(work, "attack", folder, store),
            pool.submit(work, "write_report", folder, store, states),
            pool.submit(work, "write_word_file", folder, store, own),
            pool.submit(work, "write_pages", folder, store),
        )
        wait(pool.submit(work, "write_index_page", folder, store, states))
        names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        arguments = (folder, "hillingdon", prepared.pseudonyms)
        wait(*(pool.submit(work, "scan_files", *arguments, names[place::2]) for place in range(2)))


def wait(*futures) -> None:
    """Wait for what was started."""
    for future in futures:
        future.result()


def work(name: str, *arguments) -> None:
    """Do what a worker of a build does."""
    from analysis.runs import work as works

    getattr(works, name)(*arguments)


def call_notebook(notebook: Path, folder: Path) -> None:
    """Run a notebook's cells as plain Python and write the page and charts of what they show."""
    import nbformat
    from nbformat.v4 import new_output

    from analysis.report.assemble import write_section_page
    from analysis.runs.files import tidy_notebook

    held, names = nbformat.read(notebook, as_version=4), dict(PARAMETERS)
    for cell in held.cells:
        if cell.cell_type == "code" and "parameters" not in cell.metadata.get("tags", []):
            shown = evaluate(cell.source, names)
            bundle = shown._repr_mimebundle_() if hasattr(shown, "_repr_mimebundle_") else {}
            cell.outputs = [new_output("display_data", json.loads(json.dumps(bundle)))] if bundle else []
    path = folder / "notebooks" / notebook.name
    path.parent.mkdir(exist_ok=True)
    nbformat.write(held, path)
    tidied, _ = tidy_notebook(path, folder / "charts")
    write_section_page(tidied, folder / "sections" / f"{notebook.stem}.html")


def evaluate(source: str, names: dict) -> object:
    """Run a cell and return what its last line gives."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)  # noqa: S102  the project's own notebooks
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None  # noqa: S307


def call(name: str) -> Callable[[Path], None]:
    """Return what runs one of the functions above as a program of its own."""
    return lambda folder: run([sys.executable, "-m", "benchmarks.runs", name, str(folder)], folder)


def save_notebook(folder: Path) -> None:
    """Build after one short section's notebook is to be run again."""
    build(folder, "--section", "12_6_fire_brigade")


WAYS: dict[str, tuple[str, Callable[[Path], None]]] = {  # what each needs besides the lock, and what does it
    "a build": ("", build),
    "nothing changed": ("", build),
    "one notebook saved": ("", save_notebook),
    "a build by a local cluster": ("distributed", lambda folder: build(folder, "--cluster", "local")),
    "plain calls, two processes (floor)": ("", call("call_plainly")),
    "ploomber-engine, one process": ("ploomber_engine", call("loop_ploomber")),
    "papermill and nbconvert, one process": ("", call("loop_by_calls")),
    "jupyter-cache, filled": ("jupyter_cache", call("loop_jupyter_cache")),
    "nbconvert --execute, a program each": ("", call("loop_nbconvert")),
    "shell loop of papermill and nbconvert": ("", call("loop_in_shell")),
}


def measure(act: Callable[[Path], None], folder: Path) -> tuple[float, float]:
    """Return the seconds that something takes, and those of the processor in all its processes."""
    folder.mkdir(exist_ok=True)
    start, before = time.perf_counter(), get_processor_seconds()
    act(folder)
    return time.perf_counter() - start, get_processor_seconds() - before


def get_processor_seconds() -> float:
    """Return what all processes that were started and have ended took of the processor."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure_round(ways: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Return the seconds of each way, one after another, telling each as it ends."""
    taken = {}
    with tempfile.TemporaryDirectory() as place:
        for name in ways:
            needs, act = WAYS[name]
            if needs and not find_spec(needs):
                print(f"{name:40} not measured: {needs} isn't installed", flush=True)
                continue
            taken[name] = measure(act, Path(place) / ("a_build" if name in LATER else name.replace(" ", "_")))
            print(f"{name:40} {taken[name][0]:7.1f} s {taken[name][1]:7.1f} s of processor", flush=True)
    return taken


def main() -> None:
    """Print the median of each way, wall clock and processor, each against a build's."""
    rounds = [measure_round(WAYS) for _ in range(ROUNDS)]
    middle = {name: [statistics.median(one[name][at] for one in rounds) for at in (0, 1)] for name in rounds[0]}
    wall, processor = middle["a build"]
    print(f"\n| way ({ROUNDS} rounds) | seconds | of a build | processor | of a build |\n|---|---|---|---|---|")
    for name, (seconds, work) in sorted(middle.items(), key=lambda item: item[1][1]):
        print(f"| {name} | {seconds:.1f} | {seconds / wall:.2f} | {work:.1f} | {work / processor:.2f} |")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        globals()[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
