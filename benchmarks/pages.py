"""From executed notebooks to what readers get, against nbconvert's own HTML of the same notebooks.

Ours writes of each section the page, its charts as files and the tidied notebook, and then of the whole release index,
summary, register, whole report, Word file, workbook, CSV and JSON. nbconvert writes a page a section and nothing else.
"""

import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from analysis.partnership import load_partnership
from analysis.release.release import Release
from analysis.release.stages import make_release
from analysis.release.store import read_store, write_store
from analysis.runs.build import finish, write_page
from analysis.runs.engine import Outcome, run_jobs
from analysis.runs.plan import make_jobs
from analysis.settings import get_data_root, get_notebook_root

PARAMETERS = {"partnership": "hillingdon", "year": "2023-24", "release": "shared"}


def execute(folder: Path) -> tuple[Release, list[Outcome]]:
    """Run every section's notebook into a folder; return the release and what became of each section."""
    path = write_store(make_release(*PARAMETERS.values()), folder)
    sections = load_partnership("hillingdon", get_data_root()).sections
    (folder / "notebooks").mkdir()
    jobs = make_jobs(sections, get_notebook_root(), folder, path, PARAMETERS)
    return read_store(path), list(run_jobs(jobs, 2))


def convert_plainly(notebooks: Path) -> None:
    """Render each notebook with nbconvert as it comes."""
    from nbconvert.exporters import HTMLExporter

    for notebook in sorted(notebooks.glob("*.ipynb")):
        page, _ = HTMLExporter(exclude_input=True).from_filename(str(notebook))
        notebook.with_suffix(".html").write_text(page, encoding="utf-8")


def measure(work: Callable[[], Any]) -> float:
    """Return the seconds that a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure_pages(folder: Path, release: Release, outcomes: Sequence[Outcome]) -> list[tuple[str, float]]:
    """Return the seconds that each section's page and charts take."""
    return [(one.section, measure(lambda one=one: write_page(folder, release, one))) for one in outcomes]


def main() -> None:
    """Print the time of each section, of a whole release and of nbconvert, and the ratios a section."""
    with tempfile.TemporaryDirectory() as place:
        first, second = Path(place) / "first", Path(place) / "second"
        first.mkdir()
        release, outcomes = execute(first)
        shutil.copytree(first, second)
        plain = measure(lambda: convert_plainly(first / "notebooks"))
        pages = measure_pages(first, release, outcomes)
        whole = measure(lambda: finish(second, release, outcomes, PARAMETERS, 0.0))
    for section, seconds in sorted(pages):
        print(f"{section:32} {seconds:5.2f} s")
    count, alone = len(pages), sum(seconds for _, seconds in pages)
    print(f"pages and charts {alone / count:.2f} s a section; nbconvert's pages {plain / count:.2f} s a section")
    print(f"every output of the release {whole:.1f} s, {whole / count:.2f} s a section")
    print(f"ratio to nbconvert: pages and charts {alone / plain:.2f}, every output {whole / plain:.2f}")


if __name__ == "__main__":
    main()
