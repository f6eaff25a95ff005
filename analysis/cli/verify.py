"""`safeguarding verify`: hold the figures of a draft against statistics."""

import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

import click

from analysis.cli.options import a_release, one_partnership, one_year
from analysis.settings import STORE

MANIFEST = "manifest.json"


@click.command("verify")
@click.argument("draft", type=click.Path(dir_okay=False, path_type=Path))
@one_partnership
@one_year
@a_release
@click.option(
    "--statistics",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A table in the form of statistics.csv (CSV or JSON) to check against, instead of a release.",
)
@click.option("--json", "as_json", is_flag=True, help="Print every number with its verdict as JSON.")
@click.option("--quiet", is_flag=True, help="Print nothing but what is contradicted.")
@click.option(
    "--annotate",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a copy of the draft with remarks: Word comments for a .docx, else a page of HTML.",
)
def verify_command(
    draft: Path,
    partnership: str,
    year: str,
    release: str,
    statistics: Path | None,
    as_json: bool,
    quiet: bool,
    annotate: Path | None,
) -> int:
    """Hold the figures of a draft against the statistics.

    DRAFT is docx, md, html, txt or pdf. Every figure in it is found, with a verdict. Exits 1 where one is contradicted.
    """
    # loaded here, so that the other commands don't pay for it
    from analysis.drafts.arithmetic import find_slips
    from analysis.drafts.check import check_draft
    from analysis.drafts.reading import read_draft
    from analysis.drafts.telling import ask_questions, tell_all, tell_line, tell_lines
    from analysis.drafts.verdict import CONTRADICTED

    blocks = read_draft(draft)
    facts, marks = get_facts(partnership, year, release, statistics)
    checked = check_draft(blocks, facts, marks)
    if not quiet:  # whose figures: the default's may not be the draft's
        name = statistics.name if statistics else f"{partnership} {year} ({release})"
        click.echo(f"held against {name}", err=True)
    wrong = [c for c in checked if c.verdict.verdict == CONTRADICTED]
    slips = find_slips([c.claim for c in checked])
    questions = ask_questions(blocks)
    if annotate is not None:
        from analysis.drafts.annotating import write_annotated

        write_annotated(draft, annotate, blocks, checked)
    if as_json:
        told = {"draft": draft.name, **tell_all(checked, questions, slips)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for line in map(tell_line, wrong) if quiet else tell_lines(checked, questions, slips):
            click.echo(line)
    return 1 if wrong else 0


def get_facts(partnership: str, year: str, release: str, statistics: Path | None) -> tuple[list, list[str]]:
    """Return what a draft is held against: a table's facts, or those of a release as it may be seen, and the marks of
    what the report that was built with it prints."""
    from analysis.drafts.facts import read_facts, read_release
    from analysis.errors import CommandError

    if statistics is not None:
        if not statistics.is_file():
            raise CommandError(f"no table {statistics.name!r}; allowed: a file in the form of statistics.csv")
        return read_facts(statistics), read_marks(statistics.parent)
    from analysis.figures.model import export
    from analysis.release.keys import is_stale
    from analysis.release.opening import get_release
    from analysis.settings import get_release_folder

    with redirect_stdout(sys.stderr):  # that it counts is told, but never into the JSON
        held = get_release(partnership, year, release)
    facts = read_release((export(s) for s in held.statistics), held.official, held.partnership.geography)
    folder = get_release_folder(partnership, year, release)
    return facts, [] if is_stale(folder, partnership) else read_marks(folder)


def read_marks(folder: Path) -> list[str]:
    """Return the marks that the manifest of a release's folder keeps; none of another folder."""
    built = (folder / STORE).is_file() and (folder / MANIFEST).is_file()
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8")).get("printed", []) if built else []
