"""What a build would run, and why: the same marks that the build goes by, and nothing is run."""

from collections.abc import Collection, Iterator

from analysis.partnership import Partnership
from analysis.runs.making import count, settle
from analysis.runs.run import Run


def explain(
    partnership: Partnership,
    year: str,
    release: str,
    wanted: Collection[str] = (),
    *,
    force: bool = False,
    set_aside: bool = False,
) -> Iterator[str]:
    """Give a line a section: whether a build would run it or keep its page, and why. Raises like `build`."""
    run = Run(partnership, year, release, wanted, force, set_aside=set_aside)
    changes = run.list_changes()
    chosen = run.choose(count_keys(run)) if changes else []
    for section in partnership.sections:
        if wanted and section.id not in chosen and section.id not in wanted:
            continue
        yield f"{say(run, section.id, section.id in chosen, changes)}"


def count_keys(run: Run) -> dict[str, str]:
    """Return the mark that each section's page would have, of a release that is counted for it and not kept."""
    from analysis.runs.narrow import key_section

    release = settle(count(run).release, run)
    return {id: key_section(release, id, run.notebooks[id], run.inputs) for id in run.sections}


def say(run: Run, id: str, due: bool, changes: Collection[str]) -> str:
    """Return what would be done of one section, and why."""
    part = run.made.parts.get(id)
    section = run.partnership.section(id)
    name = f"{id} ({section.number} {section.title})"
    if due:
        why = (
            "asked for"
            if id in run.wanted or run.force
            else "not made yet"
            if part is None
            else tell(part.key, changes)
        )
        return f"would run {name}: {why}"
    failed = f"; it failed before with {part.error}, and would again" if part and part.error else ""
    return f"would keep {name}: nothing that it reads has changed{failed}"


def tell(key: str, changes: Collection[str]) -> str:
    """Return why a section that was made before would be made again."""
    return f"changed: {', '.join(changes)}" if key else "it was stopped before it could end"
