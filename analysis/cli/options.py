"""Options that several commands share, and the defaults of the contract."""

import click

DEFAULT_PARTNERSHIP, DEFAULT_YEAR, DEFAULT_RELEASE = "hillingdon", "2023-24", "shared"

one_partnership = click.option(
    "--partnership",
    default=DEFAULT_PARTNERSHIP,
    show_default=True,
    help="Whose report: a folder of the data root.",
)
one_year = click.option("--year", default=DEFAULT_YEAR, show_default=True, help="The year, like 2023-24.")
a_release = click.option(
    "--release",
    default=DEFAULT_RELEASE,
    show_default=True,
    help="shared (through disclosure control) or internal (everything; not for sharing).",
)
