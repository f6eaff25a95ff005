"""The command line `safeguarding`: errors in one line without a traceback, exit status 0, 1 or 2.

0: done, warnings and missing returns included. 1: something is wrong with the data or with a section.
2: the command was wrong.
"""

import os
import sys
from pathlib import Path

import click

from analysis.cli.build import build_command
from analysis.cli.check import check_command
from analysis.cli.comparators import comparators_command
from analysis.cli.lab import lab_command
from analysis.cli.share import share_command
from analysis.cli.statistics import statistics_command
from analysis.cli.templates import templates_command
from analysis.cli.verify import verify_command
from analysis.errors import SafeguardingError


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder that holds the partnerships.")
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Folder that reports are written to.")
def safeguarding(data: Path | None, output: Path | None) -> None:
    """Turn a year of agencies' returns into a safeguarding partnership's report."""
    for name, path in (("SAFEGUARDING_DATA", data), ("SAFEGUARDING_OUTPUT", output)):
        if path is not None:
            os.environ[name] = str(path.resolve())


for command in (
    build_command,
    check_command,
    templates_command,
    statistics_command,
    share_command,
    comparators_command,
    lab_command,
    verify_command,
):
    safeguarding.add_command(command)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its status."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    try:
        return safeguarding(arguments, standalone_mode=False) or 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        return tell("stopped", 1)
    except click.ClickException as error:
        return tell(" ".join(error.format_message().split()), 2)
    except SafeguardingError as error:
        return tell(str(error), error.exit_status)


def tell(message: str, status: int) -> int:
    """Print an error, a line a problem, and return the exit status."""
    for line in message.splitlines():
        click.echo(f"safeguarding: {line}", err=True)
    return status
