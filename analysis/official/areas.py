"""Area codes. Figures are joined on the nine-character codes of the Office for National Statistics, never on names.

The education department numbers councils otherwise (by three digits), and an area can be given a new code
without changing; `data/published/areas.csv` holds both, so that every file comes to the same code.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

import pandas as pd

from analysis.errors import CommandError, DataError, Problem, unknown
from analysis.measures.strict import fault, read_rows
from analysis.partnership import Partnership
from analysis.settings import REPOSITORY

COLUMNS = ("code", "la_number", "name", "level", "region_code", "sub_region_code", "other_codes", "until")
FILE, COUNCIL = Path("partnership.toml"), "local_authority"
ENGLAND = "E92000001"
UNITED_KINGDOM = "K02000001"
REGISTER = REPOSITORY / "data" / "published" / "areas.csv"


@dataclass(frozen=True)
class Area:
    """A council, region, part of a region or country. `until` is the last day of one that was abolished."""

    code: str
    la_number: str
    name: str
    level: str
    region_code: str = ""
    sub_region_code: str = ""
    other_codes: str = ""
    until: str = ""


@dataclass(frozen=True)
class Areas:
    """The register, looked up by code or by the education department's number."""

    by_code: dict[str, Area]
    by_number: dict[str, str] = field(default_factory=dict)
    current: dict[str, str] = field(default_factory=dict)

    def get(self, code: str) -> Area:
        """Return an area. Raises CommandError for a code that isn't known."""
        current = self.current.get(code, code)
        if current not in self.by_code:
            raise CommandError(unknown("area code", code, self.by_code))
        return self.by_code[current]

    def codes(self, level: str) -> list[str]:
        """Return the codes of the areas of a level that still exist, sorted."""
        return sorted(area.code for area in self.by_code.values() if area.level == level and not area.until)


def read_areas(path: Path = REGISTER) -> Areas:
    """Return the register of areas."""
    return _read(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=8)
def _read(path: Path, _stamp: int) -> Areas:
    areas = [Area(**row) for row in read_rows(path, COLUMNS)]
    former = {old: area.code for area in areas for old in area.other_codes.split()}
    return Areas(
        by_code={area.code: area for area in areas},
        by_number={area.la_number: area.code for area in areas if area.la_number},
        current=former,
    )


def check_place(partnership: Partnership, last_day: date) -> None:
    """Raise DataError where a partnership's area is no council that was one on the last day of its year, or its region
    or its name is another's."""
    areas = read_areas()
    code = areas.current.get(partnership.area_code, partnership.area_code)
    councils = {a.code: a for a in areas.by_code.values() if a.level == COUNCIL and (a.until or "9") >= f"{last_day}"}
    if code not in councils:
        other = areas.by_code.get(code)
        kind = f"area code that is no council's then ({other.name})" if other else "area code"
        raise DataError(fault(FILE, unknown(kind, partnership.area_code, councils)))
    council = councils[code]
    region = areas.by_code[council.region_code]
    others = {area.name for area in areas.by_code.values() if area.name != council.name}
    for key, allowed in (("region", region.name), ("region_code", region.code)):
        if getattr(partnership, key) not in ("", allowed):
            said = getattr(partnership, key)
            raise DataError(fault(FILE, f"{key} {said!r} isn't that of {council.name}; allowed: {allowed}"))
    if partnership.geography in others:
        said = f"geography {partnership.geography!r} is another area than {code}"
        raise DataError(fault(FILE, f"{said}; allowed: {council.name}"))


def check_councils(partnership: Partnership, told: Mapping[str, str]) -> None:
    """Raise DataError where files, by their names, are said to be of another council than the partnership's, by the
    education department's number."""
    areas = read_areas()
    own = areas.get(partnership.area_code)
    others = [file for file, number in told.items() if areas.by_number.get(number, number) != own.code]
    message, allowed = "is of another council", f"{own.la_number} ({own.name})"
    if others:
        raise DataError([Problem(file, None, "LEA", "census_council", "error", message, allowed) for file in others])


def to_codes(numbers: pd.Series, areas: Areas, place: str) -> pd.Series:
    """Return the area code of each of the education department's numbers. Raises DataError for one unknown."""
    codes = numbers.map(areas.by_number)
    if codes.isna().any():
        bad = numbers[codes.isna()].iloc[0]
        raise DataError(f"{place}: unknown council number {bad!r}; allowed: those of areas.csv")
    return codes


def to_current(codes: pd.Series, areas: Areas, place: str) -> pd.Series:
    """Return each code as it is now. Raises DataError for a code that the register doesn't hold."""
    now = codes.replace(areas.current)
    strange = sorted(set(now) - set(areas.by_code))
    if strange:
        raise DataError(f"{place}: area code {strange[0]!r} isn't in areas.csv; add it there first")
    return now


def describe(codes: pd.Series, areas: Areas) -> pd.DataFrame:
    """Return area_code, area_name and area_level for each code, with the index of `codes`."""
    return pd.DataFrame(
        {
            "area_code": codes,
            "area_name": codes.map(lambda code: areas.by_code[code].name),
            "area_level": codes.map(lambda code: areas.by_code[code].level),
        }
    )
