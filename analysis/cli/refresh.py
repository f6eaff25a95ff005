"""`safeguarding refresh`: what has changed since statements were pasted into a draft."""

from contextlib import redirect_stdout
from pathlib import Path

import click

from analysis.cli.options import a_release, one_partnership, one_year


@click.command("refresh")
@click.argument("draft", type=click.Path(dir_okay=False, path_type=Path))
@one_partnership
@one_year
@a_release
def refresh_command(draft: Path, partnership: str, year: str, release: str) -> int:
    """Show which statements of a draft have changed since.

    DRAFT holds statements pasted from our pages or Word files with the ids printed behind them. Exits 1 where one has
    changed or its statistic is gone.
    """
    import sys  # loaded here, so that the other commands don't pay for it

    from analysis.drafts.reading import read_draft
    from analysis.drafts.tagged import refresh
    from analysis.release.opening import get_release

    with redirect_stdout(sys.stderr):  # that it counts is told, but never among the statements
        held = get_release(partnership, year, release)
    statements = {s.statistic_id: s.statement for s in held.statistics}
    found = refresh(read_draft(draft), statements)
    changed = [r for r in found if r.is_changed]
    for item in changed:
        click.echo(
            f"{', '.join(item.ids)}\n  was: {item.was}\n  now: {item.now or 'no such statistic in this release'}"
        )
    click.echo(f"{len(found)} statements with ids: {len(found) - len(changed)} unchanged, {len(changed)} changed")
    return 1 if changed else 0
