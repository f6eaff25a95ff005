"""What must be known of a published figure: breaks, estimates, revisions, known errors. A register, not code."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import DataError, unknown
from analysis.measures.strict import read_rows
from analysis.official.definitions import Definitions

COLUMNS = ("id", "source", "indicator", "area_code", "first_end", "last_end", "kind", "words", "evidence")
KINDS = ("break", "definition", "error", "estimate", "quality", "revision", "suppression")


@dataclass(frozen=True)
class Caveat:
    """One caution. Empty fields hold for all: every indicator of the source, every area, every period."""

    id: str
    source: str
    indicator: str
    area_code: str
    first_end: str
    last_end: str
    kind: str
    words: str
    evidence: str


def read_caveats(path: Path, definitions: Definitions) -> tuple[Caveat, ...]:
    """Return the register; empty where the folder has none. Raises DataError for a kind that isn't known."""
    if not path.exists():
        return ()
    caveats = tuple(Caveat(**row) for row in read_rows(path, COLUMNS))
    for caveat in caveats:
        if caveat.kind not in KINDS:
            raise DataError(f"{path.name}: {unknown('kind of caveat', caveat.kind, KINDS)}")
        if caveat.source not in definitions.sources:
            raise DataError(f"{path.name}: {unknown('source', caveat.source, definitions.sources)}")
    return caveats


def find_caveats(
    caveats: Iterable[Caveat], indicator: str, sources: Collection[str], areas: Collection[str], ends: Collection[str]
) -> tuple[Caveat, ...]:
    """Return the caveats that touch any of the figures shown: of these sources, areas and ends of period."""
    return tuple(
        caveat
        for caveat in caveats
        if caveat.source in sources
        and (not caveat.indicator or indicator in caveat.indicator.split(";"))
        and (not caveat.area_code or not set(caveat.area_code.split(";")).isdisjoint(areas))
        and any(_covers(caveat, end) for end in ends)
    )


def _covers(caveat: Caveat, end: str) -> bool:
    return (not caveat.first_end or caveat.first_end <= end) and (not caveat.last_end or end <= caveat.last_end)
