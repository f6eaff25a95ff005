"""What a run is to do: which section notebooks, with which parameters."""

import ast
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from analysis.errors import CommandError, DataError, unknown
from analysis.partnership import Partnership, Section


@dataclass(frozen=True)
class Job:
    """One notebook to run: the unit of work is (partnership, period, section)."""

    section: str
    notebook: Path
    parameters: Mapping[str, Any]
    store: Path
    output: Path


def choose_sections(partnership: Partnership, wanted: Collection[str]) -> list[Section]:
    """Return the sections to run, in the report's order; all of them where none is named."""
    for id in wanted:
        partnership.section(id)
    return [section for section in partnership.sections if not wanted or section.id in wanted]


def make_jobs(
    sections: Sequence[Section], notebooks: Path, staging: Path, store: Path, parameters: Mapping[str, Any]
) -> list[Job]:
    """Return a job a section. Raises DataError for a section without a notebook, CommandError for a parameter
    that its notebook doesn't declare."""
    jobs = []
    for section in sections:
        notebook = notebooks / f"{section.id}.ipynb"
        if not notebook.is_file():
            raise DataError(f"section {section.id!r} has no notebook {notebook.name}")
        check_parameters(notebook, parameters)
        jobs.append(Job(section.id, notebook, dict(parameters), store, staging / "notebooks" / notebook.name))
    return jobs


def check_parameters(notebook: Path, parameters: Mapping[str, Any]) -> None:
    """Raise CommandError for a parameter that the notebook doesn't declare: papermill would run its default."""
    declared = declared_parameters(notebook)
    for name in parameters:
        if name not in declared:
            raise CommandError(f"{notebook.name}: {unknown('parameter', name, declared)}")


def declared_parameters(notebook: Path) -> list[str]:
    """Return the names that the notebook's cell tagged `parameters` assigns."""
    cells = nbformat.read(notebook, as_version=4).cells
    source = "\n".join(cell.source for cell in cells if "parameters" in cell.metadata.get("tags", []))
    assigned = [
        [node.target] if isinstance(node, ast.AnnAssign) else node.targets
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign | ast.AnnAssign)
    ]
    return [target.id for targets in assigned for target in targets if isinstance(target, ast.Name)]
