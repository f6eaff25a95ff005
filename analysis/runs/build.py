"""One build, from returns to a published release."""

import os
import shutil
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec import to_builtins
from msgspec.structs import replace

from analysis.disclosure.ledger import BUILT, adopt, write_entry
from analysis.disclosure.policy import Policy, policy_from
from analysis.disclosure.report import DisclosureReport
from analysis.errors import DataError
from analysis.partnership import Partnership, load_partnership
from analysis.release.keys import write_key
from analysis.release.release import Release
from analysis.release.stages import prepare
from analysis.release.store import write_store
from analysis.report.assemble import write_failed_page, write_section_page, write_whole_report
from analysis.report.index import write_index
from analysis.report.pdf import write_pdf
from analysis.report.register import write_register
from analysis.report.summary import write_summary
from analysis.report.word import write_word
from analysis.report.word_template import fill_template, find_template
from analysis.report.workbook import write_workbook
from analysis.runs.attacks import check_attack, find_openings, tell_openings
from analysis.runs.engine import Outcome, run_jobs
from analysis.runs.files import Log, hash_inputs, tidy_notebook, write_json, write_statistics
from analysis.runs.folders import make_staging, publish
from analysis.runs.leaks import check_leaks
from analysis.runs.plan import choose_sections, make_jobs
from analysis.settings import get_data_root, get_notebook_root, get_output_root, get_release_folder

Progress = Callable[[Outcome], None]


@dataclass(frozen=True)
class Built:
    """What a build made: the index page, what each section did, and what disclosure control did and found.

    `disclosure` is that of the release; `notes` name figures by id, for the analyst alone.
    """

    index: Path
    outcomes: Sequence[Outcome]
    disclosure: DisclosureReport
    notes: Sequence[str]

    @property
    def failed(self) -> list[Outcome]:
        """The sections that failed; the rest of the report stands."""
        return [outcome for outcome in self.outcomes if not outcome.succeeded]


def build(
    partnership_id: str,
    year: str,
    release: str,
    *,
    wanted: Collection[str] = (),
    workers: int | None = None,
    pdf: bool = False,
    progress: Progress = lambda outcome: None,
) -> Built:
    """Build one release and publish it whole; `wanted` sections alone are run and the other pages kept.

    Raises CommandError or DataError, with the last good release untouched, where the command or the data are
    wrong. A section whose notebook fails doesn't raise: its page and the index say so.
    """
    prepared = prepare(partnership_id, year, release)
    made = complete(prepared.release)
    check_disclosure(made)
    partnership = load_partnership(partnership_id, get_data_root())
    sections, notes = choose_sections(partnership, wanted), list(prepared.notes)
    find_template(get_data_root() / partnership_id)
    folder = get_release_folder(partnership_id, year, release)
    staging = make_staging(folder, keep=bool(wanted))
    log = Log(staging / "log.jsonl")
    store_path = write_store(made, staging)
    parameters = {"partnership": partnership_id, "year": year, "release": release}
    jobs = make_jobs(sections, get_notebook_root(), staging, store_path, parameters)
    started = time.monotonic()
    outcomes = []
    for outcome in run_jobs(jobs, workers or os.cpu_count() or 1):
        log.add("section", section=outcome.section, seconds=outcome.seconds, error=outcome.error)
        outcomes.append(outcome)
        progress(outcome)
    seconds = time.monotonic() - started
    refused = [chart for outcome in outcomes for chart in write_page(staging, made, outcome)]
    write_tables(staging, made)
    if release == "shared":
        made, found = attack(staging, made, policy_from(partnership.disclosure))
        notes += found
    finish(staging, made, outcomes, parameters, seconds)
    for chart in refused:
        log.add("chart refused", **chart)
    if pdf:
        write_pdf(staging)
    log.add("published", sections=len(outcomes), failed=sum(not o.succeeded for o in outcomes))
    if release == "shared":
        clear(staging, partnership, prepared.pseudonyms)
        note_release(made)
    publish(staging, folder)
    write_key(folder, prepared.made_from)
    return Built(folder / "index.html", outcomes, made.disclosure, notes)


def complete(release: Release) -> Release:
    """Return the release, saying of a shared one that it went through all of disclosure control.

    It may say so of itself before the scan, since nothing is published that the scan doesn't clear.
    """
    done = release.shared and bool(release.disclosure.passed)
    return replace(release, disclosure=replace(release.disclosure, complete=done))


