"""`safeguarding check`: say what is wrong with the returns, a line a problem."""

import json
from collections.abc import Sequence

import click

from analysis.cli.options import one_partnership, one_year
from analysis.errors import DataError, Problem


@click.command("check")
@one_partnership
@one_year
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
def check_command(partnership: str, year: str, as_json: bool) -> int:
    """Check the returns of a year: file, row, column, what is wrong, what is allowed."""
    problems = find_problems(partnership, year)
    if as_json:
        click.echo(json.dumps({"problems": [problem.as_dict() for problem in problems]}, indent=1, ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(f"{problem.severity}: {problem}")
        click.echo(f"{partnership} {year}: {len(problems)} problems")
    return 1 if any(problem.severity == "error" for problem in problems) else 0


def find_problems(partnership: str, year: str) -> Sequence[Problem]:
    """Return every problem that reading the year's returns meets."""
    from analysis.pipeline import make_store

    try:
        make_store(partnership, year, "internal")
    except DataError as error:
        return error.problems or [Problem("", None, None, "data", "error", str(error))]
    return []
