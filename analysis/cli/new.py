"""`safeguarding new`: a partnership ready to build, first of official statistics alone; its next year."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path

import click

from analysis.cli.options import one_year
from analysis.errors import CommandError
from analysis.local import load_local
from analysis.measures.periods import parse_year
from analysis.partnership import Partnership, load_partnership
from analysis.returns.register import COLUMNS, FILE, ReturnEntry, list_years, load_register
from analysis.settings import get_data_root, get_dictionary_root

PATTERN = "new_partnership.toml"
COUNCIL = "local_authority"
KEPT = ("agency", "section", "dataset", "period_basis", "geography", "source_system", "sensitivity")


@click.command("new")
@click.argument("partnership", required=False)
@click.option("--area", default="", help="The council's area code, like E09000017.")
@click.option("--all", "every", is_flag=True, help="Every council of England, each under its name.")
@one_year
def new_command(partnership: str | None, area: str, every: bool, year: str) -> None:
    """Make PARTNERSHIP, or its next year, ready to build.

    What is written is its configuration and the register of its year, a line for each agency that is asked for a
    return. Name, neighbours and official figures follow from the area code; sections and agencies are the usual ones,
    to be changed in the file. Of a partnership that is there, without --area: the register of another year.
    """
    from analysis.official.areas import read_areas

    parse_year(year)
    if partnership and not (area or every) and (get_data_root() / partnership).is_dir():
        click.echo(str(begin_year(load_partnership(partnership, get_data_root()), year)))
        return
    if every == bool(partnership or area):
        raise CommandError("new: give a partnership with --area, or --all alone")
    areas = read_areas()
    if every:
        councils = [areas.get(code) for code in areas.codes(COUNCIL)]
        wanted = {name_partnership(council.name): council for council in councils}
        wanted = {id: council for id, council in wanted.items() if not (get_data_root() / id).exists()}
    else:
        wanted = {check_id(partnership or ""): check_council(areas.get(area))}
    for id, council in wanted.items():
        region = areas.get(council.region_code).name
        click.echo(str(write_partnership(get_data_root() / id, council, region, year)))


def name_partnership(council: str) -> str:
    """Return a council's name as the id of a partnership: "Bristol, City of" is "bristol-city-of"."""
    return re.sub("[^a-z0-9]+", "-", council.lower()).strip("-")


def check_id(id: str) -> str:
    """Return an id that no partnership has. Raises CommandError for any other."""
    from analysis.partnership import IDENTIFIER

    if not IDENTIFIER.fullmatch(id):
        raise CommandError(f"partnership {id!r}; allowed: small letters, numbers, - and _")
    if (get_data_root() / id).exists():
        told = "a name that isn't taken; or no --area, for another year of that one"
        raise CommandError(f"partnership {id!r} is there already; allowed: {told}")
    return id


def check_council(area):
    """Return an area that is a council of today. Raises CommandError for a region, a country or one abolished."""
    if area.level != COUNCIL or area.until:
        raise CommandError(f"area {area.code} ({area.name}) is no council of today; allowed: a council's area code")
    return area


def write_partnership(folder: Path, council, region: str, year: str) -> Path:
    """Write the configuration and the year's register; return the configuration's path."""
    pattern = (get_dictionary_root() / PATTERN).read_text(encoding="utf-8")
    about = {"name": council.name, "code": council.code, "region": region, "region_code": council.region_code}
    folder.mkdir(parents=True)
    path = folder / "partnership.toml"
    lines = pattern.splitlines(keepends=True)[2:]  # without the pattern's own note
    path.write_text("".join(lines).format(**about), encoding="utf-8")
    begin_year(load_partnership(folder.name, folder.parent), year)
    return path


def begin_year(home: Partnership, year: str) -> Path:
    """Write the register of a year that has none, or an empty one: a line for each agency asked, nothing of it here.

    Returns its path. Raises CommandError where the year has lines already.
    """
    folder = get_data_root() / home.id
    if year in list_years(folder) and load_register(folder / year, home)[0]:
        raise CommandError(f"{home.id} {year} has a register already; allowed: a year without one, or whose is empty")
    return write_register(folder / year, list(_list_asked(home, year)))


def write_register(folder: Path, entries: Iterable[ReturnEntry]) -> Path:
    """Write a year's register, and the folder of its returns; return its path."""
    (folder / "returns").mkdir(parents=True, exist_ok=True)
    with (folder / FILE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(replace(entry, break_in_series="")) for entry in entries)
    return folder / FILE


def _list_asked(home: Partnership, year: str) -> Iterator[ReturnEntry]:
    """Give the lines of the year before, moved to this one, and one for each agency that had none."""
    from analysis.returns.plan import plan_year

    folder = get_data_root() / home.id
    earlier = [name for name in list_years(folder) if name < year]
    lines = load_register(folder / earlier[-1], home)[0] if earlier else []
    for line in lines:
        yield _move(line, earlier[-1], year)
    period = home.period_of(year)
    agencies = {agency.name: agency for agency in home.agencies if home.fed_by(agency)}
    for asked in plan_year(home, folder, year, load_local(home)):
        if asked.name in agencies and asked.name not in {line.agency for line in lines}:
            yield ReturnEntry(
                return_id=f"{year}-{asked.code}",
                agency=asked.name,
                section=home.fed_by(agencies[asked.name])[0],
                dataset=";".join(one.id for one in asked.contracts),
                status="missing",
                period_start=period.start,
                period_end=period.end,
                period_basis=period.basis,
                geography=home.geography,
            )


def _move(line: ReturnEntry, last: str, year: str) -> ReturnEntry:
    """Return a line as it is asked for in another year: who owes what of which period, and nothing of what came."""
    by = parse_year(year).start.year - parse_year(last).start.year
    return ReturnEntry(
        return_id=line.return_id.replace(last, year),
        status="missing",
        period_start=_later(line.period_start, by),
        period_end=_later(line.period_end, by),
        **{name: getattr(line, name) for name in KEPT},
    )


def _later(day: date | None, years: int) -> date | None:
    return day and date(day.year + years, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
