"""`safeguarding status`: of every partnership and year what came, what is wrong, what is built and how old."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import click

from analysis.cli.checked import get_path, keep_check
from analysis.errors import DataError, SafeguardingError
from analysis.partnership import Partnership, list_partnerships, load_partnership
from analysis.returns.register import (
    STATUS_MEANS,
    STATUS_WORDS,
    WITH_FILE,
    ReturnEntry,
    list_years,
    load_register,
)
from analysis.settings import RELEASES, get_data_root, get_release_folder

UNCHECKED = "not checked yet"
NAMED = 4  # returns that didn't come, by name; of more their number
AGES = ((86_400, "day"), (3600, "hour"), (60, "minute"))
NO_YEAR = {
    True: "no year yet: the first build makes them",
    False: "no year yet: it needs a folder like 2023-24 that holds a returns.csv, the register",
}


@click.command("status")
@click.option("--partnership", "partnerships", multiple=True, help="Only this partnership (default: every one).")
@click.option("--check", "anew", is_flag=True, help="Check first what came or changed since it was checked.")
def status_command(partnerships: Sequence[str], anew: bool) -> int:
    """Tell what came, what is wrong, what is built and how old.

    Of every partnership and year. What is wrong is what the last check found, and whether anything changed since.
    Exits 1 where that were errors.
    """
    root = get_data_root()
    faulty = 0
    for name in partnerships or list_partnerships(root):
        try:
            home = load_partnership(name, root)
            years = list_years(root / name)
            if not years:
                click.echo(f"{name}: {NO_YEAR[home.synthetic]}")
            for year in years:
                faulty |= tell_year(home, year, anew=anew)
        except SafeguardingError as error:
            if name in partnerships:
                raise
            faulty = 1
            click.echo(f"{name}: {str(error).splitlines()[0]}")
    return faulty


def tell_year(home: Partnership, year: str, *, anew: bool) -> int:
    """Print the lines of one year; return whether its returns have errors."""
    wrong = recall_check(home, year, anew=anew)
    asked = "check it" if wrong == UNCHECKED else "which"
    command = f"safeguarding check --partnership {home.id} --year {year}"
    click.echo(f"{home.id} {year}")
    try:
        entries, _ = load_register(get_data_root() / home.id / year, home)
        click.echo(f"  came: {say_returns(entries)}")
    except DataError:
        click.echo("  came: not known, since the register can't be read")
    click.echo(f"  wrong: {wrong}" + ("" if wrong.startswith("0 errors, 0 questions") else f"; {asked}: {command}"))
    for kind in RELEASES[::-1]:
        click.echo(f"  {kind}: {say_release(home, year, kind)}")
    return int(not wrong.startswith(("0 errors", UNCHECKED)))


def say_returns(entries: Sequence[ReturnEntry]) -> str:
    """Return how many returns came of how many, and which did not."""
    states = [entry.status for entry in entries]
    came = f"{sum(state in WITH_FILE for state in states)} of {len(entries)} returns"
    late = f", {states.count('late')} of them late" if "late" in states else ""
    return "; ".join([f"{came}{late}", *_say_lacking(entries)])


def _say_lacking(entries: Sequence[ReturnEntry]) -> Iterator[str]:
    for state in STATUS_MEANS:
        names = [f"{entry.agency} ({entry.dataset})" for entry in entries if entry.status == state]
        if names:
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            yield f"{STATUS_WORDS[state].partition(':')[0].lower()}: {', '.join(names[:NAMED])}{more}"


def recall_check(home: Partnership, year: str, *, anew: bool) -> str:
    """Return how many problems the last check found, and what has changed since; `anew` checks where returns did."""
    from analysis.release.keys import list_inputs

    path, now = get_path(home.id, year), list_inputs(home)
    held = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    changed = [name for name in now if name in held and now[name] != held[name]]
    if anew and (not held or "returns" in changed):
        from analysis.cli.check import find_problems

        click.echo(f"checking {home.id} {year}: the returns changed since the last check, or there was none", err=True)
        return keep_check(home.id, year, find_problems(home.id, year)[0])
    return held.get("words", UNCHECKED) + (f" (before the {' and the '.join(changed)} changed)" if changed else "")


def say_release(home: Partnership, year: str, kind: str) -> str:
    """Return when a release was built, whether a build would make it again, and the sections that failed."""
    from analysis.runs.run import Run

    path = get_release_folder(home.id, year, kind) / "manifest.json"
    if not path.is_file():
        return "not built"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    made = datetime.fromisoformat(manifest["made_at"])
    changes = Run(home, year, kind).list_changes()
    failed = [name for name, section in manifest["sections"].items() if section["error"]]
    told = [f"built {made.astimezone():%d %B %Y, %H:%M} ({say_age(made)})".replace("built 0", "built ")]
    told += [f"failed: {', '.join(failed)}"] if failed else []
    told += [f"out of date: {', '.join(changes)}" if changes else "up to date"]
    return "; ".join(told)


def say_age(made: datetime, now: datetime | None = None) -> str:
    """Return how long ago something was made, in its largest whole unit."""
    seconds = ((now or datetime.now(UTC)) - made).total_seconds()
    for size, unit in AGES:
        if seconds >= size:
            number = int(seconds // size)
            return f"{number} {unit}{'s' * (number != 1)} ago"
    return "just now"
