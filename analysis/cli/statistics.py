"""`safeguarding statistics`: print statistics and statements."""

import csv
import io
import json
from collections.abc import Sequence

import click

from analysis.cli.check import tell_set_aside
from analysis.cli.options import a_release, one_partnership, one_year, set_aside_faulty
from analysis.figures.display import inert
from analysis.figures.model import EXPORTED, Statistic, export
from analysis.partnership import load_partnership
from analysis.settings import get_data_root

SHOWN = ("statistic_id", "display", "period", "statement")


@click.command("statistics")
@one_partnership
@one_year
@a_release
@click.option("--section", help="Only this section's statistics.")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json", "markdown"]), default="table")
@set_aside_faulty
def statistics_command(
    partnership: str, year: str, release: str, section: str | None, form: str, set_aside: bool
) -> int:
    """Print statistics and their statements.

    They are those of a release, as it may show them.
    """
    from analysis.release.stages import prepare

    if section is not None:
        load_partnership(partnership, get_data_root()).section(section)  # refused before anything is counted
    prepared = prepare(partnership, year, release, set_aside=set_aside)
    made = prepared.release
    chosen = [s for s in made.statistics if section in (None, s.section)]
    click.echo(FORMATS[form](chosen), nl=False)
    tell_set_aside(prepared.faults)
    return 1 if prepared.faults else 0


def as_table(statistics: Sequence[Statistic]) -> str:
    """Return one line a statistic: id, value, statement."""
    width = max((len(s.statistic_id) for s in statistics), default=0)
    return "".join(f"{s.statistic_id:<{width}}  {s.display:>14}  {s.statement}\n" for s in statistics)


def as_csv(statistics: Sequence[Statistic]) -> str:
    """Return the fields of statistics.csv."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, EXPORTED, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: inert(value) for name, value in export(s).items()} for s in statistics)
    return buffer.getvalue()


def as_json(statistics: Sequence[Statistic]) -> str:
    """Return the fields of statistics.json."""
    return json.dumps([export(s) for s in statistics], ensure_ascii=False, indent=1) + "\n"


def as_markdown(statistics: Sequence[Statistic]) -> str:
    """Return a table in Markdown, bars and line ends escaped."""
    lines = [f"| {' | '.join(SHOWN)} |", f"|{' --- |' * len(SHOWN)}"]
    for s in statistics:
        row = export(s)
        cells = [str(row[name]).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for name in SHOWN]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


FORMATS = {"table": as_table, "csv": as_csv, "json": as_json, "markdown": as_markdown}
