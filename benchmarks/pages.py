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
from analysis.release.stages import make_release
from analysis.release.store import write_store
from analysis.report.assemble import write_section_page
from analysis.runs.files import tidy_notebook
from analysis.runs.plan import Job
from analysis.runs.work import (
    run_job,
    write_index_page,
    write_pages,
    write_report,
    write_tables,
    write_word_file,
)
from analysis.settings import STORE, get_data_root, get_notebook_root

PARAMETERS = {"partnership": "hillingdon", "year": "2023-24", "release": "shared"}


def execute(folder: Path) -> list[str]:
    """Run every section's notebook into a folder that holds the store too; return the sections."""
    store = write_store(make_release(*PARAMETERS.values()), folder)
    sections = [section.id for section in load_partnership("hillingdon", get_data_root()).sections]
    for id in sections:
        notebook = get_notebook_root() / f"{id}.ipynb"
        run_job(Job(id, notebook, PARAMETERS, store, folder / "notebooks" / notebook.name))
    return sections


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


def write_page(folder: Path, section: str) -> None:
    """Write a section's page, its charts as files and the tidied notebook."""
    tidied, _ = tidy_notebook(folder / "notebooks" / f"{section}.ipynb", folder / "charts")
    write_section_page(tidied, folder / "sections" / f"{section}.html")


def write_all(folder: Path, sections: Sequence[str]) -> None:
    """Write every output of a release."""
    for section in sections:
        write_page(folder, section)
    write_tables(folder, folder / STORE)
    write_word_file(folder, folder / STORE, get_data_root() / "hillingdon")
    states = dict.fromkeys(sections, {"state": "made", "seconds": 0.0, "error": ""})
    write_report(folder, folder / STORE, states)
    write_pages(folder, folder / STORE)
    write_index_page(folder, folder / STORE, states)


def main() -> None:
    """Print the time of each section, of a whole release and of nbconvert, and the ratios a section."""
    with tempfile.TemporaryDirectory() as place:
        first, second = Path(place) / "first", Path(place) / "second"
        first.mkdir()
        sections = execute(first)
        shutil.copytree(first, second)
        plain = measure(lambda: convert_plainly(first / "notebooks"))
        pages = [(id, measure(lambda id=id: write_page(first, id))) for id in sections]
        whole = measure(lambda: write_all(second, sections))
    for section, seconds in sorted(pages):
        print(f"{section:32} {seconds:5.2f} s")
    count, alone = len(pages), sum(seconds for _, seconds in pages)
    print(f"pages and charts {alone / count:.2f} s a section; nbconvert's pages {plain / count:.2f} s a section")
    print(f"every output of the release {whole:.1f} s, {whole / count:.2f} s a section")
    print(f"ratio to nbconvert: pages and charts {alone / plain:.2f}, every output {whole / plain:.2f}")


if __name__ == "__main__":
    main()
