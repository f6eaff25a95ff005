"""The making of one release: counted and gated anew, its parts made or kept, attacked, scanned, published whole."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from filelock import FileLock
from msgspec import to_builtins
from msgspec.structs import replace

from analysis.attacker.openings import Opening
from analysis.disclosure.ledger import BUILT, adopt, write_entry
from analysis.disclosure.policy import policy_from
from analysis.errors import DataError, MovedError
from analysis.local import find_template
from analysis.release.generators import make_returns
from analysis.release.keys import key_of, list_earlier, write_key
from analysis.release.prepared import Prepared, list_people
from analysis.release.release import Release
from analysis.release.store import read_store, write_store
from analysis.runs.attacks import HELP, check_attack, tell_openings
from analysis.runs.crew import Crew
from analysis.runs.files import Log, hash_inputs, write_json
from analysis.runs.folders import publish
from analysis.runs.made import Made, digest_files, write_made
from analysis.runs.narrow import without_times
from analysis.runs.parts import run_sections, scan_rest, write_files
from analysis.runs.plan import Built, Outcome
from analysis.runs.run import Run
from analysis.runs.stopping import heed
from analysis.settings import STORE, get_data_root, get_output_root


def make(run: Run, crew: Crew) -> Built:
    """Make what must be made of a release, and publish it."""
    started = time.monotonic()
    prepared = prepare(run)
    find_template(get_data_root() / run.partnership.id)
    release = settle(prepared.release, run)
    check_disclosure(release)
    store = write_store(release, run.staging)
    log = Log(run.staging / "log.jsonl")
    people, notes = prepared.pseudonyms, [*prepared.notes]
    outcomes = run_sections(run, crew, release, store, log, people)
    states = list_states(run, outcomes)
    for openings in write_files(run, crew, store, states):
        release = judge(run, release, openings)
        notes += tell_openings(openings)
    write_manifest(run, release, states, time.monotonic() - started)
    log.add("published", sections=len(outcomes), failed=sum(not o.succeeded for o in outcomes))
    scan_rest(run, crew, people)
    publish_noted(run, release, prepared.notes)
    write_key(run.folder, prepared.made_from)
    return Built(run.folder / "index.html", outcomes, release.disclosure, notes, prepared.faults)


def prepare(run: Run) -> Prepared:
    """Return the release, counted from just what the run marks. Raises MovedError where that changed meanwhile."""
    if run.kind == "shared":
        adopt(get_output_root() / run.partnership.id)
    make_returns(run.partnership, get_data_root(), run.year)
    run.read_inputs()
    prepared, read = count(run), run.inputs
    run.read_inputs()
    if run.inputs != read:
        raise MovedError("returns, definitions or code changed while they were counted: build again")
    return prepared


def count(run: Run) -> Prepared:
    """Return the release, counted and gated anew unless all that it follows from is what it was: then the one that
    stands, with the people that no file may name, who are kept nowhere."""
    asked = (run.partnership.id, run.year)
    if not run.holds_release():
        from analysis.release import stages  # loads much, of which nothing is needed where the release holds

        return stages.prepare(*asked, run.kind, set_aside=run.set_aside)
    held = read_store(run.folder / STORE)
    release = replace(held, disclosure=replace(held.disclosure, openings=None))  # told anew
    return Prepared(release, run.made.notes, list_people(*asked), key_of(run.partnership))


def publish_noted(run: Run, release: Release, notes: Sequence[str]) -> None:
    """Note in the ledger what a shared release prints, before anybody can read it, and publish it.

    Raises MovedError where another release was published that this one hasn't been held against, KeyboardInterrupt
    where the build was asked to stop.
    """
    heed()
    outputs = get_output_root() / run.partnership.id
    with FileLock(outputs / ".ledger.lock"):
        earlier = list_earlier(run.partnership, run.year, run.kind)
        if any(run.inputs[name] != mark for name, mark in earlier.items()):
            raise MovedError("another release of this partnership was published meanwhile: build again")
        if release.shared:
            write_entry(outputs, run.year, BUILT, release.printed)
        run.inputs |= list_earlier(run.partnership, run.year, run.kind)
        made = Made(run.inputs, run.parts, digest_files(run.staging), tuple(notes))
        publish(run.staging, run.folder)
        write_made(run.folder, made)


def judge(run: Run, release: Release, openings: Sequence[Opening]) -> Release:
    """Return a release that says how many hidden figures an attacker finds, and write it.

    Raises DataError where he finds what the policy doesn't let pass.
    """
    check_attack(openings, policy_from(run.partnership.disclosure))
    told = replace(release, disclosure=replace(release.disclosure, openings=len(openings)))
    write_store(told, run.staging)
    return told


def settle(release: Release, run: Run) -> Release:
    """Return the release, saying of a shared one that it went through all of disclosure control; the one that stands
    where that is the same but for times, and the same code made it.

    It may say so of itself before the scan, since nothing is published that the scan doesn't clear.
    """
    done = release.shared and bool(release.disclosure.passed)
    release = replace(release, disclosure=replace(release.disclosure, complete=done))
    try:
        held = read_store(run.folder / STORE)
    except DataError:
        return release
    if any(run.inputs[name] != run.made.inputs.get(name) for name in ("code", "libraries")):
        return release
    held = replace(held, disclosure=replace(held.disclosure, openings=None))  # told anew
    return held if without_times(held) == without_times(release) else release


def check_disclosure(release: Release) -> None:
    """Raise DataError where the disclosure audit of a shared release failed: nothing is published."""
    if release.shared and release.disclosure.passed is False:
        why = "the disclosure audit failed: a hidden figure could be worked out; nothing was published"
        raise DataError(f"{why}; {HELP}")


def list_states(run: Run, outcomes: Sequence[Outcome]) -> dict[str, dict[str, Any]]:
    """Return what became of each section: made, failed, kept from an earlier run, or not made yet."""
    found = {outcome.section: outcome for outcome in outcomes}
    return {id: _state(found.get(id)) for id in run.sections}


def _state(outcome: Outcome | None) -> dict[str, Any]:
    if outcome is None:
        return {"state": "not made", "seconds": None, "error": ""}
    state = "failed" if outcome.error else "kept" if outcome.kept else "made"
    return {"state": state, "seconds": outcome.seconds, "error": outcome.error}


def write_manifest(run: Run, release: Release, states: Mapping[str, dict], seconds: float) -> None:
    """Write the manifest: code version, parameters, durations, the state of each section, what was kept."""
    manifest = {
        "code_version": release.code_version,
        "libraries": run.inputs["libraries"],
        "made_at": release.made_at.isoformat(),
        "parameters": run.parameters,
        "seconds": round(seconds, 1),
        "disclosure": to_builtins(release.disclosure),
        "set_aside": list(release.set_aside),
        "sections": dict(states),
        "files": sorted({*digest_files(run.staging), "manifest.json"}),
        "printed": list(run.parts["word"].printed),
        "kept": sorted(name for name, part in run.parts.items() if part is run.made.parts.get(name)),
    }
    if run.kind != "shared":
        manifest["inputs"] = hash_inputs(get_data_root() / run.partnership.id / run.year)
    write_json(manifest, run.staging / "manifest.json")
