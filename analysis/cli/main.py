"""The command line `safeguarding`: errors in one line without a traceback, exit status 0, 1 or 2.

0: done, warnings and missing returns included. 1: something is wrong with the data or with a section.
2: the command was wrong.
"""

import os
import re
from importlib import import_module
from pathlib import Path

import click

from analysis.errors import CommandError, SafeguardingError, say_fault, unknown

COMMANDS = (
    "build",
    "check",
    "comparators",
    "lab",
    "new",
    "refresh",
    "share",
    "statistics",
    "status",
    "templates",
    "verify",
)

YEAR = r"\d{4}-\d{2}"
SETTINGS = {"help_option_names": ["-h", "--help"]}


class Commands(click.Group):
    """The commands, each a module of its own that is loaded when it is asked for: some load much."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: D102
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: D102
        if cmd_name not in COMMANDS:
            raise CommandError(unknown("command", cmd_name, COMMANDS))
        return getattr(import_module(f"analysis.cli.{cmd_name}"), f"{cmd_name}_command")


@click.group(cls=Commands, no_args_is_help=False, invoke_without_command=True, context_settings=SETTINGS)
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), help="Folder that holds the partnerships.")
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Folder that reports are written to.")
@click.pass_context
def safeguarding(ctx: click.Context, data: Path | None, output: Path | None) -> None:
    """Turn a year of agencies' returns into a safeguarding partnership's report.

    Start with `safeguarding build`, then `safeguarding status`; COMMAND --help tells of each.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
    for name, path in (("SAFEGUARDING_DATA", data), ("SAFEGUARDING_OUTPUT", output)):
        if path is not None:
            os.environ[name] = str(path.resolve())


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    try:
        return safeguarding(arguments, standalone_mode=False) or 0
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort:
        return tell("stopped", 1)
    except click.ClickException as error:
        return tell(" ".join(error.format_message().split()) + _suggest(error), 2)
    except SafeguardingError as error:
        return tell(str(error), error.exit_status)
    except OSError as error:
        return tell(f"this machine won't: {say_fault(error)}; nothing was published", 1)


def _suggest(error: click.ClickException) -> str:
    """Return what was meant where a partnership or a year was typed without its option."""
    command = getattr(error, "ctx", None) and error.ctx.command
    named = {option for one in getattr(command, "params", ()) for option in one.opts}
    words = re.findall(r"[\w-]+", error.message.rpartition("(")[2]) if "extra argument" in error.message else []
    meant = [f"{'--year' if re.fullmatch(YEAR, word) else '--partnership'} {word}" for word in words]
    known = meant and all(one.split()[0] in named for one in meant)
    return f"; allowed: safeguarding {command.name} {' '.join(meant)}" if known else ""


def tell(message: str, status: int) -> int:
    """Print an error, a line a problem, and return the exit status."""
    for line in message.splitlines():
        click.echo(f"safeguarding: {line}", err=True)
    return status
