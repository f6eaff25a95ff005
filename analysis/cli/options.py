"""Options that several commands share. Their defaults stand in `defaults.toml`, read when a command runs."""

import click

from analysis.settings import get_default

one_partnership = click.option(
    "--partnership",
    default=lambda: get_default("partnership"),
    show_default="that of defaults.toml",
    help="Whose report: a folder of the data root.",
)
one_year = click.option(
    "--year",
    default=lambda: get_default("year"),
    show_default="that of defaults.toml",
    help="The year, like 2023-24.",
)
a_release = click.option(
    "--release",
    default=lambda: get_default("release"),
    show_default="that of defaults.toml",
    help="shared (through disclosure control) or internal (everything; not for sharing).",
)
set_aside_faulty = click.option(
    "--set-aside-faulty",
    "set_aside",
    is_flag=True,
    help="Treat faulty returns as not received, and say so; the exit status is 1.",
)


def several(name: str):
    """Return the option of a name that may be given several times."""
    return click.option(
        f"--{name}",
        f"{name}s",
        multiple=True,
        default=lambda: [get_default(name)],
        show_default="that of defaults.toml",
    )
