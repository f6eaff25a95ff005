"""What workers do: run a section and make its page, write the report's files, scan them. Each reads the store alone."""

import errno
import os
import re
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError

from analysis.disclosure.policy import policy_from
from analysis.errors import MachineError
from analysis.local import find_template
from analysis.partnership import load_partnership
from analysis.release.opening import STORE_VARIABLE
from analysis.release.release import Release
from analysis.release.store import read_store
from analysis.report.assemble import write_failed_page, write_section_page, write_whole_report
from analysis.report.export import write_exports
from analysis.report.follow_up import write_follow_up
from analysis.report.glossary import write_glossary
from analysis.report.index import write_index
from analysis.report.pdf import write_pdf as write_pdf_files
from analysis.report.register import write_register
from analysis.report.scrutiny import write_scrutiny, write_themes
from analysis.report.summary import write_summary
from analysis.runs import engine
from analysis.runs.attacks import find_openings
from analysis.runs.files import settle_times, tidy_notebook, write_statistics
from analysis.runs.leaks import check_leaks
from analysis.runs.plan import Job, Outcome
from analysis.settings import LIMITS, get_data_root, get_limit

ERROR_NUMBER = re.compile(r"\[Errno (\d+)\]")
MACHINE_ERRORS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENFILE, errno.EFBIG)
MACHINE_ERRORS += (errno.ENOMEM, errno.EAGAIN)
OWN_ERRORS = ("CommandError", "DataError", "SafeguardingError")
BY_HAND = "run the notebook by hand in JupyterLab to see where"
# What a kernel knows of its run's environment: no secret that a scheduler was given.
KNOWN = (
    "PATH",
    "HOME",
    "LANG",
    "LANGUAGE",
    "TZ",
    "VIRTUAL_ENV",
    "SAFEGUARDING_OUTPUT",
    "SYSTEMROOT",
    "APPDATA",
    "TEMP",
)
KNOWN += ("TMP", "USERPROFILE", "MPLCONFIGDIR", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME", "PYTHONHASHSEED")
KINDS = ("LC_", "OMP_", "OPENBLAS_", "COVERAGE_")


def load_all() -> None:
    """Load and use once what most tasks use; the rest of what they use was loaded with this module."""
    engine.load_all()


def run_section(job: Job, page: Path, charts: Path) -> tuple[Outcome, list[dict[str, Any]]]:
    """Run a section's notebook and write its page and charts, or the page that says that it failed.

    Return what became of it, and the charts that it refused to show, each with its reason. A kernel that was killed
    may have been killed by chance: it is tried once more.
    """
    outcome = run_job(job)
    if outcome.error == DeadKernelError.__name__:
        outcome = run_job(job)
    if outcome.succeeded:
        tidied, refused = tidy_notebook(job.output, charts)
        write_section_page(tidied, page)
        return outcome, refused
    job.output.unlink(missing_ok=True)
    write_failed_page(read_store(job.store), job.section, outcome.error, page)
    return outcome, []


def run_job(job: Job) -> Outcome:
    """Run one notebook and return what it did. The executed notebook is written where the job says.

    Raises OSError, or MachineError for one within a cell, where the machine is at fault and not the notebook.
    """
    from papermill.exceptions import PapermillExecutionError

    try:
        execute(job)
    except PapermillExecutionError as error:
        check_machine(error.evalue)
        message = error.evalue if error.ename in OWN_ERRORS else ""
        return Outcome(job.section, error.ename, " ".join(f"{message}".split()) or BY_HAND)
    except CellTimeoutError:
        return Outcome(job.section, "TimeoutError", "it took longer than defaults.toml allows (limits: seconds)")
    except DeadKernelError as error:
        return Outcome(job.section, DeadKernelError.__name__, str(error))
    return Outcome(job.section)


def check_machine(message: str) -> None:
    """Raise MachineError where a cell's error is one that the system gives for the machine's sake: no room, say."""
    number = ERROR_NUMBER.match(message)
    if number and int(number[1]) in MACHINE_ERRORS:
        raise MachineError(f"this machine won't: {os.strerror(int(number[1])).lower()}; nothing was published")


def execute(job: Job) -> None:
    """Run one notebook with papermill in an empty folder, in a kernel that knows the store alone."""
    job.output.parent.mkdir(parents=True, exist_ok=True)
    scratch = job.output.parent / f".scratch-{job.section}"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        limits = {name: get_limit(name) for name in LIMITS}
        with told(kernel_environment(job, scratch)):
            papermill.execute_notebook(
                str(job.notebook),
                str(job.output),
                parameters=dict(job.parameters),
                kernel_name="python3",
                engine_name=engine.NAME,
                request_save_on_cell_execute=False,
                progress_bar=False,
                cwd=str(scratch),
                limits=limits,
            )
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def told(values: Mapping[str, str]) -> Iterator[None]:
    """Have this environment, which a kernel takes over, for as long as one job takes."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def kernel_environment(job: Job, scratch: Path) -> dict[str, str]:
    """Return what a kernel is told: the store to read, and no data folder, so that it has nothing to leak."""
    return {
        **{
            name: value for name, value in os.environ.items() if name.upper() in KNOWN or name.upper().startswith(KINDS)
        },
        STORE_VARIABLE: str(job.store),
        "SAFEGUARDING_DATA": str(scratch / "no-data-for-notebooks"),
        "IPYTHONDIR": str(scratch / "ipython"),
        "TMPDIR": str(scratch),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def is_known(name: str) -> bool:
    """Whether a kernel is told a variable of the environment: those alone that are named, or of a kind that is."""
    return name in KNOWN or name.startswith(KINDS)


def write_index_page(staging: Path, store: Path, states: Mapping[str, dict]) -> None:
    """Write the index."""
    write_index(staging, read_store(store), states)


def write_report(staging: Path, store: Path, states: Mapping[str, dict]) -> None:
    """Write all sections as one page."""
    write_whole_report(staging, read_store(store), states)


def write_beside(staging: Path, store: Path) -> None:
    """Write the pages that show or count the sections' charts: returns, follow-up, scrutiny."""
    release = read_store(store)
    for write in (write_register, write_follow_up, write_scrutiny):
        write(staging, release)


def write_pages(staging: Path, store: Path) -> None:
    """Write what stands beside the sections and knows none of their charts: summary, themes, glossary, and each section
    for programs."""
    release = read_store(store)
    for write in (write_summary, write_themes, write_exports):
        write(staging, release)
    write_glossary(staging, release)


def write_word_file(staging: Path, store: Path, own: Path) -> list[str]:
    """Write report.docx, in the partnership's own template where its folder holds one; return the marks of what it
    prints."""
    from analysis.drafts.reading import read_draft  # these load much that no other task needs
    from analysis.drafts.tagged import list_marks
    from analysis.report.word import write_word
    from analysis.report.word_template import fill_template

    release, template = read_store(store), find_template(own)
    path = fill_template(template, staging, release) if template else write_word(staging, release)
    settle_times(path, release.made_at)
    return list_marks(read_draft(path))


def write_tables(staging: Path, store: Path) -> None:
    """Write the workbook and the statistics as CSV and JSON."""
    from analysis.report.workbook import write_workbook  # loads much that no other task needs

    release: Release = read_store(store)
    write_statistics(release.statistics, staging)
    settle_times(write_workbook(staging, release), release.made_at)


def write_pdf(staging: Path) -> None:
    """Write the pages as PDF."""
    write_pdf_files(staging)


def attack(staging: Path, store: Path) -> list[Any]:
    """Return what an attacker finds of what a release hides, of its files as they are so far."""
    release = read_store(store)
    policy = policy_from(load_partnership(release.partnership.id, get_data_root()).disclosure)
    return find_openings(staging, release, policy)


def scan_files(
    folder: Path, partnership: str, pseudonyms: Collection[str], names: Sequence[str], cleared: Collection[bytes] = ()
) -> frozenset[bytes]:
    """Raise DataError where one of a release's files or folders leaks; return digests of what was cleared."""
    return check_leaks(folder, load_partnership(partnership, get_data_root()), pseudonyms, names, cleared)
