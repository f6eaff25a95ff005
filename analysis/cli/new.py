"""`safeguarding new`: a partnership ready to build, whose first report is of official statistics alone."""

import csv
import re
from pathlib import Path

import click

from analysis.cli.options import one_year
from analysis.errors import CommandError
from analysis.settings import get_data_root, get_dictionary_root

PATTERN = "new_partnership.toml"
COUNCIL = "local_authority"


@click.command("new")
@click.argument("partnership", required=False)
@click.option("--area", default="", help="The council's area code, like E09000017.")
@click.option("--all", "every", is_flag=True, help="Every council of England, each under its name.")
@one_year
def new_command(partnership: str | None, area: str, every: bool, year: str) -> None:
    """Make PARTNERSHIP, ready to build.

    What is written is its configuration and an empty register of its year. Name, neighbours and official figures
    follow from the area code; sections and agencies are the usual ones, to be changed in the file.
    """
    from analysis.measures.periods import parse_year
    from analysis.official.areas import read_areas

    parse_year(year)
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
        raise CommandError(f"partnership {id!r} is there already; allowed: a name that isn't taken")
    return id


def check_council(area):
    """Return an area that is a council of today. Raises CommandError for a region, a country or one abolished."""
    if area.level != COUNCIL or area.until:
        raise CommandError(f"area {area.code} ({area.name}) is no council of today; allowed: a council's area code")
    return area


def write_partnership(folder: Path, council, region: str, year: str) -> Path:
    """Write the configuration and the register's header; return the configuration's path."""
    from analysis.returns.register import COLUMNS, FILE

    pattern = (get_dictionary_root() / PATTERN).read_text(encoding="utf-8")
    about = {"name": council.name, "code": council.code, "region": region, "region_code": council.region_code}
    (folder / year / "returns").mkdir(parents=True)
    with (folder / year / FILE).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow(COLUMNS)
    path = folder / "partnership.toml"
    lines = pattern.splitlines(keepends=True)[2:]  # without the pattern's own note
    path.write_text("".join(lines).format(**about), encoding="utf-8")
    return path
