"""`safeguarding build`: count, gate, run the notebooks, publish."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext

import click

from analysis.cli.options import a_release, several
from analysis.measures.periods import parse_year
from analysis.partnership import Section, load_partnership
from analysis.settings import check_release, get_data_root


@click.command("build")
@several("partnership")
@several("year")
@click.option("--section", "sections", multiple=True, help="Run this section alone; the other pages are kept.")
@a_release
@click.option("--jobs", type=click.IntRange(min=1), help="Notebooks to run at a time (default: one a processor).")
@click.option("--force", is_flag=True, help="Run everything again. Every build does so today.")
@click.option("--pdf", is_flag=True, help="Write the pages as PDF too (needs the extra 'pdf').")
@click.option("--explain", is_flag=True, help="Say what would be run, and run nothing.")
def build_command(
    partnerships: Sequence[str],
    years: Sequence[str],
    sections: Sequence[str],
    release: str,
    jobs: int | None,
    force: bool,
    pdf: bool,
    explain: bool,
) -> int:
    """Build reports: count, pass disclosure control, run the notebooks, publish."""
    from analysis.runs.plan import choose_sections  # loads notebook formats: seconds that other commands need not wait

    check_release(release)
    for year in years:
        parse_year(year)
    chosen = {name: choose_sections(load_partnership(name, get_data_root()), sections) for name in partnerships}
    if explain:
        return explain_plan(chosen, years, release)
    if pdf:
        from analysis.report.pdf import load_weasyprint

        load_weasyprint()
    return max(
        build_one(name, year, release, sections, jobs, len(chosen[name]), pdf=pdf)
        for name in partnerships
        for year in years
    )


def explain_plan(chosen: dict[str, list[Section]], years: Sequence[str], release: str) -> int:
    """Print what a build would run."""
    for partnership, sections in chosen.items():
        for year in years:
            for section in sections:
                click.echo(f"{partnership} {year} {release}: would run {section.id} ({section.number} {section.title})")
    return 0


def build_one(
    name: str, year: str, release: str, sections: Sequence[str], jobs: int | None, total: int, *, pdf: bool
) -> int:
    """Build one release with a progress bar on a terminal and plain lines elsewhere; return its exit status."""
    from analysis.runs.build import build

    show = progress_bar(total) if sys.stderr.isatty() else nullcontext(plain_line)
    with show as progress:
        built = build(name, year, release, wanted=sections, workers=jobs, pdf=pdf, progress=progress)
    if release == "shared":
        tell_disclosure(built)
    for outcome in built.failed:
        click.echo(f"safeguarding: section {outcome.section} failed: {outcome.error}: {outcome.detail}", err=True)
    click.echo(f"{name} {year} ({release}): {built.index}")
    return 1 if built.failed else 0


def tell_disclosure(built) -> None:
    """Print what disclosure control did, and what the analyst must know of it: figures by id, never a value."""
    from analysis.disclosure.describe import summarise_gate

    click.echo(f"disclosure: {summarise_gate(built.disclosure)}", err=True)
    for note in built.notes:
        click.echo(f"disclosure: {note}", err=True)


def plain_line(outcome) -> None:
    """Print what one section did as one line of a log."""
    state = "made" if outcome.succeeded else f"failed ({outcome.error})"
    click.echo(f"{outcome.section}: {state} in {outcome.seconds:.1f} s", err=True)


@contextmanager
def progress_bar(total: int) -> Iterator[Callable]:
    """Give what moves a progress bar of `total` sections on by one, for a terminal."""
    from tqdm import tqdm

    with tqdm(total=total, unit="section", desc="sections") as bar:

        def step(outcome) -> None:
            bar.set_postfix_str(outcome.section)
            bar.update()

        yield step
