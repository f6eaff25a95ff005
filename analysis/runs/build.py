"""One build, from returns to a published release: what must be made is made, what still holds is kept."""

import os
from collections.abc import Callable, Collection

from analysis.errors import MovedError
from analysis.partnership import load_partnership
from analysis.runs.crew import Crew
from analysis.runs.folders import hold
from analysis.runs.made import Made, read_made
from analysis.runs.plan import Built, Outcome
from analysis.runs.run import Progress, Run
from analysis.settings import get_data_root

ATTEMPTS = 3  # a release is made anew where what it is made from changes meanwhile


def build(
    partnership_id: str,
    year: str,
    release: str,
    *,
    wanted: Collection[str] = (),
    crew: Crew | None = None,
    force: bool = False,
    pdf: bool = False,
    set_aside: bool = False,
    progress: Progress = lambda outcome: None,
    started: Callable[[str], None] = lambda name: None,
) -> Built:
    """Build one release and publish it whole.

    `wanted` sections alone are run, besides those whose page would no longer be of the same store; with `force`
    everything is. With `set_aside` faulty returns count as not received. A `crew` does the work, of a worker a
    processor unless it is given. `progress` hears what became of each section, `started` the name of each task.
    Raises CommandError, DataError, BusyError or MachineError, with the last good release untouched, where the command,
    the data or the machine are wrong. A section whose notebook fails doesn't raise: its page and the index say so.
    """
    partnership = load_partnership(partnership_id, get_data_root())
    for attempts_left in reversed(range(ATTEMPTS)):
        run = Run(partnership, year, release, wanted, force, pdf, set_aside, progress=progress)
        try:
            return build_once(run, crew or Crew(os.cpu_count() or 1), started)
        except MovedError:
            if not attempts_left:
                raise
    raise AssertionError  # ATTEMPTS is above 0


def build_once(run: Run, crew: Crew, started: Callable[[str], None]) -> Built:
    """Build one release. Raises MovedError, with nothing published, where what it is made from changed meanwhile."""
    with hold(run.folder) as run.staging:
        run.made = Made() if run.force else read_made(run.folder)  # another build may have ended meanwhile
        if not run.list_changes():
            return tell_unchanged(run)
        crew.started, crew.load = started, load
        with crew:
            from analysis.runs.making import make  # loads much, while the crew does

            return make(run, crew)


def load() -> None:
    """Load what counting and every worker need; the rest each loads beside the other."""
    from analysis.release import store  # noqa: F401


def tell_unchanged(run: Run) -> Built:
    """Return what a build would make that has nothing to do; a failure that would come again is told again."""
    outcomes = [
        Outcome(id, part.error, part.detail, kept=True) for id, part in run.made.parts.items() if id in run.sections
    ]
    for outcome in outcomes:
        run.progress(outcome)
    return Built(run.folder / "index.html", outcomes)
