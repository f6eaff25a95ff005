"""What a run is to do: which section notebooks, with which parameters."""

import ast
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.disclosure.report import DisclosureReport
from analysis.errors import CommandError, DataError, Problem, unknown
from analysis.partnership import Partnership, Section


@dataclass(frozen=True)
class Job:
    """One notebook to run: the unit of work is (partnership, period, section)."""

    section: str
    notebook: Path
    parameters: Mapping[str, Any]
    store: Path
    output: Path


@dataclass(frozen=True)
class Outcome:
    """What became of one section. `error` is the kind of what went wrong; `detail` is for the terminal alone; `kept`
    says that nothing was run, since nothing that it reads has changed."""

    section: str
    error: str = ""
    detail: str = ""
    seconds: float = 0.0
    kept: bool = False

    @property
    def succeeded(self) -> bool:
        """Whether the whole notebook ran."""
        return not self.error


@dataclass(frozen=True)
class Built:
    """What a build made: the index page, what became of each section, and what disclosure control did and found.

    `disclosure` is that of the release, None where nothing had to be made; `notes` name figures by id, for the analyst
    alone; `faults` are those for which returns were set aside.
    """

    index: Path
    outcomes: Sequence[Outcome]
    disclosure: DisclosureReport | None = None
    notes: Sequence[str] = ()
    faults: Sequence[Problem] = ()

    @property
    def failed(self) -> list[Outcome]:
        """The sections that failed; the rest of the report stands."""
        return [outcome for outcome in self.outcomes if not outcome.succeeded]


PARAMETERS = ("partnership", "year", "release")  # of every section's notebook


def choose_sections(partnership: Partnership, wanted: Collection[str]) -> list[Section]:
    """Return the sections to run, in the report's order; all of them where none is named."""
    for id in wanted:
        partnership.section(id)
    return [section for section in partnership.sections if not wanted or section.id in wanted]


def find_notebook(section: str, notebooks: Path, parameters: Collection[str]) -> Path:
    """Return a section's notebook. Raises DataError where there is none, CommandError for a parameter that it doesn't
    declare."""
    notebook = notebooks / f"{section}.ipynb"
    if not notebook.is_file():
        raise DataError(f"section {section!r} has no notebook {notebook.name}")
    check_parameters(notebook, parameters)
    return notebook


def check_parameters(notebook: Path, parameters: Iterable[str]) -> None:
    """Raise CommandError for a parameter that the notebook doesn't declare: papermill would run its default."""
    declared = declared_parameters(notebook)
    for name in parameters:
        if name not in declared:
            raise CommandError(f"{notebook.name}: {unknown('parameter', name, declared)}")


def declared_parameters(notebook: Path) -> list[str]:
    """Return the names that the notebook's cell tagged `parameters` assigns."""
    import nbformat  # half a second that a run with nothing to do need not wait

    try:
        cells = nbformat.read(notebook, as_version=4).cells
        source = "\n".join(cell.source for cell in cells if "parameters" in cell.metadata.get("tags", []))
        body = ast.parse(source).body
    except (nbformat.reader.NotJSONError, AttributeError, SyntaxError) as error:
        raise DataError(f"{notebook.name} can't be read as a notebook whose parameters are plain Python") from error
    assigned = [
        [node.target] if isinstance(node, ast.AnnAssign) else node.targets
        for node in body
        if isinstance(node, ast.Assign | ast.AnnAssign)
    ]
    return [target.id for targets in assigned for target in targets if isinstance(target, ast.Name)]
