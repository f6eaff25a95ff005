"""Whether a shared release may be handed over, and the handing over."""

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from analysis.disclosure.ledger import SHARED, write_entry
from analysis.disclosure.policy import policy_from
from analysis.disclosure.report import DisclosureReport
from analysis.errors import CommandError, DataError, listed
from analysis.figures.model import Statistic, export
from analysis.measures.periods import parse_year
from analysis.partnership import Partnership, load_partnership
from analysis.release.release import Release
from analysis.release.stages import prepare
from analysis.release.store import FILE, read_store
from analysis.report.share import make_pack, read_files
from analysis.runs.attacks import check_attack, find_openings
from analysis.runs.folders import lock
from analysis.runs.leaks import check_leaks
from analysis.runs.made import list_changed, read_made
from analysis.runs.making import check_disclosure
from analysis.runs.narrow import without_times
from analysis.settings import get_data_root, get_release_folder

DONE = ("made", "kept")
PRINTED = ("value", "display", "status", "numerator", "denominator", "period")


def share(partnership_id: str, year: str, output: Path | None = None) -> Path:
    """Write the pack of a shared release and return its path; whole or not at all.

    The release is counted and attacked again, and every byte of the pack scanned. Raises DataError where the release
    isn't there, isn't a shared one, lacks a section, is older than the returns, fails the audit or an attack, or leaks;
    CommandError where the pack can't be written to `output`. What was handed over is noted in the ledger.
    """
    parse_year(year)
    partnership = load_partnership(partnership_id, get_data_root())
    release = get_release_folder(partnership_id, year, "shared")
    target = output or release.parent / f"{partnership_id}-{year}.zip"
    check_target(target, release)
    read_release(release)
    with lock(release):  # or another build could exchange what was checked for what wasn't
        hand_over(release, partnership, target)
    return target


def hand_over(release: Path, partnership: Partnership, target: Path) -> None:
    """Write the pack of the release in a folder. Raises like `share`."""
    held = read_release(release)
    check_sections(release)
    check_files(release)
    check_statistics(release, held)
    fresh = prepare(partnership.id, held.year, "shared", set_aside=bool(held.set_aside))
    check_disclosure(fresh.release)
    check_fresh(held, fresh.release)
    policy = policy_from(partnership.disclosure)
    check_attack(find_openings(release, held, policy), policy)
    pack = make_pack(read_files(release), held)
    with TemporaryDirectory() as place:
        (Path(place) / target.name).write_bytes(pack)
        check_leaks(Path(place), partnership, fresh.pseudonyms)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    draft.write_bytes(pack)
    write_entry(release.parents[1], held.year, SHARED, held.printed)
    draft.replace(target)


def check_target(target: Path, release: Path) -> None:
    """Raise CommandError where the pack can't be written, or would lie within the release."""
    if target.is_dir() or target.suffix != ".zip":
        raise CommandError(f"--output {target.name!r} is no name of a zip file; allowed: a name that ends in .zip")
    if not target.absolute().parent.is_dir() and release.is_dir():
        raise CommandError(f"there is no folder {target.parent.name!r} to write {target.name!r} to")
    if target.absolute().is_relative_to(release.absolute()):
        raise CommandError(f"{target.name!r} would lie within the release; allowed: any other folder")


def read_release(folder: Path) -> Release:
    """Return the release of a folder. Raises DataError where there is none, or where it isn't a shared one, audited."""
    if not (folder / FILE).is_file():
        raise DataError("there is no shared release to hand over: build one first; an internal one is never shared")
    held = read_store(folder / FILE)
    if not held.shared:
        raise DataError(f"this release is {held.kind}; allowed: shared")
    if not (held.disclosure.complete and held.disclosure.passed):
        raise DataError("this release didn't pass the disclosure audit and the leak scan: build it again")
    return held


def check_sections(release: Path) -> None:
    """Raise DataError naming the sections whose page isn't there or failed."""
    sections = json.loads((release / "manifest.json").read_text(encoding="utf-8"))["sections"]
    wrong = [f"{id} ({entry['state']})" for id, entry in sections.items() if entry["state"] not in DONE]
    if wrong:
        raise DataError(f"sections are not fit to hand over: {listed(wrong)}; build the report again")


def check_files(release: Path) -> None:
    """Raise DataError naming files that aren't what the build of the release wrote: of another store, changed or added
    by hand. Of a release that was carried here without what is kept beside it that isn't known."""
    written = json.loads((release / "manifest.json").read_text(encoding="utf-8")).get("files", [])
    strange = [*list_changed(read_made(release).files, release), *(read_files(release).keys() - set(written))]
    if strange:
        raise DataError(f"files are not those of this release's build: {listed(strange, limit=3)}; build it again")


def check_statistics(folder: Path, release: Release) -> None:
    """Raise DataError where the release's files were made from another store: one that a notebook made since, say."""
    held = json.loads((folder / "statistics.json").read_text(encoding="utf-8"))
    made = sorted((export(s) for s in release.statistics), key=lambda row: (row["section"], row["statistic_id"]))
    if held != json.loads(json.dumps(made)):
        raise DataError("the release's files and its store don't agree: build it again")


def check_fresh(held: Release, fresh: Release) -> None:
    """Raise DataError where the release prints what a build of today would print otherwise, or hide: figures, those of
    earlier years, words that were approved.

    It may hide more, since that tells nobody anything.
    """
    if _without_audit(held) == _without_audit(fresh):
        return
    then, now = ({s.statistic_id: s for s in one.statistics} for one in (held, fresh))
    changed = sorted(id for id in then.keys() | now.keys() if _is_changed(then.get(id), now.get(id)))
    hides_more = any(now[id] != s for id, s in then.items() if id in now and s.symbol == "[c]")
    if changed or held.returns != fresh.returns or not hides_more:
        count = f"changed figures: {len(changed)}" if changed else "words or earlier years changed"
        raise DataError(f"the release is older than the returns or the policy ({count}): build it again")


def _without_audit(release: Release) -> Release:
    """Return a release without what is told of it alone: when it was made, how it was audited."""
    return replace(without_times(release), disclosure=DisclosureReport(0, 0))


def _is_changed(then: Statistic | None, now: Statistic | None) -> bool:
    if then is None or now is None:
        return True
    hidden = then.symbol == "[c]"
    return not hidden and any(getattr(then, name) != getattr(now, name) for name in PRINTED)
