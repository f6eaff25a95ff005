"""`safeguarding share`: the pack for scrutineers."""

from pathlib import Path

import click

from analysis.cli.options import one_partnership, one_year


@click.command("share")
@one_partnership
@one_year
@click.option("--output", type=click.Path(path_type=Path), help="The zip file to write (default: beside the release).")
def share_command(partnership: str, year: str, output: Path | None) -> int:
    """Pack a shared release for scrutineers.

    It is attacked and scanned again, and gets checksums and a disclosure statement.
    """
    from analysis.runs.handover import share

    click.echo(f"{partnership} {year}: {share(partnership, year, output)}")
    return 0