def attack(staging: Path, release: Release, policy: Policy) -> tuple[Release, list[str]]:
    """Let the attacker loose on what is about to be published; return the release, saying how much he finds, and what
    the analyst must know. Raises DataError, and removes it, where he finds what the policy doesn't let pass."""
    openings = find_openings(staging, release, policy)
    try:
        check_attack(openings, policy)
    except DataError:
        shutil.rmtree(staging)
        raise
    told = replace(release, disclosure=replace(release.disclosure, openings=len(openings)))
    write_store(told, staging)
    return told, tell_openings(openings)


def note_release(release: Release) -> None:
    """Note in the ledger what a shared release prints, before anybody can read it; and those of before the ledger."""
    outputs = get_output_root() / release.partnership.id
    adopt(outputs)
    write_entry(outputs, release.year, BUILT, release.printed)


def clear(staging: Path, partnership: Partnership, pseudonyms: Collection[str]) -> None:
    """Scan what is about to be published; remove it and raise DataError where it leaks."""
    try:
        check_leaks(staging, partnership, pseudonyms)
    except DataError:
        shutil.rmtree(staging)
        raise


def check_disclosure(release: Release) -> None:
    """Raise DataError where the disclosure audit of a shared release failed: nothing is published."""
    if release.shared and release.disclosure.passed is False:
        raise DataError("the disclosure audit failed: a hidden figure could be worked out; nothing was published")


def write_tables(staging: Path, release: Release) -> None:
    """Write the files that hold every figure."""
    write_statistics(release.statistics, staging)
    write_workbook(staging, release)


def finish(
    staging: Path, release: Release, outcomes: Sequence[Outcome], parameters: Mapping[str, str], seconds: float
) -> None:
    """Write the pages and files of the whole release into the staging folder, beside its sections and tables."""
    data = get_data_root() / release.partnership.id
    states = list_states(staging, release, outcomes)
    write_index(staging, release, states)
    write_whole_report(staging, release, states)
    write_summary(staging, release)
    write_register(staging, release)
    write_word_file(staging, release, data)
    manifest = make_manifest(release, states, parameters, seconds)
    if not release.shared:
        manifest["inputs"] = hash_inputs(data / release.year)
    write_json(manifest, staging / "manifest.json")


def write_word_file(staging: Path, release: Release, own: Path) -> Path:
    """Write report.docx, in the partnership's own template where its folder holds one, and return its path."""
    template = find_template(own)
    return fill_template(template, staging, release) if template else write_word(staging, release)


def write_page(staging: Path, release: Release, outcome: Outcome) -> list[dict[str, Any]]:
    """Write a section's page from its executed notebook, or the page that says it failed.

    Return the charts that the section refused to show, each with its reason and what the chart check found.
    """
    notebook = staging / "notebooks" / f"{outcome.section}.ipynb"
    page = staging / "sections" / f"{outcome.section}.html"
    if outcome.succeeded:
        tidied, refused = tidy_notebook(notebook, staging / "charts")
        write_section_page(tidied, page)
        return refused
    notebook.unlink(missing_ok=True)
    write_failed_page(release, outcome.section, outcome.error, page)
    return []


def list_states(staging: Path, release: Release, outcomes: Sequence[Outcome]) -> dict[str, dict]:
    """Return what became of each section: made, failed, kept from an earlier run, or not made yet."""
    ran = {outcome.section: outcome for outcome in outcomes}
    return {id: _state(staging, id, ran.get(id)) for id in release.numbers}


def _state(staging: Path, id: str, outcome: Outcome | None) -> dict[str, Any]:
    if outcome is None:
        kept = (staging / "sections" / f"{id}.html").is_file()
        return {"state": "kept" if kept else "not made", "seconds": None, "error": ""}
    state = "made" if outcome.succeeded else "failed"
    return {"state": state, "seconds": outcome.seconds, "error": outcome.error}


def make_manifest(
    release: Release, states: Mapping[str, dict], parameters: Mapping[str, str], seconds: float
) -> dict[str, Any]:
    """Return the manifest: code version, parameters, durations, the state of each section."""
    return {
        "code_version": release.code_version,
        "made_at": release.made_at.isoformat(),
        "parameters": dict(parameters),
        "seconds": round(seconds, 1),
        "disclosure": to_builtins(release.disclosure),
        "sections": states,
    }
