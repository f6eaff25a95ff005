"""A whole report against the loop that teams write: papermill, then nbconvert, one notebook after another.

Both run the same twenty notebooks on the same store. Ours also makes the charts' files, the index, the whole
report, statistics and manifest, and publishes them in one step.
"""

import os
import tempfile
import time
from pathlib import Path

from analysis.release.stages import make_release
from analysis.release.store import write_store
from analysis.settings import get_notebook_root

PARAMETERS = {"partnership": "hillingdon", "year": "2023-24", "release": "shared"}


def build_ours(folder: Path) -> None:
    """Build the shared release as `make report` does."""
    from analysis.runs.build import build

    os.environ["SAFEGUARDING_OUTPUT"] = str(folder)
    os.environ.pop("SAFEGUARDING_STORE", None)
    build("hillingdon", "2023-24", "shared")


def loop_plainly(folder: Path) -> None:
    """Run and render each notebook in turn with papermill and nbconvert as they come."""
    import papermill
    from nbconvert.exporters import HTMLExporter

    store = write_store(make_release("hillingdon", "2023-24", "shared"), folder)
    os.environ["SAFEGUARDING_STORE"] = str(store)
    for notebook in sorted(get_notebook_root().glob("*.ipynb")):
        output = folder / notebook.name
        papermill.execute_notebook(str(notebook), str(output), parameters=PARAMETERS, progress_bar=False)
        page, _ = HTMLExporter(exclude_input=True).from_filename(str(output))
        output.with_suffix(".html").write_text(page, encoding="utf-8")


def timed(work) -> float:
    """Return the seconds that the work takes in an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        work(Path(folder))
        return time.perf_counter() - start


def main() -> None:
    """Print both times and their ratio."""
    ours, plain = timed(build_ours), timed(loop_plainly)
    print(f"ours {ours:.1f} s; papermill and nbconvert in a loop {plain:.1f} s; ratio {ours / plain:.2f}")


if __name__ == "__main__":
    main()
