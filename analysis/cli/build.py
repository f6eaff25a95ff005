"""`safeguarding build`: count, gate, run the notebooks, publish."""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import click

from analysis.cli.options import a_release, set_aside_faulty, several
from analysis.errors import CommandError
from analysis.measures.periods import parse_year
from analysis.partnership import list_partnerships, load_partnership
from analysis.settings import check_release, get_data_root, get_output_root


@click.command("build")
@several("partnership")
@several("year")
@click.option("--section", "sections", multiple=True, help="Run this section; other pages are kept where they hold.")
@a_release
@click.option("--jobs", type=click.IntRange(min=1), help="Tasks to do at a time (default: one a processor).")
@click.option("--force", is_flag=True, help="Make everything again, changed or not.")
@click.option("--pdf", is_flag=True, help="Write the pages as PDF too (needs the extra 'pdf').")
@set_aside_faulty
@click.option("--explain", is_flag=True, help="Say what would be run and why, and run nothing.")
@click.option(
    "--cluster", metavar="ADDRESS", help="Have the workers of a Dask cluster do the work: its scheduler, or 'local'."
)
@click.option(
    "--notify", metavar="COMMAND", help="Run this when something was built or is wrong, a line each as input."
)
def build_command(
    partnerships: Sequence[str],
    years: Sequence[str],
    release: str,
    sections: Sequence[str],
    explain: bool,
    pdf: bool,
    notify: str | None,
    cluster: str | None,
    jobs: int | None,
    **options: Any,
) -> int:
    """Build reports: count, gate, run the notebooks, publish.

    What hasn't changed since the last build isn't made again. --partnership all builds every partnership that there is.
    """
    check_release(release)
    pairs = list_reports(partnerships, years, sections)
    if pdf:
        from analysis.report.pdf import load_weasyprint

        load_weasyprint()
    if explain:
        chosen = {name: options[name] for name in ("force", "set_aside")}
        return max(explain_build(*pair, release, sections, **chosen) for pair in pairs)
    from analysis.runs.many import build_many

    crew, told, records, begun = make_crew(cluster, jobs), {}, [], time.monotonic()
    options.update(wanted=sections, pdf=pdf)
    try:
        for record in build_many(pairs, release, crew, show_progress, **options):
            records.append(record)
            lines = told[f"{record.partnership} {record.year} ({release})"] = []
            tell_record(record, release, lines, alone=len(pairs) == 1)
    finally:
        if notify:
            from analysis.cli.notices import notify as send

            send(notify, told)
    if len(pairs) > 1:
        tell_run(records, time.monotonic() - begun, crew.workers)
    return max(map(get_status, records))


def list_reports(partnerships: Sequence[str], years: Sequence[str], sections: Sequence[str]) -> list[tuple[str, str]]:
    """Return each partnership and year asked for. Raises CommandError for one, or a section of it, that there isn't."""
    for year in years:
        parse_year(year)
    names = list_partnerships(get_data_root()) if "all" in partnerships else partnerships
    for name in names:
        for section in sections:
            load_partnership(name, get_data_root()).section(section)
    if not names:
        raise CommandError("there is no partnership in the data folder; allowed: a folder with a partnership.toml")
    return [(name, year) for name in names for year in years]


def make_crew(cluster: str | None, jobs: int | None) -> Any:
    """Return who does the work: processes of this machine, or the workers of a cluster."""
    workers = jobs or os.cpu_count() or 1
    if cluster is None:
        from analysis.runs.crew import Crew

        return Crew(workers)
    from analysis.runs.cluster import Cluster

    return Cluster(workers, address=cluster)


def explain_build(name: str, year: str, release: str, sections: Sequence[str], **chosen: bool) -> int:
    """Print of each section whether a build would run it, and why."""
    from analysis.runs.explain import explain

    for line in explain(load_partnership(name, get_data_root()), year, release, sections, **chosen):
        click.echo(f"{name} {year} {release}: {line}")
    return 0


def show_progress(name: str) -> AbstractContextManager[tuple[Callable, Callable]]:
    """Give what shows a build's progress: a bar on a terminal, plain lines elsewhere."""
    if not sys.stderr.isatty():
        return nullcontext((plain_line, lambda name: None))
    return progress_bar(len(load_partnership(name, get_data_root()).sections))


def tell_record(record: Any, release: str, lines: list[str], *, alone: bool) -> None:
    """Print what became of one build; what is worth sending goes into `lines`.

    Raises the error of one that can't be made; of several it is told and the others go on.
    """
    name, year, built = record.partnership, record.year, record.made
    if record.error:
        lines.extend(record.error.splitlines())
        if alone:
            raise built
        for line in record.error.splitlines():
            click.echo(f"safeguarding: {name} {year}: {line}", err=True)
        return
    if built.disclosure and release == "shared":
        tell_disclosure(built)
    for outcome in built.failed:
        if not outcome.kept:
            lines.append(f"section {outcome.section} failed: {outcome.error}")
        click.echo(f"safeguarding: section {outcome.section} failed: {outcome.error}: {outcome.detail}", err=True)
    state = "" if built.disclosure else " (nothing has changed)"
    click.echo(f"{name} {year} ({release}){state}: {built.index}")
    if built.disclosure:
        lines.append("built")
    if built.faults:
        from analysis.cli.check import tell_set_aside  # loads what reads returns: a build with nothing to do need not

        tell_set_aside(built.faults)
    lines.extend(f"set aside: {fault}" for fault in built.faults)


def get_status(record: Any) -> int:
    """Return the exit status of one build."""
    if record.error:
        return getattr(record.made, "exit_status", 1)
    return 1 if record.made.failed or record.made.faults else 0


def tell_run(records: Sequence[Any], seconds: float, workers: int) -> None:
    """Print how a run of many builds went, and write its report."""
    from analysis.runs.many import FILE, sum_up, write_run_report

    write_run_report(records, get_output_root() / FILE)
    click.echo(f"{sum_up(records, seconds, workers)}: {get_output_root() / FILE}")


def tell_disclosure(built) -> None:
    """Print what disclosure control did, and what the analyst must know of it: figures by id, never a value."""
    from analysis.disclosure.describe import summarise_gate

    click.echo(f"disclosure: {summarise_gate(built.disclosure)}", err=True)
    for note in built.notes:
        click.echo(f"disclosure: {note}", err=True)


def plain_line(outcome) -> None:
    """Print what one section did as one line of a log; nothing of one that was kept."""
    state = "made" if outcome.succeeded else f"failed ({outcome.error})"
    if not outcome.kept:
        click.echo(f"{outcome.section}: {state} in {outcome.seconds:.1f} s", err=True)


@contextmanager
def progress_bar(total: int) -> Iterator[tuple[Callable, Callable]]:
    """Give what moves a progress bar on by one section, and what shows there what runs now, for a terminal."""
    from tqdm import tqdm

    with tqdm(total=total, unit="section", desc="counting", leave=False) as bar:

        def step(outcome) -> None:
            bar.update()

        yield step, bar.set_description
