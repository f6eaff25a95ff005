"""`safeguarding comparators add`: take downloaded releases of official statistics into the published figures."""

import shutil
from pathlib import Path

import click

from analysis.settings import get_data_root, get_published_root


@click.group("comparators")
def comparators_command() -> None:
    """Take in official statistics to stand beside."""


@comparators_command.command("add")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
def add_command(files: tuple[Path, ...]) -> None:
    """Recognise each of FILES (or the files of a folder) by its columns, and keep what the dictionary needs."""
    from analysis.official import add

    folder = get_data_root() / "published"
    if not folder.exists():
        shutil.copytree(get_published_root(), folder)
    for addition in add(list(files), folder):
        click.echo(str(addition))
