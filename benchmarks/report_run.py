"""A whole report: a build, against the loop that teams write and against plain calls of the same functions.

The loop runs papermill, then nbconvert, one notebook after another. The plain calls (the floor) run each notebook's
cells in two processes, with no kernel, and write the same files. A second build with nothing changed and one after one
notebook was saved stand beside them. Times are of whole programs, imports included, each in turn in every round.
"""

import ast
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

ROUNDS = 3
PARAMETERS = {"partnership": "hillingdon", "year": "2023-24", "release": "shared"}
CODE = "from analysis.cli import main; main()"


def build(folder: Path, *options: str) -> None:
    """Build the shared release as `make report` does."""
    run([sys.executable, "-c", CODE, "build", *options], folder)


def run(command: list[str], folder: Path) -> None:
    """Run a program that writes to a folder."""
    environment = {**os.environ, "SAFEGUARDING_OUTPUT": str(folder)}
    environment.pop("SAFEGUARDING_STORE", None)
    subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603


def loop_plainly(folder: Path) -> None:
    """Run and render each notebook in turn with papermill and nbconvert as they come: the work of a program."""
    import papermill
    from nbconvert.exporters import HTMLExporter

    from analysis.release.stages import make_release
    from analysis.release.store import write_store
    from analysis.settings import get_notebook_root

    os.environ["SAFEGUARDING_STORE"] = str(write_store(make_release(*PARAMETERS.values()), folder))
    for notebook in sorted(get_notebook_root().glob("*.ipynb")):
        output = folder / notebook.name
        papermill.execute_notebook(str(notebook), str(output), parameters=PARAMETERS, progress_bar=False)
        page, _ = HTMLExporter(exclude_input=True).from_filename(str(output))
        output.with_suffix(".html").write_text(page, encoding="utf-8")


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
        wait(pool.submit(work, "attack", folder, store), pool.submit(work, "write_word_file", folder, store, own))
        wait(pool.submit(work, "write_pages", folder, store, states))
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


def timed(act, *arguments) -> float:
    """Return the seconds that something takes."""
    start = time.perf_counter()
    act(*arguments)
    return time.perf_counter() - start


def measure_round() -> dict[str, float]:
    """Return the seconds of each way, one after another."""
    with tempfile.TemporaryDirectory() as place:
        folders = {name: Path(place) / name for name in ("ours", "loop", "floor")}
        for folder in folders.values():
            folder.mkdir()
        program = [sys.executable, "-m", "benchmarks.report_run"]
        return {
            "build": timed(build, folders["ours"]),
            "plain calls": timed(run, [*program, "call_plainly", str(folders["floor"])], folders["floor"]),
            "loop": timed(run, [*program, "loop_plainly", str(folders["loop"])], folders["loop"]),
            "nothing changed": timed(build, folders["ours"]),
            "one notebook": timed(save_notebook, folders["ours"]),
        }


def save_notebook(folder: Path) -> None:
    """Build after one short section's notebook is to be run again."""
    build(folder, "--section", "12_6_fire_brigade")


def main() -> None:
    """Print the median of each way and the ratios of interest."""
    rounds = [measure_round() for _ in range(ROUNDS)]
    middle = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    for name, seconds in middle.items():
        print(f"{name:16} {seconds:6.1f} s, {seconds / middle['build']:.2f} of a build")
    print(f"a build is {middle['loop'] / middle['build']:.1f} times as fast as the loop of papermill and nbconvert")
    print(f"a build takes {middle['build'] / middle['plain calls']:.2f} times as long as plain calls in two processes")


if __name__ == "__main__":
    if len(sys.argv) > 2:
        {"loop_plainly": loop_plainly, "call_plainly": call_plainly}[sys.argv[1]](Path(sys.argv[2]))
    else:
        main()
