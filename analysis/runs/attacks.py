"""The attacker let loose on a shared release before it is published or handed over: what he finds, without a value."""

from collections.abc import Iterable
from pathlib import Path

from analysis.attacker.openings import Opening
from analysis.disclosure.cells import Cell
from analysis.disclosure.ledger import get_mark, list_releases, read_mark, read_printed
from analysis.disclosure.policy import Policy, is_matching, threshold_of
from analysis.errors import DataError
from analysis.figures.model import SUPPRESSED
from analysis.release.release import Release
from analysis.settings import get_output_root

HELP = "docs/disclosure.md, under When a build is stopped, says what can be done"


def find_openings(folder: Path, release: Release, policy: Policy) -> list[Opening]:
    """Return the hidden figures that a reader can find with the files of a release in a folder and all releases that
    count as read, less those that these give away without it, and those that a waiver lets through."""
    from analysis.attacker.attack import attack_anew  # these load a solver, which telling of openings doesn't need
    from analysis.disclosure.apply import make_cell

    mark = get_mark(release.printed)
    outputs = get_output_root() / release.partnership.id
    earlier = [path for path in list_releases(outputs, policy.earlier) if path != folder and read_mark(path) != mark]
    cells = [make_cell(statistic) for statistic in release.printed]
    waived = {cell.id for cell in cells if is_matching(cell.id, tuple(one.cells for one in policy.waivers))}
    thresholds = {cell.id: threshold_of(cell, policy) for cell in cells} | list_thresholds(earlier, release, policy)
    found = attack_anew(folder, earlier, policy.threshold, small_group=policy.small_group, thresholds=thresholds)
    return [opening for opening in found if opening.id not in waived]


def list_thresholds(earlier: Iterable[Path], release: Release, policy: Policy) -> dict[str, int]:
    """Return the thresholds of what earlier releases hid, by id and end of period, as the attacker names it; the
    strictest where this release doesn't know the measure."""
    sensitive = {statistic.indicator: statistic.sensitive for statistic in release.printed}
    thresholds = {}
    for row in (row for path in earlier for row in read_printed(path)[1] if row["status"] == SUPPRESSED):
        careful = sensitive.get(row["indicator"], True)
        cell = Cell(row["statistic_id"], None, row["measure_type"], row["protects"], sensitive=careful)
        thresholds[f"{cell.id} ({row['period_end'] or ''})"] = threshold_of(cell, policy)
    return thresholds


def tell_openings(openings: Iterable[Opening]) -> list[str]:
    """Return a line for each kind of opening: how many figures, the first one's id, and what ties it to others."""
    kinds: dict[str, list[Opening]] = {}
    for opening in openings:
        kinds.setdefault(opening.kind, []).append(opening)
    return [f"{len(found)} found by an attacker [{kind}], first {_tell(found[0])}" for kind, found in kinds.items()]


def _tell(opening: Opening) -> str:
    rules = [rule.words for rule in opening.evidence if rule.kind == opening.kind]
    return f"{opening.figure}: {rules[0]}" if rules else opening.figure


def check_attack(openings: Iterable[Opening], policy: Policy) -> None:
    """Raise DataError, a line a kind, where an attacker finds what is hidden and the policy doesn't just tell of it."""
    lines = tell_openings(openings)
    if lines and policy.attack == "refuse":
        why = "hidden figures can be worked out from this release: it isn't published"
        raise DataError("\n".join([*lines, f"{why}; {HELP}"]))
