"""`safeguarding templates`: blank workbooks to send to each agency, for the datasets that it returns."""

from pathlib import Path

import click

from analysis.cli.options import one_partnership, one_year
from analysis.errors import DataError
from analysis.local import load_local
from analysis.measures.periods import parse_year
from analysis.partnership import load_partnership
from analysis.settings import get_data_root, get_output_root


@click.command("templates")
@one_partnership
@one_year
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Folder to write into.")
@click.option("--force", is_flag=True, help="Write over workbooks that are filled in.")
def templates_command(partnership: str, year: str, output: Path | None, force: bool) -> None:
    """Write a blank workbook to send to each agency.

    It has guidance, a sheet a table with its lists and rules, and a sheet of figures asked for.
    """
    from analysis.counting.definitions import describe, get_definitions
    from analysis.returns.plan import plan_year
    from analysis.returns.templates import write_planned

    parse_year(year)
    about = load_partnership(partnership, get_data_root())
    if not about.agencies:
        raise DataError(f"partnership.toml of {partnership} lists no [[agencies]], so there is nobody to send to")
    catalogue = load_local(about)
    asked = plan_year(about, get_data_root() / about.id, year, catalogue, general=get_definitions())
    known = {"period": about.period_of(year), "geography": about.geography}
    meanings = {name: describe(measure, is_counted=False) for name, measure in catalogue.measures.items()}
    folder = output or get_output_root() / about.id / year / "templates"
    written = write_planned(asked, folder, partnership=about.id, year=year, meanings=meanings, force=force, **known)
    for path in written:
        click.echo(str(path))
